"""CSV with a header line: contacts in, any list out.

What goes out to a spreadsheet starts with a byte order mark, so that it is read as UTF-8, and no cell can be taken
for a formula; ``raw`` leaves both away for programs. What comes in may have been through that.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TextIO

from tuicrm.domain.errors import Invalid
from tuicrm.domain.models import EmailAddress, NewContact, PhoneNumber
from tuicrm.exchange.csv_columns import Column, columns
from tuicrm.exchange.incoming import Incoming, has_digit, looks_like_address

BOM: Final = "\ufeff"
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FORMULA: Final = re.compile(r"'*[=+\-@\t\r]")
_GUARDED: Final = re.compile(r"''*[=+\-@\t\r]")
_CELL_LIMIT: Final = 1_000_000
"""Characters; the standard limit of 131,072 refuses long notes."""
_MANY: Final = re.compile(r"[;\n]")
"""What parts several numbers, addresses or tags in one cell."""


def decode(data: bytes, name: str) -> tuple[str, str]:
    """A file's text and its encoding: UTF-8, or UTF-16 with its mark. Raises ``Invalid("file_not_utf8")``."""
    encoding = next((found for mark, found in _MARKS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError:
        raise Invalid("file_not_utf8", file=name) from None


# --- in -----------------------------------------------------------------------------------------------------


def read(text: str, name: str, mapping: Mapping[str, str]) -> Iterator[Incoming]:
    """The contacts of a file. ``mapping``: column heading to one of ``csv_columns.TARGETS``.

    Raises ``Invalid`` before the first row when there is no header that could be one of contacts.
    """
    csv.field_size_limit(_CELL_LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        headings = next((row for row in reader if any(cell.strip() for cell in row)), None)
    except csv.Error as error:
        raise Invalid("csv_bad", file=name, line=reader.line_num, reason=str(error)) from None
    if headings is None:
        raise Invalid("file_empty", file=name)
    return _rows(reader, columns(headings, mapping, name), reader.line_num)


def _delimiter(text: str) -> str:
    """The one of ``, ; tab`` that the header line has most of."""
    header = text.lstrip("\r\n").partition("\n")[0]
    return max(",;\t", key=header.count)


def _rows(reader: Any, found: tuple[Column, ...], line: int) -> Iterator[Incoming]:
    """Every row with the line it begins on: a cell may run over several."""
    while True:
        begins = line + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            line = reader.line_num
            yield Incoming(begins, code="csv_row", params={"reason": str(error)}, refused=True)
            continue
        if cells is None:
            return
        line = reader.line_num
        if not any(cell.strip() for cell in cells):
            continue
        yield _incoming(begins, cells, found)


class _Row:
    """What the cells of one row add up to."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.phones: list[PhoneNumber] = []
        self.emails: list[EmailAddress] = []
        self.tags: list[str] = []
        self.fields: dict[str, str] = {}
        self.kept: list[str] = []

    def take(self, column: Column, text: str) -> None:
        """Puts one cell where its column says; what does not fit there stays readable as a free field."""
        if column.target == "phone":
            self._several(
                column,
                text,
                has_digit,
                lambda part: self.phones.append(PhoneNumber(part, label=column.label)),
            )
        elif column.target == "email":
            add = self.emails.append
            self._several(
                column, text, looks_like_address, lambda part: add(EmailAddress(part, column.label))
            )
        elif column.target == "tag":
            self.tags += [part.strip() for part in re.split(r"[;,،\n]", text)]
        elif column.target == "field":
            self.keep(column.heading, text)
        elif column.target == "note" and "note" in self.texts:
            self.texts["note"] += "\n" + text
        elif column.target != "skip":
            self.texts.setdefault(column.target, text)

    def keep(self, heading: str, text: str) -> None:
        """A free field; a second one of that name goes behind the first."""
        self.fields[heading] = f"{self.fields[heading]}; {text}" if heading in self.fields else text
        self.kept.append(heading)

    def _several(self, column: Column, text: str, fits: Any, add: Any) -> None:
        for part in filter(None, (part.strip() for part in _MANY.split(text))):
            if fits(part):
                add(part)
            else:
                self.keep(column.heading, part)

    def name(self) -> str:
        """The whole name, else first and last name."""
        parts = (self.texts.get("first", ""), self.texts.get("last", ""))
        return self.texts.get("name") or " ".join(part for part in parts if part)


def _incoming(line: int, cells: Sequence[str], found: tuple[Column, ...]) -> Incoming:
    if len(cells) > len(found) and any(cell.strip() for cell in cells[len(found) :]):
        params = {"cells": len(cells), "columns": len(found)}
        return Incoming(line, code="csv_cells", params=params, refused=True)
    row = _Row()
    for column, cell in zip(found, cells, strict=False):
        if text := unguarded(cell).strip():
            row.take(column, text)
    contact = NewContact(
        name=row.name(),
        company=row.texts.get("company", ""),
        phones=tuple(row.phones),
        emails=tuple(row.emails),
        tags=tuple(row.tags),
        fields=row.fields,
        note=row.texts.get("note", ""),
    )
    barred = row.texts.get("do_not_call")
    return Incoming(
        line,
        contact,
        owner=row.texts.get("owner"),
        do_not_call=None if barred is None else barred.lower() in ("1", "true", "yes"),
        kept=tuple(row.kept),
    )


# --- out ----------------------------------------------------------------------------------------------------


def write(stream: TextIO, headings: Sequence[str], rows: Iterable[Sequence[Any]], *, raw: bool) -> int:
    """A header and a line for each row; gives how many. Empty for None, ``1`` and ``0`` for true and false."""
    safe = str if raw else guarded
    if not raw:
        stream.write(BOM)
    writer = csv.writer(stream, lineterminator="\n" if raw else "\r\n")
    writer.writerow([safe(heading) for heading in headings])
    many = 0
    for row in rows:
        writer.writerow([safe(_cell(value)) for value in row])
        many += 1
    return many


def guarded(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe before ``= + - @`` and the like.

    One more before a text that already looks so, so that ``unguarded`` always gives the text back.
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The text that ``guarded`` was given."""
    return text[1:] if _GUARDED.match(text) else text


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    return str(value)
