"""The report of an import, into a file."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual.content import Content

from tuicrm.domain.errors import Invalid
from tuicrm.i18n import t, word
from tuicrm.line_order import ordered
from tuicrm.tui import text
from tuicrm.tui.dialogs.form import FieldSpec, Form
from tuicrm.tui.importing import paths, said
from tuicrm.uneven import uneven

if TYPE_CHECKING:
    from tuicrm.services.importing import ImportReport


class SaveReport(Form[bool]):
    """Dismissed with True when the report is written; a file that is there already is never written over."""

    def __init__(self, report: ImportReport) -> None:
        super().__init__()
        self._report = report

    def heading(self) -> Content:
        return text.phrase(t("The report of this import, into a file"), style="here")

    def specs(self) -> Sequence[FieldSpec]:
        return (FieldSpec("file", t("File")),)

    def values(self) -> Mapping[str, str]:
        return {"file": f"{Path(self._report.file).name}.report.txt"}

    async def submit(self, values: Mapping[str, str]) -> bool | None:
        if not values["file"].strip():
            return None
        file = paths.full(values["file"])
        write(file, lines(self._report))
        self.crm_app.say(t("The report is in {file}.", file=str(file)))
        return True


def lines(report: ImportReport) -> list[str]:
    """The report as plain text."""
    said_of_all = [t("Import of {file}", file=report.file), said.counts(report), *uneven(report)]
    beside = said.beside(report)
    if beside:
        said_of_all.append(beside)
    out: list[str] = list(said_of_all)
    kinds = ("refused", "skipped", "led_on")
    for name, rows in [*((kind, getattr(report, kind)) for kind in kinds), ("remark", report.remarks)]:
        fate, _ = said.fate(name)
        out += [
            t("Line {line}, {fate}: {reason}", line=row.line, fate=fate, reason=said.reason(row))
            for row in rows
        ]
    for each in report.duplicates:
        a, b = f"contact:{each.a}", f"contact:{each.b}"
        out.append(t("{a} and {b}: {why}.", a=a, b=b, why=word(f"same {each.why}")))
    # the marks are for a screen: an editor finds the directions by itself
    return [ordered(line, "plain", "ltr")[0] for line in out]


def write(file: Path, told: Sequence[str]) -> None:
    """Writes a new file for its owner alone. Raises ``Invalid("file_unwritable")``."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as stream:
            stream.writelines(f"{line}\n" for line in told)
    except OSError as error:
        raise Invalid("file_unwritable", file=str(file), reason=error.strerror or "") from None
