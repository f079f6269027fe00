"""The calendar that others subscribe to: read back by an independent library, and by hand where that is lenient."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest

from tests.exchange.test_ics_out import PROMISE
from tuicrm.domain.models import Due, FollowUp, Ref
from tuicrm.domain.record import replace
from tuicrm.exchange import ics
from tuicrm.exchange.ics_calendar import Entry, write
from tuicrm.exchange.ics_zone_out import YEARS, zone_lines

CHANGED = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
CALL = replace(PROMISE, contact=Ref(3, "Leila Karimi"), reason="price of pump", note="", alarm_minutes=None)
DAY = replace(CALL, due=Due(date(2026, 12, 4)), due_key=datetime(2026, 12, 4, 5, 30, tzinfo=UTC))
WEEKLY = replace(
    CALL, zone="Europe/Berlin", due=Due(date(2026, 10, 23), time(10)), recurrence="FREQ=WEEKLY;BYDAY=FR"
)


def told(*calls: FollowUp, todo: bool = False, number: str = "+989121234567") -> str:
    stream = io.StringIO(newline="")
    entries = [Entry(each, number, CHANGED, 4) for each in calls]
    assert write(stream, entries, name="tuicrm: sara", zone="Asia/Tehran", todo=todo) == len(calls)
    return stream.getvalue()


def parsed(text: str, kind: str = "VEVENT") -> list[Any]:
    return list(icalendar.Calendar.from_ical(text).walk(kind))


def test_a_call_is_an_event_that_rings_and_takes_no_time() -> None:
    (event,) = parsed(told(CALL))
    assert str(event["SUMMARY"]) == "Leila Karimi: price of pump"
    assert str(event["DESCRIPTION"]) == "+989121234567"
    assert event["DTSTART"].dt == datetime(2026, 12, 4, 7, tzinfo=UTC)
    assert event["DURATION"].dt == timedelta(minutes=15)
    assert (str(event["TRANSP"]), str(event["STATUS"])) == ("TRANSPARENT", "CONFIRMED")
    assert event["LAST-MODIFIED"].dt == event["DTSTAMP"].dt == CHANGED
    assert event["SEQUENCE"] == 4
    (ring,) = event.walk("VALARM")
    assert (str(ring["ACTION"]), ring["TRIGGER"].dt) == ("DISPLAY", timedelta())


def test_what_a_calendar_must_have_is_there() -> None:
    calendar = icalendar.Calendar.from_ical(told(CALL))
    assert (str(calendar["VERSION"]), str(calendar["CALSCALE"])) == ("2.0", "GREGORIAN")
    assert str(calendar["X-WR-CALNAME"]) == "tuicrm: sara"
    assert calendar["PRODID"]
    assert icalendar.Calendar.from_ical(told())["VERSION"] == "2.0", "an empty one is a calendar too"


def test_the_same_follow_ups_are_the_same_bytes() -> None:
    assert told(CALL, WEEKLY) == told(CALL, WEEKLY)


SOONER = datetime(2026, 12, 3, 5, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "triggers"),
    [
        ({"alarm_minutes": 45}, [timedelta(minutes=-45)]),
        ({"alarm_minutes": 0}, [timedelta()]),
        ({"remind_at": datetime(2026, 12, 5, 9, tzinfo=UTC)}, [datetime(2026, 12, 5, 9, tzinfo=UTC)]),
        ({"remind_at": SOONER, "alarm_minutes": 15}, [SOONER, timedelta(minutes=-15)]),
        (
            {"alarm_minutes": 15, "created_at": CALL.due_key - timedelta(minutes=5)},
            [timedelta(minutes=-15), timedelta()],
        ),
    ],
    ids=["ahead", "at its time", "put off", "put off until before it", "its alarm had passed"],
)
def test_it_rings_when_the_program_would(changes: dict[str, Any], triggers: list[object]) -> None:
    (event,) = parsed(told(replace(CALL, **changes)))
    assert [ring["TRIGGER"].dt for ring in event.walk("VALARM")] == triggers


def test_of_a_series_the_later_ones_ring_although_one_was_put_off() -> None:
    later = datetime(2026, 10, 23, 12, tzinfo=UTC)
    (event,) = parsed(told(replace(WEEKLY, alarm_minutes=15, remind_at=later)))
    assert [ring["TRIGGER"].dt for ring in event.walk("VALARM")] == [timedelta(minutes=-15), later]


def test_a_day_is_a_whole_day_and_silent() -> None:
    (event,) = parsed(told(DAY))
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2026, 12, 4), date(2026, 12, 5))
    assert event.walk("VALARM") == []
    (event,) = parsed(told(replace(DAY, alarm_minutes=720)))
    assert [ring["TRIGGER"].dt for ring in event.walk("VALARM")] == [timedelta(hours=-3)]
    (event,) = parsed(told(replace(DAY, alarm_minutes=15)))
    assert [ring["TRIGGER"].dt for ring in event.walk("VALARM")] == [timedelta(hours=8, minutes=45)]


def test_as_tasks_they_are_due_and_ring_by_their_end() -> None:
    (task,) = parsed(told(replace(CALL, alarm_minutes=15), todo=True), "VTODO")
    assert task["DUE"].dt == datetime(2026, 12, 4, 7, tzinfo=UTC)
    assert (str(task["STATUS"]), "DTSTART" in task, "TRANSP" in task) == ("NEEDS-ACTION", False, False)
    (ring,) = task.walk("VALARM")
    assert (ring["TRIGGER"].params["RELATED"], ring["TRIGGER"].dt) == ("END", timedelta(minutes=-15))


def test_somebody_without_a_name_is_the_number() -> None:
    (event,) = parsed(told(replace(CALL, contact=Ref(3, ""), reason="")))
    assert str(event["SUMMARY"]) == "+989121234567"


# --- what repeats -------------------------------------------------------------------------------------------


def test_what_repeats_stays_at_ten_when_the_clocks_change() -> None:
    """Berlin, 25 October 2026: summer time ends between two Fridays."""
    text = told(WEEKLY)
    (event,) = parsed(text)
    assert (event["DTSTART"].params["TZID"], event["DTSTART"].dt.hour) == ("Europe/Berlin", 10)
    assert event["RRULE"]["BYDAY"] == ["FR"]
    (zone,) = parsed(text, "VTIMEZONE")
    own = zone.to_tz()
    for day, offset in ((23, 2), (30, 1)):
        assert datetime(2026, 10, day, 10, tzinfo=own).utcoffset() == timedelta(hours=offset)


def test_only_what_repeats_brings_a_zone() -> None:
    assert "VTIMEZONE" not in told(CALL, replace(DAY, recurrence="FREQ=WEEKLY;BYDAY=FR"))


@pytest.mark.parametrize(
    ("due", "ends", "until"),
    [
        (Due(date(2026, 10, 23), time(10)), "20261127T100000", datetime(2026, 11, 27, 9, tzinfo=UTC)),
        (Due(date(2026, 10, 23)), "20261127", date(2026, 11, 27)),
    ],
    ids=["a moment in UTC", "a day"],
)
def test_a_series_ends_as_the_standard_wants_it(due: Due, ends: str, until: object) -> None:
    (event,) = parsed(told(replace(WEEKLY, due=due, recurrence=f"{WEEKLY.recurrence};UNTIL={ends}")))
    assert event["RRULE"]["UNTIL"] == [until]


def test_jalali_months_are_told_date_by_date() -> None:
    """The first of each Jalali month: 22 November is 1 Azar 1405; Esfand has 29 days in that year."""
    rule = "RSCALE=PERSIAN;FREQ=MONTHLY;BYMONTHDAY=1"
    events = parsed(told(replace(CALL, due=Due(date(2026, 11, 22)), recurrence=rule)))
    days = [event["DTSTART"].dt for event in events]
    assert days[:6] == [
        *(date(2026, 11, 22), date(2026, 12, 22), date(2027, 1, 21)),
        *(date(2027, 2, 20), date(2027, 3, 21), date(2027, 4, 21)),
    ]
    assert "\nRRULE" not in told(replace(CALL, recurrence=rule))
    assert told(replace(CALL, recurrence=rule)).count("RSCALE") == 1, "for ourselves, once"
    uids = [str(event["UID"]) for event in events]
    assert len(set(uids)) == len(uids) == 13


def test_one_that_was_moved_off_its_rule_is_told_date_by_date() -> None:
    """A rule on an event that does not stand on it would be read differently by each program."""
    moved = replace(WEEKLY, due=Due(date(2026, 10, 24), time(10)), series_on=date(2026, 10, 23))
    days = [event["DTSTART"].dt.astimezone(ZoneInfo("Europe/Berlin")) for event in parsed(told(moved))]
    assert [day.date() for day in days[:3]] == [date(2026, 10, 24), date(2026, 10, 30), date(2026, 11, 6)]
    assert {day.hour for day in days} == {10}


def test_what_counts_from_when_it_is_done_is_told_once() -> None:
    text = told(replace(CALL, recurrence="FREQ=DAILY;INTERVAL=90;X-FROM=DONE"))
    assert len(parsed(text)) == 1
    assert "\nRRULE" not in text


# --- zones --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        *("Asia/Tehran", "Europe/Berlin", "Europe/Dublin", "America/New_York", "Asia/Kolkata", "UTC"),
        *("Australia/Lord_Howe", "Africa/Casablanca", "America/Santiago", "Asia/Gaza"),
    ],
)
def test_a_zone_says_what_the_worlds_data_says(name: str) -> None:
    """Dublin's summer time is its standard; Lord Howe moves by half an hour; Casablanca goes back for Ramadan."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *zone_lines(name, 2025), "END:VCALENDAR", ""]
    (zone,) = parsed("\r\n".join(lines), "VTIMEZONE")
    own, known = zone.to_tz(), ZoneInfo(name)
    at = datetime(2025, 1, 1, 12)  # noqa: DTZ001 - on the clock of both
    while at.year < 2025 + YEARS:
        assert at.replace(tzinfo=own).utcoffset() == at.replace(tzinfo=known).utcoffset(), at
        at += timedelta(days=3)


# --- hostile and Persian ------------------------------------------------------------------------------------

HOSTILE = 'Evil\r\nEND:VEVENT\r\nBEGIN:VEVENT\nSUMMARY:x; y, z \\ "q" \x00\x1b[31m\x85\u2028\u202e'


def test_a_hostile_name_stays_a_name() -> None:
    text = told(replace(CALL, contact=Ref(3, HOSTILE), reason=HOSTILE, note=HOSTILE), number=HOSTILE)
    (event,) = parsed(text)
    assert "BEGIN:VEVENT" in str(event["SUMMARY"])
    lines = text.split("\r\n")
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 1
    assert not any(ord(char) < 32 or char in "\x7f\x85\u2028\u202e" for line in lines for char in line)


def test_persian_is_folded_between_letters_at_75_octets() -> None:
    name = "شرکت بازرگانی پارس پمپ و تجهیزات صنعتی خاورمیانه " * 4
    text = told(replace(CALL, contact=Ref(3, name.strip()), note="یادداشت " * 60))
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    (event,) = parsed(text)
    assert str(event["SUMMARY"]) == f"{name.strip()}: price of pump"


def test_what_is_written_is_read_back_by_ourselves() -> None:
    calls = [replace(CALL, alarm_minutes=20), replace(DAY, id=13), replace(WEEKLY, id=14)]
    found = list(ics.read(told(*calls), "x.ics", ZoneInfo("Asia/Tehran"), now=CHANGED))
    assert [(each.due_on, each.due_time) for each in found[:2]] == [
        (date(2026, 12, 4), time(10, 30)),
        (date(2026, 12, 4), None),
    ]
    assert [each.reason for each in found] == ["price of pump"] * 3
    assert [each.alarm_minutes for each in found] == [20, None, 0]
    assert found[2].recurrence == "FREQ=WEEKLY;BYDAY=FR"


def test_dates_that_are_left_out_are_told_on_the_clock_of_the_series() -> None:
    without = "FREQ=WEEKLY;BYDAY=FR;X-NOT=20261030,20261106"
    (event,) = parsed(told(replace(WEEKLY, recurrence=without)))
    left_out = [f"{each.dt:%Y-%m-%d %H:%M}" for each in event["EXDATE"].dts]
    assert left_out == ["2026-10-30 10:00", "2026-11-06 10:00"]
    assert event["EXDATE"].params["TZID"] == "Europe/Berlin"
    (event,) = parsed(told(replace(DAY, recurrence="FREQ=DAILY;X-NOT=20261205")))
    assert [each.dt for each in event["EXDATE"].dts] == [date(2026, 12, 5)]
