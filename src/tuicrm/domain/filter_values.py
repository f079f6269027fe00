"""What the values of a filter mean: whole weeks and months, "so long ago", lengths of time, numbers, yes and no.

Pure. The calendar, the day and the working week are handed in; texts come in digits of any script.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from tuicrm.domain.fold import plain
from tuicrm.domain.keyboard import to_us
from tuicrm.domain.record import record

if TYPE_CHECKING:
    from tuicrm.domain.calendars import Calendar


@record
class Span:
    """From ``low`` up to but not ``high``, in the form in which both are stored; None is open."""

    low: str | int | None = None
    high: str | int | None = None


@record
class Beginnings:
    """Folded words, each the beginning of a word; ``before``: the word typed before them, of which they may be the
    rest (``پیش فاکتور`` for a ``پیشفاکتور``)."""

    words: tuple[str, ...]
    before: str = ""


@record
class Tags:
    """A tag: in its folded form, and as contacts have it."""

    folded: str
    stored: tuple[str, ...]


@record
class Digits:
    """The end of a number, reversed; ``beginnings`` as E.164 would begin."""

    reversed: str
    beginnings: tuple[str, ...] = ()


@record
class OwnField:
    """A free field, by its names in small letters (as it is typed, and as it is kept); ``words``: what its value has,
    None when any value will do."""

    names: tuple[str, ...]
    words: tuple[str, ...] | None


@record
class Person:
    """One contact, by its id."""

    id: int


@record
class OnList:
    """Who was put on a worklist by name, by the id of the list."""

    id: int


@record
class Nothing:
    """Nothing is there."""


@record
class Last:
    """When a call was last held: ``span``, open at both ends for never; ``outcomes``: which calls
    count, None for all."""

    span: Span
    outcomes: tuple[str, ...] | None = None


NOTHING: Final = Nothing()
Meaning = str | bool | Span | Beginnings | Tags | Digits | OwnField | Person | OnList | Nothing | Last


@record
class Meant:
    """A term with its values as they are compared. ``inner``: instead of them saved filters, each as its terms."""

    key: str
    options: tuple[Meaning, ...] = ()
    negated: bool = False
    inner: tuple[tuple[Meant, ...], ...] = ()


def compact(text: str) -> str:
    """Folded, without blanks, half-spaces and low lines."""
    return "".join(plain(text).split()).replace("_", "")


# --- days ---------------------------------------------------------------------------------------------------

_UNITS: Final = {
    "day": {"today امروز": 0, "yesterday دیروز": -1, "پریروز": -2, "tomorrow فردا": 1, "پسفردا": 2},
    "week": {
        "week thisweek هفته اینهفته": 0,
        "lastweek هفتهقبل هفتهگذشته هفتهپیش": -1,
        "nextweek هفتهبعد هفتهاینده": 1,
    },
    "month": {
        "month thismonth ماه اینماه": 0,
        "lastmonth ماهقبل ماهگذشته ماهپیش": -1,
        "nextmonth ماهبعد ماهاینده": 1,
    },
    "year": {
        "year thisyear سال امسال": 0,
        "lastyear پارسال سالقبل سالگذشته": -1,
        "nextyear سالبعد سالاینده": 1,
    },
}
_PERIODS: Final = {
    compact(word): (unit, step)
    for unit, steps in _UNITS.items()
    for words, step in steps.items()
    for word in words.split()
}
PERIODS: Final = ("today", "yesterday", "week", "lastweek", "month", "lastmonth")
"""The whole days, weeks and months that are offered for what has been."""
IN_PERSIAN: Final = {
    "today": "امروز",
    "yesterday": "دیروز",
    "week": "این هفته",
    "lastweek": "هفتهٔ پیش",
    "month": "این ماه",
    "lastmonth": "ماه پیش",
    "yes": "بله",
    "no": "خیر",
}
"""What is offered to who reads Persian; it means the same."""


def period(
    text: str, today: date, working_days: frozenset[int], calendar: Calendar, *, ahead: bool = False
) -> tuple[date, date] | None:
    """The first day and the day after the last one of ``lastweek``, ``2026-11``, ``1405``, ``آذر``; None: is none.

    A week begins with the first working day (Monday 0) after a free one. A month by name is the last one that has
    begun, ``ahead`` the next that is not over.
    """
    word = compact(text)
    if word in _PERIODS:
        return _stepped(*_PERIODS[word], today, working_days, calendar)
    return _numbered(word) or _month(word, today, ahead=ahead)


def _month(word: str, today: date, *, ahead: bool) -> tuple[date, date] | None:
    """``آذر``, ``december``, ``dec2025``."""
    from tuicrm.domain.calendars import JALALI_BEFORE, month_start, parts
    from tuicrm.domain.when_words import MONTH_WORDS

    name = word.rstrip("0123456789")
    calendar, number = MONTH_WORDS.get(name, ("gregorian", 0))
    if not number:
        return None
    month = parts(today, calendar)[1]
    if word != name:
        said = word[len(name) :]
        return (
            _numbered(f"{said}-{number}") if (int(said) < JALALI_BEFORE) == (calendar == "jalali") else None
        )
    off = number - month
    if ahead and off < 0:
        off += 12
    elif not ahead and off > 0:
        off -= 12
    return month_start(today, off, calendar), month_start(today, off + 1, calendar)


def _stepped(
    unit: str, step: int, today: date, working_days: frozenset[int], calendar: Calendar
) -> tuple[date, date]:
    from tuicrm.domain.calendars import month_start

    if unit == "day":
        first = today + timedelta(days=step)
        return first, first + timedelta(days=1)
    if unit == "week":
        first = (
            today - timedelta(days=(today.weekday() - week_begins(working_days)) % 7) + timedelta(weeks=step)
        )
        return first, first + timedelta(weeks=1)
    if unit == "month":
        return month_start(today, step, calendar), month_start(today, step + 1, calendar)
    return _year(_year_of(today, calendar) + step, calendar)


def week_begins(working_days: frozenset[int]) -> int:
    """The weekday (Monday 0) that a week begins with: the first working one after a free one."""
    return next((day for day in sorted(working_days) if (day - 1) % 7 not in working_days), 0)


def _year_of(day: date, calendar: Calendar) -> int:
    from tuicrm.domain.calendars import parts

    return parts(day, calendar)[0]


def _year(year: int, calendar: Calendar) -> tuple[date, date]:
    from tuicrm.domain.calendars import from_jalali

    make = date if calendar == "gregorian" else from_jalali
    return make(year, 1, 1), make(year + 1, 1, 1)


def _numbered(word: str) -> tuple[date, date] | None:
    """``2026-11``, ``1405/9`` as a month, ``2026`` as a year."""
    from tuicrm.domain.calendars import JALALI_BEFORE, make_date, month_start

    year, _, month = word.replace("/", "-").partition("-")
    if not (len(year) == 4 and year.isdecimal() and (month.isdecimal() or not month) and len(month) <= 2):
        return None
    calendar: Calendar = "jalali" if int(year) < JALALI_BEFORE else "gregorian"
    try:
        if not month:
            return _year(int(year), calendar) if word.isdecimal() else None
        first = make_date(int(year), int(month), 1)
        return first, month_start(first, 1, calendar)
    except ValueError:
        return None


def before(text: str, now: datetime, *, ahead: bool = False) -> datetime | None:
    """The moment that is so long ago (``30d``, ``2w``, ``3mo``, ``4h``), or ``ahead``; None: is no length of that kind.

    Days and longer count from the beginning of this day.
    """
    from tuicrm.domain.calendars import add_months
    from tuicrm.domain.when_words import UNITS

    word = compact(text)
    number = word[: len(word) - len(word.lstrip("0123456789"))]
    said = word[len(number) :]
    unit = UNITS.get(said) or UNITS.get(to_us(said), "")
    if not number or len(number) > 4 or unit in ("", "wd"):
        return None
    n = int(number) if ahead else -int(number)
    if unit in ("h", "m"):
        return now + timedelta(**{"hours" if unit == "h" else "minutes": n})
    try:
        day = now.date() + timedelta(days=n * (7 if unit == "w" else 1)) if unit in ("d", "w") else None
        if day is None:
            months = n * (12 if unit in ("y", "jy") else 1)
            day = add_months(now.date(), months, "jalali" if unit in ("jmo", "jy") else "gregorian")
    except (ValueError, OverflowError):
        return None
    return datetime.combine(day, time(), now.tzinfo)


# --- numbers, lengths, yes and no ---------------------------------------------------------------------------

_PARTS_OF_AN_HOUR: Final = {
    compact(words): minutes
    for minutes, several in ((15, "ربع|یک ربع|ربع ساعت|یک ربع ساعت"), (30, "نیم ساعت"), (45, "سه ربع"))
    for words in several.split("|")
}
# of a Persian layout the keys of m and h too; that of s begins the word for hour and is none
_SECONDS: Final = {
    word: seconds
    for words, seconds in {
        "s sec second seconds ثانیه": 1,
        "m min minute minutes دقیقه دق د پ": 60,
        "h hr hour hours ساعت ا": 3600,
    }.items()
    for word in words.split()
}
_YES: Final = {compact(word): True for word in ("yes", "y", "true", "1", "بله", "بلی", "آری", "هست")}
_NO: Final = {compact(word): False for word in ("no", "n", "false", "0", "نه", "خیر", "نیست")}
_YES_NO: Final = {**_YES, **_NO}
_DAYS: Final = {"d": 1, "w": 7, "mo": 30, "jmo": 30, "y": 365, "jy": 365}
_MOST: Final = 9
"""Digits a number has at most."""


def yes_no(text: str) -> bool | None:
    """``yes``, ``no`` and the like; None for anything else."""
    return _YES_NO.get(compact(text))


def whole(text: str) -> int | None:
    """A number without a sign; None for anything else."""
    word = compact(text)
    return int(word) if word.isdecimal() and len(word) <= _MOST else None


def days(text: str) -> int | None:
    """Days in ``7d``, ``2w``, ``3mo`` (of 30 days), ``1y``; a number alone is days. None for anything else."""
    from tuicrm.domain.when_words import UNITS

    word = compact(text)
    number = word[: len(word) - len(word.lstrip("0123456789"))]
    said = word[len(number) :] or "d"
    unit = UNITS.get(said) or UNITS.get(to_us(said), "")
    if not number or len(number) > 4 or unit not in _DAYS:
        return None
    return int(number) * _DAYS[unit]


def seconds(text: str) -> int | None:
    """``5m``, ``90s``, ``1h``, ``3:40``, ``1:02:00``, ``یک ربع``; a number alone is minutes. None for anything else."""
    word = compact(text)
    if word in _PARTS_OF_AN_HOUR:
        return _PARTS_OF_AN_HOUR[word] * 60
    if ":" in word:
        parts = word.split(":")
        if len(parts) > 3 or not all(part.isdecimal() and len(part) <= 3 for part in parts):
            return None
        total = 0
        for part in parts:
            total = total * 60 + int(part)
        return total
    number = word[: len(word) - len(word.lstrip("0123456789"))]
    unit = word[len(number) :]
    if not number or len(number) > _MOST or unit not in ("", *_SECONDS):
        return None
    return int(number) * (_SECONDS[unit] if unit else 60)
