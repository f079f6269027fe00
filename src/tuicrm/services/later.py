"""The moments that are offered to be reminded of a follow-up again, and what each is as an instant."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final, Literal

from tuicrm.domain.errors import Invalid
from tuicrm.domain.filter_values import week_begins
from tuicrm.domain.record import record
from tuicrm.domain.worktime import is_working_day, working_week
from tuicrm.services import promises
from tuicrm.services.context import Crm

Kind = Literal["minutes", "hour", "afternoon", "tomorrow", "workday", "week", "same_day"]

DAYS: Final = 14
"""Days ahead in which there must be a working one."""


@record
class Later:
    """``phrase``: what ``promises.snooze`` reads; ``at``: the instant that is."""

    kind: Kind
    phrase: str
    at: datetime


def choices(crm: Crm) -> tuple[Later, ...]:
    """Ten minutes, an hour, this afternoon (as long as it is to come), tomorrow, the next working day where that is not
    tomorrow, the first working day of next week, and this day a week on."""
    today = crm.now().date()
    workday = _working(crm, today + timedelta(days=1))
    offered: list[tuple[Kind, str]] = [("minutes", "10m"), ("hour", "1h"), ("afternoon", "this afternoon")]
    offered.append(("tomorrow", "tomorrow"))
    if workday != today + timedelta(days=1):
        offered.append(("workday", workday.isoformat()))
    begins = week_begins(working_week(crm.calendar()))
    next_week = today + timedelta(days=7 - (today.weekday() - begins) % 7)
    offered += [("week", _working(crm, next_week).isoformat()), ("same_day", "1w")]
    found = [_read(crm, kind, phrase) for kind, phrase in offered]
    return tuple(each for each in found if each is not None)


def _read(crm: Crm, kind: Kind, phrase: str) -> Later | None:
    """None when it has passed, or would be on another day than it says."""
    try:
        at = promises.read_later(crm, phrase)
    except Invalid:
        return None
    today = crm.now().date()
    return (
        None if kind == "afternoon" and at.astimezone(crm.zone).date() != today else Later(kind, phrase, at)
    )


def _working(crm: Crm, day: date) -> date:
    """That day, or the first working one after it."""
    calendar = crm.calendar()
    days = (day + timedelta(days=n) for n in range(DAYS))
    return next((each for each in days if is_working_day(each, calendar)), day)
