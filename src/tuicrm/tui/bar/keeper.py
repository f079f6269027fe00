"""Keeps what is typed: writes the draft soon after each change, gives it back for that call only.

A draft carries the id its record will get, so one that was saved is known as such when the bar opens again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from tuicrm.domain.models import BarDraft
from tuicrm.tui.bar.session import Session

if TYPE_CHECKING:
    from textual.timer import Timer
    from textual.widget import Widget

    from tuicrm.tui.bridge import Bridge

SOON: Final = 0.3
"""Seconds from a change to its writing: a killed program loses at most half a second of typing."""


def to_draft(session: Session, agent: str, at: datetime, monotonic: float) -> BarDraft:
    """The session as the live file keeps it."""
    who = session.who
    facts: dict[str, Any] = {
        "origin": session.origin,
        "phase": session.phase,
        "follow_up_id": session.follow_up_id,
        "keys": session.keys,
        "entry_s": session.written_s(monotonic),
        "new": session.finder.text if who is not None and who.new is not None else "",
    }
    return BarDraft(
        uid=session.uid,
        agent=agent,
        key=session.key,
        who_text=session.finder.text,
        contact_id=who.contact_id if who is not None else None,
        line=session.line,
        facts=facts,
        saved_at=at,
    )


def restore(session: Session, draft: BarDraft) -> None:
    """Puts what was typed back into a session of the same call or contact. Who was taken is not decided here."""
    facts = draft.facts
    session.uid = draft.uid
    session.line = draft.line
    session.taken_up = draft.saved_at if draft.line else None
    if draft.contact_id is None:
        session.finder.type(draft.who_text)
    session.keys += int(facts.get("keys") or 0)
    session.entry_s += float(facts.get("entry_s") or 0.0)
    if session.follow_up_id is None and facts.get("follow_up_id") is not None:
        session.follow_up_id = facts["follow_up_id"]
        session.origin = "follow_up"


class Keeper:
    """Writes drafts of one bar, at most every ``SOON`` seconds, in the order of typing."""

    def __init__(self, owner: Widget, bridge: Bridge, work: Callable[..., None]) -> None:
        self._owner = owner
        self._bridge = bridge
        self._work = work
        self._timer: Timer | None = None
        self._dirty: Session | None = None
        self._stored: set[str] = set()

    def touch(self, session: Session) -> None:
        """Something was typed."""
        self._dirty = session
        if self._timer is None:
            self._timer = self._owner.set_timer(SOON, self.flush_soon)

    def flush_soon(self) -> None:
        """Writes what is not yet written, without waiting for it."""
        self._work(self.flush(), group="draft")

    async def flush(self) -> None:
        """Writes what is not yet written. A session not worth one has no draft: an older one is dropped."""
        self._stop()
        if self._dirty is None:
            return
        # before it is taken: what is saved or thrown away meanwhile is not written any more
        crm = await self._bridge.crm()
        session, self._dirty = self._dirty, None
        if session is None:
            return
        from tuicrm.tui.bridge import drafts

        if not session.kept:
            if session.uid in self._stored:
                self._stored.discard(session.uid)
                await self._bridge.write(drafts.drop, session.uid)
            return
        self._stored.add(session.uid)
        draft = to_draft(session, crm.me, crm.clock.now(), crm.clock.monotonic())
        await self._bridge.write(drafts.put, draft)

    async def take(self, session: Session) -> BarDraft | None:
        """Gives a session what was typed for it before, if anything was.

        A number kept from Who waits among the drafts: whoever is asked for next is somebody else.
        """
        from tuicrm.tui.bridge import drafts

        typed_as = session.uid
        draft: BarDraft | None = await self._bridge.read(drafts.take, session.key)
        if draft is not None and session.live is None and draft.facts.get("phase") == "who":
            return None
        if draft is not None and draft.uid != typed_as:
            self.give(session, draft)
            self.forget(typed_as)
        return draft

    def give(self, session: Session, draft: BarDraft) -> None:
        """Goes on with a draft in this session; it is kept under the session's own call from now on."""
        self._stored.add(draft.uid)
        restore(session, draft)

    def forget(self, uid: str) -> None:
        """The draft is not wanted any more: its call was saved, or was thrown away."""
        from tuicrm.tui.bridge import drafts

        self.hush()
        if uid not in self._stored:
            return
        self._stored.discard(uid)
        self._work(self._bridge.write(drafts.drop, uid), group="draft")

    def hush(self) -> None:
        """What is being saved needs no draft any more."""
        self._dirty = None
        self._stop()

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
