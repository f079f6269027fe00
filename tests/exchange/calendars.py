"""Calendars as tests read them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from tuicrm.exchange import ics
from tuicrm.exchange.incoming import IncomingFollowUp

TEHRAN = ZoneInfo("Asia/Tehran")
NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
OFFICE = [
    *("BEGIN:VTIMEZONE", "TZID:Our Office", "BEGIN:STANDARD", "DTSTART:16010101T030000"),
    *("RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "END:STANDARD"),
    *("BEGIN:DAYLIGHT", "DTSTART:16010101T020000", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3"),
    *("TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "END:DAYLIGHT", "END:VTIMEZONE"),
]
"""A zone that no data of the world knows."""


def read(*lines: str, now: datetime | None = NOW, end: str = "\r\n") -> list[IncomingFollowUp]:
    text = end.join(["BEGIN:VCALENDAR", "VERSION:2.0", *lines, "END:VCALENDAR", ""])
    return list(ics.read(text, "x.ics", TEHRAN, now=now))


def event(*lines: str, kind: str = "VEVENT") -> list[str]:
    return [f"BEGIN:{kind}", "UID:one", "SUMMARY:Call Kate", *lines, f"END:{kind}"]


def one(*lines: str, kind: str = "VEVENT", now: datetime | None = NOW) -> IncomingFollowUp:
    (found,) = read(*event(*lines, kind=kind), now=now)
    return found


def due(it: IncomingFollowUp) -> tuple[date, time | None, str]:
    return it.due_on, it.due_time, it.zone
