"""Follow-ups as a calendar that other programs read."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import icalendar
import pytest

from tests.exchange.calendars import NOW, TEHRAN, due
from tuicrm.domain.models import Due, FollowUp, Ref
from tuicrm.domain.record import replace
from tuicrm.exchange import ics, ics_out

# --- out ----------------------------------------------------------------------------------------------------

PROMISE = FollowUp(
    id=12,
    contact=Ref(3, "Kate; Allen, the äldest of the Al\\lens, of whom there are many, نامش کیت آلن است"),
    reason="contract\nand more",
    due=Due(date(2026, 12, 4), time(10, 30)),
    first_due=Due(date(2026, 12, 1)),
    zone="Asia/Tehran",
    due_key=datetime(2026, 12, 4, 7, tzinfo=UTC),
    assignee="sara",
    state="open",
    attempt=1,
    attempts_max=None,
    topic=None,
    recurrence=None,
    call_id=None,
    ticket_id=None,
    note="asks for Tom\n\n; bring, the \\plan",
    alarm_minutes=45,
)


def written(*promises: FollowUp) -> str:
    stream = io.StringIO(newline="")
    assert ics_out.write(stream, promises, now=NOW, number=lambda _: "+442079460123") == len(promises)
    return stream.getvalue()


def parsed(text: str) -> list[Any]:
    return list(icalendar.Calendar.from_ical(text).walk("VTODO"))


def test_an_independent_reader_agrees_with_what_is_written() -> None:
    (task,) = parsed(written(PROMISE))
    assert str(task["SUMMARY"]) == f"{PROMISE.contact.name}: contract\nand more"
    assert str(task["DESCRIPTION"]) == "asks for Tom\n\n; bring, the \\plan\n+442079460123"
    assert task["DUE"].dt == datetime(2026, 12, 4, 7, tzinfo=UTC)
    assert task["DTSTAMP"].dt == NOW
    assert str(task["STATUS"]) == "NEEDS-ACTION"
    (ring,) = task.walk("VALARM")
    assert (ring["TRIGGER"].params["RELATED"], ring["TRIGGER"].dt) == ("END", timedelta(minutes=-45))


def test_lines_end_with_cr_lf_and_have_75_octets_at_most() -> None:
    lines = written(PROMISE).split("\r\n")
    assert max(len(line.encode()) for line in lines) <= 75
    assert not any("\n" in line or "\r" in line for line in lines)


@pytest.mark.parametrize(("minutes", "alarms"), [(None, []), (720, [timedelta(hours=-12)])])
def test_a_day_without_a_time_is_a_date_and_rings_only_when_that_was_said(
    minutes: int | None, alarms: list[timedelta]
) -> None:
    (task,) = parsed(written(replace(PROMISE, due=Due(date(2026, 12, 4)), alarm_minutes=minutes)))
    assert task["DUE"].dt == date(2026, 12, 4)
    assert [each["TRIGGER"].dt for each in task.walk("VALARM")] == alarms


def test_a_time_without_an_alarm_rings_then() -> None:
    (task,) = parsed(written(replace(PROMISE, alarm_minutes=None)))
    assert [each["TRIGGER"].dt for each in task.walk("VALARM")] == [timedelta()]


@pytest.mark.parametrize(
    ("state", "status"), [("done", "COMPLETED"), ("cancelled", "CANCELLED"), ("exhausted", "CANCELLED")]
)
def test_states_of_a_follow_up_are_those_of_a_task(state: Any, status: str) -> None:
    (task,) = parsed(written(replace(PROMISE, state=state)))
    assert str(task["STATUS"]) == status


def test_a_repetition_is_written_with_a_beginning() -> None:
    (task,) = parsed(written(replace(PROMISE, recurrence="FREQ=WEEKLY;BYDAY=FR")))
    assert task["DTSTART"].dt == datetime(2026, 12, 4, 7, tzinfo=UTC)
    assert task["RRULE"]["BYDAY"] == ["FR"]


def test_the_uid_stays_when_the_follow_up_is_moved_and_differs_from_others() -> None:
    moved = replace(PROMISE, due=Due(date(2027, 1, 1)), state="done")
    assert ics_out.uid(moved) == ics_out.uid(PROMISE)
    assert ics_out.uid(replace(PROMISE, id=13)) != ics_out.uid(PROMISE)


def test_what_is_written_is_read_back() -> None:
    text = written(replace(PROMISE, contact=Ref(3, "Kate Allen"), reason="contract"))
    (found,) = ics.read(text, "x.ics", TEHRAN, now=NOW)
    assert due(found) == (date(2026, 12, 4), time(10, 30), "Asia/Tehran")
    assert (found.reason, found.who_name, found.who_phone) == ("contract", "Kate Allen", "+442079460123")
    assert (found.alarm_minutes, found.note, found.uid) == (45, PROMISE.note, ics_out.uid(PROMISE))
