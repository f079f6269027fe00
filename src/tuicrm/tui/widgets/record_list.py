"""The one list of records: virtual, paged by key, painted line by line.

It holds a window of rows, asks for the next page before the cursor comes to the end, and repaints only the
lines that changed: over SSH a cursor move costs two lines.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, ClassVar, Final, Generic, TypeVar

from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tuicrm.domain.models import Page
from tuicrm.i18n import Phrase
from tuicrm.tui import keymap, rows
from tuicrm.tui.rows import Column, Placed
from tuicrm.tui.text import Role
from tuicrm.tui.widgets.window import Window

R = TypeVar("R")

Loader = Callable[[Any, bool], Awaitable[Page]]
"""``load(row, backward)``: the page after ``row``, or before it when ``backward``; from an end when None.

Rows come in the order of the list in both directions; ``more`` says whether there are more that way.
"""

GUTTER: Final = 2
"""Cells at the left for the cursor's bar and the mark."""
WHEEL: Final = 3
_NOTHING: Final = Phrase("")
_ROLES: Final[tuple[Role, ...]] = ("dim", "strong", "accent", "warn", "bad", "good", "match", "key")
_QUIET: Final[frozenset[Role]] = frozenset({"dim", "strong", "accent", "key"})
"""Roles that the cursor's line leaves out: one style for the line is calmer, and half the bytes."""


class ListMessage(Message):
    """From a list. ``row`` is None when it is empty."""

    def __init__(self, source: RecordList[Any], row: Any) -> None:
        super().__init__()
        self.source = source
        self.row = row

    @property
    def control(self) -> RecordList[Any]:
        return self.source


class RecordList(Widget, Generic[R], can_focus=True):
    """Rows of one kind. ``columns`` make their cells, ``key`` names them, ``load`` brings pages of them.

    Without ``load`` the owner calls ``set_rows``. ``empty`` is what an empty list says (from ``i18n.t``).
    """

    BINDINGS: ClassVar[list[BindingType]] = keymap.bindings("list")
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "record-list--cursor",
        "record-list--cursor-blurred",
        "record-list--bar",
        *(f"record-list--{role}" for role in _ROLES),
    }
    ALLOW_SELECT = False

    lit = False
    """Shows the cursor as in a focused list, for one that is moved by keys typed elsewhere."""

    class Highlighted(ListMessage):
        """The cursor came to another record, or its row changed."""

    class Chosen(ListMessage):
        """``Enter``, or a click on the row the cursor was on."""

    class Marked(ListMessage):
        """Marks changed; ``source.marks`` has them."""

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
        super().__init__(id=id, classes=classes)
        self.window: Window[R] = Window(key)
        self._columns = tuple(columns)
        self._load = load
        self._empty = empty
        self._loading = False
        self._turn = 0
        self._marks: frozenset[Any] = frozenset()
        self._told: R | None = None
        self._placed: tuple[Placed, ...] = ()

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
    def marks(self) -> frozenset[Any]:
        """The keys of the marked rows."""
        return self._marks

    @property
    def complete(self) -> bool:
        """Whether all rows of the list are held."""
        return not (self.window.more_after or self.window.more_before)

    def find(self, key: Any) -> R | None:
        """The held row with that key."""
        index = self.window.index(key)
        return None if index is None else self.rows[index]

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Other columns, or the same with other cells (another day, another search)."""
        self._columns = tuple(columns)
        self._placed = ()
        self.refresh()

    def set_empty(self, sentence: Phrase) -> None:
        """What an empty list says from now on."""
        self._empty = sentence
        if not self.rows:
            self.refresh()

    def set_rows(
        self, new: Sequence[R], *, more: bool = False, more_before: bool = False, keep: bool = True
    ) -> None:
        """Shows ``new``. ``keep``: the cursor stays on its record if it is still there, else on its line."""
        before = self._shown()
        self.window.replace(new, more=more, keep=keep)
        self.window.more_before = more_before
        self._marks &= self.window.keys
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
        self._marks -= {key}
        self._changed(before)
        self._want_more()
        return True

    def clear_marks(self) -> None:
        """Takes all marks away."""
        before = self._shown()
        self._marks = frozenset()
        self._changed(before)

    # --- pages ----------------------------------------------------------------------------------------------

    async def reload(self, *, keep: bool = True) -> None:
        """Asks for the first page again. ``keep``: as in ``set_rows``."""
        page = await self._ask(None, False)
        if page is not None:
            self.set_rows(page.rows, more=page.more, keep=keep)

    async def _to_end(self) -> None:
        page = await self._ask(None, True)
        if page is not None:
            self.set_rows(page.rows, keep=False)
            self.window.more_before = page.more
            self.move(len(self.rows) - 1)

    async def _ask(self, row: R | None, backward: bool) -> Page | None:
        """A page; None when another one was asked for meanwhile."""
        if self._load is None:
            return None
        self._turn += 1
        turn, self._loading = self._turn, True
        page = await self._load(row, backward)
        if turn != self._turn:
            return None
        self._loading = False
        return page

    async def _extend(self, backward: bool) -> None:
        page = await self._ask(self.rows[0 if backward else -1], backward)
        if page is None:
            return
        before = self._shown()
        grow = self.window.prepend if backward else self.window.append
        grow(page.rows, more=page.more)
        self._changed(before)

    def _want_more(self) -> None:
        """Begins to load the next page when the cursor is near an end that is not the list's own."""
        window = self.window
        if self._load is None or self._loading or not window.rows:
            return
        near = 2 * window.height
        if window.more_after and window.cursor + near >= len(window.rows):
            self._work(self._extend(False))
        elif window.more_before and window.cursor < near:
            self._work(self._extend(True))

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

    def action_mark(self) -> None:
        if self.rows:
            self._marks ^= {self.key}
            self._refresh_row(self.window.cursor)
            self.post_message(self.Marked(self, self.row))
            self.move(self.window.cursor + 1)

    def on_click(self, event: events.Click) -> None:
        event.stop()
        index = self.window.top + event.y
        if index >= len(self.rows):
            return
        if index == self.window.cursor:
            self.action_open()
        else:
            self.move(index)

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

    def _tell(self) -> None:
        row = self.row
        if row is not self._told:
            self._told = row
            self.post_message(self.Highlighted(self, row))

    # --- painting -------------------------------------------------------------------------------------------

    def on_resize(self) -> None:
        self._placed = ()
        self.window.resize(self.size.height)
        self.refresh()
        self._want_more()

    def on_focus(self) -> None:
        self._refresh_row(self.window.cursor)

    def on_blur(self) -> None:
        self._refresh_row(self.window.cursor)

    def _shown(self) -> list[tuple[R, bool, bool]]:
        """What each line of the screen shows: its row, whether the cursor is on it, whether it is marked."""
        window = self.window
        return [
            (row, index == window.cursor, window.key_of(row) in self._marks)
            for index, row in enumerate(window.visible(), window.top)
        ]

    def _changed(self, before: list[tuple[R, bool, bool]]) -> None:
        """Repaints the lines that differ from ``before``, and tells when the cursor is on another row."""
        after = self._shown()
        if not after or not before:
            self.refresh()
        else:
            differ = [
                line
                for line in range(max(len(before), len(after)))
                if before[line : line + 1] != after[line : line + 1]
            ]
            if differ:
                self.refresh(*(self._line(line) for line in differ))
        self._tell()

    def _line(self, line: int) -> Region:
        return Region(0, line, self.size.width, 1)

    def _refresh_row(self, index: int) -> None:
        line = index - self.window.top
        if 0 <= line < self.window.height:
            self.refresh(self._line(line))

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        plain = self.rich_style
        window = self.window
        index = window.top + y
        if index >= len(window.rows):
            return self._empty_line(y, width, plain)
        row = window.rows[index]
        styles = {
            role: self.get_component_rich_style(f"record-list--{role}", partial=True) for role in _ROLES
        }
        bar = None
        if index == window.cursor:
            blurred = "" if self.has_focus or self.lit else "-blurred"
            plain = self.get_component_rich_style(f"record-list--cursor{blurred}")
            bar = self.get_component_rich_style("record-list--bar")
            if not blurred:
                styles = {role: style for role, style in styles.items() if role not in _QUIET}
        if not self._placed:
            self._placed = rows.fit(self._columns, width - GUTTER - 1)
        gutter = rows.gutter(plain, bar, marked=window.key_of(row) in self._marks)
        return Strip.join([gutter, rows.strip(row, self._placed, width - GUTTER, styles, plain)])

    def _empty_line(self, y: int, width: int, plain: Style) -> Strip:
        if y != 0 or self.rows or not self._empty:
            return Strip.blank(width, plain)
        style = plain + self.get_component_rich_style("record-list--dim", partial=True)
        return rows.note(self._empty, width, style, plain)
