"""What is an agent's: the records that somebody else has to have when they leave."""

from __future__ import annotations

from typing import Final

from tuicrm.storage.connection import Connection
from tuicrm.storage.living import LIVING_FOLLOW_UP

_OF_AGENT: Final = (
    (
        "followup",
        "SELECT f.id FROM follow_up f JOIN contact c ON c.id = f.contact_id WHERE f.assignee = :agent"
        f" AND f.state = 'open' AND {LIVING_FOLLOW_UP}"
        " ORDER BY f.due_key",
    ),
    (
        "ticket",
        "SELECT id FROM ticket WHERE category IN ('open', 'waiting') AND assignee = :agent"
        " AND deleted_at IS NULL AND merged_into IS NULL ORDER BY id",
    ),
    (
        "contact",
        "SELECT id FROM contact WHERE owner = :agent AND deleted_at IS NULL AND merged_into IS NULL ORDER BY id",
    ),
)


def of_agent(conn: Connection, handle: str) -> list[tuple[str, int]]:
    """Entity and id of each: open follow-ups by due, then tickets that are not resolved, then contacts."""
    return [(entity, row["id"]) for entity, sql in _OF_AGENT for row in conn.all(sql, {"agent": handle})]
