"""What came of a worklist: everybody on it, with the last call since the round began."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Final

from tuicrm.storage.connection import Connection, Row
from tuicrm.storage.living import LIVING
from tuicrm.storage.queries.chosen import Where, prepare

_LAST: Final = """(SELECT x.id FROM interaction x WHERE x.contact_id = c.id AND x.started_at >= :since
  AND x.deleted_at IS NULL ORDER BY x.started_at DESC, x.id DESC LIMIT 1)"""


def members(conn: Connection, list_id: int, after: int, limit: int) -> list[tuple[int, int]]:
    """Who was put on a list by name, in its order, behind a place: each with the place and the id."""
    sql = f"""SELECT m.id AS place, c.id FROM worklist_member m CROSS JOIN contact c ON c.id = m.contact_id
    WHERE m.saved_filter_id = :list AND m.deleted_at IS NULL AND m.id > :after AND {LIVING}
    ORDER BY m.id LIMIT :limit"""
    found = conn.all(sql, {"list": list_id, "after": after, "limit": limit})
    return [(row["place"], row["id"]) for row in found]


def fitting(conn: Connection, chosen: Where, after: int, limit: int) -> list[tuple[int, int]]:
    """Who fits a filter, by id: each with the place and the id, which are the same."""
    chosen = prepare(conn, chosen)
    where = " AND ".join([LIVING, "c.id > :after", *chosen.conditions])
    sql = f"SELECT c.id FROM contact c WHERE {where} ORDER BY c.id LIMIT :limit"
    found = conn.all(sql, {**chosen.params, "after": after, "limit": limit})
    return [(row["id"], row["id"]) for row in found]


def last_calls(conn: Connection, contact_ids: Iterable[int], since: str) -> dict[int, Row]:
    """The last call of each of these contacts since a moment (stored text): outcome, agent, note, started_at."""
    sql = f"""SELECT i.contact_id, i.outcome, i.agent, i.note, i.started_at
    FROM json_each(:ids) AS r CROSS JOIN contact c ON c.id = r.value CROSS JOIN interaction i ON i.id = {_LAST}"""
    found = conn.all(sql, {"ids": json.dumps(list(contact_ids)), "since": since})
    return {row["contact_id"]: row for row in found}


def ended(conn: Connection, chosen: Where, since: str) -> tuple[int, dict[str, int]]:
    """How many people there are, and how many by the outcome of their last call since a moment (stored text)."""
    chosen = prepare(conn, chosen, counting=True)
    sql = f"""SELECT outcome, count(*) AS many FROM (
      SELECT CASE WHEN c.last_call_key < :since THEN NULL
        ELSE (SELECT i.outcome FROM interaction i WHERE i.id = {_LAST}) END AS outcome
      FROM contact c WHERE {" AND ".join([LIVING, *chosen.conditions])})
    GROUP BY outcome ORDER BY many DESC, outcome"""
    found = conn.all(sql, {**chosen.params, "since": since})
    by_outcome = {row["outcome"]: row["many"] for row in found if row["outcome"] is not None}
    return sum(row["many"] for row in found), by_outcome
