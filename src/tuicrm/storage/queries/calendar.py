"""Reads for an agent's calendar: what is open, with how often and when it was last changed."""

from __future__ import annotations

from collections.abc import Iterator

from tuicrm.domain.models import FollowUp
from tuicrm.storage.connection import Connection
from tuicrm.storage.living import CALLABLE
from tuicrm.storage.queries.followups import FOLLOW_UP, to_follow_up


def open_of(conn: Connection, agent: str) -> Iterator[FollowUp]:
    """The agent's open follow-ups of living contacts that may be called, by due."""
    theirs = f"f.assignee = :agent AND f.state = 'open' AND f.deleted_at IS NULL AND {CALLABLE}"
    sql = f"{FOLLOW_UP} WHERE {theirs} ORDER BY f.due_key, f.id"
    for row in conn.raw.execute(sql, {"agent": agent}):
        yield to_follow_up(row)


def revision(conn: Connection, it: FollowUp) -> tuple[int, str]:
    """How often a follow-up was changed since it was made, and when (stored text) it or its contact last was."""
    row = conn.one(
        "SELECT count(*) AS many, max(at) AS at FROM change WHERE entity = 'followup' AND entity_id = :id",
        {"id": it.id},
    )
    whose = conn.value(
        "SELECT max(at) FROM change WHERE entity = 'contact' AND entity_id = :id", {"id": it.contact.id}
    )
    assert row is not None, "a count is always there"
    return max(0, row["many"] - 1), max((each for each in (row["at"], whose) if each), default="")
