"""What people stumbled over in the agenda: a day's number that was old, and the order within a day."""

from __future__ import annotations

from pathlib import Path

from tests.tui.desk import LEILA, NADIA, PARS, REZA, desk, fill

from tuicrm.services import agents, contacts, promises
from tuicrm.services.context import Crm, open_crm


async def test_a_day_counts_what_a_colleague_handed_on(tmp_path: Path) -> None:
    def tomorrow(crm: Crm) -> None:
        fill(crm)
        agents.add(crm, "reza")
        promises.add(crm, NADIA, "tomorrow 15:00", "the second offer")
        promises.add(crm, PARS, "tomorrow 16:00", "visit", assignee="reza")

    async with desk(tmp_path, fill=tomorrow) as one:
        await one.press("4")
        assert "tomorrow, Mon 23 Nov (2 Azar 1405) · 1" in one.screen
        other = open_crm(one.crm.settings, via="cli", clock=one.crm.clock)
        visit = next(each for each in contacts.card(other, PARS).follow_ups if each.reason == "visit")
        promises.assign(other, visit.id, one.crm.me)
        other.close()
        await one.app.listener.look()
        await one.rest()
        assert "visit" in one.screen
        assert "tomorrow, Mon 23 Nov (2 Azar 1405) · 2" in one.screen


def mixed(crm: Crm) -> None:
    """Tomorrow: three for the day, and two for a time, of which one is when the day begins."""
    fill(crm)
    for contact_id, when in (
        (LEILA, "tomorrow"),
        (PARS, "tomorrow 9:00"),
        (REZA, "tomorrow"),
        (NADIA, "tomorrow 10:00"),
        (PARS, "tomorrow"),
    ):
        promises.add(crm, contact_id, when, "tomorrow's")


TOMORROW = ["09:00 Pars", "all day Leila", "all day Reza", "all day Pars", "10:00 Nadia"]


async def test_within_a_day_what_has_a_time_stands_before_what_is_of_the_day(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=mixed) as one:
        await one.press("4")
        lines = [" ".join(line.strip("▌ ").split()) for line in one.lines if "tomorrow's" in line]
        assert [line[: len(wanted)] for line, wanted in zip(lines, TOMORROW, strict=True)] == TOMORROW
