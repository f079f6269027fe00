"""The file: its bytes, what they are, and its records one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from tuicrm.domain.errors import Invalid, NotFound
from tuicrm.domain.record import record
from tuicrm.exchange.incoming import Incoming, IncomingCall, IncomingFollowUp

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from tuicrm.exchange.csv_columns import Column

FORMATS: Final = ("vcard", "csv", "json", "ics", "calls")
"""What ``format`` can be; ``vcf`` is ``vcard`` too. Which list of calls it is shows in the file."""
_ALIASES: Final = {"vcf": "vcard"}
LARGEST: Final = 1 << 30
"""Bytes of a file: it is held in memory, and an endless one (a device, a pipe) must not fill that."""
_PART: Final = 1 << 24


@record
class Source:
    """A file that was read and recognised.

    ``sha256``: of its bytes, in hex. ``lines``: of its text, at least 1. ``data``: of a vCard, whose values may each
    have an encoding of their own; of others ``text``. ``damaged``: characters that could not be decoded. ``told``:
    somebody said the encoding.
    """

    name: str
    sha256: str
    size: int
    form: str
    encoding: str
    text: str
    data: bytes
    lines: int
    damaged: int
    told: bool = False


def recognised(source: Path | BinaryIO, form: str | None, encoding: str = "") -> Source:
    """Reads the file. ``form``: one of ``FORMATS``, ``encoding``: one of ``ENCODINGS``, each else by its content.
    Raises ``NotFound("file_unreadable")`` and ``Invalid`` (``import_format``, ``import_encoding``,
    ``file_too_large``, ``file_empty``, ``file_binary``)."""
    from tuicrm.exchange import said_encodings
    from tuicrm.exchange.read_twice import TWICE
    from tuicrm.exchange.recognise import calls_form, recognise

    form = _ALIASES.get(form or "", form)
    if form is not None and form not in FORMATS and not form.startswith("calls-"):
        raise Invalid("import_format", format=form, choices=FORMATS)
    encoding = said_encodings.encoding(encoding)
    name, data = _content(source)
    found = recognise(data, name, said=form is not None, encoding=encoding)
    if form == "calls":
        form = f"calls-{calls_form(found.text) or 'csv'}"
    form = form or found.format
    if form not in FORMATS and not form.startswith("calls-"):
        raise Invalid("import_format", format=form, choices=FORMATS)
    card = form == "vcard"
    return Source(
        name=name,
        sha256=sha256(data).hexdigest(),
        size=len(data),
        form=form,
        encoding=found.encoding,
        # a zero byte says nothing, and SQLite's json_each would end a call's id there
        text="" if card else found.text.replace("\0", ""),
        data=b"" if not card else found.text.encode() if found.encoding == TWICE else data,
        lines=found.text.count("\n") + 1,
        damaged=found.damaged,
        told=bool(encoding),
    )


def _content(source: Path | BinaryIO) -> tuple[str, bytes]:
    """The file's name, ``-`` for standard input, and all its bytes."""
    if not isinstance(source, Path):
        name = str(getattr(source, "name", "-"))
        name = "-" if name.startswith("<") else name
        return name, _bytes(source, name)
    try:
        with source.open("rb") as stream:
            return str(source), _bytes(stream, str(source))
    except OSError as error:
        raise NotFound("file_unreadable", file=str(source), reason=error.strerror or "") from None


def _bytes(stream: BinaryIO, name: str) -> bytes:
    parts, size = [], 0
    while part := stream.read(_PART):
        size += len(part)
        if size > LARGEST:
            raise Invalid("file_too_large", file=name, n=LARGEST >> 20)
        parts.append(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def rows(source: Source, mapping: Mapping[str, str], region: str) -> Iterator[Incoming]:
    """The contacts. Raises ``Invalid`` before the first for a file that is not what it should be."""
    # imported here: a run reads one kind of file
    if source.form == "json":
        from tuicrm.exchange import json_format

        return json_format.read(source.text, source.name)
    if source.form == "vcard":
        from tuicrm.exchange import vcard

        return vcard.read(source.data, source.name, region, source.encoding if source.told else "")
    from tuicrm.exchange import csv_format

    return csv_format.read(source.text, source.name, mapping)


def is_company(source: Source) -> bool:
    """Whether a JSON file holds a whole company."""
    from tuicrm.exchange import everything

    return everything.is_one(source.text)


def calls(source: Source, zone: ZoneInfo) -> Iterator[IncomingCall]:
    """The calls of a list. Raises as ``rows``."""
    from tuicrm.exchange import call_log

    return call_log.read(source.form, source.text, source.name, zone)


def follow_ups(source: Source, zone: ZoneInfo, now: datetime) -> Iterator[IncomingFollowUp]:
    """The tasks and events of a calendar. Raises as ``rows``."""
    from tuicrm.exchange import ics

    return ics.read(source.text, source.name, zone, now=now)


def signatures(source: Source) -> tuple[str, str]:
    """What the header of a CSV file is remembered by, in any order of its columns and in this one; ``""`` when there
    is none."""
    if source.form != "csv":
        return "", ""
    from tuicrm.exchange import csv_columns, csv_format

    headings = csv_format.look(source.text, source.name).headings
    return csv_columns.signature(headings, ordered=False), csv_columns.signature(headings)


def said_of(source: Source, mapping: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """A mapping of a CSV file's columns parted into what is said by heading and what only by number. Raises as
    ``columns``."""
    from tuicrm.exchange import csv_columns, csv_format

    return csv_columns.parted(csv_format.look(source.text, source.name).headings, mapping, source.name)


def columns(source: Source, mapping: Mapping[str, str]) -> tuple[Column, ...]:
    """The columns of a CSV file and what each holds; nothing for other formats. Raises as ``rows``."""
    if source.form != "csv":
        return ()
    from tuicrm.exchange import csv_columns, csv_format

    found = csv_format.look(source.text, source.name)
    return csv_columns.columns(found.headings, mapping, source.name, found.first)
