"""Reads ``[calendar]`` of a process file: hours of work, holidays of both calendars, when people may be called.

A day of the holidays is ``"2026-12-25"`` (a year below 1700 is Jalali), or ``"25 december"`` and ``"13 farvardin"`` for
every year; ``"... to ..."`` is all days between two of a kind, both of them too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from tuicrm.domain.calendars import from_jalali, gregorian_iso, to_jalali
from tuicrm.domain.fold import glued, with_ascii_digits
from tuicrm.domain.process_toml import Reading, table_values
from tuicrm.domain.process_values import Bad, Rule, some_of, want_days, want_text
from tuicrm.domain.when_words import MONTH_WORDS
from tuicrm.domain.worktime import DAYS, HOLIDAYS, Calendar, Holiday, Spans, is_working_day, working_week

_YEARS: Final = range(1900, 2200)
_DAYS_MOST: Final = 366
"""Of one holiday; and nobody is without a working day for longer."""
_LEAP: Final = {"gregorian": 2024, "jalali": 1403}
"""A year with all its days: those of every year are counted in it."""

_SPAN: Final = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)\s*[-–]\s*([01]?\d|2[0-4]):([0-5]\d)")

YearlyDay = tuple[str, int, int]
"""(calendar, month, day)"""


def want_hours(value: Any) -> Any:
    """``"09:00-12:30, 13:30-17:00"``: spans of one day in order, apart from each other; ``""`` is none at all."""
    bad = Bad("process_want_hours", {"value": str(value)})
    if not isinstance(value, str):
        return bad
    found: list[tuple[int, int]] = []
    for part in with_ascii_digits(value).replace("،", ",").split(",") if value.strip() else ():
        span = _SPAN.fullmatch(part.strip())
        if span is None:
            return bad
        start, end = int(span[1]) * 60 + int(span[2]), int(span[3]) * 60 + int(span[4])
        if not (found[-1][1] if found else 0) <= start < end <= 24 * 60:
            return bad
        found.append((start, end))
    return tuple(found)


def want_some_hours(value: Any) -> Any:
    """As ``want_hours``, one span at least."""
    return want_hours(value) or Bad("process_want_hours", {"value": str(value)})


RULES: Final[Mapping[str, Rule]] = {
    "hours": want_some_hours,
    "days": want_days,
    "calls": want_some_hours,
    "no_calls": some_of(*DAYS, HOLIDAYS),
    **dict.fromkeys(DAYS, want_hours),
}
_HOLIDAY_RULES: Final[Mapping[str, Rule]] = {"name": want_text, "hours": want_some_hours}


def read_calendar(raw: Mapping[str, Any], reading: Reading) -> Calendar:
    """The calendar of a file; what is wrong becomes problems of the reading."""
    table = raw.get("calendar", {})
    if not isinstance(table, dict):
        reading.wrong(reading.lines.of("calendar"), "process_want_table", section="calendar")
        return Calendar()
    plain = {key: value for key, value in table.items() if key != HOLIDAYS}
    values = table_values(plain, "calendar", 0, RULES, reading)
    own: dict[str, Spans] = {day: values.pop(day) for day in DAYS if day in values}
    holidays, jalali = _holidays(table.get(HOLIDAYS, {}), reading)
    found = Calendar(**values, own_hours=own, holidays=holidays, jalali_holidays=jalali)
    if not reading.problems:
        _check(found, reading)
    return found


# --- holidays -----------------------------------------------------------------------------------------------


def _holidays(table: Any, reading: Reading) -> tuple[dict[str, Holiday], dict[str, Holiday]]:
    """(Gregorian and single ones, those of every Jalali year), as ``Calendar`` keeps them."""
    holidays: dict[str, Holiday] = {}
    jalali: dict[str, Holiday] = {}
    if not isinstance(table, dict):
        reading.wrong(_line("", reading), "process_want_table", section="calendar.holidays")
        return holidays, jalali
    for text, value in table.items():
        line = _line(text, reading)
        days, told = _days(text), _holiday(value)
        for bad in (days, told):
            if isinstance(bad, Bad):
                reading.wrong(line, bad.code, **{"key": text, **bad.params})
        if isinstance(days, Bad) or isinstance(told, Bad):
            continue
        kind, keys = days
        known = jalali if kind == "jalali" else holidays
        twice = next((key for key in keys if key in known), None)
        if twice is not None:
            reading.wrong(line, "process_holiday_twice", key=text, other=known[twice].name)
        known.update(dict.fromkeys(keys, told))
    return holidays, jalali


def _line(text: str, reading: Reading) -> int:
    return reading.lines.of("calendar.holidays", 0, text) or reading.lines.of("calendar", 0, HOLIDAYS)


def _holiday(value: Any) -> Holiday | Bad:
    """A name, or a table of ``name`` and ``hours`` that are worked all the same."""
    bad = Bad("process_want_holiday")
    values = value if isinstance(value, dict) else {"name": value}
    if "name" not in values or not values.keys() <= _HOLIDAY_RULES.keys():
        return bad
    read = {key: _HOLIDAY_RULES[key](given) for key, given in values.items()}
    refused = next((found for found in read.values() if isinstance(found, Bad)), None)
    if refused is not None:
        return bad if refused.code == "process_want_text" else refused
    return Holiday(**read)


def _days(text: str) -> tuple[str, list[str]] | Bad:
    """The days of one line: of which kind they are (``once``, ``gregorian``, ``jalali``), and their keys."""
    ends = [_day(part) for part in re.split(r"\s+(?:to|تا)\s+", text.strip())]
    first, last = ends[0], ends[-1]
    bad = Bad("process_want_day", {"value": text})
    if len(ends) > 2:
        return bad
    if isinstance(first, date) and isinstance(last, date):
        count = (last - first).days + 1
        keys = [(first + timedelta(days=n)).isoformat() for n in range(count)]
        return ("once", keys) if 1 <= count <= _DAYS_MOST else bad
    if isinstance(first, tuple) and isinstance(last, tuple) and first[0] == last[0]:
        return first[0], _yearly_keys(first, last)
    return bad


def _day(text: str) -> date | YearlyDay | None:
    """A date, or a day of every year; None: neither."""
    try:
        found = date.fromisoformat(gregorian_iso(text))
        return found if found.year in _YEARS else None
    except ValueError:
        pass
    number, _, name = with_ascii_digits(text.strip()).partition(" ")
    calendar, month = MONTH_WORDS.get(glued(name), ("", 0))
    if not calendar or not re.fullmatch(r"[0-9]{1,2}", number):
        return None
    try:
        _in_year(_LEAP[calendar], (calendar, month, int(number)))
    except ValueError:
        return None
    return calendar, month, int(number)


def _in_year(year: int, day: YearlyDay) -> date:
    calendar, month, number = day
    return date(year, month, number) if calendar == "gregorian" else from_jalali(year, month, number)


def _yearly_keys(first: YearlyDay, last: YearlyDay) -> list[str]:
    """Keys of the days from one to the other, over the end of the year if need be; a leap day that lies between too."""
    leap = _LEAP[first[0]]
    over = last[1:] < first[1:]
    # From the end of a leap Jalali year into the next; from a year into a leap Gregorian one, for 29 February.
    begin = leap - 1 if over and first[0] == "gregorian" else leap
    start = _in_year(begin, first)
    count = (_in_year(begin + int(over), last) - start).days + 1
    keys = []
    for n in range(count):
        day = start + timedelta(days=n)
        _, month, number = to_jalali(day) if first[0] == "jalali" else (0, day.month, day.day)
        keys.append(f"{month:02}-{number:02}" if first[0] == "jalali" else f"--{month:02}-{number:02}")
    return keys


# --- the whole ----------------------------------------------------------------------------------------------


def _check(calendar: Calendar, reading: Reading) -> None:
    """A calendar under which nothing could ever fall due, or nobody be called, is refused."""
    line = reading.lines.of("calendar")
    if not working_week(calendar) or _longest_rest(calendar) > _DAYS_MOST:
        reading.wrong(line, "process_no_work")
    if set(DAYS) <= calendar.no_calls:
        reading.wrong(reading.lines.of("calendar", 0, "no_calls"), "process_no_calls")


def _longest_rest(calendar: Calendar) -> int:
    """Days from one working day to the next at most, over all years that the holidays name."""
    years = {int(key[:4]) for key in calendar.holidays if key[0] != "-"} | {_LEAP["gregorian"]}
    longest = 0
    for year in years:
        rest = 0
        for n in range(2 * _DAYS_MOST):
            rest = 0 if is_working_day(date(year, 1, 1) + timedelta(days=n), calendar) else rest + 1
            longest = max(longest, rest)
    return longest
