"""Reads of what rings: the follow-ups of one agent that may ring in a span of time, and when the next one may."""

from __future__ import annotations

import json
from collections.abc import Iterable

from tuicrm.domain.models import FollowUp
from tuicrm.storage.connection import Connection
from tuicrm.storage.living import CALLABLE
from tuicrm.storage.queries.followups import FOLLOW_UP, to_follow_up

_OPEN = "f.assignee = :agent AND f.state = 'open' AND f.deleted_at IS NULL"
# each as its index has it, word for word
_TIMED = f"{_OPEN} AND (f.due_time IS NULL) = 0"
_ALARMED = f"{_OPEN} AND f.alarm_minutes IS NOT NULL"
_PUT_OFF = f"{_OPEN} AND f.remind_at IS NOT NULL"
# an alarm rings so long before the time, or before work begins on a day without one
_RINGS_BY = "julianday(f.due_key) - f.alarm_minutes / 1440.0 <= julianday(:until)"


def candidates(conn: Connection, agent: str, since: str, until: str, ahead: str) -> list[FollowUp]:
    """Open follow-ups of ``agent`` that may ring from ``since`` to ``until`` (stored text).

    ``ahead``: until when those may be due that ring before their time.
    """
    params = {"agent": agent, "since": since, "until": until}
    timed = f"{FOLLOW_UP} WHERE {_TIMED} AND f.due_key >= :since AND f.due_key <= :until AND {CALLABLE}"
    put_off = (
        f"{FOLLOW_UP} WHERE {_PUT_OFF} AND f.remind_at >= :since AND f.remind_at <= :until AND {CALLABLE}"
    )
    found = [to_follow_up(row) for sql in (timed, put_off) for row in conn.all(sql, params)]
    found += with_alarm(conn, agent, since, until, ahead)
    return list({each.id: each for each in found}.values())


def next_due(conn: Connection, agent: str, after: str) -> str | None:
    """The first moment (stored text) after ``after`` at which one of ``agent`` falls due or comes back."""
    params = {"agent": agent, "after": after}
    due = conn.value(f"SELECT min(f.due_key) FROM follow_up f WHERE {_TIMED} AND f.due_key > :after", params)
    again = conn.value(
        f"SELECT min(f.remind_at) FROM follow_up f WHERE {_PUT_OFF} AND f.remind_at > :after", params
    )
    return min((str(each) for each in (due, again) if each is not None), default=None)


def with_alarm(conn: Connection, agent: str, since: str, until: str, ahead: str) -> list[FollowUp]:
    """Open follow-ups of ``agent`` with an alarm that rings before ``until``, due from ``since`` to ``ahead``."""
    # Left to itself SQLite takes the index of all open ones by due, and reads those of a month: 440 ms at 100,000.
    few = f"""SELECT f.id FROM follow_up f INDEXED BY ix_follow_up_alarm
      WHERE {_ALARMED} AND f.due_key >= :since AND f.due_key <= :ahead AND {_RINGS_BY}"""
    sql = f"{FOLLOW_UP} WHERE f.id IN ({few}) AND {CALLABLE}"
    params = {"agent": agent, "since": since, "until": until, "ahead": ahead}
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
