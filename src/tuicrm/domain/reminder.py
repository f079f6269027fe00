"""When a follow-up rings. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
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

    A day without a time does not ring of itself; with an alarm it does so long before work begins on it. What was put
    off until later does not ring at the time that it was put off from. An alarm that had passed when the promise was
    made rings all the same, and again at the promised time.
    """
    own = _own(it)
    if it.remind_at is None:
        return own
    return (it.remind_at, *(at for at in own if at > it.remind_at))


def _own(it: FollowUp) -> tuple[datetime, ...]:
    if it.due.at is None and it.alarm_minutes is None:
        return ()
    ahead = it.due_key - min(timedelta(minutes=it.alarm_minutes or 0), LONGEST_ALARM)
    too_late = it.created_at is not None and ahead < it.created_at < it.due_key
    return (ahead, it.due_key) if too_late else (ahead,)
