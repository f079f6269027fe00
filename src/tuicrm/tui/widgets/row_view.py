"""Rows on the screen, painted line by line; ``RecordList`` adds pages, keys and messages.

Only the lines that changed are repainted: over SSH a cursor move costs two lines.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any, ClassVar, Final, Generic, TypeVar

from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tuicrm.i18n import Phrase
from tuicrm.tui import rows
from tuicrm.tui.rows import Column, Placed
from tuicrm.tui.text import Role
from tuicrm.tui.widgets.window import Window

R = TypeVar("R")

GUTTER: Final = 2
"""Cells at the left for the cursor's bar."""
_ROLES: Final[tuple[Role, ...]] = ("dim", "strong", "accent", "warn", "bad", "good", "match", "key")
_QUIET: Final[frozenset[Role]] = frozenset({"dim", "strong", "accent", "key"})
"""Roles that the cursor's line leaves out: one style for the line is calmer, and half the bytes."""


class RowView(Widget, Generic[R]):
    """The window's rows in columns, the cursor's one set off."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "record-list--cursor",
        "record-list--cursor-blurred",
        "record-list--bar",
        "record-list--heading",
        *(f"record-list--{role}" for role in _ROLES),
    }
    ALLOW_SELECT = False

    lit = False
    """Shows the cursor as in a focused list, for one that is moved by keys typed elsewhere."""
    marks: Collection[Any] = ()
    """The keys of the rows that are marked; who changes it refreshes."""

    def __init__(
        self,
        columns: Sequence[Column],
        key: Callable[[R], Any],
        empty: Phrase,
        id: str | None,
        classes: str | None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.window: Window[R] = Window(key)
        self._columns = tuple(columns)
        self._empty = empty
        self._placed: tuple[Placed, ...] = ()
        self._looks: dict[str, Style] = {}

    @property
    def columns(self) -> Sequence[Column]:
        """What makes the cells of a row, in the order of the list."""
        return self._columns

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Other columns, or the same with other cells (another day, another search)."""
        self._columns = tuple(columns)
        self._placed = ()
        self.refresh()

    def set_empty(self, sentence: Phrase) -> None:
        """What an empty list says from now on."""
        self._empty = sentence
        if not self.window.rows:
            self.refresh()

    def fit(self) -> None:
        """The place has another size: lays the columns and the window out anew."""
        self._placed = ()
        self.window.resize(self.size.height)
        self.refresh()

    def on_focus(self) -> None:
        self._refresh_row(self.window.cursor)

    def on_blur(self) -> None:
        self._refresh_row(self.window.cursor)

    def heading(self, row: R) -> Phrase:
        """What stands above the first row of a group, where the window has groups."""
        raise NotImplementedError

    def _shown(self) -> list[tuple[object, bool]]:
        """What each line of the screen shows: its row, and whether the cursor is on it; or a heading."""
        window = self.window
        return [
            (window.rows[index], index == window.cursor)
            if index >= 0
            else (self.heading(window.rows[~index]), False)
            for index in window.lines()
        ]

    def _repaint(self, before: list[tuple[object, bool]]) -> None:
        """Repaints the lines that differ from ``before``."""
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

    def _line(self, line: int) -> Region:
        return Region(0, line, self.size.width, 1)

    def _refresh_row(self, index: int) -> None:
        line = self.window.line_of(index)
        if line is not None:
            self.refresh(self._line(line))

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._looks.clear()

    def _look(self, name: str = "", *, partial: bool = False) -> Style:
        """The style of a part, or of the list itself; worked out once, for it costs more than the rest of a row."""
        found = self._looks.get(name)
        if found is None:
            found = (
                self.get_component_rich_style(f"record-list--{name}", partial=partial)
                if name
                else self.rich_style
            )
            self._looks[name] = found
        return found

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        plain = self._look()
        window = self.window
        lines = window.lines()
        if y >= len(lines):
            return self._empty_line(y, width, plain)
        if (index := lines[y]) < 0:
            strong = plain + self._look("heading", partial=True)
            return rows.note(self.heading(window.rows[~index]), width, strong, plain)
        row = window.rows[index]
        styles = {role: self._look(role, partial=True) for role in _ROLES}
        bar = None
        if index == window.cursor:
            blurred = "" if self.has_focus or self.lit else "-blurred"
            plain = self._look(f"cursor{blurred}")
            bar = self._look("bar")
            if not blurred:
                styles = {role: style for role, style in styles.items() if role not in _QUIET}
        if not self._placed:
            self._placed = rows.fit(self._columns, width - GUTTER - 1)
        gutter = rows.gutter(plain, bar, marked=bool(self.marks) and window.key_of(row) in self.marks)
        return Strip.join([gutter, rows.strip(row, self._placed, width - GUTTER, styles, plain)])

    def _empty_line(self, y: int, width: int, plain: Style) -> Strip:
        if y != 0 or self.window.rows or not self._empty:
            return Strip.blank(width, plain)
        style = plain + self._look("dim", partial=True)
        return rows.note(self._empty, width, style, plain)
