"""Days and times as a person reads them: in the calendar and the digits of the settings, for both faces.

Every function gives a finished ``Phrase``. ``today`` is a local date. What programs read (JSON, CSV) and what is
stored never passes here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, tzinfo
from typing import Final

from tuicrm import i18n
from tuicrm.domain.calendars import Calendar, month_name, numeric, parts
from tuicrm.domain.models import Due
from tuicrm.i18n import Phrase, figures, t

_CONVERTED: Final = range(700, 3000)
"""Gregorian years that are shown in either calendar; what lies beyond is nobody's date but a slip's."""

_WEEKDAYS: Final[tuple[Callable[[], Phrase], ...]] = (
    lambda: t("Mon"),
    lambda: t("Tue"),
    lambda: t("Wed"),
    lambda: t("Thu"),
    lambda: t("Fri"),
    lambda: t("Sat"),
    lambda: t("Sun"),
)
_MONTHS: Final[tuple[Callable[[], Phrase], ...]] = (
    lambda: t("Jan"),
    lambda: t("Feb"),
    lambda: t("Mar"),
    lambda: t("Apr"),
    lambda: t("May"),
    lambda: t("Jun"),
    lambda: t("Jul"),
    lambda: t("Aug"),
    lambda: t("Sep"),
    lambda: t("Oct"),
    lambda: t("Nov"),
    lambda: t("Dec"),
)


def _calendar(on: date) -> Calendar:
    return i18n.calendar() if on.year in _CONVERTED else "gregorian"


def _month(month: int, calendar: Calendar) -> Phrase:
    """``Nov``, ``Azar``; in Persian always the whole name."""
    if calendar == "gregorian":
        return _MONTHS[month - 1]()
    return Phrase(month_name(month, "jalali", "fa" if i18n.language() == "fa" else "en"))


# --- days ---------------------------------------------------------------------------------------------------


def local_due(due: Due, zone_name: str, zone: tzinfo) -> Due:
    """What was promised on the clock of ``zone_name``, on the one of ``zone``; a day is the same day everywhere."""
    if due.at is None or zone_name == str(zone):
        return due
    # imported here: nearly all is promised on the agent's own clock
    from zoneinfo import ZoneInfo

    local = datetime.combine(due.on, due.at, ZoneInfo(zone_name)).astimezone(zone)
    return Due(local.date(), local.time())


def weekday(on: date) -> Phrase:
    """``Sun``: three letters in English, the name in Persian."""
    return _WEEKDAYS[on.weekday()]()


def day(on: date, today: date) -> Phrase:
    """``22 Nov``, ``7 Azar``; with the year when it is not this one."""
    calendar = _calendar(on)
    year, month, number = parts(on, calendar)
    if same_year(on, today):
        return t("{day} {month}", day=number, month=_month(month, calendar))
    return t("{day} {month} {year}", day=number, month=_month(month, calendar), year=year)


def same_year(on: date, other: date) -> bool:
    """Whether both lie in one year of the calendar that is shown."""
    calendar = _calendar(on)
    return parts(on, calendar)[0] == parts(other, calendar)[0]


def full_day(on: date, today: date) -> Phrase:
    """``Fri 20 Nov``: a day as the timeline and the promise of a follow-up name it."""
    return t("{weekday} {date}", weekday=weekday(on), date=day(on, today))


def short_day(on: date, today: date, *, year: bool = True) -> Phrase:
    """A day in a narrow column: ``22 Nov``, ``7 Aza``; in Persian in numbers, ``۰۹/۰۷``, for nobody shortens
    the names of its months. ``year``: named when it is not this one.
    """
    calendar = _calendar(on)
    own, month, number = parts(on, calendar)
    named = year and not same_year(on, today)
    if i18n.language() == "fa":
        whole = numeric(on, calendar, "fa")
        return Phrase(figures(whole if named else whole[5:]))
    short = Phrase(_month(month, calendar)[:3])
    if named:
        return t("{day} {month} {year}", day=number, month=short, year=own)
    return t("{day} {month}", day=number, month=short)


def other_calendar(on: date) -> Phrase:
    """The day in the calendar that is not the person's own, with its year: ``5 Azar 1405``, ``28 Nov 2026``."""
    calendar: Calendar = "gregorian" if i18n.calendar() == "jalali" else "jalali"
    year, month, number = parts(on, calendar)
    return t("{day} {month} {year}", day=number, month=_month(month, calendar), year=year)


def with_other(said: Phrase, on: date, region: str) -> Phrase:
    """A day in words, and the same in the other calendar where both are lived by (``i18n.two_calendars``)."""
    return t("{date} ({other})", date=said, other=other_calendar(on)) if i18n.two_calendars(region) else said


def numeric_day(on: date) -> Phrase:
    """A whole date in numbers, for the tables of the shell: ``2026-11-28``, ``1405/09/07``."""
    return Phrase(figures(numeric(on, _calendar(on), "fa" if i18n.language() == "fa" else "en")))


_DATE_FIELDS: Final = ("anniversary", "birthday", "date", "date of death")
_DAY_KEPT: Final = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")


def field_value(name: str, value: str) -> str:
    """What a free field holds, for a person: a day in their calendar and digits (a year before 1700 is Jalali), all
    else as it is kept."""
    found = _DAY_KEPT.fullmatch(value) if name.partition(" (")[0] in _DATE_FIELDS else None
    if found is None:
        return value
    from tuicrm.domain.calendars import make_date

    try:
        return numeric_day(make_date(*map(int, found.groups())))
    except (ValueError, OverflowError):
        return value


# --- times --------------------------------------------------------------------------------------------------


def clock(at: time | datetime) -> Phrase:
    """``09:31``."""
    return Phrase(figures(f"{at:%H:%M}"))


def moment(at: datetime, zone: tzinfo) -> Phrase:
    """An instant in numbers, to the minute: ``2026-11-28 09:31``."""
    local = at.astimezone(zone)
    return Phrase(f"{numeric_day(local.date())} {clock(local)}")


def duration(seconds: int | None) -> Phrase:
    """``3:05``, ``1:02:00``; empty when unknown."""
    if seconds is None:
        return Phrase()
    minutes, rest = divmod(max(0, seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return Phrase(figures(f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"))
