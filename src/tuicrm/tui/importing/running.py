"""While a file is imported: the bar and the counts. ``Esc`` stops after the chunk, ``q`` leaves it going on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Final, cast

from textual.binding import BindingType
from textual.timer import Timer

from tuicrm.i18n import t
from tuicrm.tui import keymap, text
from tuicrm.tui.importing import said
from tuicrm.tui.keymap import FooterKey
from tuicrm.tui.widgets.safe import Lines

if TYPE_CHECKING:
    from textual.content import Content

    from tuicrm.tui.app import CrmApp
    from tuicrm.tui.importing.job import Job

TICK_S: Final = 0.25


class Running(Lines):
    """Has the focus while an import goes on."""

    can_focus = True
    scope = "importrun"
    BINDINGS: ClassVar[list[BindingType]] = keymap.bindings("importrun")

    _job: Job | None = None
    _timer: Timer | None = None

    def watch_job(self, job: Job) -> None:
        """Shows how far ``job`` is from now on."""
        self._job = job
        if self._timer is None:
            self._timer = self.set_interval(TICK_S, self.paint)
        self.paint()

    def live_keys(self) -> Sequence[FooterKey]:
        """What the footer shows meanwhile."""
        return keymap.footer_keys(self.scope)

    def paint(self) -> None:
        """The bar and, beneath it, what is in."""
        job = self._job
        if job is None or not self.display:
            return
        it = job.progress
        lines: list[Content] = []
        if it is None:
            lines.append(text.phrase(t("Reading {file}…", file=job.file.name)))
        else:
            lines.append(text.join((said.bar(said.share(it)), text.phrase(said.rows_done(it))), "  "))
            told = t(
                "{added} new, {updated} updated, {unchanged} unchanged, {refused} refused",
                added=it.added,
                updated=it.updated,
                unchanged=it.unchanged,
                refused=it.refused,
            )
            lines.append(text.phrase(told, style="dim"))
        if job.stopping:
            lines.append(text.phrase(t("Stopping: what was read so far stays."), style="warn"))
        else:
            lines.append(text.phrase(t("Everything else can be used meanwhile."), style="dim"))
        self.set_lines([text.join((text.blank(1), line)) for line in lines])

    def action_stop(self) -> None:
        if self._job is not None:
            self._job.stop()
            self.paint()

    async def action_leave(self) -> None:
        await cast("CrmApp", self.app).action_back()
