"""How a CSV file is laid out: what parts its cells, where its header stands, or that it has none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from tuicrm.domain.fold import fold
from tuicrm.domain.record import record
from tuicrm.exchange import csv_content
from tuicrm.exchange.csv_lines import records
from tuicrm.exchange.csv_names import known

_DELIMITERS: Final = ",;\t|"
_SAMPLE: Final = 65_536
"""Characters that are looked at."""
_ROWS: Final = 100
_COLUMNS: Final = 2_000
"""Columns of a file; what is beyond them are cells beyond the last column."""
_PREAMBLE: Final = 30
"""Records within which a header must come."""
_SAID: Final = re.compile(r"sep=(.)(?:\r\n?|\n)", re.IGNORECASE)
_WORTH: Final = 0.25
"""A known heading, against rows of the same width."""
_KNOWN: Final = 4

Row = tuple[int, list[str]]


@record
class Layout:
    """How a file is laid out.

    ``headings``: of every column; ``column 1``, ``column 2`` ... when there is no header. ``header_line``: where it
    stands, from 1; 0: there is none. ``skip``: the lines up to this one are no rows. ``first``: the first rows.
    """

    delimiter: str
    headings: tuple[str, ...]
    header_line: int
    skip: int
    first: tuple[tuple[str, ...], ...]


def column_name(number: int) -> str:
    """What a column without a heading is called; from 1."""
    return f"column {number}"


def layout(text: str) -> Layout | None:
    """How a text is laid out; None when there is nothing in it."""
    sample = _sample(text)
    said = _SAID.match(sample)
    delimiter = said[1] if said and said[1] not in '"\r\n' else ""
    if not delimiter:
        delimiter = max(_DELIMITERS, key=lambda sign: _likelihood(_rows(sample, sign)))
    rows = _rows(sample, delimiter)
    if said:
        rows = rows[1:]
    if not rows:
        return None
    place = _header(rows)
    if place is None:
        width = _width(rows)
        headings = tuple(column_name(number) for number in range(1, min(width, _COLUMNS) + 1))
        return Layout(delimiter, headings, 0, int(bool(said)), _cells(rows))
    line, cells = rows[place]
    return Layout(delimiter, _headings(cells), line, line, _cells(rows[place + 1 :]))


def _sample(text: str) -> str:
    """The beginning, up to a whole line."""
    if len(text) <= _SAMPLE:
        return text
    end = max(text.rfind("\n", 0, _SAMPLE), text.rfind("\r", 0, _SAMPLE))
    return text[: end + 1] or text[:_SAMPLE]


def _rows(sample: str, delimiter: str) -> list[Row]:
    """The first records that hold something."""
    found: list[Row] = []
    for line, cells in records(sample, delimiter):
        if isinstance(cells, list) and any(cell.strip() for cell in cells):
            found.append((line, cells))
            if len(found) == _ROWS:
                break
    return found


def _cells(rows: Sequence[Row]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(cells) for _, cells in rows)


def _headings(cells: Sequence[str]) -> tuple[str, ...]:
    """On one line each; none is empty, and empty ones at the end are left away."""
    texts = [" ".join(cell.split()) for cell in cells[:_COLUMNS]]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(text or column_name(number) for number, text in enumerate(texts, start=1))


def _width(rows: Sequence[Row]) -> int:
    """The cells of most rows, of those that have several if there are any."""
    several = [len(cells) for _, cells in rows if len(cells) > 1]
    return Counter(several).most_common(1)[0][0] if several else 1


def _likelihood(rows: Sequence[Row]) -> tuple[float, int]:
    """How well a delimiter fits: rows of the same width, and headings that are known."""
    widths = Counter(len(cells) for _, cells in rows if len(cells) > 1)
    if not widths:
        return 0.0, 0
    width, many = max(widths.items(), key=lambda pair: (pair[1], pair[0]))
    headings = max(_known(cells) for _, cells in rows[:_PREAMBLE])
    return many / len(rows) + _WORTH * min(headings, _KNOWN), width


def _known(cells: Sequence[str]) -> int:
    return sum(known(fold(cell)) for cell in cells if cell and len(cell) < 60)


def _header(rows: Sequence[Row]) -> int | None:
    """The place of the header among the rows; None when there is none."""
    width = _width(rows)
    known = [0 if any(map(_is_data, cells)) else _known(cells) for _, cells in rows[:_PREAMBLE]]
    full = next((place for place, (_, cells) in enumerate(rows) if len(cells) >= width), 0)
    most = max(known)
    here = known[full] if full < len(known) else 0
    if most > 1 and most > here + (1 if here else 0):
        return known.index(most)
    # A row like the others is no header of unknown words.
    return None if any(map(_is_data, rows[full][1])) else full


def _is_data(cell: str) -> bool:
    """Whether a cell can be no heading."""
    return csv_content.is_number(cell) or csv_content.is_email(cell) or len(cell) > 200
