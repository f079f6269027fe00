"""Who changed what, and taking it back: undo, redo, the log itself."""

from __future__ import annotations

from typing import Any

from tuicrm.domain.errors import NotFound
from tuicrm.domain.models import Change, Page, Undone
from tuicrm.services.context import Crm
from tuicrm.storage import batches
from tuicrm.storage import changes as log
from tuicrm.storage.batches import Batch
from tuicrm.storage.connection import Connection
from tuicrm.storage.queries import contacts


def undo(crm: Crm, action_id: int | None = None, *, dry_run: bool = False) -> Undone:
    """Takes back an action, by default the caller's latest not yet undone, in any session, as one new action.

    Raises ``NotFound("nothing_to_undo")`` and ``Conflict`` naming the later change that stands in the way.
    """
    return _turn(crm, "undo", action_id, dry_run)


def redo(crm: Crm, action_id: int | None = None, *, dry_run: bool = False) -> Undone:
    """Takes back the caller's latest undo. Raises ``NotFound("nothing_to_redo")`` and ``Conflict``."""
    return _turn(crm, "redo", action_id, dry_run)


def changes(
    crm: Crm, ref: tuple[str, int] | None = None, *, limit: int = 50, before: int | None = None
) -> Page:
    """The change log, newest first, older than seq ``before``; ``ref``: one record (entity, id).

    The history of a contact is also that of those merged into it; a merged one leads to its heir's.
    """
    entity, record_id = ref or (None, None)
    with crm.database.reader() as conn:
        merged: list[int] = []
        if entity == "contact" and record_id is not None:
            record_id = contacts.heir(conn, record_id)
            merged = contacts.merged_into(conn, record_id)
        found = log.history(
            conn, entity=entity, record=record_id, before=before, limit=limit + 1, others=merged
        )
    return Page(tuple(_change(row) for row in found[:limit]), len(found) > limit)


def actions(crm: Crm, *, limit: int = 20) -> tuple[Undone, ...]:
    """The caller's latest actions that an undo could take back, newest first, with what each touched."""
    with crm.database.reader() as conn:
        found = log.undoable_actions(conn, crm.me, limit)
        return tuple(_touched(conn, row["id"], row["verb"], row["at"]) for row in found)


def _turn(crm: Crm, verb: str, action_id: int | None, dry_run: bool) -> Undone:
    batch = _batch(crm, verb, action_id)
    if batch is not None:
        # an import is turned in chunks; the module is loaded when there is one
        from tuicrm.services.importing.turning import turn

        return turn(crm, verb, batch, dry_run=dry_run)
    take, latest = (log.undo, log.latest_action) if verb == "undo" else (log.redo, log.latest_undo)
    try:
        with crm.database.transaction(crm.actor, verb) as tx:
            target = action_id if action_id is not None else latest(tx, crm.me)
            if target is None:
                raise NotFound(f"nothing_to_{verb}")
            done = take(tx, target)
            if dry_run:
                raise _DryRun(done)
    except _DryRun as tried:
        return tried.done
    return done


def _batch(crm: Crm, verb: str, action_id: int | None) -> Batch | None:
    """The import that an undo or redo is about, if it is one."""
    with crm.database.reader() as conn:
        if action_id is None:
            action_id = (log.latest_action if verb == "undo" else log.latest_undo)(conn, crm.me)
        if action_id is None:
            return None
        if verb == "redo":
            # it names the action that was taken back, or what took it back
            action_id = conn.value(
                "SELECT coalesce(undoes, id) FROM action WHERE id = :id", {"id": action_id}
            )
        return batches.of_action(conn, action_id or 0)


class _DryRun(Exception):
    """Carries what would have been done out of a transaction that is rolled back."""

    def __init__(self, done: Undone) -> None:
        super().__init__()
        self.done = done


def _change(row: dict[str, Any]) -> Change:
    keys = ("seq", "action_id", "at", "agent", "via", "verb", "entity", "id", "before", "after")
    return Change(**{key: row[key] for key in keys})


def _touched(conn: Connection, action_id: int, verb: str, at: Any) -> Undone:
    return Undone(action_id, verb, at, tuple(log.records_of(conn, action_id)))
