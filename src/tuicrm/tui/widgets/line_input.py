"""A one-line text field that can be typed into in Persian.

Textual's own shows the letters where they are stored, so in a right-to-left line the cursor stands elsewhere
than the letters; it drops the half-space and the joiner (``str.isprintable`` is false for them), stops at a
half-space inside a word, blinks its cursor for 6 ms of CPU a second, and prints pasted control characters.

``value``, cursor and selection are logical. Left and Right, a click and a drag go by the cells on the screen
(``caret.py``), with Ctrl to the next beginning of a word on that side. Home and End are the ends of the text,
Backspace and Delete take one character of it, so Backspace after a letter with a shadda takes the shadda.
"""

from __future__ import annotations

from typing import Any, Final

from textual import events
from textual.geometry import Offset, Size
from textual.strip import Strip
from textual.widgets import Input
from textual.widgets.input import Selection

from tuicrm.domain.record import record
from tuicrm.domain.safe import ZWJ, ZWNJ, tidy
from tuicrm.tui import order
from tuicrm.tui.widgets import caret
from tuicrm.tui.widgets.caret import Base, Laid, Step
from tuicrm.tui.widgets.field_row import base_of, hinted, left, painted

_FORMAT: Final = {
    "zero_width_non_joiner": ZWNJ,
    "zero_width_joiner": ZWJ,
    ZWNJ: ZWNJ,
    ZWJ: ZWJ,
}
LONGEST: Final = 4000
"""Characters a line may have; a paste of megabytes would hold the screen up for seconds."""


def joiner(key: str, character: str | None) -> str | None:
    """The half-space or joiner that a key stands for, which Textual does not take for text."""
    return _FORMAT.get(character or "") or _FORMAT.get(key)


@record
class View:
    """What of a line is to be seen: ``line``, from the index ``start`` on, ``left`` columns from the edge."""

    line: Laid
    base: Base
    start: int
    left: int


class LineInput(Input, inherit_bindings=True):
    """``Input`` without surprises. ``value`` is always tidy: one line, no controls, no bidi marks."""

    beside = False
    """Whether it stands beside its label, at the side where the interface begins, in whatever script."""
    _first = 0
    """The cell with which the visible part of a long line begins."""

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: str = "",
        max_length: int = LONGEST,
        id: str | None = None,
        classes: str | None = None,
        **more: Any,
    ) -> None:
        super().__init__(
            tidy(value),
            placeholder=placeholder,
            max_length=max_length,
            select_on_focus=False,
            compact=True,
            id=id,
            classes=classes,
            **more,
        )
        self.cursor_blink = False

    # --- what is seen -------------------------------------------------------------------------------------

    @property
    def content_width(self) -> int:
        """The field's own width: it scrolls by itself, and Textual lays the screen out anew when this changes."""
        return self.scrollable_content_region.width

    def get_content_width(self, container: Size, viewport: Size) -> int:
        del viewport
        return container.width

    @property
    def base(self) -> Base:
        """The direction of the line."""
        return base_of(self.value)

    @property
    def view(self) -> View:
        """The part of the line round the cursor that there is room for."""
        room = max(1, self.content_width)
        written = self._suggestion if self._shows_ghost else self.value
        cells = caret.cut(written)
        widths = (*cells.widths, 1)
        first, last = caret.window(widths, cells.cell(self.in_sight), self._first, room)
        self._first = first
        start, base = cells.start(first), self.base
        at = self._at(base)
        # the cell behind the last letter is the cursor's; between a text and its label it would be a gap
        ended = last == len(widths) and (self.has_focus or at == base)
        line = caret.laid(written[start : cells.start(last)], base, end=ended)
        return View(line, base, start, left(line, at, room))

    def _at(self, base: Base) -> Base:
        """The side of the field at which a line of that direction stands.

        In a Persian interface always that of the interface: half of what is typed there begins with a Latin name or
        sign, and behind a name at the right edge it would stand a whole screen away.
        """
        return order.side() if base and (self.beside or order.mirrored()) else base

    @property
    def in_sight(self) -> int:
        """The place in the text that is never scrolled out of sight."""
        return self.cursor_position

    @property
    def _shows_ghost(self) -> bool:
        return self.has_focus and len(self._suggestion) > len(self.value)

    @property
    def _cursor_offset(self) -> int:
        """The column of the cursor in the field; Textual asks for it."""
        view = self.view
        return view.left + view.line.column(self.cursor_position - view.start)

    @property
    def cursor_screen_offset(self) -> Offset:
        """The cell of the screen where the cursor stands; the terminal's input method opens there."""
        return self.content_region.offset + Offset(self._cursor_offset, 0)

    def render_line(self, y: int) -> Strip:
        if y != 0 or not self.size.width:
            return Strip.blank(self.size.width, self.rich_style)
        if self.has_focus:
            # here too: at another width, or behind another text, the same place stands elsewhere
            self.app.cursor_position = self.cursor_screen_offset
        if self.placeholder and not self.value and not self._shows_ghost:
            return self._render_hint()
        return self._render_value()

    def _render_value(self) -> Strip:
        view, plain = self.view, self.rich_style
        ghost = plain + self.get_component_rich_style("input--suggestion")
        styles = [plain if view.start + at < len(self.value) else ghost for at in view.line.starts]
        if self.has_focus:
            start, end = sorted(self.selection)
            for cell in view.line.between(start - view.start, end - view.start):
                styles[cell] += self.get_component_rich_style("input--selection")
            cursor = view.line.cell(self.cursor_position - view.start)
            styles[cursor] += self.get_component_rich_style("input--cursor")
        return painted(view.line, styles, view.base, self.content_width, plain, self._at(view.base))

    def _render_hint(self) -> Strip:
        plain = self.rich_style
        hint = plain + self.get_component_rich_style("input--placeholder")
        cursor = self.get_component_rich_style("input--cursor") if self.has_focus else None
        return hinted(self.placeholder, hint, cursor, self.content_width, plain)

    # --- the cursor ---------------------------------------------------------------------------------------

    def _go(self, index: int, select: bool) -> None:
        self.selection = Selection(self.selection.start if select else index, index)

    def _walk(self, step: Step, select: bool) -> None:
        """One cell to the left or right; from a selection to its end on that side."""
        start, end = self.selection
        line = caret.laid(self.value, self.base)
        if select or start == end:
            target = line.beside(end, step)
        else:
            target = sorted((start, end), key=line.column)[0 if step < 0 else 1]
        if target is not None:
            self._go(target, select)

    def _jump(self, step: Step, select: bool) -> None:
        """To the next beginning of a word on that side, else to the edge."""
        line = caret.laid(self.value, self.base)
        target = line.next_stop(self.cursor_position, step, caret.word_starts(self.value))
        self._go(line.edge(step) if target is None else target, select)

    def action_cursor_left(self, select: bool = False) -> None:
        self._walk(-1, select)

    def action_cursor_right(self, select: bool = False) -> None:
        self._walk(1, select)

    def action_cursor_left_word(self, select: bool = False) -> None:
        self._jump(-1, select)

    def action_cursor_right_word(self, select: bool = False) -> None:
        self._jump(1, select)

    def action_home(self, select: bool = False) -> None:
        self._go(0, select)

    def action_end(self, select: bool = False) -> None:
        self._go(len(self.value), select)

    # --- the mouse ----------------------------------------------------------------------------------------

    def _cell_offset_to_index(self, offset: int) -> int:
        """The index under a column of the field; a drag past an edge goes on there into what is hidden."""
        view = self.view
        if self._selecting and not 0 <= offset < self.content_width:
            onward = (offset < 0) == (view.base == "rtl")
            index = view.start + view.line.stop + 1 if onward else view.start - 1
        else:
            index = view.start + view.line.at(offset - view.left)
        return min(max(0, index), len(self.value))

    async def _on_click(self, event: events.Click) -> None:
        """A second click takes the word, a third the line."""
        if event.chain == 2:
            index = self._cell_offset_to_index(event.get_content_offset_capture(self).x)
            self.selection = Selection(*caret.word_at(self.value, index))
        elif event.chain > 2:
            self.select_all()

    # --- text ---------------------------------------------------------------------------------------------

    def check_consume_key(self, key: str, character: str | None) -> bool:
        return key in _FORMAT or super().check_consume_key(key, character)

    async def _on_key(self, event: events.Key) -> None:
        joining = joiner(event.key, event.character)
        if joining is None:
            await super()._on_key(event)
            return
        event.stop()
        event.prevent_default()
        self._put(joining)

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self._put(tidy(event.text.strip("\r\n")))

    def _put(self, text: str) -> None:
        """Inserts at the cursor, over what is selected; what goes past the longest line is left out."""
        start, end = sorted(self.selection)
        if self.max_length is not None:
            text = text[: max(0, self.max_length - len(self.value) + (end - start))]
        if text or start != end:
            self.replace(text, start, end)

    def action_paste(self) -> None:
        self._put(tidy(self.app.clipboard))

    def action_delete_left_word(self) -> None:
        start, end = sorted(self.selection)
        self.delete(start if start != end else caret.word_before(self.value, end), end)

    def action_delete_right_word(self) -> None:
        start, end = sorted(self.selection)
        self.delete(start, end if start != end else caret.word_behind(self.value, start))

    def set_text(self, text: str) -> None:
        """Replaces the whole line, the cursor at its end."""
        self.value = tidy(text)
        self.cursor_position = len(self.value)
