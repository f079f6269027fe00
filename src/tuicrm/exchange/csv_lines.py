"""The records of CSV text, each with the physical line it begins on; a broken one costs itself alone."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from typing import Final

from tuicrm.domain.record import record

CELL_LIMIT: Final = 1_000_000
"""Characters; the standard limit of 131,072 refuses long notes."""
_LINE: Final = re.compile(r"[^\r\n]*+(?:\r\n?|\n)|[^\r\n]++")


@record
class Broken:
    """In place of cells: why a record cannot be read, as a code of ``messages``; ``reason``: the limit that it is
    beyond."""

    code: str
    reason: str = ""


class _Lines:
    """The lines of a text with their ends (LF, CRLF or CR), which can be given back."""

    def __init__(self, text: str) -> None:
        self._found = _LINE.finditer(text)
        self._back: list[str] = []
        self.number = 0
        self.taken: list[str] = []
        """The lines of the record that is being read."""

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._back.pop() if self._back else next(self._found)[0]
        self.number += 1
        self.taken.append(line)
        return line

    def give_back(self, lines: list[str]) -> None:
        self._back += reversed(lines)
        self.number -= len(lines)


def records(text: str, delimiter: str) -> Iterator[tuple[int, list[str] | Broken]]:
    """(line, cells) of every record, ``[]`` for a blank line; (line, ``Broken``) for one that cannot be read.

    A quotation mark that is never closed, or whose end is followed by more text, would take the following records
    into one cell: then its first line is read by itself, and the others again. No line is read more than twice.
    """
    csv.field_size_limit(CELL_LIMIT)
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=True)
    while True:
        begins = lines.number + 1
        lines.taken.clear()
        try:
            cells = next(reader, None)
        except csv.Error:
            first = lines.taken[0]
            lines.give_back(lines.taken[1:])
            yield begins, _alone(first, delimiter)
            continue
        if cells is None:
            return
        yield begins, cells


def _alone(line: str, delimiter: str) -> list[str] | Broken:
    """One line, however its quotation marks stand; ``Broken`` when one is still open at its end."""
    ended = line if line.endswith(("\n", "\r")) else f"{line}\n"
    try:
        cells = next(csv.reader([ended], delimiter=delimiter, skipinitialspace=True))
    except csv.Error:
        # read so leniently only a cell beyond the limit is an error
        return Broken("csv_row", str(CELL_LIMIT))
    if cells and cells[-1].endswith(("\n", "\r")):
        return Broken("csv_quote")
    return cells
