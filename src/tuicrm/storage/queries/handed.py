"""Who gave whom a follow-up, from the change log."""

from __future__ import annotations

import json

from tuicrm.storage.connection import Connection


def handed_to(conn: Connection, agent: str, since: int, until: int) -> list[tuple[str, int]]:
    """The follow-ups that others gave to ``agent`` in the changes behind ``since``, up to ``until``: giver and id."""
    rows = conn.all(
        "SELECT c.agent, c.entity_id, p.payload FROM change AS c JOIN change_payload AS p ON p.seq = c.seq"
        " WHERE c.seq > :since AND c.seq <= :until AND c.entity = 'followup' AND c.agent <> :agent",
        {"since": since, "until": until, "agent": agent},
    )
    found = []
    for row in rows:
        payload = json.loads(row["payload"])
        before, after = payload.get("before") or {}, payload.get("after") or {}
        if after.get("assignee") == agent and before.get("assignee") != agent:
            found.append((row["agent"], row["entity_id"]))
    return found
