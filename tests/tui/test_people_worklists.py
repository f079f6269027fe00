"""Contacts: marked people come to worklists; whom one owes a call."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from tests.tui.desk import LEILA, NADIA, REZA, Desk, desk, fill, log

from tuicrm.domain.clock import FrozenClock
from tuicrm.domain.models import ContactPatch
from tuicrm.domain.worklist import WorkRow
from tuicrm.services import contacts, saved_filters, worklist_members, worklists
from tuicrm.services.context import Crm

# --- worklists, and whom one owes a call --------------------------------------------------------------------


def on_list(one: Desk) -> int | None:
    """How many are on the first worklist."""
    return worklists.lists(one.crm)[0].people


async def test_those_who_are_marked_are_put_on_a_worklist_and_taken_off(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("2", "space", "space", ".", "P")
        await one.type("fair [/] 2026")
        await one.press("ctrl+s")
        assert "Put 2 contacts on the worklist fair [/] 2026?" in one.screen
        await one.press("y")
        assert "2 contacts: put on fair [/] 2026" in one.message
        [made] = [it for it in saved_filters.page(one.crm, "contacts") if it.members]
        assert (made.name, made.agent) == ("fair [/] 2026", one.crm.me)
        assert on_list(one) == 2
        await one.press("g", "space", ".", "P")
        await one.type("-fair [/] 2026")
        await one.press("ctrl+s")
        assert on_list(one) == 1
        await one.press("u")
        assert on_list(one) == 2


async def test_a_list_by_names_is_taken_from_the_saved_filters(tmp_path: Path) -> None:
    def put(crm: Crm) -> None:
        fill(crm)
        worklist_members.put(crm, [LEILA, NADIA], "fair 2026", shared=True)

    async with desk(tmp_path, fill=put) as one:
        await one.press("2", ".", "F")
        assert "by names" in one.screen
        await one.press("enter")
        assert sorted(one.people) == ["Leila", "Nadia"]


@pytest.mark.parametrize("keys", [("2", ".", "O"), ("3", "ctrl+p", *"owed", "enter")])
async def test_people_owed_a_call_are_one_command_away(tmp_path: Path, keys: tuple[str, ...]) -> None:
    def habits(crm: Crm) -> None:
        fill(crm)
        contacts.edit(crm, REZA, ContactPatch(cadence_days=1))
        with crm.database.transaction(crm.actor, "test") as tx:
            tx.execute(
                "UPDATE contact SET touch_key = '2020-01-01T00:00:00.000000Z' WHERE id = :id", {"id": REZA}
            )

    async with desk(tmp_path, fill=habits) as one:
        await one.press(*keys)
        assert one.people == ["Reza"]


async def test_a_worklist_is_begun_again_from_today(tmp_path: Path) -> None:
    def worked(crm: Crm) -> None:
        fill(crm)
        worklist_members.put(crm, [REZA], "fair")
        clock = crm.clock
        assert isinstance(clock, FrozenClock)
        clock.advance(60)
        log(crm, REZA, "hello")
        clock.advance(60)

    async with desk(tmp_path, fill=worked) as one:
        await one.press(".", "R")
        assert "No worklist is picked" in one.message
        await one.press("p")
        await one.type("fair")
        await one.press("enter")
        assert worklists.page(one.crm, "fair").rows == ()
        await one.press(".", "R", "y")
        assert "fair: everybody is called once more" in one.message
        assert "0 of 1 done" in one.screen
        assert names_of(worklists.page(one.crm, "fair").rows) == ["Reza"]
        await one.press("u")
        assert worklists.page(one.crm, "fair").rows == ()


def names_of(found: Iterable[WorkRow]) -> list[str]:
    return [row.contact.name.split()[0] for row in found]
