"""Every fact of a logged call, read from the database and compared with what the script says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from benchmarks.keystrokes.day import AGENT, RINGS_S, ZONE, Scripted
from tuicrm.services import calls
from tuicrm.services.context import Crm

MOST = 500
"""More calls than a day has; they stand by when they were held, not by when they were written down."""
_DEFAULTS = {"outcome": "connected", "note": "", "channel": "call", "tags": [], "handed": AGENT}


def differences(crm: Crm, call: Scripted, before: int) -> tuple[str, ...]:
    """What is not as it should be, in words; empty when every fact is right. ``before``: the last call's id."""
    new = [row for row in calls.recent(crm, limit=MOST).rows if row.id > before]
    if len(new) != 1:
        return (f"{len(new)} calls were saved",)
    saved = _saved(crm, new[0].id)
    wanted = _wanted(call)
    return tuple(
        f"{name}: {saved.get(name)!r} instead of {wanted.get(name)!r}"
        for name in sorted(saved.keys() | wanted.keys())
        if saved.get(name) != wanted.get(name)
    )


def _wanted(call: Scripted) -> dict[str, Any]:
    """What must be there: the script's facts, and those that follow from how the call came."""
    came_in = call.how in ("rings", "unknown")
    wanted: dict[str, Any] = {**_DEFAULTS, "way": "in" if came_in else "out", "agent": AGENT, **call.saved}
    if call.phone:
        wanted.setdefault("seconds", call.talk)
        wanted.setdefault("phone", call.phone)
    if "number" in wanted:
        wanted.setdefault("phone", wanted["number"])
    wanted.setdefault("started", f"{call.at + timedelta(seconds=RINGS_S if came_in else 0):%H:%M}")
    return wanted


def _saved(crm: Crm, call_id: int) -> dict[str, Any]:
    """The same facts as they are stored; absent ones are left out."""
    call = calls.get(crm, call_id)
    found: dict[str, Any] = {
        "agent": call.agent,
        "way": call.direction,
        "outcome": call.outcome,
        "note": call.note,
        "channel": call.channel,
        "tags": list(call.tags),
        "started": f"{call.started_at.astimezone(ZONE):%H:%M}",
        "with": call.contact.name if call.contact else None,
        "topic": call.topic,
        "seconds": call.talk_s,
        "phone": call.number,
    }
    with crm.database.reader() as conn:
        found |= (
            dict(_promises(conn, call_id)) | dict(_tickets(conn, call_id)) | dict(_contact(conn, call_id))
        )
    found.setdefault("handed", AGENT)
    return {name: value for name, value in found.items() if value not in (None, "") or name == "note"}


def _promises(conn: Any, call_id: int) -> Iterator[tuple[str, Any]]:
    """The follow-ups that this call's action touched: when the standing one is due, what became of the old one."""
    for row in conn.all(
        "SELECT f.* FROM change c JOIN follow_up f ON f.id = c.entity_id"
        " WHERE c.entity = 'followup' AND c.action_id = (SELECT action_id FROM interaction WHERE id = :id)",
        {"id": call_id},
    ):
        if row["state"] != "open":
            yield "answered", row["state"]
            continue
        yield "due", " ".join(filter(None, (row["due_on"], row["due_time"])))
        yield "handed", row["assignee"]
        if row["attempt"] > 1:
            yield "attempt", row["attempt"]


def _tickets(conn: Any, call_id: int) -> Iterator[tuple[str, Any]]:
    """The ticket that this call made or touched."""
    row = conn.one(
        "SELECT t.* FROM ticket t JOIN interaction i ON i.ticket_id = t.id WHERE i.id = :id", {"id": call_id}
    )
    if row is None:
        return
    yield "ticket", row["subject"]
    if row["status"] != "open":
        yield "status", row["status"]
    if row["priority"] != "normal":
        yield "priority", row["priority"]


def _contact(conn: Any, call_id: int) -> Iterator[tuple[str, Any]]:
    """What this call made of a new contact, or marked on a known one."""
    row = conn.one(
        "SELECT c.*, (SELECT p.e164 FROM phone p WHERE p.contact_id = c.id) AS e164,"
        " EXISTS (SELECT 1 FROM change x WHERE x.entity = 'contact' AND x.entity_id = c.id"
        "   AND x.action_id = i.action_id) AS touched"
        " FROM contact c JOIN interaction i ON i.contact_id = c.id WHERE i.id = :id",
        {"id": call_id},
    )
    if row is None:
        return
    if row["do_not_call"]:
        yield "barred", True
    made = conn.value("SELECT count(*) FROM interaction WHERE contact_id = :id", {"id": row["id"]})
    if row["touched"] and made == 1:
        yield "number", row["e164"]
        if row["company"]:
            yield "company", row["company"]
