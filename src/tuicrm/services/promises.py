"""What one does with a follow-up by hand: make it, keep it, put it off, hand it on, take it back.

Calls make and answer follow-ups by themselves (``domain.plan``); lists of them are in ``services.followups``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tuicrm.domain.errors import Conflict, FieldProblem, Invalid, NotAllowed, NotFound
from tuicrm.domain.models import Contact, Due, FollowUp
from tuicrm.domain.safe import tidy
from tuicrm.domain.when import WhenRefused, due_key, parse_when
from tuicrm.services.agents import ensure_self, known_handle
from tuicrm.services.context import Crm
from tuicrm.storage.connection import Connection
from tuicrm.storage.queries import contacts, followups

LONGEST = 400
"""Characters a reason may have."""


def read_when(crm: Crm, text: str) -> Due:
    """The moment that a phrase names. Raises ``Invalid`` naming the field ``when``."""
    try:
        return parse_when(text, crm.now(), crm.when())
    except WhenRefused as refused:
        problem = FieldProblem("when", text, refused.code, refused.params)
        raise Invalid(refused.code, fields=(problem,), **refused.params) from None


def add(crm: Crm, contact_id: int, when: str, reason: str = "", *, assignee: str = "") -> FollowUp:
    """Promises something to a contact; ``assignee``: who keeps it, else who acts.

    Raises ``NotFound``, ``Invalid`` (``when``, ``assignee``), ``Conflict("contact_deleted")``, and ``NotAllowed`` for
    somebody who asked not to be called.
    """
    due, reason = read_when(crm, when), read_reason(reason)
    ensure_self(crm)
    with crm.database.transaction(crm.actor, "followup.add") as tx:
        contact = _callable(tx, contact_id)
        made = tx.insert("followup", columns(crm, due, reason, whose(tx, crm, assignee), contact.id))
    return get(crm, made)


def done(crm: Crm, follow_up_id: int) -> FollowUp:
    """The promise is kept. Raises ``NotFound``, ``Conflict("follow_up_closed")``."""
    return _end(crm, follow_up_id, "followup.done", "done")


def cancel(crm: Crm, follow_up_id: int, why: str) -> FollowUp:
    """Takes a promise back, with the reason behind the one it had. Raises as ``done``."""
    return _end(crm, follow_up_id, "followup.cancel", "cancelled", why)


def snooze(crm: Crm, follow_up_id: int, when: str) -> FollowUp:
    """Reminds later; what was promised first stays known. Raises as ``done``, and ``Invalid``."""
    due = read_when(crm, when)
    return _change(crm, follow_up_id, "followup.snooze", _due(crm, due))


def move(crm: Crm, follow_up_id: int, when: str) -> FollowUp:
    """Another moment was agreed on: the promise itself moves. Raises as ``snooze``."""
    return _change(crm, follow_up_id, "followup.move", _moved(crm, read_when(crm, when)))


def assign(crm: Crm, follow_up_id: int, agent: str) -> FollowUp:
    """Hands a promise to another agent. Raises as ``done``, and ``Invalid`` for an unknown one."""
    ensure_self(crm)
    with crm.database.transaction(crm.actor, "followup.assign") as tx:
        found = _open(tx, follow_up_id)
        tx.update("followup", found.id, {"assignee": whose(tx, crm, agent)})
    return get(crm, follow_up_id)


def edit(crm: Crm, follow_up_id: int, *, when: str | None, reason: str | None, agent: str | None) -> FollowUp:
    """Changes what is given, in one action: the moment as ``move`` does, the reason, whose it is."""
    values: dict[str, Any] = {}
    if when is not None:
        values = _moved(crm, read_when(crm, when))
    if reason is not None:
        values["reason"] = read_reason(reason)
    ensure_self(crm)
    with crm.database.transaction(crm.actor, "followup.edit") as tx:
        found = _open(tx, follow_up_id)
        if agent is not None:
            values["assignee"] = whose(tx, crm, agent)
        if values:
            tx.update("followup", found.id, values)
    return get(crm, follow_up_id)


def get(crm: Crm, follow_up_id: int) -> FollowUp:
    """The follow-up with this id. Raises ``NotFound``."""
    with crm.database.reader() as conn:
        found = followups.record(conn, follow_up_id)
    if found is None:
        raise NotFound("no_follow_up", ref=f"followup:{follow_up_id}")
    return found


def checked(crm: Crm, reason: str, assignee: str) -> None:
    """Raises ``Invalid`` for a reason or an assignee that would be refused."""
    read_reason(reason)
    with crm.database.reader() as conn:
        whose(conn, crm, assignee)


def columns(crm: Crm, due: Due, reason: str, assignee: str, contact_id: int) -> dict[str, Any]:
    """A new open follow-up as the values of its record."""
    return {
        **_moved(crm, due),
        "contact_id": contact_id,
        "reason": reason,
        "assignee": assignee,
        "state": "open",
    }


# --- inside -------------------------------------------------------------------------------------------------


def _due(crm: Crm, due: Due) -> dict[str, Any]:
    zone = crm.zone.key
    return {
        "due_on": due.on,
        "due_time": due.at,
        "zone": zone,
        "due_key": due_key(due, zone, crm.when().day_start),
    }


def _moved(crm: Crm, due: Due) -> dict[str, Any]:
    """As ``_due``, and promised so from the first."""
    return _due(crm, due) | {"first_due_on": due.on, "first_due_time": due.at}


def read_reason(text: str) -> str:
    """A reason as one tidy line. Raises ``Invalid("too_long")``."""
    text = " ".join(tidy(text).split())
    if len(text) > LONGEST:
        problem = FieldProblem("reason", text[:40], "too_long")
        raise Invalid("too_long", fields=(problem,), field="reason", limit=LONGEST)
    return text


def whose(conn: Connection, crm: Crm, name: str) -> str:
    """The handle of who is to keep a promise, by default who acts. Raises ``Invalid`` naming ``assignee``."""
    try:
        return known_handle(conn, crm, name) or crm.me
    except Invalid as refused:
        problem = FieldProblem("assignee", name, refused.code)
        raise Invalid(refused.code, fields=(problem,), **refused.params) from None


def _callable(conn: Connection, contact_id: int) -> Contact:
    found = contacts.record(conn, contacts.heir(conn, contact_id))
    if found is None:
        raise NotFound("no_contact", ref=f"contact:{contact_id}")
    if found.deleted_at is not None:
        raise Conflict("contact_deleted", id=found.id, name=found.name)
    if found.do_not_call:
        raise NotAllowed("promise_unwanted", name=found.name or f"contact:{found.id}")
    return found


def _open(conn: Connection, follow_up_id: int) -> FollowUp:
    found = followups.record(conn, follow_up_id)
    if found is None:
        raise NotFound("no_follow_up", ref=f"followup:{follow_up_id}")
    if found.state != "open":
        raise Conflict("follow_up_closed", ref=f"followup:{follow_up_id}")
    return found


def _end(crm: Crm, follow_up_id: int, verb: str, state: str, why: str = "") -> FollowUp:
    ensure_self(crm)
    with crm.database.transaction(crm.actor, verb) as tx:
        found = _open(tx, follow_up_id)
        values: dict[str, Any] = {"state": state, "closed_at": tx.now}
        if why := read_reason(why):
            values["reason"] = f"{found.reason} ({why})" if found.reason else why
        tx.update("followup", found.id, values)
    return get(crm, follow_up_id)


def _change(crm: Crm, follow_up_id: int, verb: str, values: Mapping[str, Any]) -> FollowUp:
    ensure_self(crm)
    with crm.database.transaction(crm.actor, verb) as tx:
        tx.update("followup", _open(tx, follow_up_id).id, values)
    return get(crm, follow_up_id)
