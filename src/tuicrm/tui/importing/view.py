"""A file that is to be imported: what was recognised, what would come in, where each column goes; then the report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widget import Widget

from tuicrm.i18n import Phrase, t
from tuicrm.tui import keymap, text
from tuicrm.tui.bridge import importing
from tuicrm.tui.importing import parts, said
from tuicrm.tui.importing.asked import Asked
from tuicrm.tui.importing.column_choices import ColumnChoices
from tuicrm.tui.importing.counting import Counting
from tuicrm.tui.importing.job import Job
from tuicrm.tui.importing.running import Running
from tuicrm.tui.keymap import FooterKey
from tuicrm.tui.widgets.headings import Headings
from tuicrm.tui.widgets.record_list import RecordList
from tuicrm.tui.widgets.safe import Lines, Rule, Words

if TYPE_CHECKING:
    from tuicrm.services.importing import ImportReport, Look

DOUBLES_NAMED: Final = 500
"""Doubles whose names are read; the others show their ids."""


class ImportView(Asked):
    """Lies over the place it was opened from. ``found``: the file; with ``job`` alone, an import that goes on."""

    scope = "importing"
    BINDINGS: ClassVar[list[BindingType]] = keymap.bindings("importing")

    def __init__(self, found: Look | None, job: Job | None = None) -> None:
        super().__init__()
        self.found = found
        self.job = job
        self._choices = ColumnChoices()
        self.country = found.region if found else ""
        self._report: ImportReport | None = None
        self._counting = Counting(self, self._paint)
        self._part = ""
        self._head = Lines(id="import-head")
        self._headings = Headings(parts.TITLES)
        self._tabs = Words(id="import-parts")
        self._at_work = Running()
        self._lists: dict[str, RecordList[Any]] = {
            "columns": parts.columns_list(),
            "rows": parts.rows_list(lambda: self.crm_app.now()),
            "left_out": parts.left_out_list(),
            "doubles": parts.doubles_list(),
        }

    def compose(self) -> ComposeResult:
        name = self.job.file.name if self.job else self.found.file.name if self.found else ""
        yield Rule(text.phrase(t("Import {file}", file=name), style="here"))
        yield self._head
        yield self._at_work
        yield self._tabs
        yield self._headings
        yield from self._lists.values()

    def on_mount(self) -> None:
        if self.job is not None:
            self.job.told.append(self.over)
            self._at_work.watch_job(self.job)
        elif self.found is not None:
            self.looked_anew()
        self._paint()

    def first_focus(self) -> Widget | None:
        return self._at_work if self.job is not None else self._lists.get(self._part)

    # --- what would come in ---------------------------------------------------------------------------------

    def may_be_asked(self) -> bool:
        return self.found is not None and self.job is None and self._report is None

    def looked_anew(self) -> None:
        unsure = self.found is not None and any(not column.sure for column in self.found.columns)
        self._choices = ColumnChoices()
        self._show_columns()
        self._turn_to("columns" if unsure else "rows")
        self.count_anew()

    def count_anew(self) -> None:
        self.work(self._count(), group="preview", exclusive=True)

    async def _count(self) -> None:
        assert self.found is not None, "only a file that was looked at is counted"
        for name in ("rows", "left_out"):
            self._lists[name].set_empty(t("Counting…"))
        asked = (self._choices.said, self.country, self.worklist, self.encoding)
        await self._counting.count(self.found.file, *asked)
        if self._counting.useless:
            self._turn_to("columns")
        elif self._counting.preview is not None:
            for name, words in parts.NOTHING.items():
                self._lists[name].set_empty(words())
            self._lists["rows"].set_rows(self._counting.preview.rows)
            self._lists["left_out"].set_rows(parts.left_out(self._counting.preview.report))
            self._turn_to(self._part)

    # --- what is shown --------------------------------------------------------------------------------------

    def _paint(self) -> None:
        # before it is laid out it has no size yet; it is as wide as the screen
        width = max(20, (self.size or self.app.size).width - 2)
        counting = self._counting
        report = self._report or (counting.preview.report if counting.preview else None)
        lines = said.head(self.found, self.country, width)
        if self.job is None:
            lines += said.outcome(counting.useless, report, counting.told, width)
        self._head.set_lines([text.join((text.blank(1), line)) for line in lines])
        there = {part: len(self._lists[part].rows) for part in self._tabs_now()}
        self._tabs.set(parts.tabs(there, self._part))
        self._tabs.display = self.job is None
        self._headings.display = self.job is None
        self._at_work.display = self.job is not None
        self.keys_changed()

    def _tabs_now(self) -> list[str]:
        """The lists there are now."""
        if self._report is not None:
            return ["left_out", "doubles"]
        columns = bool(self.found and self.found.columns)
        return ["columns", "rows", "left_out"] if columns else ["rows", "left_out"]

    def _turn_to(self, part: str) -> None:
        """Shows one of the lists; the focus goes there."""
        self._part = part
        self._headings.set_columns(self._lists[part].columns if self._lists[part].rows else ())
        for name, one in self._lists.items():
            one.display = name == part and self.job is None
        if self.job is None and self.crm_app.place is self:
            self.screen.set_focus(self._lists[part], scroll_visible=False)
        self._paint()

    def _pane(self, step: int) -> None:
        there = self._tabs_now()
        if self.job is None and self._part in there:
            self._turn_to(there[(there.index(self._part) + step) % len(there)])

    # --- columns --------------------------------------------------------------------------------------------

    def _show_columns(self) -> None:
        assert self.found is not None, "a column is of a file"
        self._lists["columns"].set_rows(self._choices.rows(self.found))

    async def _choose(self, row: parts.ColumnRow) -> None:
        """Asks what a column holds."""
        from tuicrm.tui.importing import asking

        def chosen(target: str) -> None:
            self.work(self._map(row.place, target), group="map")

        await asking.target(self.crm_app, row.column, chosen)

    async def _map(self, place: int, target: str) -> None:
        found = self.found
        assert found is not None, "a column is of a file"
        self._choices.choose(found, place, target)
        self._counting.stop()
        self.found = await self.bridge.long(importing.look, found.file, self._choices.said, self.encoding)
        self._show_columns()
        self.count_anew()

    # --- keys -----------------------------------------------------------------------------------------------

    def finished(self) -> bool:
        """A report that was read stands in nobody's way: ``l`` belongs to the place beneath it."""
        return self._report is not None

    def hidden_keys(self) -> Iterable[str]:
        hidden = ["place.menu", *self.unasked()]
        # beside the columns Enter imports as well, and one key is enough to be told
        if self._report is None and self._part != "columns":
            hidden.append("list.open")
        if self._report is not None and self._report.import_id is None:
            hidden.append("place.undo")
        if self._report is None:
            hidden.append("importing.report")
            if self._counting.useless:
                hidden.append("importing.start")
        else:
            hidden.append("importing.start")
            if self._part != "doubles" or not self._lists["doubles"].rows:
                hidden.append("list.open")
        return hidden

    def extra_keys(self) -> Sequence[FooterKey]:
        return (FooterKey(keymap.display("tab"), t("next part"), 40),)

    def relabel(self, id: str) -> Phrase | None:
        if id != "list.open":
            return None
        if self._report is not None:
            return t("open")
        return t("choose what it holds")

    async def on_record_list_chosen(self, event: RecordList.Chosen) -> None:
        event.stop()
        if self._report is not None:
            if isinstance(event.row, parts.DoubleRow):
                from tuicrm.tui.screens.open_card import OpenCard

                await self.crm_app.open_view(OpenCard(event.row.a))
        elif isinstance(event.row, parts.ColumnRow):
            await self._choose(event.row)
        else:
            self.action_start()

    def action_start(self) -> None:
        """Imports the file as it is shown."""
        found = self.found
        if found is None or self.job is not None or self._report is not None:
            return
        if self._counting.useless:
            return
        if self.crm_app.importing is not None:
            self.say(
                t(
                    "One file after the other: {file} is being imported.",
                    file=self.crm_app.importing.file.name,
                )
            )
            return
        self._counting.stop()
        self.job = Job(self.crm_app, found.file)
        self.job.told.append(self.over)
        self.job.begin(self._choices.said, self.country, self.worklist, self.encoding)
        self._turn_to(self._part)
        self._at_work.watch_job(self.job)
        self.screen.set_focus(self._at_work, scroll_visible=False)

    async def action_report(self) -> None:
        """Asks where the report goes, and writes it."""
        from tuicrm.tui.dialogs.save_report import SaveReport

        if self._report is not None:
            await self.crm_app.push_screen(SaveReport(self._report))

    async def action_undo(self) -> None:
        """Takes back what this file brought, and nothing else once it is in."""
        if self._report is None:
            await super().action_undo()
        elif self._report.import_id is None:
            self.say(t("Nothing of this file came in: there is nothing to take back."))
        else:
            # imported here: what is seldom wanted is not read at the start
            from tuicrm.tui.importing import turning

            turning.begin(self.crm_app, "undo", self._report.import_id)

    # --- the end --------------------------------------------------------------------------------------------

    def over(self, report: ImportReport | None) -> None:
        """The import is over; without a report it was refused, and the preview is there again."""
        self.job = None
        if not self.is_attached:
            return
        self._report = report
        if report is None:
            self._turn_to(self._part or "rows")
            return
        self.work(self._show_report(report), group="report")

    async def _show_report(self, report: ImportReport) -> None:
        if not (report.refused or report.skipped or report.led_on or report.remarks or report.duplicates):
            self.close_soon()
            return
        ids = {each for it in report.duplicates[:DOUBLES_NAMED] for each in (it.a, it.b)}
        names = await self.bridge.read(parts.names, ids) if ids else {}
        self._lists["left_out"].set_rows(parts.left_out(report))
        self._lists["doubles"].set_rows(parts.double_rows(report, names))
        self._turn_to("left_out" if self._lists["left_out"].rows else "doubles")
