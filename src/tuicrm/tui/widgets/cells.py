"""What the rows of each list say: pure functions from a row to the cells of its columns.

A ``Scene`` is what a row cannot know by itself: the moment, the zone, the company's labels. The screen makes
a new one each minute, so that "late 31m" stays true, and hands its columns to the list. Nothing is read
from a database or a clock here; every word goes through ``i18n``, every name through ``rows.data``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from functools import partial

from tuicrm import i18n
from tuicrm.domain.fold import fold
from tuicrm.domain.models import (
    Call,
    CallFollowUp,
    CallTicket,
    Contact,
    ContactRow,
    Due,
    FollowUp,
    TodayRow,
)
from tuicrm.domain.process import Process
from tuicrm.i18n import Phrase, nt, t
from tuicrm.number_words import called as called
from tuicrm.number_words import called_with
from tuicrm.number_words import phone_words as phone_words
from tuicrm.tui import text
from tuicrm.tui.rows import EMPTY, Cell, Column, data, number, words
from tuicrm.tui.widgets import moments

LONGEST_OUTCOME = 16
"""Cells a column of outcomes gets at most for its words."""
HOT = frozenset({"high", "urgent"})
"""Priorities that are set in a warning colour; the word itself always stands beside the number."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What the renderers need beside the row: the moment, the agent's zone, the process for its labels.

    ``region``: the country whose numbers are shown in their national form (ISO, or ``""``). ``me``: who reads; what
    others did has their name where there is little room.
    """

    now: datetime
    zone: tzinfo
    process: Process
    region: str = ""
    me: str = ""

    @property
    def today(self) -> date:
        """The local day."""
        return self.now.astimezone(self.zone).date()

    def outcome(self, code: str | None) -> str:
        """The company's word for an outcome; ``""`` for none."""
        return self.process.outcome(code).label(i18n.language()) if code else ""

    def priority(self, code: str) -> str:
        return self.process.priority(code).label(i18n.language())

    def status(self, code: str) -> str:
        return self.process.status(code).label(i18n.language())

    def channel(self, code: str) -> str:
        return self.process.channel(code).label(i18n.language())

    def topic(self, code: str) -> str:
        """The company's word for a topic; the code itself when this version has none."""
        topic = self.process.topic(code)
        return topic.label(i18n.language()) if topic else code

    def due(self, promise: FollowUp | CallFollowUp) -> Due:
        """When it is due in the agent's own zone."""
        return moments.due_in(promise, self.zone)

    def is_late(self, due: Due) -> bool:
        return moments.is_late(due, self.now, self.zone)


def main_number(person: ContactRow | Contact) -> str:
    """The number to dial or copy: E.164, or as typed when it is not valid; ``""`` without one."""
    if isinstance(person, ContactRow):
        return person.phone
    return (person.phones[0].e164 or person.phones[0].raw) if person.phones else ""


def who(row: ContactRow, scene: Scene) -> str:
    """A person's name, else the number: one of the two is always there."""
    return row.name or phone_words(row.phone, scene.region)


def ticket_mark(ticket: CallTicket, scene: Scene) -> Phrase:
    """``#41 high``: number and priority."""
    return t("#{id} {priority}", id=ticket.id, priority=scene.priority(ticket.priority))


def attempt_mark(follow_up: FollowUp, usual: int | None = None) -> str:
    """``2/4``: which attempt of how many, else of the ``usual`` number; without a limit ``2``, and nothing for the
    first one."""
    most = follow_up.attempts_max or usual
    if most is not None:
        return i18n.figures(f"{follow_up.attempt}/{most}")
    return i18n.figures(str(follow_up.attempt)) if follow_up.attempt > 1 else ""


# --- today --------------------------------------------------------------------------------------------------


def today_columns(
    scene: Scene, *, gone: frozenset[str] = frozenset(), quiet: bool = False, promised: bool = True
) -> tuple[Column, ...]:
    """When, who, how late, why, which attempt, how it last ended.

    ``gone``: keys of rows that left the queue while the cursor was on them. ``quiet``: somebody is in quiet hours, and
    until when they last stands in place of how late. ``promised``: somebody is promised a call; else names have the
    room of the moment.
    """
    when, late = moments.mark_width(), till_width() if quiet else moments.late_width()
    named = _least(18, when + late, 6 + 8) + (0 if promised else when)
    moment = (Column("when", partial(_today_when, scene=scene), when),) if promised else ()
    return (
        *moment,
        Column("who", partial(_today_who, scene=scene), 14, grow=2, wants=named),
        Column("late", partial(_today_late, scene=scene, gone=gone), late),
        # beside a card the reason needs the room, and the card tells how it last ended
        Column("why", partial(_today_why, scene=scene), 19, grow=5, wants=22),
        Column("attempt", partial(_today_attempt, scene=scene), 3, rank=2),
        Column("outcome", partial(_today_outcome, scene=scene), 9, rank=1, wants=_longest_outcome(scene)),
    )


def _longest_outcome(scene: Scene) -> int:
    """Cells that the company's longest word for an outcome needs, up to ``LONGEST_OUTCOME``."""
    labels = (text.cells(one.label(i18n.language())) for one in scene.process.outcomes)
    return min(max(labels, default=0), LONGEST_OUTCOME)


def _today_when(row: TodayRow, scene: Scene) -> Cell:
    if row.follow_up is None:
        # what is promised for another day is not why somebody stands here
        return EMPTY
    due = scene.due(row.follow_up)
    return number(moments.due_mark(due, scene.today), "dim" if due.on > scene.today else "")


def _today_who(row: TodayRow, scene: Scene) -> Cell:
    return data(who(row.contact, scene), "strong" if row.follow_up else "")


def _today_late(row: TodayRow, scene: Scene, gone: frozenset[str]) -> Cell:
    if row.key in gone:
        return words(t("gone"), "warn")
    if row.quiet_until is not None:
        return words(_till(row.quiet_until, scene), "dim")
    if row.follow_up is None:
        return _unpromised_late(row, scene)
    due = scene.due(row.follow_up)
    return words(moments.lateness(due, scene.now, scene.zone), "warn" if scene.is_late(due) else "")


def _next_due(row: TodayRow, scene: Scene) -> Due | None:
    """What is promised for another day to somebody who was called last."""
    due = row.contact.next_follow_up
    return due if due is not None and due.on > scene.today else None


def _unpromised_late(row: TodayRow, scene: Scene) -> Cell:
    """How long a call is owed to keep in touch, ``late 5d``; else how far off the next promise is."""
    due = _next_due(row, scene)
    if not row.owed_days:
        return words(moments.lateness(due, scene.now, scene.zone), "dim") if due else EMPTY
    if row.late_days <= 0:
        return words(t("today"))
    return words(t("late {span}", span=moments.span(row.late_days * 24 * 60)), "warn")


def _today_why(row: TodayRow, scene: Scene) -> Cell:
    if row.claimed_by:
        return claimed(row.claimed_by)
    if row.contact.do_not_call:
        return words(t("do not call"), "bad")
    reason = row.follow_up.reason if row.follow_up else ""
    if row.part == "exhausted" and row.follow_up is not None:
        return words(t("{agent}: {reason}", agent=row.follow_up.assignee, reason=reason), "")
    if row.ticket is not None:
        role: text.Role = "warn" if row.ticket.priority in HOT else ""
        mark = ticket_mark(row.ticket, scene)
        subject = reason or row.ticket.subject
        return words(t("{ticket}  {reason}", ticket=mark, reason=subject), role)
    if row.follow_up is not None:
        return data(reason)
    if row.owed_days:
        return words(nt("in touch every day", "in touch every {n} days", row.owed_days), "dim")
    return words(_last_called(row, scene), "dim")


def _last_called(row: TodayRow, scene: Scene) -> Phrase:
    at = row.contact.last_call_at
    if at is None:
        return t("never called")
    if row.attempts > 1:
        # of a worklist: how often it was tried in this round
        ago = moments.ago_short(at, scene.now, scene.zone)
        return nt("{n} call, last {ago}", "{n} calls, last {ago}", row.attempts, ago=ago)
    if scene.now - at < timedelta(minutes=1):
        return t("called just now")
    return t("last call {ago}", ago=moments.ago_short(at, scene.now, scene.zone))


def _till(until: datetime, scene: Scene) -> Phrase:
    """``till 08:30``: from when on they may be called, on the agent's clock; ``till Mon`` when that is days off."""
    if until - scene.now < timedelta(days=1):
        return t("till {when}", when=moments.clock(until, scene.zone))
    local = until.astimezone(scene.zone)
    return t("till {when}", when=moments.due_mark(Due(local.date()), scene.today))


def till_width() -> int:
    """Cells for how late one is, or for until when it waits."""
    return max(moments.late_width(), text.cells(t("till {when}", when="")) + moments.mark_width())


def _today_attempt(row: TodayRow, scene: Scene) -> Cell:
    if row.follow_up is None:
        return EMPTY
    return number(attempt_mark(row.follow_up, scene.process.defaults.attempts_max), "dim")


def _today_outcome(row: TodayRow, scene: Scene) -> Cell:
    return data(scene.outcome(row.last_outcome), "dim")


# --- contacts -----------------------------------------------------------------------------------------------


def contact_columns(
    scene: Scene, sought: Sequence[str] = (), *, near: bool = False, by_last: bool = False
) -> tuple[Column, ...]:
    """Name, company, main number, last call, open tickets, next follow-up.

    ``sought``: the folded words being searched, marked where they stand. ``near``: some rows were found only
    by the forgiven slip; a column says which. ``by_last``: the list stands by the last call, and its heading says so.
    """
    slip = (Column("near", _near, 4),) if near else ()
    last = max(moments.ago_width(), text.cells(t("last call")) + 1 if by_last else 0)
    tickets = max(4, text.cells(t("tickets")))
    soon = max(moments.overdue_width(), moments.mark_width(), text.cells(t("no calls")))
    company = _least(10, last + tickets + soon, 9 + 7 + 8 + 2)
    return (
        Column("name", partial(_name, sought=tuple(sought)), 15, grow=5),
        *slip,
        Column("company", partial(_company, sought=tuple(sought)), company, grow=4, rank=2),
        Column("phone", partial(_phone, scene=scene, sought=tuple(sought)), 16, rank=1),
        Column("last", partial(_last_call, scene=scene), last, rank=3),
        Column("tickets", _tickets, tickets, rank=5, right=True),
        Column("next", partial(_next, scene=scene), soon, rank=4),
    )


def _least(wanted: int, others: int, room: int) -> int:
    """Cells for a column of text: ``wanted``, less what the words of this language take more than the ``room`` of
    the columns beside it, so that no column falls out at eighty that English has. Persian text is the shorter."""
    return max(wanted - 4, wanted - max(0, others - room))


def _name(row: ContactRow, sought: tuple[str, ...]) -> Cell:
    if not row.name:
        return words(t("no name"), "dim")
    return data(row.name, "strong", marks(row.name, sought))


def _near(row: ContactRow) -> Cell:
    return words(t("near"), "warn") if row.near else EMPTY


def claimed(agent: str) -> Cell:
    """Who has the person of a row open now, in the row itself."""
    return words(t("with {agent} now", agent=agent), "warn")


def _company(row: ContactRow, sought: tuple[str, ...]) -> Cell:
    return data(row.company, "", marks(row.company, sought))


def marks(shown: str, sought: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """The found parts of a name: beginnings of its words, else those that were typed joined (``leikar``)."""
    return text.matches(shown, sought) or (joined_marks(shown, sought[0]) if len(sought) == 1 else ())


def joined_marks(shown: str, sought: str) -> tuple[tuple[int, int], ...]:
    """The beginnings of words that, one after the other, make up ``sought``; nothing when they do not."""
    found: list[tuple[int, int]] = []
    left = sought
    for word in re.finditer(r"\w+", shown):
        folded = fold(word.group())
        length = next((n for n in range(min(len(folded), len(left)), 0, -1) if left[:n] == folded[:n]), 0)
        if length:
            found.append((word.start(), word.start() + min(length, len(word.group()))))
            left = left[length:]
    return tuple(found) if not left and len(found) > 1 else ()


def _phone(row: ContactRow, scene: Scene, sought: tuple[str, ...]) -> Cell:
    if row.claimed_by:
        # in place of the number: nobody else is to call them now
        return claimed(row.claimed_by)
    shown = phone_words(row.phone, scene.region)
    marks = tuple(mark for word in sought for mark in digit_marks(shown, word))
    return number(shown, "" if marks else "dim", tuple(sorted(marks)))


def digit_marks(shown: str, sought: str) -> tuple[tuple[int, int], ...]:
    """Where the digits ``sought`` stand in a number as shown, its spaces and signs between them included.

    The last place counts, since numbers are looked for by their end.
    """
    if len(sought) < 3 or not sought.isdecimal():
        return ()
    places = [(place, str(int(char))) for place, char in enumerate(shown) if char.isdecimal()]
    at = "".join(digit for _, digit in places).rfind(sought.lstrip("0") or sought)
    if at < 0:
        return ()
    length = len(sought.lstrip("0") or sought)
    return ((places[at][0], places[at + length - 1][0] + 1),)


def _last_call(row: ContactRow, scene: Scene) -> Cell:
    if row.calls_today > 1:
        return words(t("{n} today", n=row.calls_today), "warn")
    return words(moments.ago_short(row.last_call_at, scene.now, scene.zone), "dim")


def _tickets(row: ContactRow) -> Cell:
    return number(str(row.open_tickets)) if row.open_tickets else EMPTY


def _next(row: ContactRow, scene: Scene) -> Cell:
    if row.do_not_call:
        return words(t("no calls"), "bad")
    due = row.next_follow_up
    if due is None:
        return EMPTY
    if scene.is_late(due):
        return words(moments.lateness(due, scene.now, scene.zone), "warn")
    return number(moments.due_mark(due, scene.today))


# --- calls --------------------------------------------------------------------------------------------------


def call_with(call: Call, scene: Scene) -> str:
    """The name of whom a call was with, else the number; ``""`` when neither is known."""
    return called_with(call, scene.region)


def direction_word(call: Call) -> Phrase:
    """``in`` or ``out``."""
    return t("in") if call.direction == "in" else t("out")


def direction_width() -> int:
    """Cells that ``direction_word`` needs in this language."""
    return max(3, text.cells(t("in")), text.cells(t("out")))
