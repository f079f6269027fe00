"""Taking back an import, or doing it again: beside all else, for it may take minutes. ``history.undo`` for the rest."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from tuicrm.i18n import nt, t
from tuicrm.tui import text, undone
from tuicrm.tui.bridge import history
from tuicrm.tui.importing.job import TICK_S, Quit

if TYPE_CHECKING:
    from textual.content import Content

    from tuicrm.domain.deeds import Turn
    from tuicrm.tui.app import CrmApp

_GROUP: Final = "slow turn"


class SlowTurn:
    """One on its way; ``app.turning`` is it meanwhile."""

    def __init__(self, app: CrmApp, verb: Turn, action_id: int) -> None:
        self.app = app
        self.verb = verb
        self.action_id = action_id
        self.records = 0

    async def run(self) -> None:
        """Does it, and tells it. Keys act meanwhile; quitting ends it after the chunk, and the next start asks."""
        app = self.app
        if app.turning is not None:
            app.say(t("One after the other: something is being taken back or done again right now."))
            return
        app.turning = self
        timer = app.set_interval(TICK_S, self._paint)
        self._paint()
        act = history.undo if self.verb == "undo" else history.redo
        try:
            done = await app.bridge.long(partial(act, action_id=self.action_id, between=self._tell))
        except Quit:
            return
        finally:
            timer.stop()
            app.turning = None
            app.shell.progress.display = app.importing is not None
        await app.listener.look()
        app.say(undone.words(done, self.verb))

    def _tell(self, records: int) -> None:
        """In the other thread, between two chunks."""
        self.records = records
        if self.app.bridge.closing:
            raise Quit

    def _paint(self) -> None:
        if self.app.importing is None:
            self.app.shell.progress.set(text.join((text.blank(1), self.line())))
            self.app.shell.progress.display = True

    def line(self) -> Content:
        """What is being done, and how far it is."""
        what = t("Taking the import back") if self.verb == "undo" else t("Doing the import again")
        many = nt("{n} record", "{n} records", self.records)
        return text.join((text.phrase(what), text.phrase(many, style="dim")), "  ")


def begin(app: CrmApp, verb: Turn, action_id: int) -> None:
    """Starts it; the keys go on."""
    app.work(SlowTurn(app, verb, action_id).run(), group=_GROUP)
