"""A user's own keys and the shipped presets, pressed: what they do, and where they are named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.tui.desk import Desk, desk

from tuicrm.tui import keymap
from tuicrm.tui.screens.help import Help
from tuicrm.tui.screens.palette import Palette
from tuicrm.tui.screens.shell import Shell
from tuicrm.tui.screens.today import TodayPlace


@pytest.fixture(autouse=True)
def shipped_keys() -> Iterator[None]:
    yield
    keymap.use({})


def own(folder: Path, text: str, preset: str = "default") -> None:
    """Takes a keymap file into use, as a start does."""
    file = folder / "keys.toml"
    file.write_text(f"[keys]\n{text}\n", encoding="utf-8")
    assert keymap.begin(file, preset) is None


def is_open(one: Desk) -> bool:
    """Whether the log bar is."""
    return one.app.bar_host.has_class("-open")


async def test_f_keys_do_what_the_preset_says_and_the_footer_names_them(tmp_path: Path) -> None:
    own(tmp_path, "", "function")
    async with desk(tmp_path) as one:
        assert all(said in one.footer for said in ("F2 log a call", "F5 dial", "F12 all"))
        await one.press("f2")
        assert is_open(one)
        await one.press("escape", "f12")
        assert isinstance(one.app.screen, Help)
        await one.press("f3", *"more")
        assert "F9  ." in one.screen
        await one.press("enter", "f12")
        assert not isinstance(one.app.screen, Help)
        await one.press("l")
        assert is_open(one), "the letter still logs"


async def test_vim_keys_move_a_page_and_a_colon_opens_all_commands(tmp_path: Path) -> None:
    own(tmp_path, "", "vim")
    async with desk(tmp_path) as one:
        queue = one.widget(TodayPlace).list
        await one.press("ctrl+d")
        assert queue.window.cursor > 0
        await one.press("ctrl+u")
        assert queue.window.cursor == 0
        await one.press(":")
        assert isinstance(one.app.screen, Palette)
        await one.press(":", "escape")
        assert isinstance(one.app.screen, Shell)


async def test_a_key_that_was_taken_away_does_nothing_and_is_named_nowhere(tmp_path: Path) -> None:
    own(tmp_path, '"record.log" = []\n"place.undo" = ""')
    async with desk(tmp_path) as one:
        assert "log a call" not in one.screen
        await one.press("l")
        assert not is_open(one)
        await one.press("n")
        assert len(one.calls()) == 1
        assert "no answer" in one.message
        assert "undo" not in one.message, "there is no key to name"
        await one.press("u")
        assert len(one.calls()) == 1
        await one.press("ctrl+p", "l", "o", "g", "enter")
        assert is_open(one), "all commands still have it"


@pytest.mark.parametrize(("key", "layout"), [("ق", "fa"), ("ق", "ar"), ("r", "fa")])
async def test_a_moved_letter_acts_by_its_place_under_another_layout(
    tmp_path: Path, key: str, layout: str
) -> None:
    own(tmp_path, '"record.log" = "r"')
    async with desk(tmp_path, keyboard=layout) as one:
        await one.press(key)
        assert is_open(one), "the R key"


async def test_in_the_bar_moved_keys_act_and_stand_in_its_footer(tmp_path: Path) -> None:
    own(tmp_path, '"barline.save" = ["f2", "enter"]\n"barline.keep" = ["f3", "escape"]')
    async with desk(tmp_path) as one:
        await one.press("l", *"sent", "f3")
        assert not is_open(one)
        await one.press("l")
        assert "F2 save" in one.footer
        await one.press("f2")
        assert [call.note for call in one.calls()] == ["sent"]


async def test_sentences_name_the_keys_as_they_are_now(tmp_path: Path) -> None:
    own(tmp_path, '"record.log" = "ctrl+l"\n"record.add" = []')
    async with desk(tmp_path, fill=None) as one:
        await one.press("escape")
        assert "Ctrl+L logs a call" in one.screen
        await one.press("2")
        assert "Ctrl+P adds the first one" in one.screen, "where a key that was taken away is found"
