"""The values of the log line: what is known when it is read, and what it turned out to say.

``logline`` reads a line into these, ``plan`` makes of them what will be saved, the faces show them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from tuicrm.domain.models import CallTicket, Direction, Due
from tuicrm.domain.process import Process
from tuicrm.domain.record import made, record

if TYPE_CHECKING:
    from tuicrm.domain.when import WhenSettings

Origin = Literal["ringing", "dialled", "follow_up", "remembered"]
TokenKind = Literal[
    "outcome", "due", "no_follow_up", "ticket", "direction", "channel", "topic", "started", "duration", "tag",
    "score", "assignee", "literal", "unknown", "refused",
]  # fmt: skip
TopicFrom = Literal["given", "outcome", "follow_up", "guessed"]
WishKind = Literal["new", "belongs", "status", "resolve"]


@record
class LineContext:
    """Everything beside the text that decides what a line means. Pure facts; nothing is looked up."""

    now: datetime
    """Aware, in the agent's own zone."""
    process: Process
    when: WhenSettings
    origin: Origin = "remembered"
    new_contact: bool = False
    me: str = ""
    """The agent's own handle, which ``@me`` names too."""
    agents: frozenset[str] = frozenset()
    """Handles that ``@`` may name."""
    agent_names: Mapping[str, str] = made(default_factory=dict)
    """What those with a name are called, by handle."""
    agents_off: Mapping[str, str] = made(default_factory=dict)
    """Names (or ``""``) of those who are switched off, by handle: ``@`` names none of them, and says so."""
    tags: tuple[str, ...] = ()
    """Tags that are in use, most used first: what ``#`` offers. Where nothing is offered they are not looked up."""
    open_tickets: tuple[CallTicket, ...] = ()
    """Of the contact, those not resolved."""
    tickets: Mapping[int, CallTicket] = made(default_factory=dict)
    """All tickets of the contact by id, resolved ones too. A number that is not here is somebody else's."""
    bar_open: bool = False
    """True: a line that is nothing but an outcome's key, code or label is that outcome."""
    follow_up_topic: str | None = None
    """Topic of the follow-up that the call answers."""
    learnt_topics: Mapping[str, str] = made(default_factory=dict)
    """Beginning of earlier notes, folded words -> topic code."""
    keyboard: Literal["fa", "ar"] = "fa"
    """The layout whose key positions are tried last."""


@record
class Token:
    """A word of the line, or a part of a chained one, that says something. Positions in code points."""

    start: int
    end: int
    kind: TokenKind
    meaning: str
    """The stored form: a code, ``2026-11-28 10:00``, ``new high``, ``resolve 12``; of a literal its text."""
    active: bool = True
    """False when a later token of the same kind has taken its place."""


@record
class Problem:
    """Why a line is not saved as it is.

    Hard: the line has to be changed. Soft: shown once, the next Enter saves (the command line refuses).
    """

    code: str
    params: Mapping[str, Any]
    start: int
    end: int
    hard: bool
    choices: tuple[str, ...] = ()
    """What might have been meant, as it would be typed (``/x12``)."""


@record
class TicketWish:
    """What the line wants of a ticket. ``id`` is None for a new one, and for a refused one."""

    kind: WishKind
    id: int | None = None
    priority: str | None = None
    status: str | None = None


@record
class LineDraft:
    """What a line says, whole. Two drafts are equal when they say the same, however it was typed.

    Only what the line itself says: defaults (direction, channel, outcome, assignee) are ``plan_call``'s.
    """

    line: str
    note: str = ""
    outcome: str | None = None
    """Code; None: not given."""
    due: Due | None = None
    no_follow_up: bool = False
    tickets: tuple[TicketWish, ...] = ()
    """None, one, or a new one beside a resolved one (in that order)."""
    topic: str | None = None
    """Code."""
    topic_from: TopicFrom | None = None
    direction: Direction | None = None
    channel: str | None = None
    started_at: datetime | None = None
    """Aware, in the agent's zone, whole minutes."""
    duration_s: int | None = None
    tags: tuple[str, ...] = ()
    score: int | None = None
    assignee: str | None = None
    tokens: tuple[Token, ...] = ()
    problems: tuple[Problem, ...] = ()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, LineDraft):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in _SAID)

    def __hash__(self) -> int:
        return hash(tuple(getattr(self, name) for name in _SAID))

    @property
    def ticket(self) -> TicketWish | None:
        """The (first) wish about a ticket."""
        return self.tickets[0] if self.tickets else None

    @property
    def topic_guessed(self) -> bool:
        return self.topic_from == "guessed"

    @property
    def hard(self) -> tuple[Problem, ...]:
        """Problems that must be mended before anything is saved."""
        return tuple(problem for problem in self.problems if problem.hard)

    @property
    def soft(self) -> tuple[Problem, ...]:
        """Problems that a second Enter accepts."""
        return tuple(problem for problem in self.problems if not problem.hard)

    @property
    def empty(self) -> bool:
        """True when the line says nothing at all."""
        return not self.note and not self.tokens


_SAID = tuple(name for name in LineDraft.__match_args__ if name not in ("line", "tokens", "problems"))
