"""Lists of calls as tests read them."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from tuicrm.exchange import call_log
from tuicrm.exchange.incoming import IncomingCall
from tuicrm.exchange.recognise import recognise

LONDON = ZoneInfo("Europe/London")
TEHRAN = ZoneInfo("Asia/Tehran")


def read(text: str, zone: ZoneInfo = LONDON) -> list[IncomingCall]:
    """The calls of a list that is recognised by its content."""
    found = recognise(text.encode(), "calls")
    assert found.format.startswith("calls-"), found.format
    return list(call_log.read(found.format, found.text, "calls", zone))


def told(calls: list[IncomingCall]) -> list[tuple[object, ...]]:
    return [
        (c.line, c.code) if c.code else (c.line, c.direction, c.number, c.outcome, c.talk_s) for c in calls
    ]
