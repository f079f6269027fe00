"""When agents are at work: one row per stretch of being ready or away, for the figures of later days.

A program that is killed, or a laptop that is closed, writes no end. So a running one says now and then that it is
there, in the live file; what was left open ends with the last of these signs.
"""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

from tuicrm.services.context import Crm
from tuicrm.storage.queries import sessions

State = Literal["ready", "away"]

BEAT: Final = timedelta(minutes=5)
"""From one sign of life to the next."""
_LOST: Final = 2 * BEAT
"""Without a sign for so long nobody was there."""
_EVER: Final = datetime.min.replace(tzinfo=UTC)


def begin(crm: Crm, state: State = "ready") -> int:
    """The agent is there, or steps away, from now on; gives the stretch's id. Stretches of theirs that nothing was
    heard of any more are ended."""
    heard = _heard(crm, _EVER)
    with crm.database.transaction(crm.actor, "session.begin") as tx:
        lost = {
            each: heard.get(each, since)
            for each, since in sessions.open_ones(tx, crm.me).items()
            if crm.now() - heard.get(each, since) > _LOST
        }
        for each, last in lost.items():
            sessions.end(tx, each, last)
        found = sessions.begin(tx, crm.me, state)
    for each in lost:
        crm.live.end_beat(str(each))
    _sign(crm, found)
    return found


def beat(crm: Crm, session_id: int) -> int:
    """The agent is still there. Gives the stretch's id: a new one when nothing was heard for long, as of a laptop that
    was closed."""
    if session_id not in _heard(crm, crm.now() - _LOST):
        return begin(crm)
    _sign(crm, session_id)
    return session_id


def end(crm: Crm, session_id: int) -> None:
    """The stretch is over. Ending it twice changes nothing."""
    with crm.database.transaction(crm.actor, "session.end") as tx:
        sessions.end(tx, session_id)
    crm.live.end_beat(str(session_id))


def _sign(crm: Crm, session_id: int) -> None:
    crm.live.beat(str(session_id), crm.me, platform.node(), os.getpid(), crm.clock.now())


def _heard(crm: Crm, since: datetime) -> dict[int, datetime]:
    """When each stretch was last heard of, of those that were since then."""
    return {int(each["session_id"]): each["at"] for each in crm.live.beats(since)}
