"""The call queue in SQL: the agent's open promises of the day, part by part in the order in which they are worked.

Each part is a range of ``ix_follow_up_queue`` (agent, timed or not, due), read no further than its limit, so that
100,000 open promises cost what 200 do. What has no time of day is overdue when its day is over in its own zone;
instants and days are stored text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from tuicrm.domain.models import FollowUp, QueuePart
from tuicrm.domain.record import record
from tuicrm.storage.connection import Connection
from tuicrm.storage.living import CALLABLE
from tuicrm.storage.queries.followups import FOLLOW_UP, to_follow_up


@record
class Moment:
    """When the queue is looked at. ``late``: what was promised for a time before it is overdue; ``soon``: what is
    promised up to it is due now; ``end``: of the day in the agent's ``zone``, where it is ``today``; ``since``: what
    has no time and was due before it is of a day that is over everywhere.

    ``day_in``: the local day in a zone, for promises made in another one.
    """

    now: str
    late: str
    soon: str
    since: str
    end: str
    today: str
    zone: str
    day_in: Callable[[str], str]

    def asked(self, conn: Connection, agent: str) -> dict[str, Any]:
        """The parameters of every statement here; the connection gets the function that they call."""
        conn.raw.create_function("day_in", 1, self.day_in, deterministic=True)
        return {
            "agent": agent,
            "now": self.now,
            "late": self.late,
            "soon": self.soon,
            "since": self.since,
            "end": self.end,
            "today": self.today,
            "zone": self.zone,
        }


_TIMED = "(f.due_time IS NULL) = 0"
_UNTIMED = "(f.due_time IS NULL) = 1"
_OVER = "f.due_on < CASE WHEN f.zone = :zone THEN :today ELSE day_in(f.zone) END"

PARTS: Final[Mapping[QueuePart, tuple[str, ...]]] = {
    "overdue": (
        f"{_TIMED} AND f.due_key < :late",
        f"{_UNTIMED} AND f.due_key < :now AND {_OVER}",
    ),
    "now": (
        f"{_TIMED} AND f.due_key >= :late AND f.due_key <= :soon",
        f"{_UNTIMED} AND f.due_key >= :since AND f.due_key <= :now AND NOT ({_OVER})",
    ),
    "later": (
        f"{_TIMED} AND f.due_key > :soon AND f.due_key < :end",
        f"{_UNTIMED} AND f.due_key > :now AND f.due_key < :end",
    ),
}
"""The parts of the day, first things first; in each what has a time of day before what has none."""

OVERDUE: Final = " OR ".join(f"({each})" for each in PARTS["overdue"])
"""The rule of what is overdue, for ``Moment.asked``."""

_MINE = "f.assignee = :agent AND f.state = 'open' AND f.deleted_at IS NULL"
# the second condition is that of the index; whoever was reached since, or promised something since, is dealt with. What
# was promised before (a birthday) deals with nothing; nor does the next of a series, made as the last try was written
_EXHAUSTED = """f.state = 'exhausted' AND f.state <> 'open' AND f.deleted_at IS NULL
  AND c.spoke_key < f.closed_at AND NOT EXISTS (SELECT 1 FROM follow_up o WHERE o.contact_id = f.contact_id
  AND o.state = 'open' AND o.deleted_at IS NULL AND o.created_at > f.closed_at)"""
_SHOWN = "(f.remind_at IS NULL OR f.remind_at <= :now)"
# who is not to be called or is gone: they are told by two small indexes, not asked of each promise
_NOBODY = """SELECT id FROM contact WHERE do_not_call = 1
  UNION SELECT id FROM contact WHERE deleted_at IS NOT NULL OR merged_into IS NOT NULL"""
FEW: Final = 5_000
"""So many of them have their promises looked up and subtracted; more are gathered, and each promise is held against
them, which costs three times as much at 100,000 promises but never more."""


def part(conn: Connection, which: QueuePart, agent: str, moment: Moment, limit: int) -> list[FollowUp]:
    """The first promises of a part in the order in which they are worked; those to be reminded of later left out."""
    found: list[FollowUp] = []
    asked = moment.asked(conn, agent)
    for condition in PARTS[which]:
        if len(found) < limit:
            sql = f"""{FOLLOW_UP} WHERE {_shown(condition)} AND {CALLABLE}
            ORDER BY f.due_key, f.id LIMIT :limit"""
            params = asked | {"limit": limit - len(found)}
            found += [to_follow_up(row) for row in conn.all(sql, params)]
    return found


def sizes(conn: Connection, agent: str, moment: Moment, limit: int) -> dict[QueuePart, int]:
    """How many promises ``part`` would give of each part, at most ``limit``: a tenth of the work of reading them."""
    asked = moment.asked(conn, agent) | {"limit": limit}
    found: dict[QueuePart, int] = {}
    for name, conditions in PARTS.items():
        many = 0
        for condition in conditions:
            if many < limit:
                sql = f"""SELECT count(*) FROM (SELECT 1 FROM follow_up f JOIN contact c ON c.id = f.contact_id
                WHERE {_shown(condition)} AND {CALLABLE} LIMIT :limit)"""
                many += int(conn.value(sql, asked | {"limit": limit - many}))
        found[name] = many
    return found


def counts(conn: Connection, agent: str, moment: Moment) -> dict[QueuePart, int]:
    """How many promises each part has."""
    params = moment.asked(conn, agent)
    few = conn.value(f"SELECT count(*) FROM (SELECT 1 FROM ({_NOBODY}) LIMIT {FEW})") < FEW
    kept = "" if few else f"AND f.contact_id NOT IN ({_NOBODY})"
    without = _unwanted(conn, params) if few else {}
    return {
        part: sum(
            int(conn.value(f"SELECT count(*) FROM follow_up f WHERE {_shown(condition)} {kept}", params))
            for condition in conditions
        )
        - without.get(part, 0)
        for part, conditions in PARTS.items()
    }


def _unwanted(conn: Connection, params: Mapping[str, Any]) -> dict[QueuePart, int]:
    """How many promises of each part are made to somebody who is not to be called or is gone."""
    sums = ", ".join(f"sum(({') OR ('.join(conditions)})) AS {part}" for part, conditions in PARTS.items())
    sql = f"""SELECT {sums} FROM ({_NOBODY}) n CROSS JOIN follow_up f ON f.contact_id = n.id
    WHERE {_shown("f.due_key < :end")}"""
    row = conn.one(sql, params)
    return {part: (row[part] if row else 0) or 0 for part in PARTS}


def _shown(condition: str) -> str:
    return f"{_MINE} AND {condition} AND {_SHOWN}"


def exhausted(conn: Connection, agent: str | None, limit: int) -> list[FollowUp]:
    """Promises whose last allowed attempt was in vain, of one agent or of all (None), the longest owed first.

    Of people who were not reached since, nor promised anything since.
    """
    sql = f"""{FOLLOW_UP} WHERE {_EXHAUSTED} {_of(agent)} AND {CALLABLE}
    ORDER BY f.due_key, (f.due_time IS NULL), f.id LIMIT :limit"""
    return [to_follow_up(row) for row in conn.all(sql, {"agent": agent, "limit": limit})]


def count_exhausted(conn: Connection, agent: str | None, limit: int) -> int:
    """How many those are, counted no further than ``limit``."""
    sql = f"""SELECT count(*) FROM (SELECT 1 FROM follow_up f JOIN contact c ON c.id = f.contact_id
    WHERE {_EXHAUSTED} {_of(agent)} AND {CALLABLE} LIMIT :limit)"""
    return int(conn.value(sql, {"agent": agent, "limit": limit}))


def _of(agent: str | None) -> str:
    return "" if agent is None else "AND f.assignee = :agent"
