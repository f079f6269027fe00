"""What a call does to what was promised, by keys: one due, several, none, another agent's, a ticket's."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.tui.desk import LEILA, NADIA, PARS, REZA, Desk, desk, fill, log

from tuicrm.domain.models import FollowUp, TodayRow
from tuicrm.services import agents, contacts, promises, tickets, today
from tuicrm.services.context import Crm

TOMORROW = date(2026, 11, 23)


def open_ones(one: Desk, contact_id: int) -> list[FollowUp]:
    """What is promised to the contact, by due."""
    return list(contacts.card(one.crm, contact_id).follow_ups)


# --- one is due ---------------------------------------------------------------------------------------------


async def test_one_due_is_moved_by_a_call_in_vain_and_its_first_due_stays(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("n")
        (moved,) = open_ones(one, LEILA)
        assert (moved.due.on, moved.first_due.on, moved.attempt) == (TOMORROW, date(2026, 11, 22), 2)


async def test_one_due_is_closed_by_a_talk_and_another_made_when_there_is_a_moment(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        first = open_ones(one, LEILA)[0].id
        await one.press("c")
        await one.type("sends the order /2d")
        await one.press("enter")
        (made,) = open_ones(one, LEILA)
        assert made.id != first
        assert (made.due.on, made.attempt) == (date(2026, 11, 24), 1)
        assert promises.get(one.crm, first).state == "done"


# --- several are due ----------------------------------------------------------------------------------------


def two_of_leila(crm: Crm) -> None:
    """Leila is promised two things for today."""
    fill(crm)
    promises.add(crm, LEILA, "2026-11-22 9:45", "invoice")


async def test_of_several_due_the_one_of_the_row_is_answered(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=two_of_leila) as one:
        await one.press("j", "j")
        assert "invoice" in one.cursor_line
        await one.press("n")
        found = {each.reason: each.due.on for each in open_ones(one, LEILA)}
        assert found == {"call back: price of pump": date(2026, 11, 22), "invoice": TOMORROW}


async def test_of_several_due_the_bar_asks_when_no_row_says_which(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=two_of_leila) as one:
        await one.press("2", "g", "l")
        assert "Leila Karimi ›" in one.screen
        await one.type("spoke to her")
        await one.press("enter")
        assert one.calls() == [], "it asks first"
        await one.press("2")
        assert [each.reason for each in open_ones(one, LEILA)] == ["call back: price of pump"]


def agreed_with_nadia(crm: Crm) -> None:
    """Nadia is to be called at four."""
    fill(crm)
    promises.add(crm, NADIA, "16:00", "agreed")


async def test_what_is_only_later_today_is_asked_about_and_enter_leaves_it_open(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=agreed_with_nadia) as one:
        await one.press("2", "slash")
        await one.type("nadia")
        await one.press("enter", "l")
        await one.type("rang about something else")
        await one.press("enter")
        assert one.calls() == [], "it asks first"
        assert "did this call answer it" in one.screen
        assert "agreed" in one.screen
        await one.press("enter")
        assert [call.note for call in one.calls()] == ["rang about something else"]
        (left,) = open_ones(one, NADIA)
        await one.press("l")
        await one.type("so it is settled")
        await one.press("enter", "1")
        assert open_ones(one, NADIA) == []
        assert promises.get(one.crm, left.id).state == "done"


# --- none is due --------------------------------------------------------------------------------------------


async def test_without_a_promise_a_call_in_vain_makes_the_first_attempt(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("G")
        assert "Nadia Rostami" in one.cursor_line
        await one.press("n")
        (made,) = open_ones(one, NADIA)
        assert (made.due.on, made.attempt, made.assignee) == (TOMORROW, 1, "sara")


async def test_without_a_promise_a_talk_without_a_moment_makes_none(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("G", "c")
        await one.type("all well")
        await one.press("enter")
        assert open_ones(one, NADIA) == []


# --- another agent's ----------------------------------------------------------------------------------------


def one_of_omid(crm: Crm) -> None:
    """Omid promised Pars Trading the renewal."""
    fill(crm)
    agents.add(crm, "omid")
    (promise,) = contacts.card(crm, PARS).follow_ups
    promises.assign(crm, promise.id, "omid")


def as_omid(one: Desk) -> list[TodayRow]:
    """Omid's queue."""
    from tuicrm.services.context import open_crm
    from tuicrm.settings import Settings

    own = one.crm.settings
    settings = Settings(database=own.database, agent="omid", zone=own.zone, region=own.region, file=own.file)
    crm = open_crm(settings, via="cli", clock=one.crm.clock)
    try:
        return today.queue(crm)
    finally:
        crm.close()


async def test_anothers_promise_stands_in_their_queue_alone_and_stays_theirs_when_moved(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path, fill=one_of_omid) as one:
        assert "Pars Trading" not in one.queue()
        assert [row.contact.name for row in as_omid(one)] == ["Pars Trading"]
        await one.press("2", "slash")
        await one.type("pars trading")
        await one.press("enter", "l")
        await one.type("/n")
        await one.press("enter")
        (moved,) = open_ones(one, PARS)
        assert (moved.assignee, moved.due.on, moved.attempt) == ("omid", TOMORROW, 2)


async def test_anothers_promise_is_kept_by_whoever_speaks_to_the_person(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=one_of_omid) as one:
        await one.press("2", "slash")
        await one.type("pars trading")
        await one.press("enter", "l")
        await one.type("renewed for two years")
        await one.press("enter")
        assert open_ones(one, PARS) == []
        assert as_omid(one) == []


# --- a ticket's ---------------------------------------------------------------------------------------------


async def test_a_tickets_promise_is_kept_by_a_talk_and_the_ticket_stays_open(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("j", "j")
        assert "#1 high" in one.cursor_line
        await one.press("c")
        await one.type("comes on Monday")
        await one.press("enter")
        assert open_ones(one, REZA) == []
        assert [each.category for each in tickets.page(one.crm).rows] == ["open"]


async def test_a_tickets_promise_that_is_moved_stays_the_tickets(tmp_path: Path) -> None:
    def small(crm: Crm) -> None:
        fill(crm)
        log(crm, NADIA, "nothing /-")

    async with desk(tmp_path, fill=small) as one:
        await one.press("j", "j", "n")
        (moved,) = open_ones(one, REZA)
        assert (moved.ticket_id, moved.attempt) == (1, 2)
        assert [each.category for each in tickets.page(one.crm).rows] == ["open"]
