"""The settings on a screen: one sees where each value comes from, changes it, and it acts or says when it will."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.tui.desk import Desk, desk
from tests.tui.persian import persian_desk

from tuicrm import i18n
from tuicrm.settings_table import SETTINGS, Setting
from tuicrm.tui.screens.settings import SettingsView
from tuicrm.tui.screens.today import TodayPlace


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    yield
    i18n.show_in()


async def opened(one: Desk) -> SettingsView:
    """The settings, from the palette."""
    await one.press("ctrl+p")
    await one.type("settings")
    await one.press("enter")
    return one.widget(SettingsView)


async def on(one: Desk, name: str) -> None:
    """The cursor on a setting, by the arrows."""
    await one.press("g", *["down"] * [row.name for row in SETTINGS].index(name))
    assert one.cursor_line.split()[1] == name


def written(folder: Path) -> dict[str, object]:
    file = folder / "settings.toml"
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


async def test_every_setting_of_the_table_is_there_with_its_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TUICRM_LINK", "slow")
    (tmp_path / "settings.toml").write_text('region = "IR"\n', encoding="utf-8")
    async with desk(tmp_path, size=(80, 30)) as one:
        await opened(one)
        lines = {line.split()[0]: line for line in one.lines[2:] if line.strip()}
        assert {row.name for row in SETTINGS} <= lines.keys() | {one.cursor_line.split()[1]}
        assert "settings.toml" in lines["region"]
        assert "TUICRM_LINK" in lines["link"]
        assert lines["zone"].split()[-1] == "--db" or "not set" in lines["zone"]


async def test_what_can_act_at_once_does(tmp_path: Path) -> None:
    async with desk(tmp_path, size=(80, 30)) as one:
        assert "08:30" in one.screen
        await opened(one)
        await on(one, "digits")
        await one.press("enter", "down", "down", "enter")
        assert one.message == "digits is persian now."
        assert written(tmp_path) == {"digits": "persian"}
        await one.press("escape")
        assert "۰۸:۳۰" in one.screen
        assert "۰۹:۳۱" in one.lines[0]


async def test_what_cannot_says_that_it_acts_at_the_next_start(tmp_path: Path) -> None:
    async with desk(tmp_path, size=(80, 30)) as one:
        await opened(one)
        await on(one, "language")
        assert "acts at the next start" in one.screen
        await one.press("enter", "down", "enter")
        assert one.message == "language is fa from the next start on."
        assert written(tmp_path) == {"language": "fa"}
        assert "Settings" in one.screen


async def test_a_typed_value_is_checked_as_it_is_typed_and_a_bad_one_is_not_written(tmp_path: Path) -> None:
    async with desk(tmp_path, size=(80, 30)) as one:
        await opened(one)
        await on(one, "region")
        await one.press("enter")
        for _ in range(8):
            await one.press("backspace")
        await one.type("Iran")
        assert "must be a country of two letters" in one.screen
        await one.press("enter")
        assert written(tmp_path) == {}
        await one.press("backspace", "backspace", "enter")
        assert written(tmp_path) == {"region": "IR"}, "two letters, made large"


async def test_a_value_is_taken_out_of_the_file_again(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('# mine\ncalendar = "jalali"\n', encoding="utf-8")
    async with desk(tmp_path, size=(80, 30), calendar="jalali") as one:
        await opened(one)
        await on(one, "calendar")
        assert "Delete take it out" in one.footer
        await one.press("delete")
        assert (tmp_path / "settings.toml").read_text(encoding="utf-8") == "# mine\n"
        assert "not set" in one.cursor_line
        assert "Delete" not in one.footer


async def test_a_value_that_a_variable_forces_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TUICRM_KEYBOARD", "ar")
    async with desk(tmp_path, size=(80, 30), keyboard="ar") as one:
        await opened(one)
        await on(one, "keyboard")
        assert "TUICRM_KEYBOARD is stronger" in one.screen
        await one.press("enter", "up", "enter")
        assert "TUICRM_KEYBOARD is stronger" in one.message
        assert written(tmp_path) == {"keyboard": "fa"}
        assert one.app.settings.keyboard == "ar"


async def test_a_file_that_cannot_be_written_is_said_and_nothing_acts(tmp_path: Path) -> None:
    async with desk(tmp_path, size=(200, 30)) as one:
        await opened(one)
        await on(one, "digits")
        (tmp_path / "settings.toml").write_text("what?", encoding="utf-8")
        await one.press("enter", "down", "down", "enter")
        assert "not valid TOML" in one.message
        assert (tmp_path / "settings.toml").read_text(encoding="utf-8") == "what?"
        await one.press("escape")
        assert "08:30" in one.screen


@pytest.mark.parametrize("row", [row for row in SETTINGS if row.name != "theme"], ids=lambda row: row.name)
async def test_the_rule_above_a_setting_that_is_changed_is_never_cut(tmp_path: Path, row: Setting) -> None:
    async with desk(tmp_path) as one:
        await opened(one)
        await one.press(*["j"] * [each.name for each in SETTINGS].index(row.name), "enter")
        assert len(one.app.screen_stack) > 1
        heading = next(line for line in reversed(one.lines) if line.startswith("─ "))
        assert "…" not in heading
        assert heading.startswith((f"─ {row.name} ─", f"─ {row.help}"))


async def test_the_theme_is_picked_with_the_picture_behind_it(tmp_path: Path) -> None:
    async with desk(tmp_path, size=(80, 30)) as one:
        await opened(one)
        await on(one, "theme")
        await one.press("enter")
        await one.type("ledger")
        await one.press("enter")
        assert one.app.theme == "ledger"
        assert written(tmp_path) == {"theme": "ledger"}
        assert "settings.toml" in one.cursor_line


async def test_keys_that_write_records_do_nothing_here(tmp_path: Path) -> None:
    async with desk(tmp_path, size=(80, 30)) as one:
        await opened(one)
        await one.press("n", "l", "d", "escape")
        assert one.calls() == []
        assert one.widget(TodayPlace).display


async def test_in_persian_settings_and_their_values_are_called_in_persian_words(tmp_path: Path) -> None:
    """As the file calls them stands beneath the list and in the picker: that is what a page in English names."""
    async with persian_desk(tmp_path, mode="logical", size=(80, 30)) as one:
        place = await opened(one)

        def seen() -> str:
            return re.sub("[\u2066-\u2069]", "", one.screen)

        listed = seen()
        assert [name for name in ("calendar", "digits", "auto", "normal") if name in listed] == []
        await one.press("g", *["down"] * [row.name for row in SETTINGS].index("digits"))
        line = place.list.row
        assert line is not None
        assert line.name == "digits"
        assert "رقم‌ها" in seen()
        assert "خودکار" in seen()
        assert [line for line in seen().splitlines() if "digits" in line and "TUICRM_DIGITS" in line]
        await one.press("enter")
        assert [line for line in seen().splitlines() if "latin" in line and "لاتین" in line]
        assert "\ufffd" not in one.screen, "no mark that is not to be seen is shown as one"
        await one.press("down", "enter")
        assert re.sub("[\u2066-\u2069]", "", one.message) == "رقم‌ها اکنون لاتین است."
        assert written(tmp_path) == {"digits": "latin"}
