"""The demo: a small office with 90 days behind it, made anew each time with dates relative to now.

``fill`` writes it into an empty database; ``open_demo`` gives a database of its own to play in, which is gone
when the program ends, or stays where the person says.
"""

from __future__ import annotations

import atexit
import os
import re
import shutil
import tempfile
from contextlib import suppress
from datetime import datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

from tuicrm.domain.clock import Clock
from tuicrm.domain.errors import Conflict
from tuicrm.domain.models import Due
from tuicrm.domain.record import record, replace
from tuicrm.domain.worktime import working_week
from tuicrm.services import demo_data as data
from tuicrm.services.context import Crm, open_crm
from tuicrm.services.demo_mark import VERB, VIA, is_demo
from tuicrm.services.demo_people import Person, columns, people
from tuicrm.services.demo_repairs import Row
from tuicrm.services.demo_story import Story, slots
from tuicrm.services.process import PROGRAM
from tuicrm.settings import Settings
from tuicrm.storage.database import Actor, Transaction
from tuicrm.storage.instants import to_text
from tuicrm.storage.queries import contacts, sessions
from tuicrm.storage.queries import people as agents

_MINE, _THEIRS = 14, 9
"""Calls a day, of the person who opens the demo and of each colleague."""
_OVERDUE: Final = {True: 6, False: 4}
_TODAY: Final = {True: 13, False: 6}
"""Promises by whether they are the person's own."""


@record
class Filled:
    """How many records the demo has."""

    contacts: int
    calls: int
    follow_ups: int
    tickets: int


def fill(crm: Crm, *, seed: int = 7) -> Filled:
    """Writes the demo, in one transaction; the same for the same seed, moment, zone and agent.

    The acting agent becomes one of the three agents, with the fullest queue. The author of the action is the
    program, so that nobody's undo takes the demo away. Raises ``Conflict("demo_not_empty")`` when the database
    has contacts.
    """
    rng, now = Random(seed), crm.now()
    region, calendar = crm.region(), crm.calendar()
    team = [pair for pair in data.COLLEAGUES if pair[0] != crm.me][:2]
    everybody = people(rng, region)
    loads = {crm.me: _MINE} | {handle: _THEIRS for handle, _ in team}
    _employ(rng, everybody, loads)
    moments = slots(rng, everybody, loads, now, working_week(calendar))
    _date(rng, everybody, moments, now)
    story = Story(rng, now, crm.zone.key, calendar)
    story.tell(moments)
    _end_follow_ups(story, crm.me)
    story.repairs.end(now, crm.me)
    with crm.database.transaction(Actor(PROGRAM, VIA), VERB) as tx:
        if not contacts.none_ever(tx):
            raise Conflict("demo_not_empty", path=str(crm.database.path))
        _agents(tx, crm.me, team, moments[0].at)
        for person in sorted(everybody, key=lambda each: each.id):
            tx.insert("contact", columns(rng, person))
        _write(tx, story)
        _sessions(tx, rng, moments, now)
    crm.own_agent_known = True
    return Filled(len(everybody), len(story.calls), len(story.follow_ups), len(story.repairs.tickets))


# --- the office ---------------------------------------------------------------------------------------------


def _employ(rng: Random, everybody: list[Person], loads: dict[str, int]) -> None:
    """Gives each person an owner and how often they call: a few all the time, most now and then, some never."""
    ranks = list(range(1, len(everybody) + 1))
    rng.shuffle(ranks)
    for person, rank in zip(everybody, ranks, strict=True):
        person.owner = rng.choices(tuple(loads), tuple(loads.values()))[0]
        person.weight = 0.0 if rank % 13 == 0 else rank**-0.7
        person.do_not_call = rank % 97 == 20


def _date(rng: Random, everybody: list[Person], moments: list[Any], now: datetime) -> None:
    """When each person was first heard of; ids follow that order."""
    for slot in moments:
        if slot.person is not None and slot.person.created is None:
            slot.person.created = slot.at - timedelta(minutes=rng.choice((0, 0, 0, 300, 4000)))
    for person in everybody:
        if person.created is None:
            person.created = now - timedelta(minutes=rng.randrange(600, 120 * 24 * 60))
    dated = sorted(everybody, key=lambda person: (person.created, person.index))
    for number, person in enumerate(dated, start=1):
        person.id = number


def _agents(tx: Transaction, me: str, team: list[tuple[str, str]], since: datetime) -> None:
    made = {"zone": None, "role": "agent", "active": True, "created_at": since}
    own = dict(data.COLLEAGUES).get(me, "")
    for handle, name in [(me, own), *team]:
        if agents.agent(tx, handle) is None:
            tx.insert("agent", {"handle": handle, "name": name, **made})


# --- how the past ends: at the moment the demo is opened -----------------------------------------------------


def _end_follow_ups(story: Story, me: str) -> None:
    """Gives the promises that are still open their days: some broken, some for today, most later."""
    for agent in sorted({promise["assignee"] for promise in story.pending}):
        own = [promise for promise in story.pending if promise["assignee"] == agent]
        own.sort(key=lambda promise: promise["_last"], reverse=True)
        _overdue(story, own, _OVERDUE[agent == me])
        _today(story, own, _TODAY[agent == me])
        for promise in own:
            day = story.now.date() + timedelta(days=1 + min(60, int(story.rng.expovariate(1 / 11))))
            at = time(story.rng.randrange(9, 17), story.rng.choice((0, 30)))
            story.due(promise, Due(day, at if story.rng.random() < 0.4 else None))
    for promise in story.follow_ups:
        promise.pop("_last", None)


def _overdue(story: Story, own: list[Row], many: int) -> None:
    """Promises of the days before: each one somebody was called about earlier than that."""
    for _ in range(many):
        day = story.now.date() - timedelta(days=story.rng.choice((1, 1, 1, 2, 2, 3, 5)))
        promise = next((p for p in own if p["_last"].date() < day), None)
        if promise is not None:
            own.remove(promise)
            at = time(story.rng.randrange(9, 17), story.rng.choice((0, 15, 30)))
            story.due(promise, Due(day, at if story.rng.random() < 0.6 else None))


def _today(story: Story, own: list[Row], many: int) -> None:
    """Promises for today: most at a time, around now in working hours, else around noon."""
    today = story.now.date()
    middle = story.now if 9 <= story.now.hour < 18 else story.now.replace(hour=12, minute=0)
    middle = middle.replace(minute=middle.minute - middle.minute % 5, second=0, microsecond=0)
    for number in range(many):
        promise = next((p for p in own if p["_last"].date() < today), None)
        if promise is None:
            return
        own.remove(promise)
        at = (middle + timedelta(minutes=(-60, -30, 0, 30, 60, 95, 130, 180, 240)[number % 9])).time()
        story.due(promise, Due(today, None if number % 3 == 2 else at.replace(second=0, microsecond=0)))


# --- writing ------------------------------------------------------------------------------------------------


def _write(tx: Transaction, story: Story) -> None:
    for entity, rows in (
        ("ticket", story.repairs.tickets),
        ("followup", story.follow_ups),
        ("call", story.calls),
        ("ticket_event", story.repairs.events),
    ):
        for row in rows:
            tx.insert(entity, row)


def _sessions(tx: Transaction, rng: Random, moments: list[Any], now: datetime) -> None:
    """When the agents were at work, with a break at noon: up to yesterday."""
    days = sorted({(slot.at.date(), slot.agent) for slot in moments if slot.at.date() < now.date()})
    rows = []
    for day, agent in days:
        marks = [(8, 50), (12, 30), (13, 10), (17, 50)]
        at = [
            datetime.combine(day, time(hour, minute), tzinfo=now.tzinfo)
            + timedelta(minutes=rng.randrange(-9, 10))
            for hour, minute in marks
        ]
        for state, start, end in (("ready", 0, 1), ("away", 1, 2), ("ready", 2, 3)):
            rows.append((agent, to_text(at[start]), to_text(at[end]), state))
    sessions.add_past(tx, rows)


# --- a database to play in ----------------------------------------------------------------------------------

_FOLDER: Final = "tuicrm-demo-"


def open_demo(settings: Settings, clock: Clock, keep: Path | None = None) -> Crm:
    """The demo, filled and open. Without ``keep`` in a folder of its own that is removed when the program ends.

    What a killed program left behind is removed at the next start. ``keep`` that holds a demo is opened as it is;
    ``Conflict("demo_not_empty")`` when it holds anything else.
    """
    remove_leftovers()
    path = keep if keep is not None else _temporary() / "demo.db"
    crm = open_crm(replace(settings, database=str(path)), via="tui", clock=clock)
    try:
        if not is_demo(crm):
            fill(crm)
    except BaseException:
        crm.close()
        raise
    return crm


def remove_leftovers(folder: Path | None = None) -> None:
    """Removes the demo folders of this user's programs that no longer run."""
    parent = folder or Path(tempfile.gettempdir())
    with suppress(OSError):
        for found in parent.glob(f"{_FOLDER}*"):
            pid = re.match(rf"{_FOLDER}(\d+)-", found.name)
            if pid and found.stat().st_uid == os.getuid() and not _runs(int(pid[1])):
                shutil.rmtree(found, ignore_errors=True)


def _temporary() -> Path:
    folder = Path(tempfile.mkdtemp(prefix=f"{_FOLDER}{os.getpid()}-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
