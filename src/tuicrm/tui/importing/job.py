"""One import on its way: it runs on a thread of its own, and the app stays usable."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tuicrm.i18n import t
from tuicrm.tui import text
from tuicrm.tui.bridge import importing
from tuicrm.tui.importing import said

if TYPE_CHECKING:
    from textual.content import Content

    from tuicrm.services.context import Crm
    from tuicrm.services.importing import ImportReport, Progress
    from tuicrm.tui.app import CrmApp

TICK_S: Final = 0.25
"""Seconds between two pictures of how far it is."""


class Quit(Exception):
    """The program is quit: the import stays unfinished, and the next start asks about it."""


class Job:
    """An import. ``begin`` starts it, ``stop`` ends it after the chunk, with what is in.

    ``told``: each is called when it is over, with the report, or None when it was refused.
    """

    def __init__(self, app: CrmApp, file: Path) -> None:
        self.app = app
        self.file = file
        self.told: list[Callable[[ImportReport | None], None]] = []
        self.progress: Progress | None = None
        self.stopping = False

    # --- beginning and ending -------------------------------------------------------------------------------

    def begin(
        self, mapping: Mapping[str, str], region: str | None = None, worklist: str = "", encoding: str = ""
    ) -> None:
        """Imports the file. ``region``: the country of numbers that do not say theirs; ``worklist``: the one its
        people are put on; ``encoding``: what somebody said of it."""
        how: dict[str, Any] = {
            "mapping": mapping,
            "region": region,
            "worklist": worklist,
            "encoding": encoding,
        }
        self._start(partial(_import, file=self.file, progress=self._tell, **how))

    def go_on(self, batch_id: int) -> None:
        """Goes on with one that was interrupted."""
        self._start(partial(_go_on, batch_id=batch_id, file=self.file, progress=self._tell))

    def stop(self) -> None:
        """Ends it after the chunk it is at."""
        self.stopping = True

    def _start(self, act: Callable[[Crm], ImportReport]) -> None:
        self.app.importing = self
        self.app.work(self._run(act), group="import")

    async def _run(self, act: Callable[[Crm], ImportReport]) -> None:
        timer = self.app.set_interval(TICK_S, self._paint)
        report = None
        try:
            self._paint()
            report = await self.app.bridge.long(act)
        except Quit:
            return
        finally:
            timer.stop()
            if self.app.importing is self:
                self.app.importing = None
            self.app.shell.progress.display = False
            if not self.app.bridge.closing:
                for told in self.told:
                    told(report)
        await self._over(report)

    async def _over(self, report: ImportReport) -> None:
        role: text.Role = "warn" if report.refused else ""
        self.app.say(said.done(report), role, undo=report.import_id is not None)
        await self.app.listener.look()
        if report.stopped and report.batch_id is not None:
            await self._ask_back(report)

    # --- how far it is --------------------------------------------------------------------------------------

    def _tell(self, progress: Progress) -> None:
        """In the import's thread."""
        self.progress = progress
        if self.app.bridge.closing:
            raise Quit
        if self.stopping:
            raise importing.StopImport

    def _paint(self) -> None:
        line = self.app.shell.progress
        line.set(text.join((text.blank(1), self.line())))
        # once is enough: the view of this import shows it in full
        line.display = getattr(self.app.place, "job", None) is not self

    def line(self) -> Content:
        """The bar, and in words how far it is."""
        what = t("Importing {file}", file=self.file.name)
        if self.stopping:
            what = t("Stopping {file}", file=self.file.name)
        if self.progress is None:
            return text.phrase(what)
        rows = text.phrase(said.rows_done(self.progress), style="dim")
        return text.join((said.bar(said.share(self.progress)), rows, text.phrase(what)), "  ")

    # --- after a stop ---------------------------------------------------------------------------------------

    async def _ask_back(self, report: ImportReport) -> None:
        from tuicrm.tui.dialogs.confirm import Confirm

        many = report.added + report.updated

        def answered(yes: bool | None) -> None:
            if yes and report.import_id is not None:
                # imported here: it needs this module
                from tuicrm.tui.importing import turning

                turning.begin(self.app, "undo", report.import_id)

        await self.app.push_screen(
            Confirm(t("Stopped; what was read so far is in ({n}). Take it back?", n=many)), answered
        )


def _import(crm: Crm, **how: Any) -> ImportReport:
    file: Path = how.pop("file")
    report: ImportReport = importing.import_file(crm, file, **how)
    return report


def _go_on(crm: Crm, *, batch_id: int, file: Path, progress: Any) -> ImportReport:
    report: ImportReport = importing.go_on(crm, batch_id, file, progress=progress)
    return report
