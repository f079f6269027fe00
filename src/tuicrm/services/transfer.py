"""Data in and out: files into the company (``services.importing``), any list into a file."""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from pathlib import Path

from tuicrm.domain.errors import Invalid
from tuicrm.services.context import Crm
from tuicrm.services.exporting import export
from tuicrm.services.importing import FORMATS, Double, ImportReport, RowReason, import_file
from tuicrm.services.replacing import replaced

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
    """Writes an export into a file that only its owner may read; gives how many rows. A file of that name is replaced
    only when all is written. Raises ``Invalid("file_unwritable")`` and as ``export``."""
    try:
        with replaced(path) as stream:
            return export(crm, what, form, stream, raw=raw, where=where)
    except OSError as error:
        raise Invalid("file_unwritable", file=str(path), reason=error.strerror or "") from None


def export_some(crm: Crm, ids: Sequence[int], form: str, name: str) -> int:
    """Writes these contacts into a new file; gives how many. Raises ``Invalid("file_unwritable")``, for one that is
    there already too."""
    path = Path(name)
    if path.exists():
        raise Invalid("file_unwritable", file=name, reason=os.strerror(errno.EEXIST))
    try:
        with replaced(path) as stream:
            return export(crm, "contacts", form, stream, ids=ids)
    except OSError as error:
        raise Invalid("file_unwritable", file=name, reason=error.strerror or "") from None
