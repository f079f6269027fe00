"""What the rows of the agenda say, and the line above each day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial

from textual.content import Content

from tuicrm import shown
from tuicrm.domain.models import SKIPPED, Due, FollowUp
from tuicrm.i18n import Phrase, nt, t, word
from tuicrm.tui import text
from tuicrm.tui.rows import EMPTY, Cell, Column, data, number, words
from tuicrm.tui.widgets import moments
from tuicrm.tui.widgets.cells import Scene, attempt_mark, called, claimed, marks, till_width

REPEATS = "↻"
"""After the moment of one that comes again."""


def agenda_columns(
    scene: Scene, sought: Sequence[str] = (), *, everybody: bool = True, closed: bool = False
) -> tuple[Column, ...]:
    """When, whom, how late or until when it waits, what for, which attempt, who keeps it.

    ``sought``: the folded words being searched, marked where they stand. ``everybody``: several agents' may be listed;
    ``closed``: those that are not open too.
    """
    words_ = tuple(sought)
    agent = (Column("agent", _agent, 6, rank=2, wants=8),) if everybody else ()
    return (
        Column("when", partial(_when, scene=scene), when_width()),
        Column("who", partial(_who, scene=scene, sought=words_), 14, grow=2, wants=18),
        Column("late", partial(_late, scene=scene), late_width(closed=closed)),
        Column("why", partial(_why, sought=words_), 17, grow=5, wants=22),
        Column("attempt", partial(_attempt, scene=scene), 3, rank=3),
        *agent,
    )


def when_width() -> int:
    """Cells for a time of day, or for words instead, with the sign of what repeats."""
    return max(5, text.cells(t("all day"))) + 1 + text.cells(REPEATS)


def late_width(*, closed: bool) -> int:
    """Cells for how late or how far off one is, or in which state."""
    states = [word(each) for each in ("done", "cancelled", "exhausted")] if closed else []
    return max([till_width(), *map(text.cells, states)])


def day_of(row: FollowUp, scene: Scene) -> date:
    """The day under which one stands: on which it is due by the agent's clock."""
    return row.due_key.astimezone(scene.zone).date()


def day_heading(on: date, scene: Scene, counted: int | None, most: int) -> Phrase:
    """``tomorrow, Mon 23 Nov (2 Azar 1405) · 12``: the day in the calendars lived by, and how many there are."""
    named = moments.near_day(on, scene.today)
    full = shown.full_day(on, scene.today)
    both = shown.with_other(full, on, scene.region)
    said = both if named == full else t("{day}, {date}", day=named, date=both)
    if counted is None:
        return said
    many = t("more than {n}", n=most) if counted > most else t("{n}", n=counted)
    return t("{day} · {n}", day=said, n=many)


def _when(row: FollowUp, scene: Scene) -> Cell:
    due = scene.due(row)
    if due.on != day_of(row, scene):
        # promised for a day on which nobody works: it stands under the next working one
        said = shown.short_day(due.on, scene.today, year=False)
    else:
        said = shown.clock(due.at) if due.at is not None else t("all day")
    sign = t("{when} {sign}", when=said, sign=REPEATS) if row.recurrence else said
    return number(sign, "dim" if due.at is None else "")


def _who(row: FollowUp, scene: Scene, sought: tuple[str, ...]) -> Cell:
    named = called(row.contact, scene.region)
    return data(named, "strong" if row.state == "open" else "dim", marks(named, sought))


def _late(row: FollowUp, scene: Scene) -> Cell:
    if row.state != "open":
        return words(word(row.state), "bad" if row.state == "exhausted" else "dim")
    if row.remind_at is not None and row.remind_at > scene.now:
        return words(_until(row.remind_at, scene), "accent")
    due = scene.due(row)
    return words(moments.lateness(due, scene.now, scene.zone), "warn" if scene.is_late(due) else "dim")


def _until(at: datetime, scene: Scene) -> Phrase:
    """``till 16:40``, ``till Mon``: when it comes back into the queue."""
    return t("till {when}", when=moments.due_mark(local_due(at, scene), scene.today))


def _why(row: FollowUp, sought: tuple[str, ...]) -> Cell:
    if row.claimed_by and row.state == "open":
        return claimed(row.claimed_by)
    if row.closed_reason:
        why = word(SKIPPED) if row.closed_reason == SKIPPED else row.closed_reason
        said = t("{reason}: {why}", reason=row.reason, why=why) if row.reason else why
        return words(said, "dim") if isinstance(said, Phrase) else data(said, "dim")
    if row.do_not_call and row.state == "open":
        # in words, before what was promised: Today does not show it any more
        said = t("do not call: {reason}", reason=row.reason) if row.reason else t("do not call")
        return words(said, "bad")
    if not row.reason:
        return EMPTY
    return data(row.reason, "", text.matches(row.reason, sought))


def _attempt(row: FollowUp, scene: Scene) -> Cell:
    """As Today says it; of what was kept or cancelled only what its own limit was."""
    usual = scene.process.defaults.attempts_max if row.state in ("open", "exhausted") else None
    return number(attempt_mark(row, usual), "dim")


def _agent(row: FollowUp) -> Cell:
    return data(row.assignee, "dim")


# --- above the list, and in the card --------------------------------------------------------------------------


def totals_words(all_: int, overdue: int, today: int, waiting: int, *, more: bool, marked: Phrase) -> Content:
    """``3 marked · 12 overdue · 34 today · 240 follow-ups``; ``more``: they were not counted to the end."""
    many = nt("more than {n}", "more than {n}", all_) if more else nt("{n} follow-up", "{n} follow-ups", all_)
    parts = [
        *([text.phrase(marked, style="accent")] if marked else []),
        *([text.phrase(nt("{n} overdue", "{n} overdue", overdue), style="bad")] if overdue else []),
        *([text.phrase(nt("{n} today", "{n} today", today))] if today else []),
        *([text.phrase(nt("{n} waits", "{n} wait", waiting), style="dim")] if waiting else []),
        text.phrase(many, style="dim"),
    ]
    return text.join(parts, " · ")


def reminded_words(at: datetime, scene: Scene) -> Phrase:
    """``reminded again tomorrow 09:00``."""
    return t("reminded again {when}", when=moments.due_words(local_due(at, scene), scene.today))


def local_due(at: datetime, scene: Scene) -> Due:
    """An instant as a day and a time on the agent's clock."""
    local = at.astimezone(scene.zone)
    return Due(local.date(), local.time().replace(tzinfo=None))
