"""Who works here. An unknown own name is made at its first write; ``@name`` never makes one."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from tuicrm.domain.errors import Conflict, FieldProblem, Invalid, NotAllowed, NotFound
from tuicrm.domain.handles import fits
from tuicrm.domain.models import Agent
from tuicrm.services.context import Crm
from tuicrm.storage.changes import OWN_NAME_VERB
from tuicrm.storage.connection import Connection
from tuicrm.storage.queries import people

ROLES = ("agent", "supervisor", "admin")


def everyone(crm: Crm) -> list[Agent]:
    """All agents by handle, those who left too."""
    with crm.database.reader() as conn:
        return people.agents(conn)


def add(crm: Crm, handle: str, *, name: str = "", zone: str | None = None, role: str = "agent") -> Agent:
    """Makes an agent. Raises ``Invalid`` for a bad handle, zone or role, ``Conflict`` when the handle is taken."""
    handle = _checked_handle(handle)
    _check(zone, role)
    with crm.database.transaction(crm.actor, "agent.add") as tx:
        if (known := people.agent(tx, handle)) is not None:
            raise Conflict("agent_exists" if known[1].active else "agent_is_off", handle=handle)
        tx.insert("agent", _values(handle, name, zone, role))
    return _get(crm, handle)


def edit(
    crm: Crm, handle: str, *, name: str | None = None, zone: str | None = None, role: str | None = None
) -> Agent:
    """Changes what is given. Raises ``NotFound`` for an unknown handle."""
    _check(zone, role or "agent")
    given = {"name": name, "zone": zone, "role": role}
    return _update(
        crm, handle, "agent.edit", {key: value for key, value in given.items() if value is not None}
    )


def on(crm: Crm, handle: str) -> Agent:
    """Who was switched off (``services.leaving``) is at work again."""
    return _update(crm, handle, "agent.on", {"active": True})


def ensure_self(crm: Crm) -> None:
    """Makes the acting agent's row before their first write; ``crm.made_agent`` tells the faces so.

    An action of its own, which no undo takes back: who saves a call and takes it back is still an agent. Raises
    ``NotAllowed("agent_me_off")`` for one who was switched off, also while their program is open.
    """
    if crm.own_agent_known:
        with crm.database.reader() as conn:
            known = people.agent(conn, crm.me)
        if known is not None and not known[1].active:
            raise NotAllowed("agent_me_off", handle=crm.me)
        return
    _checked_handle(crm.me)
    with crm.database.transaction(crm.actor, OWN_NAME_VERB) as tx:
        if people.agent(tx, crm.me) is None:
            tx.insert("agent", _values(crm.me, "", None, "agent"))
            crm.made_agent = True
    crm.own_agent_known = True


def known_handle(conn: Connection, crm: Crm, name: str) -> str:
    """The handle of an agent who works here, however it was written, or by a name that is theirs alone; ``""`` for
    nobody, ``me`` for who acts.

    Raises ``Invalid`` naming the field ``owner``: ``no_agent``, and ``agent_is_off`` for who was switched off.
    """
    handle = name.strip().lstrip("@").lower()
    if handle in ("me", crm.me):
        return crm.me
    if not handle:
        return ""
    names = people.names(conn)
    if handle in names:
        return handle
    # imported here: a handle is nearly always written as it is
    from tuicrm.domain.logline_names import named_agent, named_off

    named = named_agent(handle, names)
    if named is None:
        gone = named_off(handle, people.names(conn, active=False))
        code = "no_agent" if gone is None else "agent_is_off"
        raise Invalid(code, fields=(FieldProblem("owner", name, code),), handle=gone or handle)
    return named


def anyone(crm: Crm, name: str) -> str:
    """The handle of somebody who works here or did, as a filter names them: the handle, a name, its beginning, ``me``.

    Raises ``Invalid`` as ``filter_choices.meant``.
    """
    handle = name.strip().lstrip("@").lower()
    with crm.database.reader() as conn:
        if handle == crm.me or people.agent(conn, handle) is not None:
            return handle
    # imported here: a handle is nearly always written as it is
    from tuicrm.services import filter_choices

    return filter_choices.meant("agent", handle, filter_choices.choices(crm, "agent"))


def _values(handle: str, name: str, zone: str | None, role: str) -> dict[str, object]:
    return {"handle": handle, "name": name, "zone": zone, "role": role, "active": True}


def _update(crm: Crm, handle: str, verb: str, values: dict[str, object]) -> Agent:
    with crm.database.transaction(crm.actor, verb) as tx:
        found = people.agent(tx, handle.lower())
        if found is None:
            raise NotFound("no_agent", handle=handle)
        tx.update("agent", found[0], values)
    return _get(crm, handle.lower())


def _get(crm: Crm, handle: str) -> Agent:
    with crm.database.reader() as conn:
        found = people.agent(conn, handle)
    if found is None:
        raise NotFound("no_agent", handle=handle)
    return found[1]


def _checked_handle(handle: str) -> str:
    handle = handle.strip().lower()
    if not fits(handle):
        raise Invalid("agent_handle", fields=(FieldProblem("handle", handle, "agent_handle"),), handle=handle)
    return handle


def _check(zone: str | None, role: str) -> None:
    if role not in ROLES:
        raise Invalid(
            "agent_role", fields=(FieldProblem("role", role, "agent_role"),), role=role, choices=ROLES
        )
    if zone:
        try:
            ZoneInfo(zone)
        except (KeyError, ValueError, OSError):
            raise Invalid(
                "zone_unknown", fields=(FieldProblem("zone", zone, "zone_unknown"),), zone=zone
            ) from None
