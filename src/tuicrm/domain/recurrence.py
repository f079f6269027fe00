"""What repeats, as a rule: RFC 5545 text, Jalali months and years by RFC 7529 (``RSCALE=PERSIAN``).

Its dates are in ``recurrence_dates``; how people write it in ``recurrence_words``; ``tuicrm.repeats`` says it.
Own, not dateutil: that knows no Jalali month, costs 20 ms to import, and a rule read here is read by one grammar
only. Tests hold this against dateutil and persiantools.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

from tuicrm.domain.calendars import Calendar, month_length, parts
from tuicrm.domain.record import record, replace

FREQUENCIES: Final = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LONGEST: Final = 500
"""Characters of a rule that a person's calendar may have, beside the dates that are left out."""
LEFT_OUT_MOST: Final = 100
"""Dates of a series that are left out, the last ones: so many are kept with its rule."""

_DAY: Final = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
_UNTIL: Final = re.compile(r"(\d{8})(?:[T ](\d{2})(\d{2})(\d{2})?(?:\.\d+)?(Z|[+-]\d{4})?)?", re.ASCII)
_AFTER: Final = "X-FROM"
"""Our own part of a rule: ``X-FROM=DONE`` counts from the day the last one was done."""
_NOT: Final = "X-NOT"
"""Another: ``X-NOT=20261224,20261231`` leaves these dates of the series out, as ``EXDATE`` does in a calendar."""
_CALENDARS: Final[Mapping[str, Calendar]] = {"GREGORIAN": "gregorian", "PERSIAN": "jalali"}
_KNOWN: Final = frozenset(
    ("FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST", "RSCALE", "SKIP")
) | {_AFTER, _NOT}  # fmt: skip


@record
class Rule:
    """One rule. ``until``: local to the series, None without end. ``days``: (ordinal or 0, weekday; Monday is 0).

    ``month_days`` and ordinals are negative from the end. ``places`` choose among the days of one period.
    ``after_done``: the next is so long after the last was done, instead of the series' own next date. ``left_out``:
    dates of the series on which it is not, in order.
    """

    frequency: str
    interval: int = 1
    count: int | None = None
    until: datetime | None = None
    days: tuple[tuple[int, int], ...] = ()
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    places: tuple[int, ...] = ()
    week_start: int = 0
    calendar: Calendar = "gregorian"
    after_done: bool = False
    left_out: tuple[date, ...] = ()

    @property
    def plain(self) -> bool:
        """Whether it says only how often: what days these are is told by its first date."""
        return not (self.days or self.month_days or self.months or self.places)


def parse(text: str, zone: tzinfo | None = None) -> Rule | None:
    """The rule in a text such as ``FREQ=WEEKLY;BYDAY=MO``; None for one that is not understood wholly.

    ``zone``: the clock of the series, for an end that is given in UTC.
    """
    said: Mapping[str, str] = {
        key.strip().upper(): value.strip().upper()
        for key, _, value in (part.partition("=") for part in text.split(";") if part.strip())
    }
    if (
        len(text) > LONGEST + 9 * LEFT_OUT_MOST
        or not said.keys() <= _KNOWN
        or said.get("FREQ") not in FREQUENCIES
    ):
        return None
    try:
        rule = Rule(
            frequency=said["FREQ"],
            interval=max(1, int(said.get("INTERVAL", "1"))),
            count=int(said["COUNT"]) if "COUNT" in said else None,
            until=_until(said["UNTIL"], zone) if "UNTIL" in said else None,
            days=tuple(_day(each) for each in said.get("BYDAY", "").split(",") if each),
            month_days=_numbers(said.get("BYMONTHDAY", "")),
            months=_numbers(said.get("BYMONTH", "")),
            places=_numbers(said.get("BYSETPOS", "")),
            week_start=WEEKDAYS.index(said.get("WKST", "MO")),
            calendar=_CALENDARS[said.get("RSCALE", "GREGORIAN")],
            after_done=said.get(_AFTER) == "DONE",
            left_out=_left_out(said.get(_NOT, "")),
        )
    except (ValueError, KeyError, OverflowError):
        return None
    return rule if _allowed(rule, said) else None


def _allowed(rule: Rule, said: Mapping[str, str]) -> bool:
    """What the standards leave out, and what would be read otherwise than it was meant."""
    if said.get("SKIP", "OMIT") != "OMIT" or (rule.frequency == "WEEKLY" and rule.month_days):
        return False
    return said.get(_AFTER, "DONE") == "DONE" and (rule.plain or not rule.after_done)


def _until(text: str, zone: tzinfo | None) -> datetime:
    """The last moment of a series on its own clock; a day counts to its end. ``ValueError`` for none."""
    found = _UNTIL.fullmatch(re.sub(r"(?<=\d)[-:](?=\d\d(?!\d{2}$))", "", text))
    if found is None:
        raise ValueError(text)
    day = datetime.strptime(found[1], "%Y%m%d").date()  # noqa: DTZ007
    if found[2] is None:
        return datetime.combine(day, time()) + timedelta(days=1, seconds=-1)
    clock = time(int(found[2]) % 24, int(found[3]), min(59, int(found[4] or 0)))
    moment = datetime.combine(day, clock)
    if not found[5] or zone is None:
        return moment
    ahead = timedelta()
    if found[5] != "Z":
        ahead = timedelta(hours=int(found[5][1:3]), minutes=int(found[5][3:])) * (
            -1 if found[5][0] == "-" else 1
        )
    return (moment - ahead).replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)


def _left_out(text: str) -> tuple[date, ...]:
    """Dates in order. ``ValueError`` for what is none."""
    days = {datetime.strptime(each, "%Y%m%d").date() for each in text.split(",") if each}  # noqa: DTZ007
    return tuple(sorted(days))[-LEFT_OUT_MOST:]


def without(rule: Rule, days: Iterable[date]) -> Rule:
    """The rule with these dates left out of its series, beside those that are already."""
    return replace(rule, left_out=tuple(sorted({*rule.left_out, *days}))[-LEFT_OUT_MOST:])


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(each) for each in text.split(",") if each)


def _day(text: str) -> tuple[int, int]:
    found = _DAY.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    return int(found[1] or 0), WEEKDAYS.index(found[2])


def text(rule: Rule, *, own: bool = True) -> str:
    """The rule as it is stored. ``own``: with the parts that only this program knows."""
    said: dict[str, object] = {
        "RSCALE": "PERSIAN" if rule.calendar == "jalali" else "",
        "FREQ": rule.frequency,
        "INTERVAL": rule.interval if rule.interval != 1 else "",
        "BYMONTH": _listed(rule.months),
        "BYMONTHDAY": _listed(rule.month_days),
        "BYDAY": ",".join(f"{nth or ''}{WEEKDAYS[weekday]}" for nth, weekday in rule.days),
        "BYSETPOS": _listed(rule.places),
        "WKST": WEEKDAYS[rule.week_start] if rule.week_start else "",
        "COUNT": "" if rule.count is None else rule.count,
        "UNTIL": _ends(rule.until),
        _AFTER: "DONE" if rule.after_done and own else "",
    }
    own_dates = [left_out(rule)] if rule.left_out and own else []
    return ";".join([*(f"{key}={value}" for key, value in said.items() if value != ""), *own_dates])


def left_out(rule: Rule) -> str:
    """The part of a stored rule that names the dates which are left out."""
    return f"{_NOT}={','.join(f'{day:%Y%m%d}' for day in rule.left_out)}"


def _listed(numbers: tuple[int, ...]) -> str:
    return ",".join(map(str, numbers))


def _ends(until: datetime | None) -> str:
    if until is None:
        return ""
    return f"{until:%Y%m%d}" if until.time() == time(23, 59, 59) else f"{until:%Y%m%dT%H%M%S}"


def anchored(rule: Rule, on: date) -> Rule:
    """The rule with the days that its first date tells, so that moving one promise does not move those behind it.

    A day that not every month has is the last one of a shorter month: 31 January, then 28 February; 29 February is
    28 February in a year without it, 30 Esfand is 29 Esfand.
    """
    if not rule.plain or rule.after_done or rule.frequency == "DAILY":
        return rule
    if rule.frequency == "WEEKLY":
        return replace(rule, days=((0, on.weekday()),))
    _, month, number = parts(on, rule.calendar)
    if rule.frequency == "MONTHLY":
        return on_day(rule, number)
    return in_month(rule, month, number)


def on_day(rule: Rule, number: int) -> Rule:
    """On that day of every month; 31 is the last one."""
    if number >= 31:
        return replace(rule, month_days=(-1,))
    shortest = 28 if rule.calendar == "gregorian" else 29
    return _up_to(rule, shortest, number)


def in_month(rule: Rule, month: int, number: int) -> Rule:
    """On that day of a month of every year. ``ValueError`` when no year has it."""
    shortest, longest = _lengths(month, rule.calendar)
    if not 1 <= number <= longest:
        raise ValueError(number)
    return replace(_up_to(rule, shortest, number), months=(month,))


def _up_to(rule: Rule, shortest: int, number: int) -> Rule:
    if number <= shortest:
        return replace(rule, month_days=(number,))
    return replace(rule, month_days=tuple(range(shortest, number + 1)), places=(-1,))


def _lengths(month: int, calendar: Calendar) -> tuple[int, int]:
    """Days of that month in a common and in a leap year."""
    common, leap = (2023, 2024) if calendar == "gregorian" else (1402, 1403)
    return month_length(common, month, calendar), month_length(leap, month, calendar)


def the_day(rule: Rule) -> int | None:
    """The one day of the month that a rule names, ``-1`` for the last; None when it names none or several."""
    days = rule.month_days
    if rule.places == (-1,) and days == tuple(range(days[0], days[-1] + 1)) and days[0] >= 28:
        return days[-1]
    return days[0] if len(days) == 1 and not rule.places else None
