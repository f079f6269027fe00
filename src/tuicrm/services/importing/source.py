"""The file: its bytes, what they are, and its records one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Final

from tuicrm.domain.errors import Invalid, NotFound
from tuicrm.domain.record import record
from tuicrm.exchange.incoming import Incoming

FORMATS: Final = ("json", "csv")


@record
class Source:
    """A file that was read and recognised. ``sha256``: of its bytes, in hex. ``lines``: of its text, at least 1."""

    name: str
    sha256: str
    size: int
    form: str
    encoding: str
    text: str
    lines: int


def recognised(source: Path | BinaryIO, form: str | None) -> Source:
    """Reads the file. Raises ``NotFound("file_unreadable")`` and ``Invalid`` when it cannot be made out."""
    name, data = _content(source)
    form = _format(form, name, data)
    from tuicrm.exchange import csv_format

    text, encoding = csv_format.decode(data, name)
    text = text.lstrip(csv_format.BOM)
    if not text.strip():
        raise Invalid("file_empty", file=name)
    lines = text.count("\n") + 1
    return Source(name, sha256(data).hexdigest(), len(data), form, encoding, text, lines)


def _content(source: Path | BinaryIO) -> tuple[str, bytes]:
    if not isinstance(source, Path):
        return str(getattr(source, "name", "-")), source.read()
    try:
        return str(source), source.read_bytes()
    except OSError as error:
        raise NotFound("file_unreadable", file=str(source), reason=error.strerror or "") from None


def _format(given: str | None, name: str, data: bytes) -> str:
    """The format asked for, else that of the file's name, else by how the content begins."""
    form = given or Path(name).suffix.lstrip(".").lower()
    if not given and form not in FORMATS:
        start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
        form = "json" if start in (b"[", b"{") else "csv"
    if form not in FORMATS:
        raise Invalid("import_format", format=form, choices=FORMATS)
    return form


def rows(source: Source, mapping: Mapping[str, str]) -> Iterator[Incoming]:
    """The records. Raises ``Invalid`` before the first for a file that is not what it should be."""
    # imported here: a run reads one kind of file
    if source.form == "json":
        from tuicrm.exchange import json_format

        return json_format.read(source.text, source.name)
    from tuicrm.exchange import csv_format

    return csv_format.read(source.text, source.name, mapping)
