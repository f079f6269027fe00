"""The rules of a time zone as a calendar carries them (VTIMEZONE, RFC 5545).

Programs that know the zone by its name pass over this; the others have every change of the clock for ten years to come,
as the data of zones has it today.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

YEARS: Final = 12
_STEP: Final = timedelta(days=7)


def zone_lines(name: str, year: int, last: int | None = None) -> Iterator[str]:
    """``BEGIN:VTIMEZONE`` to its end: what holds when ``year`` begins, and each change from then on, until ``YEARS``
    after the beginning of ``last`` (None: of the same year)."""
    zone = ZoneInfo(name)
    yield from ("BEGIN:VTIMEZONE", f"TZID:{name}")
    first = datetime(year, 1, 1, tzinfo=UTC).astimezone(zone)
    yield from _observance(first, first.utcoffset())
    for at in _changes(zone, year, year if last is None else max(year, last)):
        before = (at - timedelta(seconds=1)).astimezone(zone).utcoffset()
        yield from _observance(at.astimezone(zone), before)
    yield "END:VTIMEZONE"


def _observance(since: datetime, before: timedelta | None) -> Iterator[str]:
    """What the clock shows from ``since`` on; its beginning is told on the clock as it was before."""
    offset = since.utcoffset() or timedelta()
    before = before or timedelta()
    kind = "DAYLIGHT" if since.dst() else "STANDARD"
    start = since.replace(tzinfo=None) - offset + before
    yield from (f"BEGIN:{kind}", f"DTSTART:{start:%Y%m%dT%H%M%S}")
    yield from (f"TZOFFSETFROM:{_offset(before)}", f"TZOFFSETTO:{_offset(offset)}")
    yield from (f"TZNAME:{since.tzname()}", f"END:{kind}")


def _offset(span: timedelta) -> str:
    seconds = int(span.total_seconds())
    hours, rest = divmod(abs(seconds), 3600)
    minutes, seconds_left = divmod(rest, 60)
    ends = f"{seconds_left:02}" if seconds_left else ""
    return f"{'-' if seconds < 0 else '+'}{hours:02}{minutes:02}{ends}"


def _changes(zone: ZoneInfo, year: int, last: int) -> Iterator[datetime]:
    """The moments (UTC) at which the clock or its name changes: a week is looked at, then halved to the second."""
    at, end = datetime(year, 1, 1, tzinfo=UTC), datetime(last + YEARS, 1, 1, tzinfo=UTC)
    while at < end:
        then = at + _STEP
        if _state(zone, at) != _state(zone, then):
            yield _between(zone, at, then)
        at = then


def _between(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """The first moment that is as at ``high``."""
    old = _state(zone, low)
    while high - low > timedelta(seconds=1):
        middle = (low + (high - low) / 2).replace(microsecond=0)
        low, high = (middle, high) if _state(zone, middle) == old else (low, middle)
    return high


def _state(zone: ZoneInfo, at: datetime) -> tuple[timedelta | None, timedelta | None, str | None]:
    local = at.astimezone(zone)
    return local.utcoffset(), local.dst(), local.tzname()
