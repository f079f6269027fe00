"""Today: whom to call next. What was promised, longest owed first; then a worklist, else who is owed a call."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from datetime import datetime, timedelta
from functools import cache, partial
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from tuicrm.domain.errors import Conflict, Invalid
from tuicrm.domain.models import (
    Call,
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
from tuicrm.domain.record import replace
from tuicrm.services import claims, owed, quiet
from tuicrm.services.calls import recent, save
from tuicrm.services.context import Crm
from tuicrm.storage.connection import Connection
from tuicrm.storage.instants import day_to_text, to_text
from tuicrm.storage.queries import calls, contacts, followups, people, tickets
from tuicrm.storage.queries import queue as queries

if TYPE_CHECKING:
    from tuicrm.domain.worklist import WorkPage, WorkRow

LAST_SPOKEN: Final = 50
"""How many people fill the list below the promises."""
OWED: Final = 50
"""How many who are owed a call stand before them."""
FURTHER: Final = 5
"""So many times the limit is read where most of those at the top are asleep."""
LOOKED_THROUGH: Final = 1000
"""So many more of a list are looked through for those who may be called, where its first sleep."""
NOW: Final = timedelta(minutes=1)
"""What was promised for a time is late from here on; before that it is due now."""
SOON: Final = timedelta(minutes=5)
"""What is promised for a time is due now so long before it: one looks at the card first."""
PROMISED: Final[tuple[QueuePart, ...]] = ("overdue", "now", "later")
LONGEST_DAY: Final = timedelta(hours=26)
"""No day lasts so long, with clocks put back."""
SEES_ALL: Final = ("supervisor", "admin")
"""Roles that are told of everybody's promises in vain."""


def queue(crm: Crm, *, worklist: str = "", limit: int = 200) -> list[TodayRow]:
    """The agent's rows: overdue, due now, later today; then the worklist of that name, else who is owed a call to keep
    in touch and who was last called, newest first. Who is in quiet hours stands last, in the same order.

    In each part of the day what has a time comes before what has none. At most ``limit`` promises; where there are
    more, each part has room of its own, so that what is due now stands there however much is overdue. A list has room
    behind them. Raises as ``worklists.page``.
    """
    awake, asleep = _promised(crm, limit)
    known = {row.contact.id for row in (*awake, *asleep)}
    rest_awake, rest_asleep = _unpromised(crm, worklist, known)
    return [*awake, *rest_awake, *asleep, *rest_asleep]


def _promised(crm: Crm, limit: int) -> tuple[list[TodayRow], list[TodayRow]]:
    """What is promised to those who may be called now, and to those who are in quiet hours."""
    rows = _day(crm, limit)
    awake, asleep = _apart(crm, rows)
    if len(rows) == limit and len(awake) < limit // 2:
        # those who may be called stand behind many who sleep
        awake, asleep = _apart(crm, _day(crm, FURTHER * limit))
        awake = _in_rooms(awake, limit)
        asleep = _in_rooms(asleep, limit - len(awake))
    return awake, asleep


def _in_rooms(rows: Sequence[TodayRow], room: int) -> list[TodayRow]:
    """The first of each part of the day, in the same order."""
    parts = [[row for row in rows if row.part == part] for part in PROMISED]
    rooms = shares([len(each) for each in parts], room)
    return [row for each, many in zip(parts, rooms, strict=True) for row in each[:many]]


def shares(wanted: Sequence[int], room: int) -> list[int]:
    """How much of the room each may have: what it wants, else as much as any other."""
    given = [0] * len(wanted)
    for done, at in enumerate(sorted(range(len(wanted)), key=lambda each: wanted[each])):
        # rounded up: of those who want too much the first has the odd one
        given[at] = min(wanted[at], -(-room // (len(wanted) - done)))
        room -= given[at]
    return given


def _unpromised(crm: Crm, worklist: str, known: Container[int]) -> tuple[list[TodayRow], list[TodayRow]]:
    """Who is to be called without a promise: those who may be called now, and those who are in quiet hours."""
    if not worklist:
        awake, asleep = _of_pages(crm, partial(owed.page, crm), OWED)
        listed = {row.contact.id for row in (*awake, *asleep)}
        spoken, spoken_asleep = _apart(crm, [row for row in _spoken(crm) if row.contact.id not in listed])
        awake, asleep = [*awake, *spoken], [*asleep, *spoken_asleep]
    else:
        # imported here: who picks no worklist does not wait for the language of filters
        from tuicrm.services import worklists

        awake, asleep = _of_pages(crm, partial(worklists.page, crm, worklist), worklists.PAGE)
    return (
        [row for row in awake if row.contact.id not in known],
        [row for row in asleep if row.contact.id not in known],
    )


def _of_pages(crm: Crm, read: Callable[..., WorkPage], room: int) -> tuple[list[TodayRow], list[TodayRow]]:
    """The first so many of a list, those who may be called before those who sleep.

    Whom one may call is looked for behind the sleepers too, as far as ``LOOKED_THROUGH`` people.
    """
    page = read(limit=room)
    awake, asleep = _apart(crm, map(_of_list, page.rows))
    if page.after is not None and len(awake) < room:
        page = read(after=page.after, limit=LOOKED_THROUGH)
        more, sleepers = _apart(crm, map(_of_list, page.rows))
        awake, asleep = [*awake, *more], [*asleep, *sleepers]
    return awake[:room], asleep[: max(0, room - len(awake))]


def _day(crm: Crm, limit: int) -> list[TodayRow]:
    """What is promised for the day in the order in which it is worked, at most so many, with room for each part."""
    at = moment(crm)
    with crm.database.reader() as conn:
        sizes = queries.sizes(conn, crm.me, at, limit)
        rooms = shares([sizes[part] for part in PROMISED], limit)
        found = [
            (part, each)
            for part, many in zip(PROMISED, rooms, strict=True)
            for each in (queries.part(conn, part, crm.me, at, many) if many else ())
        ]
        return _rows(conn, found)


def _rows(conn: Connection, found: Sequence[tuple[QueuePart, FollowUp]]) -> list[TodayRow]:
    """Promises as rows, with who they are made to, how the last call ended, and the ticket they are about."""
    ids = [each.contact.id for _, each in found]
    rows, outcomes = contacts.rows(conn, ids), calls.last_outcomes(conn, ids)
    theirs = _tickets(conn, [each for _, each in found])
    return [
        TodayRow(
            contact=rows[each.contact.id],
            follow_up=each,
            last_outcome=outcomes.get(each.contact.id),
            ticket=theirs.get(each.ticket_id or 0),
            part=part,
        )
        for part, each in found
        if each.contact.id in rows
    ]


def _apart(crm: Crm, rows: Iterable[TodayRow]) -> tuple[list[TodayRow], list[TodayRow]]:
    """Who may be called now, and for whom it is quiet until when."""
    until = quiet.until(crm)
    told = [(row, until(row.contact.phone)) for row in rows]
    return (
        [row for row, wait in told if wait is None],
        [replace(row, quiet_until=wait) for row, wait in told if wait is not None],
    )


def _of_list(row: WorkRow) -> TodayRow:
    return TodayRow(
        row.contact,
        None,
        row.last_outcome,
        None,
        part="list" if row.owed_days is None else "owed",
        attempts=row.attempts,
        owed_days=row.owed_days,
        late_days=row.late_days,
    )


def _spoken(crm: Crm) -> list[TodayRow]:
    """Who was last called, newest first; not who is promised something for today, put off or somebody else's."""
    with crm.database.reader() as conn:
        spoken = dict(calls.last_spoken(conn, crm.me, LAST_SPOKEN))
        rows = contacts.rows(conn, spoken)
    today = crm.now().date()
    return [
        TodayRow(row, None, outcome, None, part="spoken")
        for row, outcome in ((rows[id], outcome) for id, outcome in spoken.items() if id in rows)
        if not row.do_not_call and (row.next_follow_up is None or row.next_follow_up.on > today)
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
        return _rows(conn, [("exhausted", each) for each in found])


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
        if row.follow_up is None:
            _refuse_called(crm, row.contact)
        elif row.part != "exhausted":
            _refuse_settled(crm, row.follow_up)
        return save(crm, draft)


def _refuse_called(crm: Crm, contact: ContactRow) -> None:
    """Nothing but the list says that they are to be called, and somebody has done so since it was read."""
    last = called_since(crm, contact)
    if last is not None:
        since = last.started_at.astimezone(crm.zone).strftime("%H:%M")
        raise Conflict("called_since", name=contact.name or contact.phone, since=since)


def called_since(crm: Crm, contact: ContactRow) -> Call | None:
    """The last call with somebody, if it was held after their row was read; None when nobody has called them since."""
    with crm.database.reader() as conn:
        now = contacts.rows(conn, [contact.id]).get(contact.id)
    last = now.last_call_at if now is not None else None
    if last is None or (contact.last_call_at is not None and last <= contact.last_call_at):
        return None
    return next(iter(recent(crm, limit=1, filters={"contact": contact.id}).rows), None)


def _refuse_settled(crm: Crm, follow_up: FollowUp) -> None:
    with crm.database.reader() as conn:
        now = followups.record(conn, follow_up.id)
    if now is None or now.state != "open" or now.due != follow_up.due:
        whose = follow_up.contact
        raise Conflict("follow_up_settled", name=whose.name or whose.phone)


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
    return None if known is not None and known[1].role in SEES_ALL else crm.me


def _tickets(conn: Connection, promised: Iterable[FollowUp]) -> dict[int, CallTicket]:
    """The tickets that promises are about, by id."""
    found = (tickets.record(conn, id) for id in {each.ticket_id for each in promised if each.ticket_id})
    return {each.id: CallTicket(each.id, each.subject, each.priority, each.status) for each in found if each}
