"""Reads of interactions: one call, pages newest first, what an agent said before."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from tuicrm.domain.models import Call, CallFollowUp, CallTicket, Due, Ref
from tuicrm.storage.connection import Connection, Row
from tuicrm.storage.instants import day_from_text, from_text, time_from_text
from tuicrm.storage.living import NUMBER_FOR_NAME
from tuicrm.storage.queries.chosen import ALL, Where, prepare

_CALL = f"""
SELECT i.id, i.action_id, i.contact_id, i.agent, i.channel, i.direction, i.outcome, i.topic, i.topic_guessed,
  i.note, i.started_at, i.duration_s, i.talk_s, i.wrap_s, i.ring_s, i.keys, i.entry_s, i.entered_via,
  i.score, i.number, i.process_version, i.tags, i.deleted_at,
  c.name AS contact_name, {NUMBER_FOR_NAME} AS contact_phone,
  f.id AS follow_up, f.due_on, f.due_time, f.zone AS due_zone, f.assignee AS follow_up_assignee,
  t.id AS ticket, t.subject, t.priority, t.status
FROM interaction i
LEFT JOIN contact c ON c.id = i.contact_id
LEFT JOIN follow_up f ON f.id = i.follow_up_id AND f.deleted_at IS NULL
LEFT JOIN ticket t ON t.id = i.ticket_id AND t.deleted_at IS NULL
"""

# Column and comparison of each filter of ``call list``; values are always bound.
_FILTERS = {
    "since": "i.started_at >= :since",
    "until": "i.started_at < :until",
    "agent": "i.agent = :agent",
    "outcome": "i.outcome = :outcome",
    "topic": "i.topic = :topic",
    "contact": "i.contact_id = :contact",
}


_STARTED = "SELECT started_at FROM interaction WHERE id = :id"


def to_call(row: Row) -> Call:
    """One row of ``_CALL`` as the record that crosses layers."""
    follow_up = ticket = contact = None
    if row["contact_id"] is not None:
        contact = Ref(row["contact_id"], row["contact_name"] or "", row["contact_phone"] or "")
    if row["follow_up"] is not None:
        due = Due(day_from_text(row["due_on"]), time_from_text(row["due_time"]) if row["due_time"] else None)
        follow_up = CallFollowUp(row["follow_up"], due, row["due_zone"], row["follow_up_assignee"])
    if row["ticket"] is not None:
        ticket = CallTicket(row["ticket"], row["subject"], row["priority"], row["status"])
    return Call(
        id=row["id"],
        action_id=row["action_id"],
        contact=contact,
        agent=row["agent"],
        channel=row["channel"],
        direction=row["direction"],
        outcome=row["outcome"],
        topic=row["topic"],
        topic_guessed=bool(row["topic_guessed"]),
        note=row["note"],
        started_at=from_text(row["started_at"]),
        duration_s=row["duration_s"],
        talk_s=row["talk_s"],
        wrap_s=row["wrap_s"],
        ring_s=row["ring_s"],
        keys=row["keys"],
        entry_s=row["entry_s"],
        entered_via=row["entered_via"],
        follow_up=follow_up,
        ticket=ticket,
        tags=tuple(json.loads(row["tags"])),
        score=row["score"],
        number=row["number"],
        process_version=row["process_version"],
        deleted_at=from_text(row["deleted_at"]) if row["deleted_at"] else None,
    )


def without_contact(conn: Connection, number: str) -> list[int]:
    """Living calls with this number, as it is stored with them, that are nobody's."""
    sql = (
        "SELECT i.id FROM interaction i WHERE i.contact_id IS NULL AND i.number = :number AND i.deleted_at IS NULL"
        " ORDER BY i.started_at, i.id"
    )
    return [row["id"] for row in conn.all(sql, {"number": number})]


def record(conn: Connection, call_id: int) -> Call | None:
    """The call with this id, a deleted one too."""
    row = conn.one(f"{_CALL} WHERE i.id = :id", {"id": call_id})
    return to_call(row) if row else None


def by_uid(conn: Connection, uid: str) -> Call | None:
    """The call that was saved from the draft with this uid."""
    row = conn.one(f"{_CALL} WHERE i.uid = :uid", {"uid": uid})
    return to_call(row) if row else None


def by_source(conn: Connection, source: str, source_call_id: str) -> Call | None:
    """The call a telephone system knows under this id; one that was taken back does not count."""
    where = "i.source = :source AND i.source_call_id = :id AND i.source <> '' AND i.deleted_at IS NULL"
    row = conn.one(f"{_CALL} WHERE {where}", {"source": source, "id": source_call_id})
    return to_call(row) if row else None


def page(
    conn: Connection,
    *,
    before: int | None,
    limit: int,
    filters: Mapping[str, Any],
    backward: bool = False,
    chosen: Where = ALL,
) -> list[Call]:
    """Living calls, the one held last first, behind the call ``before``; ``filters`` by the names of ``_FILTERS``.

    In the order of (``started_at``, ``id``): a list of last year's calls that comes in today stands at its days.
    ``backward``: those next above ``before`` instead, or the oldest; still newest first. ``chosen``: only these.
    Nothing when there never was a call ``before``.
    """
    chosen = prepare(conn, chosen)
    where = ["i.deleted_at IS NULL"] + [_FILTERS[name] for name in filters] + list(chosen.conditions)
    params: dict[str, Any] = {**filters, **chosen.params, "limit": limit}
    if before is not None:
        # a deleted one keeps its place; who asks for what is behind it need not know when it was
        where.append(f"(i.started_at, i.id) {'>' if backward else '<'} (:started_at, :before)")
        params |= {"before": before, "started_at": conn.value(_STARTED, {"id": before})}
    order = "ASC" if backward else "DESC"
    sql = f"{_CALL} WHERE {' AND '.join(where)} ORDER BY i.started_at {order}, i.id {order} LIMIT :limit"
    found = [to_call(row) for row in conn.all(sql, params)]
    return found[::-1] if backward else found


def one(conn: Connection, call_id: int, chosen: Where = ALL) -> Call | None:
    """The living call with this id, if it is one of ``chosen``."""
    chosen = prepare(conn, chosen)
    where = " AND ".join(["i.id = :id", "i.deleted_at IS NULL", *chosen.conditions])
    row = conn.one(f"{_CALL} WHERE {where}", {**chosen.params, "id": call_id})
    return to_call(row) if row else None


def totals(conn: Connection, chosen: Where, limit: int) -> tuple[int, int]:
    """How many living calls and how many seconds in all, counted no further than ``limit`` calls."""
    if len(chosen.conditions) == len(chosen.sets) == 1:
        # a word alone that very many have: nobody counts them while one types
        sql = f"SELECT count(*) FROM (SELECT 1 FROM ({chosen.sets[0].ids}) LIMIT :limit)"
        if chosen.sets[0].column == "i.id" and conn.value(sql, {**chosen.params, "limit": limit}) >= limit:
            return limit, 0
    chosen = prepare(conn, chosen, counting=True)
    where = " AND ".join(["i.deleted_at IS NULL", *chosen.conditions])
    # the contact is joined only where a condition asks for it
    contact = "LEFT JOIN contact c ON c.id = i.contact_id" if "c." in where else ""
    found = conn.one(
        f"SELECT count(*) AS many, coalesce(sum(duration_s), 0) AS seconds FROM (SELECT i.duration_s"
        f" FROM interaction i {contact} WHERE {where} LIMIT :limit)",
        {**chosen.params, "limit": limit},
    )
    assert found is not None
    return found["many"], found["seconds"]


def of_contact(conn: Connection, contact_id: int, limit: int) -> list[Call]:
    """The contact's last calls, newest first by the time they were held."""
    sql = f"""{_CALL} WHERE i.contact_id = :contact AND i.deleted_at IS NULL
    ORDER BY i.started_at DESC, i.id DESC LIMIT :limit"""
    return [to_call(row) for row in conn.all(sql, {"contact": contact_id, "limit": limit})]


def count_of_contact(conn: Connection, contact_id: int) -> int:
    """How many living calls this contact has."""
    sql = "SELECT count(*) FROM interaction WHERE contact_id = :contact AND deleted_at IS NULL"
    return int(conn.value(sql, {"contact": contact_id}))


def notes_of_agent(conn: Connection, agent: str, limit: int) -> list[tuple[str, str | None]]:
    """The notes of the agent's last calls with the topic each was given (None: none, or only guessed), newest first."""
    sql = """
    SELECT note, CASE WHEN topic_guessed THEN NULL ELSE topic END AS topic FROM interaction
    WHERE agent = :agent AND deleted_at IS NULL AND note <> '' ORDER BY started_at DESC, id DESC LIMIT :limit
    """
    return [(row["note"], row["topic"]) for row in conn.all(sql, {"agent": agent, "limit": limit})]


def last_spoken(conn: Connection, agent: str, limit: int) -> list[tuple[int, str]]:
    """Contacts the agent last had calls with and each one's last outcome, newest first, each once."""
    sql = """
    SELECT contact_id, outcome FROM interaction
    WHERE agent = :agent AND deleted_at IS NULL AND contact_id IS NOT NULL
    ORDER BY started_at DESC, id DESC LIMIT :scan
    """
    # An agent's last few hundred calls name more people than a first screen shows.
    spoken: dict[int, str] = {}
    for row in conn.all(sql, {"agent": agent, "scan": limit * 5}):
        spoken.setdefault(row["contact_id"], row["outcome"])
    return list(spoken.items())[:limit]


def outcome(conn: Connection, call_id: int) -> str | None:
    """How a call ended; None for one that was taken back."""
    sql = "SELECT outcome FROM interaction WHERE id = :id AND deleted_at IS NULL"
    value = conn.value(sql, {"id": call_id})
    return str(value) if value is not None else None


def last_outcomes(conn: Connection, contact_ids: Iterable[int]) -> dict[int, str]:
    """How the last call of each of these contacts ended."""
    sql = """
    SELECT value AS id, (SELECT i.outcome FROM interaction i WHERE i.contact_id = value AND i.deleted_at IS NULL
      ORDER BY i.started_at DESC, i.id DESC LIMIT 1) AS outcome FROM json_each(:ids)
    """
    rows = conn.all(sql, {"ids": json.dumps(list(contact_ids))})
    return {row["id"]: row["outcome"] for row in rows if row["outcome"] is not None}


def count_since(conn: Connection, agent: str, since: str) -> int:
    """How many calls the agent held since an instant (stored text)."""
    sql = """
    SELECT count(*) FROM interaction
    WHERE agent = :agent AND started_at >= :since AND deleted_at IS NULL
    """
    return int(conn.value(sql, {"agent": agent, "since": since}))
