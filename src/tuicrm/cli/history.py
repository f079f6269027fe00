"""``undo``, ``redo`` and ``history``: what was done, and taking it back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from tuicrm.cli import fast, say, shapes, tell
from tuicrm.cli.options import After, All, Limit, after_id, whole_number
from tuicrm.cli.session import current, opened
from tuicrm.domain.errors import NotFound
from tuicrm.domain.models import Change, Undone
from tuicrm.i18n import Phrase, nt, t, word
from tuicrm.services import history
from tuicrm.services.context import Crm

ENTITIES = ("contact", "call", "followup", "ticket", "ticket_event", "agent", "process")
PAGE = 500

Action = Annotated[
    int | None,
    typer.Argument(
        metavar="ACTION", parser=whole_number, help=t("The number of an action; else the latest.")
    ),
]
List = Annotated[bool, typer.Option("--list", help=t("Show what could be taken back."))]
DryRun = Annotated[bool, typer.Option("--dry-run", help=t("Show what would happen; change nothing."))]


def undo(action: Action = None, listing: List = False, dry_run: DryRun = False) -> None:
    """Take back your latest action, or the one named.

    One action is one log line with all it set in motion: call, follow-up, ticket, new contact.
    """
    if listing:
        _list()
        return
    with opened() as crm:
        done = history.undo(crm, action, dry_run=dry_run)
        _show(
            crm,
            done,
            t("Would take back {verb}:", verb=word(done.verb))
            if dry_run
            else t("Took back {verb}:", verb=word(done.verb)),
        )


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


def _list() -> None:
    with opened() as crm:
        actions = history.actions(crm)
        if current().json:
            say.data([shapes.undone(each, crm.zone) for each in actions])
            return
        say.table(
            [
                (each.action_id, tell.moment(each.at, crm.zone), word(each.verb), _records(each))
                for each in actions
            ]
        )


NAMED = 12
"""How many records of one action a line of text names; ``--json`` names all."""


def _records(it: Undone) -> str:
    named = t(", ").join(f"{each.entity}:{each.id}" for each in it.records[:NAMED])
    rest = len(it.records) - NAMED
    return nt("{named} and {n} more", "{named} and {n} more", rest, named=named) if rest > 0 else named


def _show(crm: Crm, it: Undone, said: Phrase) -> None:
    if current().json:
        say.data(shapes.undone(it, crm.zone))
        return
    say.line(t("{said} {records}", said=said, records=_records(it)))
    for each in it.left:
        say.line(t("Left as it is: {ref} ({why})", ref=f"{each.entity}:{each.id}", why=word(each.why)))


def history_(
    ref: Annotated[
        str | None, typer.Argument(metavar="REF", help=t("One record: contact:12, call:7, ..."))
    ] = None,
    limit: Limit = 50,
    after: After = None,
    everything: All = False,
) -> None:
    """Show who changed what, newest first."""
    record = None if ref is None else _record(ref)
    with opened() as crm:
        if everything:
            _print(crm, _pages(crm, record, after_id(after)))
            return
        page = history.changes(crm, record, limit=limit, before=after_id(after))
        _print(crm, iter(page.rows))
        if page.more:
            say.warn(fast.more_rows(page.rows[-1].seq))


def _record(ref: str) -> tuple[str, int]:
    """``contact:12`` as (entity, id); a bare number is a contact's."""
    entity, separator, number = ref.strip().rpartition(":")
    entity = entity if separator else "contact"
    if entity not in ENTITIES or not number.isdecimal():
        raise NotFound("ref_bad", ref=ref, entity="contact")
    return entity, int(number)


def _pages(crm: Crm, record: tuple[str, int] | None, before: int | None) -> Iterator[Change]:
    while True:
        page = history.changes(crm, record, limit=PAGE, before=before)
        yield from page.rows
        if not page.more:
            return
        before = page.rows[-1].seq


def _print(crm: Crm, rows: Iterator[Change]) -> None:
    if current().json:
        say.stream(shapes.change(each, crm.zone) for each in rows)
    else:
        say.table([tell.change_row(each, crm.zone) for each in rows])
