"""Importing a file from anywhere: one line for its name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from textual.content import Content

from tuicrm.i18n import t
from tuicrm.tui import text
from tuicrm.tui.dialogs.form import FieldSpec, Form
from tuicrm.tui.screens.first_run import import_file


class ImportForm(Form[bool]):
    """Dismissed with True when something was read, None when it was left; a refused file's name stays."""

    def heading(self) -> Content:
        return text.phrase(
            t("Import people: CSV with a line of headings, vCard, or tuicrm's own JSON"), style="here"
        )

    def specs(self) -> Sequence[FieldSpec]:
        return (FieldSpec("file", t("File"), t("such as people.csv")),)

    async def submit(self, values: Mapping[str, str]) -> bool | None:
        name = values["file"].strip()
        if not name:
            return None
        await import_file(self.crm_app, Path(name).expanduser())
        return True
