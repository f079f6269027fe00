"""One table of settings: the record that is loaded and ``docs/settings.md`` say the same."""

from __future__ import annotations

from pathlib import Path

from tuicrm import settings_sheet
from tuicrm.settings import Settings
from tuicrm.settings_table import SETTINGS

PAGE = Path(__file__).parents[2] / "docs" / "settings.md"


def test_the_page_about_settings_is_current() -> None:
    """Made anew by: python -m tuicrm.settings_sheet docs/settings.md"""
    page = PAGE.read_text(encoding="utf-8")
    assert settings_sheet.table() in page
    assert settings_sheet.renewed(page) == page


def test_every_setting_is_a_field_with_the_default_of_the_table() -> None:
    held = Settings("crm.db")
    assert [*(row.name for row in SETTINGS), "file"] == list(Settings.__match_args__)
    defaults = {row.name: row.default for row in SETTINGS if row.name != "database"}
    assert defaults == {name: getattr(held, name) for name in defaults}


def test_every_setting_says_what_it_is_what_it_takes_and_what_holds_without_it() -> None:
    for row in SETTINGS:
        assert row.help.endswith("."), row.name
        assert row.choices or row.form or row.kind == "theme", row.name
        assert row.default or row.without, row.name
        assert row.variable.startswith("TUICRM_"), row.name
