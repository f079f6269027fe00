"""Data in and out: files into the company (``services.importing``), any list into a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tuicrm.services.context import Crm
from tuicrm.services.exporting import checked, export
from tuicrm.services.importing import FORMATS, Double, ImportReport, RowReason, import_file
from tuicrm.services.replacing import written

__all__ = [
    "FORMATS",
    "Double",
    "ImportReport",
    "RowReason",
    "export",
    "export_some",
    "export_to",
    "import_file",
]


def export_to(crm: Crm, what: str, form: str, path: Path, *, raw: bool = False, where: str = "") -> int:
    """Writes an export into a file that only its owner may read; gives how many rows. An earlier one of that name is
    replaced, and only when all is written. Raises as ``replacing.written`` and ``export``."""
    with written(path, checked(what, form)) as stream:
        return export(crm, what, form, stream, raw=raw, where=where)


def export_some(crm: Crm, ids: Sequence[int], form: str, name: str) -> int:
    """Writes these contacts into a new file; gives how many. Raises ``Invalid("file_unwritable")``, for one that is
    there already too."""
    with written(Path(name), checked("contacts", form), new=True) as stream:
        return export(crm, "contacts", form, stream, ids=ids)
