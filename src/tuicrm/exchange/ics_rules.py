"""Recurrence rules (RFC 5545): when something that repeats is next. Own, because no dependency at run time has it."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from tuicrm.domain.record import record

_WEEKDAYS: Final = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
_DAY: Final = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
_PERIODS: Final = 1_500
"""Periods that are looked at from a moment on: daily for four years, so that a leap day is found."""
_COUNTED: Final = 2_000
"""Periods of a series that is counted from its beginning."""
_LONGEST: Final = 500
"""Characters of a rule that a person's calendar may have."""
_FREQUENCIES: Final = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_KNOWN: Final = frozenset(
    ("FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST")
)


@record
class Rule:
    """One rule. ``until``: local to the series, None without end. ``days``: (ordinal or 0, weekday)."""

    frequency: str
    interval: int
    count: int | None
    until: datetime | None
    days: tuple[tuple[int, int], ...]
    month_days: tuple[int, ...]
    months: tuple[int, ...]
    places: tuple[int, ...]
    week_start: int


def parse(text: str, until: datetime | None) -> Rule | None:
    """The rule in a text such as ``FREQ=WEEKLY;BYDAY=MO``; None for one that is not understood wholly.

    ``until``: its end, as the caller reads it (it knows zones).
    """
    parts: Mapping[str, str] = {
        key.strip().upper(): value.strip().upper()
        for key, _, value in (part.partition("=") for part in text.split(";") if part.strip())
    }
    if len(text) > _LONGEST or not parts.keys() <= _KNOWN or parts.get("FREQ") not in _FREQUENCIES:
        return None
    try:
        rule = Rule(
            frequency=parts["FREQ"],
            interval=max(1, int(parts.get("INTERVAL", "1"))),
            count=int(parts["COUNT"]) if "COUNT" in parts else None,
            until=until if "UNTIL" in parts else None,
            days=tuple(_day(each) for each in parts.get("BYDAY", "").split(",") if each),
            month_days=_numbers(parts.get("BYMONTHDAY", "")),
            months=_numbers(parts.get("BYMONTH", "")),
            places=_numbers(parts.get("BYSETPOS", "")),
            week_start=_WEEKDAYS[parts.get("WKST", "MO")],
        )
    except (ValueError, KeyError):
        return None
    return None if "UNTIL" in parts and until is None else rule


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(each) for each in text.split(",") if each)


def _day(text: str) -> tuple[int, int]:
    found = _DAY.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    return int(found[1] or 0), _WEEKDAYS[found[2]]


def occurrences(rule: Rule, start: datetime, since: datetime | None = None) -> Iterator[datetime]:
    """The moments of a series that begins at ``start`` (naive, local to it), in order.

    ``since``: those before need not be told; without a count they are not even looked for.
    """
    each_has_one = rule.frequency in ("DAILY", "WEEKLY") and not (rule.days or rule.months or rule.month_days)
    can_skip = since is not None and (rule.count is None or (each_has_one and not rule.places))
    first = _periods_before(rule, start, since) if can_skip and since is not None else 0
    many = first
    for period in range(first, first + (_PERIODS if rule.count is None else _COUNTED)):
        days = _days(rule, start.date(), period)
        if days is None:
            return
        for day in days:
            moment = datetime.combine(day, start.time())
            if moment < start:
                continue
            if rule.until is not None and moment > rule.until:
                return
            many += 1
            if rule.count is not None and many > rule.count:
                return
            if since is None or moment >= since:
                yield moment


def _periods_before(rule: Rule, start: datetime, since: datetime) -> int:
    """Periods that are surely over at ``since``."""
    days = (since - start).days
    length = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 31, "YEARLY": 366}[rule.frequency]
    return max(0, days // (length * rule.interval) - 2)


def _days(rule: Rule, first: date, period: int) -> list[date] | None:
    """The days of the ``period``-th period, in order; None when the calendar is over."""
    try:
        if rule.frequency == "DAILY":
            days = _of_day(rule, first + timedelta(days=period * rule.interval))
        elif rule.frequency == "WEEKLY":
            days = _of_week(rule, first, period)
        elif rule.frequency == "MONTHLY":
            months = first.month - 1 + period * rule.interval
            days = _of_month(rule, first, first.year + months // 12, months % 12 + 1)
        else:
            days = _of_year(rule, first, first.year + period * rule.interval)
    except (OverflowError, ValueError):
        return None
    return _placed(rule, sorted(set(days)))


def _placed(rule: Rule, days: list[date]) -> list[date]:
    if not rule.places:
        return days
    kept = {days[n - 1 if n > 0 else n] for n in rule.places if n and -len(days) <= n <= len(days)}
    return sorted(kept)


def _of_day(rule: Rule, day: date) -> list[date]:
    if rule.months and day.month not in rule.months:
        return []
    if rule.days and day.weekday() not in {weekday for _, weekday in rule.days}:
        return []
    last = monthrange(day.year, day.month)[1]
    if rule.month_days and day.day not in rule.month_days and day.day - last - 1 not in rule.month_days:
        return []
    return [day]


def _of_week(rule: Rule, first: date, period: int) -> list[date]:
    begins = first - timedelta(days=(first.weekday() - rule.week_start) % 7)
    begins += timedelta(weeks=period * rule.interval)
    wanted = {weekday for _, weekday in rule.days} or {first.weekday()}
    days = [begins + timedelta(days=n) for n in range(7)]
    return [day for day in days if day.weekday() in wanted and (not rule.months or day.month in rule.months)]


def _of_month(rule: Rule, first: date, year: int, month: int) -> list[date]:
    if rule.months and month not in rule.months:
        return []
    last = monthrange(year, month)[1]
    wanted = rule.month_days or (() if rule.days else (first.day,))
    by_number = {n if n > 0 else last + 1 + n for n in wanted}
    days = [date(year, month, n) for n in sorted(by_number) if 1 <= n <= last]
    if not rule.days:
        return days
    named = _named(rule, date(year, month, 1), date(year, month, last))
    return [day for day in named if not by_number or day in days]


def _of_year(rule: Rule, first: date, year: int) -> list[date]:
    if rule.months or rule.month_days:
        months = rule.months or tuple(range(1, 13))
        return [day for month in months for day in _of_month(rule, first, year, month)]
    if rule.days:
        return _named(rule, date(year, 1, 1), date(year, 12, 31))
    last = monthrange(year, first.month)[1]
    return [date(year, first.month, first.day)] if first.day <= last else []


def _named(rule: Rule, begins: date, ends: date) -> list[date]:
    """The weekdays of a month or year that a rule names: every one, or the n-th, from the end for negative n."""
    found: list[date] = []
    for ordinal, weekday in rule.days:
        first = begins + timedelta(days=(weekday - begins.weekday()) % 7)
        every = [first + timedelta(weeks=n) for n in range((ends - first).days // 7 + 1)]
        if not ordinal:
            found += every
        elif -len(every) <= ordinal <= len(every):
            found.append(every[ordinal - 1 if ordinal > 0 else ordinal])
    return found
