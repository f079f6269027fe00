"""What others did: a thread waits for the database to stir, the app reads which records changed.

The session's own writes come the same way, so there is one path by which a screen learns of anything; who
has just written asks at once (``look``) and does not wait for the stir.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING

from tuicrm.i18n import nt
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
            since = self._seq
            until, records = await self._app.bridge.read(bridge.feed.changed, since)
            self._seq = until
        self._app.publish(records)
        if any(entity == "followup" for entity, _ in records):
            self._tell(await self._app.bridge.read(bridge.feed.handed, since, until))

    def _tell(self, handed: Mapping[str, int]) -> None:
        """One quiet line, beneath the bar if that is open: the rows alone would just be there."""
        message = self._app.shell.message
        if handed and message.busy:
            # what stands there may be the only word on how to take something back
            message.set_timer(message.SECONDS, lambda: self._tell(handed))
            return
        for agent, n in handed.items():
            said = nt(
                "{agent} handed you {n} follow-up.", "{agent} handed you {n} follow-ups.", n, agent=agent
            )
            message.say_words(said)

    def stop(self) -> None:
        """Ends the thread; returns when it has ended."""
        if self._watcher is not None and self._thread is not None:
            self._watcher.stop()
            self._thread.join(timeout=2)
            self._watcher = self._thread = None
