"""Where "now" comes from. Everything that needs the time takes a ``Clock``; nothing calls ``datetime.now``."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from typing import Protocol

from tuicrm.domain.errors import Usage


class Clock(Protocol):
    """A source of instants (UTC-aware) and of monotonic seconds for durations within one process."""

    frozen: bool
    """True when ``TUICRM_NOW`` makes it stand still; rows written under it say so."""

    def now(self) -> datetime: ...

    def monotonic(self) -> float: ...


class SystemClock:
    """The machine's clock."""

    frozen = False

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()


class FrozenClock:
    """A clock that stands still at ``instant`` until ``advance`` moves it. For tests and demos."""

    frozen = True

    def __init__(self, instant: datetime) -> None:
        self._instant = instant.astimezone(UTC)
        # two processes whose clocks stand still agree on both readings
        self._elapsed = self._instant.timestamp()

    def now(self) -> datetime:
        return self._instant

    def monotonic(self) -> float:
        return self._elapsed

    def advance(self, seconds: float) -> None:
        """Moves both readings forward by ``seconds``."""
        from datetime import timedelta

        self._instant += timedelta(seconds=seconds)
        self._elapsed += seconds


def clock_from_environment(environ: dict[str, str] | os._Environ[str] = os.environ) -> Clock:
    """The system's clock, or the instant of ``TUICRM_NOW`` (ISO 8601 with an offset).

    Raises ``Usage`` when the variable is set but is no such instant.
    """
    text = environ.get("TUICRM_NOW", "")
    if not text:
        return SystemClock()
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise Usage("now_not_iso", text=text) from None
    if instant.tzinfo is None:
        raise Usage("now_not_iso", text=text)
    return FrozenClock(instant)
