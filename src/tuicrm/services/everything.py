"""A whole company as one document, and back into an empty database."""

from __future__ import annotations

import sqlite3
from typing import TextIO

from tuicrm.domain.errors import Invalid
from tuicrm.domain.process import from_json
from tuicrm.exchange import everything
from tuicrm.services.context import Crm
from tuicrm.services.importing.reports import ImportReport
from tuicrm.services.importing.source import Source
from tuicrm.storage import whole
from tuicrm.storage.database import Actor, Transaction
from tuicrm.storage.queries import people
from tuicrm.storage.soundness import loose_references


def export(crm: Crm, stream: TextIO) -> int:
    """Writes all records, deleted and merged ones too, the change log and the process files; gives how many rows."""
    with crm.database.reader() as conn:
        tables = ((table, whole.rows(conn, table)) for table in whole.TABLES)
        return everything.write(stream, whole.last_ids(conn), tables)


def is_empty(crm: Crm) -> bool:
    """Whether a company may be put here: nobody has done anything yet."""
    with crm.database.reader() as conn:
        return whole.is_empty(conn)


def restore(crm: Crm, text: str, name: str, *, dry_run: bool = False) -> dict[str, int]:
    """Puts a document of ``export`` into this database, all or nothing; gives how many rows of each table.

    It is no action: ids, the change log and what can be taken back are those of the document. Raises ``Invalid``:
    ``everything_not_empty``, ``everything_newer``, ``everything_row``, ``everything_broken``, ``json_bad``.
    """
    document = everything.Document(text, name)
    try:
        with crm.database.transaction(Actor(crm.me, "import"), "import") as tx:
            # asked under the lock: nobody comes between
            if not whole.is_empty(tx):
                raise Invalid("everything_not_empty", file=name)
            many = whole.restore(tx, document.rows, document.last_ids)
            if loose_references(tx) or not _rules_can_be_read(tx):
                raise Invalid("everything_broken", file=name)
            if dry_run:
                tx.abandon()
    except (sqlite3.IntegrityError, OverflowError, UnicodeEncodeError):
        raise Invalid("everything_broken", file=name) from None
    with crm.database.reader() as conn:
        crm.own_agent_known = people.agent(conn, crm.me) is not None
    return many


def _rules_can_be_read(tx: Transaction) -> bool:
    """Whether the process file in force is one: without it nothing works."""
    stored = people.process(tx)
    try:
        return stored is not None and from_json(stored.compiled) is not None
    except (ValueError, KeyError, TypeError, AttributeError):
        return False


def bring_back(crm: Crm, source: Source, *, dry_run: bool) -> ImportReport:
    """``restore`` of a file, told as an import; there is no action to take it back by. Raises as ``restore``."""
    rows = sum(restore(crm, source.text, source.name, dry_run=dry_run).values())
    return ImportReport(
        import_id=None,
        file=source.name,
        format=source.form,
        encoding=source.encoding,
        read=rows,
        added=rows,
        updated=0,
        unchanged=0,
        skipped=(),
        refused=(),
        kept_as_field={},
        photos_skipped=0,
        duplicates=(),
        dry_run=dry_run,
    )
