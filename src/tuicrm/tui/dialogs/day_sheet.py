"""The day sheet from the screens: which day, whose, into which file; written as a page that any browser prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual.content import Content

from tuicrm.i18n import nt, t
from tuicrm.tui import text
from tuicrm.tui.bridge import daysheet
from tuicrm.tui.dialogs.form import FieldSpec, Form
from tuicrm.tui.importing import paths
from tuicrm.tui.screens import reads

if TYPE_CHECKING:
    from tuicrm.domain.daysheet import DaySheet
    from tuicrm.tui.app import CrmApp


class DaySheetForm(Form[bool]):
    """Dismissed with True when the page is written, and where is told."""

    def heading(self) -> Content:
        return text.phrase(t("A day sheet to print, for a day without power"), style="here")

    def specs(self) -> Sequence[FieldSpec]:
        return (
            FieldSpec("day", t("Day"), t("such as tomorrow, thu; empty: today")),
            FieldSpec("agent", t("Who"), t("empty: you")),
            FieldSpec("file", t("File"), t("a page for any browser; empty: named after the day")),
        )

    async def begun(self) -> None:
        self.crm_app.work(self._know(), owner=self, group="known")

    async def _know(self) -> None:
        self.offer("agent", await self.crm_app.bridge.read(reads.handles))

    async def submit(self, values: Mapping[str, str]) -> bool:
        bridge = self.crm_app.bridge
        on = await bridge.read(daysheet.day_of, values["day"])
        sheet = await bridge.read(daysheet.read, on, values["agent"])
        named = values["file"].strip()
        # one that is named after its day is made anew, a file of the person's own is never replaced
        file = paths.full(named) if named else Path(f"calls-{on.isoformat()}.html")
        await bridge.aside(_write, sheet, file, new=bool(named))
        # the name first: a long folder does not fit into the line
        said = nt(
            "{file}: {n} person; in {folder}",
            "{file}: {n} people; in {folder}",
            len(sheet.rows),
            file=file.name,
            folder=str(file.absolute().parent),
        )
        self.crm_app.say(said)
        return True


def _write(sheet: DaySheet, file: Path, *, new: bool) -> None:
    # imported here: it is printed once a day
    from tuicrm.sheet import page

    daysheet.save(file, page.page(sheet), new=new)


async def print_day(app: CrmApp) -> None:
    """Asks which day, and writes its sheet."""
    await app.push_screen(DaySheetForm())
