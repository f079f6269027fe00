"""What the rows of the list of calls say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Final

from tuicrm.domain.models import Call
from tuicrm.domain.process import MISSED
from tuicrm.i18n import t
from tuicrm.tui import text
from tuicrm.tui.rows import EMPTY, Cell, Column, data, number, words
from tuicrm.tui.widgets import moments
from tuicrm.tui.widgets.cells import (
    HOT,
    Scene,
    call_with,
    direction_width,
    direction_word,
    marks,
    ticket_mark,
)

OUTCOME: Final = 9
"""Cells that outcomes have at least."""
LONGEST_OUTCOME: Final = 24
"""Cells that outcomes have at most."""
BEFORE: Final = 6
"""Characters of a note that stand before what was found in it; a longer beginning is left out."""


def call_columns(scene: Scene, sought: Sequence[str] = (), outcome: int = OUTCOME) -> tuple[Column, ...]:
    """When, agent, with whom, in or out, how it ended, how long, what was said, what came of it.

    ``sought``: the folded words being searched, marked where they stand. ``outcome``: cells that the outcomes need
    (``outcome_width``).
    """
    words_ = tuple(sought)
    return (
        Column("when", partial(_when, scene=scene), moments.stamp_width()),
        Column("agent", _agent, 6, rank=2),
        Column("who", partial(_who, scene=scene, sought=words_), 13, grow=3),
        Column("direction", _direction, direction_width(), rank=3),
        Column("outcome", partial(_outcome, scene=scene), outcome),
        Column("duration", _duration, 5, rank=1, right=True),
        Column("note", partial(_note, scene=scene, sought=words_), 17, grow=7),
        Column("ticket", partial(_ticket, scene=scene), 10, rank=4),
        Column("next", partial(_next, scene=scene), 16, rank=5),
    )


def outcome_width(rows: Iterable[Call], scene: Scene) -> int:
    """Cells that the words for the outcomes of these calls need, up to ``LONGEST_OUTCOME``: none is cut for one that is
    not there."""
    labels = (text.cells(scene.outcome(row.outcome)) for row in rows)
    return min(max((OUTCOME, *labels)), LONGEST_OUTCOME)


def _when(call: Call, scene: Scene) -> Cell:
    return number(moments.stamp_short(call.started_at, scene.now, scene.zone))


def _agent(call: Call) -> Cell:
    return data(call.agent, "dim")


def _who(call: Call, scene: Scene, sought: tuple[str, ...]) -> Cell:
    named = call_with(call, scene)
    return data(named, "strong", marks(named, sought)) if named else words(t("nobody"), "dim")


def _direction(call: Call) -> Cell:
    return words(direction_word(call), "dim")


def _outcome(call: Call, scene: Scene) -> Cell:
    if call.outcome == MISSED:
        return data(scene.outcome(call.outcome), "bad")
    spoken = scene.process.outcome(call.outcome).contact
    return data(scene.outcome(call.outcome), "" if spoken else "dim")


def _duration(call: Call) -> Cell:
    return number(moments.duration(call.duration_s), "dim")


def _note(call: Call, scene: Scene, sought: tuple[str, ...]) -> Cell:
    if call.outcome == MISSED and not call.note:
        return words(t("nobody took it"), "bad")
    note = call.note.replace("\n", " ")
    found = text.matches(note, sought)
    if found:
        note, found = excerpt(note, found)
        return data(note, "", found)
    if call.channel != scene.process.defaults.channel:
        return words(t("{channel}: {note}", channel=scene.channel(call.channel), note=note))
    return data(note)


def excerpt(note: str, found: tuple[tuple[int, int], ...]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The note from shortly before the first found word on, and where the found words stand in that."""
    first = found[0][0]
    if first <= BEFORE:
        return note, found
    start = note.find(" ", first - BEFORE, first) + 1 or first
    shift = len(text.ELLIPSIS) - start
    return text.ELLIPSIS + note[start:], tuple((a + shift, b + shift) for a, b in found)


def _next(call: Call, scene: Scene) -> Cell:
    if call.follow_up is None:
        return EMPTY
    return words(moments.due_short(scene.due(call.follow_up), scene.today), "dim")


def _ticket(call: Call, scene: Scene) -> Cell:
    if call.ticket is None:
        return EMPTY
    return words(ticket_mark(call.ticket, scene), "warn" if call.ticket.priority in HOT else "dim")
