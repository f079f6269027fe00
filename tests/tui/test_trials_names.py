"""Whoever works here and has a name is called by it: who has somebody open, to whom a promise is handed."""

from __future__ import annotations

from pathlib import Path

from tests.tui.claimed import colleague, taken
from tests.tui.desk import LEILA, PARS, desk, fill

from tuicrm.services import agents, contacts
from tuicrm.services.context import Crm


def omid_has_a_name(crm: Crm) -> None:
    fill(crm)
    agents.add(crm, "omid", name="Omid Kiani")
    agents.add(crm, "reza")


async def test_who_has_somebody_open_is_called_by_name(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=omid_has_a_name, size=(110, 24)) as one:
        with colleague(one, tmp_path) as omid:
            await taken(one, omid, PARS)
            assert "with Omid Kiani now" in next(line for line in one.lines if "Pars Trading" in line)
            await one.press("j", "l")
            assert "Omid Kiani has been with Pars Trading since" in one.screen


async def test_a_promise_and_a_contact_are_handed_to_a_name(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=omid_has_a_name) as one:
        await one.press("o")
        await one.type("omid")
        await one.press("enter")
        assert "now Omid Kiani" in one.message
        follow_up = one.follow_up(LEILA)
        assert follow_up is not None
        assert follow_up.assignee == "omid"
        await one.press("2", "space", "space", "o")
        await one.type("omid")
        await one.press("enter")
        assert "to Omid Kiani?" in one.screen
        await one.press("y")
        assert contacts.get(one.crm, LEILA).owner == "omid"


async def test_one_without_a_name_is_called_by_the_handle(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=omid_has_a_name) as one:
        await one.press("o")
        await one.type("reza")
        await one.press("enter")
        assert "now @reza" in one.message
