"""Made-up files of people for the tests of imports."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

from tuicrm.services import importing
from tuicrm.services.context import Crm
from tuicrm.services.importing import ImportReport
from tuicrm.storage.connection import Connection

HEADINGS = ("name", "company", "phone", "email", "tags", "City")

TABLES = {
    "contact": "name, company, note, fields, do_not_call, owner, name_key, words, glued, deleted_at, merged_into",
    "phone": "position, raw, e164, ext, label, reversed",
    "email": "position, address, label",
    "contact_tag": "position, tag",
    "spelling": "deletion, stem",
}
"""What two databases must have alike when the same people are in both."""


def people(count: int, first: int = 0) -> bytes:
    """A CSV file of people who have a number and an address each, every second one Persian."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(HEADINGS)
    for n in range(first, first + count):
        name = f"Kate{n % 97} Allen{n}" if n % 2 else f"رضا{n % 89} کریمی{n}"
        writer.writerow([name, f"Firm {n % 7}", f"0912{n:07d}", f"p{n}@example.com", "vip, north", "York"])
    return stream.getvalue().encode()


def read(crm: Crm, data: bytes, **options: Any) -> ImportReport:
    return importing.import_file(crm, io.BytesIO(data), **options)


def ask(crm: Crm, sql: str, **params: Any) -> list[tuple[Any, ...]]:
    with crm.database.reader() as conn:
        return [tuple(row) for row in conn.all(sql, params)]


def value(crm: Crm, sql: str, **params: Any) -> Any:
    return ask(crm, sql, **params)[0][0]


def rows(crm: Crm) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that a contact leaves in the tables, without its number and its moment."""
    return {
        table: sorted(ask(crm, f"SELECT {columns} FROM {table}"), key=repr)
        for table, columns in TABLES.items()
    }


def sound(crm: Crm) -> None:
    """The file is whole, its search index is that of its rows, every change is signed and has its payload."""
    from tuicrm.storage import changes

    with crm.database.transaction(crm.actor, "check") as tx:
        tx.execute("INSERT INTO contact_fts(contact_fts, rank) VALUES ('integrity-check', 1)")
        tx.abandon()
    with crm.database.reader() as conn:
        assert conn.value("PRAGMA quick_check") == "ok"
        assert conn.all("PRAGMA foreign_key_check") == []
        _signed(conn, changes.digest)


def _signed(conn: Connection, digest: Callable[[Any, str], str]) -> None:
    found = conn.all("SELECT * FROM change LEFT JOIN change_payload USING (seq)")
    assert all(row["digest"] == digest(row, row["payload"]) for row in found)
