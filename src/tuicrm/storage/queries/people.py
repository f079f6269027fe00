"""Reads of agents and of the process file's versions."""

from __future__ import annotations

from datetime import datetime

from tuicrm.domain.models import Agent
from tuicrm.domain.record import record
from tuicrm.storage.connection import Connection, Row
from tuicrm.storage.instants import from_text


@record
class StoredProcess:
    """One version of the process file: its text as written, comments too, and its compiled form (JSON)."""

    version: int
    at: datetime
    agent: str
    text: str
    compiled: str


def _agent(row: Row) -> Agent:
    return Agent(row["handle"], row["name"], row["zone"], row["role"], bool(row["active"]))


def agent(conn: Connection, handle: str) -> tuple[int, Agent] | None:
    """The agent's row id and record."""
    row = conn.one(
        "SELECT id, handle, name, zone, role, active FROM agent WHERE handle = :handle", {"handle": handle}
    )
    return (row["id"], _agent(row)) if row else None


def agents(conn: Connection) -> list[Agent]:
    """All agents by handle, those who left too."""
    return [
        _agent(row)
        for row in conn.all("SELECT handle, name, zone, role, active FROM agent ORDER BY handle", {})
    ]


def handles(conn: Connection) -> frozenset[str]:
    """Handles of the agents who are at work here; the ones ``@name`` may name."""
    return frozenset(row["handle"] for row in conn.all("SELECT handle FROM agent WHERE active = 1", {}))


def names(conn: Connection, *, active: bool = True) -> dict[str, str]:
    """The names of the agents who are at work here, or of those switched off, by their handles; ``""`` for one
    without."""
    rows = conn.all("SELECT handle, name FROM agent WHERE active = :active", {"active": int(active)})
    return {row["handle"]: row["name"] for row in rows}


def process_version(conn: Connection) -> int:
    """The last version of the process file, 0 when none was stored."""
    return int(conn.value("SELECT coalesce(max(version), 0) FROM process_version", {}))


def process(conn: Connection, version: int | None = None) -> StoredProcess | None:
    """A version of the process file, by default the last."""
    where = (
        "version = :version"
        if version is not None
        else "version = (SELECT max(version) FROM process_version)"
    )
    sql = f"SELECT version, at, agent, text, compiled FROM process_version WHERE {where}"
    row = conn.one(sql, {"version": version} if version is not None else {})
    if row is None:
        return None
    return StoredProcess(row["version"], from_text(row["at"]), row["agent"], row["text"], row["compiled"])
