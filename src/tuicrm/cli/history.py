"""``undo``, ``redo`` and ``history``: what was done, and taking it back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Annotated

import typer

from tuicrm import told
from tuicrm.cli import fast, say, shapes, tell
from tuicrm.cli.fast import EVERYTHING
from tuicrm.cli.options import After, All, Limit, WhereHistory, after_id, whole_number
from tuicrm.cli.paging import PAGE, every
from tuicrm.cli.session import current, opened
from tuicrm.domain.deeds import About, Deed, History
from tuicrm.domain.errors import NotFound, Usage
from tuicrm.domain.models import Page, RecordRef, Undone
from tuicrm.domain.record import replace
from tuicrm.i18n import Phrase, nt, t, word
from tuicrm.services import filtering, history
from tuicrm.services.context import Crm

ENTITIES = ("contact", "call", "followup", "ticket", "ticket_event", "agent", "process", "saved_filter")
ACTION = "action"

Action = Annotated[
    int | None,
    typer.Argument(
        metavar="ACTION", parser=whole_number, help=t("The number of an action; else the latest.")
    ),
]
Most = Annotated[
    int | None,
    typer.Option("--limit", metavar="N", parser=whole_number, help=t("Of --list: at most so many.")),
]
Whole = Annotated[bool, typer.Option("--all", help=t("Of --list: everything."))]
List = Annotated[bool, typer.Option("--list", help=t("Show what could be taken back."))]
DryRun = Annotated[bool, typer.Option("--dry-run", help=t("Show what would happen; change nothing."))]


def undo(
    action: Action = None,
    listing: List = False,
    dry_run: DryRun = False,
    limit: Most = None,
    everything: Whole = False,
) -> None:
    """Take back your latest action, or the one named.

    One action is one log line with all it set in motion: call, follow-up, ticket, new contact.
    """
    if listing:
        _list(EVERYTHING if everything else limit or PAGE_SHOWN)
        return
    if limit is not None or everything:
        raise Usage("option_only_with", option="--all" if everything else "--limit", other="--list")
    with opened() as crm:
        done = history.undo(crm, action, dry_run=dry_run)
        _show(
            crm,
            done,
            t("Would take back {verb}:", verb=word(done.verb))
            if dry_run
            else t("Took back {verb}:", verb=word(done.verb)),
        )
        _tell_whose(crm, action)


def _tell_whose(crm: Crm, action: int | None) -> None:
    """Names the colleague who did what was named by its number; one's own latest needs no word."""
    agent = crm.me if action is None else history.some(crm, [action]).deeds[0].agent
    if agent != crm.me:
        say.warn(t("Action {id} was done by {agent}.", id=action, agent=agent))


def redo(action: Action = None, dry_run: DryRun = False) -> None:
    """Do again what the latest undo took back."""
    with opened() as crm:
        done = history.redo(crm, action, dry_run=dry_run)
        _show(
            crm,
            done,
            t("Would do again {verb}:", verb=word(done.verb))
            if dry_run
            else t("Did again {verb}:", verb=word(done.verb)),
        )
        _tell_whose(crm, action)


def _list(limit: int) -> None:
    with opened() as crm:
        found = history.actions(crm, limit=limit + 1)
        actions = found[:limit]
        if current().json:
            say.data([shapes.undone(each, crm.zone) for each in actions])
        else:
            for at in range(0, len(actions), PAGE):
                _tell_in_order(crm, [each.action_id for each in actions[at : at + PAGE]])
        if len(found) > limit:
            say.warn(fast.more_rows(None))


def _tell_in_order(crm: Crm, ids: list[int]) -> None:
    """A line for each action, in the order in which undo takes them."""
    found = history.some(crm, ids)
    by_id = {deed.id: deed for deed in found.deeds}
    _tell(crm, replace(found, deeds=tuple(by_id[each] for each in ids)), None)


NAMED = 12
"""How many records of one action are named; more are counted. ``--json`` names all."""
PAGE_SHOWN = 50
"""Actions that ``undo --list`` shows when nothing is said."""


def _records(it: Undone) -> str:
    if len(it.records) > NAMED:
        return _counted(it.records)
    return t(", ").join(f"{each.entity}:{each.id}" for each in it.records)


def _counted(records: Sequence[RecordRef]) -> Phrase:
    """``2000 contacts``."""
    return told.counted(Counter(each.entity for each in records))


def _whom(about: About) -> Phrase:
    """``Leila Karimi, Thu 26 Nov``: whom it was about, and the moment of the follow-up."""
    if about.people > 1:
        return nt("{name} and {n} more", "{name} and {n} more", about.people - 1, name=about.name)
    name = t("{name}", name=about.name)
    return t("{name}, {due}", name=name, due=tell.due(about.due)) if name and about.due else name


def _show(crm: Crm, it: Undone, said: Phrase) -> None:
    if current().json:
        say.data(shapes.undone(it, crm.zone))
        return
    about = history.about(crm, it)
    # with the first of several people named, the ids of all would only hide who it was
    records = _counted(it.records) if about.people > 1 else _records(it)
    whom = _whom(about)
    say.line(
        t("{said} {whom} ({records})", said=said, whom=whom, records=records)
        if whom
        else t("{said} {records}", said=said, records=records)
    )
    _show_left(crm, it.left)


def _show_left(crm: Crm, left: Sequence[RecordRef]) -> None:
    """How many stay as they are and why when they are many; the first of them by name."""
    if len(left) > NAMED:
        for why in sorted({each.why for each in left}):
            records = _counted([each for each in left if each.why == why])
            say.line(t("Left as they are: {records} ({why})", records=records, why=word(why)))
    shown = sorted(left, key=lambda each: (each.entity, each.id))[:NAMED]
    names = history.called(crm, shown)
    for each in shown:
        ref, name = f"{each.entity}:{each.id}", names.get((each.entity, each.id), "")
        say.line(
            t("Left as it is: {name}, {ref} ({why})", name=name, ref=ref, why=word(each.why))
            if name
            else t("Left as it is: {ref} ({why})", ref=ref, why=word(each.why))
        )
    if (rest := len(left) - NAMED) > 0:
        say.line(nt("and {n} more; --json names all", "and {n} more; --json names all", rest))


def history_(
    ref: Annotated[
        str | None,
        typer.Argument(metavar="REF", help=t("One record or action: contact:12, call:7, action:40, ...")),
    ] = None,
    mine: Annotated[bool, typer.Option("--mine", help=t("Only what you did."))] = False,
    today: Annotated[bool, typer.Option("--today", help=t("Only what was done today."))] = False,
    where: WhereHistory = None,
    limit: Limit = 50,
    after: After = None,
    everything: All = False,
) -> None:
    """Show who changed what, newest first, with the number for undo.

    To a contact belong their calls, follow-ups and tickets. With --json it is the change log, row by row.
    """
    record = None if ref is None else _record(ref)
    with opened() as crm:
        asked = _Asked(crm, record, where, mine=mine, today=today)
        if record is not None and record[0] == ACTION:
            _one(crm, record[1])
        elif current().json:
            _rows(asked, limit, after_id(after), everything=everything)
        else:
            _deeds(asked, limit, after_id(after), everything=everything)


class _Asked:
    """Whose history is asked for: a record's, one's own, everybody's; all of it, today's, or what fits a filter."""

    def __init__(
        self, crm: Crm, ref: history.Ref | None, where: str | None, *, mine: bool, today: bool
    ) -> None:
        self.crm = crm
        self.where = filtering.where(crm, "history", where)
        self.ref = ref
        self.agent = crm.me if mine else None
        self.since = crm.now().replace(hour=0, minute=0, second=0, microsecond=0) if today else None

    def deeds(self, limit: int, before: int | None) -> History:
        """A page of actions."""
        if self.ref is not None:
            found = history.of_record(self.crm, self.ref, limit=limit, before=before, where=self.where)
        elif self.agent is not None:
            found = history.of_agent(self.crm, self.agent, limit=limit, before=before, where=self.where)
        else:
            found = history.of_all(self.crm, limit=limit, before=before, where=self.where)
        kept = tuple(deed for deed in found.deeds if self._wanted(deed))
        ended = self.since is not None and any(deed.at < self.since for deed in found.deeds)
        return replace(found, deeds=kept, more=found.more and not ended)

    def _wanted(self, deed: Deed) -> bool:
        return (self.agent is None or deed.agent == self.agent) and (
            self.since is None or deed.at >= self.since
        )

    def rows(self, limit: int, before: int | None) -> Page:
        """A page of the change log."""
        return history.changes(
            self.crm,
            self.ref,
            agent=self.agent,
            since=self.since,
            limit=limit,
            before=before,
            where=self.where,
        )


def _record(ref: str) -> tuple[str, int]:
    """``contact:12`` as (entity, id); a bare number is a contact's."""
    entity, separator, number = ref.strip().rpartition(":")
    entity = entity if separator else "contact"
    if entity not in (*ENTITIES, ACTION) or not number.isdecimal():
        raise NotFound("ref_bad", ref=ref, entity="contact")
    return entity, int(number)


# --- as data ------------------------------------------------------------------------------------------------


def _rows(asked: _Asked, limit: int, before: int | None, *, everything: bool) -> None:
    if everything:
        say.stream(
            shapes.change(each, asked.crm.zone)
            for each in every(asked.rows, before, way="before", mark="seq")
        )
        return
    page = asked.rows(limit, before)
    say.stream(shapes.change(each, asked.crm.zone) for each in page.rows)
    if page.more:
        say.warn(fast.more_rows(page.rows[-1].seq))


# --- for people ---------------------------------------------------------------------------------------------


def _deeds(asked: _Asked, limit: int, before: int | None, *, everything: bool) -> None:
    told_some = False
    while True:
        found = asked.deeds(PAGE if everything else limit, before)
        _tell(asked.crm, found, asked.ref)
        told_some = told_some or bool(found.deeds)
        if not found.more:
            if not told_some:
                say.warn(t("Nothing found that was done."))
            return
        if not everything:
            say.warn(fast.more_rows(found.deeds[-1].id if found.deeds else None))
            return
        before = found.deeds[-1].id


def _tell(crm: Crm, found: History, about: history.Ref | None) -> None:
    """A line for each action, in a record's own history one for each thing that it changed."""
    seen = told.Seen(crm.process(), crm.zone, crm.now(), crm.region(), found.names)
    rows: list[tuple[object, ...]] = []
    for deed in found.deeds:
        whole = deed.undoes is None and about is not None
        said = (told.lines(deed, seen, about) if whole else []) or [told.headline(deed, seen, about)]
        became = told.standing(deed)
        head = (deed.id, tell.moment(deed.at, crm.zone), deed.agent)
        first = t("{what} ({became})", what=said[0], became=became) if became else said[0]
        rows += [(*head, first), *(("", "", "", line) for line in said[1:])]
    say.table(rows)


def _one(crm: Crm, action_id: int) -> None:
    """One action, every line of it whole."""
    found = history.some(crm, [action_id])
    deed = found.deeds[0]
    if current().json:
        say.stream(shapes.change(each, crm.zone) for each in deed.changes)
        return
    seen = told.Seen(crm.process(), crm.zone, crm.now(), crm.region(), found.names)
    when, how = tell.moment(deed.at, crm.zone), told.via(deed.via)
    say.line(
        t(
            "Action {id}, {when}, {agent}: {verb}",
            id=deed.id,
            when=when,
            agent=deed.agent,
            verb=word(deed.verb),
        )
    )
    said = [how] if how else []
    said += [told.headline(deed, seen)] if deed.undoes is not None else []
    for line in [*said, *told.lines(deed, seen), told.standing(deed)]:
        if line:
            say.line(t("  {line}", line=line))
