"""A call that runs, or has just ended: its clock and what the telephone said of it. Pure.

Lengths are measured by the monotonic clock, so that a machine that corrects its time does not make a call
longer. Only a call brought back from a draft (the program was killed) is measured by the time of day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tuicrm.domain.clock import Clock
from tuicrm.domain.models import Direction, PhoneCall


@dataclass(slots=True)
class Live:
    """One call. ``began``: when the talk began (taken, or dialled), aware; ``began_at``: the same, monotonic.

    ``source`` and ``call_id`` name it to the telephone; both are empty for one that was dialled by hand.
    """

    direction: Direction
    number: str
    began: datetime
    began_at: float
    answered: bool | None
    source: str = ""
    call_id: str = ""
    rang: datetime | None = None
    ended_at: float | None = None

    @classmethod
    def dialled(cls, number: str, clock: Clock) -> Live:
        """A call begun by hand just now. Whether it was answered nobody can tell."""
        return cls("out", number, clock.now(), clock.monotonic(), None)

    @classmethod
    def taken(cls, call: PhoneCall, clock: Clock) -> Live:
        """A call that the telephone says was taken; it may have begun a while ago."""
        began = call.answered_at or clock.now()
        began_at = clock.monotonic() - max(0.0, (clock.now() - began).total_seconds())
        live = cls("in", call.number, began, began_at, True, call.source, call.call_id, call.rang_at)
        if call.ended_at is not None:
            live.ended_at = began_at + max(0.0, (call.ended_at - began).total_seconds())
        return live

    def adopt(self, call: PhoneCall) -> None:
        """The call dialled by hand is the one the telephone speaks of now."""
        self.source, self.call_id = call.source, call.call_id
        self.answered = True if call.answered_at is not None else self.answered

    @property
    def running(self) -> bool:
        return self.ended_at is None

    def hang_up(self, now: float) -> None:
        """The talk ends; from here on it is wrap-up. A second time changes nothing."""
        if self.ended_at is None:
            self.ended_at = max(now, self.began_at)

    def talk_s(self, now: float) -> int:
        """Whole seconds of talk so far."""
        return int((self.ended_at if self.ended_at is not None else max(now, self.began_at)) - self.began_at)

    def wrap_s(self, now: float) -> int | None:
        """Whole seconds since the talk ended; None while it runs."""
        return None if self.ended_at is None else max(0, int(now - self.ended_at))

    @property
    def ring_s(self) -> int | None:
        """Whole seconds it rang; None when the telephone did not say."""
        return None if self.rang is None else max(0, int((self.began - self.rang).total_seconds()))

    def is_call(self, call: PhoneCall) -> bool:
        """Whether the telephone speaks of this one."""
        return bool(self.call_id) and (self.source, self.call_id) == (call.source, call.call_id)

    def facts(self) -> dict[str, Any]:
        """What a draft keeps of it; instants as ISO texts."""
        talk = None if self.ended_at is None else self.ended_at - self.began_at
        return {
            "direction": self.direction,
            "number": self.number,
            "began": self.began.isoformat(),
            "answered": self.answered,
            "source": self.source,
            "call_id": self.call_id,
            "rang": self.rang.isoformat() if self.rang else None,
            "talk_s": talk,
        }

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any], clock: Clock) -> Live:
        """The call of a draft. One that ran when the program died runs on."""
        began = datetime.fromisoformat(facts["began"])
        began_at = clock.monotonic() - max(0.0, (clock.now() - began).total_seconds())
        rang = datetime.fromisoformat(facts["rang"]) if facts.get("rang") else None
        live = cls(
            facts["direction"],
            facts["number"],
            began,
            began_at,
            facts["answered"],
            facts["source"],
            facts["call_id"],
            rang,
        )
        if facts.get("talk_s") is not None:
            live.ended_at = began_at + float(facts["talk_s"])
        return live
