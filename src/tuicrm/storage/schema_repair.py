"""Making anew the indexes, triggers and views of the schema that a file has lost; a table is not made from nothing."""

from __future__ import annotations

import sqlite3
from typing import Final

from tuicrm.storage.search_repair import INDEXES
from tuicrm.storage.soundness import missing_parts, schema_parts
from tuicrm.storage.transaction import Transaction

_AGAIN: Final = {
    "contact_last_call": "UPDATE interaction SET contact_id = contact_id",
    "contact_spoke": "UPDATE interaction SET contact_id = contact_id",
    "contact_next_due": "UPDATE follow_up SET contact_id = contact_id",
}
"""What has triggers of such a name bring up to date what they keep: nothing else changes by it."""


def is_table(name: str) -> bool:
    """Whether a part of the schema holds records: its loss is no repair but a backup's."""
    return schema_parts()[name].startswith("CREATE TABLE ")


def of_search(name: str) -> bool:
    """Whether a part belongs to a full text index, which ``search_repair`` makes whole."""
    return name.startswith(INDEXES)


def remake(tx: Transaction) -> list[str]:
    """Makes what is missing, but for tables and the search; gives the names. A unique index over records that are
    there twice stays missing."""
    made = []
    for name in missing_parts(tx):
        if is_table(name) or of_search(name):
            continue
        try:
            tx.execute(schema_parts()[name])
        except sqlite3.IntegrityError:
            continue
        made.append(name)
    for statement in dict.fromkeys(
        sql for start, sql in _AGAIN.items() if any(name.startswith(start) for name in made)
    ):
        tx.execute(statement)
    return made
