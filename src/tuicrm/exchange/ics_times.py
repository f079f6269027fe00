"""Days, moments, durations and zones of a calendar (RFC 5545)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from tuicrm.domain.record import record
from tuicrm.domain.recurrence import parse as parse_rule
from tuicrm.domain.recurrence_dates import occurrences
from tuicrm.exchange.ics_lines import Component, Property
from tuicrm.exchange.refused import Refused
from tuicrm.exchange.windows_zones import zone_name

_MOMENT: Final = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d)(?:\.\d+)?)?([Zz]|[+-]\d\d:?\d\d)?)?", re.ASCII
)
_DURATION: Final = re.compile(
    r"([+-]?)P(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,7})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?", re.ASCII
)
_OFFSET: Final = re.compile(r"([+-])(\d\d):?(\d\d)(?::?(\d\d))?", re.ASCII)
_AHEAD: Final = re.compile(r"(?:UTC|GMT) ?([+-]\d\d:?\d\d)", re.ASCII | re.IGNORECASE)
"""A zone that is only so far ahead of UTC."""
_YEARS: Final = (1900, 2200)


@record
class When:
    """A day, with a time of day or without, on the clock of ``zone``."""

    on: date
    at: time | None
    zone: ZoneInfo

    @property
    def naive(self) -> datetime:
        """As the clock there shows it; a day begins at midnight."""
        return datetime.combine(self.on, self.at or time())

    @property
    def instant(self) -> datetime:
        return self.naive.replace(tzinfo=self.zone).astimezone(UTC)


def moved(when: When, by: timedelta) -> When:
    """Later on the same clock."""
    there = when.naive + by
    return When(there.date(), None if when.at is None else there.time(), when.zone)


class Zones:
    """The zones of a file by its names. ``own``: of moments without a zone."""

    def __init__(self, own: ZoneInfo) -> None:
        self.own = own
        self._described: dict[str, Component] = {}
        self._known: dict[str, ZoneInfo | None] = {}
        self._offsets: dict[tuple[str, datetime], timedelta | None] = {}

    def add(self, component: Component) -> None:
        """Takes in a ``VTIMEZONE``."""
        self._described.setdefault(component.text("TZID"), component)

    def when(self, it: Property) -> When:
        """The day or moment that a property holds. Raises ``Refused`` (``ics_time``, ``ics_zone``)."""
        return self.of(it.value, it.params)

    def of(self, value: str, params: Mapping[str, str]) -> When:
        """The same for one value of several. A moment in UTC, or with an offset, is given on the own clock."""
        found = _MOMENT.fullmatch(value.strip())
        if found is None:
            raise Refused("ics_time", text=value[:60])
        try:
            day = date(int(found[1]), int(found[2]), int(found[3]))
            # a leap second is the one before
            clock = found[4] and time(int(found[4]) % 24, int(found[5]), min(59, int(found[6] or 0)))
            if not _YEARS[0] <= day.year <= _YEARS[1]:
                raise ValueError(day)
            if not isinstance(clock, time):
                return When(day, None, self.own)
            return self._placed(datetime.combine(day, clock), found[7] or "", params.get("TZID", ""))
        except (ValueError, OverflowError):
            raise Refused("ics_time", text=value[:60]) from None

    def _placed(self, local: datetime, suffix: str, name: str) -> When:
        if suffix:
            ahead = timedelta() if suffix in "Zz" else _offset(suffix) or timedelta()
            return self._own_clock((local - ahead).replace(tzinfo=UTC))
        if not name:
            return When(local.date(), local.time(), self.own)
        zone = self._zone(name)
        if zone is not None:
            return When(local.date(), local.time(), zone)
        if fixed := _AHEAD.fullmatch(name.strip('/" ')):
            return self._own_clock((local - (_offset(fixed[1]) or timedelta())).replace(tzinfo=UTC))
        described = self._described.get(name)
        if (name, local) not in self._offsets:
            self._offsets[name, local] = _offset_at(described, local) if described is not None else None
        offset = self._offsets[name, local]
        if offset is None:
            raise Refused("ics_zone", zone=name[:60])
        return self._own_clock((local - offset).replace(tzinfo=UTC))

    def _own_clock(self, instant: datetime) -> When:
        there = instant.astimezone(self.own)
        return When(there.date(), there.time(), self.own)

    def _zone(self, name: str) -> ZoneInfo | None:
        """The zone of the world's data with that name, with the name that its description gives, or with the one
        that Windows has for it."""
        if name not in self._known:
            described = self._described.get(name)
            other = described.text("X-LIC-LOCATION") if described is not None else ""
            self._known[name] = next(
                (zone for each in _names(name, other) if (zone := _existing(each))), None
            ) or _existing(zone_name(name))
        return self._known[name]


def _names(name: str, other: str) -> Iterator[str]:
    """``/mozilla.org/20050126_1/Europe/Berlin`` is Europe/Berlin too."""
    parts = name.strip('/" ').split("/")
    for count in (len(parts), 3, 2):
        if 0 < count <= len(parts):
            yield "/".join(parts[-count:])
    if other:
        yield other


def _existing(name: str) -> ZoneInfo | None:
    if not re.fullmatch(r"[A-Za-z0-9_+\-/]{1,64}", name):
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def _offset(text: str) -> timedelta | None:
    found = _OFFSET.fullmatch(text.strip())
    if found is None:
        return None
    offset = timedelta(hours=int(found[2]), minutes=int(found[3]), seconds=int(found[4] or 0))
    return -offset if found[1] == "-" else offset


def _offset_at(zone: Component, local: datetime) -> timedelta | None:
    """What the clock of a described zone is ahead of UTC: by the change that was last before ``local``."""
    last: tuple[datetime, timedelta] | None = None
    first: tuple[datetime, timedelta] | None = None
    for part in zone.parts[:500]:
        offset, begins = _offset(part.text("TZOFFSETTO")), part.first("DTSTART")
        start = _naive(begins.value) if begins else None
        if offset is None or start is None:
            continue
        if first is None or start < first[0]:
            first = (start, _offset(part.text("TZOFFSETFROM")) or offset)
        onset = _onset(part, start, local)
        if onset is not None and (last is None or onset > last[0]):
            last = (onset, offset)
    found = last or first
    return found[1] if found else None


def _onset(part: Component, start: datetime, local: datetime) -> datetime | None:
    """When the clocks were last changed so, at or before ``local``."""
    dates = [start] + [
        day for each in part.all("RDATE") for value in each.value.split(",") if (day := _naive(value))
    ]
    text = part.text("RRULE")
    rule = parse_rule(text) if text else None
    if rule is not None and rule.frequency == "YEARLY":
        since = max(start, local - timedelta(days=800))
        for moment in occurrences(rule, start, since):
            if moment > local:
                break
            dates.append(moment)
    return max((day for day in dates if day <= local), default=None)


def _naive(value: str) -> datetime | None:
    """The moment in a text, whatever its zone."""
    found = _MOMENT.fullmatch(value.strip())
    try:
        return found and datetime(*(int(found[n] or 0) for n in range(1, 7)))  # type: ignore[arg-type]  # noqa: DTZ001
    except ValueError:
        return None


def duration(text: str) -> timedelta | None:
    """``-P0DT0H10M0S``, ``PT15M``, ``P1W``; None for anything else."""
    found = _DURATION.fullmatch(text.strip().upper())
    if found is None or not any(found.groups()[1:]):
        return None
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -length if found[1] == "-" else length
