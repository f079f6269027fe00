"""Moments, spans and dates in words: how late, how long ago, how long. Pure; the clock is a parameter.

Every function returns a finished ``Phrase`` of the user's language, short enough for a cell. Instants are
aware datetimes, ``today`` a local date. Nothing here is right to the second: a cell that changed each second
would cost bytes on an idle screen.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, tzinfo
from typing import Final

from tuicrm.domain.models import Due
from tuicrm.i18n import Phrase, nt, t

_HOUR: Final = 60
_DAY: Final = 24 * 60
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


def weekday(day: date) -> Phrase:
    """``Sun``: three letters in English."""
    return _WEEKDAYS[day.weekday()]()


def clock(at: datetime, zone: tzinfo) -> Phrase:
    """``09:31``: the time of day in ``zone``."""
    return Phrase(at.astimezone(zone).strftime("%H:%M"))


def day(on: date, today: date) -> Phrase:
    """``22 Nov``; with the year when it is not this one."""
    month = _MONTHS[on.month - 1]()
    if on.year == today.year:
        return t("{day} {month}", day=on.day, month=month)
    return t("{day} {month} {year}", day=on.day, month=month, year=on.year)


def full_day(on: date, today: date) -> Phrase:
    """``Fri 20 Nov``: a day as the timeline and the promise of a follow-up name it."""
    return t("{weekday} {date}", weekday=weekday(on), date=day(on, today))


def near_day(on: date, today: date) -> Phrase:
    """``today``, ``tomorrow``, ``yesterday``, else ``Fri 20 Nov``."""
    distance = (on - today).days
    if distance == 0:
        return t("today")
    if distance == 1:
        return t("tomorrow")
    if distance == -1:
        return t("yesterday")
    return full_day(on, today)


def due_words(due: Due, today: date) -> Phrase:
    """``tomorrow 08:30``, ``Thu 26 Nov 10:00``, ``Mon 30 Nov``."""
    named = near_day(due.on, today)
    if due.at is None:
        return named
    return t("{day} {time}", day=named, time=due.at.strftime("%H:%M"))


def due_mark(due: Due, today: date) -> Phrase:
    """What the first column of a queue shows, in six cells: ``08:30``, ``today``, ``Mon``, ``30 Nov``."""
    distance = (due.on - today).days
    if distance == 0:
        return Phrase(due.at.strftime("%H:%M")) if due.at else t("today")
    if -7 < distance < 7:
        return weekday(due.on)
    return t("{day} {month}", day=due.on.day, month=_MONTHS[due.on.month - 1]())


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
    if distance == 0:
        return t("today")
    if distance == 1:
        return t("tomorrow")
    if distance > 0:
        return t("in {span}", span=span(distance * _DAY))
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


def stamp_short(at: datetime, now: datetime, zone: tzinfo) -> Phrase:
    """When a listed call was, in twelve cells: ``09:12``, ``Fri 10:12``, ``3 Oct 10:12``, ``3 Oct 2025``."""
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    distance = (today - local.date()).days
    if distance == 0:
        return clock(at, zone)
    if local.year != today.year and distance > 180:
        return day(local.date(), today)
    if 0 < distance < 7:
        return t("{day} {time}", day=weekday(local.date()), time=clock(at, zone))
    short = t("{day} {month}", day=local.day, month=_MONTHS[local.month - 1]())
    return t("{day} {time}", day=short, time=clock(at, zone))


def stamp(at: datetime, now: datetime, zone: tzinfo) -> Phrase:
    """When a listed call was: ``09:12`` today, else ``Fri 20 Nov 10:12``; without the time in other years."""
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    if local.date() == today:
        return clock(at, zone)
    if local.year != today.year:
        return day(local.date(), today)
    return t("{day} {time}", day=full_day(local.date(), today), time=clock(at, zone))


def duration(seconds: int | None) -> str:
    """``3:05``, ``1:02:00``; empty when unknown."""
    if seconds is None:
        return ""
    minutes, rest = divmod(max(0, seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
