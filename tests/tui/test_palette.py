"""The palette finds commands by what people call them, and every line of it acts."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tui.desk import Desk, desk

from tuicrm.services import contacts
from tuicrm.tui.dialogs.contact_form import ContactForm
from tuicrm.tui.dialogs.import_form import ImportForm
from tuicrm.tui.screens.help import Help
from tuicrm.tui.screens.palette import Palette
from tuicrm.tui.widgets.record_list import RecordList
from tuicrm.tui.widgets.search_line import SearchLine


def offered(one: Desk) -> list[str]:
    """The labels of the lines found."""
    assert isinstance(one.app.screen, Palette)
    return [command.label for command in one.app.screen.query_one(RecordList).rows]


CALLED = {
    "import": "import a file",
    "take back": "undo",
    "undo": "undo",
    "find": "search",
    "demo": "open the demo",
    "theme": "choose a theme",
    "colours": "choose a theme",
    "quit": "quit",
    "exit": "quit",
    "help": "help",
    "what can i type": "help",
}


@pytest.mark.parametrize("place", ["1", "2", "3"])
async def test_a_command_is_found_by_what_people_call_it(tmp_path: Path, place: str) -> None:
    async with desk(tmp_path) as one:
        await one.press(place, "ctrl+p")
        for typed, first in CALLED.items():
            await one.press("ctrl+u")
            await one.type(typed)
            assert offered(one)[:1] == [first], typed


async def test_add_is_found_and_opens_the_form(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("2", "ctrl+p")
        await one.type("new contact")
        await one.press("enter")
        assert isinstance(one.app.screen, ContactForm)


async def test_a_file_is_imported_from_anywhere(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("name,phone\nAnna Bell,09121110000\n")
    async with desk(tmp_path) as one:
        await one.press("ctrl+p")
        await one.type("import")
        await one.press("enter")
        assert isinstance(one.app.screen, ImportForm)
        await one.type("nowhere.csv")
        await one.press("enter")
        assert isinstance(one.app.screen, ImportForm), "refused, it stays"
        assert "nowhere.csv" in one.screen
        await one.press("ctrl+u")
        await one.type(str(file))
        await one.press("enter")
        await one.press("enter")
        assert one.message.startswith("1 contact imported.")
        assert contacts.count(one.crm) == 5


async def test_help_and_search_are_reached_from_a_text_field(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("slash", "ctrl+p")
        await one.type("help")
        await one.press("enter")
        assert isinstance(one.app.screen, Help)
        await one.press("q", "escape", "1", "ctrl+p")
        await one.type("find")
        await one.press("enter")
        assert isinstance(one.app.focused, SearchLine)


async def test_every_line_of_the_palette_acts(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("2", "ctrl+p")
        assert isinstance(one.app.screen, Palette)
        found = list(one.app.screen.query_one(RecordList).rows)
        await one.press("escape")
        assert len({command.id for command in found}) == len(found)
        for command in found:
            if command.id in ("app.quit", "app.suspend"):
                continue
            await command.do()
            await one.rest()
            assert "Something went wrong" not in one.screen, command.id
            while len(one.app.screen_stack) > 1:
                one.app.pop_screen()
                await one.rest()
            await one.app.action_go("contacts")
