"""Working time: the company's hours, holidays and quiet hours, and what follows from them. Pure.

Spans are pairs of minutes since midnight on the wall clock, ``(540, 1020)`` for 09:00 to 17:00, the end not in it, in
order and apart; 1440 is the midnight that ends the day. Instants are compared in UTC: two wall clocks of one zone say
nothing about the hour that is shown twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from tuicrm.domain.models import Due
from tuicrm.domain.record import made, record, replace

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

Span = tuple[int, int]
Spans = tuple[Span, ...]

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""Names of the days in a process file, by ``date.weekday``."""
HOLIDAYS: Final = "holidays"
"""Among the days without calls: the holidays."""
WHOLE_DAY: Final[Spans] = ((0, 24 * 60),)

_SATURDAY_TO_WEDNESDAY = frozenset({5, 6, 0, 1, 2})
_SUNDAY_TO_THURSDAY = frozenset({6, 0, 1, 2, 3})
_MONDAY_TO_FRIDAY = frozenset(range(5))
_CUSTOM_DAYS: Final = {"IR": _SATURDAY_TO_WEDNESDAY, "AF": _SATURDAY_TO_WEDNESDAY} | dict.fromkeys(
    ("BH", "DZ", "EG", "IL", "IQ", "JO", "KW", "LY", "OM", "QA", "SA", "SD", "SY", "YE"), _SUNDAY_TO_THURSDAY
)


@record
class Holiday:
    """A day on which nobody works, or (half a day) only in ``hours``."""

    name: str
    hours: Spans = ()


@record
class Calendar:
    """When the company works and when people may be called; ``[calendar]`` of the process file.

    ``holidays`` by day: ``2026-12-25``, or ``--12-25`` for every year; ``jalali_holidays`` of every Jalali year:
    ``01-13``. What is said of one year beats what holds every year.
    """

    hours: Spans = ((9 * 60, 17 * 60),)
    """Of a working day that has none of its own."""
    days: frozenset[int] = frozenset()
    """Working days, Monday is 0; empty: the custom of the country (``in_country``), else Monday to Friday."""
    own_hours: Mapping[str, Spans] = made(default_factory=dict)
    """Hours of single days by their name of ``DAYS``; without any the day is off."""
    holidays: Mapping[str, Holiday] = made(default_factory=dict)
    jalali_holidays: Mapping[str, Holiday] = made(default_factory=dict)
    calls: Spans = WHOLE_DAY
    """When people may be called, on their own clock."""
    no_calls: frozenset[str] = frozenset()
    """Days of theirs on which nobody is called: some of ``DAYS`` and ``HOLIDAYS``."""


def in_country(calendar: Calendar, region: str) -> Calendar:
    """The calendar with its working days: those of the file, else the custom of ``region`` (ISO country)."""
    days = calendar.days or _CUSTOM_DAYS.get(region.upper(), _MONDAY_TO_FRIDAY)
    return calendar if calendar.days else replace(calendar, days=days)


def working_week(calendar: Calendar) -> frozenset[int]:
    """The weekdays that have hours, Monday is 0; holidays left aside."""
    return frozenset(day for day in range(7) if _usual(day, calendar))


# --- days ---------------------------------------------------------------------------------------------------


def holiday(day: date, calendar: Calendar) -> Holiday | None:
    """What the calendar says of that one day; None: it is a day like others."""
    iso = day.isoformat()
    found = calendar.holidays.get(iso) or calendar.holidays.get(f"-{iso[4:]}")
    if found is not None or not calendar.jalali_holidays:
        return found
    # Imported here: only a calendar with Jalali holidays needs it.
    from tuicrm.domain.calendars import to_jalali

    _, month, number = to_jalali(day)
    return calendar.jalali_holidays.get(f"{month:02}-{number:02}")


def working_spans(day: date, calendar: Calendar) -> Spans:
    """The hours of one day; empty when it is off. A half holiday on a day off stays a day off."""
    usual = _usual(day.weekday(), calendar)
    special = holiday(day, calendar) if usual else None
    return usual if special is None else special.hours


def is_working_day(day: date, calendar: Calendar) -> bool:
    """Whether anybody works on that day, half days too."""
    return bool(working_spans(day, calendar))


def add_working_days(day: date, n: int, calendar: Calendar) -> date:
    """The ``n``-th working day after ``day``; for 0 the day itself, or the next working one.

    A process file without any working day is refused, so one comes.
    """
    if n <= 0:
        while not is_working_day(day, calendar):
            day += timedelta(days=1)
        return day
    for _ in range(n):
        day += timedelta(days=1)
        while not is_working_day(day, calendar):
            day += timedelta(days=1)
    return day


def day_off(day: date, calendar: Calendar) -> str | None:
    """The name of the holiday on which nobody works, ``""`` for a weekday off; None when somebody does."""
    if is_working_day(day, calendar):
        return None
    found = holiday(day, calendar)
    return found.name if found is not None else ""


def works_at(due: Due, calendar: Calendar) -> bool:
    """Whether a promised time of day lies in the hours of its day."""
    minute = due.at.hour * 60 + due.at.minute if due.at is not None else 0
    return due.at is None or any(start <= minute < end for start, end in working_spans(due.on, calendar))


def day_start(day: date, calendar: Calendar) -> time:
    """When work begins on that day; on a day off, when it would on another one."""
    spans = working_spans(day, calendar) or _usual(day.weekday(), calendar) or calendar.hours
    return _clock(spans[0][0])


# --- moments ------------------------------------------------------------------------------------------------


def next_working(moment: datetime, zone: ZoneInfo, calendar: Calendar) -> datetime:
    """The first instant from ``moment`` on (aware) at which somebody works; in ``zone``.

    ``zone``: where the company's clock hangs. ``moment`` itself when it lies in the hours.
    """
    wanted, day = moment.astimezone(UTC), moment.astimezone(zone).date()
    while True:
        for start, end in working_spans(day, calendar):
            if _instant(day, end, zone) > wanted:
                return max(_instant(day, start, zone), wanted).astimezone(zone)
        day += timedelta(days=1)


def within_hours(due: Due, zone: ZoneInfo, calendar: Calendar) -> Due:
    """A promise that a rule made, moved to where somebody works: no day off, no time outside the hours.

    A time stays a time: in a break it comes at its end, behind the last hour when the next working day begins, as in
    the night before it. A moment that a person named is not to be given here.
    """
    if due.at is None:
        return Due(add_working_days(due.on, 0, calendar))
    # The first of the two hours that clocks show twice, as everywhere.
    wanted = datetime.combine(due.on, due.at, zone)
    found = next_working(wanted, zone, calendar)
    return due if found == wanted.astimezone(zone) else Due(found.date(), found.time().replace(fold=0))


def is_quiet(moment: datetime, zone: ZoneInfo, calendar: Calendar) -> bool:
    """Whether nobody is to be called at ``moment`` (aware) whose clock is that of ``zone``."""
    local = moment.astimezone(zone)
    minute = local.hour * 60 + local.minute
    return not any(start <= minute < end for start, end in _callable(local.date(), calendar))


def quiet_until(moment: datetime, zone: ZoneInfo, calendar: Calendar) -> datetime:
    """The first instant from ``moment`` on (aware) at which people in ``zone`` may be called; in ``zone``."""
    if not is_quiet(moment, zone, calendar):
        return moment.astimezone(zone)
    wanted, day = moment.astimezone(UTC), moment.astimezone(zone).date()
    while True:
        for start, end in _callable(day, calendar):
            if _instant(day, end, zone) > wanted:
                return max(_instant(day, start, zone), wanted).astimezone(zone)
        day += timedelta(days=1)


# --- inside -------------------------------------------------------------------------------------------------


def _usual(weekday: int, calendar: Calendar) -> Spans:
    own = calendar.own_hours.get(DAYS[weekday])
    if own is not None:
        return own
    return calendar.hours if weekday in (calendar.days or _MONDAY_TO_FRIDAY) else ()


def _callable(day: date, calendar: Calendar) -> Spans:
    """When people may be called on that day of theirs. A half holiday is a day like others."""
    if DAYS[day.weekday()] in calendar.no_calls:
        return ()
    special = holiday(day, calendar) if HOLIDAYS in calendar.no_calls else None
    return () if special is not None and not special.hours else calendar.calls


def _clock(minutes: int) -> time:
    return time(*divmod(minutes, 60))


def _instant(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """That minute of the day as an instant (UTC). A time that clocks skip is as much later as they were put on."""
    days, minutes = divmod(minutes, 24 * 60)
    return datetime.combine(day + timedelta(days=days), _clock(minutes), zone).astimezone(UTC)
