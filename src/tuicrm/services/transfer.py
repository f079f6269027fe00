"""Data in and out: files into the company (``services.importing``), any list into a file."""

from __future__ import annotations

import os
from pathlib import Path

from tuicrm.domain.errors import Invalid
from tuicrm.services.context import Crm
from tuicrm.services.exporting import export
from tuicrm.services.importing import FORMATS, Double, ImportReport, RowReason, import_file

__all__ = ["FORMATS", "Double", "ImportReport", "RowReason", "export", "export_to", "import_file"]


def _private(path: str, flags: int) -> int:
    """Opens a new file that only its owner may read: it holds people's numbers."""
    return os.open(path, flags, 0o600)


def export_to(crm: Crm, what: str, form: str, path: Path, *, raw: bool = False) -> int:
    """Writes an export into a file of the person's own; gives how many rows. A file of that name is replaced only
    when all is written. Raises ``Invalid("file_unwritable")`` and as ``export``."""
    temporary = path.with_name(f".{path.name}.part")
    try:
        with open(temporary, "w", encoding="utf-8", newline="", opener=_private) as stream:
            rows = export(crm, what, form, stream, raw=raw)
        temporary.replace(path)
    except OSError as error:
        raise Invalid("file_unwritable", file=str(path), reason=error.strerror or "") from None
    finally:
        temporary.unlink(missing_ok=True)
    return rows
