"""The values of a plan: what is known of a call beside its line, and what will happen to what."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from tuicrm.domain.models import Direction, Due, FollowUp, Left
from tuicrm.domain.process import Outcome
from tuicrm.domain.record import record
from tuicrm.domain.tokens import LineContext, Problem

FollowUpAction = Literal["make", "move", "close", "cancel", "exhaust"]
TicketAction = Literal["make", "comment", "status", "resolve"]


@record
class CallFacts:
    """What the face and the database know about the call beside its line."""

    line: LineContext
    agent: str
    """Handle of who saves it."""
    due_follow_ups: tuple[FollowUp, ...] = ()
    """The contact's open follow-ups that are due, any order."""
    later_today: tuple[FollowUp, ...] = ()
    """Open ones with a time later today; a call answers them only when they are named."""
    to_try_again: tuple[FollowUp, ...] = ()
    """Open ones of a later day that are there because nobody was reached."""
    promised: tuple[FollowUp, ...] = ()
    """All that are open, by due."""
    in_vain: FollowUp | None = None
    """The contact's last promise, when its last attempt was in vain and nobody has spoken with them since."""
    started_from: FollowUp | None = None
    """The follow-up the call was started from, due or not."""
    answers: int | None = None
    """Id of the one that the person named when it was open which one is answered; 0: none of them."""
    answered: bool | None = None
    """Whether the other side (or, ringing, the agent) took the call; None: nobody can tell."""
    started_at: datetime | None = None
    """By the clock of the call; None: ``line.now``."""
    duration_s: int | None = None
    """By the running timer."""
    has_contact: bool = True
    """False: nobody chosen, nobody to be made."""
    do_not_call: bool = False
    """The contact asked not to be called."""


@record
class FollowUpPlan:
    """What happens to one follow-up. ``id`` is None for one to be made."""

    action: FollowUpAction
    id: int | None
    due: Due | None
    """The new promise for ``make`` and ``move``; None otherwise."""
    assignee: str
    attempt: int
    attempts_max: int | None
    reason: str
    topic: str | None
    due_given: bool = False
    """True when the line named the moment; False when a rule did."""
    day_off: str | None = None
    """The line named a day on which nobody works: the name of the holiday, ``""`` for a weekday off."""


@record
class TicketPlan:
    """What happens to one ticket. ``id`` is None for one to be made."""

    action: TicketAction
    id: int | None
    subject: str
    kind: str | None
    priority: str | None
    status: str | None
    """The new status for ``make``, ``status`` and ``resolve``; None for ``comment``."""
    assignee: str | None
    """None: leave it."""
    comment: str
    """The note as the ticket's thread gets it; may be empty."""


@record
class CallPlan:
    """Everything one saved line does."""

    outcome: Outcome
    note: str
    channel: str
    direction: Direction
    started_at: datetime
    duration_s: int | None
    topic: str | None
    topic_guessed: bool
    tags: tuple[str, ...]
    score: int | None
    answered: FollowUpPlan | None
    """What happens to the follow-up that it answers: ``move``, ``close``, ``cancel`` or ``exhaust``."""
    made: FollowUpPlan | None
    """The follow-up that this call makes, alone or after the answered one was closed."""
    tickets: tuple[TicketPlan, ...]
    do_not_call: bool
    left: Left
    """What is not touched, and not made."""
    problems: tuple[Problem, ...]
    """The line's and the plan's own."""

    @property
    def follow_up(self) -> FollowUpPlan | None:
        """The promise that stands after the call: the made one, else the moved one."""
        if self.made is not None:
            return self.made
        return self.answered if self.answered is not None and self.answered.action == "move" else None
