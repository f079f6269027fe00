"""The Jalali calendar at the ends of its years, dates in numbers, weeks that begin on Saturday."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tuicrm.domain.calendars import (
    Calendar,
    Language,
    from_jalali,
    gregorian_iso,
    numeric,
    parts,
    to_jalali,
    week_start,
)

YEAR_ENDS = [
    ((1403, 12, 29), date(2025, 3, 19)),
    ((1403, 12, 30), date(2025, 3, 20)),
    ((1404, 1, 1), date(2025, 3, 21)),
    ((1404, 12, 29), date(2026, 3, 20)),
    ((1405, 1, 1), date(2026, 3, 21)),
    ((1405, 6, 31), date(2026, 9, 22)),
    ((1405, 7, 1), date(2026, 9, 23)),
    ((1408, 12, 30), date(2030, 3, 20)),
]


@pytest.mark.parametrize(("jalali", "gregorian"), YEAR_ENDS)
def test_both_calendars_agree_at_the_ends_of_years(jalali: tuple[int, int, int], gregorian: date) -> None:
    assert to_jalali(gregorian) == jalali
    assert from_jalali(*jalali) == gregorian
    assert parts(gregorian, "jalali") == jalali
    assert parts(gregorian, "gregorian") == (gregorian.year, gregorian.month, gregorian.day)


@pytest.mark.parametrize("none", [(1404, 12, 30), (1405, 12, 30), (1405, 7, 31), (1405, 13, 1)])
def test_a_day_that_a_year_does_not_have_is_refused(none: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match=r".*"):
        from_jalali(*none)


@pytest.mark.parametrize(
    ("calendar", "language", "said"),
    [
        ("gregorian", "en", "2026-11-28"),
        ("gregorian", "fa", "2026/11/28"),
        ("jalali", "en", "1405/09/07"),
        ("jalali", "fa", "1405/09/07"),
    ],
)
def test_a_date_in_numbers(calendar: Calendar, language: Language, said: str) -> None:
    assert numeric(date(2026, 11, 28), calendar, language) == said


def test_a_week_runs_from_saturday_to_friday() -> None:
    saturday = date(2026, 11, 21)
    assert {week_start(saturday + timedelta(n)) for n in range(7)} == {saturday}
    assert week_start(saturday + timedelta(7)) == date(2026, 11, 28)
    assert week_start(saturday - timedelta(1)) == date(2026, 11, 14)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1405-09-07", "2026-11-28"),
        ("۱۴۰۵-۰۹-۰۷", "2026-11-28"),
        ("١٤٠٥-٠٩-٠٧T10:30", "2026-11-28T10:30"),
        ("1405-09-07T10:30:15+03:30", "2026-11-28T10:30:15+03:30"),
        ("1403-12-30", "2025-03-20"),
        ("2026-11-28", "2026-11-28"),
        ("۲۰۲۶-۱۱-۲۸", "2026-11-28"),
        ("۱۰ boxes", "10 boxes"),
        ("", ""),
    ],
)
def test_an_iso_date_is_read_in_both_calendars_and_all_digits(written: str, meant: str) -> None:
    assert gregorian_iso(written) == meant


@pytest.mark.parametrize("none", ["1404-12-30", "1405-07-31T10:00"])
def test_an_iso_date_of_no_jalali_day_is_refused(none: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        gregorian_iso(none)
