"""The terminal's cursor from one place to another, in the fewest bytes.

A step down (``ESC D``), up (``ESC M``) or to the next line (``ESC E``), columns to the left and right: what terminals
have known since the VT100, and no line mode or output processing changes. A terminal may show a character wider than
is believed here. So after one that is not ASCII the column is believed no longer when it goes to another line, nor the
line where that one may have been left: such a terminal shows that line otherwise, and no other.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple


class Place(NamedTuple):
    """Where the cursor stands, counted from 1; ``loose``: in how many cells before it the terminal may be wrong."""

    row: int
    column: int
    loose: int = 0

    def after(self, text: str) -> Place:
        """Behind a text of so many cells as characters."""
        foreign = 0 if text.isascii() else sum(char > "~" for char in text)
        return Place(self.row, self.column + len(text), self.loose + foreign)


def jump(cells: int) -> str:
    """Over cells to the right."""
    return f"\x1b[{cells}C" if cells > 1 else "\x1b[C"


def way(place: Place | None, row: int, column: int, columns: int) -> str:
    """The shortest way to a row and a column. ``place`` None: from nobody knows where. ``columns``: how many the
    terminal has, 0 when they are not known; behind the last one terminals differ in what a step to the side does."""
    if place is not None and place.row == row and place.column <= column:
        if place.column == column:
            return ""
        return jump(column - place.column)
    return min((_absolute(row, column), *_steps(place, row, column, columns)), key=len)


def _absolute(row: int, column: int) -> str:
    if column > 1:
        return f"\x1b[{row};{column}H"
    return f"\x1b[{row}H" if row > 1 else "\x1b[H"


def _steps(place: Place | None, row: int, column: int, columns: int) -> Iterator[str]:
    """The ways that begin where the cursor is."""
    if place is None or place.column + place.loose > columns + 1:
        return
    lines = row - place.row
    edge = jump(column - 1) if column > 1 else ""
    if lines == 1:
        yield "\x1bE" + edge
    elif lines == 0:
        yield "\r" + edge
    else:
        yield "\r" + _lines(lines) + edge
    if place.loose or place.column > columns:
        return
    back = place.column - column
    if back > 0:
        yield _lines(lines) + min("\b" * back, f"\x1b[{back}D", key=len)
    else:
        yield _lines(lines) + (jump(-back) if back else "")


def _lines(count: int) -> str:
    """Lines down, or up."""
    if count == 0:
        return ""
    if abs(count) == 1:
        return "\x1bD" if count > 0 else "\x1bM"
    return f"\x1b[{count}B" if count > 0 else f"\x1b[{-count}A"
