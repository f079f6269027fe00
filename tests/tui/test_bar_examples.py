"""The examples of the log line, typed into the bar key by key: what is stored is what the table says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

import pytest
from tests.tui.bars import KAZEMI, LEILA, add_people, hands

from tuicrm.domain.models import Call, CallDraft, Due, Who
from tuicrm.services import agents, calls, contacts
from tuicrm.services.context import Crm

TICKET = 12
"""Leila's only open ticket; eleven older ones are somebody else's."""


@dataclass(frozen=True)
class Row:
    """One line of the table. ``ticket``: (subject, priority, category) of the ticket it made or touched."""

    line: str
    outcome: str = "connected"
    note: str = ""
    due: Due | None = None
    ticket: tuple[str, str, str] | None = None
    topic: tuple[str, bool] | None = None
    enters: int = 1


SECOND = date(2026, 11, 24)
SATURDAY = date(2026, 11, 28)
TABLE = (
    Row("price list sent /2d", note="price list sent", due=Due(SECOND), topic=None),
    Row("n", "no_answer", due=Due(date(2026, 11, 23))),
    Row("/n", "no_answer", due=Due(date(2026, 11, 23))),
    Row("/n /-", "no_answer"),
    Row("boiler dead, E1 /th", note="boiler dead, E1", ticket=("boiler dead", "high", "open")),
    Row(
        "boiler dead .f/th/sat10",
        note="boiler dead",
        due=Due(SATURDAY, time(10)),
        ticket=("boiler dead", "high", "open"),
        topic=("fault", False),
    ),
    Row(
        "part arrived /t12 /sat 10",
        note="part arrived",
        due=Due(SATURDAY, time(10)),
        ticket=("leaking seal", "normal", "open"),
    ),
    Row("fixed, thanks /x", note="fixed, thanks", ticket=("leaking seal", "normal", "resolved")),
    Row("wants 10 boxes @sara /tom9", note="wants 10 boxes", due=Due(date(2026, 11, 23), time(9))),
    Row("wants /sat 10 boxes", note="wants /sat 10 boxes"),
    Row("50/50 deal, -5% off", note="50/50 deal, -5% off"),
    Row("ring back /9", note="ring back", due=Due(date(2026, 11, 23), time(9))),
    Row("قیمت فرستادم /فردا", note="قیمت فرستادم", due=Due(date(2026, 11, 23))),
    Row("قیمت فرستادم /۲ی", note="قیمت فرستادم", due=Due(SECOND)),
    Row("no one home /zz", note="no one home /zz", enters=2),
)


def fill(crm: Crm) -> None:
    add_people(crm)
    agents.ensure_self(crm)
    for number in range(1, TICKET):
        calls.save(crm, CallDraft(f"{number:032}", Who(KAZEMI), f"something {number} /t"))
    calls.save(crm, CallDraft("f" * 32, Who(LEILA), "leaking seal /t"))


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.line)
async def test_an_example_typed_into_the_bar_is_stored_as_the_table_says(tmp_path: Path, row: Row) -> None:
    async with hands(tmp_path, fill=fill) as hand:
        await hand.press("j", "l")
        await hand.type(row.line)
        await hand.press(*["enter"] * row.enters)
        assert not hand.open, hand.words
        call: Call = hand.calls()[0]
        assert call.contact is not None
        assert call.contact.id == LEILA
        assert (call.outcome, call.note) == (row.outcome, row.note)
        due = contacts.card(hand.crm, LEILA).follow_ups
        assert [(one.due.on, one.due.at) for one in due][:1] == (
            [(row.due.on, row.due.at or (due[0].due.at if row.outcome != "connected" else None))]
            if row.due
            else []
        )
        tickets = [
            t for t in contacts.card(hand.crm, LEILA).tickets if call.ticket and t.id == call.ticket.id
        ]
        assert [(t.subject, t.priority, t.category) for t in tickets] == ([row.ticket] if row.ticket else [])
        if row.topic is not None:
            assert (call.topic, call.topic_guessed) == row.topic


async def test_when_and_how_long_it_was_are_taken_from_the_line(tmp_path: Path) -> None:
    async with hands(tmp_path, fill=fill) as hand:
        await hand.press("j", "l")
        await hand.type("-9.05 =3:05 quote 2 radiators /2d")
        await hand.press("enter")
        call = max(hand.calls(), key=lambda call: call.id)
        assert call.started_at == datetime.fromisoformat("2026-11-22T09:05:00+03:30")
        assert call.duration_s == 185
        assert (call.topic, call.topic_guessed) == ("quote", True)
        assert call.note == "quote 2 radiators"
