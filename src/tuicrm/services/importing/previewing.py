"""What a file would do, to look at before it is brought in."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Final

from tuicrm.services import contacts as contact_service
from tuicrm.services.context import Crm
from tuicrm.services.importing import source as files
from tuicrm.services.importing.counts import Counts
from tuicrm.services.importing.engine import Run, Taker
from tuicrm.services.importing.files import How
from tuicrm.services.importing.headers import remembered
from tuicrm.services.importing.reports import OnProgress, Preview, PreviewRow
from tuicrm.storage.scratch import Scratch

FIRST_ROWS: Final = 20


def preview(
    crm: Crm,
    source: Path | BinaryIO,
    *,
    format: str | None = None,
    encoding: str = "",
    mapping: Mapping[str, str] | None = None,
    region: str | None = None,
    worklist: str = "",
    progress: OnProgress | None = None,
) -> Preview:
    """Reads the whole file without writing anything. Raises as ``import_file``, but not ``import_nothing``: a
    mapping may make something of it."""
    found = files.recognised(source, format, encoding)
    before = remembered(crm, found)
    how = How(crm, found, before | dict(mapping or {}), region or crm.region(), worklist)
    columns = files.columns(found, how.mapping)
    run = Run(crm, found, how.taker(), facts=how.facts(), progress=progress)
    how.prepared(run, run.compare)
    return Preview(run.report(dry_run=True), _first(crm, how), columns, before)


def _first(crm: Crm, how: How) -> tuple[PreviewRow, ...]:
    taker = how.taker()
    with crm.database.reader() as conn:
        scratch = Scratch(conn)
        try:
            return tuple(
                _shown(taker, conn, scratch, how.region, row) for row in islice(how.rows(), FIRST_ROWS)
            )
        finally:
            scratch.close()


def _shown(taker: Taker, conn: Any, scratch: Scratch, region: str, row: Any) -> PreviewRow:
    counts = Counts()
    ready = taker.prepare(row, counts)
    if ready is not None:
        taker.compare(conn, scratch, [ready], counts)
    reason = next(iter([*counts.refused, *counts.skipped]), None)
    fates = {
        "refused": counts.refused,
        "skipped": counts.skipped,
        "added": counts.added,
        "updated": counts.updated,
    }
    fate = next((name for name, many in fates.items() if many), "unchanged")
    given = getattr(row, "contact", None)
    contact = contact_service.checked(given, region) if given is not None and reason is None else None
    return PreviewRow(row.line, fate, row, contact, reason)
