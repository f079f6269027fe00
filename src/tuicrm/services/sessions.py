"""When agents are at work: one row per stretch of being ready or away, for the figures of later days."""

from __future__ import annotations

from typing import Literal

from tuicrm.services.agents import ensure_self
from tuicrm.services.context import Crm
from tuicrm.storage.queries import sessions

State = Literal["ready", "away"]


def begin(crm: Crm, state: State = "ready") -> int:
    """The agent is there, or steps away, from now on; gives the stretch's id."""
    ensure_self(crm)
    with crm.database.transaction(crm.actor, "session.begin") as tx:
        return sessions.begin(tx, crm.me, state)


def end(crm: Crm, session_id: int) -> None:
    """The stretch is over. Ending it twice changes nothing."""
    with crm.database.transaction(crm.actor, "session.end") as tx:
        sessions.end(tx, session_id)
