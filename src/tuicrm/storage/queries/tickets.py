"""Reads of tickets: one, a contact's, pages newest first."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tuicrm.domain.models import Ref, Ticket
from tuicrm.storage.connection import Connection, Row
from tuicrm.storage.instants import from_text
from tuicrm.storage.living import LIVING_TICKET, NUMBER_FOR_NAME
from tuicrm.storage.queries.chosen import ALL, Where, prepare

_TICKET = f"""
SELECT t.id, t.subject, t.contact_id, c.name AS contact_name, {NUMBER_FOR_NAME} AS contact_phone,
  t.kind, t.priority, t.status, t.category,
  t.assignee, t.tags, t.created_at, t.resolved_at, t.response_due_at, t.resolution_due_at, t.reopened,
  t.merged_into
FROM ticket t JOIN contact c ON c.id = t.contact_id
"""
_FILTERS = {
    "agent": "t.assignee = :agent",
    "category": "t.category = :category",
    "contact": "t.contact_id = :contact",
}


def _instant(text: str | None) -> Any:
    return from_text(text) if text else None


def to_ticket(row: Row) -> Ticket:
    """One row of ``_TICKET`` as the record that crosses layers."""
    return Ticket(
        id=row["id"],
        subject=row["subject"],
        contact=Ref(row["contact_id"], row["contact_name"], row["contact_phone"] or ""),
        kind=row["kind"],
        priority=row["priority"],
        status=row["status"],
        category=row["category"],
        assignee=row["assignee"],
        tags=tuple(json.loads(row["tags"])),
        created_at=from_text(row["created_at"]),
        resolved_at=_instant(row["resolved_at"]),
        response_due_at=_instant(row["response_due_at"]),
        resolution_due_at=_instant(row["resolution_due_at"]),
        reopened=row["reopened"],
        merged_into=row["merged_into"],
    )


def record(conn: Connection, ticket_id: int) -> Ticket | None:
    """The ticket with this id; None when it was taken back or never was."""
    row = conn.one(f"{_TICKET} WHERE t.id = :id AND t.deleted_at IS NULL", {"id": ticket_id})
    return to_ticket(row) if row else None


def of_contact(conn: Connection, contact_id: int, *, limit: int = 50) -> list[Ticket]:
    """The contact's tickets: open and waiting ones first, then the latest resolved."""
    sql = f"""{_TICKET} WHERE t.contact_id = :contact AND {LIVING_TICKET}
    ORDER BY t.category = 'resolved', t.id DESC LIMIT :limit"""
    return [to_ticket(row) for row in conn.all(sql, {"contact": contact_id, "limit": limit})]


def count_open(conn: Connection, agent: str) -> int:
    """How many tickets of the agent are not resolved."""
    sql = f"SELECT count(*) FROM ticket t WHERE t.assignee = :agent AND t.category <> 'resolved' AND {LIVING_TICKET}"
    return int(conn.value(sql, {"agent": agent}))


def page(
    conn: Connection,
    *,
    before: int | None,
    limit: int,
    filters: Mapping[str, Any],
    chosen: Where = ALL,
) -> list[Ticket]:
    """Living tickets, newest first, with ids below ``before``; ``chosen``: only these."""
    chosen = prepare(conn, chosen)
    where = [LIVING_TICKET] + [_FILTERS[name] for name in filters] + list(chosen.conditions)
    params: dict[str, Any] = {**filters, **chosen.params, "limit": limit}
    if before is not None:
        where.append("t.id < :before")
        params["before"] = before
    sql = f"{_TICKET} WHERE {' AND '.join(where)} ORDER BY t.id DESC LIMIT :limit"
    return [to_ticket(row) for row in conn.all(sql, params)]
