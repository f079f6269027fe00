"""Today: whom to call next. Due follow-ups first, longest owed on top; then the people last spoken to."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tuicrm.domain.errors import Conflict, Invalid
from tuicrm.domain.models import CallDraft, CallTicket, FollowUp, Saved, TodayCounts, TodayRow, Who
from tuicrm.services.calls import save
from tuicrm.services.context import Crm
from tuicrm.storage.connection import Connection
from tuicrm.storage.instants import to_text
from tuicrm.storage.queries import calls, contacts, followups, tickets

LAST_SPOKEN = 50
"""How many people fill the list below the promises."""


def queue(crm: Crm, *, limit: int = 200) -> list[TodayRow]:
    """The agent's rows: what is due before the day is over, by due; then who was last spoken to, newest first."""
    _, day_end = day_bounds(crm.now())
    with crm.database.reader() as conn:
        due = followups.due(conn, assignee=crm.me, until=to_text(day_end), limit=limit)
        spoken = calls.last_spoken(conn, crm.me, LAST_SPOKEN)
        rows = contacts.rows(conn, {*(f.contact.id for f in due), *(contact_id for contact_id, _ in spoken)})
        outcomes = dict(spoken)
        promised = [
            TodayRow(
                contact=rows[f.contact.id],
                follow_up=f,
                last_outcome=outcomes.get(f.contact.id) or calls.last_outcome(conn, f.contact.id),
                ticket=_ticket(conn, f),
            )
            for f in due
            if f.contact.id in rows
        ]
    owed = {row.contact.id for row in promised}
    rest = [
        TodayRow(rows[contact_id], None, outcome, None)
        for contact_id, outcome in spoken
        if contact_id in rows and contact_id not in owed and not rows[contact_id].do_not_call
    ]
    return promised + rest[: max(0, limit - len(promised))]


def counts(crm: Crm) -> TodayCounts:
    """The day in four numbers: overdue, still due today, my open tickets, calls held today."""
    now = crm.now()
    day_start, day_end = day_bounds(now)
    with crm.database.reader() as conn:
        owed = followups.due(conn, assignee=crm.me, until=to_text(day_end), limit=10_000)
        late = sum(1 for f in owed if overdue(f, now))
        return TodayCounts(
            overdue=late,
            due_today=len(owed) - late,
            open_tickets=tickets.count_open(conn, crm.me),
            calls_today=calls.count_since(conn, crm.me, to_text(day_start)),
        )


def quick(crm: Crm, row: TodayRow, outcome_key: str, uid: str) -> Saved:
    """A one-key outcome for a row: a call with that outcome and nothing else.

    Raises as ``calls.save`` does, and ``Conflict`` when somebody else has settled the row's promise since.
    """
    outcome = crm.process().outcome_by_key(outcome_key)
    if outcome is None:
        raise Invalid("no_outcome_key", key=outcome_key)
    if row.follow_up is not None:
        _refuse_settled(crm, row.follow_up)
    draft = CallDraft(
        uid=uid,
        who=Who(contact_id=row.contact.id),
        line=f"/{outcome.key}",
        follow_up_id=row.follow_up.id if row.follow_up else None,
        direction="out",
        keys=1,
    )
    return save(crm, draft)


def _refuse_settled(crm: Crm, follow_up: FollowUp) -> None:
    with crm.database.reader() as conn:
        now = followups.record(conn, follow_up.id)
    if now is None or now.state != "open" or now.due != follow_up.due:
        raise Conflict("follow_up_settled", name=follow_up.contact.name)


def overdue(follow_up: FollowUp, now: datetime) -> bool:
    """Whether a promise is broken: its time has passed, or its day is over in its own zone."""
    if follow_up.due.at is not None:
        return follow_up.due_key < now
    return follow_up.due.on < now.astimezone(ZoneInfo(follow_up.zone)).date()


def day_bounds(now: datetime) -> tuple[datetime, datetime]:
    """Start and end of the local day ``now`` falls in, aware."""
    start = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return start, (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)


def _ticket(conn: Connection, follow_up: FollowUp) -> CallTicket | None:
    if follow_up.ticket_id is None:
        return None
    found = tickets.record(conn, follow_up.ticket_id)
    return CallTicket(found.id, found.subject, found.priority, found.status) if found else None
