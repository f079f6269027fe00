"""Moments, spans and dates in words: how late, how long ago, how long. Pure; the clock is a parameter.

Every function returns a finished ``Phrase`` of the user's language, calendar and digits, short enough for a cell.
Instants are aware datetimes, ``today`` a local date. Nothing here is right to the second: a cell that changed each
second would cost bytes on an idle screen. The days themselves are in ``tuicrm.shown``, which the shell uses too.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, tzinfo
from typing import Final

from tuicrm import i18n, shown
from tuicrm.domain.calendars import week_start
from tuicrm.domain.fold import has_rtl
from tuicrm.domain.models import CallFollowUp, Due, FollowUp
from tuicrm.i18n import Phrase, nt, t
from tuicrm.shown import day, duration, full_day, weekday
from tuicrm.tui.text import cells, isolated

__all__ = [
    "ago",
    "ago_short",
    "ago_width",
    "clock",
    "day",
    "due_mark",
    "due_short",
    "due_there",
    "due_words",
    "duration",
    "full_day",
    "full_words",
    "is_late",
    "late_width",
    "lateness",
    "mark_width",
    "near_day",
    "overdue_width",
    "span",
    "stamp",
    "stamp_short",
    "stamp_width",
    "weekday",
]

_HOUR: Final = 60
_DAY: Final = 24 * 60


def clock(at: datetime, zone: tzinfo) -> Phrase:
    """``09:31``: the time of day in ``zone``."""
    return shown.clock(at.astimezone(zone))


def _persian() -> bool:
    return i18n.language() == "fa"


def _timed(named: Phrase, clock: Phrase) -> Phrase:
    """A day and its time. In Persian a date in numbers is set apart from the time behind it: as one run of
    numbers both would be read from the left, in a line that is read from the right."""
    if _persian() and not has_rtl(named):
        first, second = isolated(named, "ltr"), isolated(clock, "ltr")
        return Phrase(f"{first} {second}")
    return t("{day} {time}", day=named, time=clock)


# --- days ---------------------------------------------------------------------------------------------------


def near_day(on: date, today: date) -> Phrase:
    """``today``, ``tomorrow``, ``yesterday``, in Persian the day after tomorrow too; else ``Fri 20 Nov``."""
    return _near((on - today).days) or full_day(on, today)


def _near(distance: int) -> Phrase | None:
    """The word for a day that is so many days ahead; None when it has none."""
    if distance == 0:
        return t("today")
    if distance == 1:
        return t("tomorrow")
    if distance == -1:
        return t("yesterday")
    # one word in Persian, and what everybody says
    return t("the day after tomorrow") if distance == 2 and _persian() else None


def due_words(due: Due, today: date) -> Phrase:
    """``tomorrow 08:30``, ``Thu 26 Nov 10:00``, ``Mon 30 Nov``."""
    named = near_day(due.on, today)
    return named if due.at is None else _timed(named, shown.clock(due.at))


def due_in(promise: FollowUp | CallFollowUp, zone: tzinfo) -> Due:
    """When it is due in ``zone``: a time is converted, a day is the same day everywhere."""
    return shown.local_due(promise.due, promise.zone, zone)


def due_there(promise: FollowUp | CallFollowUp, zone: tzinfo) -> Phrase | None:
    """``(08:00 in Berlin)``, beside the agent's own time: on which clock it was promised; None where that is theirs."""
    own = due_in(promise, zone)
    if promise.due.at is None or own == promise.due:
        return None
    at = shown.clock(promise.due.at)
    place = promise.zone.rpartition("/")[2].replace("_", " ")
    if own.on != promise.due.on:
        at = _timed(weekday(promise.due.on), at)
    return t("({time} in {place})", time=at, place=place)


def full_words(due: Due, today: date) -> Phrase:
    """``Thu 26 Nov 10:00``: as ``due_words``, but never a word such as tomorrow."""
    named = full_day(due.on, today)
    return named if due.at is None else _timed(named, shown.clock(due.at))


def due_short(due: Due, today: date) -> Phrase:
    """``due_words`` in sixteen cells; in Persian without the weekday: ``فردا ۰۸:۳۰``, ``۰۹/۰۵ ۱۰:۰۰``."""
    named = _near((due.on - today).days)
    if named is None:
        named = shown.short_day(due.on, today)
        if not _persian():
            named = t("{weekday} {date}", weekday=weekday(due.on), date=named)
    return named if due.at is None else _timed(named, shown.clock(due.at))


def due_mark(due: Due, today: date) -> Phrase:
    """What the first column of a queue shows, in ``mark_width`` cells: ``08:30``, ``today``, ``Mon``, ``30 Nov``."""
    if due.on == today:
        return shown.clock(due.at) if due.at else t("today")
    if _weekday_tells(due.on, today):
        return weekday(due.on)
    return shown.short_day(due.on, today, year=False)


def _weekday_tells(on: date, today: date) -> bool:
    """Whether the bare weekday says which day is meant: one of the six to come or, where weeks begin on Saturday,
    an earlier one of this week; else one of the last six."""
    distance = (on - today).days
    if 0 < distance < 7:
        return True
    if _persian() or i18n.calendar() == "jalali":
        return distance < 0 and week_start(on) == week_start(today)
    return -7 < distance < 0


def mark_width() -> int:
    """Cells that ``due_mark`` needs in this language."""
    return _widest(6, (weekday(date.fromordinal(n)) for n in range(1, 8)))


def _widest(least: int, said: Iterable[Phrase]) -> int:
    return max(least, *(cells(one) for one in said))


# --- spans --------------------------------------------------------------------------------------------------


def lateness(due: Due, now: datetime, zone: tzinfo) -> Phrase:
    """How late or how far a promise is: ``late 1h``, ``late 31m``, ``now``, ``in 29m``, ``tomorrow``.

    A day without a time is due all day long, and late from the next day on.
    """
    local = now.astimezone(zone)
    distance = (due.on - local.date()).days
    if due.at is None or abs(distance) > 1:
        return _days_off(distance)
    moment = datetime.combine(due.on, due.at, tzinfo=zone)
    minutes = round((moment - now).total_seconds() / 60)
    if distance > 0 and minutes >= 6 * _HOUR:
        return _days_off(distance)
    if abs(minutes) <= 1:
        return t("now")
    if minutes > 0:
        return t("in {span}", span=span(minutes))
    return t("late {span}", span=span(-minutes))


def is_late(due: Due, now: datetime, zone: tzinfo) -> bool:
    """Overdue: the day is over in its zone, or the time has passed by more than the minute of "now"."""
    local = now.astimezone(zone)
    if due.at is None or due.on != local.date():
        return due.on < local.date()
    return (now - datetime.combine(due.on, due.at, tzinfo=zone)).total_seconds() > 60


def _days_off(distance: int) -> Phrase:
    if distance >= 0:
        return _near(distance) or t("in {span}", span=span(distance * _DAY))
    return t("late {span}", span=span(-distance * _DAY))


def span(minutes: int) -> Phrase:
    """``5m``, ``2h``, ``3d``, ``5w``, ``4mo``, ``2y``: rounded down, at most four cells."""
    if minutes < _HOUR:
        return nt("{n}m", "{n}m", minutes)
    if minutes < _DAY:
        return nt("{n}h", "{n}h", minutes // _HOUR)
    days = minutes // _DAY
    if days < 21:
        return nt("{n}d", "{n}d", days)
    if days < 70:
        return nt("{n}w", "{n}w", days // 7)
    if days < 730:
        return nt("{n}mo", "{n}mo", days // 30)
    return nt("{n}y", "{n}y", days // 365)


def late_width() -> int:
    """Cells that ``lateness`` needs in this language."""
    return _widest(overdue_width(), (t("in {span}", span=one) for one in _long_spans()))


def overdue_width() -> int:
    """Cells that ``lateness`` needs of what is late."""
    return _widest(8, (t("late {span}", span=one) for one in _long_spans()))


def _long_spans() -> list[Phrase]:
    return [span(59), span(23 * _HOUR), span(20 * _DAY)]


def ago(at: datetime | None, now: datetime, zone: tzinfo) -> Phrase:
    """``just now``, ``12 min ago``, ``yesterday``, ``5 days ago``; ``never`` when there is no moment."""
    if at is None:
        return t("never")
    minutes = int((now - at).total_seconds() // 60)
    days = (now.astimezone(zone).date() - at.astimezone(zone).date()).days
    if minutes < 1:
        return t("just now")
    if minutes < _HOUR:
        return nt("{n} min ago", "{n} min ago", minutes)
    if days <= 0:
        return nt("{n} hour ago", "{n} hours ago", minutes // _HOUR)
    if days == 1:
        return t("yesterday")
    return _long_ago(days)


def _long_ago(days: int) -> Phrase:
    if days < 21:
        return nt("{n} day ago", "{n} days ago", days)
    if days < 70:
        return nt("{n} week ago", "{n} weeks ago", days // 7)
    if days < 730:
        return nt("{n} month ago", "{n} months ago", days // 30)
    return nt("{n} year ago", "{n} years ago", days // 365)


def ago_short(at: datetime | None, now: datetime, zone: tzinfo) -> Phrase:
    """``ago`` in at most nine cells: ``now``, ``12m ago``, ``yesterday``, ``5d ago``, ``4mo ago``."""
    if at is None:
        return t("never")
    minutes = int((now - at).total_seconds() // 60)
    if minutes < 1:
        return t("now")
    days = (now.astimezone(zone).date() - at.astimezone(zone).date()).days
    if days == 1:
        return t("yesterday")
    return t("{span} ago", span=span(minutes if days <= 0 else days * _DAY))


def ago_width() -> int:
    """Cells that ``ago_short`` needs in this language."""
    return _widest(9, [t("yesterday"), *(t("{span} ago", span=one) for one in _long_spans())])


def stamp_short(at: datetime, now: datetime, zone: tzinfo) -> Phrase:
    """When a listed call was, in ``stamp_width`` cells: ``09:12``, ``Fri 10:12``, ``3 Oct 10:12``, ``3 Oct 2025``; in
    Persian ``دیروز ۱۰:۱۲``, ``۰۷/۱۱ ۱۰:۱۲``."""
    on, today = at.astimezone(zone).date(), now.astimezone(zone).date()
    distance = (today - on).days
    if distance == 0:
        return clock(at, zone)
    if distance > 180 and not shown.same_year(on, today):
        return shown.short_day(on, today)
    if _persian():
        named = t("yesterday") if distance == 1 else shown.short_day(on, today, year=False)
    else:
        named = weekday(on) if 0 < distance < 7 else shown.short_day(on, today, year=False)
    return _timed(named, clock(at, zone))


def stamp_width() -> int:
    """Cells that ``stamp_short`` needs in this language."""
    return _widest(11, [t("{day} {time}", day=t("yesterday"), time="00:00")]) if _persian() else 12


def stamp(at: datetime, now: datetime, zone: tzinfo) -> Phrase:
    """When a listed call was: ``09:12`` today, else ``Fri 20 Nov 10:12``; without the time in other years."""
    on, today = at.astimezone(zone).date(), now.astimezone(zone).date()
    if on == today:
        return clock(at, zone)
    if not shown.same_year(on, today):
        return day(on, today)
    return _timed(full_day(on, today), clock(at, zone))
