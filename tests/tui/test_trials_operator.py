"""What somebody who works alone stumbled over in the first half hour: reports, forms, the palette, what is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tui.desk import Desk, desk
from tests.tui.persian_imports import import_with_refusals
from tests.tui.test_palette import offered

from tuicrm.services import calls, saved_filters
from tuicrm.tui.importing.view import ImportView
from tuicrm.tui.screens.today import TodayPlace
from tuicrm.tui.widgets.note_area import NoteArea
from tuicrm.tui.widgets.record_list import RecordList

WIDE = (110, 30)


def offered_now(one: Desk) -> str:
    """The label of the palette's line that Enter takes."""
    row = one.app.screen.query_one(RecordList).row
    assert row is not None
    return str(row.label)


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


async def test_words_for_a_number_are_told_while_typing_what_saving_tells(tmp_path: Path) -> None:
    async with desk(tmp_path, size=WIDE) as one:
        await one.press("2", "a")
        await one.type("Samuel")
        await one.press("tab", "tab")
        await one.type("nonsense")
        assert "A number needs digits: nonsense" in one.screen
        assert "kept as it is" not in one.screen
        await one.press("ctrl+s")
        assert "A number needs digits: nonsense" in one.screen
        assert one.found("Samuel") == []


async def test_a_refusal_goes_with_the_next_key_and_leads_to_the_note(tmp_path: Path) -> None:
    async with desk(tmp_path, size=WIDE) as one:
        calls.edit(one.crm, 1, note="price asked")
        await one.press("3", "G", "e", "tab")
        await one.type("wants two")
        await one.press("enter")
        assert "Words belong in the note above" in one.screen
        focused = one.app.focused
        assert isinstance(focused, NoteArea), "there words belong"
        await one.type(", by post")
        assert "Words belong" not in one.screen


@pytest.mark.parametrize(
    ("typed", "place", "label"),
    [
        ("saved", "1", "saved filters, on Contacts"),
        ("export", "3", "export, on Contacts"),
        ("snooze", "2", "remind later, on Follow-ups"),
        ("skip", "2", "not this time, on Follow-ups"),
        ("private", "4", "private note, birthday, other fields"),
        ("birthday", "2", "private note, birthday, other fields"),
    ],
)
async def test_what_is_done_elsewhere_is_found_and_leads_there(
    tmp_path: Path, typed: str, place: str, label: str
) -> None:
    async with desk(tmp_path, size=WIDE) as one:
        await one.press(place, "ctrl+p")
        await one.type(typed)
        assert label in offered(one)
        if ", on " in label:
            while offered_now(one) != label:
                await one.press("down")
            await one.press("enter")
            assert one.app.shell.current == label.split(", on ")[1].casefold().replace("-", "")
            assert "does it here" in one.message


async def test_what_acts_here_stands_above_what_does_not(tmp_path: Path) -> None:
    async with desk(tmp_path, size=WIDE) as one:
        await one.press("ctrl+p")
        away = [", on " in label for label in offered(one)]
        assert away == sorted(away)
        assert any(away)


async def test_taking_back_a_saved_filter_is_told_in_words(tmp_path: Path) -> None:
    async with desk(tmp_path, size=WIDE) as one:
        saved_filters.save(one.crm, "contacts", "north", "tag:north")
        await one.press("2", "u")
        assert one.message == "Taken back: a filter saved."
