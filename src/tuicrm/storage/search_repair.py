"""Making anew what contacts and calls are found by, from what people typed: nothing else is read, or written."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from tuicrm.storage.search_index import add_spellings, call_columns, found_by
from tuicrm.storage.transaction import Transaction

INDEXES: Final = ("contact_fts", "call_fts")

_CONTACTS: Final = """
SELECT id, name, company, name_key, company_key, words, glued FROM contact WHERE id > :after ORDER BY id LIMIT :limit
"""
_LISTS: Final = {
    "phones": ("raw", "SELECT contact_id, raw FROM phone WHERE {ids} ORDER BY contact_id, position"),
    "emails": ("address", "SELECT contact_id, address FROM email WHERE {ids} ORDER BY contact_id, position"),
    "tags": ("tag", "SELECT contact_id, tag FROM contact_tag WHERE {ids} ORDER BY contact_id, position"),
}
_IDS: Final = "contact_id IN (SELECT value FROM json_each(:ids))"
_CALLS: Final = "SELECT id, note, tags, words FROM interaction WHERE id > :after ORDER BY id LIMIT :limit"


def remake(tx: Transaction) -> None:
    """Drops the full text indexes with their triggers, and fills new ones with the words of the rows."""
    # imported here: whoever repairs nothing has no use for the text of the schema
    from tuicrm.storage.schema_sql import STATEMENTS

    for name in INDEXES:
        made = [each for each in STATEMENTS if f" {name}" in each and each.startswith("CREATE ")]
        for (trigger,) in tx.raw.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND instr(name, :name) = 1",
            {"name": f"{name}_"},
        ).fetchall():
            tx.execute(f'DROP TRIGGER "{trigger}"')
        tx.execute(f"DROP TABLE IF EXISTS {name}")
        for statement in made:
            tx.execute(statement)
        tx.execute(f"INSERT INTO {name} ({name}) VALUES ('rebuild')")


def contacts(tx: Transaction, after: int, limit: int) -> tuple[int, int]:
    """Makes the search columns of contacts with ids above ``after`` anew, and their words for slips.

    Gives the last id, 0 at the end, and how many had other columns.
    """
    rows = tx.all(_CONTACTS, {"after": after, "limit": limit})
    # what was known to be in the index of slips may be what it has lost
    tx.known_stems = frozenset()
    lists = _lists(tx, [row["id"] for row in rows])
    mended = 0
    for row in rows:
        typed = {"name": row["name"], "company": row["company"], **lists[row["id"]]}
        columns, spelled = found_by(typed)
        add_spellings(tx, spelled)
        mended += _mend(tx, "contact", row, columns)
    return (rows[-1]["id"] if rows else 0), mended


def calls(tx: Transaction, after: int, limit: int) -> tuple[int, int]:
    """The same for the words of calls."""
    rows = tx.all(_CALLS, {"after": after, "limit": limit})
    mended = sum(
        _mend(tx, "interaction", row, call_columns({"note": row["note"], "tags": json.loads(row["tags"])}))
        for row in rows
    )
    return (rows[-1]["id"] if rows else 0), mended


def _lists(tx: Transaction, ids: Iterable[int]) -> dict[int, dict[str, list[Any]]]:
    """Numbers, addresses and tags of contacts, as ``found_by`` takes them."""
    found: dict[int, dict[str, list[Any]]] = {each: {name: [] for name in _LISTS} for each in ids}
    for name, (column, sql) in _LISTS.items():
        for row in tx.all(sql.format(ids=_IDS), {"ids": json.dumps(list(found))}):
            value = row[column]
            found[row["contact_id"]][name].append(value if name == "tags" else {column: value})
    return found


def _mend(tx: Transaction, table: str, row: Any, columns: dict[str, str]) -> bool:
    """Writes the columns that differ. It is no change of the record: none is logged."""
    if all(row[name] == value for name, value in columns.items()):
        return False
    put = ", ".join(f"{name} = :{name}" for name in columns)
    tx.execute(f"UPDATE {table} SET {put} WHERE id = :id", {**columns, "id": row["id"]})
    return True
