"""Reads of private notes: an agent's own on one contact."""

from __future__ import annotations

from tuicrm.storage.connection import Connection


def own(conn: Connection, contact_id: int, agent: str) -> list[tuple[int, str]]:
    """Id and text of what the agent noted on the contact; more than one only after a merge. Nobody else's."""
    sql = """
    SELECT id, text FROM private_note
    WHERE contact_id = :contact AND agent = :agent AND deleted_at IS NULL ORDER BY id
    """
    return [(row["id"], row["text"]) for row in conn.all(sql, {"contact": contact_id, "agent": agent})]


def of_contact(conn: Connection, contact_id: int) -> list[int]:
    """The ids of all private notes on a contact, deleted ones too, for a merge."""
    sql = "SELECT id FROM private_note WHERE contact_id = :contact ORDER BY id"
    return [row["id"] for row in conn.all(sql, {"contact": contact_id})]
