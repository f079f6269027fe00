"""Many new rows of one table by few statements.

Around every statement on a table that has triggers SQLite opens a savepoint, whatever they do: half of what a contact's
row with its six indexes costs, and more than half of a tag's.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, Final

AT_ONCE: Final = 25
"""Rows of one statement: more save nothing more, and the widest table's stay under the 999 values that old versions of
SQLite take."""


def insert_rows(raw: sqlite3.Connection, into: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Puts rows into a table, in their order. ``into``: the statement up to ``VALUES``, its columns named."""
    if not rows:
        return
    whole = len(rows) - len(rows) % AT_ONCE
    if whole:
        parts = (rows[place : place + AT_ONCE] for place in range(0, whole, AT_ONCE))
        raw.executemany(
            _statement(into, len(rows[0]), AT_ONCE), [tuple(chain.from_iterable(part)) for part in parts]
        )
    raw.executemany(_statement(into, len(rows[0]), 1), rows[whole:])


@lru_cache(maxsize=64)
def _statement(into: str, width: int, count: int) -> str:
    row = f"({', '.join('?' * width)})"
    return f"{into} VALUES {', '.join([row] * count)}"
