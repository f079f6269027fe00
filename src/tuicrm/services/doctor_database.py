"""Is the database sound: its schema, its pages, its indexes, its search, its references, its imports."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tuicrm.domain.errors import Unavailable
from tuicrm.services.checks import Check, judged
from tuicrm.services.context import Crm
from tuicrm.storage import schema_repair, soundness
from tuicrm.storage.connection import Connection
from tuicrm.storage.database import SCHEMA_VERSION, Actor

if TYPE_CHECKING:
    from tuicrm.storage.soundness import Search


def checks(crm: Crm, *, full: bool) -> Iterator[Check]:
    """What was looked at. A file that cannot even be read is one check that says so."""
    try:
        with crm.database.reader() as conn:
            yield from _schema(conn)
            yield _sound("integrity", soundness.broken_pages(conn, full=full))
            yield _sound("indexes", list(soundness.short_indexes(conn)))
            yield _sound("references", soundness.loose_references(conn))
            yield _search(crm, conn, full=full)
            yield _call_search(crm, conn, full=full)
            for name, listed, gone in soundness.counts(conn):
                yield _count(name, listed, gone)
            yield Check("process", True, soundness.process_version(conn))
        yield _imports(crm)
    except Unavailable as error:
        yield _damaged("reading", error.code)
    except (sqlite3.Error, ValueError) as error:
        # text that is none any more, statements of the schema that cannot be read
        yield _damaged("reading", str(error))


def _schema(conn: Connection) -> Iterator[Check]:
    found = soundness.schema_version(conn)
    yield Check("schema", found == SCHEMA_VERSION, str(found))
    yield _parts(soundness.missing_parts(conn))
    mode = soundness.journal(conn)
    yield Check("journal", mode == "wal", mode, "" if mode == "wal" else "doctor_journal")


def _parts(missing: list[str]) -> Check:
    """Whether every table, index, trigger and view of the schema is there."""
    lost = [name for name in missing if schema_repair.is_table(name)]
    if lost:
        return _damaged("schema parts", ", ".join(lost))
    names = ", ".join(missing)
    return judged("schema parts", not missing, names or "ok", "doctor_parts", names=tuple(missing))


def _count(name: str, listed: int, gone: int) -> Check:
    """How many the lists show; those they do not show are told beside."""
    return Check(name, True, str(listed), *(("doctor_deleted", {"n": gone}) if gone else ()))


def _sound(name: str, problems: list[str]) -> Check:
    return _damaged(name, problems[0]) if problems else Check(name, True, "ok")


def _damaged(name: str, found: str) -> Check:
    return Check(name, False, found, "doctor_damaged", {"found": found}, damaged=True)


# --- the search ---------------------------------------------------------------------------------------------


def _search(crm: Crm, conn: Connection, *, full: bool) -> Check:
    """Whether every contact, and nothing else, is in the full text index."""
    wrong = _not_found(crm, conn, "contact_fts", full=full)
    return judged("search", not wrong, str(wrong) if wrong else "ok", "doctor_search", n=wrong)


def _call_search(crm: Crm, conn: Connection, *, full: bool) -> Check:
    """The same for what was said in calls."""
    wrong = _not_found(crm, conn, "call_fts", full=full)
    return judged("call search", not wrong, str(wrong) if wrong else "ok", "doctor_call_search", n=wrong)


def _not_found(crm: Crm, conn: Connection, search: Search, *, full: bool) -> int:
    """How many records may not be found; ``full``: their words are compared as well."""
    wrong = soundness.missing(conn, search)
    if full and not wrong:
        wrong = soundness.stale(conn, search) or int(not _index_agrees(crm, search))
    return wrong


def _index_agrees(crm: Crm, search: Search) -> bool:
    """Whether a full text index has the words of the rows; nothing is written."""
    try:
        with crm.database.transaction(Actor(crm.me, crm.actor.via), "doctor") as tx:
            tx.abandon()
            soundness.compare_index(tx, search)
    except Unavailable as error:
        if error.code != "database_damaged":
            raise
        return False
    return True


def _imports(crm: Crm) -> Check:
    """Whether an import of the acting agent was interrupted."""
    from tuicrm.services.interrupted import unfinished

    left = unfinished(crm)
    file = left[0].file if left else ""
    action = left[0].action_id if left else 0
    return judged("imports", not left, file or "ok", "doctor_import", file=file, id=str(action))
