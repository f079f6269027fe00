"""The telephone's side of the log bar: taking, hanging up, and what the telephone says by itself."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual.content import Content

from tuicrm.domain.models import Contact, ContactRow
from tuicrm.i18n import t
from tuicrm.tui import keymap, manner, text
from tuicrm.tui.bar import keycount, waiting
from tuicrm.tui.bar.live import Live
from tuicrm.tui.bar.session import Session
from tuicrm.tui.bar.state import BarState
from tuicrm.tui.bar.view import person

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
            await self._door.dialling.dial(contact, keys=keys)
        else:
            await self._door.open_finder(dial=True)

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
