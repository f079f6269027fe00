"""When a follow-up rings. Pure."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final

from tuicrm.domain.models import FollowUp
from tuicrm.domain.record import record

LONGEST_ALARM: Final = timedelta(days=31)
"""An alarm set for longer before (some calendars do) rings so long before: what rings soon is found in one range."""


@record
class Reminder:
    """A follow-up and one moment (UTC) at which it rings. ``number``: to call the person by, ``""`` without one."""

    follow_up: FollowUp
    at: datetime
    number: str = ""

    @property
    def key(self) -> tuple[int, datetime]:
        """What tells it from all others: moved to another moment, the same follow-up rings anew."""
        return self.follow_up.id, self.at


def moments(it: FollowUp) -> tuple[datetime, ...]:
    """When an open follow-up rings: when one wanted to be reminded again, and ahead of its time or at it.

    A day without a time does not ring of itself; with an alarm it does so long before midnight, as in a calendar. What
    was put off until later does not ring at the time that it was put off from.
    """
    own = _own(it)
    if it.remind_at is None:
        return () if own is None else (own,)
    return (it.remind_at,) if own is None or own <= it.remind_at else (it.remind_at, own)


def _own(it: FollowUp) -> datetime | None:
    if it.due.at is None and it.alarm_minutes is None:
        return None
    ahead = min(timedelta(minutes=it.alarm_minutes or 0), LONGEST_ALARM)
    if it.due.at is not None:
        return it.due_key - ahead
    # Imported here: hardly any day without a time has an alarm.
    from datetime import UTC
    from zoneinfo import ZoneInfo

    return datetime.combine(it.due.on, time(), ZoneInfo(it.zone)).astimezone(UTC) - ahead
