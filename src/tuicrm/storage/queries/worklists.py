"""Reads of worklists: who is to be called next, how far a round has come, to whom a call is owed.

Who has an open follow-up is left to it, and who asked not to be called is never called. The sign before
``next_due_key`` keeps SQLite from reading all people without a follow-up and sorting them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Final

from tuicrm.domain.record import record
from tuicrm.domain.worklist import Place
from tuicrm.storage.connection import Connection
from tuicrm.storage.living import CALLABLE, LIVING
from tuicrm.storage.queries.chosen import FEW, IdSet, Where, prepare
from tuicrm.storage.touch_triggers import days_of

_FREE: Final = f"{CALLABLE} AND +c.next_due_key = '~'"
_REACHED: Final = """(c.spoke_key >= :since OR EXISTS (SELECT 1 FROM interaction x WHERE x.contact_id = c.id
  AND x.started_at >= :since AND x.deleted_at IS NULL AND x.outcome IN (SELECT value FROM json_each(:ends))))"""
# an end of attempts holds until it is opened again, somebody is spoken to, or everybody is to be called once more; who
# was never called has made no attempt, which saves the look
_EXHAUSTED: Final = """(c.last_call_key > '' AND EXISTS (SELECT 1 FROM follow_up f WHERE f.contact_id = c.id
  AND f.state = 'exhausted' AND f.closed_at >= :again AND f.closed_at > c.spoke_key AND f.deleted_at IS NULL))"""
NEAR: Final = 2_000
"""People of a list by names that are looked up one by one for a page."""
_MEMBER: Final = "m.saved_filter_id = :list AND m.deleted_at IS NULL"


@record
class Round:
    """``since``: when it began (stored text). ``ends``: outcomes without a talk after which nobody is called again.

    ``again``: when everybody was last to be called once more, whatever had come of it (stored text); ``""``: never.
    """

    since: str
    ends: tuple[str, ...]
    again: str = ""

    @property
    def params(self) -> dict[str, object]:
        """What the conditions ask for."""
        return {"since": self.since, "ends": json.dumps(self.ends), "again": self.again}


def on_list(list_id: int) -> Where:
    """That a contact was put on a worklist by name."""
    ids = f"SELECT m.contact_id AS id FROM worklist_member m WHERE {_MEMBER}"
    each = f"EXISTS (SELECT 1 FROM worklist_member m WHERE {_MEMBER} AND m.contact_id = c.id)"
    mark = "<on the list>"
    return Where((mark,), {"list": list_id}, (IdSet(mark, "c.id", ids, each),))


def not_called(
    conn: Connection, it: Round, chosen: Where, after: Place | None, limit: int
) -> list[tuple[Place, int]]:
    """Who of a filter was not called in the round, each with a place; not called for the longest time comes first."""
    chosen = prepare(conn, chosen)
    where = [_FREE, "c.last_call_key < :since", f"NOT {_EXHAUSTED}", *chosen.conditions]
    params = {**chosen.params, **it.params, "limit": limit}
    return _by_last_call(conn, where, params, after)


def members_not_called(
    conn: Connection, it: Round, list_id: int, after: Place | None, limit: int
) -> list[tuple[Place, int]]:
    """Who of a list by names was not called in the round, in the order in which they were put there.

    The list is read in its order until the page is full. Where its next ``NEAR`` do not fill it, most of the list was
    called: then who was called in the company is looked through once, which is a third of the work of looking each of
    the list up. And when hardly anybody in the company is left uncalled, it is these that are looked up on the list.
    """
    params: dict[str, object] = {
        **it.params,
        "list": list_id,
        "after": after[0] if after else 0,
        "limit": limit,
    }
    pair, waits = ("worklist_member m", "contact c"), "c.last_call_key < :since"
    uncalled = "SELECT 1 FROM contact WHERE last_call_key < :since LIMIT :few"
    if conn.value(f"SELECT count(*) FROM ({uncalled})", {"since": it.since, "few": FEW}) < FEW:
        return _members(conn, ("contact c", "worklist_member m"), waits, params)
    # put there together they have numbers side by side
    near = f"m.id <= :after + :near AND {waits}"
    first = conn.value(f"SELECT min(m.id) FROM worklist_member m WHERE {_MEMBER} AND m.id > :after", params)
    found = _members(conn, pair, near, {**params, "after": (first or 0) - 1, "near": NEAR})
    if len(found) == limit:
        return found
    many = f"SELECT 1 FROM worklist_member m WHERE {_MEMBER} AND m.id > :after LIMIT 1 OFFSET :near"
    if conn.value(many, {**params, "near": NEAR}) is None:
        return _members(conn, pair, waits, params)
    called = "SELECT id FROM contact WHERE last_call_key >= :since"
    return _members(conn, pair, f"m.contact_id NOT IN ({called})", params)


def _members(
    conn: Connection, pair: tuple[str, str], uncalled: str, params: dict[str, object]
) -> list[tuple[Place, int]]:
    """Those of a list who are free to be called, by its order. ``pair``: the tables, that first which leads."""
    sql = f"""
    SELECT m.id AS place, c.id FROM {pair[0]} CROSS JOIN {pair[1]} ON c.id = m.contact_id
    WHERE {_MEMBER} AND m.id > :after AND {uncalled} AND {_FREE} AND NOT {_EXHAUSTED} ORDER BY m.id LIMIT :limit
    """
    return [((row["place"],), row["id"]) for row in conn.all(sql, params)]


def to_call_again(
    conn: Connection, it: Round, chosen: Where, after: Place | None, limit: int
) -> list[tuple[Place, int]]:
    """Who was called in the round in vain, and has neither a follow-up nor an end of attempts; longest ago first."""
    chosen = prepare(conn, chosen)
    where = [_FREE, "c.last_call_key >= :since", f"NOT {_REACHED}", f"NOT {_EXHAUSTED}", *chosen.conditions]
    params = {**chosen.params, **it.params, "limit": limit}
    return _by_last_call(conn, where, params, after)


def _by_last_call(
    conn: Connection, where: Sequence[str], params: dict[str, object], after: Place | None
) -> list[tuple[Place, int]]:
    if after is not None:
        where = [*where, "(c.last_call_key, c.id) > (:last, :id)"]
        params |= {"last": after[0], "id": after[1]}
    sql = f"""SELECT c.last_call_key AS last, c.id FROM contact c WHERE {" AND ".join(where)}
    ORDER BY c.last_call_key, c.id LIMIT :limit"""
    return [((row["last"], row["id"]), row["id"]) for row in conn.all(sql, params)]


def states(conn: Connection, it: Round, chosen: Where) -> dict[str, int]:
    """People of a list by how far they are: ``unwanted``, ``done``, ``promised``, ``exhausted``, ``left``.

    Sums in one pass; by groups, 100,000 people would be sorted. SQLite stops at the first answer of a ``CASE``, but
    works out both sides of an ``AND`` whose value is wanted.
    """
    chosen = prepare(conn, chosen, counting=True)
    sql = f"""
    SELECT count(*) AS everybody, sum(c.do_not_call) AS unwanted,
      sum(CASE WHEN c.do_not_call = 1 OR c.last_call_key < :since THEN 0 WHEN {_REACHED} THEN 1 ELSE 0 END) AS done,
      sum(CASE WHEN c.do_not_call = 1 OR c.next_due_key = '~' THEN 0 WHEN c.last_call_key < :since THEN 1
        WHEN {_REACHED} THEN 0 ELSE 1 END) AS promised,
      sum(CASE WHEN c.do_not_call = 1 OR c.next_due_key < '~' OR c.last_call_key = '' THEN 0
        WHEN c.last_call_key >= :since AND {_REACHED} THEN 0 WHEN {_EXHAUSTED} THEN 1 ELSE 0 END) AS exhausted
    FROM contact c WHERE {" AND ".join([LIVING, *chosen.conditions])}
    """
    row = conn.one(sql, {**chosen.params, **it.params})
    assert row is not None, "an aggregate gives one row"
    found = {state: row[state] or 0 for state in ("unwanted", "done", "promised", "exhausted")}
    return found | {"left": row["everybody"] - sum(found.values())}


def outcomes(conn: Connection, it: Round, chosen: Where) -> dict[str, int]:
    """People of a list by the outcome of their last call in the round; those without one are not in it."""
    chosen = prepare(conn, chosen, counting=True)
    where = [CALLABLE, "c.last_call_key >= :since", *chosen.conditions]
    sql = f"""
    SELECT outcome, count(*) AS many FROM (
      SELECT (SELECT x.outcome FROM interaction x WHERE x.contact_id = c.id AND x.started_at >= :since
        AND x.deleted_at IS NULL ORDER BY x.started_at DESC, x.id DESC LIMIT 1) AS outcome
      FROM contact c WHERE {" AND ".join(where)})
    WHERE outcome IS NOT NULL GROUP BY outcome ORDER BY many DESC, outcome
    """
    return {row["outcome"]: row["many"] for row in conn.all(sql, {**chosen.params, "since": it.since})}


def count(conn: Connection, chosen: Where) -> int:
    """How many people are on a list."""
    chosen = prepare(conn, chosen, counting=True)
    sql = f"SELECT count(*) FROM contact c WHERE {' AND '.join([LIVING, *chosen.conditions])}"
    return int(conn.value(sql, chosen.params))


def membership(conn: Connection, list_id: int, contact_ids: Iterable[int]) -> dict[int, int]:
    """Those of the contacts who were put on a list by name, each with the record that says so."""
    sql = """SELECT contact_id, id FROM worklist_member WHERE saved_filter_id = :list AND deleted_at IS NULL
    AND contact_id IN (SELECT value FROM json_each(:ids))"""
    found = conn.all(sql, {"list": list_id, "ids": json.dumps(list(contact_ids))})
    return {row["contact_id"]: row["id"] for row in found}


def memberships(conn: Connection, contact_id: int) -> list[tuple[int, int]]:
    """The lists on which a contact was put by name: id of the record, id of the list."""
    sql = "SELECT id, saved_filter_id FROM worklist_member WHERE contact_id = :id AND deleted_at IS NULL"
    return [(row["id"], row["saved_filter_id"]) for row in conn.all(sql, {"id": contact_id})]


# --- keeping in touch ---------------------------------------------------------------------------------------

_OWED: Final = (
    f"c.touch_key < '~' AND c.touch_key < :until AND {CALLABLE}"
    " AND +c.next_due_key = '~' AND (c.owner IS NULL OR c.owner = :agent)"
)


def owed(
    conn: Connection, agent: str, until: str, after: Place | None, limit: int
) -> list[tuple[Place, int, int]]:
    """Whom an agent, or nobody, is to call to keep in touch before an instant (stored text), owed the longest first.

    Each with its place (when it was owed, id), its id and how often, in days.
    """
    further = "AND (c.touch_key, c.id) > (:key, :id)" if after else ""
    params: dict[str, object] = {"agent": agent, "until": until, "limit": limit}
    if after:
        params |= {"key": after[0], "id": after[1]}
    sql = f"""SELECT c.touch_key AS key, c.id, {days_of("c")} AS days FROM contact c WHERE {_OWED} {further}
    ORDER BY c.touch_key, c.id LIMIT :limit"""
    return [((row["key"], row["id"]), row["id"], row["days"]) for row in conn.all(sql, params)]


def count_owed(conn: Connection, agent: str, until: str) -> int:
    """How many those are."""
    sql = f"SELECT count(*) FROM contact c WHERE {_OWED}"
    return int(conn.value(sql, {"agent": agent, "until": until}))
