"""An import that was interrupted: going on with it, taking it back, or leaving it as it is."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from tuicrm.domain.errors import Conflict, NotFound
from tuicrm.domain.models import Undone
from tuicrm.services.context import Crm
from tuicrm.services.importing.reports import ImportReport, OnProgress
from tuicrm.storage import batches
from tuicrm.storage.batches import Batch
from tuicrm.storage.database import Actor


def go_on(
    crm: Crm, batch_id: int, source: Path | BinaryIO | None = None, *, progress: OnProgress | None = None
) -> ImportReport:
    """Goes on with an interrupted import from the row after the last that is in. ``source``: the file, by default
    where it was. Raises ``NotFound("no_import")``, ``Conflict("import_over")``, ``Conflict("import_other_file")``
    when it is not the same file any more, and as ``import_file``."""
    from tuicrm.services.importing.files import How, bring_in
    from tuicrm.services.importing.source import recognised

    batch = _batch(crm, batch_id)
    if batch.state != "running":
        raise Conflict("import_over", file=batch.file)
    where = source if source is not None else Path(batch.file)
    given = recognised(where, batch.format)
    if given.sha256 != batch.sha256:
        raise Conflict("import_other_file", file=given.name)
    if given.encoding != batch.encoding:
        # somebody had said another than the file shows
        if not isinstance(where, Path):
            where.seek(0)
        given = recognised(where, batch.format, batch.encoding)
    return bring_in(crm, How(crm, given, batch.mapping, batch.region, batch.worklist), batch, progress)


def take_back(crm: Crm, batch_id: int) -> Undone:
    """Takes an import back, as far as it came. Raises as ``history.undo``."""
    from tuicrm.services.history import undo

    return undo(crm, _batch(crm, batch_id).action_id)


def leave(crm: Crm, batch_id: int) -> None:
    """Leaves an interrupted import as it is; it is not asked about again, and can still be undone."""
    batch = _batch(crm, batch_id)
    state = {"running": "stopped", "undoing": "stopped", "redoing": "stopped"}.get(batch.state, batch.state)
    with crm.database.transaction(Actor(crm.me, "import"), "import") as tx:
        batches.note(tx, batch.id, state=state, ended_at=tx.at)


def _batch(crm: Crm, batch_id: int) -> Batch:
    with crm.database.reader() as conn:
        found = batches.get(conn, batch_id)
    if found is None:
        raise NotFound("no_import", id=batch_id)
    return found
