"""Hears what others commit, and what the telephone says, and tells the app: one thread that sleeps in the kernel.

The first stir after a quiet time is told at once; a busy database is looked at no more than four times a
second, because a screen that repaints for every commit of two hundred agents serves nobody.
"""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Final

from tuicrm.domain.models import PhoneCall
from tuicrm.tui.bridge import Bridge, feed, telephone

if TYPE_CHECKING:
    from collections.abc import Callable

    from tuicrm.services.feed import Watcher

QUIET_S: Final = 0.25
"""The least time between two looks."""


class Listener:
    """``told(records)`` gets the records (entity, id) that changed; ``rung(calls)`` the agent's telephone calls,
    when they differ from the last ones. Both are called on the event loop."""

    def __init__(
        self,
        bridge: Bridge,
        told: Callable[[frozenset[tuple[str, int]]], None],
        rung: Callable[[tuple[PhoneCall, ...]], None],
    ) -> None:
        self._bridge = bridge
        self._told = told
        self._rung = rung
        self._calls: tuple[PhoneCall, ...] = ()
        self._seq = 0
        self._stirred = asyncio.Event()
        self._watcher: Watcher | None = None

    async def run(self) -> None:
        """Listens until ``stop``; to be run as a background task once the database is open."""
        crm = await self._bridge.crm()
        self._seq = await self._bridge.read(feed.last_seq)
        watcher: Watcher = feed.Watcher(crm)
        self._watcher = watcher
        loop = asyncio.get_running_loop()

        def wake() -> None:
            loop.call_soon_threadsafe(self._stirred.set)

        threading.Thread(target=watcher.run, args=(wake,), name="listen", daemon=True).start()
        try:
            while True:
                looked = loop.time()
                await self._look()
                await self._stirred.wait()
                await asyncio.sleep(max(0.0, looked + QUIET_S - loop.time()))
                self._stirred.clear()
        finally:
            self.stop()

    def stop(self) -> None:
        """Ends the thread. Safe to call twice."""
        watcher, self._watcher = self._watcher, None
        if watcher is not None:
            watcher.stop()

    async def _look(self) -> None:
        self._seq, records = await self._bridge.read(feed.changed, self._seq)
        if records:
            self._told(records)
        calls = tuple(await self._bridge.read(telephone.current))
        if calls != self._calls:
            self._calls = calls
            self._rung(calls)
