"""The palette finds commands by what people call them, and every line of it acts."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tui.desk import NADIA, Desk, desk
from tests.tui.persian import persian_desk

from tuicrm.domain.models import NewContact
from tuicrm.services import contacts
from tuicrm.tui.dialogs.contact_form import ContactForm
from tuicrm.tui.dialogs.import_form import ImportForm
from tuicrm.tui.screens.help import Help
from tuicrm.tui.screens.open_card import OpenCard
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


async def test_what_begins_with_the_typed_words_stands_first(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("ctrl+p")
        await one.type("what i")
        assert "what I did" in next(line for line in reversed(one.lines) if line.startswith("▌"))
        await one.press("enter")
        assert "What I did" in one.screen


async def test_a_person_is_found_beneath_the_commands_and_enter_opens_the_card(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("ctrl+p")
        await one.type("kari")
        assert "person" in one.screen
        assert "Pars Pump Co" in one.screen
        await one.press("enter")
        assert isinstance(one.app.place, OpenCard)
        assert "Leila Karimi" in one.screen


async def test_enter_straight_after_the_letters_takes_whom_they_name(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("3", "ctrl+p")
        await one.pilot.press(*"@nadia", "enter")
        await one.rest()
        assert isinstance(one.app.place, OpenCard)
        assert "Nadia Rostami" in one.screen


@pytest.mark.parametrize("typed", ["#1", "#boiler", "boiler e1"])
async def test_a_ticket_is_found_by_its_number_and_by_words(tmp_path: Path, typed: str) -> None:
    async with desk(tmp_path) as one:
        await one.press("ctrl+p")
        await one.type(typed)
        assert "ticket 1" in one.screen
        await one.press("enter")
        assert isinstance(one.app.place, OpenCard)
        assert "Reza Ahmadi" in one.screen


async def test_a_sign_asks_for_one_kind_alone(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        contacts.add(one.crm, NewContact("Undo Import"))
        await one.press("ctrl+p")
        for typed, kinds in (
            ("undo", {"", "person"}),
            (">undo", {""}),
            ("@undo", {"person"}),
            ("#undo", set()),
        ):
            await one.press("ctrl+u")
            await one.type(typed)
            assert isinstance(one.app.screen, Palette)
            assert {str(line.kind) for line in one.app.screen.query_one(RecordList).rows} == kinds, typed


async def test_whoever_was_deleted_is_not_found(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        contacts.delete(one.crm, NADIA)
        await one.press("ctrl+p")
        await one.type("@nadia")
        assert "Nadia" not in one.screen.partition("All commands")[2]
        assert "Nothing is called that." in one.screen


async def test_over_a_form_only_its_own_commands_are_offered(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("2", "a", "ctrl+p")
        await one.type("kari")
        assert not offered(one)


async def test_in_persian_a_command_is_found_by_its_english_words_too(tmp_path: Path) -> None:
    """Latin letters are on as often as not, and a page in English says what a command is called."""
    async with persian_desk(tmp_path) as one:
        await one.press("ctrl+p")
        for typed, first in {"theme": "انتخاب تم", "history": "کارهای امروز من", "ظاهر": "انتخاب تم"}.items():
            await one.press("ctrl+u")
            await one.type(typed)
            assert offered(one)[:1] == [first], typed
