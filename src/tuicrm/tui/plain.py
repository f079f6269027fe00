"""For screen readers: lines without signs that only look, and what the cursor is on, said in words.

Every finished line goes through ``Undecorated``, so no widget has to know of it; each sign becomes one cell, and
nothing moves. What a sign means beside that is said by the widget that shows it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from rich.segment import Segment
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter
from textual.geometry import Offset
from textual.widget import Widget

from tuicrm.i18n import Phrase, t
from tuicrm.tui import text
from tuicrm.tui.rows import Cell, Column
from tuicrm.tui.widgets.safe import Words

_BECOMES: Final = {
    # lines, blocks and shades, and all other drawing
    **dict.fromkeys(range(0x2500, 0x2600), " "),
    **dict.fromkeys(range(0x2800, 0x2900), " "),
    ord("▌"): ">",
    ord("●"): "*",
    ord("○"): "-",
    ord("·"): ",",
    ord("›"): ":",
    ord("↑"): "^",
    ord("↓"): "v",
    ord("←"): "<",
    ord("→"): ">",
}


class Undecorated(LineFilter):
    """Puts a blank, or a sign that every reader reads, in place of each sign that only looks."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        del background
        if all(segment.text.isascii() for segment in segments):
            return segments
        return [Segment(_undecorated(text), style, control) for text, style, control in segments]


def _undecorated(piece: str) -> str:
    """As many cells as before; the signs between things as a writer sets them."""
    return piece.replace(" · ", ",  ").replace(" › ", ":  ").translate(_BECOMES)


FILTER: Final = Undecorated()
"""One for all lines: strips are cached by their filters."""


class Spoken(Words):
    """The line that says what the cursor is on. In each dialog one, and one in the shell."""


def row_words(row: Any, columns: Sequence[Column], at: int, count: int) -> Content:
    """A row of a list in one line: its cells in their order, which of how many it is."""
    cells = [cell for column in columns if (cell := column.cell(row)).text]
    which = text.phrase(t("{n} of {all}", n=at + 1, all=count))
    return text.join((*map(_words, cells), which), t(", "))


def _words(cell: Cell) -> Content:
    if cell.kind == "words":
        return text.phrase(Phrase(cell.text))
    return text.number(cell.text) if cell.kind == "number" else text.show(cell.text)


def say_row(widget: Widget, line: int, said: Content) -> None:
    """Says a row in words, and puts the terminal's cursor at its beginning, which screen readers follow.

    ``line``: counted from the widget's first one.
    """
    for spoken in widget.screen.query(Spoken):
        spoken.set(text.join((text.blank(1), said)))
    region = widget.content_region
    if widget.has_focus and region:
        widget.app.cursor_position = Offset(region.x, region.y + max(0, line))
