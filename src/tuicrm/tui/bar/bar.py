"""The log bar: title, the lines over it, the line itself, what will be saved, and what is to be said.

One for the whole app, mounted at first use over the bottom of whatever place is in front. It shows the session
that ``BarState`` names; closing it leaves the state alone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from datetime import UTC
from typing import TYPE_CHECKING, Any, cast

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.timer import Timer

from tuicrm import i18n
from tuicrm.domain.clock import Clock
from tuicrm.domain.errors import CrmError
from tuicrm.domain.models import Contact, Saved
from tuicrm.i18n import Phrase, t
from tuicrm.tui import keymap, manner
from tuicrm.tui.bar import keycount
from tuicrm.tui.bar.keeper import Keeper
from tuicrm.tui.bar.keys import BarKeys, leaving_keys, who_keys
from tuicrm.tui.bar.line import BarInput
from tuicrm.tui.bar.linedesk import LineDesk
from tuicrm.tui.bar.painter import Painter
from tuicrm.tui.bar.panel import Panel
from tuicrm.tui.bar.session import Reading, Session
from tuicrm.tui.bar.state import BarState
from tuicrm.tui.bar.whodesk import WhoDesk
from tuicrm.tui.bridge import Bridge
from tuicrm.tui.keymap import FooterKey
from tuicrm.tui.text import Role
from tuicrm.tui.widgets import moments
from tuicrm.tui.widgets.row import Row

if TYPE_CHECKING:
    from tuicrm.tui.app import CrmApp
    from tuicrm.tui.bar.door import BarDoor


class LogBar(Vertical):
    """Shows one session. ``door`` opens and closes it and knows what comes next."""

    def __init__(self, door: BarDoor) -> None:
        super().__init__(id="log-bar")
        self.door = door
        self.field = BarInput(self)
        self.people = WhoDesk(self)
        self.writing = LineDesk(self)
        self.keeper = Keeper(self, door.bridge, door.app.work)
        self.keys = BarKeys(self)
        self.painter = Painter(self)
        self._loading: asyncio.Task[None] | None = None
        self._ticker: Timer | None = None
        self._unseen = False

    def compose(self) -> ComposeResult:
        yield self.painter.title
        yield self.painter.panel
        with Row(id="bar-row"):
            yield self.painter.prompt
            yield self.field
        yield self.painter.chips
        yield self.painter.notes

    def on_mount(self) -> None:
        self._ticker = self.set_interval(manner.tick_s(), self.tick, pause=True)

    # --- what it works with -------------------------------------------------------------------------------

    @property
    def crm_app(self) -> CrmApp:
        """The app, with its type."""
        return cast("CrmApp", self.app)

    @property
    def bridge(self) -> Bridge:
        """The door to the services."""
        return self.door.bridge

    @property
    def clock(self) -> Clock:
        """The clock of calls and of writing."""
        return self.crm_app.clock

    @property
    def state(self) -> BarState:
        return self.door.state

    @property
    def session(self) -> Session | None:
        """The call that is shown."""
        return self.state.session

    @property
    def scope(self) -> str:
        """Which keys act now, for the footer."""
        return "barwho" if self.session is None or self.session.phase == "who" else "barline"

    def live_keys(self) -> Sequence[FooterKey]:
        """What the footer shows of the bar."""
        hidden = set() if self._can_hang_up() else {"barline.hang_up", "barwho.hang_up"}
        if self.session is None or self.scope != "barwho":
            if self.session is None or self.session.line:
                hidden.add("barline.who")
            shown = keymap.footer_keys(self.scope, hidden)
        else:
            shown = who_keys(self.session, hidden)
        return shown if self.session is None else leaving_keys(self.session, shown)

    def _can_hang_up(self) -> bool:
        session = self.session
        return session is not None and session.live is not None and session.live.running

    # --- opening, waiting ---------------------------------------------------------------------------------

    def show(self, session: Session, loading: Coroutine[Any, Any, None] | None = None) -> None:
        """Shows a session. Keys wait until ``loading`` (who is current, what was typed before) is done."""
        self.state.session = session
        self.hush()
        self.field.put(session.line if session.phase == "line" else session.finder.text)
        self.paint()
        if loading is not None:
            self._loading = asyncio.create_task(self._guarded(loading))

    async def _guarded(self, job: Coroutine[Any, Any, None]) -> None:
        try:
            await job
        except CrmError as error:
            self.notice(i18n.sentence(error), "bad")
            self.paint()

    async def settled(self) -> None:
        """Waits until what the bar opened with has been read."""
        loading = self._loading
        if loading is not None:
            await asyncio.shield(loading)
            if self._loading is loading:
                self._loading = None

    async def enter_line(self, session: Session) -> None:
        """Somebody was taken: the line comes next, with what was typed for them before."""
        known = session.who is not None and session.who.contact_id is not None
        if not session.line and session.live is None and known:
            await self.keeper.take(session)
        self.hush()
        if self.session is session:
            self.field.put(session.line)
            self._tell_of_draft(session)
            self.paint()
        self.keeper.touch(session)

    def _tell_of_draft(self, session: Session) -> None:
        """What is in the line already was not typed just now: typed on without a look, it would be lengthened."""
        if session.taken_up is None or not session.line:
            return
        now = self.door.app.now()
        since = moments.stamp_short(session.taken_up, now, now.tzinfo or UTC)
        self.notice(t("This is your draft from {time}, not saved yet.", time=since), "warn")
        session.taken_up = None

    async def dial(self, contact: Contact, keys: int) -> None:
        """The finder's choice is to be called; ``keys`` found it."""
        self.door.close()
        await self.door.dialling.dial(contact, keys=keys)

    def leave(self, session: Session) -> None:
        """The draft stays, the screen comes back."""
        session.put_away(self.clock.monotonic())
        self.keeper.touch(session)
        self.state.put_back(session)
        self.door.close()
        self.door.left(session)

    # --- keys ---------------------------------------------------------------------------------------------

    async def key(self, event: events.Key) -> bool:
        """A key, before it goes into the text. True when the bar has used it."""
        session = self.session
        if session is None:
            return False
        layout = self.crm_app.settings.keyboard
        session.pressed(keycount.weight(event.key, event.character, layout), self.clock.monotonic())
        try:
            return await self.keys.press(session, event)
        except CrmError as error:
            self.notice(i18n.sentence(error), "bad")
            self.paint()
            return True

    def edited(self, value: str) -> None:
        """The text is ``value`` now, whatever changed it."""
        session = self.session
        if session is None:
            return
        if session.phase == "who":
            self._unseen = False
            if value == session.finder.text:
                return
            if self.people.typed(session, value):
                self._loading = asyncio.create_task(self._guarded(self.people.nobody(session, value)))
                return
        elif not session.write(value):
            return
        else:
            session.browsing = None
            self.hush()
            # of letters that came faster than they are shown (a paste without marks) the last one's is seen
            self._unseen = self.crm_app.order.letter_follows
        self.keeper.touch(session)
        if self._unseen:
            self.field.set_ghost("")
        else:
            self.paint()

    def catch_up(self) -> None:
        """Shows the letters that waited for another one, which was none."""
        if self._unseen:
            self.paint()

    def pasted(self, value: str) -> None:
        """A paste is two keys, and never Enter."""
        if self.session is not None:
            self.session.pressed(keycount.PASTE, self.clock.monotonic())
        self.edited(value)

    # --- saving -------------------------------------------------------------------------------------------

    def saving(self, running: bool) -> None:
        """While a save runs the line takes nothing; keys wait their turn."""
        self.set_class(running, "-saving")

    async def saved(self, session: Session, saved: Saved) -> None:
        """The commit returned: the screen comes back and learns of it before the next key acts."""
        self.keeper.forget(session.uid)
        await self.door.saved(session, saved)

    # --- painting -----------------------------------------------------------------------------------------

    def notice(self, sentence: Phrase, role: Role = "") -> None:
        """What is to be said about the line; gone when it changes."""
        self.painter.notice(sentence, role)

    def hush(self) -> None:
        """Nothing is to be said any more."""
        self.painter.notice(Phrase())

    def reading(self) -> Reading | None:
        """What the line means at this moment."""
        session = self.session
        return session.read(self.clock.now(), self.clock.monotonic()) if session is not None else None

    def paint(self) -> None:
        """Brings all lines of the bar up to date."""
        self._unseen = False
        session = self.session
        self._mind_the_clock(session)
        self.door.claiming.settle()
        if session is not None:
            self.painter.paint(session)
            self.crm_app.keys_changed()

    def _mind_the_clock(self, session: Session | None) -> None:
        """Only a call that runs, in an open bar, wakes the program each second."""
        if self._ticker is None:
            return
        if session is not None and session.live is not None and session.live.running:
            self._ticker.resume()
        else:
            self._ticker.pause()

    def tick(self) -> None:
        """A second has passed in a running call."""
        session = self.session
        if session is not None and session.live is not None and session.live.running:
            self.painter.tick(session)

    def on_resize(self) -> None:
        self.paint()

    async def on_panel_clicked(self, event: Panel.Clicked) -> None:
        """A click on a line chooses it."""
        event.stop()
        session = self.session
        if session is not None and session.phase == "who" and event.index < len(session.finder.rows):
            session.finder.chosen = event.index
            await self.people.take(session, tab=False)
