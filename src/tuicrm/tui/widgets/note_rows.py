"""The rows of a note that is being edited: where its letters stand, and how they are painted.

Each paragraph runs its own way and stands at its own side. Text is wrapped as it is stored, and each row is then
a line of its own; so is it shown on the cards.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Final, NamedTuple

from textual.document._document import Location
from textual.geometry import Offset, Region
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import TextArea

from tuicrm.domain.fold import first_strong
from tuicrm.tui.widgets import caret
from tuicrm.tui.widgets.caret import Base, Laid, Step
from tuicrm.tui.widgets.field_row import base_of, hinted, left, painted

LOWEST, HIGHEST = 3, 5
"""Rows of the screen."""
_REST: Final = 4
"""A field takes at most one in so many rows of the screen: what stands around it must stay."""


class Row(NamedTuple):
    """One row of the screen: ``line`` begins at the index ``start`` of its paragraph. ``last``: it ends there."""

    paragraph: int
    start: int
    line: Laid
    base: Base
    last: bool

    def ahead(self, step: Step) -> bool:
        """Whether that side is where the text goes on."""
        return (step > 0) == (self.base != "rtl")

    def edge(self, step: Step) -> Location:
        """The outermost place at that side."""
        return self.paragraph, self.start + self.line.edge(step)

    def entered(self, onward: bool) -> Location:
        """Where the cursor arrives from the row before (``onward``) or after it."""
        return self.edge(-1 if onward == (self.base != "rtl") else 1)


class NoteRows(TextArea):
    """``TextArea`` with its rows laid out by ``caret.py``. It grows with its text, from three rows to five."""

    def row(self, y: int) -> Row:
        """The row that many rows below the first; the nearest one when there is none."""
        rows = self.wrapped_document._offset_to_line_info
        paragraph, section = rows[min(max(0, y), len(rows) - 1)]
        written = self.document[paragraph]
        bounds = [0, *self.wrapped_document.get_offsets(paragraph), len(written)]
        start, stop = bounds[section : section + 2]
        last = section + 2 == len(bounds)
        base = self._base(paragraph)
        return Row(paragraph, start, caret.laid(written[start:stop], base, end=last), base, last)

    def _base(self, paragraph: int) -> Base:
        """A paragraph without a letter, a new one above all, stands at the side of the one before it."""
        written = self.document[paragraph]
        if first_strong(written) is not None:
            return base_of(written)
        before = map(self.document.get_line, range(paragraph - 1, -1, -1))
        return base_of(written, next(filter(None, map(first_strong, before)), None))

    def _y(self, location: Location) -> int:
        paragraph, index = location
        section = bisect_right(self.wrapped_document.get_offsets(paragraph), index)
        return self.wrapped_document._line_index_to_offsets[paragraph][section]

    def cell(self, location: Location) -> Offset:
        """The cell of all rows, not only of those in sight, where the cursor stands at that place."""
        y = self._y(location)
        row = self.row(y)
        column = left(row.line, row.base, self._width) + row.line.column(location[1] - row.start)
        return Offset(column, y)

    def place(self, x: int, y: int) -> Location:
        """The place under such a cell; the nearest one beside the text."""
        row = self.row(y)
        return row.paragraph, row.start + row.line.at(x - left(row.line, row.base, self._width))

    @property
    def _width(self) -> int:
        return self.scrollable_content_region.width

    def _refresh_size(self) -> None:
        """Textual calls it when rows came or went: the field grows and shrinks with them."""
        super()._refresh_size()
        if not self.is_attached:
            return
        if self.clamp_visitable(self.cursor_location) == self.cursor_location:
            # Textual scrolled while the field still had the rows of before; undoing, it scrolls once more
            self.scroll_cursor_visible()
        highest = min(HIGHEST, max(1, self.app.size.height // _REST))
        high = min(max(min(LOWEST, highest), self.wrapped_document.height), highest)
        if self.styles.height is None or self.styles.height.value != high:
            self.styles.height = high
            self.call_after_refresh(self.scroll_cursor_visible)

    # --- what is seen -------------------------------------------------------------------------------------

    def render_lines(self, crop: Region) -> list[Strip]:
        if self.has_focus:
            # here too: at another width the same place stands elsewhere
            self._recompute_cursor_offset()
            self.app.cursor_position = self.cursor_screen_offset
        # not by way of TextArea, which makes out the styles of line numbers and brackets anew each time
        return ScrollView.render_lines(self, crop)

    def render_line(self, y: int) -> Strip:
        y += self.scroll_offset.y
        width, plain = self._width, self.rich_style
        cursor = self.get_component_rich_style("text-area--cursor") if self.has_focus else None
        if y == 0 and self.placeholder and not self.text:
            hint = plain + self.get_component_rich_style("text-area--placeholder")
            return hinted(str(self.placeholder), hint, cursor, width, plain)
        if y >= self.wrapped_document.height:
            return Strip.blank(width, plain)
        row = self.row(y)
        styles = [plain] * len(row.line.shown)
        for cell in self._selected(row):
            styles[cell] += self.get_component_rich_style("text-area--selection")
        if cursor is not None and y == self._y(self.cursor_location):
            styles[row.line.cell(self.cursor_location[1] - row.start)] += cursor
        return painted(row.line, styles, row.base, width, plain)

    def _selected(self, row: Row) -> range:
        """The cells of a row that are selected; its end among them when the line break is."""
        (top, start), (bottom, end) = sorted(self.selection)
        if not top <= row.paragraph <= bottom:
            return range(0)
        first = start - row.start if top == row.paragraph else 0
        last = end - row.start if bottom == row.paragraph else row.line.stop
        return row.line.between(first, last)

    def _watch_has_focus(self, focus: bool) -> None:
        super()._watch_has_focus(focus)
        self.refresh()

    def _recompute_cursor_offset(self) -> None:
        self._cursor_offset = self.cell(self.cursor_location)
