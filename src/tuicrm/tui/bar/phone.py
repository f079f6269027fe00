"""The telephone's side of the log bar: dialling, taking, hanging up, and what the telephone says by itself."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.content import Content

from tuicrm import i18n
from tuicrm.domain.errors import CrmError
from tuicrm.domain.models import Contact, ContactRow, Due, NewContact, PhoneCall, PhoneNumber
from tuicrm.i18n import Phrase, t
from tuicrm.tui import keymap, manner, text
from tuicrm.tui.bar import keycount, waiting
from tuicrm.tui.bar.live import OWN, Live
from tuicrm.tui.bar.session import Session
from tuicrm.tui.bar.state import BarState, live_session
from tuicrm.tui.bar.view import person
from tuicrm.tui.widgets import moments

if TYPE_CHECKING:
    from tuicrm.services.context import Crm
    from tuicrm.tui.app import CrmApp
    from tuicrm.tui.bar.door import BarDoor


class Telephone:
    """Keeps the state in step with the telephone. ``door`` opens what there is to open."""

    def __init__(self, door: BarDoor) -> None:
        self._door = door
        self._hearing = asyncio.Lock()
        """One look at the telephone after the other: of two at once the older one could come last."""

    async def key(self, contact: Contact | ContactRow | None) -> None:
        """``d``: takes the ringing call; hangs up the running one; dials; or asks whom to dial."""
        from tuicrm.tui.bridge import telephone

        live = self._door.state.live
        keys = key_weight(self._door.app)
        if self._door.state.ringing and live is None:
            await self._door.bridge.write(telephone.take, self._door.state.ringing[0])
            await self.heard()
            live = self._door.state.live
            if live is not None:
                live.keys += keys
        elif live is not None:
            live.keys += keys
            running = live.live is not None and live.live.running
            await (self.hang_up() if running else self._door.open_live())
        elif contact is not None:
            await self.dial(contact, keys=keys)
        else:
            await self._door.open_finder(dial=True)

    async def dial(
        self,
        contact: Contact | ContactRow,
        *,
        keys: int,
        number: PhoneNumber | None = None,
        really: bool = False,
    ) -> None:
        """Begins a call. Its clock runs from now on, its bar opens; the dialler of the settings dials, else a hand.

        ``number``: which one, else the main one. ``really``: also somebody who does not want to be called, or a number
        that cannot be right; without it the person is asked. ``keys``: what it took so far.
        """
        if self._door.state.live is not None:
            await self._door.open_live()
            return
        chosen = await self._door.bridge.read(_dialled, contact, number)
        if chosen is None:
            self._door.app.say(t("{name} has no number.", name=contact.name), "warn")
            return
        if not await self._door.claiming.may(contact.id, "record.dial"):
            return
        question = None if really else await self._doubt(contact, chosen)
        if question is not None:
            await self._ask_really(
                question, partial(self.dial, contact, keys=keys + 1, number=number, really=True)
            )
            return
        raw = chosen.e164 or chosen.raw
        session = await self._dial(raw, _row(contact, raw), keys)
        await self._hand_over(session, chosen, contact)

    async def dial_new(self, new: NewContact, *, keys: int, really: bool = False) -> None:
        """A number that nobody has is dialled; its owner is asked for, or made, in the call's bar."""
        number = new.phones[0]
        question = None if really else await self._doubt(None, number)
        if question is not None:
            again = partial(self.dial_new, new, keys=keys + 1, really=True)
            await self._ask_really(question, again)
            return
        session = await self._dial(number.e164 or number.raw, None, keys)
        session.finder.type(new.name)
        await self._door.open_live()
        await self._hand_over(session, number, None)

    async def _doubt(self, contact: Contact | ContactRow | None, number: PhoneNumber) -> Phrase | None:
        """What is asked before somebody is dialled; None where there is nothing to ask."""
        from tuicrm.tui.bridge import dialling

        found = await self._door.bridge.read(dialling.doubts, contact.id if contact else None, number)
        name = contact.name if contact is not None else ""
        if found.unwanted:
            return t("{name} asked not to be called. Dial all the same?", name=name)
        if found.shared_with is not None:
            other = found.shared_with or t("somebody without a name")
            return t(
                "{other} has the same number and asked not to be called. Dial all the same?", other=other
            )
        if found.quiet_until is not None:
            return t(
                "Nobody is called there before {when}. Dial all the same?",
                when=_moment(found.quiet_until, self._door.app.now()),
            )
        return None if number.valid else _odd(number)

    async def _dial(self, number: str, contact: ContactRow | None, keys: int) -> Session:
        from tuicrm.tui.bridge import telephone

        now = self._door.app.clock.now()
        uid = uuid.uuid4().hex
        crm = await self._door.bridge.crm()
        call = PhoneCall(OWN, uid, "talking", number, crm.me, "", None, now, None)
        region = await self._door.bridge.read(region_of)
        session = live_session(Live.taken(call, self._door.app.clock), call, region)
        session.keys = keys
        if contact is not None:
            session.finder.caller, session.contact = None, contact
        self._door.state.live = session
        self._door.app.work(self._door.bridge.write(telephone.dial, number, uid), group="dial")
        self._door.repaint_live()
        await self._door.open_live()
        return session

    async def _ask_really(self, question: Phrase, dial: Callable[[], Coroutine[Any, Any, None]]) -> None:
        from tuicrm.tui.dialogs.confirm import Confirm

        def answered(yes: bool | None) -> None:
            if yes:
                self._door.app.work(dial(), group="bar")

        await self._door.app.push_screen(Confirm(question), answered)

    async def _hand_over(
        self, session: Session, number: PhoneNumber, contact: Contact | ContactRow | None
    ) -> None:
        """Has the dialler of the settings dial. A call that it could not begin is none: nothing false is logged."""
        template = self._door.app.settings.dialler
        if template:
            dialled = self._handed_over(template, session, number, contact)
            self._door.app.work(dialled, group="dialler")

    async def _handed_over(
        self, template: str, session: Session, number: PhoneNumber, contact: Contact | ContactRow | None
    ) -> None:
        from tuicrm.tui.bridge import programs

        who = (
            {"name": contact.name, "contact": contact.id}
            if contact is not None
            else {"name": "", "contact": None}
        )
        try:
            bridge = self._door.bridge
            await bridge.aside(
                programs.dial,
                template,
                number=number.raw,
                e164=number.e164,
                left=lambda: bridge.closing,
                **who,
            )
        except CrmError as failed:
            said = i18n.sentence(failed)
            if self._door.state.live is session and not session.line.strip():
                await self.throw_away(session)
                self._door.app.say(t("Not dialled: {why}", why=said), "bad")
            else:
                self._door.app.say(t("Not dialled: {why} Dial by hand, or hang up.", why=said), "bad")

    async def hang_up(self) -> None:
        """The talk ends, wrap-up begins; both are timed."""
        from tuicrm.tui.bridge import telephone

        session = self._door.state.live
        if session is None or session.live is None or not session.live.running:
            return
        session.live.hang_up(self._door.app.clock.monotonic())
        self._door.repaint_live()
        self._tell_of_wrap_up(session)
        await self._door.bridge.write(telephone.hang_up, session.live.call)

    async def heard(self, *, at_start: bool = False) -> None:
        """The live file stirred: what does the telephone say now?

        ``at_start``: a call that the program was left with opens no bar by itself, for a hand may be typing.
        """
        from tuicrm.tui.bridge import telephone

        async with self._hearing:
            calls = tuple(await self._door.bridge.read(telephone.current))
            if calls == self._door.state.calls:
                return
            region = await self._door.bridge.read(region_of)
            talking = self._talking
            rang = {call.call_id for call in self._door.state.ringing}
            left = waiting.left_over(calls, self._door.app.clock.now()) if at_start else ()
            fresh = self._door.state.telephone(calls, self._door.app.clock, region, left)
            await self._door.drafts.count()
        if any(call.call_id not in rang for call in self._door.state.ringing):
            self._door.app.ring("call")
        self._logged_elsewhere()
        self._door.repaint_live()
        if talking is not None and talking is self._door.state.live and self._talking is None:
            self._tell_of_wrap_up(talking)
        if fresh is not None and at_start:
            self._door.app.say(
                t(
                    "The call with {name} is not logged yet: {key} opens it.",
                    key=keymap.named("record.log"),
                    name=person_of(fresh),
                ),
                "warn",
            )
        elif fresh is not None:
            await self._door.came(fresh)
        elif at_start and self._door.state.waiting:
            self._door.app.say(waiting.told(self._door.state.waiting, region), "warn")

    @property
    def _talking(self) -> Session | None:
        """The live call while its talk runs."""
        live = self._door.state.live
        return live if live is not None and live.live is not None and live.live.running else None

    def _tell_of_wrap_up(self, session: Session) -> None:
        """The talk is over, and its bar is not in sight: how it is found."""
        state = self._door.state
        if state.shows_live:
            return
        name = person_of(session)
        if state.open:
            said = t(
                "The talk with {name} is over; {key} opens its wrap-up.",
                key=keymap.named("barline.keep"),
                name=name,
            )
        else:
            said = t(
                "The talk with {name} is over; {key} opens the wrap-up.",
                key=keymap.named("record.log"),
                name=name,
            )
        self._door.app.say(said)

    def _logged_elsewhere(self) -> None:
        """Another session saved the live call: its empty bar closes here."""
        state = self._door.state
        gone, state.elsewhere = state.elsewhere, None
        if gone is None:
            return
        if state.session is gone:
            self._door.close()
        said = t("The call with {name} was logged in another session.", name=person_of(gone))
        self._door.app.say(said, "warn")

    async def throw_away(self, session: Session) -> None:
        """The live call stays unlogged."""

        door = self._door
        door.close()
        door.state.live = None
        door.forget(session)
        if session.live is not None:
            # news of it that is on its way already must not bring it back
            door.state.logged |= {session.live.name} | session.live.twins
            await self.settled(session.live)
        door.repaint_live()

    async def settled(self, live: Live) -> None:
        """A call was logged or waved away: what a telephone told of it under other names does not wait either."""
        from tuicrm.tui.bridge import telephone

        for source, call_id in sorted({live.name} | live.twins):
            await self._door.bridge.write(telephone.dismiss, source, call_id)

    async def records_changed(self, changed: frozenset[tuple[str, int]]) -> None:
        """The save of a running call was taken back: the call runs on."""
        running = self._door.state.running
        if running is None or ("call", running[0]) not in changed:
            return
        from tuicrm.tui.bridge import calls, telephone

        call = await self._door.bridge.read(calls.get, running[0])
        if call.deleted_at is None:
            return
        session = self._door.state.undone(running[0])
        if session is not None and session.live is not None:
            self._door.repaint_live()
            self._door.app.say(t("The call runs on; {key} opens its bar.", key=keymap.named("record.log")))
            # the telephone is heard again, also of what it said while the call counted as logged
            for source, call_id in sorted({session.live.name} | session.live.twins):
                await self._door.bridge.write(telephone.reopen, source, call_id)
            await self.heard()


def key_weight(app: CrmApp) -> int:
    """The physical keys of the key that is being dealt with: it opens a call's bar and is one of the call's."""
    key = app.typed.key
    return keycount.weight(key.key, key.character, app.settings.keyboard) if key is not None else 0


def region_of(crm: Crm) -> str:
    """The country of numbers without one; read on a reader thread."""
    return crm.region()


def _dialled(crm: Crm, contact: Contact | ContactRow, number: PhoneNumber | None) -> PhoneNumber | None:
    """The number to dial: the one asked for, else the contact's main one; None without any. On a reader thread."""
    if number is not None:
        return number
    if isinstance(contact, Contact):
        return contact.phones[0] if contact.phones else None
    if not contact.phone:
        return None
    # numbers cost their import only when somebody calls
    from tuicrm.domain.phone import parse_phone

    return parse_phone(contact.phone, crm.region())


def _moment(at: datetime, now: datetime) -> Phrase:
    """``17:30``, ``tomorrow 08:00``."""
    if at.date() == now.date():
        return moments.clock(at, at.tzinfo or UTC)
    return moments.due_words(Due(at.date(), at.time()), now.date())


def _odd(number: PhoneNumber) -> Phrase:
    return t("{number} is not a valid number. Dial it all the same?", number=i18n.figures(number.raw))


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


def header_words(state: BarState, region: str) -> Content | None:
    """Who is on the telephone, for the header; None for nobody."""
    session = state.live
    if session is not None and session.live is not None:
        if manner.plain():
            mark = t("running:") if session.live.running else t("wrap-up:")
        else:
            mark = t("●") if session.live.running else t("○")
        return text.join((text.phrase(mark, style="good"), text.show(person_of(session), width=24)), " ")
    if not state.ringing:
        return None
    return text.phrase(
        t("rings: {who}", who=waiting.caller(state.ringing[0], region)), width=34, style="warn"
    )


def person_of(session: Session) -> str:
    """Whom a session is with, as far as it is known."""
    known = session.contact
    if not session.name and known is not None and known.name:
        return known.name
    several = session.finder.several
    if session.who is None and several:
        return t(", ").join(row.name for row in several)
    return person(session) or t("somebody")
