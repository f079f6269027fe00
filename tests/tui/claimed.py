"""Two agents on one database: what the tests of claims share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.patience import a_while
from tests.tui.apps import opener, settings_in
from tests.tui.desk import Desk, fill
from textual import events

from tuicrm.domain.models import NewContact, PhoneNumber
from tuicrm.services import claims, contacts
from tuicrm.services.context import Crm

TWIN = 5


def with_twin(crm: Crm) -> None:
    """The four, and somebody with Leila's number."""
    fill(crm)
    contacts.add(crm, NewContact("Majid Karimi", "", (PhoneNumber("0912 123 4567"),)))


@contextmanager
def colleague(one: Desk, folder: Path, agent: str = "omid") -> Iterator[Crm]:
    """Another agent's session on the same database, by the same clock."""
    crm = opener(settings_in(folder, agent=agent, zone="Asia/Tehran"), one.crm.clock)()
    try:
        yield crm
    finally:
        crm.close()


async def until(one: Desk, holds: Callable[[], object]) -> None:
    """Waits for what another session's doing leads to here."""
    for _ in a_while():
        if holds():
            await one.rest()
            return
        await one.pilot.pause(0.01)
    raise AssertionError(one.screen)


async def taken(one: Desk, crm: Crm, contact_id: int) -> None:
    """The colleague has the contact, and this session knows it."""
    claims.take(crm, contact_id)
    await until(one, lambda: contact_id in one.app.bar.claiming.others)


async def again(one: Desk, key: str) -> None:
    """Presses a key once more, after the time that it takes to read what was said."""
    last = one.app.typed.key
    assert last is not None
    event = events.Key(key, key)
    event.time = last.time + 1
    one.app.post_message(event)
    await one.rest()


def mine(one: Desk) -> set[int]:
    """Whom this session has, by the live file."""
    return {claim.person_id for claim in claims.everyone(one.crm) if claim.session_id == one.crm.session_id}
