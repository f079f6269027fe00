"""One line of a list: cells in columns of fixed width, as a strip of styled segments.

Columns know their cell: a pure function from the row to a ``Cell``. Which columns there are and how wide
they are follows from the list's width alone (``fit``), so a page of rows needs the sum done once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, Literal

from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.strip import Strip

from tuicrm import i18n
from tuicrm.domain.record import record
from tuicrm.i18n import Phrase
from tuicrm.line_order import Base
from tuicrm.tui import text
from tuicrm.tui.text import Role

GAP: Final = 2
"""Empty cells between columns."""

TIGHTEST: Final = 6
"""Cells a column keeps on the narrowest screen."""

Kind = Literal["data", "words", "number"]


@record
class Cell:
    """What stands in one column of one row. Make it with ``data``, ``words`` or ``number``.

    ``marks``: the parts (from, to) of ``text`` that a search found.
    """

    text: str
    role: Role = ""
    kind: Kind = "data"
    marks: tuple[tuple[int, int], ...] = ()


EMPTY: Final = Cell("")


def data(value: str, role: Role = "", marks: tuple[tuple[int, int], ...] = ()) -> Cell:
    """Something a person typed or imported."""
    return Cell(value, role, "data", marks)


def words(sentence: Phrase, role: Role = "") -> Cell:
    """Words of ours, from ``i18n.t``."""
    return Cell(sentence, role, "words")


def number(value: str, role: Role = "", marks: tuple[tuple[int, int], ...] = ()) -> Cell:
    """A phone number, date, time or count, in the person's digits; keys and what is typed keep theirs.

    Left to right whatever stands beside it, but for a date with words in it (a ``Phrase``).
    """
    if isinstance(value, Phrase) and role != "key":
        return Cell(value, role, "words", marks)
    return Cell(value if role == "key" else i18n.figures(value), role, "number", marks)


def said(cell: Cell) -> Content:
    """A cell as a piece of a sentence."""
    if cell.kind == "words":
        return text.phrase(Phrase(cell.text.rstrip(".")))
    return text.number(cell.text) if cell.kind == "number" else text.show(cell.text)


@record
class Column:
    """A column: its cell as a function of the row, its width, and when it is left out.

    ``width``: cells it has at least. ``wants``: cells its usual words need; columns get theirs one after the
    other, by ``rank``, before the rest is shared. ``grow``: its share of what is left over, 0 for none.
    ``rank``: 0 is always shown; of the others the highest rank goes first when there is no room.
    """

    name: str
    cell: Callable[[Any], Cell]
    width: int
    grow: int = 0
    rank: int = 0
    right: bool = False
    wants: int = 0


@record
class Placed:
    """A column with the width it got."""

    column: Column
    width: int


def fit(columns: Sequence[Column], width: int) -> tuple[Placed, ...]:
    """The columns that fit into ``width`` cells, widened by their shares."""
    shown = list(columns)
    while len(shown) > 1 and _least(shown) > width:
        out = max(shown, key=lambda column: (column.rank, shown.index(column)))
        if out.rank == 0:
            break
        shown.remove(out)
    spare = max(0, width - _least(shown))
    widths = _squeezed(shown, _least(shown) - width)
    for index in sorted(range(len(shown)), key=lambda index: shown[index].rank):
        more = min(spare, max(0, shown[index].wants - shown[index].width))
        widths[index] += more
        spare -= more
    shares = sum(column.grow for column in shown)
    placed: list[Placed] = []
    for column, wide in zip(shown, widths, strict=True):
        extra = spare * column.grow // shares if shares else 0
        placed.append(Placed(column, wide + extra))
    return tuple(placed)


def _squeezed(columns: Sequence[Column], lacking: int) -> list[int]:
    """The least widths. What is ``lacking`` when none can be left out is taken from those that would grow, the
    widest first: a cell that is cut says so, one that hangs over the edge does not."""
    widths = [column.width for column in columns]
    elastic = [index for index, column in enumerate(columns) if column.grow]
    while lacking > 0 and elastic:
        widest = max(elastic, key=widths.__getitem__)
        if widths[widest] <= TIGHTEST:
            break
        widths[widest] -= 1
        lacking -= 1
    return widths


def _least(columns: Sequence[Column]) -> int:
    return sum(column.width for column in columns) + GAP * (len(columns) - 1)


@lru_cache(maxsize=8192)
def _filled(cell: Cell, width: int, right: bool, language: str) -> tuple[str, str, str]:
    """The cell's text, and the spaces before and after it; ``language`` keeps their isolates apart."""
    del language
    if cell.kind == "words":
        ready = text.sentence(Phrase(cell.text), width=width)
    else:
        base: Base | None = "ltr" if cell.kind == "number" else None
        ready = text.fitted(cell.text, width=width, base=base)
    space = " " * max(0, width - text.cells(ready))
    return (space, ready, "") if right else ("", ready, space)


def strip(
    row: Any, placed: Sequence[Placed], width: int, styles: Mapping[Role, Style], plain: Style
) -> Strip:
    """The row as a strip ``width`` cells wide. ``plain`` is under all; ``styles`` lie over it by role."""
    line = _Line(plain)
    language = i18n.language()
    for index, place in enumerate(placed):
        cell = place.column.cell(row)
        before, ready, after = _filled(cell, place.width, place.column.right, language)
        style = plain + styles[cell.role] if cell.role in styles else plain
        line.add(" " * GAP * bool(index) + before, line.last)
        if cell.marks and "match" in styles:
            _add_marked(line, cell, ready, style, style + styles["match"])
        else:
            line.add(ready, style)
        line.add(after, line.last)
    return line.strip(width)


def gutter(plain: Style, bar: Style | None = None, *, marked: bool = False) -> Strip:
    """The two cells left of a row, with the cursor's bar when ``bar`` gives its style, and a star when marked."""
    mark = "*" if marked else " "
    if bar is None:
        return Strip([Segment(f" {mark}", plain)])
    return Strip([Segment("▌", bar), Segment(mark, plain)])


def note(words: Phrase, width: int, style: Style, plain: Style) -> Strip:
    """A line that is no row: what an empty list says."""
    said = " " * GAP + text.sentence(words, width=max(0, width - GAP))
    return Strip([Segment(said, style)]).adjust_cell_length(width, plain)


def _add_marked(line: _Line, cell: Cell, ready: str, style: Style, match: Style) -> None:
    """A cell with found parts."""
    at = 0
    for start, end in text.places(ready, cell.marks):
        if start < at:
            continue
        line.add(ready[at:start], style)
        line.add(ready[start:end], match)
        at = end
    line.add(ready[at:], style)


class _Line:
    """Segments under way; neighbours in one style become one, for each costs an escape sequence."""

    def __init__(self, plain: Style) -> None:
        self._pieces: list[tuple[str, Style]] = []
        self._plain = plain

    @property
    def last(self) -> Style:
        """The style of the piece before, so that the space after it costs nothing.

        Underlined or otherwise visible on a space, it would show: then the plain one.
        """
        if not self._pieces:
            return self._plain
        style = self._pieces[-1][1]
        return self._plain if style.underline or style.reverse or style.strike else style

    def add(self, piece: str, style: Style) -> None:
        if not piece:
            return
        if self._pieces and self._pieces[-1][1] == style:
            self._pieces[-1] = (self._pieces[-1][0] + piece, style)
        else:
            self._pieces.append((piece, style))

    def strip(self, width: int) -> Strip:
        done = Strip([Segment(piece, style) for piece, style in self._pieces])
        return done.adjust_cell_length(width, self._plain)
