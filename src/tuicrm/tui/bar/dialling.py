"""Dialling: whom, which number, whether one may, and the dialler of the settings or a hand that dials."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from tuicrm import i18n
from tuicrm.domain.errors import CrmError
from tuicrm.domain.live_models import BY_HAND
from tuicrm.domain.models import Contact, ContactRow, Due, NewContact, PhoneCall, PhoneNumber
from tuicrm.i18n import Phrase, t
from tuicrm.tui.bar.live import Live
from tuicrm.tui.bar.phone import region_of
from tuicrm.tui.bar.session import Session
from tuicrm.tui.bar.state import live_session
from tuicrm.tui.widgets import moments

if TYPE_CHECKING:
    from tuicrm.services.context import Crm
    from tuicrm.tui.bar.door import BarDoor


class Dialling:
    """Begins calls. ``door`` opens the bar of the one that has begun."""

    def __init__(self, door: BarDoor) -> None:
        self._door = door

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
        session = await self._begin(raw, _row(contact, raw), keys)
        await self._hand_over(session, chosen, contact)

    async def dial_new(self, new: NewContact, *, keys: int, really: bool = False) -> None:
        """A number that nobody has is dialled; its owner is asked for, or made, in the call's bar."""
        number = new.phones[0]
        question = None if really else await self._doubt(None, number)
        if question is not None:
            again = partial(self.dial_new, new, keys=keys + 1, really=True)
            await self._ask_really(question, again)
            return
        session = await self._begin(number.e164 or number.raw, None, keys)
        session.finder.type(new.name)
        await self._door.open_live()
        await self._hand_over(session, number, None)

    async def _doubt(self, contact: Contact | ContactRow | None, number: PhoneNumber) -> Phrase | None:
        """What is asked before somebody is dialled; None where there is nothing to ask."""
        from tuicrm.tui.bridge import dialling

        found = await self._door.bridge.read(dialling.doubts, contact.id if contact else None, number)
        name = (contact.name if contact is not None else "") or i18n.figures(number.raw)
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

    async def _begin(self, number: str, contact: ContactRow | None, keys: int) -> Session:
        from tuicrm.tui.bridge import telephone

        now = self._door.app.clock.now()
        uid = uuid.uuid4().hex
        crm = await self._door.bridge.crm()
        call = PhoneCall(BY_HAND, uid, "talking", number, crm.me, "", None, now, None)
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
                await self._door.phone.throw_away(session)
                self._door.app.say(t("Not dialled: {why}", why=said), "bad")
            else:
                self._door.app.say(t("Not dialled: {why} Dial by hand, or hang up.", why=said), "bad")


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
