"""What an office manager stumbled on, on the screens."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

import pytest
from tests.patience import a_while
from tests.tui.claimed import until
from tests.tui.desk import LEILA, REZA, desk, fill

from tuicrm.domain.deeds import About
from tuicrm.domain.models import ContactPatch, RecordRef, Undone
from tuicrm.services import calls, contacts
from tuicrm.services.context import Crm
from tuicrm.tui import undone
from tuicrm.tui.screens.followups import FollowUpsPlace


def edited(crm: Crm) -> None:
    """Leila's company was edited, and after her Reza's."""
    fill(crm)
    contacts.edit(crm, LEILA, ContactPatch(company="Webb"))
    contacts.edit(crm, REZA, ContactPatch(company="Zand"))


async def test_undo_in_an_opened_action_takes_back_that_action_and_no_other(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=edited) as one:
        await one.press("full_stop", "h", "enter")
        assert "u take this back" in one.footer
        await one.press("u")
        assert contacts.get(one.crm, LEILA).company == "Pars Pump Co"
        assert contacts.get(one.crm, REZA).company == "Zand"
        assert "taken back" in one.screen
        assert not {"u take this back", "Enter open"} & set(one.footer.split("  "))
        await one.press("U")
        assert contacts.get(one.crm, LEILA).company == "Webb"


async def test_a_picker_takes_the_name_that_was_typed_before_longer_ones(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("ctrl+p")
        await one.type("theme")
        await one.press("enter")
        await one.type("light")
        await one.press("enter")
        assert one.app.theme == "light"
        await one.press("ctrl+p")
        await one.type("theme")
        await one.press("enter")
        await one.type("contrast")
        await one.press("enter")
        assert one.app.theme == "contrast-dark"


async def test_a_call_is_given_to_another_contact_from_the_menu_and_back(tmp_path: Path) -> None:
    async with desk(tmp_path, size=(100, 30)) as one:
        await one.press("3")
        assert "Nadia Rostami" in one.cursor_line
        await one.press("full_stop", "M")
        await one.type("ahma")
        assert "Reza Ahmadi" in one.screen
        await one.press("enter")
        assert "Reza Ahmadi" in one.cursor_line
        assert "The call is with Reza Ahmadi now." in one.message
        await one.press("u")
        assert "Nadia Rostami" in one.cursor_line
        await one.press("full_stop", "M")
        await one.type("-")
        await one.press("enter")
        assert "The call is with nobody now." in one.message
        assert [call.contact for call in calls.recent(one.crm, limit=1).rows] == [None]


async def test_no_other_lists_number_stands_beside_the_search(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("4")
        await one.press("slash")
        assert "3 follow-ups" in one.lines[1]
        place = one.app.place
        assert isinstance(place, FollowUpsPlace)
        read, begun = asyncio.Event(), place.tell_totals

        async def later(filter_text: str) -> None:
            await read.wait()
            await begun(filter_text)

        with patch.object(place, "tell_totals", later):
            await one.pilot.press("z", "z", "z")
            # not until all is at rest: that would wait for the count
            for _ in a_while():
                await one.pilot.pause(0.01)
                if "No follow-up fits" in one.screen:
                    break
            assert "No follow-up fits" in one.screen
            assert "follow-ups" not in one.lines[1]
            # others change the list more often than the count rests
            for _ in range(3):
                place.count()
            read.set()
            await until(one, lambda: "0 follow-ups" in one.lines[1])


@pytest.mark.parametrize(
    ("about", "said"),
    [
        (About("Oscar Hall", 1), "Taken back: follow-up of Oscar Hall skipped."),
        (About("Oscar Hall", 7), "Taken back: follow-ups skipped: Oscar Hall and 6 more."),
    ],
)
def test_taking_back_what_was_skipped_names_whom_it_was_about(about: About, said: str) -> None:
    records = tuple(RecordRef("followup", at) for at in range(2 * about.people))
    done = Undone(9, "followup.skip", datetime(2026, 11, 22, tzinfo=UTC), records)
    assert undone.words(done, "undo", about) == said
