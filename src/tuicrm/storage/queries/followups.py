"""Reads of follow-ups: one, a contact's, the due ones in the order they are owed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from tuicrm.domain.models import Call, Due, FollowUp, Ref
from tuicrm.storage.connection import Connection, Row
from tuicrm.storage.instants import day_from_text, from_optional, from_text, time_from_text
from tuicrm.storage.living import LIVING_FOLLOW_UP, NUMBER_FOR_NAME
from tuicrm.storage.queries.chosen import ALL, Where, prepare

FOLLOW_UP = f"""
SELECT f.id, f.contact_id, c.name AS contact_name, {NUMBER_FOR_NAME} AS contact_phone,
  f.reason, f.due_on, f.due_time, f.zone, f.due_key,
  f.first_due_on, f.first_due_time, f.assignee, f.state, f.attempt, f.attempts_max, f.topic, f.recurrence,
  f.series_id, f.series_on, f.series_time, f.call_id, f.ticket_id, f.note, f.alarm_minutes, f.remind_at,
  f.closed_at, f.closed_reason,
  f.created_at, c.do_not_call
FROM follow_up f JOIN contact c ON c.id = f.contact_id
"""
# of two that are due at one instant what has a time stands before what is of the day
_BY_DUE = "f.due_key, (f.due_time IS NULL), f.id"

_FILTERS = {
    "agent": "f.assignee = :agent",
    "state": "f.state = :state",
    "since": "f.due_key >= :since",
    "until": "f.due_key < :until",
    "contact": "f.contact_id = :contact",
    "callable": "c.do_not_call = 0",
    "awake": "(f.remind_at IS NULL OR f.remind_at <= :awake)",
}


def to_follow_up(row: Row) -> FollowUp:
    """One row of ``FOLLOW_UP`` as the record that crosses layers."""
    return FollowUp(
        id=row["id"],
        contact=Ref(row["contact_id"], row["contact_name"], row["contact_phone"] or ""),
        reason=row["reason"],
        due=Due(day_from_text(row["due_on"]), time_from_text(row["due_time"]) if row["due_time"] else None),
        first_due=Due(
            day_from_text(row["first_due_on"]),
            time_from_text(row["first_due_time"]) if row["first_due_time"] else None,
        ),
        zone=row["zone"],
        due_key=from_text(row["due_key"]),
        assignee=row["assignee"],
        state=row["state"],
        attempt=row["attempt"],
        attempts_max=row["attempts_max"],
        topic=row["topic"],
        recurrence=row["recurrence"],
        series_id=row["series_id"],
        series_on=day_from_text(row["series_on"]) if row["series_on"] else None,
        series_time=time_from_text(row["series_time"]) if row["series_time"] else None,
        call_id=row["call_id"],
        ticket_id=row["ticket_id"],
        note=row["note"],
        alarm_minutes=row["alarm_minutes"],
        remind_at=from_optional(row["remind_at"]),
        closed_at=from_optional(row["closed_at"]),
        closed_reason=row["closed_reason"],
        created_at=from_text(row["created_at"]),
        do_not_call=bool(row["do_not_call"]),
    )


def record(conn: Connection, follow_up_id: int) -> FollowUp | None:
    """The follow-up with this id, whatever its state; None when it was taken back or never was."""
    row = conn.one(f"{FOLLOW_UP} WHERE f.id = :id AND f.deleted_at IS NULL", {"id": follow_up_id})
    return to_follow_up(row) if row else None


def stood(conn: Connection, follow_up_id: int) -> Due | None:
    """For when a follow-up is promised, or was before it was taken back."""
    row = conn.one(f"{FOLLOW_UP} WHERE f.id = :id", {"id": follow_up_id})
    return to_follow_up(row).due if row else None


def next_of_series(conn: Connection, it: FollowUp) -> FollowUp | None:
    """The one that was made behind this one of its series; None while this one is the last."""
    sql = f"""{FOLLOW_UP} WHERE f.series_id = :series AND f.id > :id AND f.deleted_at IS NULL ORDER BY f.id LIMIT 1"""
    row = conn.one(sql, {"series": it.series_id or it.id, "id": it.id})
    return to_follow_up(row) if row else None


def open_of_contact(conn: Connection, contact_id: int) -> list[FollowUp]:
    """What is promised to this contact, by due."""
    sql = f"""{FOLLOW_UP} WHERE f.contact_id = :contact AND f.state = 'open' AND f.deleted_at IS NULL
    ORDER BY f.due_key, f.id"""
    return [to_follow_up(row) for row in conn.all(sql, {"contact": contact_id})]


def given_up(conn: Connection, contact_id: int) -> FollowUp | None:
    """The contact's last closed promise, if its last allowed attempt was in vain and nobody has spoken with them since;
    None for whoever may be called without being asked."""
    sql = f"""{FOLLOW_UP} WHERE f.contact_id = :contact AND f.state <> 'open' AND f.deleted_at IS NULL
    ORDER BY f.closed_at DESC, f.id DESC LIMIT 1"""
    row = conn.one(sql, {"contact": contact_id})
    if row is None or row["state"] != "exhausted":
        return None
    spoke = conn.value("SELECT spoke_key FROM contact WHERE id = :contact", {"contact": contact_id})
    return to_follow_up(row) if spoke < (row["closed_at"] or "") else None


def open_of_call(conn: Connection, call: Call) -> list[FollowUp]:
    """What this call promised to its contact and is still open, by due."""
    theirs = open_of_contact(conn, call.contact.id) if call.contact is not None else []
    return [each for each in theirs if each.call_id == call.id]


def open_ids(conn: Connection, contacts: Iterable[int]) -> list[int]:
    """The ids of all that is promised to these contacts."""
    sql = """SELECT f.id FROM follow_up f WHERE f.contact_id IN (SELECT value FROM json_each(:contacts))
    AND f.state = 'open' AND f.deleted_at IS NULL ORDER BY f.due_key, f.id"""
    return [row[0] for row in conn.all(sql, {"contacts": json.dumps(list(contacts))})]


def due(conn: Connection, *, assignee: str, until: str, limit: int) -> list[FollowUp]:
    """The agent's open follow-ups due before an instant (stored text), longest owed first."""
    sql = f"""{FOLLOW_UP} WHERE f.assignee = :agent AND f.state = 'open' AND f.due_key < :until AND {LIVING_FOLLOW_UP}
      AND c.do_not_call = 0
    ORDER BY {_BY_DUE} LIMIT :limit"""
    params = {"agent": assignee, "until": until, "limit": limit}
    return [to_follow_up(row) for row in conn.all(sql, params)]


def page(
    conn: Connection,
    *,
    after: FollowUp | None,
    limit: int,
    filters: Mapping[str, Any],
    chosen: Where = ALL,
) -> list[FollowUp]:
    """Follow-ups by due, after a row already seen; ``filters`` by the names of ``_FILTERS``; ``chosen``: only these."""
    chosen = prepare(conn, chosen)
    where = [LIVING_FOLLOW_UP] + [_FILTERS[name] for name in filters] + list(chosen.conditions)
    params: dict[str, Any] = {**filters, **chosen.params, "limit": limit}
    if after is not None:
        where.append("f.due_key >= (SELECT due_key FROM follow_up WHERE id = :after)")
        place = "SELECT due_key, due_time IS NULL, id FROM follow_up WHERE id = :after"
        where.append(f"({_BY_DUE}) > ({place})")
        params["after"] = after.id
    sql = f"{FOLLOW_UP} WHERE {' AND '.join(where)} ORDER BY {_BY_DUE} LIMIT :limit"
    return [to_follow_up(row) for row in conn.all(sql, params)]
