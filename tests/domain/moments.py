"""The moment that the tests of dates and times stand at, and their tables."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from tuicrm.domain.models import Due
from tuicrm.domain.when import WhenRefused, WhenSettings, parse_when
from tuicrm.domain.worktime import Calendar, in_country

TEHRAN = ZoneInfo("Asia/Tehran")
CALENDAR = in_country(Calendar(hours=((8 * 60 + 30, 17 * 60),)), "IR")
SETTINGS = WhenSettings(TEHRAN, "dmy", CALENDAR)
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=TEHRAN)


def said(due: Due | None) -> str:
    """``2026-11-24`` or ``11-24 10:00``, without this year: as the tables below write it."""
    if due is None:
        return "none"
    day = f"{due.on}".removeprefix("2026-")
    return f"{day} {due.at:%H:%M}" if due.at else day


def phrase(text: str, *, past: bool = False) -> str:
    """What a phrase means at that moment, or the code of its refusal; ``past``: of when something was."""
    try:
        return said(parse_when(text, NOW, SETTINGS, past=past))
    except WhenRefused as refused:
        return refused.code


def rows(table: str) -> list[tuple[str, str]]:
    """The ``text | expected`` lines of a table."""
    lines = [line.rpartition("|") for line in table.strip().splitlines()]
    return [(text.strip(), due.strip()) for text, _, due in lines]
