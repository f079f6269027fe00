"""Short ways to make records for the storage tests."""

from __future__ import annotations

import json
from typing import Any

from tuicrm.storage.database import Actor, Database, Transaction

SARA = Actor("sara", "tui")
REZA = Actor("reza", "cli")


def phone(raw: str, e164: str | None = None) -> dict[str, Any]:
    """A number in the form that ``Transaction`` takes; its digits reversed as the search wants them."""
    digits = "".join(char for char in (e164 or raw) if char.isdigit())
    return {"raw": raw, "e164": e164, "ext": "", "label": "", "reversed": digits[::-1]}


def add_contact(database: Database, name: str, *, actor: Actor = SARA, **values: Any) -> int:
    """A new contact in an action of its own."""
    with database.transaction(actor, "contact.add") as tx:
        return tx.insert("contact", {"name": name, **values})


def edit(database: Database, entity: str, record: int, *, actor: Actor = SARA, **values: Any) -> int | None:
    """An action that changes one record; gives the action's id, or None when nothing differed."""
    with database.transaction(actor, f"{entity}.edit") as tx:
        tx.update(entity, record, values)
    return last_action(database, actor.handle)


def insert_call(tx: Transaction, contact: int, uid: str, **values: Any) -> int:
    """A call within a running action."""
    return tx.insert(
        "call",
        {
            "uid": uid,
            "contact_id": contact,
            "agent": tx.actor.handle,
            "outcome": "connected",
            "started_at": tx.now,
            **values,
        },
    )


def insert_follow_up(tx: Transaction, contact: int, **values: Any) -> int:
    """An open follow-up for 24 November within a running action."""
    due = {"due_on": "2026-11-24", "first_due_on": "2026-11-24", "due_key": "2026-11-24T04:30:00.000000Z"}
    return tx.insert(
        "followup",
        {"contact_id": contact, "assignee": tx.actor.handle, "zone": "Asia/Tehran", **due, **values},
    )


def log_call(database: Database, contact: int, uid: str, *, actor: Actor = SARA, **values: Any) -> int:
    """A call in an action of its own."""
    with database.transaction(actor, "call.log") as tx:
        return insert_call(tx, contact, uid, **values)


def last_action(database: Database, agent: str) -> int | None:
    with database.reader() as conn:
        found: int | None = conn.value("SELECT max(id) FROM action WHERE agent = :agent", {"agent": agent})
    return found


def row(database: Database, table: str, record: int) -> dict[str, Any]:
    """A row as it stands in the table."""
    with database.reader() as conn:
        found = conn.one(f"SELECT * FROM {table} WHERE id = :id", {"id": record})
    assert found is not None
    return dict(found)


def log_of(database: Database) -> list[tuple[str, str, int, Any, Any]]:
    """The whole change log: verb, entity, id, before and after of each row, oldest first."""
    with database.reader() as conn:
        rows = conn.all(
            "SELECT verb, entity, entity_id, payload FROM change JOIN change_payload USING (seq) ORDER BY seq"
        )
    told = [(json.loads(found["payload"]), found) for found in rows]
    return [
        (found["verb"], found["entity"], found["entity_id"], payload["before"], payload["after"])
        for payload, found in told
    ]


def state(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Every record of every table that undo puts back, without the moments at which that happened."""
    tables = {
        "contact": "id, name, company, note, fields, do_not_call, owner, name_key, words, glued, deleted_at IS NULL",
        "phone": "contact_id, position, raw, e164, ext, label, reversed",
        "email": "contact_id, position, address, label",
        "contact_tag": "contact_id, position, tag",
        "interaction": "id, contact_id, outcome, note, follow_up_id, deleted_at IS NULL",
        "follow_up": "id, contact_id, due_on, state, attempt, deleted_at IS NULL",
        "ticket": "id, subject, status, category, resolved_at, deleted_at IS NULL",
        "ticket_event": "id, ticket_id, text, deleted_at IS NULL",
        "agent": "id, handle, name, active",
    }
    with database.reader() as conn:
        return {
            table: [tuple(found) for found in conn.all(f"SELECT {columns} FROM {table} ORDER BY 1, 2")]
            for table, columns in tables.items()
        }
