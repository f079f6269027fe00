"""The agenda: follow-ups by due, in both directions from any row, with the day's numbers above them.

The state is a condition of its own, written out: SQLite takes an index of the open ones, or of the closed ones, only
where it reads the very words of that index.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

from tuicrm.domain.models import FollowUp
from tuicrm.domain.record import record
from tuicrm.storage.connection import Connection
from tuicrm.storage.instants import to_text
from tuicrm.storage.queries.chosen import Where, among, prepare
from tuicrm.storage.queries.followups import FOLLOW_UP, to_follow_up
from tuicrm.storage.queries.queue import OVERDUE, Moment

State = Literal["open", "closed", "any"]
Place = tuple[str, bool, int]
"""The instant it is due, as stored, whether it has no time of day, its id."""

_STATES: Final[Mapping[State, str]] = {"open": "f.state = 'open'", "closed": "f.state <> 'open'", "any": "1"}
# f.deleted_at stands for null: conditions on the contact alone make SQLite (3.40, analysed) read all of them first,
# for a Bloom filter: 40 ms at 100,000
_LIVING: Final = "f.deleted_at IS NULL AND c.deleted_at IS f.deleted_at AND c.merged_into IS f.deleted_at"
# the follow-ups first, in their order: a page ends before many contacts have been looked at
_FROM: Final = "FROM follow_up f CROSS JOIN contact c ON c.id = f.contact_id"
_ROWS: Final = FOLLOW_UP.replace("FROM follow_up f JOIN", "FROM follow_up f CROSS JOIN")


@record
class Chosen:
    """Which follow-ups: in a state, and fitting a filter."""

    state: State
    where: Where


@record
class Counted:
    """``all`` of them; of the open ones ``waiting`` for their reminder, of the others ``late`` and ``today``, not late:
    what the queue of their agent counts."""

    all: int
    late: int
    today: int
    waiting: int


def page(
    conn: Connection, chosen: Chosen, *, after: Place | None, backward: bool, limit: int
) -> list[FollowUp]:
    """Follow-ups by due, behind the place ``after`` or before it; from an end without one.

    Always in the order of the list: where two are due at one instant, what has a time before what is of the day.
    """
    conditions, params = _conditions(conn, chosen)
    way, order = ("<", "DESC") if backward else (">", "ASC")
    if after is not None:
        conditions += f""" AND f.due_key {way}= :key AND (f.due_key {way} :key
          OR (f.due_time IS NULL, f.id) {way} (:untimed, :id))"""
        params |= {"key": after[0], "untimed": after[1], "id": after[2]}
    sql = f"""{_ROWS} WHERE {conditions}
    ORDER BY f.due_key {order}, (f.due_time IS NULL) {order}, f.id {order} LIMIT :limit"""
    found = [to_follow_up(row) for row in conn.all(sql, {**params, "limit": limit})]
    return found[::-1] if backward else found


def one(conn: Connection, chosen: Chosen, follow_up_id: int) -> FollowUp | None:
    """That follow-up, if it is one of them."""
    chosen = Chosen(chosen.state, among(chosen.where, "f.id", [follow_up_id]))
    found = page(conn, chosen, after=None, backward=False, limit=1)
    return found[0] if found else None


def ids(
    conn: Connection,
    chosen: Chosen,
    *,
    limit: int,
    between: tuple[Place, Place] | None = None,
) -> list[int]:
    """The ids of the first of them; ``between`` two places, both included."""
    conditions, params = _conditions(conn, chosen)
    if between is not None:
        conditions += " AND (f.due_key, f.due_time IS NULL, f.id) BETWEEN (:k1, :u1, :i1) AND (:k2, :u2, :i2)"
        (k1, u1, i1), (k2, u2, i2) = sorted(between)
        params |= {"k1": k1, "u1": u1, "i1": i1, "k2": k2, "u2": u2, "i2": i2}
    sql = (
        f"SELECT f.id {_FROM} WHERE {conditions} ORDER BY f.due_key, (f.due_time IS NULL), f.id LIMIT :limit"
    )
    return [row[0] for row in conn.all(sql, {**params, "limit": limit})]


def in_span(conn: Connection, chosen: Chosen, low: str, high: str, most: int) -> int:
    """How many are due from one instant up to another (stored text), counted up to ``most``."""
    conditions, params = _conditions(conn, chosen)
    sql = f"""SELECT count(*) FROM (SELECT 1 {_FROM} WHERE {conditions}
      AND f.due_key >= :low AND f.due_key < :high LIMIT :most)"""
    return int(conn.value(sql, {**params, "low": low, "high": high, "most": most}))


def counted(conn: Connection, chosen: Chosen, moment: Moment, *, most: int) -> Counted:
    """The first ``most`` of them in numbers."""
    conditions, params = _conditions(conn, chosen)
    sql = f"""SELECT count(*), coalesce(sum(late AND NOT waits), 0),
      coalesce(sum(soon AND NOT late AND NOT waits), 0), coalesce(sum(waits), 0)
    FROM (SELECT f.state = 'open' AND ({OVERDUE}) AS late, f.state = 'open' AND f.due_key < :end AS soon,
      f.state = 'open' AND f.remind_at IS NOT NULL AND f.remind_at > :now AS waits
      {_FROM} WHERE {conditions} ORDER BY f.due_key LIMIT :most)"""
    row = conn.one(sql, {**moment.asked(conn, ""), **params, "most": most})
    assert row is not None, "a count is always there"
    return Counted(*row)


def place(it: FollowUp) -> Place:
    """Where it stands in the list."""
    return to_text(it.due_key), it.due.at is None, it.id


def _conditions(conn: Connection, chosen: Chosen) -> tuple[str, dict[str, Any]]:
    where = prepare(conn, chosen.where)
    texts = (_STATES[chosen.state], _LIVING, *where.conditions)
    return " AND ".join(texts), dict(where.params)
