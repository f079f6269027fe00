"""The change log: who changed what, from what to what; and taking an action back.

Every row of ``change`` carries a digest over itself and its payload. The payload (before, after and a random
salt) lies in a table of its own, so that a person's details can be erased by law while the log stays whole.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Mapping
from typing import Any

from tuicrm.domain.errors import Conflict, NotFound
from tuicrm.domain.models import RecordRef, Undone
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
PHONE = "phone"
"""The door of what a telephone system says."""


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
        "at": tx.at,
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


def digest_start(tx: Transaction, entity: str) -> str:
    """What the signed text of every change of one kind of record in an action begins with: its record's id and its
    payload, as JSON texts behind commas, and a bracket follow."""
    columns = [tx.action_id, tx.at, tx.actor.handle, tx.actor.via, tx.verb, entity]
    return json.dumps(columns, ensure_ascii=True, separators=(",", ":"))[:-1]


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

    Each is a dict of seq, action_id, at (datetime), agent, via, verb, entity, id, before, after (None: none,
    or erased).
    """
    where = ["c.seq < :before" if before is not None else "c.seq > 0"]
    if entity is not None:
        where.append("c.entity = :entity AND c.entity_id = :record")
    rows = conn.all(
        _HISTORY.format(where=" AND ".join(where)),
        {
            "before": before,
            "entity": entity,
            "record": record,
            "limit": limit,
        },
    )
    return [told(row) for row in rows]


def of_action(conn: Connection, action_id: int) -> list[dict[str, Any]]:
    """Every change of one action, oldest first; dicts as of ``history``."""
    rows = conn.all(
        "SELECT c.seq, c.action_id, c.at, c.agent, c.via, c.verb, c.entity, c.entity_id, p.payload"
        " FROM change AS c LEFT JOIN change_payload AS p ON p.seq = c.seq"
        " WHERE c.action_id = :action ORDER BY c.seq",
        {"action": action_id},
    )
    return [told(row) for row in rows]


def records_of(conn: Connection, action_id: int) -> list[RecordRef]:
    """The records that an action touched, oldest change first, each once."""
    rows = conn.all(
        "SELECT entity, entity_id FROM change WHERE action_id = :action GROUP BY entity, entity_id ORDER BY min(seq)",
        {"action": action_id},
    )
    return [RecordRef(row["entity"], row["entity_id"]) for row in rows]


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


def told(row: Any) -> dict[str, Any]:
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


# --- taking back --------------------------------------------------------------------------------------------
#
# An undo is an action of its own whose ``undoes`` names the action it takes back, which gets ``undone_by``. A
# redo is an action whose ``undoes`` names an undo. A redone action is as if just done: it is the next to be
# undone. Undos are never undone, only redone, and only until something new is done; redos are never undone,
# the action they redid is. What the telephone wrote is nobody's to take back by ``u``.

_UNDOABLE = """
SELECT a.id, a.verb, a.at, {stands} AS stands FROM action AS a
WHERE a.agent = :agent AND a.undone_by IS NULL AND a.undoes IS NULL AND {which}
AND a.verb <> :own_name AND a.via <> :phone
AND EXISTS (SELECT 1 FROM change AS c WHERE c.action_id = a.id AND c.entity <> 'process')
ORDER BY {stands} DESC LIMIT :limit
"""
_DONE = _UNDOABLE.format(stands="a.id", which="a.redone_by IS NULL")
_REDONE = _UNDOABLE.format(stands="a.redone_by", which="a.redone_by IS NOT NULL")

# The agent's newest action that is no redo: when it is an undo, that is what a redo takes.
_NEWEST = """
SELECT u.id, u.undoes FROM action AS u LEFT JOIN action AS a ON a.id = u.undoes
WHERE u.agent = :agent AND u.undone_by IS NULL AND a.undoes IS NULL AND u.verb <> :own_name AND u.via <> :phone
ORDER BY u.id DESC LIMIT 1
"""


def was_done(conn: Connection, agent: str, verb: str, via: str) -> bool:
    """Whether that agent ever did that, by that door."""
    sql = "SELECT 1 FROM action WHERE agent = :agent AND verb = :verb AND via = :via LIMIT 1"
    return bool(conn.value(sql, {"agent": agent, "verb": verb, "via": via}))


def latest_action(conn: Connection, agent: str) -> int | None:
    """The agent's latest action, in any session, that an undo would take back."""
    found = undoable_actions(conn, agent, 1)
    return found[0]["id"] if found else None


def undoable_actions(conn: Connection, agent: str, limit: int) -> list[dict[str, Any]]:
    """The agent's actions that an undo could take back, newest first: dicts of id, verb, at (datetime).

    One that was redone counts from then.
    """
    params = {"agent": agent, "own_name": OWN_NAME_VERB, "phone": PHONE, "limit": limit}
    rows = [*conn.all(_DONE, params), *conn.all(_REDONE, params)]
    rows.sort(key=lambda row: row["stands"], reverse=True)
    return [
        {"id": row["id"], "verb": row["verb"], "at": instants.from_text(row["at"])} for row in rows[:limit]
    ]


def latest_undo(conn: Connection, agent: str) -> int | None:
    """The agent's latest undo that a redo would take back; None when something new was done since."""
    row = conn.one(_NEWEST, {"agent": agent, "own_name": OWN_NAME_VERB, "phone": PHONE})
    return None if row is None or row["undoes"] is None else int(row["id"])


def undo(tx: Transaction, action_id: int) -> Undone:
    """Takes an action back, whole or not at all. The transaction must do nothing else.

    Raises ``NotFound('no_action')``; ``Conflict`` with ``already_undone``, ``undo_of_undo``,
    ``not_undoable``, ``details_erased`` or ``changed_since`` (entity, id, seq, agent, at of the later
    change).
    """
    action = action_row(tx, action_id)
    if action["undoes"] is not None:
        raise Conflict("undo_of_undo", id=action_id)
    if action["undone_by"] is not None:
        raise Conflict("already_undone", id=action_id, by=action["undone_by"])
    done = _reverse(tx, action)
    tx.execute("UPDATE action SET undone_by = :by WHERE id = :id", {"by": tx.action_id, "id": action_id})
    return done


def redo(tx: Transaction, action_id: int) -> Undone:
    """Does an action again that was undone; ``action_id`` names it or its undo. Refusals as of ``undo``.

    ``Conflict('not_undone')`` when it stands as it is.
    """
    action = action_row(tx, action_id)
    if action["undoes"] is None:
        if action["undone_by"] is None:
            raise Conflict("not_undone", id=action_id)
        action = action_row(tx, action["undone_by"])
    original = action_row(tx, action["undoes"])
    if action["undone_by"] is not None or original["undoes"] is not None:
        raise Conflict("not_undone", id=action_id)
    done = _reverse(tx, action)
    tx.execute("UPDATE action SET undone_by = :by WHERE id = :id", {"by": tx.action_id, "id": action["id"]})
    tx.execute(
        "UPDATE action SET undone_by = NULL, redone_by = :by WHERE id = :id",
        {"by": tx.action_id, "id": original["id"]},
    )
    return Undone(done.action_id, original["verb"], done.at, done.records, done.left)


def action_row(conn: Connection, action_id: int) -> Any:
    """An action's id, agent, verb, what it undoes and what undid it. Raises ``NotFound("no_action")``."""
    row = conn.one("SELECT id, agent, verb, undoes, undone_by FROM action WHERE id = :id", {"id": action_id})
    if row is None:
        raise NotFound("no_action", id=action_id)
    return row


def _reverse(tx: Transaction, action: Any) -> Undone:
    """Puts ``before`` back for every record of the action, newest first."""
    found = of_action(tx, action["id"])
    if not any(ENTITIES[change["entity"]].undoable for change in found):
        raise Conflict("not_undoable", id=action["id"], verb=action["verb"])
    tx.undoes = action["id"]
    records, left, unmade = [], [], []
    for change in reversed(found):
        kind = ENTITIES[change["entity"]]
        if not kind.undoable or is_anothers_own(tx, change):
            left.append(RecordRef(kind.name, change["id"], "kept"))
        elif _is_own_name(change):
            left.append(RecordRef(kind.name, change["id"], "own_name"))
        else:
            record = RecordRef(kind.name, change["id"])
            if put_back(tx, kind, change):
                unmade.append(record)
            records.append(record)
    for record in unmade:
        _refuse_if_used(tx, record)
    return Undone(tx.action_id, action["verb"], tx.now, tuple(records), tuple(left))


def is_anothers_own(tx: Transaction, change: Mapping[str, Any]) -> bool:
    """True for a private note of somebody else: who put it back would have its words in their own log."""
    return bool(change["entity"] == "private_note" and change["agent"] != tx.actor.handle)


def _is_own_name(change: Mapping[str, Any]) -> bool:
    """True for the agent that its own first write made."""
    return (
        change["entity"] == "agent"
        and change["before"] is None
        and (change["after"] or {}).get("handle") == change["agent"]
    )


def put_back(tx: Transaction, kind: Entity, change: Mapping[str, Any]) -> bool:
    """Puts one record back to what it was before the change; True when that unmade it."""
    if change["erased"]:
        raise Conflict("details_erased", entity=kind.name, id=change["id"])
    assert kind.gone is not None
    gone_column, there, gone = kind.gone
    before, after = change["before"], change["after"] or {}
    now = tx.current(kind.name, change["id"], tuple({**after, gone_column: None}))
    differing = [c for c, value in after.items() if now[c] != value and c not in kind.derived]
    went = gone_column not in after and now[gone_column] != there
    later = _later_change(tx, change, differing or [gone_column]) if differing or went else None
    if differing and later is None:
        raise Conflict("changed_outside", entity=kind.name, id=change["id"])
    if later is not None:
        raise _changed_since(kind.name, change["id"], later)
    unmade = before is None and now[gone_column] == there
    if before is None:
        before = {gone_column: tx.now if gone == "now" else gone}
    try:
        tx.update(kind.name, change["id"], before)
    except sqlite3.IntegrityError:
        # What must be there once (a telephone's call, a handle) has been given to another record since.
        raise Conflict("place_taken", entity=kind.name, id=change["id"]) from None
    return unmade


def _later_change(conn: Connection, change: Mapping[str, Any], columns: list[str]) -> dict[str, Any] | None:
    """The latest change of the same record since, one that touched one of the columns if there is one."""
    rows = conn.all(
        "SELECT c.seq, c.action_id, c.at, c.agent, c.via, c.verb, c.entity, c.entity_id, p.payload"
        " FROM change AS c LEFT JOIN change_payload AS p ON p.seq = c.seq"
        " WHERE c.entity = :entity AND c.entity_id = :id AND c.seq > :seq ORDER BY c.seq DESC LIMIT 100",
        {"entity": change["entity"], "id": change["id"], "seq": change["seq"]},
    )
    later = [told(row) for row in rows]
    touching = [one for one in later if not (one["after"] or {}).keys().isdisjoint(columns)]
    return next(iter([*touching, *later]), None)


def _refuse_if_used(tx: Transaction, record: RecordRef) -> None:
    """A record that was made by the action must not be named by one that stays: a later call keeps its contact.

    Whoever deletes a contact may leave calls behind; whoever takes back its making does not know of them.
    """
    for table, column in ENTITIES[record.entity].used_by:
        user = BY_TABLE[table]
        row = tx.one(
            f"SELECT max({user.key}) AS id FROM {table} WHERE {column} = :id AND deleted_at IS NULL",
            {"id": record.id},
        )
        if row is not None and row["id"] is not None:
            newest = history(tx, entity=user.name, record=row["id"], limit=1)
            raise _changed_since(user.name, row["id"], newest[0] if newest else {})


def _changed_since(entity: str, record: int, later: Mapping[str, Any]) -> Conflict:
    """The refusal that names the later change."""
    return Conflict(
        "changed_since",
        entity=entity,
        id=record,
        seq=later.get("seq"),
        action=later.get("action_id"),
        verb=later.get("verb", ""),
        agent=later.get("agent", ""),
        at=later.get("at"),
    )
