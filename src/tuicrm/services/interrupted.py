"""Imports that nobody works on any more though they are not over: asked at every start, so nothing heavy is here."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from tuicrm.domain.record import record
from tuicrm.services.context import Crm
from tuicrm.storage import batches
from tuicrm.storage.batches import AtWork

_DOING: Final = {"running": "import", "undoing": "undo", "redoing": "redo"}


@record
class Unfinished:
    """An interrupted import. ``doing``: ``import``, ``undo`` or ``redo``, which was interrupted.

    ``action_id``: what ``tuicrm undo`` takes. ``rows_done``: rows of the file that had been dealt with.
    """

    batch_id: int
    action_id: int
    file: str
    rows_done: int
    started_at: datetime
    doing: str


def unfinished(crm: Crm) -> tuple[Unfinished, ...]:
    """The caller's imports (and undos and redos of imports) whose process is gone before their end, oldest first."""
    with crm.database.reader() as conn:
        found = batches.open_ones(conn, crm.me)
    return tuple(
        Unfinished(it.id, it.action_id, it.file, it.rows_done, it.started_at, _DOING[it.state])
        for it in found
        if not AtWork(crm.database.path, it.id).is_up()
    )
