"""A call that runs, or has just ended: its clock and what the telephone said of it. Pure.

Lengths are measured by the monotonic clock, so that a machine that corrects its time does not make a call
longer. Only a call that began before the program did is measured by the time of day.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from tuicrm.domain.clock import Clock
from tuicrm.domain.live_models import CallName
from tuicrm.domain.models import Direction, PhoneCall


@dataclass(slots=True)
class Live:
    """One call. ``began``: when the talk began (taken, or dialled), aware; ``began_at``: the same, monotonic."""

    call: PhoneCall
    began: datetime
    began_at: float
    ended_at: float | None = None
    seen: bool = False
    """Whether the telephone's list has had it: only then does its absence mean that it was dealt with."""
    found: bool = False
    """It was over before the program was begun, and is written down now; whoever has the person keeps them."""
    twins: set[CallName] = field(default_factory=set)
    """What a telephone told of a call dialled by hand: the same call under other names."""

    @classmethod
    def taken(cls, call: PhoneCall, clock: Clock) -> Live:
        """A call that was taken or dialled; it may have begun a while ago."""
        began = call.answered_at or clock.now()
        began_at = clock.monotonic() - max(0.0, (clock.now() - began).total_seconds())
        live = cls(call, began, began_at)
        if call.ended_at is not None:
            live.ended_at = began_at + max(0.0, (call.ended_at - began).total_seconds())
        return live

    @classmethod
    def left(cls, call: PhoneCall, clock: Clock) -> Live:
        """A call that was over before the program was begun. How long it was is known if the telephone said so."""
        live = cls.taken(call, clock)
        live.found = True
        return live

    @property
    def direction(self) -> Direction:
        return "out" if self.by_hand else "in"

    @property
    def answered(self) -> bool | None:
        """Whether it was taken. Of a call dialled by hand nobody can tell."""
        return None if self.by_hand else True

    @property
    def number(self) -> str:
        return self.call.number

    @property
    def by_hand(self) -> bool:
        """Whether it was dialled here, without a telephone that tells how it goes."""
        return self.call.by_hand

    @property
    def running(self) -> bool:
        return self.ended_at is None and not self.found

    def hang_up(self, now: float) -> None:
        """The talk ends; from here on it is wrap-up. A second time changes nothing."""
        if self.running:
            self.ended_at = max(now, self.began_at)

    def talk_s(self, now: float) -> int | None:
        """Whole seconds of talk so far; None of a call whose end nobody knows."""
        if self.ended_at is None and self.found:
            return None
        return int((self.ended_at if self.ended_at is not None else max(now, self.began_at)) - self.began_at)

    def wrap_s(self, now: float) -> int | None:
        """Whole seconds since the talk ended; None while it runs, and for a call that was found: nobody wrote since."""
        return None if self.ended_at is None or self.found else max(0, int(now - self.ended_at))

    @property
    def ring_s(self) -> int | None:
        """Whole seconds it rang; None when the telephone did not say."""
        rang = self.call.rang_at
        return None if rang is None else max(0, int((self.began - rang).total_seconds()))

    def is_call(self, call: PhoneCall) -> bool:
        """Whether the telephone speaks of this one."""
        return self.name == call.name

    @property
    def name(self) -> CallName:
        """The telephone's name for it: source and call id."""
        return self.call.name
