"""Keeps the calendar file of the settings up to date while the program runs, off the event loop."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from textual.timer import Timer

from tuicrm import i18n
from tuicrm.domain.errors import CrmError
from tuicrm.tui.screens.base import Changed

if TYPE_CHECKING:
    from tuicrm.tui.app import CrmApp

QUIET_S: Final = 2.0
"""Seconds between a change and the writing: what one works through quickly is written once."""
_TOUCH: Final = frozenset({"followup", "contact"})


class CalendarKeeper:
    """One per app. ``begin`` when the database is open; ``end`` before it is closed."""

    def __init__(self, app: CrmApp) -> None:
        self._app = app
        self._timer: Timer | None = None
        self._trouble = ""
        self._one_writing = asyncio.Lock()

    def begin(self) -> None:
        """What changed while no program ran is written as well."""
        self._app.changed.subscribe(self._app, self._changed)
        self.soon()

    def _changed(self, changed: Changed) -> None:
        if any(entity in _TOUCH for entity, _ in changed):
            self.soon()

    def soon(self) -> None:
        """Writes when nothing has changed for a while."""
        if self._app.settings.calendar_file and self._timer is None:
            self._timer = self._app.set_timer(
                QUIET_S, lambda: self._app.work(self._write(), group="calendar")
            )

    async def end(self) -> None:
        """Writes what still waits."""
        if self._timer is not None:
            self._timer.stop()
            await self._write()

    async def _write(self) -> None:
        """A refusal is said once, not after every change."""
        from tuicrm.tui.bridge import calendar_file

        self._timer = None
        async with self._one_writing:
            try:
                await self._app.bridge.read(calendar_file.refresh)
            except CrmError as error:
                said = i18n.sentence(error)
                if said != self._trouble:
                    self._app.say(said, "warn")
                self._trouble = said
            else:
                self._trouble = ""
