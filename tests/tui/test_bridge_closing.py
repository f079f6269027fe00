"""Leaving the program while something long is being read: the reading ends, then the files are closed."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from contextlib import suppress
from pathlib import Path

from tests.tui.apps import opener, settings_in

from tuicrm.domain.clock import SystemClock
from tuicrm.services.context import Crm
from tuicrm.tui.bridge import Bridge

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(begun()) FROM n"


def endless(crm: Crm, begun: threading.Event) -> None:
    with crm.database.reader() as conn:
        conn.raw.create_function("begun", 0, begun.set)
        conn.value(ENDLESS)


async def test_a_read_that_would_not_end_does_not_hold_the_door(tmp_path: Path) -> None:
    bridge = Bridge(opener(settings_in(tmp_path), SystemClock()))
    await bridge.crm()
    begun = threading.Event()
    reading = asyncio.ensure_future(bridge.read(endless, begun))
    assert await asyncio.to_thread(begun.wait, 60)
    closing = asyncio.get_running_loop().run_in_executor(None, bridge.close)
    await asyncio.wait_for(closing, 60)
    with suppress(sqlite3.OperationalError):
        await reading
    assert reading.done()
