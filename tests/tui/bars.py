"""The app with a few people in it, and hands that type into its log bar."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.patience import a_while
from tests.tui.apps import running, screen_lines
from tests.tui.stillness import settled
from textual import events
from textual.pilot import Pilot

from tuicrm.domain.clock import FrozenClock
from tuicrm.domain.models import Call, NewContact, PhoneNumber
from tuicrm.services import calls, contacts, drafts, telephone
from tuicrm.services.context import Crm
from tuicrm.tui.app import CrmApp
from tuicrm.tui.bar.bar import LogBar

SUNDAY = "2026-11-22T09:30:00+03:30"
LEILA, KAZEMI, WEBB, REZA = 1, 2, 3, 4
PEOPLE = (
    NewContact("Leila Karimi", "Pars Pump Co", (PhoneNumber("0912 345 6789"),)),
    NewContact("Leila Kazemi", "", (PhoneNumber("0935 000 2345"),)),
    NewContact("George Webb", "Webb & Sons", (PhoneNumber("+44 20 7946 0991"),)),
    NewContact("رضا احمدی", "پارس", (PhoneNumber("0911 222 3344"),)),
)


def add_people(crm: Crm) -> None:
    """Four people, with the ids ``LEILA`` to ``REZA``."""
    for one in PEOPLE:
        contacts.add(crm, one)


class Hands:
    """Presses keys as a person does, and reads screen and database."""

    def __init__(self, app: CrmApp, pilot: Pilot[None], clock: FrozenClock) -> None:
        self.app, self.pilot, self.clock = app, pilot, clock

    async def type(self, text: str) -> None:
        """Each character as a key of its own, as fast as a terminal may deliver them."""
        self.burst(*text)
        await self.rest()

    async def press(self, *keys: str) -> None:
        """Keys by their names."""
        await self.pilot.press(*keys)
        await self.rest()

    def burst(self, *keys: str) -> None:
        """Keys that arrive in one read of the terminal; single characters or names."""
        from textual.keys import _character_to_key

        began = time.monotonic()
        for place, key in enumerate(keys):
            event = events.Key(_character_to_key(key), key) if len(key) == 1 else events.Key(key, None)
            # on a busy machine a moment may pass between two of them: as if somebody had typed them
            event.time = began + place / 10_000
            self.app.post_message(event)

    async def rest(self) -> None:
        """Until nothing waits any more."""
        for _ in a_while():
            await self.pilot.pause(0.005)
            if not self.app.order.busy and not self.app.order.waiting:
                break
        await settled(self.pilot)

    @property
    def crm(self) -> Crm:
        crm = self.app.bridge.opened
        assert crm is not None
        return crm

    @property
    def bar(self) -> LogBar:
        return self.app.query_one(LogBar)

    @property
    def open(self) -> bool:
        return self.app.bar.shown

    @property
    def line(self) -> str:
        """What stands in the bar's line."""
        return self.bar.field.value

    def screen(self) -> str:
        """The whole screen."""
        return "\n".join(screen_lines(self.app))

    @property
    def words(self) -> str:
        """The screen as running text, however its sentences are broken into lines."""
        return " ".join(self.screen().split())

    def calls(self) -> list[Call]:
        """All calls stored, newest first."""
        return list(calls.recent(self.crm).rows)

    @property
    def call(self) -> Call:
        """The one call stored."""
        stored = self.calls()
        assert len(stored) == 1, stored
        return stored[0]


async def written_down(hand: Hands, line: str) -> None:
    """Waits until that line is a draft: it is kept at a rest of the hands, and by the time that this takes."""
    for _ in a_while():
        if line in [draft.line for draft in drafts.everything(hand.crm)]:
            return
        await hand.pilot.pause(0.02)
    raise AssertionError(f"never written down: {line!r}")


@asynccontextmanager
async def hands(
    folder: Path,
    *,
    fill: Callable[[Crm], Any] = add_people,
    at: str = SUNDAY,
    place: str = "2",
    size: tuple[int, int] = (80, 24),
    **more: Any,
) -> AsyncIterator[Hands]:
    """The app on a new database with the four people, on the place of contacts; ``place`` ``""``: as it begins."""
    clock = FrozenClock(datetime.fromisoformat(at))
    settings = {"zone": "Asia/Tehran", "region": "IR"} | more
    async with running(folder, clock=clock, fill=fill, size=size, **settings) as (app, pilot):
        one = Hands(app, pilot, clock)
        if place:
            await one.press(place)
        yield one


async def telephoned(hand: Hands, state: telephone.Event, number: str, call_id: str = "c1") -> None:
    """The telephone's own door, as another process would use it."""
    telephone.event(hand.crm, state, call_id=call_id, number=number, agent="sara", source="pbx")
    await hand.app.bar.phone.heard()
    await hand.rest()
