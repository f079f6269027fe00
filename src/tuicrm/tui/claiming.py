"""Whom this session has, so that nobody else calls them meanwhile; and whom others have.

Whoever stands in the bar, or is on the line, is wanted; the difference to what is held is taken or given back
(``settle``), so that no way out of the bar can leave a claim behind. A timer renews only while somebody is held.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from textual import events
from textual.timer import Timer

from tuicrm import i18n
from tuicrm.domain.errors import Conflict, CrmError
from tuicrm.i18n import Phrase, t
from tuicrm.tui import keymap, text

if TYPE_CHECKING:
    from tuicrm.domain.models import Claim
    from tuicrm.tui.bar.door import BarDoor
    from tuicrm.tui.bar.session import Session

IN_THE_WAY: Final = ("contact_claimed", "number_claimed")
"""Refusals that say who has somebody."""
OPENS_IN_S: Final = 5.0
"""Seconds in which somebody who was taken stands in the bar, or is not wanted after all."""
LEAST_OF_A_NAME: Final = 6
"""Cells of a name that stay where there is not enough room."""
MARGIN: Final = 2
"""Cells of a line of the screen that a sentence has not."""
READ_S: Final = 0.3
"""A key again sooner than this was held down, not pressed by who has read what it would do."""


class Claiming:
    """For one app. ``others``: by the contact's id, what the agent is called who has them; all calls from the event
    loop."""

    def __init__(self, door: BarDoor) -> None:
        self._door = door
        self.others: Mapping[int, str] = {}
        self._held: dict[int, int] = {}
        """Whom this session has: the contact as it was named, and the person it is, which a merge may change."""
        self._since: dict[int, float] = {}
        """When each of them was taken, in seconds of the loop."""
        self._fresh: set[int] = set()
        """Taken for something that is about to open."""
        self._lost: set[int] = set()
        """Still in the bar, but somebody else's now."""
        self._taking: set[int] = set()
        self._refused: tuple[int, events.Key | None] | None = None
        self._renewing: Timer | None = None
        self._expiring: Timer | None = None
        self._known: tuple[tuple[int, int, str, str], ...] = ()
        self._hearing = asyncio.Lock()

    # --- taking and giving back -----------------------------------------------------------------------------

    async def may(self, contact_id: int, key: str = "record.log") -> bool:
        """Takes somebody before their bar opens or they are dialled; False, and said, when somebody else has them.

        The key that is pressed right after that, ``key`` for one, takes them over.
        """
        if contact_id in self._held and contact_id not in self._lost:
            return True
        over = self._again(contact_id)
        try:
            await self._take(contact_id, over=over)
        except Conflict as refused:
            if not self.refused(refused, contact_id, key):
                raise
            return False
        self._fresh.add(contact_id)
        return True

    def refused(self, error: CrmError, contact_id: int, key: str = "record.log") -> bool:
        """Says who has somebody, and which key takes them over; False when it was refused for another reason."""
        if error.code not in IN_THE_WAY:
            return False
        self._refused = (contact_id, self._door.app.typed.key)
        app = self._door.app
        # the open bar breaks a sentence into lines
        width = None if self._door.shown else app.size.width - MARGIN
        app.say(_takes_over(error, key, width), "warn")
        return True

    def _again(self, contact_id: int) -> bool:
        """Whether the key is the one right after the refusal."""
        refused, self._refused = self._refused, None
        key, before = self._door.app.typed.key, self._door.app.typed.before
        if refused is None or refused[0] != contact_id or key is None or refused[1] is not before:
            return False
        return before is not None and key.time - before.time >= READ_S

    async def _take(self, contact_id: int, *, over: bool) -> None:
        from tuicrm.tui.bridge import claims

        self._taking.add(contact_id)
        try:
            claim: Claim = await self._door.bridge.write(claims.take, contact_id, over=over)
        finally:
            self._taking.discard(contact_id)
        self._lost.discard(contact_id)
        self._held[contact_id] = claim.person_id
        self._since[contact_id] = self._now
        if self._renewing is None:
            self._renewing = self._door.app.set_interval(claims.RENEW_S, self._renew_soon)

    async def _give_back(self, contact_id: int) -> None:
        from tuicrm.tui.bridge import claims

        person = self._forget(contact_id)
        if person is not None and person not in self._held.values():
            await self._door.bridge.write(claims.release, person)

    def _forget(self, contact_id: int) -> int | None:
        self._fresh.discard(contact_id)
        self._since.pop(contact_id, None)
        person = self._held.pop(contact_id, None)
        if not self._held and self._renewing is not None:
            self._renewing.stop()
            self._renewing = None
        return person

    @property
    def _now(self) -> float:
        return asyncio.get_running_loop().time()

    # --- what the bar shows ---------------------------------------------------------------------------------

    def settle(self) -> None:
        """The bar or the telephone changed: takes who is in it now, gives back who is not. Cheap when nothing did."""
        wanted = self._wanted()
        young = {id for id in self._fresh if self._now - self._since[id] < OPENS_IN_S}
        self._fresh = young - wanted.keys()
        self._lost &= wanted.keys()
        new = wanted.keys() - self._held.keys() - self._lost - self._taking
        gone = self._held.keys() - wanted.keys() - self._fresh
        if new or gone:
            self._taking |= new
            self._door.app.work(self._catch_up({id: wanted[id] for id in new}, gone), group="claims")

    def _wanted(self) -> dict[int, bool]:
        """Who is in the bar or on the line, by id; True: they speak with this agent, whoever else has them."""
        state = self._door.state
        found: dict[int, bool] = {}
        for session in (state.session, state.live):
            id = _person(session)
            if session is not None and id is not None:
                found[id] = session.live is not None and not session.live.found
        return found

    async def _catch_up(self, new: Mapping[int, bool], gone: set[int]) -> None:
        for contact_id in gone:
            await self._give_back(contact_id)
        for contact_id, speaks in new.items():
            try:
                await self._take(contact_id, over=speaks)
            except Conflict as refused:
                # what was written before goes on: it is said, and not taken away
                self._lost.add(contact_id)
                self._door.app.say(i18n.sentence(refused), "warn")
        self.settle()

    # --- renewing -------------------------------------------------------------------------------------------

    def _renew_soon(self) -> None:
        self.settle()
        self._door.app.work(self._renew(), group="claims")

    async def _renew(self) -> None:
        from tuicrm.tui.bridge import claims

        if self._held:
            await self._door.bridge.write(claims.renew)
            await self.heard()

    # --- what others do -------------------------------------------------------------------------------------

    async def start(self) -> None:
        """The database is open: others' claims are heard of from now on."""
        app = self._door.app
        app.stirred.subscribe(app, lambda _: app.work(self.heard(), group="claims"))
        await self.heard()

    async def heard(self) -> None:
        """The live file stirred, or a claim may have run out: who has whom now?"""
        from tuicrm.tui.bridge import claims

        async with self._hearing:
            asked = self._now
            crm = await self._door.bridge.crm()
            found: list[Claim] = await self._door.bridge.read(claims.everyone)
            self._wait_for_the_end([one for one in found if one.agent != crm.me], crm.clock.monotonic())
            known = tuple((one.contact_id, one.person_id, one.agent, one.session_id) for one in found)
            if known == self._known:
                return
            self._known = known
            self.others = await self._door.bridge.read(claims.named, claims.others(found, crm.me))
        self._mind_the_lost({one.person_id for one in found if one.session_id == crm.session_id}, asked)
        if self._door.app.place is not None:
            self._door.app.place.claimed(self.others)

    def _wait_for_the_end(self, found: list[Claim], now: float) -> None:
        """Of a session that was killed nothing is heard any more: the first claim that may run out is looked at."""
        from tuicrm.tui.bridge import claims

        if self._expiring is not None:
            self._expiring.stop()
            self._expiring = None
        if found:
            left = claims.LEASE_S - (now - min(one.beat_s for one in found))
            app = self._door.app
            self._expiring = app.set_timer(
                max(0.0, left) + 0.05, lambda: app.work(self.heard(), group="claims")
            )

    def _mind_the_lost(self, mine: set[int], asked: float) -> None:
        """Whom this session had when it was asked, and has no more: somebody took over, which is said here."""
        for contact_id, person in list(self._held.items()):
            if person in mine or self._since[contact_id] >= asked:
                continue
            holder = self.others.get(person)
            self._forget(contact_id)
            if holder is None:
                continue
            self._lost.add(contact_id)
            named = _name(self._door.state.session, contact_id) or _name(self._door.state.live, contact_id)
            self._door.app.say(t("{agent} has taken over {name}.", agent=holder, name=named), "warn")
        self.settle()

    async def end(self) -> None:
        """The program is left: what it has is free at once."""
        from tuicrm.tui.bridge import claims

        if self._held or self._taking:
            self._held.clear()
            await self._door.bridge.write(claims.release)


def _takes_over(error: CrmError, key: str, width: int | None) -> Phrase:
    """Who has somebody, and the key: that is not cut off at ``width``, rather the name is."""
    cap = keymap.named(key)
    said = t("{said} {key} takes over.", said=i18n.sentence(error), key=cap)
    name = str(error.params.get("name", ""))
    too_many = text.cells(said) - width if width is not None else 0
    if too_many <= 0:
        return said
    shorter = text.crop(name, max(LEAST_OF_A_NAME, text.cells(name) - too_many))
    cropped = Conflict(error.code, **{**error.params, "name": shorter})
    return t("{said} {key} takes over.", said=i18n.sentence(cropped), key=cap)


def _person(session: Session | None) -> int | None:
    """Whom a session is with, when that is a contact or the number of a live call."""
    if session is None:
        return None
    if session.who is not None and session.who.contact_id is not None:
        return session.who.contact_id
    if session.who is None and session.contact is not None:
        return session.contact.id
    return _number(session)


def _number(session: Session) -> int | None:
    """The number of a live call that is nobody's yet, as a claim has it."""
    caller = session.finder.caller
    if session.live is None or caller is None or caller.e164 is None or caller.ext:
        return None
    from tuicrm.tui.bridge import claims

    return claims.of_number(caller.e164)


def _name(session: Session | None, contact_id: int) -> str:
    """What to call the contact of a session; ``""`` when it is with somebody else."""
    if session is None or _person(session) != contact_id:
        return ""
    known = session.name or (session.contact.name if session.contact is not None else "")
    return known or (i18n.figures(session.finder.caller.raw) if session.finder.caller is not None else "")
