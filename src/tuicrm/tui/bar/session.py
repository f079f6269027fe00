"""One call that is being written down: whom it is with, its line, what the person was told. Pure.

A session outlives the screen it was opened on; the app keeps it. It holds no widget and does no reading: the
bar gives it facts (``take``) and asks it what its line means now (``read``) and whether it may be saved
(``verdict``).
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from tuicrm.domain.logline import parse_line
from tuicrm.domain.models import CallDraft, Contact, ContactRow, NewContact, Who
from tuicrm.domain.plan import CallPlan, plan_call
from tuicrm.domain.record import replace
from tuicrm.domain.tokens import LineDraft, Origin, Problem
from tuicrm.tui.bar.live import Live
from tuicrm.tui.bar.who import Finder

if TYPE_CHECKING:
    from tuicrm.services.calls import CallContext

Phase = Literal["who", "line"]
Ask = Literal["due", "name", "drop"]
"""A question that takes the next key: which follow-up was answered; whether many words are a name; whether a
call that is over is to stay unlogged."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the line says and what saving it will do."""

    draft: LineDraft
    plan: CallPlan


@dataclass(frozen=True, slots=True)
class Verdict:
    """What Enter on the line leads to.

    ``save``: go. ``refuse``: the line has to change. ``tell``: said once, the next Enter saves.
    ``ask``: one key answers. ``problems`` say why; ``code`` names a reason that is not a problem of the line.
    """

    kind: Literal["save", "refuse", "tell", "ask"]
    problems: tuple[Problem, ...] = ()
    code: str = ""


@dataclass(slots=True)
class Session:
    """The state of one call in the bar.

    ``who`` is None until somebody was taken; ``name`` is what to call them. ``told`` is the line as it stood
    when the person was told about it: the same line is not held up twice. ``keys`` counts physical keys,
    ``entry_s`` the seconds of writing before ``typing_since``.
    """

    finder: Finder
    origin: Origin = "remembered"
    uid: str = field(default_factory=lambda: uuid.uuid4().hex)
    phase: Phase = "who"
    who: Who | None = None
    name: str = ""
    company: str = ""
    contact: Contact | ContactRow | None = None
    context: CallContext | None = None
    line: str = ""
    dial: bool = False
    live: Live | None = None
    follow_up_id: int | None = None
    answers: int | None = None
    ask: Ask | None = None
    told: str | None = None
    refused: bool = False
    keys: int = 0
    entry_s: float = 0.0
    typing_since: float | None = None
    browsing: int | None = None
    typed: str = ""
    dialled: Contact | ContactRow | None = None
    """Whom a call was dialled to that came back by an undo: it stays theirs, whoever is written down next."""
    taken_up: datetime | None = None
    """When the draft was written that it goes on with, until that is said."""

    # --- whom ---------------------------------------------------------------------------------------------

    @property
    def key(self) -> str:
        """Where its draft is kept: the live call's, the contact's, or the one that names nobody."""
        if self.live is not None:
            return "phone:{}/{}".format(*self.live.name)
        if self.who is not None and self.who.contact_id is not None:
            return f"contact:{self.who.contact_id}"
        return "who"

    def take_contact(self, contact: Contact | ContactRow, context: CallContext) -> None:
        """The call is with this contact; the line comes next."""
        self.contact, self.context = contact, context
        self.who = Who(contact_id=contact.id)
        self.name, self.company = contact.name, contact.company
        self._to_line()

    def is_anothers(self, whom: Contact | NewContact) -> bool:
        """Whether the call that came back is not theirs: it was dialled to somebody else, at a number not theirs."""
        same = isinstance(whom, Contact) and self.dialled is not None and whom.id == self.dialled.id
        if self.dialled is None or self.live is None or same:
            return False
        return all(self.live.number not in (phone.e164, phone.raw) for phone in whom.phones)

    def without_call(self) -> None:
        """What is written here is no part of the live call any more."""
        self.live = self.dialled = None
        self.origin = "remembered"

    def take_new(self, new: NewContact, context: CallContext) -> None:
        """The call is with somebody to be made with it."""
        self.contact, self.context = None, _with_new(context)
        self.who = Who(new=new)
        self.name, self.company = new.name, new.company
        self._to_line()

    def take_nobody(self, context: CallContext) -> None:
        """The call names nobody. An unknown caller is kept by number."""
        alone = self.finder.by_number_alone()
        if alone is not None:
            self.take_new(alone, context)
            return
        self.contact, self.context = None, context
        self.who, self.name, self.company = Who(), "", ""
        self._to_line()

    def _to_line(self) -> None:
        self.phase, self.ask, self.told = "line", None, None
        self.answers = None

    def back_to_who(self) -> None:
        """The empty line asks Who again. What was known of the contact is forgotten, its follow-up too."""
        self.phase, self.who, self.contact, self.context = "who", None, None, None
        self.name = self.company = ""
        self.ask = self.told = self.answers = self.follow_up_id = None
        if self.origin == "follow_up":
            self.origin = "remembered"

    # --- the line -----------------------------------------------------------------------------------------

    def write(self, line: str) -> bool:
        """What stands in the line now. True when it changed: what was told or answered counts no more."""
        if line == self.line:
            return False
        self.line = line
        self.ask = self.told = self.answers = None
        self.refused = False
        return True

    def read(self, now: datetime, monotonic: float) -> Reading | None:
        """What the line means at this moment; None while nobody was taken."""
        context = self.context
        if context is None:
            return None
        line = replace(context.line, now=now.astimezone(context.line.now.tzinfo), bar_open=True)
        draft = parse_line(self.line, line)
        live = self.live
        facts = replace(
            context.call,
            line=line,
            answers=self.answers,
            answered=live.answered if live is not None else None,
            started_at=live.began if live is not None else None,
            duration_s=live.talk_s(monotonic) if live is not None else None,
            has_contact=self.who is not None and self.who != Who(),
        )
        return Reading(draft, plan_call(draft, facts, line.process))

    def verdict(self, reading: Reading) -> Verdict:
        """Whether Enter saves this reading."""
        hard = tuple(problem for problem in reading.plan.problems if problem.hard)
        if hard:
            return Verdict("refuse", hard)
        if reading.draft.empty and not (self.live is not None and self.live.answered):
            return Verdict("refuse", code="bar_nothing")
        if reading.plan.left.open_question and self.answers is None:
            return Verdict("ask", code="bar_which_due" if reading.plan.left.several else "bar_later_today")
        if self.told == self.line:
            return Verdict("save")
        soft = tuple(problem for problem in reading.plan.problems if not problem.hard)
        return Verdict("tell", soft) if soft else Verdict("save")

    def earlier(self, step: Literal[1, -1], notes: Sequence[str]) -> str | None:
        """The line for Up (-1: an older note) or Down; None when there is none. ``notes``: newest first."""
        here = -1 if self.browsing is None else self.browsing
        there = here - step
        if not -1 <= there < len(notes) or there == here:
            return None
        if self.browsing is None:
            self.typed = self.line
        self.browsing = None if there < 0 else there
        return self.typed if self.browsing is None else notes[self.browsing]

    # --- counting -----------------------------------------------------------------------------------------

    def pressed(self, keys: int, monotonic: float) -> None:
        """A key event of ``keys`` physical keys."""
        self.keys += keys
        if self.typing_since is None:
            self.typing_since = monotonic

    def put_away(self, monotonic: float) -> None:
        """The bar was left: time away from it is no writing."""
        self.entry_s = self.written_s(monotonic)
        self.typing_since = None

    def written_s(self, monotonic: float) -> float:
        """Seconds of writing, from the first key to now, time away from the bar left out."""
        running = 0.0 if self.typing_since is None else max(0.0, monotonic - self.typing_since)
        return round(self.entry_s + running, 3)

    @property
    def blank(self) -> bool:
        """Whether nothing was written or chosen that would be lost."""
        if self.line.strip():
            return False
        if self.phase == "who":
            return not self.finder.text.strip()
        return self.live is None and (self.who is None or self.who.new is None)

    @property
    def kept(self) -> bool:
        """Whether it is worth a draft. A search for somebody that was left is not; a number, or a live call's, is."""
        searching = self.phase == "who" and not self.line.strip()
        if searching and self.live is None:
            new = self.finder.new
            return new is not None and new.strong
        return not self.blank

    # --- saving -------------------------------------------------------------------------------------------

    def call(self, monotonic: float) -> CallDraft:
        """The call as it is to be saved."""
        who = self.who or Who()
        caller = self.finder.caller
        live = self.live
        draft = CallDraft(
            uid=self.uid,
            who=who,
            line=self.line,
            keys=self.keys,
            entry_s=self.written_s(monotonic),
            follow_up_id=self.follow_up_id,
            answers=self.answers,
            number=caller.raw if caller is not None else "",
            soft_ok=self.told == self.line,
        )
        if live is None:
            return draft
        return replace(
            draft,
            direction=live.direction,
            answered=live.answered,
            started_at=live.began,
            talk_s=live.talk_s(monotonic),
            wrap_s=None if live.found else live.wrap_s(monotonic) or 0,
            ring_s=live.ring_s,
            source=live.call.source,
            source_call_id=live.call.call_id,
            number=live.number,
        )


def _with_new(context: CallContext) -> CallContext:
    return replace(context, line=replace(context.line, new_contact=True))
