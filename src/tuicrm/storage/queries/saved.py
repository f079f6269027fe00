"""Reads of filters under a name."""

from __future__ import annotations

from tuicrm.domain.saved_filter import SavedFilter
from tuicrm.storage.connection import Connection, Row
from tuicrm.storage.instants import from_optional, from_text

_FILTER = "SELECT id, what, name, text, agent, created_at, members, round_at FROM saved_filter WHERE deleted_at IS NULL"


def _told(row: Row) -> SavedFilter:
    return SavedFilter(
        *(row["id"], row["what"], row["name"], row["text"], row["agent"], from_text(row["created_at"])),
        members=bool(row["members"]),
        round_at=from_optional(row["round_at"]),
    )


def page(conn: Connection, agent: str, what: str | None = None) -> list[SavedFilter]:
    """The filters that an agent may use, of one list or of all: own ones first, by name. A handful."""
    which = " AND what = :what" if what else ""
    sql = f"""{_FILTER}{which} AND (agent IS NULL OR agent = :agent)
    ORDER BY what, agent IS NULL, name_key, id"""
    return [_told(row) for row in conn.all(sql, {"agent": agent, "what": what})]


def named(conn: Connection, what: str, name_key: str, agent: str | None) -> SavedFilter | None:
    """The filter of that name (folded) of an agent; of None: everybody's."""
    sql = f"{_FILTER} AND what = :what AND name_key = :name AND coalesce(agent, '') = coalesce(:agent, '')"
    row = conn.one(sql, {"what": what, "name": name_key, "agent": agent})
    return _told(row) if row else None


def record(conn: Connection, filter_id: int) -> SavedFilter | None:
    """The filter with that id, unless it was deleted."""
    row = conn.one(f"{_FILTER} AND id = :id", {"id": filter_id})
    return _told(row) if row else None
