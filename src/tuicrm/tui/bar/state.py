"""What the app remembers of the log bar, whatever screen is shown and whether the bar is open. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from tuicrm.domain.clock import Clock
from tuicrm.domain.live_models import CallName
from tuicrm.domain.models import PhoneCall, Saved
from tuicrm.domain.phone import same_ending
from tuicrm.tui.bar.live import Live
from tuicrm.tui.bar.session import Session
from tuicrm.tui.bar.who import Finder


@dataclass(slots=True)
class BarState:
    """``session``: what the open bar shows, None while it is closed.

    ``live``: the unsaved call that runs or has just ended; it has a bar of its own, whatever row the cursor
    is on. ``calls``: what the telephone said last. ``logged``: its calls that were saved already. ``left``: those that
    were over before the program was begun, or were put back: they wait among the drafts.
    ``running``: what the last save took from a running call, for its undo. ``elsewhere``: the live call that
    another session has logged; the bar, if it shows it, is to be closed.
    """

    session: Session | None = None
    live: Session | None = None
    calls: tuple[PhoneCall, ...] = ()
    logged: set[CallName] = field(default_factory=set)
    left: set[CallName] = field(default_factory=set)
    running: tuple[int, Session] | None = None
    elsewhere: Session | None = None

    @property
    def open(self) -> bool:
        return self.session is not None

    @property
    def shows_live(self) -> bool:
        """Whether the open bar is the live call's."""
        return self.session is not None and self.session is self.live

    def telephone(
        self, calls: Sequence[PhoneCall], clock: Clock, region: str, left: Collection[CallName] = ()
    ) -> Session | None:
        """What the telephone says now. Gives the session of a call that was taken since, for its own bar.

        ``calls``: all of this agent's not yet dealt with. ``left``: those of them that no session of their own opens
        for by itself. The same news twice changes nothing.
        """
        self.calls = tuple(calls)
        names = {call.name for call in calls}
        self.logged &= names
        self.left = (self.left | set(left)) & names
        if self.live is not None and self.live.live is not None:
            self._follow(self.live.live, calls, clock)
            self._mind_others(self.live, self.live.live, names)
            if self.live is not None:
                return None
        return self.next_live(clock, region)

    @property
    def ringing(self) -> tuple[PhoneCall, ...]:
        """The calls that nobody has taken yet."""
        return tuple(call for call in self.calls if call.state == "ringing")

    def next_live(self, clock: Clock, region: str) -> Session | None:
        """The session of a taken call that has none yet; it becomes the live one. None: no such call."""
        if self.live is not None:
            return None
        settled = self.logged | self.left
        for call in self.calls:
            if call.state in ("talking", "ended") and call.name not in settled:
                self.live = live_session(Live.taken(call, clock), call, region)
                if self.live.live is not None:
                    self.live.live.seen = True
                return self.live
        return None

    @property
    def waiting(self) -> tuple[PhoneCall, ...]:
        """The calls that are over and wait to be written down; newest first."""
        return tuple(call for call in self.calls if call.name in self.left - self.logged)

    def take_up(self, call: PhoneCall, clock: Clock, region: str) -> Session:
        """The session of a call that waited; it is the live one until it is saved or put back."""
        self.left.discard(call.name)
        self.live = live_session(Live.left(call, clock), call, region)
        if self.live.live is not None:
            self.live.live.seen = True
        return self.live

    def put_back(self, session: Session) -> None:
        """A call that was found waits again."""
        if session is self.live and session.live is not None and session.live.found:
            self.left.add(session.live.name)
            self.live = None

    def _mind_others(self, session: Session, live: Live, names: set[CallName]) -> None:
        """Another session of the agent logged the call: what was not written for it here goes away."""
        if live.name in names:
            live.seen = True
        elif live.seen and not session.line.strip():
            self.live = None
            self.elsewhere = session

    def _follow(self, live: Live, calls: Sequence[PhoneCall], clock: Clock) -> None:
        """News of the live call: that it is over; or that a telephone tells of one dialled by hand."""
        for call in calls:
            twin = live.by_hand and call.name not in self.left and same_ending(live.number, call.number)
            if twin and not live.is_call(call):
                self.logged.add(call.name)
                live.twins.add(call.name)
            if (twin or live.is_call(call)) and call.state in ("ended", "missed"):
                ago = (clock.now() - call.ended_at).total_seconds() if call.ended_at else 0.0
                live.hang_up(clock.monotonic() - max(0.0, ago))

    def saved(self, session: Session, saved: Saved, monotonic: float) -> None:
        """The session's call is in the database."""
        live = session.live
        self.running = None
        if live is not None:
            self.logged.add(live.name)
            if live.running:
                self.running = (saved.call.id, session)
        if self.live is session:
            self.live = None
        if self.session is session:
            self.session = None
        session.put_away(monotonic)

    def undone(self, call_id: int) -> Session | None:
        """A saved call was taken back. If it was running when it was saved, it runs on.

        Gives its session, empty again, with the clock of the call.
        """
        if self.running is None or self.running[0] != call_id or self.live is not None:
            return None
        old = self.running[1]
        self.running = None
        live = old.live
        assert live is not None, "only a live call is kept"
        live.seen = False
        self.logged.discard(live.name)
        fresh = Session(
            Finder(old.finder.region, old.finder.caller, old.finder.several), old.origin, live=live
        )
        if live.by_hand:
            fresh.dialled = old.contact
        if old.who is not None and old.context is not None and old.contact is not None:
            fresh.take_contact(old.contact, old.context)
        self.live = fresh
        return fresh

    def parted(self, session: Session) -> None:
        """The session turns out to be about another person: the live call goes on in a session of its own."""
        live, whom = session.live, session.dialled
        fresh = Session(Finder(session.finder.region, session.finder.caller), session.origin, live=live)
        fresh.contact = fresh.dialled = whom
        session.without_call()
        self.live = fresh


def live_session(live: Live, call: PhoneCall, region: str) -> Session:
    """The session of a call that was taken, its one contact known, several offered, or nobody known."""
    # numbers cost their import only when somebody calls
    from tuicrm.domain.phone import parse_phone

    unknown = not call.matches and bool(call.number)
    finder = Finder(
        region,
        caller=parse_phone(call.number, region) if unknown else None,
        several=call.matches if len(call.matches) > 1 else (),
    )
    session = Session(finder, "dialled" if call.by_hand else "ringing", live=live)
    if call.contact is not None:
        session.contact = call.contact
    return session
