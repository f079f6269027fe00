"""How moments stand in the database: fixed-width text, so that text order is time order.

Instants ``YYYY-MM-DDTHH:MM:SS.ffffffZ`` (UTC), days ``YYYY-MM-DD``, times of day ``HH:MM``.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time


def to_text(instant: datetime) -> str:
    """An aware instant as 27 characters of UTC. Raises ``ValueError`` for a naive one."""
    if instant.tzinfo is None:
        raise ValueError("a naive datetime cannot be stored")
    return instant.astimezone(UTC).isoformat(timespec="microseconds")[:26] + "Z"


def from_text(text: str) -> datetime:
    """The aware UTC instant that ``to_text`` wrote."""
    return datetime.fromisoformat(text)


def from_optional(text: str | None) -> datetime | None:
    """Like ``from_text``, keeping None."""
    return None if text is None else datetime.fromisoformat(text)


def day_to_text(day: date) -> str:
    """A local day as ``YYYY-MM-DD``."""
    return f"{day.year:04d}-{day.month:02d}-{day.day:02d}"


def day_from_text(text: str) -> date:
    """The day that ``day_to_text`` wrote."""
    return date.fromisoformat(text)


def time_to_text(moment: time) -> str:
    """A time of day as ``HH:MM``; seconds are not kept."""
    return f"{moment.hour:02d}:{moment.minute:02d}"


def time_from_text(text: str) -> time:
    """The time of day that ``time_to_text`` wrote."""
    return time(int(text[:2]), int(text[3:5]))
