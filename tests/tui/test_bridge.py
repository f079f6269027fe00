"""The bridge: writes in order, reads beside them, nothing lost when somebody stops waiting."""

from __future__ import annotations

import asyncio
import threading
from typing import cast

import pytest

from tuicrm.domain.errors import Unavailable
from tuicrm.services.context import Crm
from tuicrm.tui.bridge import Bridge


class Fake:
    """Stands for an open Crm; notes what was done to it."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.threads: set[str] = set()
        self.closed = False

    def stop_reading(self) -> None:
        """Nothing is being read."""

    def close(self) -> None:
        self.closed = True


def fake_bridge() -> tuple[Bridge, Fake]:
    fake = Fake()
    return Bridge(lambda: cast(Crm, fake)), fake


def note(crm: Crm, what: str, gate: threading.Event | None = None) -> str:
    fake = cast(Fake, crm)
    if gate is not None:
        gate.wait(60)
    fake.done.append(what)
    fake.threads.add(threading.current_thread().name)
    return what


async def test_nothing_is_opened_before_it_is_asked_for() -> None:
    opened: list[int] = []
    bridge = Bridge(lambda: opened.append(1))  # type: ignore[arg-type, return-value]
    assert opened == []
    assert bridge.opened is None
    await bridge.crm()
    assert opened == [1]
    bridge.close()


async def test_writes_happen_in_the_order_they_were_asked_for() -> None:
    bridge, fake = fake_bridge()
    gate = threading.Event()
    first = asyncio.create_task(bridge.write(note, "first", gate))
    await asyncio.sleep(0)
    rest = [asyncio.create_task(bridge.write(note, f"write {n}")) for n in range(5)]
    await asyncio.sleep(0.02)
    gate.set()
    await asyncio.gather(first, *rest)
    assert fake.done == ["first", *(f"write {n}" for n in range(5))]
    assert len({name for name in fake.threads if name.startswith("write")}) == 1
    bridge.close()
    assert fake.closed


async def test_a_read_does_not_wait_for_a_write() -> None:
    bridge, fake = fake_bridge()
    gate = threading.Event()
    slow = asyncio.create_task(bridge.write(note, "slow", gate))
    await asyncio.sleep(0.02)
    assert await bridge.read(note, "read") == "read"
    assert fake.done == ["read"]
    gate.set()
    assert await slow == "slow"
    bridge.close()


async def test_a_write_that_nobody_waits_for_any_more_is_still_done() -> None:
    bridge, fake = fake_bridge()
    gate = threading.Event()
    await bridge.crm()
    waiting = asyncio.create_task(bridge.write(note, "kept", gate))
    await asyncio.sleep(0.02)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    gate.set()
    bridge.close()
    assert fake.done == ["kept"]


async def test_one_that_gives_up_before_the_database_is_open_takes_nobody_with_it() -> None:
    gate = threading.Event()
    fake = Fake()

    def slowly() -> Crm:
        gate.wait(60)
        return cast(Crm, fake)

    bridge = Bridge(slowly)
    impatient = asyncio.create_task(bridge.read(note, "impatient"))
    patient = asyncio.create_task(bridge.read(note, "patient"))
    await asyncio.sleep(0.02)
    impatient.cancel()
    gate.set()
    assert await patient == "patient"
    bridge.close()


async def test_a_refusal_to_open_is_told_to_everybody_who_asks() -> None:
    def refuse() -> Crm:
        raise Unavailable("db_locked")

    bridge = Bridge(refuse)
    for _ in range(2):
        with pytest.raises(Unavailable):
            await bridge.read(note, "never")
    assert bridge.opened is None
    bridge.close()


async def test_an_error_of_a_service_comes_out_where_it_was_asked() -> None:
    def wrong(crm: Crm) -> None:
        raise ZeroDivisionError(str(crm))

    bridge, _ = fake_bridge()
    with pytest.raises(ZeroDivisionError):
        await bridge.write(wrong)
    assert await bridge.write(note, "after") == "after"
    bridge.close()
