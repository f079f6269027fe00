"""The call queue in SQL: the agent's open promises of the day, part by part in the order in which they are worked.

Each part is a range of ``ix_follow_up_queue`` (agent, timed or not, due), read no further than its limit, so that
100,000 open promises cost what 200 do. What has no time of day is overdue when its day is over in its own zone;
instants and days are stored text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from tuicrm.domain.models import FollowUp, QueuePart
from tuicrm.domain.record import record
from tuicrm.storage.connection import Connection
from tuicrm.storage.queries.followups import FOLLOW_UP, to_follow_up


@record
class Moment:
    """When the queue is looked at. ``late``: what was promised for a time before it is overdue; ``soon``: what is
    promised up to it is due now; ``end``: of the day. ``today`` is the local day in ``zone``, which began at ``start``.

    ``day_ago``: what was due in another zone before it is of a day that is over there.
    """

    now: str
    late: str
    soon: str
    start: str
    end: str
    today: str
    zone: str
    day_ago: str

    def params(self, agent: str) -> dict[str, Any]:
        return {
            "agent": agent,
            "now": self.now,
            "late": self.late,
            "soon": self.soon,
            "end": self.end,
            "today": self.today,
            "zone": self.zone,
            "day_ago": self.day_ago,
            "since": min(self.start, self.day_ago),
        }


_TIMED = "(f.due_time IS NULL) = 0"
_UNTIMED = "(f.due_time IS NULL) = 1"
_OVER = "(CASE WHEN f.zone = :zone THEN f.due_on < :today ELSE f.due_key < :day_ago END)"

PARTS: Final[Mapping[QueuePart, tuple[str, ...]]] = {
    "overdue": (
        f"{_TIMED} AND f.due_key < :late",
        f"{_UNTIMED} AND f.due_key < :now AND {_OVER}",
    ),
    "now": (
        f"{_TIMED} AND f.due_key >= :late AND f.due_key <= :soon",
        f"{_UNTIMED} AND f.due_key >= :since AND f.due_key <= :now AND NOT {_OVER}",
    ),
    "later": (
        f"{_TIMED} AND f.due_key > :soon AND f.due_key < :end",
        f"{_UNTIMED} AND f.due_key > :now AND f.due_key < :end",
    ),
}
"""The parts of the day, first things first; in each what has a time of day before what has none."""

_MINE = "f.assignee = :agent AND f.state = 'open' AND f.deleted_at IS NULL"
_SHOWN = "(f.remind_at IS NULL OR f.remind_at <= :now)"
_CALLABLE = "c.deleted_at IS NULL AND c.merged_into IS NULL AND c.do_not_call = 0"
# who is not to be called or is gone: mostly few, so they are gathered once and not asked of each promise
_NOBODY = """f.contact_id NOT IN (SELECT id FROM contact WHERE do_not_call = 1
  UNION ALL SELECT id FROM contact WHERE deleted_at IS NOT NULL OR merged_into IS NOT NULL)"""


def part(conn: Connection, which: QueuePart, agent: str, moment: Moment, limit: int) -> list[FollowUp]:
    """The first promises of a part in the order in which they are worked; those to be reminded of later left out."""
    found: list[FollowUp] = []
    for condition in PARTS[which]:
        if len(found) < limit:
            sql = f"""{FOLLOW_UP} WHERE {_MINE} AND {condition} AND {_SHOWN} AND {_CALLABLE}
            ORDER BY f.due_key, f.id LIMIT :limit"""
            params = moment.params(agent) | {"limit": limit - len(found)}
            found += [to_follow_up(row) for row in conn.all(sql, params)]
    return found


def count(conn: Connection, which: QueuePart, agent: str, moment: Moment) -> int:
    """How many promises that part has."""
    return sum(
        int(
            conn.value(
                f"SELECT count(*) FROM follow_up f WHERE {_MINE} AND {condition} AND {_SHOWN} AND {_NOBODY}",
                moment.params(agent),
            )
        )
        for condition in PARTS[which]
    )


def exhausted(conn: Connection, agent: str | None, limit: int) -> list[FollowUp]:
    """Promises whose last allowed attempt was in vain, of one agent or of all (None), the longest owed first."""
    sql = f"""{FOLLOW_UP} WHERE f.state = 'exhausted' AND f.deleted_at IS NULL {_of(agent)} AND {_CALLABLE}
    ORDER BY f.due_key, f.id LIMIT :limit"""
    return [to_follow_up(row) for row in conn.all(sql, {"agent": agent, "limit": limit})]


def count_exhausted(conn: Connection, agent: str | None, limit: int) -> int:
    """How many those are, counted no further than ``limit``."""
    sql = f"""SELECT count(*) FROM (SELECT 1 FROM follow_up f
    WHERE f.state = 'exhausted' AND f.deleted_at IS NULL {_of(agent)} AND {_NOBODY} LIMIT :limit)"""
    return int(conn.value(sql, {"agent": agent, "limit": limit}))


def _of(agent: str | None) -> str:
    return "" if agent is None else "AND f.assignee = :agent"
