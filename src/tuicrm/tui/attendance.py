"""Writes down from when to when the agent was there with the screens open, off the event loop."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from tuicrm.domain.errors import CrmError

if TYPE_CHECKING:
    from textual.timer import Timer

    from tuicrm.tui.app import CrmApp


class Attendance:
    """One per app. ``begin`` when the database is open; ``end`` before it is closed.

    It is only a note for later figures: a database that cannot be written to says so when there is something to save.
    """

    def __init__(self, app: CrmApp) -> None:
        self._app = app
        self._timer: Timer | None = None
        self._session: int | None = None

    async def begin(self) -> None:
        from tuicrm.tui.bridge import sessions

        with suppress(CrmError):
            self._session = await self._app.bridge.write(sessions.begin)
            self._timer = self._app.set_interval(
                sessions.BEAT.total_seconds(), lambda: self._app.work(self._beat(), group="attendance")
            )

    async def _beat(self) -> None:
        from tuicrm.tui.bridge import sessions

        if self._session is not None:
            with suppress(CrmError):
                self._session = await self._app.bridge.write(sessions.beat, self._session)

    async def end(self) -> None:
        from tuicrm.tui.bridge import sessions

        if self._timer is not None:
            self._timer.stop()
        if self._session is not None:
            with suppress(CrmError):
                await self._app.bridge.write(sessions.end, self._session)
