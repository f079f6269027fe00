"""What a database file is asked to find out whether it is sound: its pages, its indexes, its references, its search."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Final, Literal

from tuicrm.storage.connection import Connection
from tuicrm.storage.search_index import call_columns, found_by
from tuicrm.storage.transaction import Transaction

Search = Literal["contact_fts", "call_fts"]

_COUNTED: Final = (
    ("contacts", "contact", "deleted_at IS NULL AND merged_into IS NULL"),
    ("calls", "interaction", "deleted_at IS NULL"),
    ("follow-ups", "follow_up", "deleted_at IS NULL"),
    ("tickets", "ticket", "deleted_at IS NULL AND merged_into IS NULL"),
    ("agents", "agent", "1"),
    ("changes", "change", "1"),
)
"""What a count is called, its table, and which rows the lists show."""
_MAKES: Final = re.compile(r"CREATE (?:UNIQUE |VIRTUAL )?(?:TABLE|INDEX|TRIGGER|VIEW) (\w+)")
_WHERE: Final = re.compile(r"\)\s+WHERE\s+(.*)\Z", re.DOTALL)
_ROWS_OF: Final[Mapping[Search, str]] = {"contact_fts": "contact", "call_fts": "call_words"}
_NOT_FOUND: Final = """
SELECT (SELECT count(*) FROM {rows} c WHERE NOT EXISTS (SELECT 1 FROM {index}_docsize d WHERE d.id = c.id))
     + (SELECT count(*) FROM {index}_docsize d WHERE NOT EXISTS (SELECT 1 FROM {rows} c WHERE c.id = d.id))
"""
_LISTS: Final = {
    "phones": "SELECT raw FROM phone WHERE contact_id = :id ORDER BY position",
    "emails": "SELECT address FROM email WHERE contact_id = :id ORDER BY position",
}


def schema_version(conn: Connection) -> int:
    return int(conn.value("PRAGMA user_version"))


def missing_parts(conn: Connection) -> list[str]:
    """The tables, indexes, triggers and views of the schema that the file does not have, in the order of making."""
    there = {str(name) for (name,) in conn.all("SELECT name FROM sqlite_master")}
    return [name for name in schema_parts() if name not in there]


def schema_parts() -> dict[str, str]:
    """What makes each part of the schema, by the name of the part."""
    # imported here: only a doctor reads the text of the schema
    from tuicrm.storage.schema_sql import STATEMENTS

    return {found[1]: each for each in STATEMENTS if (found := _MAKES.match(each))}


def journal(conn: Connection) -> str:
    """How commits are written: ``wal`` where all is well."""
    return str(conn.value("PRAGMA journal_mode"))


def process_version(conn: Connection) -> str:
    return str(conn.value("SELECT max(version) FROM process_version"))


def broken_pages(conn: Connection, *, full: bool) -> list[str]:
    """What is wrong with the pages, in SQLite's words; ``full``: indexes are compared with their tables as well."""
    pragma = "integrity_check" if full else "quick_check"
    return [text for (text,) in conn.all(f"PRAGMA {pragma}(20)") if text != "ok"]


def short_indexes(conn: Connection) -> Iterator[str]:
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


def loose_references(conn: Connection) -> list[str]:
    """The tables with rows that name a record which is not there; each as often as it has such rows."""
    return [str(row[0]) for row in conn.all("PRAGMA foreign_key_check")]


def counts(conn: Connection) -> Iterator[tuple[str, int, int]]:
    """Of each kind of record its name, how many the lists show, and how many are there that they do not show."""
    for name, table, shown in _COUNTED:
        rows, listed = conn.all(f"SELECT count(*), coalesce(sum({shown}), 0) FROM {table}")[0]
        yield name, listed, rows - listed


def missing(conn: Connection, search: Search) -> int:
    """How many records are not in a full text index, or in it without being there."""
    return int(conn.value(_NOT_FOUND.format(rows=_ROWS_OF[search], index=search)))


def stale(conn: Connection, search: Search) -> int:
    """How many records are found by other words than they have."""
    return _stale_contacts(conn) if search == "contact_fts" else _stale_calls(conn)


def compare_index(tx: Transaction, search: Search) -> None:
    """Has FTS5 compare a full text index with its rows, which only who may write can ask. Fails where they differ."""
    tx.execute(f"INSERT INTO {search} ({search}, rank) VALUES ('integrity-check', 1)")


def _stale_contacts(conn: Connection) -> int:
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


def _stale_calls(conn: Connection) -> int:
    rows = conn.raw.execute("SELECT note, tags, words FROM interaction WHERE note <> '' OR tags <> '[]'")
    return sum(
        call_columns({"note": note, "tags": json.loads(tags)})["words"] != words for note, tags, words in rows
    )
