"""The dates of a rule that repeats, in either calendar: all of them, the first, and the one behind another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import takewhile
from typing import Final

from tuicrm.domain.calendars import add_months, from_jalali, month_length, parts
from tuicrm.domain.record import record, replace
from tuicrm.domain.recurrence import Rule

_EMPTY_MOST: Final = 3_000
"""Periods without a date after which a series has none: daily for eight years, so that every leap day is found."""


@record
class Step:
    """The next date of a series. ``missed``: dates that were passed over. ``rule``: what is left of it."""

    on: date
    missed: int
    rule: Rule


def step(rule: Rule, place: date, at: time | None, *, today: date, least: date) -> Step | None:
    """The date behind ``place``, where the last one stood in the series; None: the series is over.

    It does not lie before ``least``. ``at``: the time of day of the series, for an end that has one. ``today``: when
    the last one was done, from which ``after_done`` counts. Dates that were passed over count towards ``COUNT``, and so
    do those that are left out, which nobody missed.
    """
    passed = missed = 0
    if rule.after_done:
        on = shifted(rule, today)
    else:
        endless, start = replace(rule, count=None), datetime.combine(place, at or time())
        since = datetime.combine(max(place + timedelta(days=1), least), time())
        found = (each for each in occurrences(endless, start, since) if each.date() not in rule.left_out)
        moment = next(found, None)
        on = None if moment is None else moment.date()
        if on is not None and (least > place or rule.left_out):
            passed = between(replace(rule, left_out=()), place, on)
            missed = between(rule, place, on)
    left = None if rule.count is None else rule.count - 1 - passed
    if on is None or (left is not None and left < 1) or (rule.until is not None and on > rule.until.date()):
        return None
    return Step(
        on, missed, replace(rule, count=left, left_out=tuple(day for day in rule.left_out if day > on))
    )


def between(rule: Rule, place: date, end: date) -> int:
    """How many dates of a series lie behind ``place`` and before ``end``, without those that are left out; of one that
    counts from what was done, 0."""
    if rule.after_done:
        return 0
    endless, start = replace(rule, count=None, until=None), datetime.combine(place, time())
    found = occurrences(endless, start, start + timedelta(days=1))
    return sum(each.date() not in rule.left_out for each in takewhile(lambda each: each.date() < end, found))


def shifted(rule: Rule, day: date) -> date | None:
    """``day`` and once the interval; the last day of a shorter month. None past the end of the calendar."""
    try:
        if rule.frequency in ("DAILY", "WEEKLY"):
            return day + timedelta(days=rule.interval * (7 if rule.frequency == "WEEKLY" else 1))
        return add_months(day, rule.interval * (12 if rule.frequency == "YEARLY" else 1), rule.calendar)
    except (OverflowError, ValueError):
        return None


def first(rule: Rule, today: date) -> date | None:
    """The first date of a rule for which none was named: behind today, by its days, else once the interval on."""
    if rule.plain:
        return shifted(rule, today)
    start = datetime.combine(today, time())
    # whatever the interval: it begins with the next of these days
    coming = occurrences(replace(rule, interval=1, count=None), start, start + timedelta(days=1))
    return next((moment.date() for moment in coming if moment.date() not in rule.left_out), None)


def upcoming(rule: Rule, place: date, many: int) -> list[date]:
    """Up to so many dates behind ``place``, each done on its day."""
    found: list[date] = []
    for _ in range(many):
        made = step(rule, place, None, today=place, least=place)
        if made is None:
            break
        rule, place = made.rule, made.on
        found.append(place)
    return found


def occurrences(rule: Rule, start: datetime, since: datetime | None = None) -> Iterator[datetime]:
    """The moments of a series that begins at ``start`` (naive, local to it), in order.

    ``since``: those before need not be told; without a count they are not even looked for.
    """
    each_has_one = rule.frequency in ("DAILY", "WEEKLY") and not (rule.days or rule.months or rule.month_days)
    can_skip = since is not None and (rule.count is None or (each_has_one and not rule.places))
    period = _periods_before(rule, start, since) if can_skip and since is not None else 0
    many, empty = period, 0
    while empty < _EMPTY_MOST:
        days = _days(rule, start.date(), period)
        if days is None:
            return
        period, empty = period + 1, 0 if days else empty + 1
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
        else:
            year, month, number = parts(first, rule.calendar)
            if rule.frequency == "MONTHLY":
                years, month = divmod(month - 1 + period * rule.interval, 12)
                days = _of_month(rule, number, year + years, month + 1)
            else:
                days = _of_year(rule, month, number, year + period * rule.interval)
    except (OverflowError, ValueError):
        return None
    return _placed(rule, sorted(set(days)))


def _placed(rule: Rule, days: list[date]) -> list[date]:
    if not rule.places:
        return days
    kept = {days[n - 1 if n > 0 else n] for n in rule.places if n and -len(days) <= n <= len(days)}
    return sorted(kept)


def _of_day(rule: Rule, day: date) -> list[date]:
    if not _in_months(rule, day):
        return []
    if rule.days and day.weekday() not in {weekday for _, weekday in rule.days}:
        return []
    if rule.month_days:
        year, month, number = parts(day, rule.calendar)
        behind = number - month_length(year, month, rule.calendar) - 1
        if number not in rule.month_days and behind not in rule.month_days:
            return []
    return [day]


def _in_months(rule: Rule, day: date) -> bool:
    return not rule.months or parts(day, rule.calendar)[1] in rule.months


def _of_week(rule: Rule, first: date, period: int) -> list[date]:
    begins = first - timedelta(days=(first.weekday() - rule.week_start) % 7)
    begins += timedelta(weeks=period * rule.interval)
    wanted = {weekday for _, weekday in rule.days} or {first.weekday()}
    days = [begins + timedelta(days=n) for n in range(7)]
    return [day for day in days if day.weekday() in wanted and _in_months(rule, day)]


def _of_month(rule: Rule, number: int, year: int, month: int) -> list[date]:
    """``number``: the day of the month that counts when the rule names none."""
    begins = _month_begins(rule, year, month)
    if rule.months and month not in rule.months:
        return []
    last = month_length(year, month, rule.calendar)
    wanted = rule.month_days or (() if rule.days else (number,))
    by_number = {n if n > 0 else last + 1 + n for n in wanted}
    days = [begins + timedelta(days=n - 1) for n in sorted(by_number) if 1 <= n <= last]
    if not rule.days:
        return days
    named = _named(rule, begins, begins + timedelta(days=last - 1))
    return [day for day in named if not by_number or day in days]


def _of_year(rule: Rule, month: int, number: int, year: int) -> list[date]:
    if rule.months or rule.month_days:
        months = rule.months or tuple(range(1, 13))
        return [day for each in months for day in _of_month(rule, number, year, each)]
    if rule.days:
        return _named(
            rule, _month_begins(rule, year, 1), _month_begins(rule, year + 1, 1) - timedelta(days=1)
        )
    return _of_month(rule, number, year, month)


def _month_begins(rule: Rule, year: int, month: int) -> date:
    return date(year, month, 1) if rule.calendar == "gregorian" else from_jalali(year, month, 1)


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
