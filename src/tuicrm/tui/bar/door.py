"""The way into the log bar, for the app and its places: open it for somebody, dial, hear the telephone.

It is there from the start and cheap; the bar itself is imported and mounted when it is first needed. One live
call is open at a time and has the bar for itself: ``l`` on any other row brings that call's bar, because a
note that is typed while somebody speaks belongs to them.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from textual.widget import Widget

from tuicrm.domain.models import Contact, ContactRow, Saved
from tuicrm.domain.tokens import Origin
from tuicrm.i18n import Phrase, t
from tuicrm.tui import keymap
from tuicrm.tui.bar.draftdesk import DraftDesk
from tuicrm.tui.bar.phone import Telephone, header_words, key_weight, person_of
from tuicrm.tui.bar.said import saved_words
from tuicrm.tui.bar.session import Session
from tuicrm.tui.bar.state import BarState
from tuicrm.tui.bar.who import Finder
from tuicrm.tui.bridge import Bridge
from tuicrm.tui.claiming import Claiming
from tuicrm.tui.text import Role
from tuicrm.tui.widgets.cells import Scene

if TYPE_CHECKING:
    from tuicrm.tui.app import CrmApp
    from tuicrm.tui.bar.bar import LogBar
    from tuicrm.tui.bar.dialling import Dialling
    from tuicrm.tui.screens.base import Place


class BarDoor:
    """Opens, closes and remembers. All calls come from the app's event loop."""

    def __init__(self, app: CrmApp) -> None:
        self.app = app
        self.state = BarState()
        self._bar: LogBar | None = None
        self._before: Widget | None = None
        self._place: Place | None = None
        self._waiting = False
        self.phone = Telephone(self)
        self.drafts = DraftDesk(self)
        self.claiming = Claiming(self)

    @property
    def bridge(self) -> Bridge:
        return self.app.bridge

    @cached_property
    def dialling(self) -> Dialling:
        # many never dial from here: their telephone does, or a hand
        from tuicrm.tui.bar.dialling import Dialling

        return Dialling(self)

    @property
    def shown(self) -> bool:
        """Whether the bar is open."""
        return self.state.open

    async def start(self) -> None:
        """The database is open: from now on the telephone and others' changes are heard."""
        self.app.stirred.subscribe(self.app, lambda _: self.app.work(self.phone.heard(), group="phone"))
        self.app.changed.subscribe(
            self.app, lambda changed: self.app.work(self.phone.records_changed(changed), group="phone")
        )
        await self.phone.heard(at_start=True)
        await self.claiming.start()
        await self.drafts.count()

    async def end(self) -> None:
        """The program is left: what was typed last is written down."""
        if self._bar is not None:
            await self._bar.keeper.flush()

    # --- opening ------------------------------------------------------------------------------------------

    async def open_for(self, contact: Contact | ContactRow, *, follow_up_id: int | None = None) -> None:
        """``l`` or ``c`` on a row: the bar for this contact, its draft in it. A live call comes first."""
        if await self._live_first() or not await self.claiming.may(contact.id):
            return
        session = await self.session("follow_up" if follow_up_id is not None else "remembered")
        session.keys, session.follow_up_id = key_weight(self.app), follow_up_id
        session.phase, session.name = "line", contact.name
        bar = await self.mounted()
        self.show(bar, session)
        bar.show(session, bar.people.contact(session, contact.id))

    async def open_finder(self, text: str = "", *, dial: bool = False) -> None:
        """The bar that asks Who first, ``text`` typed already. ``dial``: whoever is taken is called."""
        if await self._live_first():
            return
        session = await self.session("remembered")
        session.keys, session.dial = key_weight(self.app), dial
        session.finder.type(text)
        bar = await self.mounted()
        self.show(bar, session)
        bar.show(session, None if dial else self.drafts.restored(bar, session))

    async def open_live(self) -> None:
        """The bar of the live call, as it was left."""
        session = self.state.live
        if session is None:
            return
        self._waiting = False
        bar = await self.mounted()
        self.show(bar, session)
        loaded = session.who is not None or session.finder.hits_for is not None
        bar.show(session, None if loaded else self.drafts.restored(bar, session))

    async def _live_first(self) -> bool:
        """Opens the live call's bar when there is one."""
        await self._keep_open_one()
        if self.state.live is None:
            return False
        self.state.live.keys += key_weight(self.app)
        await self.open_live()
        return True

    async def _keep_open_one(self) -> None:
        """What the open bar shows is written down before it shows something else."""
        session = self.state.session
        if session is not None and self._bar is not None:
            session.put_away(self.app.clock.monotonic())
            await self._bar.keeper.flush()

    async def session(self, origin: Origin) -> Session:
        """A new call of that origin, nobody taken yet."""
        crm = await self.bridge.crm()
        return Session(Finder(crm.region()), origin)

    async def mounted(self) -> LogBar:
        """The bar itself."""
        if self._bar is None:
            # the bar costs its import when somebody first opens it
            from tuicrm.tui.bar.bar import LogBar

            self._bar = LogBar(self)
            await self.app.bar_host.mount(self._bar)
        return self._bar

    def show(self, bar: LogBar, session: Session) -> None:
        """Opens the bar for a call, and gives it the keys."""
        focused = self.app.shell.focused
        if focused is not None and focused is not bar.field:
            self._before, self._place = focused, self.app.place
        self.state.session = session
        self.app.bar_host.add_class("-open")
        self.app.shell.set_focus(bar.field, scroll_visible=False)

    def tell(self, sentence: Phrase, role: Role) -> bool:
        """Says something in the open bar, which lies over the message line; False when it is closed."""
        if not self.state.open or self._bar is None:
            return False
        self._bar.notice(sentence, role)
        self._bar.paint()
        return True

    def refocus(self) -> None:
        """Another place came to the front: the open bar keeps the keys."""
        if self.state.open and self._bar is not None:
            self.app.shell.set_focus(self._bar.field, scroll_visible=False)

    # --- closing ------------------------------------------------------------------------------------------

    def close(self) -> None:
        """The screen below comes back, the focus where it was."""
        self.state.session = None
        self.app.bar_host.remove_class("-open")
        if self._bar is not None:
            self._bar.paint()
        self.claiming.settle()
        before, self._before = self._before, None
        here = self._place is self.app.place
        if here and before is not None and before.is_attached and before.focusable:
            self.app.shell.set_focus(before, scroll_visible=False)
        elif self.app.place is not None:
            self.app.place.enter()
        self.app.keys_changed()

    def left(self, session: Session) -> None:
        """The bar was left with its draft kept: a call that came meanwhile gets its bar."""
        if self._waiting and self.state.live is not session:
            self.app.work(self.open_live(), group="bar")
        self.repaint_live()
        self.app.work(self._kept(), group="drafts")

    async def _kept(self) -> None:
        """What was left is written before it is counted."""
        await self.end()
        await self.drafts.count()

    async def saved(self, session: Session, saved: Saved) -> None:
        """A call was saved. The place below has read it anew before the next key acts there."""
        crm = await self.bridge.crm()
        self.state.saved(session, saved, self.app.clock.monotonic())
        self.close()
        scene = Scene(self.app.now(), crm.zone, crm.process(), session.finder.region)
        self.app.say(saved_words(saved, scene, self.app.size.width), undo=not saved.repeated)
        if session.live is not None and session.live.twins:
            await self.phone.settled(session.live)
        if self.app.place is not None:
            await self.app.place.logged(saved)
        await self.app.listener.look()
        self.repaint_live()
        await self.drafts.count()
        fresh = self.state.next_live(self.app.clock, session.finder.region)
        if fresh is not None:
            await self.came(fresh)

    # --- the telephone ------------------------------------------------------------------------------------

    async def call_key(self, contact: Contact | ContactRow | None) -> None:
        """``d``: takes the ringing call; hangs up the running one; dials; or asks whom to dial."""
        await self.phone.key(contact)

    async def came(self, fresh: Session) -> None:
        """A call was taken: its bar opens by itself, unless somebody is typing elsewhere, or leaves."""
        if self.bridge.closing:
            return
        named = person_of(fresh)
        open_one = self.state.session
        if open_one is not None and not open_one.blank and self._bar is not None:
            self._waiting = True
            if open_one.kept:
                said = t("{name} is on the line. Esc keeps this and opens that call.", name=named)
            else:
                said = t(
                    "{name} is on the line. {key} opens that call.",
                    key=keymap.named("barwho.leave"),
                    name=named,
                )
            self._bar.notice(said, "warn")
            self._bar.paint()
        elif open_one is None and self._typing():
            said = t("{name} is on the line. l, out of the text field, opens the call.", name=named)
            self.app.say(said, "warn")
        else:
            await self.open_live()

    def _typing(self) -> bool:
        from textual.widgets import Input, TextArea

        return self.app.screen is not self.app.shell or isinstance(self.app.focused, (Input, TextArea))

    def repaint_live(self) -> None:
        """The live call's state changed: header and bar say so."""
        self.app.set_live(header_words(self.state, self.region))
        self.claiming.settle()
        if self._bar is not None and self.state.shows_live:
            self._bar.paint()

    @property
    def region(self) -> str:
        """The country of numbers without one; ``""`` before the database is open."""
        crm = self.bridge.opened
        return crm.region() if crm is not None else ""

    def forget(self, session: Session) -> None:
        """Its draft is not wanted any more."""
        if self._bar is not None:
            self._bar.keeper.forget(session.uid)
