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
        (DAY, {"alarm_minutes": 15}, (DAY.due_key - 0.25 * HOUR,)),
        (DAY, {"alarm_minutes": 720}, (DAY.due_key - 12 * HOUR,)),
        (DAY, {"remind_at": TEN + HOUR}, (TEN + HOUR,)),
    ],
    ids=[
        *("at its time", "ahead of it", "an alarm of no minutes", "never more than a month ahead"),
        *("put off", "put off until before it", "put off until it", "a day", "a day with an alarm"),
        *("a day with an alarm of the day before", "a day put off"),
    ],
)
def test_a_follow_up_rings(it: FollowUp, changes: dict[str, Any], expected: tuple[datetime, ...]) -> None:
    assert moments(replace(it, **changes)) == expected


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (TEN - 0.75 * HOUR, (TEN - 0.75 * HOUR,)),
        (TEN - 0.5 * HOUR, (TEN - 0.75 * HOUR, TEN)),
        (TEN + HOUR, (TEN - 0.75 * HOUR,)),
    ],
    ids=["in time", "after its alarm", "after its time"],
)
def test_an_alarm_that_had_passed_when_it_was_made_rings_at_the_time_too(
    made: datetime, expected: tuple[datetime, ...]
) -> None:
    assert moments(replace(PROMISE, alarm_minutes=45, created_at=made)) == expected
