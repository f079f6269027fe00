"""What others did: a thread waits for the database to stir, the app reads which records changed.

The session's own writes come the same way, so there is one path by which a screen learns of anything; who
has just written asks at once (``look``) and does not wait for the stir.
"""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

from tuicrm.tui import bridge

if TYPE_CHECKING:
    from tuicrm.services.context import Crm
    from tuicrm.services.feed import Watcher
    from tuicrm.tui.app import CrmApp


class Listener:
    """One per app. ``begin`` and ``listen`` when the database is open, ``stop`` before it is closed."""

    def __init__(self, app: CrmApp) -> None:
        self._app = app
        self._seq: int | None = None
        self._watcher: Watcher | None = None
        self._thread: threading.Thread | None = None
        self._look = asyncio.Lock()

    async def begin(self) -> None:
        """Notes where the change log stands; what comes after this moment will be told."""
        self._seq = await self._app.bridge.read(bridge.feed.last_seq)

    async def listen(self, crm: Crm) -> None:
        """Starts the thread, and tells what changed since ``begin``."""
        self._watcher = bridge.feed.Watcher(crm)
        loop = asyncio.get_running_loop()

        def wake() -> None:
            loop.call_soon_threadsafe(self._stirred)

        self._thread = threading.Thread(target=self._watcher.run, args=(wake,), name="feed", daemon=True)
        self._thread.start()
        await self.look()

    def _stirred(self) -> None:
        self._app.stirred.publish(None)
        self._app.work(self.look(), group="feed")

    async def look(self) -> None:
        """Reads what changed since the last look, and publishes it."""
        if self._seq is None:
            return
        async with self._look:
            self._seq, records = await self._app.bridge.read(bridge.feed.changed, self._seq)
        self._app.publish(records)

    def stop(self) -> None:
        """Ends the thread; returns when it has ended."""
        if self._watcher is not None and self._thread is not None:
            self._watcher.stop()
            self._thread.join(timeout=2)
            self._watcher = self._thread = None
