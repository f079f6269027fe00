"""Data in and out: files into the company (``services.importing``), any list into a file."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkstemp
from typing import TextIO

from tuicrm.domain.errors import Invalid
from tuicrm.services.context import Crm
from tuicrm.services.exporting import export
from tuicrm.services.importing import FORMATS, Double, ImportReport, RowReason, import_file

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


@contextmanager
def replaced(path: Path) -> Iterator[TextIO]:
    """A stream of UTF-8 text, ends of lines as written, that becomes the file when all went well."""
    descriptor, name = mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    temporary = Path(name)
    try:
        with open(descriptor, "w", encoding="utf-8", newline="") as stream:
            yield stream
            stream.flush()
            os.fsync(descriptor)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
