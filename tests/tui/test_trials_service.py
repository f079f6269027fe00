"""What a service company looked for on its screens and did not find."""

from __future__ import annotations

import pytest

from tuicrm import i18n
from tuicrm.tui.screens.help import Asked, lines


@pytest.mark.parametrize(
    ("language", "sought", "title"), [("en", "filter", "menu of ."), ("fa", "فیلتر", "فهرست .")]
)
def test_help_finds_what_has_a_letter_in_the_menu_alone(language: str, sought: str, title: str) -> None:
    i18n.use(language)
    try:
        found = [line.plain.strip("\u2067\u2069") for line in lines(Asked("contacts"), sought)]
    finally:
        i18n.use("en")
    at = next(place for place, line in enumerate(found) if line.endswith(title))
    assert [line.strip().strip("\u2066")[0] for line in found[at + 1 : at + 3]] == ["F", "W"]
