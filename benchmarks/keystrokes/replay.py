"""Replays the day key by key through the real app, and looks after each call what the database holds."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

from textual._xterm_parser import XTermParser
from textual.constants import ESCAPE_DELAY
from textual.pilot import Pilot

from benchmarks.keystrokes.day import AGENT, DAY, RINGS_S, TALK, ZONE, Day, Scripted
from benchmarks.keystrokes.facts import MOST, differences
from tuicrm.domain.clock import FrozenClock
from tuicrm.domain.models import CallDraft, Due, NewContact, PhoneNumber, Who
from tuicrm.domain.when import due_key
from tuicrm.services import agents, calls, contacts, process, promises, telephone, today
from tuicrm.services.context import Crm, open_crm
from tuicrm.settings import Settings
from tuicrm.tui.app import CrmApp

SIZE: Final = (80, 24)
_PATIENCE_S: Final = 5.0
"""How long the app may take to hear the telephone before the replay gives up."""
_ON_A_SCREEN_S: Final = 0.05
"""Real seconds after a key on a screen: letters that come faster than a person are a paste there, and log nothing."""
_IN_THE_BAR_S: Final = 0.002
_ESCAPE: Final = "\x1b"
_CALLS: Final = 'calls = "08:00-21:00"'
"""The quiet hours of the process file that a new database has."""
QUEUE_OF: Final = 30


@dataclass(frozen=True)
class Result:
    """One call of the day, logged. ``wrong``: facts that are not as they should be, in words."""

    call: Scripted
    wrong: tuple[str, ...]
    counted: int | None
    """The keys that the app itself counted, stored with the call."""

    @property
    def ratio(self) -> float:
        """Keys per character of paper."""
        return self.call.key_count / self.call.paper_count


async def replay(day: Day, folder: Path, *, tell: Callable[[Result], None] = lambda _: None) -> list[Result]:
    """Lives the day in an app on a new database in ``folder``; gives every call's result."""
    clock = FrozenClock(datetime.combine(DAY - timedelta(days=3), time(11), ZONE))
    settings = Settings(
        database=str(folder / "day.db"),
        agent=AGENT,
        zone=ZONE.key,
        region="IR",
        file=folder / "settings.toml",
    )
    with _opened(settings, clock, "cli") as crm:
        _fill(crm, day, clock)
    _set_clock(clock, day.calls[0].at - timedelta(minutes=1))
    results = []
    async with _app(settings, clock) as (app, pilot):
        with _opened(settings, clock, "phone") as exchange:
            for call in day.calls:
                _set_clock(clock, call.at)
                result = await _Hands(app, pilot, clock, exchange).log(call)
                results.append(result)
                tell(result)
    return results


async def queue_of_no_answers(folder: Path) -> tuple[int, int]:
    """Works through a queue of ``QUEUE_OF`` people whom nobody answers for: how many keys, how many calls they made."""
    clock = FrozenClock(datetime.combine(DAY, time(9, 30), ZONE))
    settings = Settings(
        database=str(folder / "queue.db"),
        agent=AGENT,
        zone=ZONE.key,
        region="IR",
        file=folder / "settings.toml",
    )
    with _opened(settings, clock, "cli") as crm:
        for number in range(QUEUE_OF):
            new = NewContact(f"Person {number:02}", "", (PhoneNumber(f"0912 000 00{number:02}"),))
            promises.add(crm, contacts.add(crm, new).id, f"{DAY} {10 + number // 6}:{number % 6}0", "offer")
    keys = 0
    async with _app(settings, clock) as (app, pilot):
        hands = _Hands(app, pilot, clock, await app.bridge.crm())
        while len(await hands.waiting()) > 0 and keys < 2 * QUEUE_OF:
            await hands.outcome("n")
            keys += 1
        logged = calls.recent(await app.bridge.crm(), limit=MOST).rows
    return keys, len({call.contact.id for call in logged if call.contact and call.outcome == "no_answer"})


# --- the morning's database ---------------------------------------------------------------------------------


@contextmanager
def _opened(settings: Settings, clock: FrozenClock, via: str) -> Iterator[Crm]:
    crm = open_crm(settings, via=via, clock=clock)
    try:
        yield crm
    finally:
        crm.close()


def _fill(crm: Crm, day: Day, clock: FrozenClock) -> None:
    """People, what is promised to them, open tickets, and a few notes of the days before."""
    agents.ensure_self(crm)
    agents.add(crm, "omid", name="Omid Rahimi")
    # half of the customers have numbers of London, where it is still night: here they are called all the same
    text = process.show(crm)[0].text
    process.apply(crm, text.replace(_CALLS, 'calls = "00:00-24:00"'))
    ids: dict[str, int] = {}
    for row in day.people:
        new = NewContact(row["name"], row.get("company", ""), (PhoneNumber(row["phone"]),))
        ids[row["name"]] = contacts.add(crm, new).id
    for row in day.earlier:
        clock.advance(600)
        calls.save(crm, CallDraft(f"earlier-{clock.monotonic()}", Who(ids[row["with"]]), row["note"]))
    clock.advance(3600)
    for row in day.people:
        if "open" in row:
            line = f"{row['open']} /t"
            calls.save(crm, CallDraft(f"open-{row['name']}", Who(ids[row["name"]]), line))
        for due in filter(None, (text.strip() for text in row.get("due", "").split(","))):
            _promise(crm, ids[row["name"]], due)


def _promise(crm: Crm, contact_id: int, due: str) -> None:
    at = _due(due)
    with crm.database.transaction(crm.actor, "followup.add") as tx:
        tx.insert(
            "followup",
            {
                "contact_id": contact_id, "reason": "call back", "due_on": at.on, "due_time": at.at, "zone": ZONE.key,
                "due_key": due_key(at, ZONE.key, crm.calendar()), "first_due_on": at.on,
                "first_due_time": at.at, "assignee": AGENT, "state": "open", "attempt": 1, "attempts_max": 4,
            },
        )  # fmt: skip


def _due(text: str) -> Due:
    """``09:05`` of the day, or ``11-21``."""
    if ":" in text:
        return Due(DAY, time.fromisoformat(text))
    return Due(date.fromisoformat(f"{DAY.year}-{text}"), None)


# --- the app ------------------------------------------------------------------------------------------------


@asynccontextmanager
async def _app(settings: Settings, clock: FrozenClock) -> AsyncIterator[tuple[CrmApp, Pilot[None]]]:
    app = CrmApp(lambda: open_crm(settings, via="tui", clock=clock), settings, clock=clock)
    async with app.run_test(size=SIZE) as pilot:
        await app.bridge.crm()
        yield app, pilot


class _Hands:
    """Sara's hands and her telephone."""

    def __init__(self, app: CrmApp, pilot: Pilot[None], clock: FrozenClock, exchange: Crm) -> None:
        self._app = app
        self._pilot = pilot
        self._clock = clock
        self._exchange = exchange
        self._parser = XTermParser()

    async def log(self, call: Scripted) -> Result:
        """Presses the call's keys and compares what was saved with what was meant."""
        newest = self._newest()
        before = newest.id if newest is not None else 0
        await self._rest()
        presses = [press.sent for press in call.presses]
        if call.how in ("rings", "unknown"):
            presses = await self._telephone(call, presses)
        if TALK in presses:
            at = presses.index(TALK)
            await self._press(presses[:at])
            self._clock.advance(call.talk)
            presses = presses[at + 1 :]
        await self._press(presses)
        wrong = differences(self._crm, call, before)
        if self._app.bar.shown:
            wrong = (*wrong, "the bar is still open")
            await self._press([_ESCAPE])
        saved = self._newest()
        return Result(call, wrong, saved.keys if saved is not None and not wrong else None)

    async def waiting(self) -> list[str]:
        """Who has a promise for today in the queue."""
        await self._rest()
        return [row.contact.name for row in today.queue(self._crm) if row.follow_up is not None]

    async def outcome(self, key: str) -> None:
        """An outcome's key on the screen."""
        await self._press([key])
        await self._rest()

    async def _telephone(self, call: Scripted, presses: list[str]) -> list[str]:
        """It rings; the handset or the first key takes the call; talk; the handset goes down. Gives the other keys."""
        self._event(call, "ring")
        await self._until(lambda: bool(self._app.bar.state.ringing), "ringing")
        self._clock.advance(RINGS_S)
        if call.lift == "key":
            await self._press(presses[:1])
            presses = presses[1:]
        else:
            self._event(call, "answer")
        await self._until(lambda: self._app.bar.shown, "the call's bar")
        self._clock.advance(call.talk)
        self._event(call, "hangup")
        await self._until(self._hung_up, "the end of the talk")
        return presses

    def _event(self, call: Scripted, state: telephone.Event) -> None:
        telephone.event(
            self._exchange, state, call_id=f"call-{call.number}", number=call.phone, agent=AGENT, source="pbx"
        )

    def _hung_up(self) -> bool:
        live = self._app.bar.state.live
        return live is not None and live.live is not None and not live.live.running

    async def _press(self, sent: list[str]) -> None:
        """Hands the app what the terminal sends for each key, through Textual's own parser."""
        for data in sent:
            self._receive(data)
            if data == _ESCAPE:
                await asyncio.sleep(1.2 * ESCAPE_DELAY)
                self._receive("")
            await asyncio.sleep(_IN_THE_BAR_S if self._app.bar.shown else _ON_A_SCREEN_S)
            await self._done()
        await self._rest()

    def _receive(self, data: str) -> None:
        driver = self._app._driver
        assert driver is not None, "a running app has one"
        for event in self._parser.feed(data) if data else self._parser.tick():
            driver.process_message(event)

    async def _done(self) -> None:
        """Until no key waits for its turn."""
        while self._app.order.busy or self._app.order.waiting:
            await asyncio.sleep(0.001)

    async def _rest(self) -> None:
        """Until no key waits and nothing works in the background."""
        await self._pilot.pause()
        await self._done()
        # not waited for by Textual: it gives up at the first that is cancelled
        while any(not worker.is_finished for worker in self._app.workers):
            await asyncio.sleep(0.001)
        await self._pilot.pause()

    async def _until(self, there: Callable[[], bool], what: str) -> None:
        waited = 0.0
        while not there():
            if waited > _PATIENCE_S:
                raise TimeoutError(f"the app did not show {what}")
            await asyncio.sleep(0.01)
            waited += 0.01
            await self._pilot.pause()
        await self._rest()

    @property
    def _crm(self) -> Crm:
        crm = self._app.bridge.opened
        assert crm is not None, "the day begins with an open database"
        return crm

    def _newest(self) -> Any:
        """The call that was written down last; None before the first."""
        return max(calls.recent(self._crm, limit=MOST).rows, key=lambda call: call.id, default=None)


def _set_clock(clock: FrozenClock, at: datetime) -> None:
    """Moves the clock on; a day never goes back."""
    seconds = (at - clock.now()).total_seconds()
    if seconds < 0:
        raise ValueError(f"the script goes back in time at {at:%H:%M}")
    clock.advance(seconds)
