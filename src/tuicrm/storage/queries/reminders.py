"""Reads of what rings: the follow-ups of one agent that may ring in a span of time, and when the next one may."""

from __future__ import annotations

import json
from collections.abc import Iterable

from tuicrm.domain.models import FollowUp
from tuicrm.storage.connection import Connection
from tuicrm.storage.queries.followups import FOLLOW_UP, to_follow_up

_LIVING = "c.deleted_at IS NULL AND c.merged_into IS NULL AND c.do_not_call = 0"
# the conditions of the two indexes, word for word
_RINGS = """f.assignee = :agent AND f.state = 'open' AND f.deleted_at IS NULL
  AND (f.due_time IS NOT NULL OR f.alarm_minutes IS NOT NULL)"""
_PUT_OFF = "f.assignee = :agent AND f.state = 'open' AND f.deleted_at IS NULL AND f.remind_at IS NOT NULL"
_AHEAD = "(f.alarm_minutes IS NOT NULL OR f.due_key <= :until)"


def candidates(conn: Connection, agent: str, since: str, until: str, ahead: str) -> list[FollowUp]:
    """Open follow-ups of ``agent`` that may ring from ``since`` to ``until`` (stored text).

    ``ahead``: until when those may be due that ring before their time.
    """
    params = {"agent": agent, "since": since, "until": until, "ahead": ahead}
    own = f"{FOLLOW_UP} WHERE {_RINGS} AND f.due_key >= :since AND f.due_key <= :ahead AND {_AHEAD} AND {_LIVING}"
    put_off = (
        f"{FOLLOW_UP} WHERE {_PUT_OFF} AND f.remind_at >= :since AND f.remind_at <= :until AND {_LIVING}"
    )
    rows = {row["id"]: row for sql in (own, put_off) for row in conn.all(sql, params)}
    return [to_follow_up(row) for row in rows.values()]


def next_due(conn: Connection, agent: str, after: str) -> str | None:
    """The first moment (stored text) after ``after`` at which one of ``agent`` falls due or comes back."""
    params = {"agent": agent, "after": after}
    due = conn.value(f"SELECT min(f.due_key) FROM follow_up f WHERE {_RINGS} AND f.due_key > :after", params)
    again = conn.value(
        f"SELECT min(f.remind_at) FROM follow_up f WHERE {_PUT_OFF} AND f.remind_at > :after", params
    )
    return min((str(each) for each in (due, again) if each is not None), default=None)


def with_alarm(conn: Connection, agent: str, since: str, ahead: str) -> list[FollowUp]:
    """Open follow-ups of ``agent`` due in a span that ring before their time."""
    sql = f"""{FOLLOW_UP} WHERE {_RINGS} AND f.due_key >= :since AND f.due_key <= :ahead
      AND f.alarm_minutes IS NOT NULL AND {_LIVING} ORDER BY f.due_key"""
    params = {"agent": agent, "since": since, "ahead": ahead}
    return [to_follow_up(row) for row in conn.all(sql, params)]


def spoken_since(conn: Connection, it: FollowUp, since: str, outcomes: Iterable[str]) -> bool:
    """Whether somebody was spoken to there since ``since``, in a call that was saved after the follow-up was last
    touched: what was promised in that very call, or after it, is not settled by it."""
    sql = """
    SELECT 1 FROM interaction i WHERE i.contact_id = :contact AND i.deleted_at IS NULL AND i.started_at >= :since
      AND i.outcome IN (SELECT value FROM json_each(:outcomes))
      AND i.saved_at > coalesce(
        (SELECT max(g.at) FROM change g WHERE g.entity = 'followup' AND g.entity_id = :id), '') LIMIT 1
    """
    params = {"contact": it.contact.id, "since": since, "id": it.id, "outcomes": json.dumps(list(outcomes))}
    return conn.value(sql, params) is not None
