"""The records of imports: one for each file, with how far it came, and whether its process still lives."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Self

from tuicrm.domain.record import record
from tuicrm.storage import instants
from tuicrm.storage.connection import Connection, Row
from tuicrm.storage.transaction import Transaction

OPEN: Final = ("running", "undoing", "redoing")
"""States that a batch has only while a process is at work on it, or was killed at it."""


@record
class Batch:
    """One import. ``turn_id`` and ``turn_seq``: see ``storage.tables_exchange.ImportBatch``."""

    id: int
    action_id: int
    agent: str
    file: str
    sha256: str
    size: int
    format: str
    encoding: str
    mapping: Mapping[str, str]
    region: str
    worklist: str
    state: str
    rows_done: int
    added: int
    updated: int
    unchanged: int
    skipped: int
    refused: int
    started_at: datetime
    ended_at: datetime | None
    host: str
    pid: int | None
    turn_id: int | None
    turn_seq: int | None


_INSERT: Final = """
INSERT INTO import_batch (action_id, agent, file, sha256, size, format, encoding, mapping, region, worklist,
  state, started_at, host, pid)
VALUES (:action_id, :agent, :file, :sha256, :size, :format, :encoding, :mapping, :region, :worklist,
  'running', :started_at, :host, :pid)
"""


def begin(tx: Transaction, facts: Mapping[str, Any]) -> int:
    """Makes the record of an import within the transaction that writes its first rows; gives its id.

    ``facts``: file, sha256, size, format, encoding, mapping, region, worklist.
    """
    row = {**facts, "mapping": json.dumps(dict(facts["mapping"]), ensure_ascii=False), "started_at": tx.at}
    row |= {
        "action_id": tx.action_id,
        "agent": tx.actor.handle,
        "host": os.uname().nodename,
        "pid": os.getpid(),
    }
    made = tx.execute(_INSERT, row).lastrowid
    assert made is not None, "an insert gives its id"
    return made


def number_in(tx: Transaction) -> int:
    """The id of the record of the import that this transaction is of, also before its first chunk has made it."""
    batch = of_action(tx, tx.action_id)
    if batch is not None:
        return batch.id
    last = tx.value("SELECT seq FROM sqlite_sequence WHERE name = 'import_batch'")
    return int(last or 0) + 1


_UPDATABLE: Final = frozenset(
    (
        "state",
        "rows_done",
        "added",
        "updated",
        "unchanged",
        "skipped",
        "refused",
        "ended_at",
        "turn_id",
        "turn_seq",
    )
)


def note(tx: Transaction, batch_id: int, **values: Any) -> None:
    """Writes how far the batch has come."""
    if not values.keys() <= _UPDATABLE:
        raise ValueError(f"a batch has no {sorted(values.keys() - _UPDATABLE)}")
    assignments = ", ".join(f"{column} = :{column}" for column in values)
    tx.execute(f"UPDATE import_batch SET {assignments} WHERE id = :_id", {**values, "_id": batch_id})


def get(conn: Connection, batch_id: int) -> Batch | None:
    """The batch with this id."""
    return _batch(conn.one("SELECT * FROM import_batch WHERE id = :id", {"id": batch_id}))


def of_action(conn: Connection, action_id: int) -> Batch | None:
    """The batch that an action wrote."""
    return _batch(conn.one("SELECT * FROM import_batch WHERE action_id = :action", {"action": action_id}))


def again(conn: Connection, batch: Batch) -> Batch | None:
    """The import of the same bytes that brought something in after this one, and stands."""
    return _batch(
        conn.one(
            "SELECT b.* FROM import_batch AS b JOIN action AS a ON a.id = b.action_id"
            " WHERE b.id > :id AND b.sha256 = :sha256 AND b.added > 0 AND a.undone_by IS NULL ORDER BY b.id LIMIT 1",
            {"id": batch.id, "sha256": batch.sha256},
        )
    )


def open_ones(conn: Connection, agent: str) -> list[Batch]:
    """The agent's batches at which somebody works, or was killed at; oldest first."""
    rows = conn.all(
        "SELECT * FROM import_batch WHERE agent = :agent AND state IN ('running', 'undoing', 'redoing') ORDER BY id",
        {"agent": agent},
    )
    return [batch for row in rows if (batch := _batch(row))]


def _batch(row: Row | None) -> Batch | None:
    if row is None:
        return None
    values = dict(row)
    values["mapping"] = json.loads(values["mapping"])
    values["started_at"] = instants.from_text(values["started_at"])
    values["ended_at"] = instants.from_optional(values["ended_at"])
    return Batch(**values)


# --- remembered mappings ------------------------------------------------------------------------------------


def mapping_of(conn: Connection, signature: str) -> dict[str, str]:
    """What a person said last about a header; nothing when nobody did."""
    text = conn.value(
        "SELECT mapping FROM import_mapping WHERE signature = :signature", {"signature": signature}
    )
    found: dict[str, str] = json.loads(text) if text else {}
    return found


def remember_mapping(tx: Transaction, signature: str, mapping: Mapping[str, str]) -> None:
    """Keeps what a person said about a header."""
    tx.execute(
        "INSERT INTO import_mapping (signature, mapping, agent, at) VALUES (:signature, :mapping, :agent, :at)"
        " ON CONFLICT (signature) DO UPDATE SET mapping = :mapping, agent = :agent, at = :at",
        {
            "signature": signature,
            "mapping": json.dumps(dict(mapping), ensure_ascii=False),
            "agent": tx.actor.handle,
            "at": tx.at,
        },
    )


# --- who is at work -----------------------------------------------------------------------------------------


class AtWork:
    """The sign that a process works on a batch: a lock beside the database, which no death outlives.

    Two processes never work on one batch, and one that was killed is known as such at once, also when its number
    has been given to another process since.
    """

    def __init__(self, database: Path, batch_id: int) -> None:
        self.path = database.with_name(f"{database.name}.import-{batch_id}")
        self._descriptor = -1

    def take(self) -> bool:
        """Puts the sign up; False when another process has it up."""
        while True:
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if os.path.samestat(os.fstat(descriptor), os.stat(self.path)):
                    self._descriptor = descriptor
                    return True
            except BlockingIOError:
                os.close(descriptor)
                return False
            except FileNotFoundError:
                pass
            # its last holder took the file away between our opening and our locking of it
            os.close(descriptor)

    def down(self) -> None:
        """Takes the sign down. Nothing happens when it is not up."""
        if self._descriptor >= 0:
            # removed while it is held, so that nobody finds a sign without a holder
            with suppress(OSError):
                self.path.unlink()
            os.close(self._descriptor)
            self._descriptor = -1

    def is_up(self) -> bool:
        """Whether a living process has it up."""
        try:
            descriptor = os.open(self.path, os.O_RDWR | os.O_CLOEXEC)
        except FileNotFoundError:
            return False
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(descriptor)
        return False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.down()
