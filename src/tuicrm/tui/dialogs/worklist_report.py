"""The outcome report of a worklist into a new file, from the screens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from textual.content import Content

from tuicrm.domain.errors import FieldProblem, Invalid
from tuicrm.i18n import nt, t
from tuicrm.tui import text
from tuicrm.tui.bridge import saved_filters, worklist_report, worklists
from tuicrm.tui.dialogs.form import FieldSpec, Form
from tuicrm.tui.importing import paths

if TYPE_CHECKING:
    from tuicrm.services.context import Crm
    from tuicrm.tui.app import CrmApp

_FORMS: Final = {".csv": "csv", ".json": "json"}


class ReportForm(Form[bool]):
    """Dismissed with True when the report is written, and where is told.

    ``name``: the worklist named at first; ``known``: those there are, told in the empty field and offered while one
    types.
    """

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__()
        self._called = name
        self._known = known

    def heading(self) -> Content:
        return text.phrase(t("What came of a worklist, into a file"), style="here")

    def specs(self) -> Sequence[FieldSpec]:
        return (
            FieldSpec("name", t("Worklist"), t("{names}", names=", ".join(self._known))),
            FieldSpec("file", t("File"), t("its end says the form: .csv or .json")),
        )

    def values(self) -> Mapping[str, str]:
        return {"name": self._called, "file": "report.csv"}

    async def begun(self) -> None:
        self.offer("name", self._known)

    async def submit(self, values: Mapping[str, str]) -> bool | None:
        if not values["name"].strip() or not values["file"].strip():
            return None
        file = paths.full(values["file"])
        form = _FORMS.get(file.suffix.lower())
        if form is None:
            choices = tuple(_FORMS)
            problem = FieldProblem("file", file.name, "export_ending")
            raise Invalid("export_ending", fields=(problem,), file=file.name, choices=choices)
        rows = await self.crm_app.bridge.read(_save, values["name"], form, file)
        folder = str(file.absolute().parent)
        said = nt(
            "{file}: {n} person; in {folder}",
            "{file}: {n} people; in {folder}",
            rows,
            file=file.name,
            folder=folder,
        )
        self.crm_app.say(said)
        return True


def _names(crm: Crm) -> list[str]:
    """The worklists that have rounds."""
    return [each.it.name for each in worklists.lists(crm) if each.it.id != saved_filters.OWED_ID]


def _save(crm: Crm, name: str, form: str, file: Path) -> int:
    return worklist_report.save(crm, name, form, file, new=True)


async def write_report(app: CrmApp, name: str = "") -> None:
    """Asks which worklist and which file, and writes it."""
    known = await app.bridge.read(_names)
    await app.push_screen(ReportForm(name or (known[0] if len(known) == 1 else ""), known))
