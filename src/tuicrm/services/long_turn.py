"""Undo and redo of an action with very many records: in chunks, so that nobody waits for it.

What changed since stays and is told, as with an import. A turn that was killed goes on where it was when it is asked
for again.
"""

from __future__ import annotations

import time
from typing import Final

from tuicrm.domain.errors import Conflict
from tuicrm.domain.models import Undone
from tuicrm.services.bulk import BREATH_S, LOCK_S
from tuicrm.services.context import Crm
from tuicrm.storage import turning
from tuicrm.storage.changes import action_row
from tuicrm.storage.connection import Row
from tuicrm.storage.turning import LAST

SLICE: Final = 64


def turn(crm: Crm, verb: str, action_id: int, *, dry_run: bool = False) -> Undone:
    """Takes an action back (``verb`` undo), or does it again (redo); ``action_id`` is the action itself.

    Raises ``NotFound("no_action")``, ``Conflict`` (``undo_of_undo``, ``already_undone``, ``not_undone``).
    """
    with crm.database.reader() as conn:
        origin = action_row(conn, action_id)
        target = _target(origin, verb)
        earlier, reached = turning.begun(conn, target) or (None, LAST)
        run = turning.Turn(conn, target, action_id, reached, dry=dry_run)
        if earlier is not None:
            run.earlier(conn, earlier)
    action: int | None = earlier
    ended = False
    while not ended:
        with crm.database.transaction(crm.actor, verb, undoes=target, continues=action) as tx:
            until = time.monotonic() + LOCK_S
            while not ended and time.monotonic() < until:
                ended = run.part(tx, SLICE) == 0
            if dry_run:
                tx.abandon()
                continue
            action = tx.action_id
            if ended and verb == "undo":
                turning.settle_undo(tx, action_id)
            elif ended:
                turning.settle_redo(tx, target, action_id)
        time.sleep(BREATH_S)
    stays = {(each.entity, each.id) for each in run.left}
    records = {(each.entity, each.id): each for each in run.records}
    turned = tuple(each for key, each in records.items() if key not in stays)
    return Undone(action or 0, origin["verb"], crm.clock.now(), turned, tuple(dict.fromkeys(run.left)))


def _target(origin: Row, verb: str) -> int:
    """The action whose changes are put back."""
    if origin["undoes"] is not None:
        raise Conflict("undo_of_undo", id=origin["id"])
    if verb == "undo":
        if origin["undone_by"] is not None:
            raise Conflict("already_undone", id=origin["id"], by=origin["undone_by"])
        return int(origin["id"])
    if origin["undone_by"] is None:
        raise Conflict("not_undone", id=origin["id"])
    return int(origin["undone_by"])
