"""Every physical key counts, Shift, Ctrl and AltGr as keys of their own."""

from __future__ import annotations

import pytest

from tuicrm.tui.bar.keycount import weight


@pytest.mark.parametrize(
    ("key", "character", "keys"),
    [
        ("a", "a", 1),
        ("A", "A", 2),
        ("upper_a", "A", 2),
        ("slash", "/", 1),
        ("at", "@", 2),
        ("colon", ":", 2),
        ("enter", "\r", 1),
        ("space", " ", 1),
        ("backspace", None, 1),
        ("tab", None, 1),
        ("shift+tab", None, 2),
        ("ctrl+n", None, 2),
        ("س", "س", 1),
        ("ژ", "ژ", 2),
        ("arabic_question_mark", "؟", 2),
        ("۲", "۲", 1),
        ("zero_width_non_joiner", "\u200c", 2),
        ("É", "É", 2),
    ],
)
def test_a_key_event_weighs_as_many_keys_as_the_fingers_pressed(
    key: str, character: str | None, keys: int
) -> None:
    assert weight(key, character, "fa") == keys
