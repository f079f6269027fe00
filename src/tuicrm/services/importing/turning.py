"""Undo and redo of an import: in chunks like the import itself, and going on after a kill."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from tuicrm.domain.errors import Conflict
from tuicrm.domain.models import Undone
from tuicrm.services.context import Crm
from tuicrm.services.importing import engine
from tuicrm.services.importing.pace import Pace, WriteBack, uncollected
from tuicrm.storage import batches, turning
from tuicrm.storage.batches import AtWork, Batch
from tuicrm.storage.changes import action_row
from tuicrm.storage.transaction import Transaction

SLICE_ROWS: Final = 64
_DOING: Final = {"undo": "undoing", "redo": "redoing"}
_DONE: Final = {"undo": "undone", "redo": "done"}


def turn(
    crm: Crm,
    verb: str,
    batch: Batch,
    *,
    dry_run: bool = False,
    between: Callable[[int], None] | None = None,
) -> Undone:
    """Takes an import back (``verb`` undo) or does it again (redo); an interrupted turn goes on.

    ``between``: called after each chunk with the records so far; what it raises interrupts the turn.
    What changed since stays and is in ``left``. Raises ``Conflict`` with ``import_running`` (another process is at
    it), ``already_undone``, ``not_undone``, ``undo_unfinished``, ``redo_unfinished`` or ``redo_in_again`` (the same
    file was imported once more since, so everything in it would be there twice).
    """
    with AtWork(crm.database.path, batch.id) as sign:
        if not sign.take():
            raise Conflict("import_running", id=batch.action_id, file=batch.file)
        run = _Turning(crm, verb, batch.id, dry_run=dry_run)
        back = WriteBack(crm.database.write_back)
        with crm.database.many_writes():
            while not run.ended:
                run.chunk()
                if between is not None and not run.ended:
                    between(len(run.turn.records))
                time.sleep(engine.BREATH_S)
                back.chunk_done()
        return run.told()


class _Turning:
    """One turn on its way."""

    def __init__(self, crm: Crm, verb: str, batch_id: int, *, dry_run: bool) -> None:
        self.crm = crm
        self.verb = verb
        self.dry_run = dry_run
        self.ended = False
        self._pace = Pace()
        with crm.database.reader() as conn:
            # read again: it may have been turned before the sign was up
            batch = batches.get(conn, batch_id)
            assert batch is not None, "batches stay"
            self.batch = batch
            self.target = self._target(action_row(conn, batch.action_id)["undone_by"])
            goes_on = batch.state == _DOING[verb] and batch.turn_id is not None
            later = batches.again(conn, batch) if verb == "redo" and not goes_on else None
            if later is not None:
                raise Conflict("redo_in_again", file=batch.file, id=later.action_id)
            self.action = batch.turn_id if goes_on else None
            seq = batch.turn_seq if goes_on and batch.turn_seq is not None else turning.LAST
            self.turn = turning.Turn(conn, self.target, batch.action_id, seq, dry=dry_run)
            if goes_on and batch.turn_id is not None:
                self.turn.earlier(conn, batch.turn_id)

    def _target(self, undone_by: int | None) -> int:
        """The action whose changes are put back."""
        origin, state = self.batch.action_id, self.batch.state
        if state in ("undoing", "redoing") and state != _DOING[self.verb]:
            raise Conflict(f"{'undo' if state == 'undoing' else 'redo'}_unfinished", id=origin)
        if self.verb == "undo":
            if undone_by is not None:
                raise Conflict("already_undone", id=origin, by=undone_by)
            return origin
        if undone_by is None:
            raise Conflict("not_undone", id=origin)
        return undone_by

    def chunk(self) -> None:
        """One transaction of at most so many changes and so much time, as an import's."""
        transaction = self.crm.database.transaction(
            self.crm.actor, self.verb, undoes=self.target, continues=self.action
        )
        with uncollected(), transaction as tx:
            self._pace.begin()
            left = engine.CHUNK_ROWS
            while left > 0 and not self.ended and self._pace.allows():
                dealt_with = self.turn.part(tx, min(SLICE_ROWS, left))
                left -= dealt_with
                self.ended = dealt_with == 0
            if self.dry_run:
                tx.abandon()
            else:
                self.action = tx.action_id
                self._note(tx)
            self._pace.commits()
        self._pace.end()

    def _note(self, tx: Transaction) -> None:
        """How far it came; at the end, what stands now."""
        if not self.ended:
            batches.note(
                tx, self.batch.id, state=_DOING[self.verb], turn_id=tx.action_id, turn_seq=self.turn.seq
            )
            return
        if self.verb == "undo":
            turning.settle_undo(tx, self.batch.action_id)
        else:
            turning.settle_redo(tx, self.target, self.batch.action_id)
        batches.note(tx, self.batch.id, state=_DONE[self.verb], turn_id=None, turn_seq=None)

    def told(self) -> Undone:
        """What was done, or (dry) would be."""
        seen = dict.fromkeys((each.entity, each.id) for each in self.turn.left)
        records = {(each.entity, each.id): each for each in self.turn.records}
        left = {(each.entity, each.id): each for each in self.turn.left}
        kept = [each for key, each in records.items() if key not in seen]
        return Undone(self.action or 0, "import", self.crm.clock.now(), tuple(kept), tuple(left.values()))
