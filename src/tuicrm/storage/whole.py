"""All rows of a database out of it, and into an empty one: ids, change log and all.

What is made from other columns (search columns, indexes) is left out and made anew.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from tuicrm.domain.errors import Invalid
from tuicrm.storage import search_index
from tuicrm.storage.changes import OWN_NAME_VERB
from tuicrm.storage.connection import Connection
from tuicrm.storage.table_triggers import LAST_CALL, NEXT_DUE
from tuicrm.storage.touch_triggers import SPOKE, TOUCH
from tuicrm.storage.transaction import Transaction

Row = Mapping[str, Any]

_BY_TRIGGERS: Final = {"last_call_key": "", "next_due_key": "~", "spoke_key": "", "touch_key": "~"}
TABLES: Final = (
    *("agent", "session", "process_version", "contact", "phone", "email", "contact_tag"),
    *("private_note", "interaction"),
    *(
        "follow_up",
        "ticket",
        "ticket_event",
        "keep_apart",
        "saved_filter",
        "action",
        "change",
        "change_payload",
    ),
    *("import_batch", "import_mapping", "import_uid", "worklist_member", "cadence_rule"),
)
"""In the order in which they are written. ``spelling`` and the full text index are made from contacts."""
_MADE: Final = {
    "contact": ("name_key", "company_key", "words", "glued", *_BY_TRIGGERS),
    "interaction": ("words",),
}
_ORDER_KEYS: Final = (
    f"UPDATE contact SET last_call_key = {LAST_CALL}, next_due_key = {NEXT_DUE}, spoke_key = {SPOKE}".format(
        id="contact.id"
    ),
    f"UPDATE contact SET touch_key = {TOUCH}",
)
_JSON: Final = frozenset({("contact", "fields"), ("interaction", "tags"), ("ticket", "tags")})
_CHILDREN: Final = {
    "phones": "SELECT raw FROM phone WHERE contact_id = :id ORDER BY position",
    "emails": "SELECT address FROM email WHERE contact_id = :id ORDER BY position",
}
_EMPTY: Final = """
SELECT NOT EXISTS (SELECT 1 FROM change WHERE NOT (entity = 'process' AND entity_id = 1) AND verb <> :own)
  AND NOT EXISTS (SELECT 1 FROM contact) AND NOT EXISTS (SELECT 1 FROM import_batch)
"""


def columns(conn: Connection, table: str) -> dict[str, bool]:
    """The columns that go out and in, and whether each may hold JSON."""
    made = _MADE.get(table, ())
    names = [row["name"] for row in conn.all(f'PRAGMA table_info("{table}")')]
    return {name: (table, name) in _JSON for name in names if name not in made}


def rows(conn: Connection, table: str) -> Iterator[dict[str, Any]]:
    """Every row of a table, by its key, one at a time."""
    names = columns(conn, table)
    key = ", ".join(f'"{row["name"]}"' for row in conn.all(f'PRAGMA table_info("{table}")') if row["pk"])
    listed = ", ".join(f'"{name}"' for name in names)
    for row in conn.raw.execute(f'SELECT {listed} FROM "{table}" ORDER BY {key}'):
        yield {name: json.loads(row[name]) if parsed else row[name] for name, parsed in names.items()}


def last_ids(conn: Connection) -> dict[str, int]:
    """The last id that was given in each table, so that none is ever given again."""
    found = {
        row["name"]: row["seq"] for row in conn.all("SELECT name, seq FROM sqlite_sequence ORDER BY name")
    }
    return {name: seq for name, seq in found.items() if name in TABLES}


def is_empty(conn: Connection) -> bool:
    """Whether nobody has done anything here but open the file."""
    return bool(conn.value(_EMPTY, {"own": OWN_NAME_VERB}))


def restore(tx: Transaction, read: Callable[[str], Iterable[Row]], ids: Mapping[str, int]) -> dict[str, int]:
    """Puts everything into an empty database, as it was; gives how many rows of each table. ``read``: the rows of a
    table. Leaves no action. Raises ``Invalid("everything_row")`` and ``sqlite3.IntegrityError``."""
    # the first version of the process file, and who made it
    for table in reversed(TABLES):
        tx.execute(f'DELETE FROM "{table}"')
    many = {}
    for table in sorted(TABLES, key=lambda table: table == "contact"):
        many[table] = _fill(tx, table, read(table))
    # calls and follow-ups were there before the contacts that their triggers would have written to
    for statement in _ORDER_KEYS:
        tx.execute(statement)
    for table, last in ids.items():
        sql = "UPDATE sqlite_sequence SET seq = max(seq, :last) WHERE name = :table"
        if table in TABLES and not tx.execute(sql, {"last": last, "table": table}).rowcount:
            tx.execute(
                "INSERT INTO sqlite_sequence (name, seq) VALUES (:table, :last)",
                {"last": last, "table": table},
            )
    return many


def _fill(tx: Transaction, table: str, found: Iterable[Row]) -> int:
    names = columns(tx, table)
    every = (*names, *_MADE.get(table, ()))
    listed, bound = ", ".join(f'"{name}"' for name in every), ", ".join(f":{name}" for name in every)
    sql = f'INSERT INTO "{table}" ({listed}) VALUES ({bound})'
    many = 0
    for row in found:
        many += 1
        if row.keys() != names.keys():
            raise Invalid("everything_row", table=table, n=many)
        plain = {name: _plain(row[name], parsed, table, many) for name, parsed in names.items()}
        if table == "contact":
            _put_contact(tx, sql, row, plain)
        elif table == "interaction":
            tx.execute(sql, plain | search_index.call_columns(row))
        else:
            tx.execute(sql, plain)
    return many


def _plain(value: Any, parsed: bool, table: str, place: int) -> Any:
    if parsed:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if isinstance(value, bool) or not isinstance(value, (str, int, float, type(None))):
        raise Invalid("everything_row", table=table, n=place)
    return value


def _put_contact(tx: Transaction, sql: str, row: Row, plain: dict[str, Any]) -> None:
    """A contact, whose numbers, addresses and tags are there already, with what it is found by."""
    key = {"id": row["id"]}
    lists: dict[str, Any] = {
        name: [dict(child) for child in tx.all(text, key)] for name, text in _CHILDREN.items()
    }
    tags = tx.all("SELECT tag FROM contact_tag WHERE contact_id = :id ORDER BY position", key)
    found = search_index.search_columns(tx, {**row, **lists, "tags": [tag["tag"] for tag in tags]})
    tx.execute(sql, plain | found | _BY_TRIGGERS)
    search_index.add_words(tx.raw, [(row["id"], found["words"])])
