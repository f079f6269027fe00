"""What is current when a line is read: the contact's promises and tickets, who works here, earlier notes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from tuicrm.domain.fold import words
from tuicrm.domain.models import CallTicket, FollowUp, Ticket
from tuicrm.domain.plan import CallFacts
from tuicrm.domain.record import record
from tuicrm.domain.tokens import LineContext, Origin
from tuicrm.services.context import Crm
from tuicrm.storage.connection import Connection
from tuicrm.storage.queries import calls, contacts, followups, people, tickets

EARLIER_NOTES = 200
"""How many of the agent's own notes are offered again and learnt from."""
LEARNT_FROM = 60
"""How many of them topics are learnt from. A save reads these, so they are few: 4 us each."""
NEAR: Final = timedelta(hours=1)
"""So long before its time a promise is kept by a call that does not name it; a later one was agreed for its time."""
LEARNT_TIMES = 2
"""How often a beginning must have been filed under a topic before it is guessed."""


@record
class CallContext:
    """Facts for one call: how its line reads (``line``), what saving meets (``call``), and notes to offer."""

    line: LineContext
    call: CallFacts
    earlier_notes: tuple[str, ...]


@record
class Habits:
    """What the agent's own past suggests: earlier notes to offer again, topics learnt from them."""

    notes: tuple[str, ...]
    topics: Mapping[str, str]


def habits(conn: Connection, crm: Crm, *, notes: int = LEARNT_FROM) -> Habits:
    """Reads the agent's latest notes. Suggestions only, so a save reads them before it takes the write lock."""
    filed = calls.notes_of_agent(conn, crm.me, notes)
    return Habits(tuple(dict.fromkeys(note for note, _ in filed)), _learnt(filed[:LEARNT_FROM]))


def gather(
    conn: Connection,
    crm: Crm,
    contact_id: int | None,
    *,
    origin: Origin,
    follow_up_id: int | None = None,
    known: Habits | None = None,
    tags: tuple[str, ...] = (),
) -> CallContext:
    """Reads the facts. A follow-up that is no longer open is not the one the call was started from.

    ``tags``: those to offer, for whoever offers any.
    """
    known = known or habits(conn, crm, notes=EARLIER_NOTES)
    promised = followups.open_of_contact(conn, contact_id) if contact_id is not None else []
    theirs = tickets.of_contact(conn, contact_id) if contact_id is not None else []
    now = crm.now()
    started_from = next((f for f in promised if f.id == follow_up_id), None)
    due = tuple(f for f in promised if is_due(f, now))
    later = tuple(f for f in promised if f not in due and _of_today(f, now))
    retries = (f for f in promised if f not in due and f not in later)
    answered = started_from or (due[0] if len(due) == 1 else None)
    names = people.names(conn)
    line = LineContext(
        now=now,
        process=crm.process(),
        when=crm.when(),
        origin=origin,
        me=crm.me,
        agents=frozenset(names),
        agent_names={handle: name for handle, name in names.items() if name},
        agents_off=people.names(conn, active=False),
        tags=tags,
        open_tickets=tuple(_brief(t) for t in theirs if t.category != "resolved"),
        tickets={t.id: _brief(t) for t in theirs},
        follow_up_topic=answered.topic if answered else None,
        learnt_topics=known.topics,
        keyboard=crm.settings.keyboard,
    )
    facts = CallFacts(
        line=line,
        agent=crm.me,
        due_follow_ups=due,
        later_today=later,
        to_try_again=tuple(f for f in retries if _to_try_again(conn, crm, f)),
        promised=tuple(promised),
        in_vain=followups.given_up(conn, contact_id) if contact_id is not None else None,
        started_from=started_from,
        do_not_call=contact_id is not None and contacts.do_not_call(conn, contact_id),
    )
    return CallContext(line, facts, known.notes)


def _to_try_again(conn: Connection, crm: Crm, follow_up: FollowUp) -> bool:
    """Whether a promise is there because somebody was not reached, and not because they said when."""
    if follow_up.attempt > 1:
        return True
    made_by = calls.outcome(conn, follow_up.call_id) if follow_up.call_id is not None else None
    return (
        made_by is not None
        and crm.process().outcome(made_by).attempt
        and not crm.process().outcome(made_by).contact
    )


def is_due(follow_up: FollowUp, now: datetime) -> bool:
    """Whether a call keeps a promise without naming it: of this day or before; with a time, not more than ``NEAR``
    before it."""
    timed = follow_up.due.at is not None
    return follow_up.due_key <= now + NEAR if timed else _of_today(follow_up, now)


def _of_today(follow_up: FollowUp, now: datetime) -> bool:
    """Whether it is due before the agent's day is over."""
    tomorrow = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return follow_up.due_key < tomorrow


def _brief(ticket: Ticket) -> CallTicket:
    return CallTicket(ticket.id, ticket.subject, ticket.priority, ticket.status)


def _learnt(filed: list[tuple[str, str | None]]) -> dict[str, str]:
    """First words of earlier notes that were filed under one topic, and under no other, often enough."""
    seen: dict[str, dict[str, int]] = {}
    for note, topic in filed:
        if topic is None:
            continue
        # only the first word is folded: whole notes were a fifth of the time of a save
        first = words(note.split(None, 1)[0])[:1]
        if first:
            counts = seen.setdefault(first[0], {})
            counts[topic] = counts.get(topic, 0) + 1
    return {
        first: next(iter(counts))
        for first, counts in seen.items()
        if len(counts) == 1 and next(iter(counts.values())) >= LEARNT_TIMES
    }
