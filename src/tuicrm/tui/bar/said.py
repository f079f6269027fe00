"""The one line after a save: what was saved, in words, and that ``u`` takes it back."""

from __future__ import annotations

from typing import Final

from tuicrm.domain.models import FollowUp, Saved
from tuicrm.i18n import Phrase, nt, t
from tuicrm.tui import keymap
from tuicrm.tui.text import ELLIPSIS, cells, crop
from tuicrm.tui.widgets import moments
from tuicrm.tui.widgets.cells import Scene, call_with

SIZES: Final = ((60, 24), (28, 20), (20, 14), (14, 8))
"""Cells of a person's name and of a ticket's subject, from generous to tight: the moment of a promise stands behind
them and must not be cut."""
TAIL: Final = 11
"""Cells of the line that are not the sentence's: its margin and the key that takes it back."""
LEAST: Final = 12
"""Cells below which the beginning of a note tells nobody anything."""
MOST: Final = 40
"""Cells of a note that are enough to know it again."""


def saved_words(saved: Saved, scene: Scene, width: int = 80) -> Phrase:
    """``Leila Karimi: no answer, again tomorrow 08:30 (3 of 4)``, in a line of ``width`` cells.

    The outcome stands first: it says that a call was written; it gives way where even the shortest is too long and
    something else says so. A new ticket and a new contact are always named: nobody may learn of them later. Then what
    else was typed, and the beginning of the note, as far as there is room.
    """
    said = Phrase()
    for outcome in (True, False):
        for name, subject in SIZES:
            said = _said(saved, scene, (name, subject), outcome=outcome)
            if cells(said) <= width - TAIL:
                return _with_more(said, saved, scene, width - TAIL)
    return said


def _with_more(said: Phrase, saved: Saved, scene: Scene, width: int) -> Phrase:
    for fact in _typed(saved, scene):
        longer = _listed([said, fact])
        if cells(longer) > width:
            return said
        said = longer
    room = min(width - cells(said) - cells(t(", ")), MOST)
    note = crop(" ".join(saved.call.note.split()), room)
    # the subject of a new ticket is the note
    if not note or (room < LEAST and note.endswith(ELLIPSIS)) or saved.ticket_made:
        return said
    return _listed([said, t("{word}", word=note)])


def _said(saved: Saved, scene: Scene, sizes: tuple[int, int], *, outcome: bool) -> Phrase:
    call = saved.call
    name, subject = sizes
    parts = [t("new contact")] if saved.contact_made else []
    if saved.ticket is not None:
        parts.append(_ticket(saved, scene, subject))
    parts += _follow_up(saved, scene)
    if saved.marked:
        parts.append(_stay_open(saved.open_now) if saved.open_now else t("marked: do not call"))
    elif saved.open_now > 1:
        parts.append(nt("{n} follow-up open now", "{n} follow-ups open now", saved.open_now))
    parts += _left(saved, scene)
    if outcome or not parts:
        parts.insert(0, t("{outcome}", outcome=scene.outcome(call.outcome)))
    who = crop(call_with(call, scene), name) or t("nobody")
    text = t("{who}: {what}", who=who, what=_listed(parts))
    return t("Already saved. {what}", what=text) if saved.repeated else text


def _typed(saved: Saved, scene: Scene) -> list[Phrase]:
    if not saved.typed:
        return []
    # imported here: a key of the queue types nothing but an outcome
    from tuicrm import recorded

    return recorded.facts(saved, scene.process, scene.now, scene.zone)


def _left(saved: Saved, scene: Scene) -> list[Phrase]:
    """What the call did not close, or why it made no retry."""
    left, said = saved.left, list[Phrase]()
    still = left.several or left.later_today or left.written
    if still and not saved.marked:
        said.append(nt("its follow-up stays open", "its follow-ups stay open", len(still)))
    if left.promised and not still:
        due = moments.due_words(scene.due(left.promised), scene.today)
        said.append(t("promised already: {due}", due=due))
    if left.in_vain:
        said.append(tried_in_vain(left.in_vain.attempt))
    return said


def tried_in_vain(n: int) -> Phrase:
    """Why no retry is made by itself, and what makes one."""
    return nt(
        "tried in vain {n} time: only a moment such as /tom makes another",
        "tried in vain {n} times: only a moment such as /tom makes another",
        n,
    )


def _stay_open(n: int) -> Phrase:
    """Their row has left the queue, so the key is that of the follow-ups, where it says why."""
    key = keymap.named("place.followups")
    return nt("{n} stays open ({key} shows it)", "{n} stay open ({key} shows them)", n, key=key)


def _listed(parts: list[Phrase]) -> Phrase:
    return Phrase(t(", ").join(parts))


def _follow_up(saved: Saved, scene: Scene) -> list[Phrase]:
    if saved.coming is None:
        return _promised(saved, scene)
    due = moments.due_words(scene.due(saved.coming), scene.today)
    return [*_promised(saved, scene), t("next one {due}", due=due)]


def _promised(saved: Saved, scene: Scene) -> list[Phrase]:
    follow_up = saved.follow_up
    if saved.exhausted:
        return [t("that was the last attempt")]
    if follow_up is None:
        return []
    if follow_up.state != "open":
        return [t("follow-up done") if follow_up.state == "done" else t("follow-up closed")]
    due = moments.due_words(scene.due(follow_up), scene.today)
    if not saved.follow_up_moved:
        return [t("follow-up {due}", due=due)]
    return [_again(follow_up, due)]


def _again(follow_up: FollowUp, due: Phrase) -> Phrase:
    if follow_up.attempts_max is None:
        return t("again {due}", due=due)
    return t("again {due} ({n} of {max})", due=due, n=follow_up.attempt, max=follow_up.attempts_max)


def _ticket(saved: Saved, scene: Scene, width: int) -> Phrase:
    ticket = saved.ticket
    assert ticket is not None, "asked only with a ticket"
    words = {
        "id": ticket.id,
        "subject": crop(ticket.subject, width),
        "priority": scene.priority(ticket.priority),
        "status": scene.status(ticket.status),
    }
    if saved.ticket_made:
        return t("new ticket #{id} {subject}, {priority}", **words)
    if ticket.category == "resolved":
        return t("ticket #{id} {subject} resolved", **words)
    return t("on ticket #{id} {subject}, {status}", **words)
