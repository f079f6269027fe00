"""The way into the log bar, for the app and its places: open it for somebody, dial, hear the telephone.

It is there from the start and cheap; the bar itself is imported and mounted when it is first needed. One live
call is open at a time and has the bar for itself: ``l`` on any other row brings that call's bar, because a
note that is typed while somebody speaks belongs to them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widget import Widget

from tuicrm.domain.models import BarDraft, Contact, ContactRow, PhoneCall, Saved
from tuicrm.domain.tokens import Origin
from tuicrm.i18n import Phrase, t
from tuicrm.tui import keymap
from tuicrm.tui.bar import waiting
from tuicrm.tui.bar.live import Live
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
        self.claiming = Claiming(self)

    @property
    def bridge(self) -> Bridge:
        return self.app.bridge

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
        await self.count_drafts()

    async def end(self) -> None:
        """The program is left: what was typed last is written down."""
        if self._bar is not None:
            await self._bar.keeper.flush()

    # --- opening ------------------------------------------------------------------------------------------

    async def open_for(self, contact: Contact | ContactRow, *, follow_up_id: int | None = None) -> None:
        """``l`` or ``c`` on a row: the bar for this contact, its draft in it. A live call comes first."""
        if await self._live_first() or not await self.claiming.may(contact.id):
            return
        session = await self._session("follow_up" if follow_up_id is not None else "remembered")
        session.keys, session.follow_up_id = key_weight(self.app), follow_up_id
        session.phase, session.name = "line", contact.name
        bar = await self._mounted()
        self._show(bar, session)
        bar.show(session, bar.people.contact(session, contact.id))

    async def open_finder(self, text: str = "", *, dial: bool = False) -> None:
        """The bar that asks Who first, ``text`` typed already. ``dial``: whoever is taken is called."""
        if await self._live_first():
            return
        session = await self._session("remembered")
        session.keys, session.dial = key_weight(self.app), dial
        session.finder.type(text)
        bar = await self._mounted()
        self._show(bar, session)
        bar.show(session, None if dial else self._restored(bar, session))

    async def open_live(self) -> None:
        """The bar of the live call, as it was left."""
        session = self.state.live
        if session is None:
            return
        self._waiting = False
        bar = await self._mounted()
        self._show(bar, session)
        loaded = session.who is not None or session.finder.hits_for is not None
        bar.show(session, None if loaded else self._restored(bar, session))

    async def show_drafts(self) -> None:
        """``.``: what was typed and not saved, to go on with or to throw away."""
        from tuicrm.tui.dialogs.drafts import Drafts, listed

        typed, known = await self.bridge.read(listed)
        crm = await self.bridge.crm()
        scene = Scene(self.app.now(), crm.zone, crm.process(), crm.region())
        found, names = waiting.among(self.state, typed, known, crm.me, scene.region)
        if not found:
            self.app.say(t("No drafts: all that was typed is saved."))
            return

        def chosen(draft: BarDraft | None) -> None:
            if draft is not None:
                self.app.work(self.open_draft(draft), group="bar")

        calls = self.waiting_calls()
        await self.app.push_screen(Drafts(found, names, scene, calls), chosen)

    async def open_draft(self, draft: BarDraft) -> None:
        """Something typed earlier, where it belongs."""
        from tuicrm.tui.bridge import calls, contacts

        if draft.key.startswith("form:call/"):
            from tuicrm.tui.dialogs.call_form import CallForm

            call = await self.bridge.read(calls.get, int(draft.key.rpartition("/")[2]))
            await self.app.push_screen(CallForm(call, draft.who_text))
        elif draft.key.startswith("form:"):
            from tuicrm.tui.dialogs.contact_form import ContactForm

            number = draft.key.rpartition("/")[2]
            whole = await self.bridge.read(contacts.get, int(number)) if number.isdecimal() else None
            await self.app.push_screen(ContactForm(whole))
        elif self.state.live is not None:
            await self.open_live()
        elif (waits := self.waiting_calls().get(draft.key)) is not None:
            self.state.take_up(waits, self.app.clock, self.region)
            await self.open_live()
            self.repaint_live()
            await self.count_drafts()
        else:
            session = await self._session("remembered")
            bar = await self._mounted()
            bar.keeper.give(session, draft)
            self._show(bar, session)
            bar.show(session, self._placed(bar, session, draft))

    def waiting_calls(self) -> dict[str, PhoneCall]:
        """The calls that wait to be written down, by where the draft of each is kept."""
        return {waiting.key_of(call): call for call in self.state.waiting}

    async def let_go(self, call: PhoneCall) -> None:
        """A call that waited stays unlogged; its draft is dropped too."""
        from tuicrm.tui.bridge import drafts

        live = Live.left(call, self.app.clock)
        self.state.logged.add(live.name)
        typed = await self.bridge.read(drafts.take, waiting.key_of(call))
        if typed is not None:
            await self.bridge.write(drafts.drop, typed.uid)
        await self.phone.settled(live)
        await self.count_drafts()

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

    async def _restored(self, bar: LogBar, session: Session) -> None:
        """What was typed for this call before, and who was taken; else the contact that the number names."""
        draft = await bar.keeper.take(session)
        if draft is not None:
            await self._placed(bar, session, draft)
        elif session.contact is not None:
            await bar.people.contact(session, session.contact.id)
        else:
            await bar.people.look_for(session, session.finder.text)
            bar.show(session)

    async def _placed(self, bar: LogBar, session: Session, draft: BarDraft) -> None:
        """Takes whom a draft had taken."""
        new = session.finder.new if draft.facts.get("new") else None
        if draft.contact_id is not None:
            await bar.people.contact(session, draft.contact_id)
        elif new is not None:
            await bar.people.new(session, new.contact)
        elif draft.facts.get("phase") == "line":
            await bar.people.nobody(session)
        else:
            await bar.people.look_for(session, session.finder.text)
            bar.show(session)

    async def _session(self, origin: Origin) -> Session:
        crm = await self.bridge.crm()
        return Session(Finder(crm.region()), origin)

    async def _mounted(self) -> LogBar:
        if self._bar is None:
            # the bar costs its import when somebody first opens it
            from tuicrm.tui.bar.bar import LogBar

            self._bar = LogBar(self)
            await self.app.bar_host.mount(self._bar)
        return self._bar

    def _show(self, bar: LogBar, session: Session) -> None:
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
        await self.count_drafts()

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
        await self.count_drafts()
        fresh = self.state.next_live(self.app.clock, session.finder.region)
        if fresh is not None:
            await self.came(fresh)

    # --- the telephone ------------------------------------------------------------------------------------

    async def call_key(self, contact: Contact | ContactRow | None) -> None:
        """``d``: takes the ringing call; hangs up the running one; dials; or asks whom to dial."""
        await self.phone.key(contact)

    async def came(self, fresh: Session) -> None:
        """A call was taken: its bar opens by itself, unless somebody is typing elsewhere."""
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

    async def count_drafts(self) -> None:
        """How many drafts wait elsewhere, for the header's mark."""
        from tuicrm.tui.bridge import drafts

        found: list[BarDraft] = await self.bridge.read(drafts.everything)
        self.app.shell.header.set_drafts(waiting.count(self.state, found))
