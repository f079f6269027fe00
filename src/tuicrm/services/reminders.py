"""What rings, and when: for the line on the screens and for ``followup due --notify``.

Always read at the moment it rings: what was kept, moved or taken back meanwhile, by whomever, is silent. So is a
follow-up whose person was spoken to within the hour before it rings, or after: nobody is asked to call again
somebody who has just hung up.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Final

from tuicrm.domain.phone import display_text
from tuicrm.domain.record import record, replace
from tuicrm.domain.reminder import LONGEST_ALARM, Reminder, moments
from tuicrm.services.context import Crm
from tuicrm.storage.connection import Connection
from tuicrm.storage.instants import from_optional, to_text
from tuicrm.storage.queries import contacts, followups, reminders

JUST_SPOKEN: Final = timedelta(hours=1)
"""A talk so long before a follow-up rings is about the same."""
NEWS: Final = timedelta(days=1)
"""What rang longer ago is no news to tell: it stands in the queue."""


@record
class Look:
    """``rung``: what has rung since the last look, oldest first. ``standing``: what rang before and still waits.

    ``next_at``: when is to be looked again, because the next one may ring. ``until``: when was looked.
    """

    rung: tuple[Reminder, ...]
    standing: tuple[Reminder, ...]
    next_at: datetime
    until: datetime


def rung(crm: Crm, since: datetime, until: datetime, agent: str = "") -> tuple[Reminder, ...]:
    """What rings for ``agent`` (by default who acts) after ``since`` and up to ``until``, oldest first."""
    with crm.database.reader() as conn:
        return _rung(conn, crm, since, until, agent or crm.me)


def look(
    crm: Crm,
    since: datetime,
    before: Collection[tuple[int, datetime]] = (),
    also: Collection[tuple[int, datetime]] = (),
) -> Look:
    """What rang for who acts since ``since``. ``before``: what rang earlier (``Reminder.key``). ``also``: promised
    times at which those ring again whose alarm was told late.

    An alarm whose moment had passed by then, of a promise that is still ahead, is told as well: it may be one that was
    set too late, or that rang while nobody looked. It is found at each look; whoever tells it keeps its key.
    """
    now = crm.now()
    with crm.database.reader() as conn:
        found = _rung(conn, crm, since, now, crm.me, missed=now - NEWS, also=also)
        new = tuple(one for one in found if one.key not in before)
        return Look(new, _standing(conn, crm, before), _next_at(conn, crm.me, now), now)


def untold(crm: Crm, within: timedelta, agent: str = "") -> tuple[Reminder, ...]:
    """What rang in the last day, or rings ``within`` so long, and was never told by this; from now on it was.

    ``told_not`` takes that back.
    """
    whose, now = agent or crm.me, crm.now()
    found = {one.key: one for one in rung(crm, now - NEWS, now + within, whose)}
    if not found:
        return ()
    new = crm.live.note_told(whose, found, older=now - 2 * NEWS)
    return tuple(found[key] for key in new)


def told_not(crm: Crm, told: Collection[Reminder], agent: str = "") -> None:
    """It could not be told: it will be the next time."""
    crm.live.forget_told(agent or crm.me, [one.key for one in told])


def _rung(
    conn: Connection,
    crm: Crm,
    since: datetime,
    until: datetime,
    agent: str,
    *,
    missed: datetime | None = None,
    also: Collection[tuple[int, datetime]] = (),
) -> tuple[Reminder, ...]:
    """``missed``: alarms after that, up to ``since``, are among them while their promise is ahead."""
    found = reminders.candidates(conn, agent, *map(to_text, (since, until, until + LONGEST_ALARM)))
    rings = []
    for each in found:
        again = [each.due_key] if (each.id, each.due_key) in also else []
        for at in {*moments(each), *again}:
            ahead = missed is not None and missed < at < each.due_key and until < each.due_key
            if at <= until and (since < at or (ahead and at != each.remind_at)):
                rings.append(Reminder(each, at))
    return _waiting(conn, crm, rings)


def _waiting(conn: Connection, crm: Crm, rings: Iterable[Reminder]) -> tuple[Reminder, ...]:
    """Those whose person was not spoken to meanwhile, oldest first, each with the number to call, as written here."""
    region = crm.region()
    found = [
        replace(one, number=display_text(contacts.first_number(conn, one.follow_up.contact.id), region))
        for one in rings
        if not _settled(conn, crm, one)
    ]
    return tuple(sorted(found, key=lambda one: (one.at, one.follow_up.id)))


def _settled(conn: Connection, crm: Crm, one: Reminder) -> bool:
    spoken = [outcome.code for outcome in crm.process().outcomes if outcome.contact]
    return reminders.spoken_since(conn, one.follow_up, to_text(one.at - JUST_SPOKEN), spoken)


def _standing(conn: Connection, crm: Crm, before: Collection[tuple[int, datetime]]) -> tuple[Reminder, ...]:
    found = [Reminder(it, at) for id, at in before if (it := followups.record(conn, id)) is not None]
    mine = [one for one in found if one.follow_up.state == "open" and one.follow_up.assignee == crm.me]
    people = contacts.rows(conn, {one.follow_up.contact.id for one in mine})
    return _waiting(
        conn,
        crm,
        (
            one
            for one in mine
            if _still(one)
            and (row := people.get(one.follow_up.contact.id)) is not None
            and not row.do_not_call
        ),
    )


def _still(one: Reminder) -> bool:
    """Whether it is promised as it was when it rang, and was not put off since."""
    it = one.follow_up
    return one.at in moments(it) or (one.at == it.due_key and it.remind_at is None)


def _next_at(conn: Connection, agent: str, now: datetime) -> datetime:
    """When the next one rings; a day on at the latest, for alarms are looked for no farther."""
    after, day_on = to_text(now), now + NEWS
    times = [
        at
        for each in reminders.with_alarm(conn, agent, *map(to_text, (now, day_on, now + LONGEST_ALARM)))
        for at in moments(each)
        if at > now
    ]
    if (due := from_optional(reminders.next_due(conn, agent, after))) is not None:
        times.append(due)
    return min([day_on, *times])
