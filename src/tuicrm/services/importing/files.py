"""A file into the company, or only what it would do."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import Any, BinaryIO, Final

from tuicrm import i18n
from tuicrm.domain.errors import Conflict, FieldProblem, Invalid, NotFound
from tuicrm.domain.fold import fold
from tuicrm.domain.regions import REGIONS
from tuicrm.services.context import Crm
from tuicrm.services.importing import source as files
from tuicrm.services.importing.ahead import Ahead, Job, worth_it
from tuicrm.services.importing.counts import Counts
from tuicrm.services.importing.engine import Run, Taker
from tuicrm.services.importing.headers import remember, remembered
from tuicrm.services.importing.joining import Joining
from tuicrm.services.importing.people import PeopleTaker
from tuicrm.services.importing.reports import ImportReport, OnProgress, RowReason
from tuicrm.services.importing.source import Source
from tuicrm.storage import batches
from tuicrm.storage.batches import AtWork, Batch
from tuicrm.storage.connection import Connection
from tuicrm.storage.queries import contacts, known, people

_CONTACT: Final = "contact"
_NAMED: Final = 20
"""Refused rows that the refusal of a whole file names."""


def import_file(
    crm: Crm,
    source: Path | BinaryIO,
    *,
    format: str | None = None,
    encoding: str = "",
    mapping: Mapping[str, str] | None = None,
    region: str | None = None,
    contact: int | None = None,
    worklist: str = "",
    shared: bool = False,
    dry_run: bool = False,
    strict: bool = False,
    progress: OnProgress | None = None,
) -> ImportReport:
    """Reads a file or an open binary stream.

    A row that is a known contact (same name and a number, an address or the company in common; see ``matching``)
    adds what is new to it and overwrites nothing but free fields of the same name; one about a merged contact
    goes to its heir, one about a deleted contact is left out. When an import of the same file was interrupted, it
    goes on. ``strict``: nothing is written when one row is refused (``Invalid("import_refused")`` names them all).
    ``encoding``: one of ``ENCODINGS``, else by its content; in a vCard that of values which do not say theirs.
    ``dry_run``: nothing is written. ``contact``: whose the tasks of a calendar are that name nobody.
    ``worklist``: the list by names on which everybody of the file is put, known or new; it is made when there is none,
    for oneself, or for everybody (``shared``).

    Raises ``NotFound`` (``file_unreadable``, ``no_contact``); ``Invalid`` for a file that is not what it should be,
    ``Invalid("import_nothing")`` when not one row can be used, ``Invalid("import_contact")``,
    ``Invalid("import_region")``, ``Invalid("import_worklist")`` for a file that is no list of people; ``Conflict``
    (``import_running``, ``contact_deleted``, ``worklist_filter``).

    A whole company (``services.everything``) is put back into an empty database; ``format="json"`` takes its living
    contacts alone, into any.
    """
    found = files.recognised(source, format, encoding)
    if format is None and found.form == "json" and files.is_company(found):
        # imported here: hardly any file is one
        from tuicrm.services.everything import bring_back

        return bring_back(crm, found, dry_run=dry_run)
    region = region or crm.region()
    if region not in REGIONS:
        raise Invalid("import_region", value=region)
    mapping = dict(mapping or {}) | _whose(crm, found, contact)
    how = How(crm, found, remembered(crm, found) | mapping, region, worklist, shared=shared)
    if strict:
        _refuse_any(how)
    if dry_run:
        run = Run(crm, found, how.taker(), facts=how.facts(), progress=progress)
        how.prepared(run, run.compare)
        return _report(run, dry_run=True)
    report = bring_in(crm, how, _interrupted(crm, how), progress)
    remember(crm, found, mapping)
    return report


def _whose(crm: Crm, source: Source, contact: int | None) -> dict[str, str]:
    """As it stands in the batch's record, so that an interrupted import goes on with the same contact."""
    if contact is None:
        return {}
    if source.form != "ics":
        raise Invalid("import_contact", file=source.name)
    with crm.database.reader() as conn:
        found = contacts.record(conn, contacts.heir(conn, contact))
    if found is None:
        raise NotFound("no_contact", ref=f"contact:{contact}")
    if found.deleted_at is not None:
        raise Conflict("contact_deleted", id=found.id, name=found.name)
    return {_CONTACT: str(found.id)}


class How:
    """A file and how it is to be read. ``mapping``: what the person says of its columns, now or earlier; of a
    calendar, whose the tasks are that name nobody. ``worklist``: the list people are put on, ``""`` for none;
    ``shared``: a new one is everybody's."""

    def __init__(
        self,
        crm: Crm,
        source: Source,
        mapping: Mapping[str, str],
        region: str,
        worklist: str = "",
        *,
        shared: bool = False,
    ) -> None:
        self.crm = crm
        self.source = source
        self.mapping = mapping
        self.region = region
        self.joining = _joining(crm, source, worklist, shared)

    def taker(self, earlier: Batch | None = None) -> Taker:
        """Who takes in what is in the file. ``earlier``: the interrupted import that goes on."""
        # imported here: a run takes in one kind of record
        if self.source.form == "ics":
            from tuicrm.services.importing.followups import FollowUpTaker

            whose = self.mapping.get(_CONTACT)
            return FollowUpTaker(self.crm, self.region, int(whose) if whose else None)
        if self.source.form.startswith("calls-"):
            from tuicrm.services.importing.calls import CallTaker

            return CallTaker(self.crm, self.region)
        with self.crm.database.reader() as conn:
            # only a table of another program calls its people otherwise than by our handles
            agents = _agents(conn) if self.source.form == "csv" else None
            met = () if earlier is None else known.touched(conn, earlier.action_id)
            return PeopleTaker(self.region, met, self.joining, agents)

    @cached_property
    def rows(self) -> Callable[[], Iterator[Any]]:
        """Opens the records of the file."""
        if self.source.form == "ics":
            return partial(files.follow_ups, self.source, self.crm.zone, self.crm.clock.now())
        if self.source.form.startswith("calls-"):
            return partial(files.calls, self.source, self.crm.zone)
        return partial(files.rows, self.source, self.mapping, self.region)

    def prepared(self, run: Run, work: Callable[[Iterator[tuple[int, Any]]], None]) -> None:
        """Does ``work`` on the rows of the file, which come from another process when it is long."""
        rows = self.rows()
        if self.source.form == "ics" or not worth_it(self.source.size):
            return work(run.prepared(rows))
        with Ahead(Job(self.rows, run.taker.prepare, run.skip, i18n.language())) as ahead:
            work(run.prepared(rows, ahead))

    def facts(self) -> dict[str, Any]:
        """What the batch's record says of it."""
        it = self.source
        # from wherever it is gone on with
        file = it.name if it.name == "-" else os.path.abspath(it.name)
        return {
            **{"file": file, "sha256": it.sha256, "size": it.size, "format": it.form},
            **{"encoding": it.encoding, "mapping": self.mapping, "region": self.region},
            "worklist": self.joining.name if self.joining else "",
        }


def _joining(crm: Crm, source: Source, worklist: str, shared: bool) -> Joining | None:
    if not worklist.strip():
        return None
    if source.form == "ics" or source.form.startswith("calls-"):
        raise Invalid("import_worklist", file=source.name)
    return Joining(crm, worklist, shared=shared)


def bring_in(crm: Crm, how: How, batch: Batch | None, progress: OnProgress | None) -> ImportReport:
    """Writes a file, or (``batch``) what is left of one that was interrupted. Raises as ``import_file``."""
    run = Run(crm, how.source, how.taker(batch), facts=how.facts(), progress=progress, batch=batch)
    if batch is not None:
        run.go_on_with(_at_work(crm, batch))
    how.prepared(run, run.write)
    return _report(run, dry_run=False)


def _report(run: Run, *, dry_run: bool) -> ImportReport:
    report = run.report(dry_run=dry_run)
    if not run.counts.settled and not run.stopped and not report.begun_at:
        fields = [_problem(row) for row in report.refused[:_NAMED]]
        raise Invalid("import_nothing", fields=fields, file=report.file)
    return report


def _refuse_any(how: How) -> None:
    """Reads the whole file; raises ``Invalid("import_refused")`` when a row is refused."""
    counts, taker = Counts(), how.taker()
    for row in how.rows():
        taker.prepare(row, counts)
    if counts.refused:
        fields = [_problem(row) for row in counts.refused]
        raise Invalid("import_refused", fields=fields, file=how.source.name, n=len(fields))


def _agents(conn: Connection) -> dict[str, str]:
    """Handles by themselves and by the agents' names, folded; a name that several have is nobody's."""
    everybody = people.names(conn) | people.names(conn, active=False)
    named = Counter(fold(name) for name in everybody.values())
    found = {fold(name): handle for handle, name in everybody.items() if name and named[fold(name)] == 1}
    return found | {fold(handle): handle for handle in everybody}


def _problem(row: RowReason) -> FieldProblem:
    return FieldProblem(f"line {row.line}", str(row.line), row.code, row.params)


# --- an interrupted one ---------------------------------------------------------------------------------------

_SAME: Final = ("sha256", "format", "encoding", "mapping", "region", "worklist")


def _interrupted(crm: Crm, how: How) -> Batch | None:
    """The caller's import of the same bytes in the same way that was killed."""
    facts = how.facts()
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
