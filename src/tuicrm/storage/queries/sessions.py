"""Stretches of an agent's day at work: ready, or away."""

from __future__ import annotations

from collections.abc import Iterable

from tuicrm.storage.transaction import Transaction


def begin(tx: Transaction, agent: str, state: str) -> int:
    """A stretch that begins now; gives its id."""
    made = tx.execute(
        "INSERT INTO session (agent, started_at, state) VALUES (:agent, :at, :state)",
        {"agent": agent, "at": tx.at, "state": state},
    )
    assert made.lastrowid is not None
    return made.lastrowid


def end(tx: Transaction, session_id: int) -> None:
    """A stretch ends now, if it has not ended yet."""
    tx.execute(
        "UPDATE session SET ended_at = :at WHERE id = :id AND ended_at IS NULL",
        {"at": tx.at, "id": session_id},
    )


def add_past(tx: Transaction, stretches: Iterable[tuple[str, str, str, str]]) -> None:
    """Stretches that are over: agent, beginning and end as instants are stored, state."""
    tx.raw.executemany(
        "INSERT INTO session (agent, started_at, ended_at, state) VALUES (?, ?, ?, ?)", stretches
    )
