"""The one list of records: virtual, paged by key, painted line by line.

It holds a window of rows, asks for the next page before the cursor comes to the end, and repaints only the
lines that changed: over SSH a cursor move costs two lines.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, ClassVar, Final, TypeVar

from textual import events
from textual.binding import BindingType
from textual.message import Message

from tuicrm.i18n import Phrase
from tuicrm.tui import keymap, manner
from tuicrm.tui.rows import Column
from tuicrm.tui.widgets.pages import Loader, Pages
from tuicrm.tui.widgets.row_view import RowView

R = TypeVar("R")

WHEEL: Final = 3
RIGHT: Final = 3
"""The mouse button that opens a menu."""
_NOTHING: Final = Phrase("")


class ListMessage(Message):
    """From a list. ``row`` is None when it is empty."""

    def __init__(self, source: RecordList[Any], row: Any) -> None:
        super().__init__()
        self.source = source
        self.row = row

    @property
    def control(self) -> RecordList[Any]:
        return self.source


class RecordList(RowView[R], can_focus=True):
    """Rows of one kind. ``columns`` make their cells, ``key`` names them, ``load`` brings pages of them.

    Without ``load`` the owner calls ``set_rows``. ``empty`` is what an empty list says (from ``i18n.t``).
    """

    BINDINGS: ClassVar[list[BindingType]] = keymap.bindings("list")

    class Highlighted(ListMessage):
        """The cursor came to another record, or its row changed."""

    class Marked(ListMessage):
        """A click with Ctrl on a row, or with Shift: from the last mark to it (``through``)."""

        def __init__(self, source: RecordList[Any], row: Any, *, through: bool) -> None:
            super().__init__(source, row)
            self.through = through

    class Chosen(ListMessage):
        """``Enter``, or a double click; one click where the list hangs on a line one types in."""

    def __init__(
        self,
        columns: Sequence[Column],
        key: Callable[[R], Any],
        load: Loader | None = None,
        *,
        empty: Phrase = _NOTHING,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(columns, key, empty, id, classes)
        self._pages = Pages(load)
        self._told: R | None = None

    # --- what is in it --------------------------------------------------------------------------------------

    @property
    def rows(self) -> Sequence[R]:
        """The rows held now: a window of the list, in its order."""
        return self.window.rows

    @property
    def row(self) -> R | None:
        """The row the cursor is on."""
        return self.window.row

    @property
    def key(self) -> Any:
        """The key of the row the cursor is on, None in an empty list."""
        return self.window.key

    @property
    def complete(self) -> bool:
        """Whether all rows of the list are held."""
        return not (self.window.more_after or self.window.more_before)

    def find(self, key: Any) -> R | None:
        """The held row with that key."""
        index = self.window.index(key)
        return None if index is None else self.rows[index]

    def set_rows(
        self, new: Sequence[R], *, more: bool = False, more_before: bool = False, keep: bool = True
    ) -> None:
        """Shows ``new``. ``keep``: the cursor stays on its record if it is still there, else on its line."""
        before = self._shown()
        self.window.replace(new, more=more, keep=keep)
        self.window.more_before = more_before
        self._changed(before)

    def patch(self, row: R) -> bool:
        """Puts a changed row in place of the one with its key; False when it is not held."""
        index = self.window.patch(row)
        if index is None:
            return False
        self._refresh_row(index)
        self._tell()
        return True

    def take_out(self, key: Any) -> bool:
        """Takes a row out; the cursor stays on its line. False when it is not held."""
        before = self._shown()
        if not self.window.remove(key):
            return False
        self._changed(before)
        self._want_more()
        return True

    # --- pages ----------------------------------------------------------------------------------------------

    async def reload(self, *, keep: bool = True) -> None:
        """Asks for the first page again. ``keep``: as in ``set_rows``."""
        page = await self._pages.ask(None, backward=False)
        if page is not None:
            self.set_rows(page.rows, more=page.more, keep=keep)

    async def _to_end(self) -> None:
        page = await self._pages.ask(None, backward=True)
        if page is not None:
            self.set_rows(page.rows, keep=False)
            self.window.more_before = page.more
            self.move(len(self.rows) - 1)

    async def _extend(self, backward: bool) -> None:
        page = await self._pages.ask(self.rows[0 if backward else -1], backward=backward)
        if page is None:
            return
        before = self._shown()
        grow = self.window.prepend if backward else self.window.append
        grow(page.rows, more=page.more)
        self._changed(before)

    def _want_more(self) -> None:
        """Begins to load the next page when it is time."""
        if side := self._pages.wanted(self.window):
            self._work(self._extend(side == "before"))

    def _work(self, job: Awaitable[None]) -> None:
        self.run_worker(job, group="pages")

    # --- keys and mouse -------------------------------------------------------------------------------------

    def move_to(self, key: Any) -> bool:
        """The cursor to the row with that key; False when it is not held."""
        index = self.window.index(key)
        if index is not None:
            self.move(index)
        return index is not None

    def move(self, index: int) -> None:
        """The cursor to a held row."""
        if not self.rows:
            return
        old = self.window.cursor
        if self.window.move(index):
            self.refresh()
        else:
            self._refresh_row(old)
            self._refresh_row(self.window.cursor)
        self._tell()
        self._want_more()

    def action_down(self) -> None:
        self.move(self.window.cursor + 1)

    def action_up(self) -> None:
        self.move(self.window.cursor - 1)

    def action_page_down(self) -> None:
        self._page(1)

    def action_page_up(self) -> None:
        self._page(-1)

    def _page(self, way: int) -> None:
        before = self._shown()
        self.window.page(way)
        self._changed(before)
        self._want_more()

    def action_first(self) -> None:
        if self.window.more_before:
            self._work(self.reload(keep=False))
        else:
            self.move(0)

    def action_last(self) -> None:
        if self.window.more_after:
            self._work(self._to_end())
        else:
            self.move(len(self.rows) - 1)

    def action_open(self) -> None:
        if self.rows:
            self.post_message(self.Chosen(self, self.row))

    def on_click(self, event: events.Click) -> None:
        lines = self.window.lines()
        if event.button == RIGHT:
            # the place opens its menu, about the row under the mouse
            self.move(self._row_of(lines[event.y]) if event.y < len(lines) else len(self.rows) - 1)
            return
        event.stop()
        if event.y >= len(lines):
            return
        index = self._row_of(lines[event.y])
        if event.ctrl or event.shift:
            self.move(index)
            self.post_message(self.Marked(self, self.rows[index], through=event.shift))
            return
        self.move(index)
        if self.lit or event.chain == 2:
            self.action_open()

    @staticmethod
    def _row_of(index: int) -> int:
        """The row of a line of the screen; of a heading the one below it."""
        return index if index >= 0 else ~index

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self._scroll(event, WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self._scroll(event, -WHEEL)

    def _scroll(self, event: events.MouseEvent, lines: int) -> None:
        event.stop()
        if self.window.scroll(lines):
            self.refresh()
            self._tell()
            self._want_more()

    def on_resize(self) -> None:
        self.fit()
        self._want_more()

    def _changed(self, before: list[tuple[object, bool]]) -> None:
        self._repaint(before)
        self._tell()

    def _tell(self) -> None:
        row = self.row
        if row is not self._told:
            self._told = row
            self.post_message(self.Highlighted(self, row))
        if manner.plain():
            self._speak()

    def on_focus(self) -> None:
        super().on_focus()
        if manner.plain():
            self._speak()

    def _speak(self) -> None:
        """Says the row the cursor is on."""
        if not self.is_attached or not self.rows:
            return
        from tuicrm.tui import plain

        at = self.window.cursor
        ends = (not self.window.more_before, not self.window.more_after)
        plain.say_row(self, self._columns, self.rows, at, self.window.line_of(at), ends=ends)
