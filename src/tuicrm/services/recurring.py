"""What repeats: the next one is made in the action that closes the last, so that one undo takes both back.

A rule counts from its own dates (``every month on the 5th``) or from the day the last one was done (``every 90 days
after done``). Dates that were missed are passed over, and said. Whoever closes a follow-up calls ``next_one``; nobody
else computes a next date. Taking one back (``cancelled``) ends its series.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from tuicrm.domain.errors import FieldProblem, Invalid
from tuicrm.domain.models import Due, FollowUp
from tuicrm.domain.record import record
from tuicrm.services.context import Crm
from tuicrm.storage.queries import contacts, followups

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from tuicrm.domain.recurrence import Rule
    from tuicrm.storage.database import Transaction

PREVIEWED: Final = 3
"""Dates that are shown of a rule."""

# The rules are imported inside: most calls answer nothing that repeats, and logging one does not load them.


@record
class Coming:
    """What follows in a series. ``follow_up``: the one that was made; None: the series is over. ``missed``: how many of
    its dates were passed over."""

    follow_up: FollowUp | None
    missed: int


@record
class Preview:
    """A rule as it would be kept: its first moment, and the dates behind it. ``week``: the days (Monday 0) on which
    somebody works here. ``apart``: the first moment is none of the rule's own dates."""

    rule: Rule
    first: Due
    dates: tuple[date, ...]
    week: frozenset[int]
    apart: bool = False


def repeats(crm: Crm, follow_up_id: int) -> bool:
    """Whether it is open and one of a series."""
    with crm.database.reader() as conn:
        found = followups.record(conn, follow_up_id)
    return found is not None and found.state == "open" and bool(found.recurrence)


def read(crm: Crm, text: str) -> Rule | None:
    """The rule that a phrase names, None for once. Raises ``Invalid`` naming the field ``every``."""
    if not text.strip():
        return None
    from tuicrm.domain.recurrence_words import parse
    from tuicrm.domain.when import WhenRefused

    try:
        return parse(text, crm.now(), crm.when())
    except WhenRefused as refused:
        problem = FieldProblem("every", text, refused.code, refused.params)
        raise Invalid(refused.code, fields=(problem,), **refused.params) from None


def first(crm: Crm, rule: Rule) -> Due:
    """The first date of a rule that was given without one. Raises ``Invalid`` when it has none."""
    from tuicrm.domain.recurrence_dates import first as first_date

    found = first_date(rule, crm.now().date())
    if found is None or (rule.until is not None and found > rule.until.date()):
        raise Invalid("recurrence_over", fields=(FieldProblem("every", "", "recurrence_over"),))
    return Due(found)


def preview(crm: Crm, every: str, when: str, stands: Due | None) -> Preview | None:
    """What a phrase means for who is typing it: None for once. ``when``: the first moment, as typed; ``stands``: the
    one that it has already. Raises ``Invalid`` (``every``, ``when``)."""
    rule = read(crm, every)
    if rule is None:
        return None
    from tuicrm.domain.recurrence import anchored
    from tuicrm.domain.recurrence_dates import first as first_date
    from tuicrm.domain.recurrence_dates import upcoming
    from tuicrm.domain.worktime import working_week
    from tuicrm.services.promises import read_when

    begins = read_when(crm, when) if when.strip() else stands or first(crm, rule)
    apart = not rule.plain and first_date(rule, begins.on - timedelta(days=1)) != begins.on
    rule = anchored(rule, begins.on)
    week = frozenset(working_week(crm.calendar()))
    return Preview(rule, begins, tuple(upcoming(rule, begins.on, PREVIEWED)), week, apart)


def columns(rule: Rule | None, due: Due) -> dict[str, Any]:
    """The rule as the values of a record that is due then; the same for what no longer repeats."""
    if rule is None:
        return {"recurrence": None, "series_on": None, "series_time": None}
    from tuicrm.domain.recurrence import anchored, text

    return {"recurrence": text(anchored(rule, due.on)), "series_on": due.on, "series_time": due.at}


def next_one(tx: Transaction, crm: Crm, follow_up: FollowUp, *, skipped: bool = False) -> int | None:
    """Makes the one behind a follow-up that was closed, ``skipped`` or not; gives its id.

    None for what does not repeat, when the series is over, when the next one is there already (it was closed before),
    and for somebody who is not to be called. What was done is not asked for again on the same day; what was skipped is,
    if its next time is still to come.
    """
    if not follow_up.recurrence or followups.next_of_series(tx, follow_up) is not None:
        return None
    contact = contacts.record(tx, follow_up.contact.id)
    if contact is None or contact.do_not_call or contact.deleted_at is not None:
        return None
    from zoneinfo import ZoneInfo

    from tuicrm.domain.recurrence import parse, text
    from tuicrm.domain.recurrence_dates import step
    from tuicrm.domain.when import due_key
    from tuicrm.domain.worktime import add_working_days

    zone = ZoneInfo(follow_up.zone)
    rule = parse(follow_up.recurrence, zone)
    if rule is None:
        return None
    place, today = _place(follow_up), tx.now.astimezone(zone).date()
    least = _least(place, tx.now, zone, skipped=skipped)
    made = step(rule, place.on, place.at, today=today, least=least)
    if made is None:
        return None
    # a date of the series was named by somebody; so long after another day nobody named
    due = Due(add_working_days(made.on, 0, crm.calendar()) if rule.after_done else made.on, place.at)
    return tx.insert(
        "followup",
        {
            "contact_id": follow_up.contact.id,
            "reason": follow_up.reason,
            "due_on": due.on,
            "due_time": due.at,
            "first_due_on": due.on,
            "first_due_time": due.at,
            "zone": follow_up.zone,
            "due_key": due_key(due, follow_up.zone, crm.calendar()),
            "assignee": follow_up.assignee,
            "state": "open",
            "attempts_max": follow_up.attempts_max,
            "topic": follow_up.topic,
            "recurrence": text(made.rule),
            "series_id": follow_up.series_id or follow_up.id,
            "series_on": due.on,
            "series_time": due.at,
            "note": follow_up.note,
            "alarm_minutes": follow_up.alarm_minutes,
            "ticket_id": follow_up.ticket_id,
        },
    )


def coming(crm: Crm, closed: FollowUp) -> Coming | None:
    """What came of the series of a follow-up that was closed; None for one that does not repeat."""
    if not closed.recurrence:
        return None
    with crm.database.reader() as conn:
        made = followups.next_of_series(conn, closed)
    if made is None:
        return Coming(None, 0)
    from tuicrm.domain.recurrence import parse
    from tuicrm.domain.recurrence_dates import between

    rule = parse(closed.recurrence)
    return Coming(made, 0 if rule is None else between(rule, _place(closed).on, _place(made).on))


def _place(it: FollowUp) -> Due:
    """Where it stands in its series."""
    return it.first_due if it.series_on is None else Due(it.series_on, it.series_time)


def _least(place: Due, now: datetime, zone: ZoneInfo, *, skipped: bool) -> date:
    """The first day on which the next one may be: today only for what was skipped, and while its time is to come."""
    local = now.astimezone(zone)
    to_come = place.at is None or place.at > local.time()
    return local.date() if skipped and to_come else local.date() + timedelta(days=1)
