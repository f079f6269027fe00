"""Is the database sound: its schema, its pages, its indexes, its search, its references, its imports."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from typing import Final

from tuicrm.domain.errors import Unavailable
from tuicrm.services.checks import Check, judged
from tuicrm.services.context import Crm
from tuicrm.storage.connection import Connection
from tuicrm.storage.database import SCHEMA_VERSION, Actor
from tuicrm.storage.search_index import call_columns, found_by

_COUNTED: Final = (
    ("contacts", "contact", "deleted_at IS NULL AND merged_into IS NULL"),
    ("calls", "interaction", "deleted_at IS NULL"),
    ("follow-ups", "follow_up", "deleted_at IS NULL"),
    ("tickets", "ticket", "deleted_at IS NULL AND merged_into IS NULL"),
    ("agents", "agent", "1"),
    ("changes", "change", "1"),
)
"""What a count is called, its table, and which rows the lists show."""
_WHERE: Final = re.compile(r"\)\s+WHERE\s+(.*)\Z", re.DOTALL)
_NOT_FOUND: Final = """
SELECT (SELECT count(*) FROM {rows} c WHERE NOT EXISTS (SELECT 1 FROM {index}_docsize d WHERE d.id = c.id))
     + (SELECT count(*) FROM {index}_docsize d WHERE NOT EXISTS (SELECT 1 FROM {rows} c WHERE c.id = d.id))
"""
_LISTS: Final = {
    "phones": "SELECT raw FROM phone WHERE contact_id = :id ORDER BY position",
    "emails": "SELECT address FROM email WHERE contact_id = :id ORDER BY position",
}


def checks(crm: Crm, *, full: bool) -> Iterator[Check]:
    """What was looked at. A file that cannot even be read is one check that says so."""
    try:
        with crm.database.reader() as conn:
            yield from _schema(conn)
            pragma = "integrity_check" if full else "quick_check"
            problems = [str(row[0]) for row in conn.all(f"PRAGMA {pragma}(20)")]
            yield _sound("integrity", [text for text in problems if text != "ok"])
            yield _sound("indexes", list(_short_indexes(conn)))
            yield _sound("references", [str(row[0]) for row in conn.all("PRAGMA foreign_key_check")])
            yield _search(crm, conn, full=full)
            yield _call_search(crm, conn, full=full)
            for name, table, shown in _COUNTED:
                yield _count(conn, name, table, shown)
            yield Check("process", True, str(conn.value("SELECT max(version) FROM process_version")))
        yield _imports(crm)
    except Unavailable as error:
        yield _damaged("reading", error.code)
    except (sqlite3.Error, ValueError) as error:
        # text that is none any more, statements of the schema that cannot be read
        yield _damaged("reading", str(error))


def _schema(conn: Connection) -> Iterator[Check]:
    found = conn.value("PRAGMA user_version")
    yield Check("schema", found == SCHEMA_VERSION, str(found))
    mode = str(conn.value("PRAGMA journal_mode"))
    yield Check("journal", mode == "wal", mode, "" if mode == "wal" else "doctor_journal")


def _count(conn: Connection, name: str, table: str, shown: str) -> Check:
    """How many the lists show; those they do not show are told beside."""
    rows, listed = conn.all(f"SELECT count(*), coalesce(sum({shown}), 0) FROM {table}")[0]
    gone = rows - listed
    return Check(name, True, str(listed), *(("doctor_deleted", {"n": gone}) if gone else ()))


def _sound(name: str, problems: list[str]) -> Check:
    return _damaged(name, problems[0]) if problems else Check(name, True, "ok")


def _damaged(name: str, found: str) -> Check:
    return Check(name, False, found, "doctor_damaged", {"found": found}, damaged=True)


def _short_indexes(conn: Connection) -> Iterator[str]:
    """The indexes that have more or fewer entries than their table has rows: ``quick_check`` does not compare them."""
    found = conn.all("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
    for index in found:
        condition = _WHERE.search(index["sql"])
        where = f"WHERE {condition[1]}" if condition else ""
        # not ``count(*)``: that is answered from the smallest index, whichever is named
        table = f'SELECT total(1) FROM "{index["tbl_name"]}"'
        if conn.value(f'{table} INDEXED BY "{index["name"]}" {where}') != conn.value(
            f"{table} NOT INDEXED {where}"
        ):
            yield index["name"]


# --- the search ---------------------------------------------------------------------------------------------


def _search(crm: Crm, conn: Connection, *, full: bool) -> Check:
    """Whether every contact, and nothing else, is in the full text index."""
    wrong = int(conn.value(_NOT_FOUND.format(rows="contact", index="contact_fts")))
    if full and not wrong:
        wrong = _stale(conn) or int(not _index_agrees(crm, "contact_fts"))
    return judged("search", not wrong, str(wrong) if wrong else "ok", "doctor_search", n=wrong)


def _call_search(crm: Crm, conn: Connection, *, full: bool) -> Check:
    """The same for what was said in calls."""
    wrong = int(conn.value(_NOT_FOUND.format(rows="call_words", index="call_fts")))
    if full and not wrong:
        rows = conn.raw.execute("SELECT note, tags, words FROM interaction WHERE note <> '' OR tags <> '[]'")
        wrong = sum(
            call_columns({"note": note, "tags": json.loads(tags)})["words"] != words
            for note, tags, words in rows
        ) or int(not _index_agrees(crm, "call_fts"))
    return judged("call search", not wrong, str(wrong) if wrong else "ok", "doctor_call_search", n=wrong)


def _stale(conn: Connection) -> int:
    """How many contacts are found by other words than they have."""
    many = 0
    for row in conn.raw.execute("SELECT id, name, company, name_key, company_key, words, glued FROM contact"):
        key = {"id": row["id"]}
        parts = {name: [dict(each) for each in conn.all(sql, key)] for name, sql in _LISTS.items()}
        tags = conn.all("SELECT tag FROM contact_tag WHERE contact_id = :id ORDER BY position", key)
        contact = {
            "name": row["name"],
            "company": row["company"],
            **parts,
            "tags": [tag["tag"] for tag in tags],
        }
        columns = found_by(contact)[0]
        many += any(row[name] != value for name, value in columns.items())
    return many


def _index_agrees(crm: Crm, index: str) -> bool:
    """Whether a full text index has the words of the rows. FTS5 tells only who may write; nothing is written."""
    try:
        with crm.database.transaction(Actor(crm.me, crm.actor.via), "doctor") as tx:
            tx.abandon()
            tx.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
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
