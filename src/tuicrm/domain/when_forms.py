"""The forms of one word that the log line knows: ``2d 17 1dec 12-01``, ``-9:40``, ``=3:40``."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from itertools import takewhile
from typing import Final

from tuicrm.domain.calendars import JALALI_BEFORE, Calendar, add_months, make_date, to_jalali
from tuicrm.domain.fold import has_rtl
from tuicrm.domain.models import Due
from tuicrm.domain.when_base import (
    YEARS_MOST,
    WhenRefused,
    WhenSettings,
    checked,
    compact,
    day_due,
    local_now,
    may_be_year,
    next_clock,
    read_clock,
)
from tuicrm.domain.when_words import MONTH_WORDS, SECONDS, UNITS, numbered_weekday
from tuicrm.domain.worktime import add_working_days

MINUTES_LEAST: Final = 10
MINUTES_ROUNDED: Final = 30
DURATION_MOST: Final = 180
"""Minutes of a call that may be written without a colon."""

PAST_MOST: Final = timedelta(days=366)
_PAST_UNITS: Final = {"d": 1, "w": 7}
"""Unit -> days, of those that a call may be ago and a time of day may follow."""

PASSED_LATELY: Final = timedelta(days=60)
"""A day without a year that has been over for less than this is a slip: next year's is hardly meant."""

_DIGITS_MOST: Final = 4
_DIGITS_TOO_MANY: Final = _DIGITS_MOST + 1
"""Counts are cut here before they are read: five digits are refused as surely as a million are."""

_SPAN: Final = re.compile(r"([0-9]+)(?:([^\W\d_]+)(?:([0-9]{1,2})([^\W\d_]+)?)?)?")
"""Digits, a unit, and behind it the minutes of an hour."""
_SEVERAL: Final = re.compile(r"(?:[0-9]+[^\W\d_]+){2,}")
"""Amounts one behind the other: ``2h30m``."""
_DAY_S: Final = 24 * 60 * 60
_HOUR: Final = timedelta(hours=1)


def is_persian(text: str) -> bool:
    """True when letters or digits of the text are Persian or Arabic: its months are Jalali then."""
    return not text.isascii() and (has_rtl(text) or any("٠" <= c <= "٩" or "۰" <= c <= "۹" for c in text))


def number_form(word: str, now: datetime, settings: WhenSettings) -> Due | None:
    """A follow-up word that has a number in it (without the slash), in digits of any script; None: is none.

    ``2d 3w 1mo 4h 30m 3wd 0d``, ``1y6mo``, ``17 5pm 9:30 0930``, ``1dec 1azar``, ``۵شنبه``,
    ``12-01 2026-12-01 1405-09-12``.
    Raises ``WhenRefused`` for what has the form but is wrong: 31 February, ``5m``, a day that is past.
    """
    text = compact(word)
    digits = _leading_digits(text)
    if not digits:
        return None
    clock = read_clock(text)
    if clock is not None:
        today = local_now(now, settings).date()
        return None if may_be_year(text, today) else next_clock(clock, now, settings)
    rest = text[len(digits) :]
    weekday = numbered_weekday(text)
    if weekday:
        return day_due(weekday, None, now, settings)
    if rest in UNITS:
        return after(int(digits[:_DIGITS_TOO_MANY]), UNITS[rest], now, settings, text)
    if _SEVERAL.fullmatch(text):
        return _several(text, now, settings)
    if rest[:1].isalpha():
        return _month_form(digits, rest, now, settings, text)
    day = date_form(text, now, settings, persian=is_persian(word))
    if day is None:
        return None
    if is_yearless(text):
        not_just_over(
            day, "jalali" if is_persian(word) else "gregorian", local_now(now, settings).date(), text
        )
    return checked(Due(day), now, settings, text)


# --- after so long ------------------------------------------------------------------------------------------


def after(n: int, unit: str, now: datetime, settings: WhenSettings, text: str) -> Due:
    """``n`` of a ``UNITS`` value from now. Minutes and hours give a time, the rest a day.

    Raises ``WhenRefused``: nothing at all (``0h``), under ten minutes (months were meant), absurdly far.
    """
    if unit in ("m", "h"):
        return after_minutes(n * 60 if unit == "h" else n, now, settings, text)
    return checked(Due(later(local_now(now, settings).date(), n, unit, settings, text)), now, settings, text)


def _several(text: str, now: datetime, settings: WhenSettings) -> Due | None:
    """``1y6mo``, ``2h30m``; None: no amounts that follow one another."""
    # Imported here: few lines have one.
    from tuicrm.domain.when_phrases import parse

    try:
        return parse(text, now, settings, past=False)
    except WhenRefused as refused:
        if refused.code == "when_unknown":
            return None
        raise


def later(day: date, n: int, unit: str, settings: WhenSettings, text: str) -> date:
    """``n`` of a ``UNITS`` value that counts days after ``day``. Raises ``WhenRefused`` as ``after`` does."""
    if n == 0 and unit not in ("d", "wd"):
        raise WhenRefused("when_amount_zero", text=text)
    # Checked before anything is counted: four digits of years or working days lead out of the calendar.
    if n > YEARS_MOST * {"d": 366, "w": 53, "mo": 12, "jmo": 12, "y": 1, "jy": 1, "wd": 366}[unit]:
        raise WhenRefused("when_too_far", text=text, years=YEARS_MOST)
    if unit == "wd":
        return add_working_days(day, n, settings.calendar)
    if unit in ("d", "w"):
        return day + timedelta(days=n if unit == "d" else 7 * n)
    calendar: Calendar = "jalali" if unit in ("jmo", "jy") else "gregorian"
    return add_months(day, n * 12 if unit in ("y", "jy") else n, calendar)


def after_minutes(
    n: int, now: datetime, settings: WhenSettings, text: str, *, least: int = MINUTES_LEAST, up: bool = False
) -> Due:
    """``n`` minutes from now, ``least`` or more, from 30 on rounded down to five on the clock, or ``up``."""
    if n < least:
        code = "when_minutes_few" if n else "when_amount_zero"
        raise WhenRefused(code, text=text, **({"n": n} if n else {}))
    if n > YEARS_MOST * 366 * 24 * 60:
        raise WhenRefused("when_too_far", text=text, years=YEARS_MOST)
    # Added in UTC: across a change of clocks 30 minutes are 30 minutes.
    moment = now.astimezone(UTC) + timedelta(minutes=n)
    local = local_now(moment, settings)
    # Of an hour that clocks show twice the first one counts; when that is over, what comes behind both.
    second = local
    while second.fold:
        moment += timedelta(minutes=5 - second.minute % 5)
        second = local_now(moment, settings)
    if second is not local:
        return Due(second.date(), second.time())
    if n >= MINUTES_ROUNDED:
        local += timedelta(minutes=-local.minute % 5 if up else -(local.minute % 5))
    return Due(local.date(), local.time())


# --- dates --------------------------------------------------------------------------------------------------


def yearless(month: int, day: int, calendar: Calendar, today: date, text: str, *, past: bool = False) -> date:
    """The next such day, or with ``past`` the last, today included. ``WhenRefused`` when that year has none.

    29 February before a year that has none is refused, not moved to one that has.
    """
    year, *rest = (today.year, today.month, today.day) if calendar == "gregorian" else to_jalali(today)
    if past:
        year -= int((month, day) > tuple(rest))
    else:
        year += int((month, day) < tuple(rest))
    return day_of(year, month, day, text)


def not_just_over(coming: date, calendar: Calendar, today: date, text: str) -> date:
    """A day that was said without its year, unless it has just passed: nobody who types the 20th on the 22nd means
    the year to come. ``WhenRefused`` then."""
    over = add_months(coming, -12, calendar)
    if timedelta() < today - over < PASSED_LATELY:
        raise WhenRefused("when_day_passed", text=text, on=over, next=coming)
    return coming


def day_of(year: int, month: int, day: int, text: str) -> date:
    """That day, in the calendar that the year tells; ``WhenRefused`` when there is none."""
    try:
        return make_date(year, month, day)
    except (ValueError, OverflowError):
        raise WhenRefused("when_no_such_day", text=text) from None


def _month_form(digits: str, rest: str, now: datetime, settings: WhenSettings, text: str) -> Due | None:
    """``1dec`` and ``1dec2026``; None: no month."""
    name = rest.rstrip("0123456789")
    year = rest[len(name) :]
    if name not in MONTH_WORDS or len(digits) > 2 or len(year) not in (0, 4):
        return None
    calendar, month = MONTH_WORDS[name]
    if year:
        day = named_day(int(year), month, int(digits), calendar, text)
    else:
        today = local_now(now, settings).date()
        day = not_just_over(yearless(month, int(digits), calendar, today, text), calendar, today, text)
    return checked(Due(day), now, settings, text)


def named_day(year: int, month: int, day: int, calendar: Calendar, text: str) -> date:
    """A day of a named month; ``WhenRefused`` when month and year are of different calendars."""
    if (year < JALALI_BEFORE) != (calendar == "jalali"):
        raise WhenRefused("when_no_such_day", text=text)
    return day_of(year, month, day, text)


def date_form(
    text: str, now: datetime, settings: WhenSettings, *, persian: bool, past: bool = False
) -> date | None:
    """``12-01 2026-12-01 1405/9/12 1.12.2026`` (compact) as a date, past ones too; None: is none.

    Two numbers follow the order of the settings and are Jalali when ``persian``. Raises ``WhenRefused`` for a
    day that does not exist, a year of two digits, an order that nothing tells.
    """
    sign = text[len(_leading_digits(text)) :][:1]
    parts = text.split(sign) if sign and sign in "-/." else []
    lengths = [len(part) for part in parts]
    if not all(part.isdigit() and part.isascii() for part in parts):
        return None
    if len(parts) == 2 and sign != "." and max(lengths) <= 2:
        month, day = _in_order(int(parts[0]), int(parts[1]), settings)
        calendar: Calendar = "jalali" if persian else "gregorian"
        return yearless(month, day, calendar, local_now(now, settings).date(), text, past=past)
    if len(parts) != 3 or max(lengths[1], min(lengths[0], lengths[2])) > 2:
        return None
    numbers = [int(part) for part in parts]
    if lengths[0] == 4:
        return day_of(numbers[0], numbers[1], numbers[2], text)
    if lengths[2] == 4:
        return day_of(numbers[2], *_year_last(numbers[0], numbers[1], settings, text), text)
    raise WhenRefused("when_year_short", text=text)


def is_yearless(text: str) -> bool:
    """Whether a ``date_form`` has a day and a month alone."""
    return sum(char in "-/." for char in text) == 1


def _in_order(first: int, second: int, settings: WhenSettings) -> tuple[int, int]:
    """(month, day) of two numbers by the order of the settings."""
    return (second, first) if settings.date_order == "dmy" else (first, second)


def _year_last(first: int, second: int, settings: WhenSettings, text: str) -> tuple[int, int]:
    """(month, day) of a date that ends with its year. Where the year comes first by custom, only a number
    above 12 tells which of the two is the day.
    """
    if settings.date_order == "ymd":
        if first <= 12 and second <= 12 and first != second:
            raise WhenRefused("when_order_unclear", text=text)
        return (second, first) if first > 12 else (first, second)
    return _in_order(first, second, settings)


# --- what was -----------------------------------------------------------------------------------------------


def past_moment(word: str, now: datetime, settings: WhenSettings) -> datetime | None:
    """When a call was (UTC), from the word behind the minus: ``9:40 9.40 940``, ``30m 2h 1d``, ``1d9.40``, ``دیروز۱۰``.

    A clock time later than now was yesterday's; None: no such form. Raises ``WhenRefused`` for one less than
    an hour ahead (a slip), a time that no day has, and what is more than a year ago.
    """
    text = compact(word)
    days = past_days(word)
    if days is not None:
        return _days_ago(*days, now, settings, text)
    digits = _leading_digits(text)
    rest = text[len(digits) :]
    unit = UNITS.get(rest)
    if not digits:
        return None
    if unit in ("m", "h"):
        return _ago(timedelta(minutes=int(digits[:_DIGITS_TOO_MANY]) * (60 if unit == "h" else 1)), now, text)
    if rest:
        return _past_clock(text, now, settings)
    if len(digits) not in (3, 4):
        return None
    try:
        return _past_clock(f"{digits[:-2]}:{digits[-2:]}", now, settings)
    except WhenRefused as refused:
        # Without a sign between, what is no time (-975) is a number in a note.
        if refused.code == "when_no_such_time":
            return None
        raise


def past_days(word: str) -> tuple[int, str] | None:
    """How many days ago a word says (``2d 1w ۲روز yesterday دیروز``), and what is glued to it: a time, or ``""``."""
    text = compact(word)
    digits = _leading_digits(text)
    rest = text[len(digits) :]
    name = "".join(takewhile(str.isalpha, rest))
    if digits:
        each = _PAST_UNITS.get(UNITS.get(name, ""))
        return (int(digits[:_DIGITS_TOO_MANY]) * each, rest[len(name) :]) if each is not None else None
    # Imported here: only a word without a number needs it.
    from tuicrm.domain.when_lexicon import PAST_DAYS

    return (PAST_DAYS[name], rest[len(name) :]) if name in PAST_DAYS else None


def _ago(span: timedelta, now: datetime, text: str) -> datetime:
    if span > PAST_MOST:
        raise WhenRefused("when_past_too_far", text=text, days=PAST_MOST.days)
    return now.astimezone(UTC) - span


def _days_ago(
    days: int, clock_text: str, now: datetime, settings: WhenSettings, text: str
) -> datetime | None:
    """That many days ago, at the same time or at ``clock_text``; None: what follows the ``d`` is no time."""
    clock = read_clock(clock_text) if clock_text else None
    if clock_text and clock is None:
        return None
    _ago(timedelta(days=days), now, text)
    local = local_now(now, settings) - timedelta(days=days)
    moment = datetime.combine(local.date(), clock or local.time(), tzinfo=settings.zone).astimezone(UTC)
    if moment > now:
        raise WhenRefused("when_not_yet", text=text)
    return moment


def _past_clock(text: str, now: datetime, settings: WhenSettings) -> datetime | None:
    clock = read_clock(text)
    if clock is None:
        return None
    today = datetime.combine(local_now(now, settings).date(), clock, tzinfo=settings.zone)
    moment = today.astimezone(UTC)
    if moment <= now:
        return moment
    if moment - now < _HOUR:
        raise WhenRefused("when_not_yet", text=text)
    return (today - timedelta(days=1)).astimezone(UTC)


def duration_s(word: str) -> int | None:
    """Seconds of a call, from the word behind ``=``: ``4 4m`` minutes, ``3:40``, ``1:02:00``, ``90s``, ``1h30``.

    None: is none. Raises ``WhenRefused``: above 180 without a colon (a slip, or seconds), above a day, 75 seconds.
    """
    text = compact(word)
    in_units = _in_units(text)
    if in_units is not None:
        return in_units
    parts = text.replace(".", ":").split(":")
    if len(parts) > 3 or not all(map(_number, parts)):
        return None
    if "." in text or any(len(part) != 2 for part in parts[1:]) or max(int(part) for part in parts[1:]) > 59:
        raise WhenRefused("when_duration_wrong", text=text)
    total = 0
    for part in parts:
        total = total * 60 + int(part[:_DIGITS_TOO_MANY])
    if total > _DAY_S:
        raise WhenRefused("when_duration_wrong", text=text)
    return total


def _in_units(text: str) -> int | None:
    """Seconds said by a unit: ``4``, ``4min``, ``1h30m``, ``90s``, ``۲ساعت``; None: said otherwise, or not at all."""
    found = _SPAN.fullmatch(text)
    if found is None:
        return None
    number, name, more, least = found.groups()
    unit = "s" if name in SECONDS else UNITS.get(name or "m")
    if unit not in ("s", "m", "h") or (least and UNITS.get(least) != "m") or (more and unit != "h"):
        return None
    if more and int(more) > 59:
        raise WhenRefused("when_duration_wrong", text=text)
    if len(number) > _DIGITS_MOST or (unit == "m" and int(number) > DURATION_MOST):
        raise WhenRefused("when_duration_long", text=text, minutes=DURATION_MOST)
    total = int(number) * {"s": 1, "m": 60, "h": 3600}[unit] + int(more or 0) * 60
    if total > _DAY_S:
        raise WhenRefused("when_duration_wrong", text=text)
    return total


def _number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _leading_digits(text: str) -> str:
    """ASCII digits at the start. ``str.isdigit`` alone takes signs (``፩``) that ``int`` refuses."""
    return text[: len(text) - len(text.lstrip("0123456789"))]
