"""Today: whom to call next. What was promised, longest owed first; then a worklist, else who was last spoken to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from tuicrm.domain.errors import Conflict, Invalid
from tuicrm.domain.models import (
    CallDraft,
    CallTicket,
    ContactRow,
    FollowUp,
    QueuePart,
    Saved,
    TodayCounts,
    TodayRow,
    Who,
)
from tuicrm.services import claims
from tuicrm.services.calls import save
from tuicrm.services.context import Crm
from tuicrm.storage.connection import Connection
from tuicrm.storage.instants import day_to_text, to_text
from tuicrm.storage.queries import calls, contacts, followups, people, tickets
from tuicrm.storage.queries import queue as queries

LAST_SPOKEN: Final = 50
"""How many people fill the list below the promises."""
NOW: Final = timedelta(minutes=1)
"""What was promised for a time is late from here on; before that it is due now."""
SOON: Final = timedelta(minutes=5)
"""What is promised for a time is due now so long before it: one looks at the card first."""
PROMISED: Final[tuple[QueuePart, ...]] = ("overdue", "now", "later")
LONGEST_DAY: Final = timedelta(hours=26)
"""No day lasts so long, with clocks put back."""
SUPERVISOR: Final = "supervisor"


def queue(crm: Crm, *, limit: int = 200) -> list[TodayRow]:
    """The agent's rows: overdue, due now, later today; then who was last spoken to, newest first.

    In each part of the day what has a time comes before what has none. At most ``limit`` rows.
    """
    at = moment(crm)
    with crm.database.reader() as conn:
        promised: list[tuple[QueuePart, FollowUp]] = []
        for part in PROMISED:
            found = queries.part(conn, part, crm.me, at, limit - len(promised))
            promised += [(part, each) for each in found]
        spoken = dict(calls.last_spoken(conn, crm.me, LAST_SPOKEN))
        due = [each for _, each in promised]
        rows = contacts.rows(conn, {*(each.contact.id for each in due), *spoken})
        outcomes = calls.last_outcomes(conn, [each.contact.id for each in due])
        theirs = _tickets(conn, due)
    first = [
        TodayRow(
            contact=rows[each.contact.id],
            follow_up=each,
            last_outcome=outcomes.get(each.contact.id),
            ticket=theirs.get(each.ticket_id or 0),
            part=part,
        )
        for part, each in promised
        if each.contact.id in rows
    ]
    return first + _spoken(first, rows, spoken)[: max(0, limit - len(first))]


def _spoken(
    promised: Iterable[TodayRow], rows: Mapping[int, ContactRow], spoken: Mapping[int, str]
) -> list[TodayRow]:
    """Who was last spoken to and is promised nothing today."""
    owed = {row.contact.id for row in promised}
    return [
        TodayRow(rows[contact_id], None, outcome, None)
        for contact_id, outcome in spoken.items()
        if contact_id in rows and contact_id not in owed and not rows[contact_id].do_not_call
    ]


def counts(crm: Crm) -> TodayCounts:
    """The day in numbers: overdue, still due today, my open tickets, calls held today, promises tried in vain."""
    at = moment(crm)
    day_start, _ = day_bounds(crm.now())
    with crm.database.reader() as conn:
        many = queries.counts(conn, crm.me, at)
        return TodayCounts(
            overdue=many["overdue"],
            due_today=many["now"] + many["later"],
            open_tickets=tickets.count_open(conn, crm.me),
            calls_today=calls.count_since(conn, crm.me, to_text(day_start)),
            exhausted=queries.count_exhausted(conn, _whose(conn, crm), limit=1000),
        )


def exhausted(crm: Crm, *, limit: int = 200) -> list[TodayRow]:
    """Promises whose last allowed attempt was in vain: one's own; everybody's for a supervisor."""
    with crm.database.reader() as conn:
        found = queries.exhausted(conn, _whose(conn, crm), limit)
        ids = [each.contact.id for each in found]
        rows, outcomes = contacts.rows(conn, ids), calls.last_outcomes(conn, ids)
        theirs = _tickets(conn, found)
    return [
        TodayRow(
            rows[each.contact.id],
            each,
            outcomes.get(each.contact.id),
            theirs.get(each.ticket_id or 0),
            part="exhausted",
        )
        for each in found
        if each.contact.id in rows
    ]


def quick(crm: Crm, row: TodayRow, outcome_key: str, uid: str) -> Saved:
    """A one-key outcome for a row: a call with that outcome and nothing else.

    Raises as ``calls.save`` does, and ``Conflict`` when another agent has the person open, or has settled the row's
    promise since: of two who press at once, one logs.
    """
    outcome = crm.process().outcome_by_key(outcome_key)
    if outcome is None:
        raise Invalid("no_outcome_key", key=outcome_key)
    draft = CallDraft(
        uid=uid,
        who=Who(contact_id=row.contact.id),
        line=f"/{outcome.key}",
        follow_up_id=row.follow_up.id if row.follow_up else None,
        direction="out",
        keys=1,
    )
    with claims.held(crm, row.contact.id):
        if row.follow_up is not None and row.part != "exhausted":
            _refuse_settled(crm, row.follow_up)
        return save(crm, draft)


def _refuse_settled(crm: Crm, follow_up: FollowUp) -> None:
    with crm.database.reader() as conn:
        now = followups.record(conn, follow_up.id)
    if now is None or now.state != "open" or now.due != follow_up.due:
        raise Conflict("follow_up_settled", name=follow_up.contact.name)


def overdue(follow_up: FollowUp, now: datetime) -> bool:
    """Whether a promise is broken: its time has passed, or its day is over in its own zone."""
    if follow_up.due.at is not None:
        return follow_up.due_key < now - NOW
    return follow_up.due.on < now.astimezone(ZoneInfo(follow_up.zone)).date()


def day_bounds(now: datetime) -> tuple[datetime, datetime]:
    """Start and end of the local day ``now`` falls in, aware."""
    start = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return start, (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)


def moment(crm: Crm) -> queries.Moment:
    """Now, as the queue is read by it."""
    now = crm.now()

    @cache
    def day_in(zone: str) -> str:
        return day_to_text(now.astimezone(ZoneInfo(zone)).date())

    return queries.Moment(
        now=to_text(now),
        late=to_text(now - NOW),
        soon=to_text(now + SOON),
        since=to_text(now - LONGEST_DAY),
        end=to_text(day_bounds(now)[1]),
        today=day_to_text(now.date()),
        zone=crm.zone.key,
        day_in=day_in,
    )


def _whose(conn: Connection, crm: Crm) -> str | None:
    """Whose promises in vain are told: one's own; None, all of them, for a supervisor."""
    known = people.agent(conn, crm.me)
    return None if known is not None and known[1].role == SUPERVISOR else crm.me


def _tickets(conn: Connection, promised: Iterable[FollowUp]) -> dict[int, CallTicket]:
    """The tickets that promises are about, by id."""
    found = (tickets.record(conn, id) for id in {each.ticket_id for each in promised if each.ticket_id})
    return {each.id: CallTicket(each.id, each.subject, each.priority, each.status) for each in found if each}
