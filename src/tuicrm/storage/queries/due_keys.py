"""The moments that open follow-ups are sorted by: which there are, and writing them anew.

They follow from day, time, zone and calendar, so no change of them is in the change log; that they were made is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tuicrm.domain.models import Due
from tuicrm.domain.record import record
from tuicrm.storage.connection import Connection
from tuicrm.storage.database import Transaction
from tuicrm.storage.instants import day_from_text, time_from_text

_COLUMNS = "SELECT id, due_on, due_time, zone, due_key FROM follow_up"


@record
class Keyed:
    """One follow-up's day and time, their zone, and the key (stored text) that it has."""

    id: int
    due: Due
    zone: str
    key: str


def basis(conn: Connection) -> tuple[int, str]:
    """The last version of the process file (0: none), and the zone data by which keys were made under it; ``""`` while
    that has yet to be done.

    Keys are stale when that is less than the release in use. A newer one counts for nothing: two machines with two
    releases would undo each other's work at every opening.
    """
    row = conn.one("SELECT version, zone_data FROM process_version ORDER BY version DESC LIMIT 1", {})
    return (row["version"], row["zone_data"]) if row else (0, "")


def open_ones(conn: Connection, after: int, limit: int) -> list[Keyed]:
    """Open follow-ups with an id above ``after``, by id."""
    sql = f"{_COLUMNS} WHERE id > :after AND state = 'open' AND deleted_at IS NULL ORDER BY id LIMIT :limit"
    return _keyed(conn, sql, {"after": after, "limit": limit})


def some(conn: Connection, ids: Iterable[int]) -> list[Keyed]:
    """These follow-ups, whatever their state."""
    found = []
    for one in ids:
        found += _keyed(conn, f"{_COLUMNS} WHERE id = :id", {"id": one})
    return found


def _keyed(conn: Connection, sql: str, params: dict[str, int]) -> list[Keyed]:
    return [
        Keyed(
            row["id"],
            Due(day_from_text(row["due_on"]), time_from_text(row["due_time"]) if row["due_time"] else None),
            row["zone"],
            row["due_key"],
        )
        for row in conn.all(sql, params)
    ]


def rewrite(tx: Transaction, keys: Sequence[tuple[str, Keyed]]) -> None:
    """Gives follow-ups their new key (stored text). One that has been given another meanwhile keeps that."""
    tx.raw.executemany(
        "UPDATE follow_up SET due_key = ? WHERE id = ? AND due_key = ?",
        [(new, found.id, found.key) for new, found in keys],
    )
