"""What repeats, from calendars and to them: the series goes on here, and a file read again does not double it."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from typing import Any

import icalendar

from tests.services.conftest import OpenCrm
from tests.services.people_files import read
from tests.services.test_import_calls import KATE, calendar, promised, task
from tuicrm import repeats
from tuicrm.domain.clock import FrozenClock
from tuicrm.services import calendar_file, contacts, exporting, history, promises
from tuicrm.services.context import Crm

WEEKLY = calendar(task("DTSTART:20261102T100000", "RRULE:FREQ=WEEKLY;BYDAY=MO"))


def test_a_series_of_a_calendar_goes_on_here_and_is_not_doubled_by_reading_it_again(
    crm: Crm, clock: FrozenClock
) -> None:
    contacts.add(crm, KATE)
    assert read(crm, WEEKLY).added == 1
    first = promises.done(crm, 1)
    assert str(first.due.on) == "2026-11-23"
    assert [(row[2], row[5]) for row in promised(crm)] == [("2026-11-23", "done"), ("2026-11-30", "open")]
    for _ in range(2):
        report = read(crm, WEEKLY)
        assert (report.added, report.updated, report.unchanged) == (0, 0, 1)
        clock.advance(14 * 86_400)
    assert [(row[2], row[5]) for row in promised(crm)] == [("2026-11-23", "done"), ("2026-11-30", "open")]


def test_the_end_of_a_series_there_is_its_end_here(crm: Crm) -> None:
    contacts.add(crm, KATE)
    read(crm, WEEKLY)
    promises.done(crm, 1)
    gone = calendar(task("DTSTART:20261102T100000", "RRULE:FREQ=WEEKLY;BYDAY=MO", "STATUS:CANCELLED"))
    assert read(crm, gone).updated == 1
    assert [row[5] for row in promised(crm)] == ["done", "cancelled"]


def test_what_was_undone_here_is_as_the_calendar_has_it(crm: Crm) -> None:
    contacts.add(crm, KATE)
    read(crm, WEEKLY)
    promises.done(crm, 1)
    history.undo(crm)
    assert read(crm, WEEKLY).unchanged == 1
    assert [(row[2], row[5]) for row in promised(crm)] == [("2026-11-23", "open")]


def test_of_a_series_that_is_counted_what_is_left_comes_in(crm: Crm) -> None:
    contacts.add(crm, KATE)
    text = calendar(task("DTSTART:20261102T100000", "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=5"))
    read(crm, text)
    # 2, 9 and 16 November are over
    assert promised(crm)[0][2:] == ("2026-11-23", "10:00", "sara", "open", "FREQ=WEEKLY;BYDAY=MO;COUNT=2")
    assert read(crm, text).unchanged == 1
    promises.done(crm, 1)
    promises.done(crm, 2)
    assert [row[5] for row in promised(crm)] == ["done", "done"]


def test_every_rule_comes_back_from_our_own_calendar(crm: Crm) -> None:
    contacts.add(crm, KATE)
    rules = ["هر سال ۱ فروردین", "every 90 days after done", "last friday of the month"]
    for every in rules:
        promises.add(crm, 1, "", every, every=every)
    out = io.StringIO(newline="")
    exporting.export(crm, "followups", "ics", out)
    assert "RRULE:RSCALE=PERSIAN;FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1\r\n" in out.getvalue()
    assert "\nRRULE:FREQ=DAILY;INTERVAL=90" not in out.getvalue()
    before = {row[1]: row[2:] for row in promised(crm)}
    assert read(crm, out.getvalue().encode()).unchanged == 3
    for each in range(1, 4):
        promises.cancel(crm, each, "gone")
    renamed = out.getvalue().replace("@followup.tuicrm", "@elsewhere")
    assert read(crm, renamed.encode()).added == 3
    after = {row[1]: row[2:] for row in promised(crm) if row[5] == "open"}
    assert after == before


def test_json_and_csv_tell_the_rule(crm: Crm, open_as: OpenCrm) -> None:
    contacts.add(crm, KATE)
    promises.add(crm, 1, "5 dec", "service", every="every month")
    for kind in ("json", "csv"):
        out = io.StringIO(newline="")
        exporting.export(open_as(), "followups", kind, out)
        assert "FREQ=MONTHLY;BYMONTHDAY=5" in out.getvalue()
        if kind == "json":
            assert json.loads(out.getvalue())[0]["recurrence"] == "FREQ=MONTHLY;BYMONTHDAY=5"


def states(crm: Crm) -> list[tuple[str, str]]:
    return [(row[2], row[5]) for row in promised(crm)]


def test_dates_that_a_calendar_leaves_out_are_left_out_for_good(crm: Crm) -> None:
    contacts.add(crm, KATE)
    text = calendar(
        task(
            "DTSTART:20261102T100000",
            "RRULE:FREQ=WEEKLY;BYDAY=MO",
            "EXDATE:20261123T100000,20261207T100000",
            "EXDATE:20261214T100000",
        )
    )
    read(crm, text)
    promises.done(crm, 1)
    assert states(crm) == [("2026-11-30", "done"), ("2026-12-21", "open")]
    assert str(repeats.said(promises.get(crm, 1).recurrence)) == "every Monday, without 3 dates"
    assert str(repeats.said(promises.get(crm, 2).recurrence)) == "every Monday"
    assert (read(crm, text).unchanged, len(states(crm))) == (1, 2)


def test_skipping_goes_past_what_is_left_out_and_so_does_a_series_with_a_number(crm: Crm) -> None:
    contacts.add(crm, KATE)
    text = calendar(
        task("DTSTART:20261123T100000", "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=4", "EXDATE:20261130T100000")
    )
    read(crm, text)
    promises.skip(crm, 1)
    assert states(crm) == [("2026-11-23", "cancelled"), ("2026-12-07", "open")]
    promises.done(crm, 2)
    promises.done(crm, 3)
    # the one that was left out counted, as it does in the calendar
    assert states(crm)[1:] == [("2026-12-07", "done"), ("2026-12-14", "done")]


def test_a_time_that_was_moved_in_the_calendar_is_not_promised_twice(crm: Crm) -> None:
    contacts.add(crm, KATE)
    series = task("DTSTART:20261123T100000", "RRULE:FREQ=WEEKLY;BYDAY=MO")
    moved = task("DTSTART:20261201T150000", "RECURRENCE-ID:20261130T100000")
    read(crm, calendar(series, moved))
    promises.done(crm, 1)
    assert [row[2] for row in promised(crm)] == ["2026-11-23", "2026-12-01", "2026-12-07"]


def test_what_is_left_out_is_carried_out_again_and_comes_back(crm: Crm) -> None:
    contacts.add(crm, KATE)
    read(
        crm,
        calendar(task("DTSTART:20261123T100000", "RRULE:FREQ=WEEKLY;BYDAY=MO", "EXDATE:20261130T100000")),
    )
    out = io.StringIO(newline="")
    exporting.export(crm, "followups", "ics", out)
    assert "RRULE:FREQ=WEEKLY;BYDAY=MO\r\n" in out.getvalue()
    assert "X-NOT" not in out.getvalue()
    tasks: list[Any] = list(icalendar.Calendar.from_ical(out.getvalue()).walk("VTODO"))
    (event,) = tasks
    assert event["EXDATE"].dts[0].dt == event["DTSTART"].dt + timedelta(weeks=1)
    assert read(crm, out.getvalue().encode()).unchanged == 1
    promises.cancel(crm, 1, "gone")
    assert read(crm, out.getvalue().replace("@followup.tuicrm", "@elsewhere").encode()).added == 1
    promises.done(crm, 2)
    assert promised(crm)[-1][2] == "2026-12-07"


def test_our_own_calendar_read_back_changes_nothing_and_promises_nothing_more(
    crm: Crm, clock: FrozenClock
) -> None:
    contacts.add(crm, KATE)
    rules = ["هر سال ۱ فروردین", "2nd sunday of the month", "every 90 days after done", "every working day"]
    for every in [*rules, "weekly 5 times", "every monday until 1 mar 2027"]:
        for when in ("24 nov", "24 nov 10:00"):
            promises.add(crm, 1, when, "again", alarm="15m", every=every)
    for when in ("today", "today 10:00", "tomorrow", "thu 10:00"):
        promises.add(crm, 1, when, "once", alarm="1h")
        promises.add(crm, 1, when, "silent")
    for each in (4, 14, 15):
        promises.snooze(crm, each, "wed 9:00")
        promises.snooze(crm, each + 5, "fri 9:00")
    ids = range(1, 21)
    before = [promises.get(crm, id) for id in ids]
    for days in (0, 3, 30):
        clock.advance(days * 86_400)
        for todo in (False, True):
            text, many = calendar_file.text(crm, todo=todo)
            report = read(crm, text.encode())
            assert (report.added, report.updated, report.unchanged) == (0, 0, many)
    assert many == len(promised(crm)) == len(ids)
    assert [promises.get(crm, id) for id in ids] == before


def test_our_own_calendar_brings_a_series_into_another_database_once(crm: Crm) -> None:
    contacts.add(crm, KATE)
    promises.add(crm, 1, "", "birthday", every="هر سال ۱ فروردین")
    text, _ = calendar_file.text(crm)
    report = read(crm, text.replace("UID:1-", "UID:91-").encode())
    assert report.added == 1
    assert not report.skipped
    first, second = promised(crm)
    assert second == first
    assert second[6].startswith("RSCALE=PERSIAN;FREQ=YEARLY")


def test_a_series_that_was_changed_in_the_calendar_is_changed_here(crm: Crm) -> None:
    contacts.add(crm, KATE)
    promises.add(crm, 1, "24 nov 10:00", "price", every="every week", alarm="15m")
    text, _ = calendar_file.text(crm)
    other = text.replace("\nRRULE:FREQ=WEEKLY;BYDAY=TU", "\nRRULE:FREQ=DAILY").replace("-PT15M", "-PT30M")
    assert other != text
    assert read(crm, other.encode()).updated == 1
    changed = promises.get(crm, 1)
    assert (changed.recurrence, changed.alarm_minutes) == ("FREQ=DAILY", 30)


def test_an_alarm_of_a_calendars_day_rings_when_it_does_there(crm: Crm) -> None:
    """Google's "the day before at 17:00", Apple's "on the day at 9": both from midnight."""
    contacts.add(crm, KATE)
    for before, minutes in (("-PT7H", 16 * 60), ("PT8H", 60), ("PT9H30M", 0)):
        ring = ("BEGIN:VALARM", f"TRIGGER:{before}", "END:VALARM")
        read(crm, calendar(task("DTSTART;VALUE=DATE:20261202", *ring, uid=before)))
        assert promises.get(crm, len(promised(crm))).alarm_minutes == minutes
