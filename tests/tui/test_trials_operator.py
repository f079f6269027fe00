"""What somebody who works alone stumbled over in the first half hour: reports, forms, the palette, what is said."""

from __future__ import annotations

from pathlib import Path

from tests.tui.desk import desk
from tests.tui.persian_imports import import_with_refusals

from tuicrm.tui.importing.view import ImportView
from tuicrm.tui.screens.today import TodayPlace

WIDE = (110, 30)


async def test_the_message_says_that_a_call_was_written_and_how_its_note_begins(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("l")
        await one.type("offer accepted, wants it before the end of the month and by post")
        await one.press("enter")
        [call] = one.calls()
        assert call.contact is not None
        said = f"{call.contact.name}: connected, follow-up done, offer accepted"
        assert one.message.startswith(said)
        assert "…" in one.message, "cut to the line"
        assert one.message.endswith("u undo")
        assert len(one.message) <= 80


async def test_the_report_of_an_import_does_not_stand_in_todays_place_when_one_comes_back(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path, size=WIDE) as one:
        await import_with_refusals(one)
        assert isinstance(one.app.place, ImportView), "the report is read where the import was asked for"
        await one.press("2", "1")
        assert isinstance(one.app.place, TodayPlace)
        assert "Import" not in one.screen.splitlines()[1]
        await one.press("l")
        assert one.app.bar.state.open, "the keys are Today's again"


async def test_a_file_that_is_only_looked_at_waits_where_it_was(tmp_path: Path) -> None:
    from tests.tui.persian_imports import look_at_people

    async with desk(tmp_path, size=WIDE) as one:
        await look_at_people(one)
        await one.press("2", "1")
        assert isinstance(one.app.place, ImportView)
