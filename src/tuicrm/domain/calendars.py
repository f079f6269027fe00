"""The two calendars: conversion, names of months, adding months, weeks.

``persiantools`` is imported when a date is converted: it costs 25 ms, and most lines name no Jalali date.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, Literal

from tuicrm.domain.fold import with_ascii_digits

Calendar = Literal["gregorian", "jalali"]
Language = Literal["en", "fa"]

_NAMES: Final[Mapping[tuple[Calendar, Language], str]] = {
    (
        "gregorian",
        "en",
    ): "January February March April May June July August September October November December",
    ("gregorian", "fa"): "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر",
    ("jalali", "en"): "Farvardin Ordibehesht Khordad Tir Mordad Shahrivar Mehr Aban Azar Dey Bahman Esfand",
    ("jalali", "fa"): "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند",
}

JALALI_BEFORE: Final = 1700
"""A year below this is Jalali, from it on Gregorian."""


def month_name(month: int, calendar: Calendar = "gregorian", language: Language = "en") -> str:
    """The full name of month 1 to 12."""
    return _NAMES[calendar, language].split()[month - 1]


def parts(day: date, calendar: Calendar) -> tuple[int, int, int]:
    """(year, month, day) in that calendar."""
    return (day.year, day.month, day.day) if calendar == "gregorian" else to_jalali(day)


def numeric(day: date, calendar: Calendar, language: Language = "en") -> str:
    """``2026-11-28``; Jalali or in Persian with slashes, as people there write it: ``1405/09/07``.

    A dash between numbers behind a Persian word would turn them round, a slash does not.
    """
    year, month, number = parts(day, calendar)
    sign = "-" if calendar == "gregorian" and language == "en" else "/"
    return f"{year:04}{sign}{month:02}{sign}{number:02}"


def week_start(day: date) -> date:
    """The Saturday that the week of ``day`` begins with, as weeks do in Iran."""
    return date.fromordinal(day.toordinal() - (day.weekday() + 2) % 7)


def to_jalali(day: date) -> tuple[int, int, int]:
    """(year, month, day) in the Jalali calendar. ``ValueError`` before 622-03-22."""
    jalali = _jalali_date().to_jalali(day)
    return jalali.year, jalali.month, jalali.day


def from_jalali(year: int, month: int, day: int) -> date:
    """The date of a Jalali day. ``ValueError`` when there is no such day."""
    gregorian: date = _jalali_date()(year, month, day).to_gregorian()
    return gregorian


def _jalali_date() -> Any:
    from persiantools.jdatetime import JalaliDate

    return JalaliDate


def jalali_text(day: date, language: Language = "fa") -> tuple[int, str, int]:
    """(day, name of the month, year) as a Jalali date is said: ``(5, "Azar", 1405)``."""
    year, month, number = to_jalali(day)
    return number, month_name(month, "jalali", language), year


def make_date(year: int, month: int, day: int) -> date:
    """The date in the calendar that the year tells. ``ValueError`` when there is no such day."""
    return from_jalali(year, month, day) if year < JALALI_BEFORE else date(year, month, day)


def gregorian_iso(text: str) -> str:
    """An ISO date or moment with Latin digits and its date Gregorian: ``۱۴۰۵-۰۹-۰۷T10:00`` is ``2026-11-28T10:00``.

    Other text comes back as it is, but for its digits. ``ValueError`` when there is no such day.
    """
    text = with_ascii_digits(text.strip())
    year, month, day = text[:4], text[5:7], text[8:10]
    if (
        text[4:8:3] == "--"
        and all(part.isdigit() for part in (year, month, day))
        and int(year) < JALALI_BEFORE
    ):
        return make_date(int(year), int(month), int(day)).isoformat() + text[10:]
    return text


def add_months(day: date, months: int, calendar: Calendar = "gregorian") -> date:
    """The same day ``months`` later in that calendar; the month's last day where it is shorter.

    ``ValueError`` or ``OverflowError`` past the calendar's last year.
    """
    year, month, number = (day.year, day.month, day.day) if calendar == "gregorian" else to_jalali(day)
    years, index = divmod(month - 1 + months, 12)
    year, month = year + years, index + 1
    if calendar == "gregorian":
        return date(year, month, min(number, _gregorian_length(year, month)))
    return from_jalali(year, month, min(number, _jalali_length(year, month)))


def month_start(day: date, months: int, calendar: Calendar = "gregorian") -> date:
    """The first of the month that is ``months`` after the one of ``day``."""
    number = day.day if calendar == "gregorian" else to_jalali(day)[2]
    return add_months(date.fromordinal(day.toordinal() - number + 1), months, calendar)


def month_length(year: int, month: int, calendar: Calendar = "gregorian") -> int:
    """Days of a month. ``ValueError`` past the Jalali calendar's last year."""
    return _gregorian_length(year, month) if calendar == "gregorian" else _jalali_length(year, month)


def _gregorian_length(year: int, month: int) -> int:
    """Days of a month; the calendar module would bring ``locale`` and 2 ms along."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _jalali_length(year: int, month: int) -> int:
    if month < 12:
        return 31 if month < 7 else 30
    return (from_jalali(year + 1, 1, 1) - from_jalali(year, 12, 1)).days
