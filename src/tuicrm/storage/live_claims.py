"""Who has whom open: claims in the live file, for as long as their session renews them.

Their age is measured by the machine's monotonic seconds, which all its processes share and nobody can set: a clock
that is put back makes no claim immortal, one that is put forward takes nobody's away. The lease is looked at with
the lock held, so that a claim is never judged by a moment read before somebody else's was written; a moment of
another boot is as far away as one that is over.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from tuicrm.domain.clock import Clock
from tuicrm.domain.models import Claim
from tuicrm.storage.connection import Row
from tuicrm.storage.instants import from_text, to_text
from tuicrm.storage.live_file import LiveFile

_CLAIM = "SELECT contact_id, session_id, agent, person_id, at, beat_s FROM claim"
_ALIVE = "abs(beat_s - :now) < :lease"
_NAMED = "contact_id IN (SELECT value FROM json_each(:ids))"


class LiveClaims(LiveFile):
    """Taking, renewing and giving back. ``lease`` in seconds; a claim not renewed for so long is nobody's."""

    def take_claim(
        self,
        person_id: int,
        ids: Iterable[int],
        *,
        agent: str,
        session_id: str,
        clock: Clock,
        lease: float,
        over: bool = False,
    ) -> Claim | None:
        """Claims a person and all who count as the same (``ids``), or gives the claim of another agent in the way.

        All or nothing, in one transaction under the file's lock. ``over``: whatever is in the way ends. What another
        session of the agent has stays beside it.
        """
        with self._writing() as raw:
            params = {
                "agent": agent,
                "session": session_id,
                "person": person_id,
                "ids": json.dumps(sorted({person_id, *ids})),
                "at": to_text(clock.now()),
                "now": clock.monotonic(),
                "lease": lease,
            }
            raw.execute(f"DELETE FROM claim WHERE NOT {_ALIVE}", params)
            others = f"{_NAMED} AND agent <> :agent"
            # the person's own claim names them; that of somebody with the same number only the number
            sql = f"{_CLAIM} WHERE {others} ORDER BY person_id <> :person, at LIMIT 1"
            other = raw.execute(sql, params).fetchone()
            if other is not None and not over:
                return _claim(other)
            if other is not None:
                whole = f"SELECT session_id, person_id FROM claim WHERE {others}"
                raw.execute(f"DELETE FROM claim WHERE (session_id, person_id) IN ({whole})", params)
            raw.execute(
                "INSERT INTO claim (contact_id, session_id, person_id, agent, at, beat_s)"
                " SELECT value, :session, :person, :agent, :at, :now FROM json_each(:ids) WHERE true"
                " ON CONFLICT (contact_id, session_id, person_id) DO UPDATE SET beat_s = :now",
                params,
            )
        return None

    def renew_claims(self, session_id: str, clock: Clock) -> frozenset[int]:
        """The session is still there; gives the persons it has. One that is missing was taken by somebody else.

        Also a claim whose lease has run out: as long as it stands in the file, nobody took it meanwhile.
        """
        with self._writing() as raw:
            params = {"session": session_id, "now": clock.monotonic()}
            raw.execute("UPDATE claim SET beat_s = :now WHERE session_id = :session", params)
            found = raw.execute("SELECT DISTINCT person_id FROM claim WHERE session_id = :session", params)
            return frozenset(row["person_id"] for row in found)

    def end_claims(self, session_id: str, person_id: int | None = None) -> None:
        """Gives back one person, or all of a session that ends."""
        sql = "DELETE FROM claim WHERE session_id = :session AND (:person IS NULL OR person_id = :person)"
        with self._writing() as raw:
            raw.execute(sql, {"session": session_id, "person": person_id})

    def claims(self, clock: Clock, lease: float) -> list[Claim]:
        """All that are in force, by contact."""
        with self._reading() as conn:
            params = {"now": clock.monotonic(), "lease": lease}
            rows = conn.all(f"{_CLAIM} WHERE {_ALIVE} ORDER BY contact_id, session_id, person_id", params)
        return [_claim(row) for row in rows]


def _claim(row: Row | sqlite3.Row) -> Claim:
    return Claim(
        contact_id=row["contact_id"],
        person_id=row["person_id"],
        agent=row["agent"],
        session_id=row["session_id"],
        since=from_text(row["at"]),
        beat_s=row["beat_s"],
    )
