"""When a follow-up rings."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from tuicrm.domain.models import Due, FollowUp, Ref
from tuicrm.domain.record import replace
from tuicrm.domain.reminder import LONGEST_ALARM, moments

TEN = datetime(2026, 12, 4, 6, 30, tzinfo=UTC)
PROMISE = FollowUp(
    id=12,
    contact=Ref(3, "Leila"),
    reason="",
    due=Due(date(2026, 12, 4), time(10)),
    first_due=Due(date(2026, 12, 4), time(10)),
    zone="Asia/Tehran",
    due_key=TEN,
    assignee="sara",
    state="open",
    attempt=1,
    attempts_max=None,
    topic=None,
    recurrence=None,
    call_id=None,
    ticket_id=None,
)
DAY = replace(PROMISE, due=Due(date(2026, 12, 4)), due_key=datetime(2026, 12, 4, 5, 30, tzinfo=UTC))
MIDNIGHT = datetime(2026, 12, 3, 20, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("it", "changes", "expected"),
    [
        (PROMISE, {}, (TEN,)),
        (PROMISE, {"alarm_minutes": 45}, (TEN - 0.75 * HOUR,)),
        (PROMISE, {"alarm_minutes": 0}, (TEN,)),
        (PROMISE, {"alarm_minutes": 10_000_000}, (TEN - LONGEST_ALARM,)),
        (PROMISE, {"remind_at": TEN + HOUR}, (TEN + HOUR,)),
        (PROMISE, {"remind_at": TEN - HOUR}, (TEN - HOUR, TEN)),
        (PROMISE, {"remind_at": TEN}, (TEN,)),
        (DAY, {}, ()),
        (DAY, {"alarm_minutes": 720}, (MIDNIGHT - 12 * HOUR,)),
        (DAY, {"remind_at": TEN + HOUR}, (TEN + HOUR,)),
    ],
    ids=[
        *("at its time", "ahead of it", "an alarm of no minutes", "never more than a month ahead"),
        *("put off", "put off until before it", "put off until it", "a day", "a day with an alarm"),
        "a day put off",
    ],
)
def test_a_follow_up_rings(it: FollowUp, changes: dict[str, Any], expected: tuple[datetime, ...]) -> None:
    assert moments(replace(it, **changes)) == expected


def test_a_day_that_begins_at_one_rings_from_its_own_midnight() -> None:
    """Santiago puts its clocks on at midnight: 6 September 2026 begins at one, three hours behind UTC."""
    day = replace(DAY, due=Due(date(2026, 9, 6)), zone="America/Santiago", alarm_minutes=60)
    assert moments(day) == (datetime(2026, 9, 6, 3, tzinfo=UTC),)
