"""What values of filters mean: weeks, months, so long ago, lengths of time, yes and no."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from tuicrm.domain.calendars import Calendar
from tuicrm.domain.filter_values import IN_PERSIAN, before, period, seconds, week_begins, whole, yes_no

TODAY = date(2026, 11, 22)  # a Sunday; 1 Azar 1405
NOW = datetime(2026, 11, 22, 9, 31, tzinfo=ZoneInfo("Asia/Tehran"))
IRAN, EUROPE, GULF = frozenset({5, 6, 0, 1, 2}), frozenset(range(5)), frozenset({6, 0, 1, 2, 3})


@pytest.mark.parametrize(
    ("text", "week", "calendar", "days"),
    [
        ("today", EUROPE, "gregorian", ("2026-11-22", "2026-11-23")),
        ("yesterday", EUROPE, "gregorian", ("2026-11-21", "2026-11-22")),
        ("دیروز", IRAN, "jalali", ("2026-11-21", "2026-11-22")),
        ("week", EUROPE, "gregorian", ("2026-11-16", "2026-11-23")),
        ("week", IRAN, "jalali", ("2026-11-21", "2026-11-28")),
        ("week", GULF, "gregorian", ("2026-11-22", "2026-11-29")),
        ("last week", EUROPE, "gregorian", ("2026-11-09", "2026-11-16")),
        ("lastweek", IRAN, "jalali", ("2026-11-14", "2026-11-21")),
        ("هفته‌قبل", IRAN, "jalali", ("2026-11-14", "2026-11-21")),
        ("month", EUROPE, "gregorian", ("2026-11-01", "2026-12-01")),
        ("month", IRAN, "jalali", ("2026-11-22", "2026-12-22")),
        ("lastmonth", IRAN, "jalali", ("2026-10-23", "2026-11-22")),
        ("nextweek", EUROPE, "gregorian", ("2026-11-23", "2026-11-30")),
        ("2026-02", EUROPE, "gregorian", ("2026-02-01", "2026-03-01")),
        ("۱۴۰۵/۹", IRAN, "gregorian", ("2026-11-22", "2026-12-22")),
        ("2025", IRAN, "jalali", ("2025-01-01", "2026-01-01")),
        ("year", IRAN, "jalali", ("2026-03-21", "2027-03-21")),
        ("آذر", EUROPE, "gregorian", ("2026-11-22", "2026-12-22")),
        ("آبان", IRAN, "jalali", ("2026-10-23", "2026-11-22")),
        ("اسفند", IRAN, "jalali", ("2026-02-20", "2026-03-21")),
        ("december", IRAN, "jalali", ("2025-12-01", "2026-01-01")),
        ("dec 2026", EUROPE, "gregorian", ("2026-12-01", "2027-01-01")),
        ("آذر ۱۴۰۴", EUROPE, "gregorian", ("2025-11-22", "2025-12-22")),
        ("آذر 2025", EUROPE, "gregorian", None),
        ("2026-13", EUROPE, "gregorian", None),
        ("2026-11-01", EUROPE, "gregorian", None),
        ("monday", EUROPE, "gregorian", None),
        ("", EUROPE, "gregorian", None),
    ],
)
def test_a_period_is_whole_days(
    text: str, week: frozenset[int], calendar: Calendar, days: tuple[str, str] | None
) -> None:
    found = period(text, TODAY, week, calendar)
    assert (found and tuple(day.isoformat() for day in found)) == days


def test_of_what_is_to_come_a_month_by_name_is_the_next_that_is_not_over() -> None:
    firsts = [period(name, TODAY, IRAN, "jalali", ahead=True) for name in ("آذر", "اسفند", "آبان", "dec")]
    assert [found and found[0].isoformat() for found in firsts] == [
        "2026-11-22", "2027-02-20", "2027-10-23", "2026-12-01",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"), [("۵پ", 300), ("۳د", 180), ("۳ دق", 180), ("۲ا", 7200), ("۳س", None)]
)
def test_lengths_have_persian_units_and_the_keys_of_latin_ones(text: str, found: int | None) -> None:
    assert seconds(text) == found


def test_days_ago_may_be_typed_by_the_keys_of_their_unit() -> None:
    assert before("۳۰ی", NOW) == before("30d", NOW)


def test_a_week_begins_after_the_free_days() -> None:
    assert [week_begins(days) for days in (EUROPE, IRAN, GULF, frozenset(range(7)))] == [0, 5, 6, 0]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("30d", "2026-10-23T00:00:00+03:30"),
        ("2w", "2026-11-08T00:00:00+03:30"),
        ("۳ روز", "2026-11-19T00:00:00+03:30"),
        ("1mo", "2026-10-22T00:00:00+03:30"),
        ("1y", "2025-11-22T00:00:00+03:30"),
        ("4h", "2026-11-22T05:31:00+03:30"),
        ("soon", None),
        ("30", None),
        ("99999d", None),
        ("5wd", None),
    ],
)
def test_so_long_ago_is_a_moment(text: str, moment: str | None) -> None:
    found = before(text, NOW)
    assert (found and found.isoformat()) == moment


def test_so_long_ahead_is_one_too() -> None:
    ahead = before("3d", NOW, ahead=True)
    assert ahead is not None
    assert ahead.isoformat() == "2026-11-25T00:00:00+03:30"


def test_lengths_numbers_and_answers() -> None:
    assert [seconds(text) for text in ("5", "5m", "90s", "1h", "3:40", "1:02:00", "۵ دقیقه")] == [
        300, 300, 90, 3600, 220, 3720, 300,
    ]  # fmt: skip
    assert [seconds(text) for text in ("یک ربع", "نیم ساعت", "سه\u200cربع")] == [900, 1800, 2700]
    assert [seconds(text) for text in ("", "m", "5x", "1:2:3:4", "9" * 20)] == [None] * 5
    assert [whole(text) for text in ("3", "۱۲", "-1", "x", "")] == [3, 12, None, None, None]
    assert [yes_no(text) for text in ("yes", "NO", "بله", "خیر", "maybe")] == [True, False, True, False, None]


@pytest.mark.parametrize("english", IN_PERSIAN)
def test_what_is_offered_in_persian_means_the_same(english: str) -> None:
    def meant(word: str) -> object:
        return yes_no(word) if yes_no(english) is not None else period(word, TODAY, IRAN, "jalali")

    assert meant(english) is not None
    assert meant(IN_PERSIAN[english]) == meant(english)
