"""The change log: who changed what, from what to what; and taking an action back.

Every row of ``change`` carries a digest over itself and its payload. The payload (before, after and a random salt)
lies in a table of its own, so that a person's details can be erased by law while the log stays whole.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any

from tuicrm.domain.errors import Conflict, NotFound
from tuicrm.storage import instants
from tuicrm.storage.connection import Connection
from tuicrm.storage.entities import BY_TABLE, ENTITIES, Entity
from tuicrm.storage.transaction import Transaction

try:  # The module inside the interpreter; hashlib would load OpenSSL (2 ms) for the same function.
    from _sha2 import sha256  # type: ignore[import-not-found,unused-ignore]
except ImportError:
    try:
        from _sha256 import sha256  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        from hashlib import sha256

OWN_NAME_VERB = "agent.self"
"""The action that makes an agent at its own first write; nobody's undo takes it back."""


# --- writing ------------------------------------------------------------------------------------------------


def write_change(
    tx: Transaction,
    entity: str,
    record: int,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
) -> int:
    """Writes one row and its payload; gives its ``seq``."""
    payload = json.dumps(
        {"before": before, "after": after, "salt": os.urandom(16).hex()},
        ensure_ascii=False,
        separators=(",", ":"),
    )
    row = {
        "action_id": tx.action_id,
        "at": instants.to_text(tx.now),
        "agent": tx.actor.handle,
        "via": tx.actor.via,
        "verb": tx.verb,
        "entity": entity,
        "entity_id": record,
    }
    row["digest"] = digest(row, payload)
    seq = tx.execute(
        "INSERT INTO change (action_id, at, agent, via, verb, entity, entity_id, digest)"
        " VALUES (:action_id, :at, :agent, :via, :verb, :entity, :entity_id, :digest)",
        row,
    ).lastrowid
    assert seq is not None
    tx.execute(
        "INSERT INTO change_payload (seq, payload) VALUES (:seq, :payload)", {"seq": seq, "payload": payload}
    )
    return seq


_SIGNED = ("action_id", "at", "agent", "via", "verb", "entity", "entity_id")


def digest(row: Mapping[str, Any], payload: str) -> str:
    """SHA-256 (hex) over a JSON array of the row's columns and the payload's text."""
    signed = json.dumps(
        [*(row[column] for column in _SIGNED), payload], ensure_ascii=True, separators=(",", ":")
    )
    found: str = sha256(signed.encode()).hexdigest()
    return found


# --- reading ------------------------------------------------------------------------------------------------

_HISTORY = """
SELECT c.seq, c.action_id, c.at, c.agent, c.via, c.verb, c.entity, c.entity_id, p.payload
FROM change AS c LEFT JOIN change_payload AS p ON p.seq = c.seq
WHERE {where} ORDER BY c.seq DESC LIMIT :limit
"""


def history(
    conn: Connection,
    *,
    entity: str | None = None,
    record: int | None = None,
    before: int | None = None,
    limit: int = 50,
) -> list[dict[str, Any]]:
    """The newest changes first, of one record when ``entity`` and ``record`` are given, older than seq ``before``.

    Each is a dict of seq, action_id, at (datetime), agent, via, verb, entity, id, before, after (None: none, or
    erased).
    """
    where = ["c.seq < :before" if before is not None else "c.seq > 0"]
    if entity is not None:
        where.append("c.entity = :entity AND c.entity_id = :record")
    rows = conn.all(
        _HISTORY.format(where=" AND ".join(where)),
        {"before": before, "entity": entity, "record": record, "limit": limit},
    )
    return [_told(row) for row in rows]


def of_action(conn: Connection, action_id: int) -> list[dict[str, Any]]:
    """Every change of one action, oldest first; dicts as of ``history``."""
    rows = conn.all(
        "SELECT c.seq, c.action_id, c.at, c.agent, c.via, c.verb, c.entity, c.entity_id, p.payload"
        " FROM change AS c LEFT JOIN change_payload AS p ON p.seq = c.seq"
        " WHERE c.action_id = :action ORDER BY c.seq",
        {"action": action_id},
    )
    return [_told(row) for row in rows]


def changed_since(conn: Connection, seq: int, *, limit: int = 10_000) -> tuple[int, set[tuple[str, int]]]:
    """The newest seq and the records changed after ``seq``: what a running screen has to read again."""
    rows = conn.all(
        "SELECT seq, entity, entity_id FROM change WHERE seq > :seq ORDER BY seq LIMIT :limit",
        {"seq": seq, "limit": limit},
    )
    return (rows[-1]["seq"] if rows else seq), {(row["entity"], row["entity_id"]) for row in rows}


def last_seq(conn: Connection) -> int:
    """The seq of the newest change, 0 when there is none."""
    return int(conn.value("SELECT max(seq) FROM change") or 0)


def _told(row: Any) -> dict[str, Any]:
    payload = json.loads(row["payload"]) if row["payload"] is not None else {}
    return {
        "seq": row["seq"],
        "action_id": row["action_id"],
        "at": instants.from_text(row["at"]),
        "agent": row["agent"],
        "via": row["via"],
        "verb": row["verb"],
        "entity": row["entity"],
        "id": row["entity_id"],
        "before": payload.get("before"),
        "after": payload.get("after"),
        "erased": row["payload"] is None,
    }
