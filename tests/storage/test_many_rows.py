"""Many rows by few statements: all are there, in their order, whatever their number."""

from __future__ import annotations

import sqlite3

import pytest

from tuicrm.storage.many_rows import AT_ONCE, insert_rows


@pytest.mark.parametrize("count", [0, 1, AT_ONCE - 1, AT_ONCE, AT_ONCE + 1, 3 * AT_ONCE, 3 * AT_ONCE + 7])
def test_every_row_is_put_in_once_and_in_order(count: int) -> None:
    raw = sqlite3.connect(":memory:")
    raw.execute("CREATE TABLE it (id INTEGER PRIMARY KEY, a TEXT, b INTEGER)")
    insert_rows(raw, "INSERT INTO it (a, b)", [(f"row {n}", n) for n in range(count)])
    found = raw.execute("SELECT id, a, b FROM it ORDER BY id").fetchall()
    assert found == [(n + 1, f"row {n}", n) for n in range(count)]


def test_one_row_that_cannot_be_puts_none_of_its_statement_in() -> None:
    raw = sqlite3.connect(":memory:", isolation_level=None)
    raw.execute("CREATE TABLE it (a TEXT NOT NULL)")
    with pytest.raises(sqlite3.IntegrityError):
        insert_rows(raw, "INSERT INTO it (a)", [("x",)] * (AT_ONCE - 1) + [(None,)])
    assert raw.execute("SELECT count(*) FROM it").fetchone()[0] == 0


def test_rows_that_are_there_are_passed_over_where_the_statement_says_so() -> None:
    raw = sqlite3.connect(":memory:")
    raw.execute("CREATE TABLE it (a TEXT PRIMARY KEY) WITHOUT ROWID")
    for first in (0, AT_ONCE // 2):
        insert_rows(
            raw, "INSERT OR IGNORE INTO it (a)", [(f"{n:03d}",) for n in range(first, first + AT_ONCE + 3)]
        )
    assert raw.execute("SELECT count(*) FROM it").fetchone()[0] == AT_ONCE + 3 + AT_ONCE // 2
