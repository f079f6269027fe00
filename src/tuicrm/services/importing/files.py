"""A file into the company, or only what it would do."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO, Final

from tuicrm.domain.errors import Conflict, FieldProblem, Invalid
from tuicrm.services.context import Crm
from tuicrm.services.importing import source as files
from tuicrm.services.importing.counts import Counts
from tuicrm.services.importing.engine import Run, Taker
from tuicrm.services.importing.people import PeopleTaker
from tuicrm.services.importing.reports import ImportReport, OnProgress, RowReason
from tuicrm.services.importing.source import Source
from tuicrm.storage import batches
from tuicrm.storage.batches import AtWork, Batch

_NAMED: Final = 20
"""Refused rows that the refusal of a whole file names."""


def import_file(
    crm: Crm,
    source: Path | BinaryIO,
    *,
    format: str | None = None,
    mapping: Mapping[str, str] | None = None,
    region: str | None = None,
    dry_run: bool = False,
    strict: bool = False,
    progress: OnProgress | None = None,
) -> ImportReport:
    """Reads a file or an open binary stream.

    A row that is a known contact (same name, no other company, a number or address in common, or neither side has
    any) adds what is new to it and overwrites nothing but free fields of the same name; one about a merged contact
    goes to its heir, one about a deleted contact is left out. When an import of the same file was interrupted, it
    goes on. ``strict``: nothing is written when one row is refused (``Invalid("import_refused")`` names them all).
    ``dry_run``: nothing is written. Raises ``NotFound("file_unreadable")``; ``Invalid`` for a file that is not
    what it should be, ``Invalid("import_nothing")`` when not one row can be used; ``Conflict("import_running")``.
    """
    found = files.recognised(source, format)
    region = region or crm.region()
    mapping = mapping or {}
    taker = PeopleTaker(region)
    if strict:
        _refuse_any(found, mapping, taker)
    facts = {
        **{"file": found.name, "sha256": found.sha256, "size": found.size, "format": found.form},
        **{"encoding": found.encoding, "mapping": mapping, "region": region},
    }
    batch = None if dry_run else _interrupted(crm, facts)
    run = Run(crm, found, taker, facts=facts, progress=progress, batch=batch)
    if batch is not None:
        run.go_on_with(_at_work(crm, batch))
    rows = run.prepared(files.rows(found, mapping))
    if dry_run:
        run.compare(rows)
    else:
        run.write(rows)
    if not run.counts.settled and not run.stopped and batch is None:
        raise _nothing(found, run.counts)
    return run.report(dry_run=dry_run)


def _refuse_any(source: Source, mapping: Mapping[str, str], taker: Taker) -> None:
    """Reads the whole file; raises ``Invalid("import_refused")`` when a row is refused."""
    counts = Counts()
    for row in files.rows(source, mapping):
        taker.prepare(row, counts)
    if counts.refused:
        fields = [_problem(row) for row in counts.refused]
        raise Invalid("import_refused", fields=fields, file=source.name, n=len(fields))


def _nothing(source: Source, counts: Counts) -> Invalid:
    return Invalid(
        "import_nothing", fields=[_problem(row) for row in counts.refused[:_NAMED]], file=source.name
    )


def _problem(row: RowReason) -> FieldProblem:
    return FieldProblem(f"line {row.line}", str(row.line), row.code, row.params)


# --- an interrupted one ---------------------------------------------------------------------------------------

_SAME: Final = ("sha256", "format", "mapping", "region")


def _interrupted(crm: Crm, facts: Mapping[str, object]) -> Batch | None:
    """The caller's import of the same bytes in the same way that was killed."""
    with crm.database.reader() as conn:
        mine = batches.open_ones(conn, crm.me)
    for batch in mine:
        if batch.state == "running" and all(getattr(batch, name) == facts[name] for name in _SAME):
            return None if AtWork(crm.database.path, batch.id).is_up() else batch
    return None


def _at_work(crm: Crm, batch: Batch) -> AtWork:
    sign = AtWork(crm.database.path, batch.id)
    if not sign.take():
        raise Conflict("import_running", id=batch.action_id, file=batch.file)
    return sign
