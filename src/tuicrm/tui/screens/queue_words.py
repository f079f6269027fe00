"""What Today says about its list: the counts above it, its title with the order, the line above a group of rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from textual.content import Content

from tuicrm.domain.models import QueuePart, TodayCounts, TodayRow
from tuicrm.domain.record import record
from tuicrm.domain.worklist import Progress
from tuicrm.i18n import Phrase, nt, t
from tuicrm.tui import keymap, text
from tuicrm.tui.screens.reads import QUEUE, Day


@record
class Shown:
    """Which list stands below the promises. ``worklist``: its name, ``""`` for none; ``in_vain``: instead of all, what
    was tried in vain."""

    worklist: str = ""
    in_vain: bool = False


EVERYTHING: Final = Shown()
ALL: Final[Mapping[str, tuple[int, int]]] = {}
"""Nothing is kept back."""


def counts_line(counts: TodayCounts) -> tuple[Content, Content]:
    """``7 overdue · 12 due today · 3 open tickets`` and, at the right, ``18 calls today``."""
    left = [
        text.phrase(
            nt("{n} overdue", "{n} overdue", counts.overdue), style="bad" if counts.overdue else "dim"
        ),
        text.phrase(
            nt("{n} due today", "{n} due today", counts.due_today), style="" if counts.due_today else "dim"
        ),
        text.phrase(
            nt("{n} open ticket", "{n} open tickets", counts.open_tickets),
            style="" if counts.open_tickets else "dim",
        ),
    ]
    if counts.exhausted:
        in_vain = nt("{n} tried in vain", "{n} tried in vain", counts.exhausted)
        left.append(text.phrase(in_vain, style="warn"))
    calls = nt("{n} call today", "{n} calls today", counts.calls_today)
    return text.join(left, " · "), text.phrase(calls, style="dim")


def title(shown: Shown) -> Content:
    """The list's name, and in one line the order in which it stands."""
    if shown.in_vain:
        name = t("Tried in vain")
        again, back = keymap.named("promise.done"), keymap.named("place.back")
        order = t("no attempts left; {again} opens one again, {back} goes back", again=again, back=back)
    else:
        name = t("Queue")
        order = t("overdue, now, later today; promised times first")
    return text.join((text.phrase(name, style="strong"), text.phrase(order, style="dim")), " · ")


def order_lines() -> tuple[Phrase, ...]:
    """The order of the queue for help."""
    return (
        t("Order: overdue, due now, later today; a promised time before a day without."),
        t("Then a worklist; else who is owed a call, recent calls. Asleep: at the end."),
    )


def kept_back(day: Day) -> Mapping[str, tuple[int, int]]:
    """Of what more exists than stands on the screen: how many stand there, of how many. By ``overdue``, ``today``
    and ``list``; empty as a rule."""
    promised = [row.part for row in day.rows if row.follow_up is not None and row.part != "exhausted"]
    found: dict[str, tuple[int, int]] = {}
    if len(promised) >= QUEUE:
        late = promised.count("overdue")
        found["overdue"] = (late, day.counts.overdue)
        found["today"] = (len(promised) - late, day.counts.due_today)
    if day.progress is not None:
        found["list"] = (sum(row.part == "list" for row in day.rows), day.progress.left)
    return {part: (here, many) for part, (here, many) in found.items() if here < many}


def group(row: TodayRow, kept: Mapping[str, tuple[int, int]] = ALL) -> str | None:
    """Rows that stand under one line; None for those that speak for themselves.

    ``kept``: of ``kept_back``; when promises are among it, each part of the day stands under its name.
    """
    if row.part in ("list", "owed", "spoken"):
        return row.part if row.quiet_until is None else f"quiet {row.part}"
    if row.quiet_until is not None:
        return "quiet"
    return row.part if row.part != "exhausted" and ("overdue" in kept or "today" in kept) else None


def heading(
    row: TodayRow, shown: Shown, progress: Progress | None, kept: Mapping[str, tuple[int, int]] = ALL
) -> Phrase:
    """The line above a group; of those who are in quiet hours both why they stand there and that."""
    if row.quiet_until is None:
        return _why_here(row, shown, progress, kept)
    if row.follow_up is not None:
        return t("Quiet hours where they are: nobody calls there now")
    return t("{said} · quiet hours there", said=_why_here(row, shown, progress, kept))


def _why_here(
    row: TodayRow, shown: Shown, progress: Progress | None, kept: Mapping[str, tuple[int, int]]
) -> Phrase:
    if row.follow_up is not None:
        return _part(row.part, kept)
    if row.part == "list" and progress is not None:
        said = _progress(shown.worklist, progress)
        if "list" in kept:
            here = nt("the next {n} are here", "the next {n} are here", kept["list"][0])
            said = t("{told}, {left}", told=said, left=here)
        return t("Worklist {said}", said=said)
    if row.part == "owed":
        return t("Owed a call to keep in touch")
    return t("Called last, nothing due today")


def _part(part: QueuePart, kept: Mapping[str, tuple[int, int]]) -> Phrase:
    """The name of a part of the day; where not all of it stands here how much does, and which key lists the rest."""
    names = {"overdue": t("Overdue"), "now": t("Due now"), "later": t("Later today")}
    found = kept.get("overdue" if part == "overdue" else "today")
    if found is None:
        return names[part]
    here, many = found
    key = keymap.named("place.followups")
    if part == "overdue":
        return t("Overdue: the first {here} of {many}, {key} lists all", here=here, many=many, key=key)
    return t(
        "{part}: {here} of the {many} of today, {key} lists all",
        part=names[part],
        here=here,
        many=many,
        key=key,
    )


def _progress(name: str, it: Progress) -> Phrase:
    """Who was dealt with in this round, and apart from them who is not to be called in it for another reason."""
    said = t("{name}: {done} of {people} done", name=name, done=it.done, people=it.people)
    if it.promised:
        promised = nt("{n} promised later", "{n} promised later", it.promised)
        said = t("{told}, {left}", told=said, left=promised)
    if it.exhausted:
        # as in the line on top, and short: the whole line stands in eighty cells
        in_vain = nt("{n} tried in vain", "{n} tried in vain", it.exhausted)
        said = t("{told}, {left}", told=said, left=in_vain)
    return said


def empty(shown: Shown, *, lists: bool = False) -> Phrase:
    """What stands where nobody does. ``lists``: there are worklists to pick from."""
    if shown.in_vain:
        return t("Nobody was tried in vain. {key} goes back.", key=keymap.named("place.back"))
    if shown.worklist:
        return t(
            "Nobody is left on {name} in this round. {key} picks another list.",
            name=shown.worklist,
            key=keymap.named("today.list"),
        )
    if lists:
        return t(
            "Nobody is waiting. {list} picks a worklist, {log} logs a call.",
            list=keymap.named("today.list"),
            log=keymap.named("record.log"),
        )
    return t(
        "Nobody is waiting. {log} logs a call, {contacts} goes to your contacts.",
        log=keymap.named("record.log"),
        contacts=keymap.named("place.contacts"),
    )
