"""Writes ``storage/schema_sql.py`` from ``storage/tables.py``: ``python -m tuicrm.migrations.render``.

A new database is made from that text, so that nobody waits for SQLModel or Alembic on the first ``tuicrm
log``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Table
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.schema import CreateIndex, CreateTable

from tuicrm.storage import tables
from tuicrm.storage.table_triggers import ORDER_KEYS
from tuicrm.storage.touch_triggers import TOUCH_KEYS
from tuicrm.storage.views import VIEWS

_HEADER = '''"""The schema of a new database as SQL text.

Made by ``python -m tuicrm.migrations.render``; do not edit.
"""

from __future__ import annotations

# fmt: off
# ruff: noqa: E501
STATEMENTS: tuple[str, ...] = (
'''

_VERSION_TABLE = (
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
    "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)


def statements() -> Iterator[str]:
    """Every statement that makes an empty database into one at the newest schema, in order."""
    yield _VERSION_TABLE
    for table in ordered(tables.metadata.tables.values()):
        yield one_line(str(CreateTable(table).compile(dialect=dialect())))
        for index in sorted(table.indexes, key=lambda index: index.name or ""):
            yield one_line(str(CreateIndex(index).compile(dialect=dialect())))
    yield from tables.FULL_TEXT
    yield from ORDER_KEYS
    yield from TOUCH_KEYS
    yield from VIEWS.values()


def ordered(found: object) -> list[Table]:
    """Tables by name: their references are checked at commit, so the order of making them is free."""
    return sorted(found, key=lambda table: table.name)  # type: ignore[call-overload,no-any-return]


def one_line(sql: str) -> str:
    """The statement with every run of white space as one space."""
    return re.sub(r"\s+", " ", sql).strip().replace("( ", "(").replace(" )", ")")


def module_text() -> str:
    """The whole text of ``storage/schema_sql.py``."""
    lines = [f"    {line!r},\n" for line in statements()]
    return _HEADER + "".join(lines) + ")\n"


TARGET = Path(tables.__file__).parent / "schema_sql.py"

if __name__ == "__main__":
    TARGET.write_text(module_text(), encoding="utf-8")
