"""An empty database: one calm panel with ways to begin, and it goes when somebody is there."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tui.desk import desk
from tests.tui.samples import HOSTILE

from tuicrm.domain.models import NewContact
from tuicrm.services import contacts
from tuicrm.services.context import open_crm
from tuicrm.tui.dialogs.import_form import ImportForm
from tuicrm.tui.screens import first_run
from tuicrm.tui.screens.first_run import FirstRun


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_an_empty_database_offers_ways_to_begin(tmp_path: Path, size: tuple[int, int]) -> None:
    async with desk(tmp_path, fill=None, size=size) as one:
        screen = one.screen
        assert "Nobody is in here yet." in screen
        for line in ("a  add the first contact", "i  import a file", "o  open the demo", "l  log a call"):
            assert line in screen
        assert "tuicrm demo" in screen
        assert all(len(line) <= size[0] for line in one.lines)
        assert "i import a file" in one.footer


async def test_a_database_with_people_opens_on_the_queue(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        assert not one.app.query(FirstRun)


async def test_a_adds_the_first_contact_and_the_panel_goes(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=None) as one:
        await one.press("a")
        await one.type("Leila Karimi")
        await one.press("ctrl+s")
        assert not one.app.query(FirstRun)
        assert contacts.count(one.crm) == 1
        assert "Added Leila Karimi." in one.message


async def test_a_file_is_imported_by_its_name_and_one_undo_takes_it_back(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("name,phone\nLeila Karimi,09121234567\nReza Ahmadi,09350002345\n")
    async with desk(tmp_path, fill=None) as one:
        await one.press("i")
        await one.type(str(file))
        await one.press("enter")
        assert "2 rows: 2 new" in one.screen
        assert contacts.count(one.crm) == 0
        await one.press("enter")
        assert one.message.startswith("2 contacts imported.")
        assert not one.app.query(FirstRun)
        assert contacts.count(one.crm) == 2
        await one.press("u")
        assert contacts.count(one.crm) == 0


async def test_a_file_that_is_not_there_is_one_sentence_and_the_line_stays(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=None) as one:
        await one.press("i")
        await one.type("nowhere.csv")
        await one.press("enter")
        assert isinstance(one.app.screen, ImportForm)
        assert sum("nowhere.csv" in line for line in one.lines) == 2, "the line, and why it is refused"
        await one.press("escape")
        assert not any(line.startswith(" File") for line in one.lines)
        assert one.app.query(FirstRun)


async def test_a_refused_line_of_a_file_is_counted_and_named(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(f"name,phone\nLeila Karimi,09121234567\n{'x' * 500},09350002345\n")
    async with desk(tmp_path, fill=None) as one:
        await one.press("i")
        await one.type(str(file))
        await one.press("enter")
        assert "1 refused" in one.screen
        await one.press("enter")
        assert "1 line refused" in one.message
        assert any("3" in line and "refused" in line for line in one.lines)


async def test_the_demo_is_named_where_it_cannot_be_opened(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=None) as one:
        await one.press("o")
        assert "tuicrm demo" in one.message


async def test_the_first_call_makes_the_first_contact_and_the_panel_goes(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=None) as one:
        await one.press("l")
        await one.type("leila karimi")
        await one.press("ctrl+n")
        await one.type("asked for a quote")
        await one.press("enter")
        assert [call.contact.name for call in one.calls() if call.contact] == ["Leila Karimi"]
        assert not one.app.query(FirstRun)
        assert "Leila Karimi" in one.screen


async def test_q_closes_the_panel_and_it_does_not_come_back(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=None) as one:
        await one.press("q")
        assert not one.app.query(FirstRun)
        assert "Nobody is waiting." in one.screen
        await one.press("2", "1")
        assert not one.app.query(FirstRun)


async def test_the_panel_goes_when_another_session_adds_somebody(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=None) as one:
        other = open_crm(one.crm.settings, via="cli", clock=one.crm.clock)
        contacts.add(other, NewContact("Leila Karimi"))
        await one.app.listener.look()
        await one.rest()
        assert not one.app.query(FirstRun)
        other.close()


def test_the_panel_is_never_wider_than_its_place() -> None:
    for width in (40, 60, 80, 200):
        assert all(line.cell_length <= width for line in first_run.panel(width))


@pytest.mark.parametrize("hostile", HOSTILE)
async def test_a_hostile_file_name_is_shown_literally(tmp_path: Path, hostile: str) -> None:
    async with desk(tmp_path, fill=None) as one:
        await one.press("i")
        form = one.app.screen
        assert isinstance(form, ImportForm)
        await form.take(hostile)
        await one.rest()
        assert one.app.is_running
        assert "\x1b" not in one.screen
