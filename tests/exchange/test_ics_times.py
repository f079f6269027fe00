"""When tasks and events of a calendar are: zones, states, alarms, repetitions."""

from __future__ import annotations

from datetime import date, time

import pytest

from tests.exchange.calendars import OFFICE, due, event, one, read
from tuicrm.exchange import ics

# --- when ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "on", "at", "zone"),
    [
        ("DTSTART:20261204T181500Z", date(2026, 12, 4), time(21, 45), "Asia/Tehran"),
        ("DTSTART:20261204T181500", date(2026, 12, 4), time(18, 15), "Asia/Tehran"),
        ("DTSTART;TZID=Europe/London:20261204T130000", date(2026, 12, 4), time(13), "Europe/London"),
        ('DTSTART;TZID="Europe/London":20261204T130000', date(2026, 12, 4), time(13), "Europe/London"),
        ("DTSTART;TZID=/a.org/2005_1/Europe/Berlin:20261204T130000", date(2026, 12, 4), time(13), "Europe/Berlin"),
        ("DTSTART;VALUE=DATE:20261204", date(2026, 12, 4), None, "Asia/Tehran"),
        ("DTSTART:20261204", date(2026, 12, 4), None, "Asia/Tehran"),
    ],
)  # fmt: skip
def test_moments_in_utc_on_no_clock_in_a_zone_and_whole_days(
    start: str, on: date, at: time | None, zone: str
) -> None:
    assert due(one(start)) == (on, at, zone)


@pytest.mark.parametrize("described_first", [True, False])
def test_a_zone_that_only_the_file_knows_is_read_from_its_description(described_first: bool) -> None:
    winter = event("DTSTART;TZID=Our Office:20261204T100000")
    summer = event("DTSTART;TZID=Our Office:20270704T100000")
    lines = [*OFFICE, *winter, *summer] if described_first else [*winter, *summer, *OFFICE]
    assert [(it.due_time, it.zone) for it in read(*lines)] == [
        (time(12, 30), "Asia/Tehran"),
        (time(11, 30), "Asia/Tehran"),
    ]


def test_the_name_that_a_description_gives_its_zone_counts() -> None:
    zone = ["BEGIN:VTIMEZONE", "TZID:Mine", "X-LIC-LOCATION:Europe/Paris", "END:VTIMEZONE"]
    (found,) = read(*zone, *event("DTSTART;TZID=Mine:20261204T100000"))
    assert found.zone == "Europe/Paris"


def test_an_unknown_zone_is_refused_rather_than_guessed() -> None:
    found = one("DTSTART;TZID=Nowhere:20261204T100000")
    assert (found.code, found.refused, found.params) == ("ics_zone", True, {"zone": "Nowhere"})


def test_a_task_is_due_by_its_due_time_else_by_its_beginning_else_by_its_alarm() -> None:
    found = [
        one("DTSTART:20261201T080000", "DUE:20261203T090000", kind="VTODO"),
        one("DTSTART:20261201T080000", "DURATION:PT2H", kind="VTODO"),
        one("BEGIN:VALARM", "TRIGGER;VALUE=DATE-TIME:20261205T063000Z", "END:VALARM", kind="VTODO"),
    ]
    assert [due(it)[:2] for it in found] == [
        (date(2026, 12, 3), time(9)),
        (date(2026, 12, 1), time(10)),
        (date(2026, 12, 5), time(10)),
    ]
    nothing = one("STATUS:NEEDS-ACTION", kind="VTODO")
    assert (nothing.code, nothing.refused) == ("ics_no_date", False)


# --- states -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("line", ["STATUS:COMPLETED", "COMPLETED:20261101T080000Z", "PERCENT-COMPLETE:100"])
def test_a_task_that_is_done_says_so_in_one_of_three_ways(line: str) -> None:
    assert one("DUE:20261203T090000", line, kind="VTODO").done
    assert not one("DUE:20261203T090000", "PERCENT-COMPLETE:50", kind="VTODO").done


def test_what_was_cancelled_is_left_out_by_its_uid() -> None:
    found = one("DTSTART:20261203T090000", "STATUS:CANCELLED")
    assert (found.code, found.refused, found.uid) == (ics.CANCELLED, False, "one")


def test_an_event_that_is_over_is_done_and_an_overdue_task_is_not() -> None:
    assert one("DTSTART:20261121T090000Z").done
    assert one("DTSTART;VALUE=DATE:20261121").done
    assert not one("DTSTART;VALUE=DATE:20261122").done
    assert not one("DTSTART:20261122T050000Z", "DTEND:20261122T070000Z").done
    assert not one("DUE:20261121T090000Z", kind="VTODO").done


def test_other_components_are_left_out_by_their_name() -> None:
    lines = [part for kind in ("VJOURNAL", "VFREEBUSY", "VAVAILABILITY") for part in event(kind=kind)]
    found = read(*lines)
    assert [(it.line, it.code, it.params["kind"], it.refused) for it in found] == [
        (3, "ics_component", "VJOURNAL", False),
        (7, "ics_component", "VFREEBUSY", False),
        (11, "ics_component", "VAVAILABILITY", False),
    ]


# --- alarms -------------------------------------------------------------------------------------------------


def alarm(trigger: str) -> list[str]:
    return ["BEGIN:VALARM", "ACTION:DISPLAY", trigger, "DESCRIPTION:x", "END:VALARM"]


@pytest.mark.parametrize(
    ("lines", "minutes"),
    [
        ([], None),
        (alarm("TRIGGER:-P0DT0H10M0S"), 10),
        (alarm("TRIGGER:-PT30M") + alarm("TRIGGER:-PT5M"), 30),
        (alarm("TRIGGER;VALUE=DATE-TIME:20261204T093000Z"), 30),
        (alarm("TRIGGER;RELATED=END:-PT75M"), 15),
        (alarm("TRIGGER:-P1W"), 10080),
        (alarm("TRIGGER:PT15M"), 0),
        (
            [
                *alarm("TRIGGER:-PT45M"),
                "X-MOZ-LASTACK:20261204T090000Z",
                "X-MOZ-SNOOZE-TIME:20261204T095700Z",
            ],
            3,
        ),
        (alarm("TRIGGER:soon"), None),
    ],
)
def test_alarms_relative_absolute_and_put_off(lines: list[str], minutes: int | None) -> None:
    found = one("DTSTART:20261204T100000Z", "DTEND:20261204T110000Z", *lines)
    assert (found.alarm_minutes, found.code) == (minutes, "")


# --- what repeats -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "rule", "coming"),
    [
        ("20260101T100000", "FREQ=DAILY", "2026-11-22T10:00"),
        ("20260101T090000", "FREQ=DAILY", "2026-11-23T09:00"),
        ("20260105T100000", "FREQ=WEEKLY;BYDAY=MO,TH", "2026-11-23T10:00"),
        ("20260105T100000", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "2026-11-23T10:00"),
        ("20260112T100000", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "2026-11-30T10:00"),
        ("20260131T100000", "FREQ=MONTHLY;BYMONTHDAY=-1", "2026-11-30T10:00"),
        ("20260131T100000", "FREQ=MONTHLY", "2026-12-31T10:00"),
        ("20260113T100000", "FREQ=MONTHLY;BYDAY=2TU", "2026-12-08T10:00"),
        ("20260130T100000", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-11-30T10:00"),
        ("20240229T100000", "FREQ=YEARLY", "2028-02-29T10:00"),
        ("20250329T100000", "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "2027-03-28T10:00"),
        ("20261120T100000", "FREQ=DAILY;COUNT=5", "2026-11-22T10:00"),
        ("20160101T100000", "FREQ=DAILY;COUNT=3979", "2026-11-22T10:00"),
        ("20261102T100000", "FREQ=WEEKLY;COUNT=7;BYDAY=MO,TH", "2026-11-23T10:00"),
        ("20261120T100000", "FREQ=DAILY;UNTIL=20261122T063000Z", "2026-11-22T10:00"),
        ("20261120T100000", "FREQ=DAILY;UNTIL=20261122", "2026-11-22T10:00"),
    ],
)
def test_what_repeats_is_given_by_its_next_time(start: str, rule: str, coming: str) -> None:
    found = one(f"DTSTART:{start}", f"RRULE:{rule}")
    assert f"{found.due_on}T{found.due_time:%H:%M}" == coming
    # of what is counted the rest is kept
    kept = {"COUNT=5": "COUNT=3", "COUNT=3979": "COUNT=1", "COUNT=7;BYDAY=MO,TH": "BYDAY=MO,TH;COUNT=1"}
    left = next(
        (rule.replace(all_of_it, rest) for all_of_it, rest in kept.items() if all_of_it in rule), rule
    )
    assert (found.recurrence, found.done) == (left, False)


@pytest.mark.parametrize(
    "rule", ["FREQ=DAILY;COUNT=2", "FREQ=DAILY;COUNT=21", "FREQ=DAILY;UNTIL=20261121T100000Z"]
)
def test_a_series_that_is_over_is_done(rule: str) -> None:
    found = one("DTSTART:20261101T100000", f"RRULE:{rule}")
    assert (found.done, found.due_on) == (True, date(2026, 11, 1))


def test_exceptions_additional_dates_and_moved_times_of_a_series() -> None:
    lines = event(
        "DTSTART;TZID=Europe/London:20261101T100000",
        "RRULE:FREQ=DAILY",
        "EXDATE;TZID=Europe/London:20261122T100000,20261123T100000",
        "EXDATE;VALUE=DATE:20261124",
    )
    moved = event(
        "RECURRENCE-ID;TZID=Europe/London:20261125T100000", "DTSTART;TZID=Europe/London:20261125T150000"
    )
    series, single = read(*lines, *moved)
    assert (series.uid, series.due_on, series.due_time) == ("one", date(2026, 11, 26), time(10))
    assert (single.uid, single.due_on, single.due_time) == (
        "one/20261125T100000",
        date(2026, 11, 25),
        time(15),
    )
    more = one("DTSTART:20261101T100000", "RDATE:20261205T100000,20261225T100000")
    assert more.due_on == date(2026, 12, 5)


def test_a_whole_day_that_repeats_is_today_all_day() -> None:
    assert one("DTSTART;VALUE=DATE:20260822", "RRULE:FREQ=MONTHLY").due_on == date(2026, 11, 22)


@pytest.mark.parametrize("rule", ["FREQ=HOURLY", "FREQ=WEEKLY;BYDAY=XX", "X", "FREQ=DAILY;UNTIL=soon"])
def test_a_repetition_that_is_not_understood_is_refused(rule: str) -> None:
    assert one("DTSTART:20261101T100000", f"RRULE:{rule}").code in ("ics_rule", "ics_time")
