"""What all of ``when`` stands on: the refusal, the settings, clock times, days and their instants."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final, Literal

from tuicrm.domain.calendars import add_months
from tuicrm.domain.errors import Invalid
from tuicrm.domain.fold import plain
from tuicrm.domain.models import Due
from tuicrm.domain.record import record
from tuicrm.domain.when_words import WEEKDAYS
from tuicrm.domain.worktime import Calendar, day_start

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

DateOrder = Literal["dmy", "mdy", "ymd"]

YEARS_MOST: Final = 10
"""A promise farther ahead than this is a slip of the keys."""


class WhenRefused(Exception):
    """A day or time that is wrong or not wholly understood. ``code`` names the sentence, ``params`` fill it.

    ``params["text"]`` is always what was refused.
    """

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params: dict[str, Any] = params

    def __str__(self) -> str:
        return f"{self.code} {self.params}"


@record
class WhenSettings:
    """How dates are read: zone of the agent, order in ``12-01``, the company's calendar."""

    zone: ZoneInfo
    date_order: DateOrder = "dmy"
    calendar: Calendar = Calendar()


def local_now(now: datetime, settings: WhenSettings) -> datetime:
    """``now`` on the agent's clock, to the minute. ``ValueError`` for a naive ``now``."""
    if now.tzinfo is None:
        raise ValueError("now has no time zone")
    return now.astimezone(settings.zone).replace(second=0, microsecond=0)


# --- clock times --------------------------------------------------------------------------------------------

PART_TIMES: Final = {
    "morning": time(9),
    "noon": time(12),
    "afternoon": time(15),
    "eve": time(17),
    "night": time(20),
}
"""A part of the day without a clock time."""

_PART_HOURS: Final[dict[str, tuple[range, range]]] = {
    # part: hours of the twelve-hour clock that it moves past noon; hours of the day that it leaves alone.
    "am": (range(0), range(1, 12)),
    "dawn": (range(0), range(6)),
    "morning": (range(0), range(1, 12)),
    "noon": (range(1, 4), range(11, 16)),
    "afternoon": (range(1, 9), range(12, 21)),
    "eve": (range(2, 12), range(14, 24)),
    "night": (range(6, 12), range(18, 24)),
    "pm": (range(1, 12), range(12, 13)),
}


def in_part(clock: time, part: str) -> time | None:
    """``5:00`` in the evening is 17:00. None where that says nothing clear, as twelve at night."""
    moved, left = _PART_HOURS[part]
    if part == "am" and clock.hour == 12:
        return clock.replace(hour=0)
    if clock.hour in moved:
        return clock.replace(hour=clock.hour + 12)
    return clock if clock.hour in left else None


def compact(word: str) -> str:
    """``fold.plain`` without blanks and half-spaces: ``۹:۳۰`` -> ``9:30``, ``پس‌فردا`` -> ``پسفردا``."""
    return "".join(plain(word).split())


def read_clock(text: str) -> time | None:
    """``9``, ``9:30``, ``9.30``, ``0930``, ``5pm``, ``5:30pm`` (compact text) as a time; None: has not that shape.

    Raises ``WhenRefused`` when it has the shape of a time with minutes or am, pm, but no day has that time.
    """
    body, half = (text[:-2], text[-2:]) if text[-2:] in ("am", "pm") else (text, "")
    if _is_number(text, 4, 4):
        # without a sign between, what is no time is a number
        return time(int(text[:2]), int(text[2:])) if int(text[:2]) < 24 and int(text[2:]) < 60 else None
    hours, sign, minutes = body.partition(":" if ":" in body else ".")
    if not _is_number(hours, 1, 2) or (sign and not _is_number(minutes, 2, 2)):
        return None
    if int(hours) > 23 or int(minutes or 0) > 59:
        if not sign and not half:
            return None
        raise WhenRefused("when_no_such_time", text=text)
    clock = time(int(hours), int(minutes or 0))
    if not half:
        return clock
    found = in_part(clock, half)
    if found is None:
        raise WhenRefused("when_no_such_time", text=text)
    return found


def _is_number(text: str, least: int, most: int) -> bool:
    return least <= len(text) <= most and text.isascii() and text.isdigit()


def may_be_year(text: str, today: date) -> bool:
    """Whether four digits are a year about now in either calendar: to most ``1405`` is that, and no time at five past
    two."""
    near = (*range(today.year - 1, today.year + 2), *range(today.year - 622, today.year - 619))
    return _is_number(text, 4, 4) and int(text) in near


def clock_time(word: str) -> time | None:
    """The time of a separate word (``9:30``, ``10``, ``5pm``, any digits); None when it is none."""
    try:
        return read_clock(compact(word))
    except WhenRefused:
        return None


def has_minutes(word: str) -> bool:
    """True for a clock time that no plain number can be: with minutes, or with am, pm."""
    return clock_time(word) is not None and not compact(word).isdigit()


def split_day_time(word: str) -> tuple[str, time] | None:
    """``sat10.30`` -> ``("sat", 10:30)``: a day word, or a count with its unit, with a time glued to it.

    The first part is folded and may be any word: whoever asks looks whether it is a day. None: no time there.
    """
    text = compact(word)
    body = text[:-2] if text[-2:] in ("am", "pm") else text
    end = len(body.rstrip("0123456789:."))
    if not 0 < end < len(body) or not body[end - 1].isalpha():
        return None
    try:
        clock = read_clock(text[end:])
    except WhenRefused:
        return None
    return None if clock is None else (text[:end], clock)


# --- days ---------------------------------------------------------------------------------------------------


def checked(due: Due, now: datetime, settings: WhenSettings, text: str) -> Due:
    """``due``, unless it is past or absurdly far: then ``WhenRefused`` naming ``text``.

    A time that clocks leave out when they go forward is as much later as they are put on.
    """
    local = local_now(now, settings)
    if due.at is not None:
        shown = (
            datetime.combine(due.on, due.at, tzinfo=settings.zone).astimezone(UTC).astimezone(settings.zone)
        )
        due = Due(shown.date(), shown.time().replace(fold=0))
    if due.on < local.date():
        raise WhenRefused("when_past", text=text, on=due.on)
    if due.on == local.date() and due.at is not None and due.at <= local.time():
        # the day is not over: it is the time that has passed
        raise WhenRefused("when_past", text=f"{due.at:%H:%M}", on=due.on)
    if due.on.year - local.year > YEARS_MOST:
        raise WhenRefused("when_too_far", text=text, years=YEARS_MOST)
    return due


def next_clock(clock: time, now: datetime, settings: WhenSettings) -> Due:
    """The next time that the clock shows ``clock``: today, or tomorrow when it has passed."""
    local = local_now(now, settings)
    return Due(local.date() + timedelta(days=int(clock <= local.time())), clock)


def next_weekday(day: date, weekday: int) -> date:
    """The first such weekday (Monday is 0) after ``day``, never that day itself."""
    return day + timedelta(days=(weekday - day.weekday() - 1) % 7 + 1)


def day_due(key: str, at: time | None, now: datetime, settings: WhenSettings) -> Due:
    """A value of ``DAY_WORDS``, with a time if one was given, as a promise.

    A weekday is never today; a part of the day that has passed is tomorrow's. ``WhenRefused`` when a time
    today has passed or does not fit the part (``eve 9`` is 21:00, ``noon 18`` nothing); ``KeyError``: no key.
    """
    local = local_now(now, settings)
    if key in PART_TIMES:
        return next_clock(_part_time(key, at), now, settings)
    if key == "tonight":
        return checked(Due(local.date(), _part_time("night", at)), now, settings, key)
    return checked(Due(_day_of(key, local.date()), at), now, settings, key)


def _part_time(part: str, at: time | None) -> time:
    if at is None:
        return PART_TIMES[part]
    found = in_part(at, part)
    if found is None:
        raise WhenRefused("when_time_unclear", text=f"{at:%H:%M}")
    return found


def _day_of(key: str, today: date) -> date:
    if key in WEEKDAYS:
        return next_weekday(today, WEEKDAYS[key])
    if key == "next_month":
        return add_months(today, 1)
    if key == "next_jalali_month":
        return add_months(today, 1, "jalali")
    return today + timedelta(days={"today": 0, "tomorrow": 1, "day_after": 2, "next_week": 7}[key])


def due_key(due: Due, zone_name: str, calendar: Calendar) -> datetime:
    """The instant (UTC) a promise is sorted and alarmed by: its time, else the start of that working day.

    Where clocks go forward, a time that does not exist is as much later as they were put on (2:30 is 3:30);
    where they go back, the first of the two counts: nobody is called late. ``Invalid`` for an unknown zone.
    """
    # Imported here: a line without a follow-up needs no time zone data.
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        zone = ZoneInfo(zone_name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Invalid("zone_unknown", zone=zone_name) from None
    at = due.at if due.at is not None else day_start(due.on, calendar)
    return datetime.combine(due.on, at, tzinfo=zone).astimezone(UTC)
