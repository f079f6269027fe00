"""Calendars as programs write them, and ours as an independent reader sees it; all people are made up."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest

from tuicrm.domain.errors import Invalid
from tuicrm.domain.models import Due, FollowUp, Ref
from tuicrm.domain.record import replace
from tuicrm.exchange import ics, ics_out
from tuicrm.exchange.incoming import IncomingFollowUp

TEHRAN = ZoneInfo("Asia/Tehran")
NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)


def read(*lines: str, now: datetime | None = NOW, end: str = "\r\n") -> list[IncomingFollowUp]:
    text = end.join(["BEGIN:VCALENDAR", "VERSION:2.0", *lines, "END:VCALENDAR", ""])
    return list(ics.read(text, "x.ics", TEHRAN, now=now))


def event(*lines: str, kind: str = "VEVENT") -> list[str]:
    return [f"BEGIN:{kind}", "UID:one", "SUMMARY:Call Kate", *lines, f"END:{kind}"]


def one(*lines: str, kind: str = "VEVENT", now: datetime | None = NOW) -> IncomingFollowUp:
    (found,) = read(*event(*lines, kind=kind), now=now)
    return found


def due(it: IncomingFollowUp) -> tuple[date, time | None, str]:
    return it.due_on, it.due_time, it.zone


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


OFFICE = [
    *("BEGIN:VTIMEZONE", "TZID:Our Office", "BEGIN:STANDARD", "DTSTART:16010101T030000"),
    *("RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "END:STANDARD"),
    *("BEGIN:DAYLIGHT", "DTSTART:16010101T020000", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3"),
    *("TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "END:DAYLIGHT", "END:VTIMEZONE"),
]


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


# --- what it says -------------------------------------------------------------------------------------------


def test_the_description_is_kept_whole_but_where_it_is_the_reason() -> None:
    found = one("DTSTART:20261204", r"DESCRIPTION:first\; line\n\nthird\, line")
    assert (found.reason, found.note) == ("Call Kate", "first; line\n\nthird, line")
    (found,) = read("BEGIN:VTODO", "DUE:20261204", r"DESCRIPTION:call about\nthe pump", "END:VTODO")
    assert (found.reason, found.note) == ("call about the pump", "")


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
    assert (found.recurrence, found.done) == (rule, False)


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


# --- who ----------------------------------------------------------------------------------------------------


def test_addresses_numbers_and_names_of_whom_it_is_about() -> None:
    found = one(
        "DTSTART:20261204T100000Z",
        "ORGANIZER;CN=Sara:mailto:sara@example.org",
        'ATTENDEE;CN="Allen, Kate";ROLE=REQ-PARTICIPANT:mailto:kate@example.com',
        "ATTENDEE;CN=Sara:mailto:sara@example.org",
        "LOCATION:+44 20 7946 0123",
        r"DESCRIPTION:or ۰۹۱۲ ۰۰۰ ۴۵۶۷\, not on 2026-12-04\nhttps://meet.example.com/j/123456789",
    )
    assert found.who_email == "kate@example.com, sara@example.org"
    assert found.who_phone == "+44 20 7946 0123, 0912 000 4567"
    assert found.who_name == "Allen, Kate"


@pytest.mark.parametrize(
    ("summary", "name"),
    [
        ("Call Kate Allen", "Kate Allen"),
        ("Kate Allen: contract", "Kate Allen"),
        ("تماس با رضا", "رضا"),
        ("Kate", "Kate"),
    ],
)
def test_without_anybody_named_the_summary_tells(summary: str, name: str) -> None:
    (found,) = read("BEGIN:VTODO", f"SUMMARY:{summary}", "DUE:20261204", "END:VTODO")
    assert (found.who_name, found.reason) == (name, summary)


# --- lines --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_folded_lines_and_line_ends_of_all_kinds(end: str) -> None:
    lines = [
        "BEGIN:VEVENT",
        "UID:o",
        " ne",
        "DTSTART:2026",
        "\t1204",
        r"SUMMARY:a\, b\; c\nd \\ e",
        "END:VEVENT",
    ]
    (found,) = read(*lines, end=end)
    assert (found.line, found.uid, found.due_on, found.reason) == (
        3,
        "one",
        date(2026, 12, 4),
        "a, b; c d \\ e",
    )


def test_a_text_that_was_not_folded_stays_whole() -> None:
    (found,) = read("BEGIN:VEVENT", "SUMMARY:two", "lines of it", "DTSTART:20261204", "END:VEVENT")
    assert found.reason == "two lines of it"


def test_broken_records_are_told_by_line_and_the_others_come_in() -> None:
    found = read(
        *("BEGIN:VEVENT", "SUMMARY:open", "DTSTART:20261204"),
        *event("DTSTART:20261304T100000"),
        *event("DURATION:PT1H"),
        *event("DTSTART:20261204"),
        *("BEGIN:VTODO", "SUMMARY:cut"),
    )
    assert [(it.line, it.code, it.refused) for it in found] == [
        (3, "ics_no_end", True),
        (6, "ics_time", True),
        (11, "ics_no_start", True),
        (16, "", False),
        (21, "ics_no_end", True),
    ]


def test_what_has_no_uid_is_named_by_what_it_says() -> None:
    uids = [
        read("BEGIN:VEVENT", f"SUMMARY:{name}", "DTSTART:20261204", "END:VEVENT")[0].uid for name in "aab"
    ]
    assert uids[0] == uids[1] != uids[2]


def test_a_calendar_without_tasks_and_events_is_refused_as_a_whole() -> None:
    with pytest.raises(Invalid, match="ics_none"):
        read(*OFFICE)


def test_deep_nesting_costs_the_record_alone() -> None:
    found = read("BEGIN:VEVENT", *["BEGIN:X"] * 1000, "END:VEVENT", *event("DTSTART:20261204"))
    assert [it.code for it in found] == ["ics_too_deep", ""]


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
