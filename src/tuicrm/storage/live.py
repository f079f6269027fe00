"""Live facts, in a second file beside the database: drafts, ringing telephones, heartbeats, key counts.

They are no records: no change log, no backup. Saved without waiting for the disk, so a power cut may take
the last second of typing; a kill takes nothing. A damaged file is put aside and made new.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from tuicrm.domain.models import BarDraft, PhoneCall, PhoneCallState
from tuicrm.storage.connection import Row
from tuicrm.storage.instants import day_to_text, from_optional, from_text, to_text
from tuicrm.storage.live_claims import LiveClaims
from tuicrm.storage.live_picks import LivePicks
from tuicrm.storage.live_reminders import LiveReminders

_DRAFT = "SELECT uid, agent, key, who_text, contact_id, line, facts, saved_at FROM draft"
_CALL = "SELECT source, call_id, state, number, agent, line, rang_at, answered_at, ended_at FROM phone_call"
_OF = "(:agent IS NULL OR agent IS NULL OR agent = :agent)"

_RANK: Mapping[PhoneCallState, int] = {"ringing": 0, "talking": 1, "missed": 2, "ended": 3}
"""States only move forward. ``missed`` may become ``ended`` when the news of the answer comes late."""


class Live(LiveClaims, LivePicks, LiveReminders):
    """What may be asked of the live file, claims (``live_claims``) too. From any thread."""

    # --- drafts ---------------------------------------------------------------------------------------------

    def put_draft(self, draft: BarDraft) -> None:
        """Keeps what is typed. Another draft of the same agent and key stays, as one that was replaced."""
        row = {
            "uid": draft.uid,
            "agent": draft.agent,
            "key": draft.key,
            "who_text": draft.who_text,
            "contact_id": draft.contact_id,
            "line": draft.line,
            "facts": json.dumps(dict(draft.facts), ensure_ascii=False),
            "saved_at": to_text(draft.saved_at),
        }
        with self._writing() as raw:
            raw.execute(
                "UPDATE draft SET replaced = 1"
                " WHERE agent = :agent AND key = :key AND uid <> :uid AND replaced = 0",
                row,
            )
            raw.execute(
                "INSERT INTO draft (uid, agent, key, who_text, contact_id, line, facts, saved_at)"
                " VALUES (:uid, :agent, :key, :who_text, :contact_id, :line, :facts, :saved_at)"
                " ON CONFLICT (uid) DO UPDATE SET agent = :agent, key = :key, who_text = :who_text,"
                " contact_id = :contact_id, line = :line, facts = :facts, saved_at = :saved_at, replaced = 0",
                row,
            )

    def draft(self, agent: str, key: str) -> BarDraft | None:
        """The agent's draft for a key; the newest of the replaced ones when the last word on it was dropped."""
        sql = f"{_DRAFT} WHERE agent = :agent AND key = :key ORDER BY replaced, saved_at DESC LIMIT 1"
        with self._reading() as conn:
            row = conn.one(sql, {"agent": agent, "key": key})
        return None if row is None else _draft(row)

    def drafts(self, agent: str) -> list[BarDraft]:
        """Everything the agent has typed and not saved, newest first, replaced ones too."""
        with self._reading() as conn:
            rows = conn.all(f"{_DRAFT} WHERE agent = :agent ORDER BY saved_at DESC", {"agent": agent})
        return [_draft(row) for row in rows]

    def drop_draft(self, uid: str) -> None:
        """Forgets a draft: its record was saved, or the person threw it away."""
        with self._writing() as raw:
            raw.execute("DELETE FROM draft WHERE uid = :uid", {"uid": uid})

    # --- the telephone --------------------------------------------------------------------------------------

    def phone_event(
        self,
        state: PhoneCallState,
        *,
        source: str,
        call_id: str,
        at: datetime,
        number: str = "",
        agent: str | None = None,
        line: str = "",
    ) -> tuple[PhoneCall, bool]:
        """Takes in what a telephone says about a call; gives the call as known now and whether that was news.

        Events may come twice, late or out of order: a state never goes back, a fact known is never replaced.
        Ended without having been answered is missed, if it rang.
        """
        with self._writing() as raw:
            sql = f"{_CALL} WHERE source = :source AND call_id = :call_id"
            old = raw.execute(sql, {"source": source, "call_id": call_id}).fetchone()
            known = (
                dict(old) if old else {"state": None, "rang_at": None, "answered_at": None, "ended_at": None}
            )
            new = _with_event(known, state, to_text(at))
            new |= {
                "source": source,
                "call_id": call_id,
                "number": known.get("number") or number,
                "agent": known.get("agent") or agent or None,
                "line": known.get("line") or line,
            }
            news = old is None or new != dict(old)
            if news:
                raw.execute(
                    "INSERT INTO phone_call (source, call_id, state, number, agent, line, rang_at, answered_at,"
                    " ended_at, first_at) VALUES (:source, :call_id, :state, :number, :agent, :line, :rang_at,"
                    " :answered_at, :ended_at, :first_at) ON CONFLICT (source, call_id) DO UPDATE SET"
                    " state = :state, number = :number, agent = :agent, line = :line, rang_at = :rang_at,"
                    " answered_at = :answered_at, ended_at = :ended_at",
                    {**new, "first_at": to_text(at)},
                )
        return _phone_call(new), news

    def phone_call(self, source: str, call_id: str) -> PhoneCall | None:
        """One call by its telephone's name for it; ``matches`` is left to the services."""
        with self._reading() as conn:
            row = conn.one(
                f"{_CALL} WHERE source = :source AND call_id = :call_id",
                {"source": source, "call_id": call_id},
            )
        return None if row is None else _phone_call(row)

    def phone_calls(self, agent: str | None, since: datetime) -> list[PhoneCall]:
        """Calls not yet dealt with and first heard of since an instant, newest first.

        Of one agent, and those that belong to nobody yet; of everybody when ``agent`` is None.
        """
        with self._reading() as conn:
            rows = conn.all(
                f"{_CALL} WHERE handled = 0 AND first_at >= :since AND {_OF} ORDER BY first_at DESC",
                {"since": to_text(since), "agent": agent},
            )
        return [_phone_call(row) for row in rows]

    def talked_calls(self, agent: str | None, limit: int) -> list[PhoneCall]:
        """Calls that were answered and are not yet dealt with, however long ago; else as ``phone_calls``."""
        with self._reading() as conn:
            rows = conn.all(
                f"{_CALL} WHERE handled = 0 AND answered_at IS NOT NULL AND {_OF}"
                " ORDER BY first_at DESC LIMIT :limit",
                {"agent": agent, "limit": limit},
            )
        return [_phone_call(row) for row in rows]

    def handle_phone_call(self, source: str, call_id: str) -> None:
        """Takes a call out of ``phone_calls``: it was logged, or waved away."""
        with self._writing() as raw:
            raw.execute(
                "UPDATE phone_call SET handled = 1 WHERE source = :source AND call_id = :call_id",
                {"source": source, "call_id": call_id},
            )

    def reopen_phone_call(self, source: str, call_id: str) -> None:
        """Brings a call back into ``phone_calls``: what dealt with it was taken back."""
        with self._writing() as raw:
            raw.execute(
                "UPDATE phone_call SET handled = 0 WHERE source = :source AND call_id = :call_id",
                {"source": source, "call_id": call_id},
            )

    # --- sessions and keys ----------------------------------------------------------------------------------

    def beat(self, session_id: str, agent: str, host: str, pid: int, at: datetime) -> None:
        """A running session says that it is there."""
        with self._writing() as raw:
            raw.execute(
                "INSERT INTO heartbeat (session_id, agent, host, pid, at) VALUES (:session, :agent, :host, :pid,"
                " :at) ON CONFLICT (session_id) DO UPDATE SET agent = :agent, at = :at",
                {"session": session_id, "agent": agent, "host": host, "pid": pid, "at": to_text(at)},
            )

    def end_beat(self, session_id: str) -> None:
        """A session has ended."""
        with self._writing() as raw:
            raw.execute("DELETE FROM heartbeat WHERE session_id = :session", {"session": session_id})

    def beats(self, since: datetime) -> list[dict[str, Any]]:
        """Sessions heard of since an instant: dicts of session_id, agent, host, pid, at."""
        with self._reading() as conn:
            rows = conn.all(
                "SELECT session_id, agent, host, pid, at FROM heartbeat WHERE at >= :since ORDER BY at DESC",
                {"since": to_text(since)},
            )
        return [{**dict(row), "at": from_text(row["at"])} for row in rows]

    def add_keys(self, agent: str, day: date, *, calls: int, keys: int) -> None:
        """Adds to the agent's count of logged calls and of the keys they took on a local day."""
        with self._writing() as raw:
            raw.execute(
                "INSERT INTO key_count (agent, day, calls, keys) VALUES (:agent, :day, :calls, :keys)"
                " ON CONFLICT (agent, day) DO UPDATE SET calls = calls + :calls, keys = keys + :keys",
                {"agent": agent, "day": day_to_text(day), "calls": calls, "keys": keys},
            )

    def keys(self, agent: str, day: date) -> tuple[int, int]:
        """Calls logged and keys pressed for them by the agent on a local day."""
        with self._reading() as conn:
            row = conn.one(
                "SELECT calls, keys FROM key_count WHERE agent = :agent AND day = :day",
                {"agent": agent, "day": day_to_text(day)},
            )
        return (0, 0) if row is None else (row["calls"], row["keys"])


def _with_event(known: Mapping[str, Any], state: PhoneCallState, at: str) -> dict[str, Any]:
    """The state and moments of a call after one more event."""
    moments = {name: known[name] for name in ("rang_at", "answered_at", "ended_at")}
    column = {"ringing": "rang_at", "talking": "answered_at"}.get(state, "ended_at")
    moments[column] = moments[column] or at
    reached: PhoneCallState = state
    if moments["ended_at"]:
        rang_only = moments["rang_at"] and not moments["answered_at"]
        reached = "missed" if rang_only or (state == "missed" and not moments["answered_at"]) else "ended"
    before = known["state"]
    if before is not None and _RANK[before] > _RANK[reached]:
        reached = before
    return {"state": reached, **moments}


def _draft(row: Row) -> BarDraft:
    return BarDraft(
        uid=row["uid"],
        agent=row["agent"],
        key=row["key"],
        who_text=row["who_text"],
        contact_id=row["contact_id"],
        line=row["line"],
        facts=json.loads(row["facts"]),
        saved_at=from_text(row["saved_at"]),
    )


def _phone_call(row: Row | Mapping[str, Any]) -> PhoneCall:
    return PhoneCall(
        source=row["source"],
        call_id=row["call_id"],
        state=row["state"],
        number=row["number"],
        agent=row["agent"],
        line=row["line"],
        rang_at=from_optional(row["rang_at"]),
        answered_at=from_optional(row["answered_at"]),
        ended_at=from_optional(row["ended_at"]),
    )
