"""Keys by position under Persian and Arabic layouts."""

from __future__ import annotations

import pytest
from hypothesis import given
from textual.keys import _character_to_key

from tests.domain.anytext import ANY_TEXT
from tests.keyboards import ROWS, US
from tuicrm.domain.keyboard import (
    LAYOUTS,
    cap,
    position,
    printed,
    textual_key_to_us,
    to_us,
    us_key,
    with_shift,
)


@pytest.mark.parametrize("layout", ["fa", "ar"])
def test_all_94_keys_stand_for_the_us_key_at_their_place(layout: str) -> None:
    row = ROWS[layout]
    assert [position(char, layout) for char in row] == list(US)
    assert to_us(row, layout) == "".join(
        char if char.isascii() else us for char, us in zip(row, US, strict=True)
    )
    assert [us_key(char, layout) for char in row if not char.isascii()] == [
        us for char, us in zip(row, US, strict=True) if not char.isascii()
    ]


def test_what_no_key_prints_has_no_place() -> None:
    assert [position(char) for char in "t;,@'é☎"] == [None] * 7
    assert [position(char, "ar") for char in "پچژگ"] == [None] * 4


def test_shift_gives_the_other_half_of_a_us_keyboard() -> None:
    assert "".join(with_shift(char) for char in US[: len(US) // 2]) == US[len(US) // 2 :]


@pytest.mark.parametrize(
    ("typed", "us"),
    [
        ("/۲ی", "/2d"),
        ("/د", "/n"),
        ("٬سشقش", "@sara"),
        ("٫vip", "#vip"),
        ("؟", "?"),
        ("۱۲۳۴۵۶۷۸۹۰", "1234567890"),
        ("١٢٣", "123"),
        ("\u200c", "B"),
        ("پس‌فردا", "msBtvnh"),
        ("abc [] <> ()", "abc [] <> ()"),
    ],
)
def test_persian_typing_as_the_same_keys_on_a_us_keyboard(typed: str, us: str) -> None:
    assert to_us(typed) == us


def test_a_key_may_differ_between_persian_and_arabic() -> None:
    assert (us_key("ز", "fa"), us_key("ز", "ar")) == ("c", ".")
    assert (us_key("د", "fa"), us_key("د", "ar")) == ("n", "]")
    assert us_key("ژ", "ar") is None


def test_ascii_is_never_moved() -> None:
    # A bracket is Shift+O on the Persian layout, but it comes as often from a US keyboard.
    assert us_key("]") == "]"
    assert all(not char.isascii() for table in LAYOUTS.values() for char in table)


@pytest.mark.parametrize(
    ("key", "us"),
    [
        ("ز", "c"),
        ("ctrl+س", "ctrl+s"),
        ("alt+۱", "alt+1"),
        ("ctrl+shift+ز", "ctrl+shift+c"),
        ("shift+ز", "C"),
        ("shift+ا", "H"),
        ("shift+۲", "@"),
        ("shift+c", "C"),
        ("shift+slash", "?"),
        ("alt+آ", "alt+shift+h"),
        ("alt+shift+ا", "alt+shift+h"),
        ("shift+tab", None),
        ("shift+space", None),
        ("shift+up", None),
        ("arabic_question_mark", "?"),
        ("arabic_thousands_separator", "@"),
        ("zero_width_non_joiner", "B"),
        ("ؤ", "A"),
        ("ctrl+s", None),
        ("c", None),
        ("question_mark", None),
        ("enter", None),
        ("plus", None),
        ("", None),
        ("+", None),
    ],
)
def test_textual_key_names_become_us_keys(key: str, us: str | None) -> None:
    assert textual_key_to_us(key) == us


@pytest.mark.parametrize("layout", ["fa", "ar"])
def test_every_key_of_a_layout_is_known_by_its_textual_name(layout: str) -> None:
    for char, us in LAYOUTS[layout].items():
        assert textual_key_to_us(_character_to_key(char), layout) == us


def test_the_sign_that_an_arabic_layout_has_on_u_acts_as_its_key() -> None:
    assert textual_key_to_us("grave_accent", "ar") == "U"
    assert textual_key_to_us("grave_accent", "fa") is None
    assert to_us("`", "ar") == "`"


@pytest.mark.parametrize(
    ("key", "layout", "char"),
    [
        ("ز", "fa", "ز"),
        ("shift+ز", "fa", "ژ"),
        ("shift+خ", "fa", "]"),
        ("shift+ع", "ar", "`"),
        ("arabic_comma", "fa", "،"),
        ("slash", "fa", "/"),
        ("space", "fa", " "),
        ("shift+slash", "fa", "؟"),
        ("shift+full_stop", "fa", "<"),
        ("ctrl+ز", "fa", None),
        ("c", "fa", None),
        ("enter", "fa", None),
    ],
)
def test_what_a_key_prints_is_known_where_the_terminal_does_not_tell(
    key: str, layout: str, char: str | None
) -> None:
    assert printed(key, layout) == char


def test_a_key_is_shown_with_what_stands_on_it() -> None:
    assert [cap(us) for us in "cn1?UG/."] == ["ز", "د", "۱", "؟", "◌\u064e", "أ", "", ""]
    assert [cap(us, "ar") for us in "cn1?UG/."] == ["ؤ", "ى", "", "؟", "`", "ﻷ", "ظ", "ز"]


@given(ANY_TEXT)
def test_any_text_can_be_translated_and_keeps_its_length(text: str) -> None:
    for layout in LAYOUTS:
        assert len(to_us(text, layout)) == len(text)
