"""A desk on Sunday 2026-11-22, 09:31 in Tehran: three promises due, one late and one with a ticket; four people."""

from __future__ import annotations

import asyncio
import builtins
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from tests.patience import a_while
from tests.tui.apps import running, screen_lines
from tests.tui.stillness import apart, settled
from textual import events
from textual.pilot import Pilot
from textual.widget import Widget

from tuicrm.domain.clock import FrozenClock
from tuicrm.domain.models import Call, CallDraft, ContactRow, FollowUp, NewContact, PhoneNumber, Who
from tuicrm.services import calls, contacts, find, followups, today
from tuicrm.services.context import Crm
from tuicrm.tui.app import CrmApp
from tuicrm.tui.screens.contacts import ContactsPlace

NOW = "2026-11-22T09:31:00+03:30"
DAY_S = 86400.0
LEILA, PARS, REZA, NADIA = 1, 2, 3, 4
PEOPLE = (
    NewContact("Leila Karimi", "Pars Pump Co", (PhoneNumber("0912 123 4567"),), tags=("vip", "north")),
    NewContact("Pars Trading", "", (PhoneNumber("021 8877 6655"),)),
    NewContact("Reza Ahmadi", "Atlas", (PhoneNumber("0935 000 2345"),)),
    NewContact("Nadia Rostami", "", (PhoneNumber("0911 222 3344"),)),
)
LINES = (
    (LEILA, "call back: price of pump /2026-11-22 8:30"),
    (PARS, "contract renewal /2026-11-22 9:00"),
    (REZA, "boiler E1 /th /2026-11-22 10:00"),
    (NADIA, "keeps in touch /-"),
)

W = TypeVar("W", bound=Widget)


def log(crm: Crm, contact_id: int, line: str) -> Call:
    """Logs a call of that contact."""
    draft = CallDraft(uuid.uuid4().hex, Who(contact_id), line, direction="out", keys=9)
    return calls.save(crm, draft).call


def fill(crm: Crm) -> None:
    """The four people, and yesterday's calls that promised today's."""
    for one in PEOPLE:
        contacts.add(crm, one)
    clock = crm.clock
    assert isinstance(clock, FrozenClock)
    clock.advance(-DAY_S)
    for contact_id, line in LINES:
        log(crm, contact_id, line)
    clock.advance(DAY_S)


FOUR = fill


class Desk:
    """The running app, hands on its keyboard, eyes on its screen, and the database behind it."""

    def __init__(self, app: CrmApp, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot

    # --- hands ----------------------------------------------------------------------------------------------

    async def press(self, *keys: str) -> None:
        """Keys one after the other, each dealt with before the next."""
        for key in keys:
            await apart()
            await self.app._press_keys([key])
            await self.rest()

    async def type(self, text: str) -> None:
        """Each character as a key of its own."""
        await self.app._press_keys("space" if char == " " else char for char in text)
        await self.rest()

    def keys_at(self, *keys: tuple[str, float]) -> None:
        """Keys that came at these moments (seconds), all before the first could be dealt with."""
        for key, at in keys:
            event = events.Key(key, key)
            event.time = at
            self.app.post_message(event)

    async def rest(self) -> None:
        """Until no key waits and nothing is being read or painted."""
        for _ in a_while():
            await asyncio.sleep(0.005)
            if not self.app.order.busy and not self.app.order.waiting:
                break
        await settled(self.pilot)

    # --- eyes -----------------------------------------------------------------------------------------------

    @property
    def lines(self) -> list[str]:
        """The screen, line by line."""
        return [line.rstrip() for line in screen_lines(self.app)]

    @property
    def screen(self) -> str:
        return "\n".join(self.lines)

    @property
    def cursor_line(self) -> str:
        """The line the cursor's bar stands in."""
        return next((line for line in self.lines if line.startswith("▌")), "")

    @property
    def message(self) -> str:
        """What the message line says, on one line or two."""
        return " ".join(line.strip() for line in self.app.shell.message.render().plain.split("\n")).strip()

    @property
    def footer(self) -> str:
        return self.lines[-1]

    def widget(self, kind: builtins.type[W]) -> W:
        """The only widget of that class."""
        return self.app.shell.query_one(kind)

    @property
    def people(self) -> list[str]:
        """The first names of whom Contacts lists, from the top."""
        return [row.name.split()[0] for row in self.widget(ContactsPlace).list.rows]

    # --- the database ---------------------------------------------------------------------------------------

    @property
    def crm(self) -> Crm:
        crm = self.app.bridge.opened
        assert crm is not None
        return crm

    def calls(self, contact_id: int | None = None) -> list[Call]:
        """Calls of today, newest first, of one contact or of all."""
        since = {"since": self.crm.now().replace(hour=0, minute=0)}
        more = {"contact": contact_id} if contact_id is not None else {}
        return list(calls.recent(self.crm, filters=since | more).rows)

    def follow_up(self, contact_id: int) -> FollowUp | None:
        """The contact's first open follow-up."""
        return next(iter(contacts.card(self.crm, contact_id).follow_ups), None)

    def queue(self) -> list[str]:
        """The names in the queue, from the top."""
        return [row.contact.name for row in today.queue(self.crm)]

    def found(self, query: str) -> list[ContactRow]:
        return find.find(self.crm, query)


@asynccontextmanager
async def desk(
    folder: Path,
    *,
    size: tuple[int, int] = (80, 24),
    fill: Callable[[Crm], Any] | None = fill,
    at: str = NOW,
    **more: Any,
) -> AsyncIterator[Desk]:
    """The app on a database of its own, Today in front."""
    clock = FrozenClock(datetime.fromisoformat(at))
    settings = {"zone": "Asia/Tehran", "region": "IR"} | more
    async with running(folder, clock=clock, fill=fill, size=size, same=fill is FOUR, **settings) as (
        app,
        pilot,
    ):
        one = Desk(app, pilot)
        await one.rest()
        yield one


__all__ = ["LEILA", "NADIA", "PARS", "REZA", "Desk", "desk", "fill", "followups", "log"]
