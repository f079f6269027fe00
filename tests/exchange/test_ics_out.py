"""Follow-ups as a calendar that other programs read."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from dateutil.rrule import rruleset, rrulestr

from tests.exchange.calendars import NOW, TEHRAN, due
from tuicrm.domain import recurrence
from tuicrm.domain.models import Due, FollowUp, Ref
from tuicrm.domain.record import replace
from tuicrm.domain.recurrence_dates import occurrences
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


def parsed(text: str, kind: str = "VTODO") -> list[Any]:
    return list(icalendar.Calendar.from_ical(text).walk(kind))


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


@pytest.mark.parametrize(("minutes", "alarms"), [(None, []), (720, [timedelta(hours=-3)])])
def test_a_day_without_a_time_is_a_date_and_rings_only_when_that_was_said(
    minutes: int | None, alarms: list[timedelta]
) -> None:
    begins = datetime(2026, 12, 4, 5, 30, tzinfo=UTC)
    day = replace(PROMISE, due=Due(date(2026, 12, 4)), due_key=begins, alarm_minutes=minutes)
    (task,) = parsed(written(day))
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


def test_what_is_done_says_when() -> None:
    (task,) = parsed(written(replace(PROMISE, state="done", closed_at=NOW)))
    assert task["COMPLETED"].dt == NOW
    assert "COMPLETED" not in parsed(written(PROMISE))[0]


def test_a_repetition_is_written_with_a_beginning_on_its_own_clock() -> None:
    text = written(replace(PROMISE, recurrence="FREQ=WEEKLY;BYDAY=FR"))
    (task,) = parsed(text)
    assert f"{task['DTSTART'].dt:%Y-%m-%d %H:%M}" == "2026-12-04 10:30"
    assert task["DTSTART"].params["TZID"] == "Asia/Tehran"
    assert task["RRULE"]["BYDAY"] == ["FR"]
    assert "BEGIN:VTIMEZONE" in text


@pytest.mark.parametrize(
    ("zone", "at", "rule"),
    [
        ("America/New_York", time(20), "FREQ=WEEKLY;BYDAY=MO"),
        ("America/Los_Angeles", time(17), "FREQ=WEEKLY;BYDAY=MO;UNTIL=20270405T170000"),
        ("Europe/Berlin", time(0, 30), "FREQ=MONTHLY;BYDAY=1MO;COUNT=9"),
        ("Asia/Tehran", time(1), "FREQ=WEEKLY;BYDAY=MO;X-NOT=20270201,20270329"),
    ],
)
def test_others_find_the_dates_of_a_series_that_we_do(zone: str, at: time, rule: str) -> None:
    """From autumn to summer the clocks change, and a Monday's evening is Tuesday in UTC. Read by icalendar with the
    zone that the file itself describes, its dates found by dateutil."""
    begins = datetime.combine(date(2026, 10, 5), at)
    text = written(replace(PROMISE, due=Due(begins.date(), at), zone=zone, recurrence=rule))
    (task,) = parsed(text)
    (described,) = parsed(text, "VTIMEZONE")
    start = task["DTSTART"].dt.replace(tzinfo=described.to_tz())
    series = rruleset()
    series.rrule(rrulestr(task["RRULE"].to_ical().decode(), dtstart=start))
    for day in task["EXDATE"].dts if "EXDATE" in task else ():
        series.exdate(day.dt.replace(tzinfo=start.tzinfo))
    ours = recurrence.parse(rule, ZoneInfo(zone))
    assert ours is not None
    held = (each for each in occurrences(ours, begins) if each.date() not in ours.left_out)
    expected = list(islice(held, 40))
    assert [each.astimezone(UTC) for each in islice(series, 40)] == [
        each.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) for each in expected
    ]
    assert {each.weekday() for each in expected} == {0}


def test_old_and_new_series_of_a_zone_share_its_rules() -> None:
    old = replace(PROMISE, due=Due(date(2009, 1, 5), time(9)), zone="Europe/Berlin", recurrence="FREQ=WEEKLY")
    new = replace(old, id=13, due=Due(date(2026, 6, 1), time(9)))
    (zone,) = parsed(written(old, new), "VTIMEZONE")
    for day in (datetime(2009, 7, 1), datetime(2027, 7, 1)):  # noqa: DTZ001 - on the clock of the zone
        assert day.replace(tzinfo=zone.to_tz()).utcoffset() == timedelta(hours=2)


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
