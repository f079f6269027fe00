"""One moment, one process, one contact with a ticket: what the tests of the log line read it in."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from tuicrm.domain import process
from tuicrm.domain.logline import LineContext, LineDraft, TicketWish, parse_line
from tuicrm.domain.models import CallTicket, Due, FollowUp, Ref
from tuicrm.domain.record import replace
from tuicrm.domain.when import WhenSettings, due_key
from tuicrm.domain.worktime import in_country

TEHRAN = ZoneInfo("Asia/Tehran")
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=TEHRAN)
"""A Sunday."""
PROCESS = process.load(process.default_text())
WHEN = WhenSettings(zone=TEHRAN, calendar=in_country(PROCESS.calendar, "IR"))
LEAK = CallTicket(12, "leaking seal", "normal", "open")
OLD = CallTicket(9, "noise", "normal", "resolved")
CONTEXT = LineContext(
    now=NOW,
    process=PROCESS,
    when=WHEN,
    agents=frozenset({"sara", "reza"}),
    open_tickets=(LEAK,),
    tickets={12: LEAK, 9: OLD},
)


def context(**changes: Any) -> LineContext:
    """The usual context with some facts changed."""
    return replace(CONTEXT, **changes)


def read(line: str, **changes: Any) -> LineDraft:
    """The draft of a line in the usual context."""
    return parse_line(line, context(**changes))


def codes(draft: LineDraft) -> list[str]:
    """The codes of a draft's problems, hard ones with a ``!``."""
    return [problem.code + ("!" if problem.hard else "") for problem in draft.problems]


def due(text: str) -> Due:
    """``2026-11-28`` or ``2026-11-28 10:00``."""
    day, _, clock = text.partition(" ")
    return Due(date.fromisoformat(day), time.fromisoformat(clock) if clock else None)


def promise(id: int = 1, when: str = "2026-11-22 08:30", **changes: Any) -> FollowUp:
    """An open follow-up of the contact, due this morning, tried once of four times."""
    moment = due(when)
    usual = FollowUp(
        id=id,
        contact=Ref(1, "Leila Karimi"),
        reason="price of pump",
        due=moment,
        first_due=moment,
        zone=TEHRAN.key,
        due_key=due_key(moment, TEHRAN.key, WHEN.calendar),
        assignee="me",
        state="open",
        attempt=1,
        attempts_max=4,
        topic=None,
        recurrence=None,
        call_id=None,
        ticket_id=None,
    )
    return replace(usual, **changes)


def said(draft: LineDraft) -> dict[str, Any]:
    """Everything a draft says; what it leaves open is left out."""
    names = [name for name in draft.__match_args__ if name not in ("line", "tokens", "problems")]
    return {name: getattr(draft, name) for name in names if getattr(draft, name) not in (None, "", (), False)}


def new(priority: str) -> tuple[TicketWish, ...]:
    """The wish for a new ticket alone."""
    return (TicketWish("new", priority=priority),)
