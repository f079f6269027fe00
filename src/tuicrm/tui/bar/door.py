"""The way into the log bar, for the app and its places: open it for somebody, dial, hear the telephone.

It is there from the start and cheap; the bar itself is imported and mounted when it is first needed. One live
call is open at a time and has the bar for itself: ``l`` on any other row brings that call's bar, because a
note that is typed while somebody speaks belongs to them.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from textual.content import Content
from textual.widget import Widget

from tuicrm import i18n
from tuicrm.domain.models import BarDraft, Contact, ContactRow, PhoneCall, Saved
from tuicrm.domain.tokens import Origin
from tuicrm.i18n import t
from tuicrm.tui import text
from tuicrm.tui.bar.live import OWN
from tuicrm.tui.bar.said import saved_words
from tuicrm.tui.bar.session import Session
from tuicrm.tui.bar.state import BarState, live_session
from tuicrm.tui.bar.view import person
from tuicrm.tui.bar.who import Finder
from tuicrm.tui.bridge import Bridge
from tuicrm.tui.widgets.cells import Scene, phone_words

if TYPE_CHECKING:
    from tuicrm.services.context import Crm
    from tuicrm.tui.app import CrmApp
    from tuicrm.tui.bar.bar import LogBar


class BarDoor:
    """Opens, closes and remembers. All calls come from the app's event loop."""

    def __init__(self, app: CrmApp) -> None:
        self.app = app
        self.state = BarState()
        self._bar: LogBar | None = None
        self._before: Widget | None = None
        self._waiting = False

    @property
    def bridge(self) -> Bridge:
        return self.app.bridge

    @property
    def shown(self) -> bool:
        """Whether the bar is open."""
        return self.state.open

    async def start(self) -> None:
        """The database is open: from now on the telephone and others' changes are heard."""
        self.app.stirred.subscribe(self.app, lambda _: self.app.work(self.heard(), group="phone"))
        self.app.changed.subscribe(
            self.app, lambda changed: self.app.work(self.records_changed(changed), group="phone")
        )
        await self.heard()
        await self.count_drafts()

    async def end(self) -> None:
        """The program is left: what was typed last is written down."""
        if self._bar is not None:
            await self._bar.keeper.flush()

    # --- opening ------------------------------------------------------------------------------------------

    async def open_for(self, contact: Contact | ContactRow, *, follow_up_id: int | None = None) -> None:
        """``l`` or ``c`` on a row: the bar for this contact, its draft in it. A live call comes first."""
        if await self._live_first():
            return
        session = await self._session("follow_up" if follow_up_id is not None else "remembered")
        session.follow_up_id = follow_up_id
        session.phase, session.name = "line", contact.name
        bar = await self._mounted()
        self._show(bar, session)
        bar.show(session, bar.people.contact(session, contact.id))

    async def open_finder(self, *, dial: bool = False) -> None:
        """The bar that asks Who first. ``dial``: whoever is taken is called."""
        if await self._live_first():
            return
        session = await self._session("remembered")
        session.dial = dial
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

        found, names = await self.bridge.read(listed)
        if not found:
            self.app.say(t("No drafts: all that was typed is saved."))
            return
        crm = await self.bridge.crm()
        scene = Scene(self.app.now(), crm.zone, crm.process(), crm.region())

        def chosen(draft: BarDraft | None) -> None:
            if draft is not None:
                self.app.work(self.open_draft(draft), group="bar")

        await self.app.push_screen(Drafts(found, names, scene), chosen)

    async def open_draft(self, draft: BarDraft) -> None:
        """Something typed earlier, where it belongs."""
        from tuicrm.tui.bridge import contacts

        if draft.key.startswith("form:"):
            from tuicrm.tui.dialogs.contact_form import ContactForm

            number = draft.key.rpartition("/")[2]
            whole = await self.bridge.read(contacts.get, int(number)) if number.isdecimal() else None
            await self.app.push_screen(ContactForm(whole))
        elif draft.key.startswith("phone:"):
            await self.open_live()
        elif draft.contact_id is not None:
            await self.open_for(await self.bridge.read(contacts.get, draft.contact_id))
        else:
            await self.open_finder()

    async def _live_first(self) -> bool:
        """Opens the live call's bar when there is one."""
        if self.state.live is None:
            return False
        await self.open_live()
        return True

    async def _restored(self, bar: LogBar, session: Session) -> None:
        """What was typed for this call before, and who was taken; else the contact that the number names."""
        draft = await bar.keeper.take(session)
        if draft is not None and draft.contact_id is not None:
            await bar.people.contact(session, draft.contact_id)
        elif draft is None and session.contact is not None:
            await bar.people.contact(session, session.contact.id)
        elif draft is not None and draft.facts.get("phase") == "line":
            new = session.finder.new if draft.facts.get("new") else None
            if new is not None:
                await bar.people.new(session, new.contact)
            else:
                await bar.people.nobody(session)
        else:
            await bar.people.look_for(session, session.finder.text)
            bar.show(session)

    async def _session(self, origin: Origin) -> Session:
        crm = await self.bridge.crm()
        return Session(Finder(await self.bridge.read(_region)), origin) if crm else Session(Finder(""))

    async def _mounted(self) -> LogBar:
        if self._bar is None:
            # the bar costs its import when somebody first opens it
            from tuicrm.tui.bar.bar import LogBar

            self._bar = LogBar(self)
            await self.app.bar_host.mount(self._bar)
        return self._bar

    def _show(self, bar: LogBar, session: Session) -> None:
        old = self.state.session
        if old is not None and old is not session:
            bar.keeper.flush_soon()
        focused = self.app.shell.focused
        if focused is not None and focused is not bar.field:
            self._before = focused
        self.state.session = session
        self.app.bar_host.add_class("-open")
        self.app.shell.set_focus(bar.field, scroll_visible=False)

    # --- closing ------------------------------------------------------------------------------------------

    def close(self) -> None:
        """The screen below comes back, the focus where it was."""
        self.state.session = None
        self.app.bar_host.remove_class("-open")
        before, self._before = self._before, None
        if before is not None and before.is_attached and before.focusable:
            self.app.shell.set_focus(before, scroll_visible=False)
        elif self.app.place is not None:
            self.app.place.enter()
        self.app.keys_changed()

    def left(self, session: Session) -> None:
        """The bar was left with its draft kept: a call that came meanwhile gets its bar."""
        if self._waiting and self.state.live is not session:
            self.app.work(self.open_live(), group="bar")
        self.app.work(self.count_drafts(), group="drafts")

    async def saved(self, session: Session, saved: Saved) -> None:
        """A call was saved. The place below has read it anew before the next key acts there."""
        crm = await self.bridge.crm()
        self.state.saved(session, saved, self.app.clock.monotonic())
        self.close()
        scene = Scene(self.app.now(), crm.zone, crm.process(), session.finder.region)
        self.app.say(saved_words(saved, scene), undo=not saved.repeated)
        if self.app.place is not None:
            await self.app.place.logged(saved)
        await self.app.listener.look()
        self.show_live()
        await self.count_drafts()
        fresh = self.state.next_live(self.app.clock, session.finder.region)
        if fresh is not None:
            await self._came(fresh)

    async def throw_away(self, session: Session) -> None:
        """The live call stays unlogged."""
        from tuicrm.tui.bridge import telephone

        self.close()
        self.state.live = None
        if self._bar is not None:
            self._bar.keeper.forget(session.uid)
        if session.live is not None:
            await self.bridge.write(telephone.dismiss, session.live.call)
        self.show_live()

    # --- the telephone ------------------------------------------------------------------------------------

    async def call_key(self, contact: Contact | ContactRow | None) -> None:
        """``d``: takes the ringing call; hangs up the running one; dials; or asks whom to dial."""
        from tuicrm.tui.bridge import telephone

        live = self.state.live
        if self.state.ringing and live is None:
            await self.bridge.write(telephone.take, self.state.ringing[0])
            await self.heard()
        elif live is not None and live.live is not None and live.live.running:
            await self.hang_up()
        elif live is not None:
            await self.open_live()
        elif contact is not None:
            await self.dial(contact)
        else:
            await self.open_finder(dial=True)

    async def dial(self, contact: Contact | ContactRow, *, really: bool = False) -> None:
        """Begins a call by hand. Its clock runs from now on, its bar opens.

        ``really``: also somebody who does not want to be called; without it the person is asked.
        """
        from tuicrm.tui.bridge import telephone

        number = _number(contact)
        if not number:
            self.app.say(t("{name} has no number.", name=contact.name), "warn")
            return
        if contact.do_not_call and not really:
            await self._ask_really(contact)
            return
        now = self.app.clock.now()
        uid = uuid.uuid4().hex
        crm = await self.bridge.crm()
        call = PhoneCall(OWN, uid, "talking", number, crm.me, "", None, now, None)
        region = await self.bridge.read(_region)
        session = live_session(call, self.app.clock, region)
        session.finder.caller, session.contact = None, _row(contact, number)
        self.state.live = session
        self.app.work(self.bridge.write(telephone.dial, number, uid), group="dial")
        self.show_live()
        await self.open_live()
        self.app.say(t("Dialling {number}.", number=phone_words(number, region)))

    async def _ask_really(self, contact: Contact | ContactRow) -> None:
        from tuicrm.tui.dialogs.confirm import Confirm

        def answered(yes: bool | None) -> None:
            if yes:
                self.app.work(self.dial(contact, really=True), group="bar")

        question = t("{name} asked not to be called. Dial all the same?", name=contact.name)
        await self.app.push_screen(Confirm(question), answered)

    async def hang_up(self) -> None:
        """The talk ends, wrap-up begins; both are timed."""
        from tuicrm.tui.bridge import telephone

        session = self.state.live
        if session is None or session.live is None or not session.live.running:
            return
        session.live.hang_up(self.app.clock.monotonic())
        self.show_live()
        if self._bar is not None and self.state.shows_live:
            self._bar.paint()
        await self.bridge.write(telephone.hang_up, session.live.call)

    async def heard(self) -> None:
        """The live file stirred: what does the telephone say now?"""
        from tuicrm.tui.bridge import telephone

        calls = tuple(await self.bridge.read(telephone.current))
        if calls == self.state.calls:
            return
        region = await self.bridge.read(_region)
        fresh = self.state.telephone(calls, self.app.clock, region)
        self.show_live()
        if fresh is not None:
            await self._came(fresh)
        elif self._bar is not None and self.state.shows_live:
            self._bar.paint()

    async def _came(self, fresh: Session) -> None:
        """A call was taken: its bar opens by itself, unless somebody is typing elsewhere."""
        named = person_of(fresh)
        open_one = self.state.session
        if open_one is not None and not open_one.blank and self._bar is not None:
            self._waiting = True
            self._bar.notice(
                t("{name} is on the line. Esc keeps this and opens that call.", name=named), "warn"
            )
            self._bar.paint()
        elif open_one is None and self._typing():
            self.app.say(
                t("{name} is on the line. l, out of the text field, opens the call.", name=named), "warn"
            )
        else:
            await self.open_live()

    def _typing(self) -> bool:
        from textual.widgets import Input, TextArea

        return self.app.screen is not self.app.shell or isinstance(self.app.focused, (Input, TextArea))

    async def records_changed(self, changed: frozenset[tuple[str, int]]) -> None:
        """The save of a running call was taken back: the call runs on."""
        running = self.state.running
        if running is None or ("call", running[0]) not in changed:
            return
        from tuicrm.tui.bridge import calls

        call = await self.bridge.read(calls.get, running[0])
        if call.deleted_at is not None and self.state.undone(running[0]) is not None:
            self.show_live()
            self.app.say(t("The call runs on; l opens its bar."))

    # --- the header ---------------------------------------------------------------------------------------

    def show_live(self) -> None:
        """Who is on the telephone, in the header."""
        self.app.set_live(self._header())

    def _header(self) -> Content | None:
        session = self.state.live
        if session is not None and session.live is not None:
            mark = t("●") if session.live.running else t("○")
            return text.join((text.phrase(mark, style="good"), text.show(person_of(session), width=24)), " ")
        if not self.state.ringing:
            return None
        call = self.state.ringing[0]
        return text.phrase(t("rings: {who}", who=caller_words(call, self._region)), width=34, style="warn")

    @property
    def _region(self) -> str:
        crm = self.bridge.opened
        return crm.region() if crm is not None else ""

    async def count_drafts(self) -> None:
        """How many drafts wait elsewhere, for the header's mark."""
        from tuicrm.tui.bridge import drafts

        found: list[BarDraft] = await self.bridge.read(drafts.everything)
        shown = {one.uid for one in (self.state.session, self.state.live) if one is not None}
        self.app.shell.header.set_drafts(sum(1 for draft in found if draft.uid not in shown))


def _region(crm: Crm) -> str:
    return crm.region()


def _number(contact: Contact | ContactRow) -> str:
    if isinstance(contact, ContactRow):
        return contact.phone
    return (contact.phones[0].e164 or contact.phones[0].raw) if contact.phones else ""


def _row(contact: Contact | ContactRow, number: str) -> ContactRow:
    if isinstance(contact, ContactRow):
        return contact
    return ContactRow(
        contact.id,
        contact.name,
        contact.company,
        number,
        contact.last_call_at,
        contact.open_tickets,
        contact.next_follow_up,
        contact.do_not_call,
    )


def caller_words(call: PhoneCall, region: str) -> str:
    """Who calls: the names of all who have the number, else the number, else that it is withheld."""
    names = [match.name or phone_words(match.phone, region) for match in call.matches]
    return (
        i18n.t("{names}", names=names) if names else phone_words(call.number, region) or t("withheld number")
    )


def person_of(session: Session) -> str:
    """Whom a session is with, as far as it is known."""
    known: Any = session.contact
    if not session.name and known is not None and known.name:
        return str(known.name)
    several = session.finder.several
    if session.who is None and several:
        return ", ".join(row.name for row in several)
    return person(session) or t("somebody")
