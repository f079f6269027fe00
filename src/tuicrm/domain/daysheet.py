"""A day on paper: whom to call, why, what was said last, and how a call may end."""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from typing import Literal

from tuicrm.domain.models import Call, Contact, FollowUp
from tuicrm.domain.process import Outcome, Process
from tuicrm.domain.record import record

Part = Literal["at_a_time", "overdue", "that_day"]


@record
class SheetRow:
    """One person. ``follow_ups``: what is promised, by due, at least one; ``last``: the last call, and ``words`` the
    last one that has a note (None: there is none)."""

    contact: Contact
    part: Part
    follow_ups: tuple[FollowUp, ...]
    last: Call | None
    words: Call | None

    @property
    def ref(self) -> str:
        """What is typed for this row when the call is logged."""
        return f"followup:{self.follow_ups[0].id}"


@record
class DaySheet:
    """``on``: the local day; ``agent``: whose (handle); ``made``: when it was written, in ``zone``; ``left_out``:
    people for whom there was no room; ``region``: whose way of writing numbers is used."""

    on: date
    agent: str
    made: datetime
    zone: tzinfo
    region: str
    process: Process
    rows: tuple[SheetRow, ...]
    left_out: int = 0

    def of(self, part: Part) -> list[SheetRow]:
        """The rows of one part, in order."""
        return [row for row in self.rows if row.part == part]

    @property
    def outcomes(self) -> list[Outcome]:
        """How a call of ours may end: those that are typed by a letter first."""
        ours = [one for one in self.process.outcomes if one.code != self.process.missed.code]
        return sorted(ours, key=lambda one: not one.key)


def local_day(it: FollowUp, zone: tzinfo) -> date:
    """The day that a promise falls on in a zone: one without a time is a day, wherever one is."""
    return it.due.on if it.due.at is None else it.due_key.astimezone(zone).date()
