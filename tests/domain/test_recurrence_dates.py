"""Dates of rules that repeat: month ends, leap years of both calendars, ends of series, and the standards' own words.

dateutil and persiantools are asked the same; neither is used by the program for this.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise, takewhile
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st
from persiantools import jdatetime

from tuicrm.domain.recurrence import Rule, anchored, parse, text, without
from tuicrm.domain.recurrence_dates import Step, first, occurrences, step, upcoming

JalaliDate: Any = jdatetime.JalaliDate
NAMES = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


def rule(said: str) -> Rule:
    found = parse(said)
    assert found is not None
    return found


def dates(said: str, since: date, many: int) -> list[str]:
    return [str(day) for day in upcoming(rule(said), since, many)]


def jalali(days: list[date]) -> list[str]:
    return [JalaliDate(day).isoformat() for day in days]


# --- month ends and leap years ------------------------------------------------------------------------------


def test_every_month_from_the_31st_is_the_last_day_of_each_month() -> None:
    made = anchored(rule("FREQ=MONTHLY"), date(2027, 12, 31))
    assert [str(day) for day in upcoming(made, date(2027, 12, 31), 3)] == [
        "2028-01-31",
        "2028-02-29",
        "2028-03-31",
    ]


def test_every_month_from_the_30th_is_the_end_of_february_and_the_30th_again() -> None:
    made = anchored(rule("FREQ=MONTHLY"), date(2027, 1, 30))
    assert [str(day) for day in upcoming(made, date(2027, 1, 30), 3)] == [
        "2027-02-28",
        "2027-03-30",
        "2027-04-30",
    ]


def test_29_february_is_28_february_in_a_year_without_it() -> None:
    made = anchored(rule("FREQ=YEARLY"), date(2028, 2, 29))
    assert [day.isoformat() for day in upcoming(made, date(2028, 2, 29), 4)] == [
        "2029-02-28",
        "2030-02-28",
        "2031-02-28",
        "2032-02-29",
    ]


def test_30_esfand_is_29_esfand_in_a_year_without_it() -> None:
    leap = JalaliDate(1403, 12, 30).to_gregorian()
    made = anchored(rule("RSCALE=PERSIAN;FREQ=YEARLY"), leap)
    assert jalali(upcoming(made, leap, 5)) == [
        "1404-12-29",
        "1405-12-29",
        "1406-12-29",
        "1407-12-29",
        "1408-12-30",
    ]


def test_a_jalali_month_from_the_31st_is_the_last_day_of_each_up_to_esfand() -> None:
    start = JalaliDate(1405, 6, 31).to_gregorian()
    made = anchored(rule("RSCALE=PERSIAN;FREQ=MONTHLY"), start)
    assert jalali(upcoming(made, start, 7)) == [
        "1405-07-30",
        "1405-08-30",
        "1405-09-30",
        "1405-10-30",
        "1405-11-30",
        "1405-12-29",
        "1406-01-31",
    ]


def test_1_farvardin_is_where_the_leap_years_put_it() -> None:
    said = "RSCALE=PERSIAN;FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1"
    assert dates(said, date(2026, 11, 22), 3) == ["2027-03-21", "2028-03-20", "2029-03-20"]


def test_an_imported_31st_leaves_out_the_months_without_one() -> None:
    assert dates("FREQ=MONTHLY;BYMONTHDAY=31", date(2027, 1, 31), 3) == [
        "2027-03-31",
        "2027-05-31",
        "2027-07-31",
    ]


def test_a_leap_day_of_a_daily_rule_is_found_across_the_year_2100() -> None:
    assert dates("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29", date(2096, 3, 1), 1) == ["2104-02-29"]


def test_a_day_that_never_comes_is_no_date() -> None:
    assert dates("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", date(2026, 1, 1), 1) == []


def test_weekdays_of_a_month_from_both_ends() -> None:
    assert dates("FREQ=MONTHLY;BYDAY=2TU", date(2026, 11, 22), 2) == ["2026-12-08", "2027-01-12"]
    assert dates("FREQ=MONTHLY;BYDAY=-1FR", date(2026, 11, 22), 2) == ["2026-11-27", "2026-12-25"]
    azar = upcoming(rule("RSCALE=PERSIAN;FREQ=MONTHLY;BYDAY=-1FR"), date(2026, 11, 22), 2)
    assert jalali(azar) == ["1405-09-27", "1405-10-25"]
    assert {day.weekday() for day in azar} == {4}


# --- the next one -------------------------------------------------------------------------------------------

TODAY = date(2026, 11, 22)


def behind(said: str, place: date, today: date = TODAY, least: date = date.min) -> Step | None:
    return step(rule(said), place, None, today=today, least=least)


def test_what_was_missed_is_passed_over_and_counted() -> None:
    made = behind("FREQ=MONTHLY;BYMONTHDAY=5", date(2026, 8, 5), least=TODAY + timedelta(days=1))
    assert made is not None
    assert (made.on, made.missed) == (date(2026, 12, 5), 3)


def test_done_before_its_day_it_is_the_one_behind_that_day() -> None:
    made = behind("FREQ=MONTHLY;BYMONTHDAY=5", date(2026, 12, 5), least=TODAY + timedelta(days=1))
    assert made is not None
    assert (made.on, made.missed) == (date(2027, 1, 5), 0)


def test_every_second_week_keeps_its_weeks_however_many_were_missed() -> None:
    made = behind("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", date(2026, 10, 8), least=TODAY + timedelta(days=1))
    assert made is not None
    assert (made.on, made.missed) == (date(2026, 11, 30), 6)


def test_after_done_counts_from_the_day_it_was_done() -> None:
    made = behind("FREQ=DAILY;INTERVAL=90;X-FROM=DONE", date(2026, 6, 1))
    assert made is not None
    assert (made.on, made.missed) == (date(2027, 2, 20), 0)
    month = behind("FREQ=MONTHLY;X-FROM=DONE", date(2026, 12, 1), today=date(2027, 1, 31))
    assert month is not None
    assert month.on == date(2027, 2, 28)


def test_count_ends_the_series_and_those_passed_over_count() -> None:
    made = behind("FREQ=WEEKLY;BYDAY=MO;COUNT=3", date(2026, 11, 16))
    assert made is not None
    assert (made.on, text(made.rule)) == (date(2026, 11, 23), "FREQ=WEEKLY;BYDAY=MO;COUNT=2")
    assert behind("FREQ=WEEKLY;BYDAY=MO;COUNT=1", date(2026, 11, 16)) is None
    assert behind("FREQ=WEEKLY;BYDAY=MO;COUNT=3", date(2026, 10, 5), least=TODAY) is None


def test_until_is_the_last_day_that_counts() -> None:
    assert dates("FREQ=DAILY;UNTIL=20261124", date(2026, 11, 22), 9) == ["2026-11-23", "2026-11-24"]
    assert behind("FREQ=DAILY;INTERVAL=9;X-FROM=DONE;UNTIL=20261130", TODAY) is None


def test_an_end_in_utc_is_read_on_the_clock_of_the_series() -> None:
    said = "FREQ=DAILY;UNTIL=20261123T213000Z"
    tehran = parse(said, ZoneInfo("Asia/Tehran"))
    assert tehran is not None
    assert str(tehran.until) == "2026-11-24 01:00:00"
    assert [str(day) for day in upcoming(tehran, TODAY, 5)] == ["2026-11-23", "2026-11-24"]
    london = parse(said, ZoneInfo("Europe/London"))
    assert london is not None
    assert [str(day) for day in upcoming(london, TODAY, 5)] == ["2026-11-23"]


def test_the_first_date_of_a_rule_lies_ahead() -> None:
    assert first(rule("FREQ=DAILY;INTERVAL=90"), TODAY) == date(2027, 2, 20)
    assert first(rule("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH"), TODAY) == date(2026, 11, 23)
    assert first(rule("FREQ=MONTHLY;BYMONTHDAY=22"), TODAY) == date(2026, 12, 22)


# --- what a rule is -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        "FREQ=HOURLY",
        "FREQ=DAILY;BYHOUR=9",
        "FREQ=WEEKLY;BYMONTHDAY=3",
        "RSCALE=HEBREW;FREQ=YEARLY",
        "RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD",
        "FREQ=MONTHLY;BYMONTHDAY=5;X-FROM=DONE",
        "FREQ=DAILY;UNTIL=soon",
        "FREQ=DAILY;INTERVAL=x",
        "every day",
        "",
    ],
)
def test_what_is_not_understood_wholly_is_no_rule(said: str) -> None:
    assert parse(said) is None


@pytest.mark.parametrize(
    "said",
    [
        "FREQ=DAILY;INTERVAL=90;X-FROM=DONE",
        "RSCALE=PERSIAN;FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=29,30;BYSETPOS=-1",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;WKST=SA;COUNT=4",
        "FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20271231",
        "FREQ=MONTHLY;BYDAY=2TU;UNTIL=20271231T090000",
    ],
)
def test_a_rule_is_written_as_it_was_read(said: str) -> None:
    assert text(rule(said)) == said


# --- the same by others -------------------------------------------------------------------------------------

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
WEEKDAYS = st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True)
PLACED = st.tuples(st.sampled_from((-2, -1, 1, 2, 3, 4, 5)), st.sampled_from(NAMES))


@st.composite
def rules(draw: st.DrawFn) -> str:
    """Rules that RFC 5545 allows, of the parts that are known here."""
    frequency = draw(st.sampled_from(("DAILY", "WEEKLY", "MONTHLY", "YEARLY")))
    said = [f"FREQ={frequency}", f"INTERVAL={draw(st.integers(1, 6))}"]
    if frequency != "YEARLY" and draw(st.booleans()):
        said.append(
            "BYMONTH=" + ",".join(map(str, draw(st.lists(st.integers(1, 12), min_size=2, unique=True))))
        )
    if frequency in ("DAILY", "WEEKLY") and draw(st.booleans()):
        said.append("BYDAY=" + ",".join(draw(WEEKDAYS)))
    if frequency == "WEEKLY":
        said.append("WKST=" + draw(st.sampled_from(("MO", "SA", "SU"))))
    if frequency == "YEARLY":
        said += [f"BYMONTH={draw(st.integers(1, 12))}", f"BYMONTHDAY={draw(st.integers(1, 31))}"]
    if frequency == "MONTHLY":
        kind = draw(st.sampled_from(("day", "last", "nth", "several")))
        said.append(
            {
                "day": f"BYMONTHDAY={draw(st.integers(1, 31))}",
                "last": f"BYMONTHDAY=-{draw(st.integers(1, 5))}",
                "nth": "BYDAY=" + "{}{}".format(*draw(PLACED)),
                "several": "BYMONTHDAY=28,29,30,31;BYSETPOS=-1",
            }[kind]
        )
    if draw(st.booleans()):
        said.append(f"COUNT={draw(st.integers(1, 9))}")
    return ";".join(said)


@given(said=rules(), begins=DAYS, later=st.integers(0, 900))
@settings(max_examples=400, deadline=None)
def test_dates_are_those_of_dateutil(said: str, begins: date, later: int) -> None:
    start = datetime.combine(begins, time(9, 30))
    since, horizon = start + timedelta(days=later), start + timedelta(days=later + 3000)
    ours = list(islice(takewhile(lambda each: each <= horizon, occurrences(rule(said), start, since)), 12))
    theirs = rrulestr(said, dtstart=start).between(since, horizon, inc=True)[:12]
    assert ours == theirs


@given(
    begins=DAYS,
    month=st.integers(1, 12),
    number=st.integers(1, 31),
    yearly=st.booleans(),
    weekday=st.none() | st.tuples(st.sampled_from((1, 2, 3, 4, 5, -1)), st.integers(0, 6)),
)
@settings(max_examples=150, deadline=None)
def test_jalali_dates_are_those_of_persiantools_day_by_day(
    begins: date, month: int, number: int, yearly: bool, weekday: tuple[int, int] | None
) -> None:
    said = "RSCALE=PERSIAN;" + (f"FREQ=YEARLY;BYMONTH={month}" if yearly else "FREQ=MONTHLY")
    if weekday is None:
        said += f";BYMONTHDAY={number}"
    else:
        said += f";BYDAY={weekday[0]}{NAMES[weekday[1]]}"

    def fits(day: date) -> bool:
        there = JalaliDate(day)
        if yearly and there.month != month:
            return False
        if weekday is None:
            return bool(there.day == number)
        nth, wanted = weekday
        left = JalaliDate.days_in_month(there.month, there.year) - there.day
        place = (there.day - 1) // 7 + 1 if nth > 0 else -(left // 7 + 1)
        return day.weekday() == wanted and place == nth

    days = [begins + timedelta(days=n) for n in range(1500)]
    start = datetime.combine(begins, time())
    ours = takewhile(lambda each: each.date() <= days[-1], occurrences(rule(said), start))
    assert [each.date() for each in ours] == [day for day in days if fits(day)]


@given(begins=DAYS, persian=st.booleans(), frequency=st.sampled_from(("MONTHLY", "YEARLY")))
@settings(max_examples=300, deadline=None)
def test_every_month_and_every_year_have_exactly_one_date_each(
    begins: date, persian: bool, frequency: str
) -> None:
    made = anchored(Rule(frequency, calendar="jalali" if persian else "gregorian"), begins)
    found = [begins, *upcoming(made, begins, 30)]
    months = [(lambda d: d.year * 12 + d.month)(JalaliDate(day) if persian else day) for day in found]
    apart = 1 if frequency == "MONTHLY" else 12
    assert all(later - earlier == apart for earlier, later in pairwise(months))


@given(said=rules(), begins=DAYS, later=st.integers(0, 4000))
@settings(max_examples=200, deadline=None)
def test_the_next_one_never_lies_in_the_past(said: str, begins: date, later: int) -> None:
    today = begins + timedelta(days=later)
    made = step(rule(said), begins, None, today=today, least=today)
    assert made is None or (made.on >= today and made.on > begins and made.missed >= 0)


def test_the_clock_is_that_of_the_series_not_of_utc() -> None:
    until = parse("FREQ=DAILY;UNTIL=20270101T000000Z", UTC)
    assert until is not None
    assert str(until.until) == "2027-01-01 00:00:00"


# --- dates that are left out --------------------------------------------------------------------------------


def test_a_date_that_is_left_out_is_passed_over_always_counts_and_is_not_missed() -> None:
    made = rule("FREQ=WEEKLY;BYDAY=MO;COUNT=5;X-NOT=20261207,20261214")
    place = date(2026, 11, 30)
    found = step(made, place, None, today=place, least=place + timedelta(days=1))
    assert found == Step(date(2026, 12, 21), 0, rule("FREQ=WEEKLY;BYDAY=MO;COUNT=2"))
    late = step(made, place, None, today=date(2026, 12, 22), least=date(2026, 12, 22))
    assert late is not None
    assert (late.on, late.missed) == (date(2026, 12, 28), 1)
    assert dates("FREQ=WEEKLY;BYDAY=MO;X-NOT=20261207,20261221", place, 3) == [
        "2026-12-14",
        "2026-12-28",
        "2027-01-04",
    ]


def test_what_is_left_out_is_stored_with_the_rule_and_is_no_part_of_the_standards_text() -> None:
    made = rule("FREQ=DAILY;X-NOT=20261225,20261224")
    assert text(made) == "FREQ=DAILY;X-NOT=20261224,20261225"
    assert text(made, own=False) == "FREQ=DAILY"
    assert parse(text(made)) == made
    assert parse("FREQ=DAILY;X-NOT=20261301") is None
    many = without(rule("FREQ=DAILY"), (date(2027, 1, 1) + timedelta(days=n) for n in range(300)))
    assert len(many.left_out) == 100
    assert parse(text(many)) == many
