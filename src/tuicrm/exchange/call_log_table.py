"""The rows of a list of calls that is a CSV file, with its header if there is one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from tuicrm.domain.fold import fold
from tuicrm.domain.record import record
from tuicrm.exchange.csv_lines import Broken, records
from tuicrm.exchange.csv_shape import layout
from tuicrm.exchange.refused import Refused

_KNOWN: Final = 3
"""So many known headings make a header."""
_WIDTH: Final = 500
"""Cells of a row that are looked at."""


@record
class Row:
    """One row. ``named``: its cells by heading (small letters, ``_`` for blanks); empty without a header.

    ``problem``: why it cannot be read; there are no cells then.
    """

    line: int
    cells: list[str]
    named: Mapping[str, str]
    problem: Refused | None = None


def key(heading: str) -> str:
    """A heading as rows name it: ``Start Time`` -> ``start_time``."""
    return fold(heading).replace(" ", "_")


def rows(text: str, names: frozenset[str]) -> Iterator[Row]:
    """The rows that hold something. ``names``: headings by which a header is known."""
    found = layout(text)
    if found is None:
        return
    header = [key(heading) for heading in found.headings]
    # A row of words is no header: the caller may be withheld and the called one a menu.
    headed = bool(found.header_line) and len(names.intersection(header)) >= _KNOWN
    skip = found.skip if headed or not found.header_line else found.header_line - 1
    for line, cells in records(text, found.delimiter):
        if line <= skip:
            continue
        if isinstance(cells, Broken):
            yield Row(line, [], {}, Refused(cells.code, reason=cells.reason))
        elif any(cell.strip() for cell in cells):
            cells = [cell.strip() for cell in cells[:_WIDTH]]
            yield Row(line, cells, dict(zip(header, cells, strict=False)) if headed else {})
