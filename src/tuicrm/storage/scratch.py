"""A private database, gone when closed, for the contacts that a dry run would have made or changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Final

from tuicrm.storage import bulk
from tuicrm.storage.connection import Connection, Row

_TABLES: Final = ("contact", "phone", "email", "contact_tag")


class Scratch(Connection):
    """The tables of contacts, empty. SQLite keeps it in a nameless file of its own when it grows."""

    def __init__(self, real: Connection) -> None:
        """What would be made gets ids above those of every contact that there really is."""
        from tuicrm.storage.schema_sql import STATEMENTS

        raw = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        raw.row_factory = Row
        super().__init__(raw)
        raw.execute("PRAGMA temp_store=FILE")
        raw.execute("PRAGMA journal_mode=OFF")
        raw.execute("PRAGMA synchronous=OFF")
        for statement in STATEMENTS:
            words = statement.split()
            if words[0] == "CREATE" and (words[1:2] == ["TABLE"] or "INDEX" in words[1:3]):
                named = words[2] if words[1] == "TABLE" else words[words.index("ON") + 1]
                if named in _TABLES:
                    raw.execute(statement)
        self._next = int(real.value("SELECT max(id) FROM contact") or 0) + 1

    def make(self, ready: Sequence[bulk.Ready]) -> list[int]:
        """Makes contacts; gives their ids."""
        ids = list(range(self._next, self._next + len(ready)))
        self._next += len(ready)
        bulk.put_contacts(self.raw, ids, ready, "")
        return ids

    def put(self, contact_id: int, ready: bulk.Ready) -> None:
        """A contact as it would be after a change."""
        for table in _TABLES:
            key = "id" if table == "contact" else "contact_id"
            self.raw.execute(f"DELETE FROM {table} WHERE {key} = ?", (contact_id,))
        bulk.put_contacts(self.raw, [contact_id], [ready], "")

    def close(self) -> None:
        self.raw.close()
