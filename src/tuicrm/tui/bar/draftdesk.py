"""What was typed and not saved, and talks that nobody has written down: listed, counted, taken up where they belong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuicrm.domain.models import BarDraft, PhoneCall
from tuicrm.i18n import t
from tuicrm.tui.bar import waiting
from tuicrm.tui.bar.live import Live
from tuicrm.tui.bar.session import Session
from tuicrm.tui.bridge import Bridge
from tuicrm.tui.widgets.cells import Scene

if TYPE_CHECKING:
    from tuicrm.tui.bar.bar import LogBar
    from tuicrm.tui.bar.door import BarDoor


class DraftDesk:
    """The drafts of this agent, for the door of the bar."""

    def __init__(self, door: BarDoor) -> None:
        self._door = door

    @property
    def _bridge(self) -> Bridge:
        return self._door.bridge

    async def show(self) -> None:
        """``.``: what was typed and not saved, to go on with or to throw away."""
        from tuicrm.tui.dialogs.drafts import Drafts, listed

        typed, known = await self._bridge.read(listed)
        crm = await self._bridge.crm()
        scene = Scene(self._door.app.now(), crm.zone, crm.process(), crm.region())
        found, names = waiting.among(self._door.state, typed, known, crm.me, scene.region)
        if not found:
            self._door.app.say(t("No drafts: all that was typed is saved."))
            return

        def chosen(draft: BarDraft | None) -> None:
            if draft is not None:
                self._door.app.work(self.open(draft), group="bar")

        calls = self.waiting_calls()
        await self._door.app.push_screen(Drafts(found, names, scene, calls), chosen)

    async def open(self, draft: BarDraft) -> None:
        """Something typed earlier, where it belongs."""
        from tuicrm.tui.bridge import calls, contacts

        if draft.key.startswith("form:call/"):
            from tuicrm.tui.dialogs.call_form import CallForm

            call = await self._bridge.read(calls.get, int(draft.key.rpartition("/")[2]))
            await self._door.app.push_screen(CallForm(call, draft.who_text))
        elif draft.key.startswith("form:followup/"):
            from tuicrm.tui.dialogs.promise_form import go_on

            place = self._door.app.place
            assert place is not None, "drafts are listed over a place"
            await go_on(place, draft.key)
        elif draft.key.startswith("form:"):
            from tuicrm.tui.dialogs.contact_form import ContactForm

            number = draft.key.rpartition("/")[2]
            whole = await self._bridge.read(contacts.get, int(number)) if number.isdecimal() else None
            await self._door.app.push_screen(ContactForm(whole))
        elif self._door.state.live is not None:
            await self._door.open_live()
        elif (waits := self.waiting_calls().get(draft.key)) is not None:
            self._door.state.take_up(waits, self._door.app.clock, self._door.region)
            await self._door.open_live()
            self._door.repaint_live()
            await self.count()
        else:
            session = await self._door.session("remembered")
            bar = await self._door.mounted()
            bar.keeper.give(session, draft)
            self._door.show(bar, session)
            bar.show(session, self._placed(bar, session, draft))

    def waiting_calls(self) -> dict[str, PhoneCall]:
        """The calls that wait to be written down, by where the draft of each is kept."""
        return {waiting.key_of(call): call for call in self._door.state.waiting}

    async def let_go(self, call: PhoneCall) -> None:
        """A call that waited stays unlogged; its draft is dropped too."""
        from tuicrm.tui.bridge import drafts

        live = Live.left(call, self._door.app.clock)
        self._door.state.logged.add(live.name)
        typed = await self._bridge.read(drafts.take, waiting.key_of(call))
        if typed is not None:
            await self._bridge.write(drafts.drop, typed.uid)
        await self._door.phone.settled(live)
        await self.count()

    async def restored(self, bar: LogBar, session: Session) -> None:
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

    async def count(self) -> None:
        """How many drafts wait elsewhere, for the header's mark."""
        from tuicrm.tui.bridge import drafts

        found: list[BarDraft] = await self._bridge.read(drafts.everything)
        self._door.app.shell.header.set_drafts(waiting.count(self._door.state, found))
