"""A text field of several lines that can be typed into in Persian.

Textual's own, but the cursor, Left and Right, Up and Down, clicks and drags go by the cells on the screen. Over
an edge of a row one gets to the row before or after it, by the row's own direction: in a Persian paragraph Left
goes on, in an English one Right does. Home, End, undo and the deleting keys are Textual's and go by the text.
"""

from __future__ import annotations

from typing import ClassVar, Final

from textual import events
from textual.binding import BindingType
from textual.document._document import Location, Selection

from tuicrm.domain.safe import tidy
from tuicrm.tui.widgets import caret
from tuicrm.tui.widgets.caret import Step
from tuicrm.tui.widgets.line_input import joiner
from tuicrm.tui.widgets.note_rows import HIGHEST, LOWEST, NoteRows

LONGEST: Final = 20_000
"""Characters a note may have; a paste of megabytes would hold the screen up for seconds."""


class NoteArea(NoteRows):
    """``value`` and ``set_text`` as in ``LineInput``. Tab leaves it; Enter is a new line."""

    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, value: str = "", *, placeholder: str = "", id: str | None = None) -> None:
        super().__init__(
            tidy(value, multiline=True),
            id=id,
            placeholder=placeholder,
            compact=True,
            highlight_cursor_line=False,
        )
        # without a height it is as high as the screen until the first layout is over: a form would flash
        self.styles.height = min(max(LOWEST, self.document.line_count), HIGHEST)
        self.cursor_blink = False
        self.match_cursor_bracket = False
        self.move_cursor(self.document.end)

    @property
    def value(self) -> str:
        """The text, its lines parted by line feeds."""
        return self.text

    def set_text(self, text: str) -> None:
        """Replaces all of it, the cursor at its end; it cannot be undone."""
        self.load_text(tidy(text, multiline=True))
        self.move_cursor(self.document.end)

    # --- the cursor ---------------------------------------------------------------------------------------

    def record_cursor_width(self) -> None:
        """Remembers the column to which Up and Down come back."""
        self.navigator.last_x_offset = self.cell(self.cursor_location).x

    def _beside(self, location: Location, step: Step) -> Location | None:
        """The next cell to the left or right; over the edge that of another row, None at the very end."""
        y = self._y(location)
        row = self.row(y)
        index = row.line.beside(location[1] - row.start, step)
        if index is not None:
            return row.paragraph, row.start + index
        onward = row.ahead(step)
        y += 1 if onward else -1
        return self.row(y).entered(onward) if 0 <= y < self.wrapped_document.height else None

    def _word_beside(self, location: Location, step: Step) -> Location | None:
        """The next beginning of a word on that side; before another paragraph the edge of this one."""
        y = self._y(location)
        row, index = self.row(y), location[1] - self.row(y).start
        starts = caret.word_starts(self.document[row.paragraph])
        found = row.line.next_stop(index, step, [start - row.start for start in starts])
        while found is None:
            onward = row.ahead(step)
            if row.last if onward else row.start == 0:
                edge = row.edge(step)
                return edge if edge != location else self._beside(location, step)
            y += 1 if onward else -1
            row = self.row(y)
            found = row.line.next_stop(None, step, [start - row.start for start in starts])
        return row.paragraph, row.start + found

    def _walk(self, step: Step, select: bool) -> None:
        start, end = self.selection
        if select or start == end:
            target = self._beside(end, step)
        elif self._y(start) == self._y(end):
            target = sorted((start, end), key=self.cell)[0 if step < 0 else 1]
        else:
            target = max(start, end) if self.row(self._y(end)).ahead(step) else min(start, end)
        if target is not None:
            self.move_cursor(target, select=select)

    def _jump(self, step: Step, select: bool) -> None:
        target = self._word_beside(self.cursor_location, step)
        if target is not None:
            self.move_cursor(target, select=select)

    def action_cursor_left(self, select: bool = False) -> None:
        self._walk(-1, select)

    def action_cursor_right(self, select: bool = False) -> None:
        self._walk(1, select)

    def action_cursor_word_left(self, select: bool = False) -> None:
        self._jump(-1, select)

    def action_cursor_word_right(self, select: bool = False) -> None:
        self._jump(1, select)

    def get_cursor_up_location(self) -> Location:
        y = self._y(self.cursor_location)
        return self.place(self.navigator.last_x_offset, y - 1) if y else (0, 0)

    def get_cursor_down_location(self) -> Location:
        y = self._y(self.cursor_location) + 1
        return (
            self.place(self.navigator.last_x_offset, y)
            if y < self.wrapped_document.height
            else self.document.end
        )

    def _page(self, rows: int) -> None:
        y = self._y(self.cursor_location) + rows
        self.scroll_relative(y=rows, animate=False)
        self.move_cursor(self.place(self.navigator.last_x_offset, y), record_width=False)

    def action_cursor_page_up(self) -> None:
        self._page(-self.content_size.height)

    def action_cursor_page_down(self) -> None:
        self._page(self.content_size.height)

    # --- the mouse ----------------------------------------------------------------------------------------

    def get_target_document_location(self, event: events.MouseEvent) -> Location:
        return self.place(event.x - self.gutter.left, event.y - self.gutter.top + self.scroll_offset.y)

    async def _on_click(self, event: events.Click) -> None:
        """A second click takes the word, a third the paragraph."""
        row, column = self.get_target_document_location(event)
        if event.chain == 2:
            start, end = caret.word_at(self.document[row], column)
            self.selection = Selection((row, start), (row, end))
        elif event.chain > 2:
            self.select_line(row)

    # --- text ---------------------------------------------------------------------------------------------

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        return joiner(key, character) is not None or super().check_consume_key(key, character)

    async def _on_key(self, event: events.Key) -> None:
        typed = "\n" if event.key == "enter" else joiner(event.key, event.character)
        if typed is None and event.is_printable:
            typed = event.character
        if typed is None:
            await super()._on_key(event)
            return
        event.stop()
        event.prevent_default()
        self._put(typed)

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self._put(tidy(event.text, multiline=True))

    def action_paste(self) -> None:
        self._put(tidy(self.app.clipboard, multiline=True))

    def _put(self, text: str) -> None:
        """Inserts at the cursor, over what is selected; what goes past the longest note is left out."""
        room = LONGEST - len(self.text) + len(self.selected_text)
        text = text[: max(0, room)]
        if text or not self.selection.is_empty:
            self._replace_via_keyboard(text, *self.selection)

    def get_cursor_word_left_location(self) -> Location:
        """Where the word before the cursor begins, for deleting it."""
        row, column = self.cursor_location
        if column == 0:
            return self.get_cursor_left_location()
        return row, caret.word_before(self.document[row], column)

    def action_delete_word_right(self) -> None:
        start, end = self.selection
        if start == end:
            row, column = end
            written = self.document[row]
            at_end = column == len(written)
            end = self.get_cursor_right_location() if at_end else (row, caret.word_end(written, column))
        self._delete_via_keyboard(start, end)
