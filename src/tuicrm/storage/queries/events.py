"""Reads of what else happened with a contact: lines of tickets that no call wrote, follow-ups that ended by hand."""

from __future__ import annotations

from tuicrm.domain.models import SKIPPED, TimelineItem
from tuicrm.storage.connection import Connection
from tuicrm.storage.instants import from_text

_TICKETS = """
SELECT e.id, e.ticket_id, e.at, e.agent, e.kind, e.text FROM ticket t
CROSS JOIN ticket_event e ON e.ticket_id = t.id
WHERE t.contact_id = :contact AND t.deleted_at IS NULL AND e.deleted_at IS NULL AND e.call_id IS NULL
ORDER BY e.at DESC, e.id DESC LIMIT :limit
"""
# One that a call ended was written in the same moment as the call, which says it already.
_FOLLOW_UPS = """
SELECT f.id, f.closed_at, f.assignee, f.state, f.reason, f.closed_reason FROM follow_up f
WHERE f.contact_id = :contact AND f.deleted_at IS NULL AND f.closed_at IS NOT NULL
AND NOT EXISTS (SELECT 1 FROM interaction i WHERE i.contact_id = f.contact_id AND i.saved_at = f.closed_at)
ORDER BY f.closed_at DESC LIMIT :limit
"""


def of_contact(conn: Connection, contact_id: int, limit: int) -> list[TimelineItem]:
    """The last such events of a contact, in no order."""
    params = {"contact": contact_id, "limit": limit}
    tickets = [
        TimelineItem(
            "ticket_event",
            row["id"],
            from_text(row["at"]),
            text=row["text"],
            agent=row["agent"],
            kind=row["kind"],
            ticket=row["ticket_id"],
        )
        for row in conn.all(_TICKETS, params)
    ]
    ended = [
        TimelineItem(
            "followup",
            row["id"],
            from_text(row["closed_at"]),
            text=" · ".join(
                each for each in (row["reason"], row["closed_reason"]) if each and each != SKIPPED
            ),
            agent=row["assignee"],
            # of a series one was left out: a word of the program, so it is a kind and not a text
            kind=SKIPPED if row["closed_reason"] == SKIPPED else row["state"],
        )
        for row in conn.all(_FOLLOW_UPS, params)
    ]
    return [*tickets, *ended]
