"""Stretches of an agent's day at work: ready, or away."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from tuicrm.storage.connection import Connection
from tuicrm.storage.instants import from_text, to_text
from tuicrm.storage.transaction import Transaction


def begin(tx: Transaction, agent: str, state: str) -> int:
    """A stretch that begins now; gives its id."""
    made = tx.execute(
        "INSERT INTO session (agent, started_at, state) VALUES (:agent, :at, :state)",
        {"agent": agent, "at": tx.at, "state": state},
    )
    assert made.lastrowid is not None
    return made.lastrowid


def end(tx: Transaction, session_id: int, at: datetime | None = None) -> None:
    """A stretch ends now or ended ``at``, if it has not ended yet; never before it began."""
    tx.execute(
        "UPDATE session SET ended_at = max(started_at, :at) WHERE id = :id AND ended_at IS NULL",
        {"at": tx.at if at is None else to_text(at), "id": session_id},
    )


def open_ones(conn: Connection, agent: str) -> dict[int, datetime]:
    """The agent's stretches without an end, and when they began."""
    rows = conn.all(
        "SELECT id, started_at FROM session WHERE agent = :agent AND ended_at IS NULL", {"agent": agent}
    )
    return {row["id"]: from_text(row["started_at"]) for row in rows}


def add_past(tx: Transaction, stretches: Iterable[tuple[str, str, str, str]]) -> None:
    """Stretches that are over: agent, beginning and end as instants are stored, state."""
    tx.raw.executemany(
        "INSERT INTO session (agent, started_at, ended_at, state) VALUES (?, ?, ?, ?)", stretches
    )
