"""The line above a list that names its columns, each over its own cells; a click on a name sorts by it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, ClassVar, Final

from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tuicrm.i18n import Phrase, t
from tuicrm.tui import order, rows
from tuicrm.tui.rows import EMPTY, GAP, Cell, Column, words
from tuicrm.tui.widgets.row_view import GUTTER

_TITLES: Final[Mapping[str, Callable[[], Phrase]]] = {
    "name": lambda: t("name"),
    "company": lambda: t("company"),
    "phone": lambda: t("number"),
    "last": lambda: t("last call"),
    "tickets": lambda: t("tickets"),
    "next": lambda: t("next"),
}


class Headings(Widget):
    """One row. ``set_columns`` takes the list's own columns; ``set_sorted`` says by which it stands."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"headings--dim"}
    ALLOW_SELECT = False

    class Clicked(Message):
        """A click on the heading of that column."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(
        self, titles: Mapping[str, Callable[[], Phrase]] = _TITLES, *, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self._titles = titles
        self._columns: tuple[Column, ...] = ()
        self._shape: tuple[tuple[object, ...], ...] = ()
        self._sorted = ""
        self._mark = ""

    def set_columns(self, columns: Sequence[Column]) -> None:
        """The columns of the list below; repaints only when their places differ."""
        shape = tuple((one.name, one.width, one.grow, one.rank, one.right, one.wants) for one in columns)
        if shape == self._shape:
            return
        self._shape = shape
        self._columns = tuple(
            Column(
                one.name,
                partial(self._title, name=one.name),
                one.width,
                one.grow,
                one.rank,
                one.right,
                one.wants,
            )
            for one in columns
        )
        self.refresh()

    def set_sorted(self, name: str, *, falling: bool) -> None:
        """The column that the list is sorted by, ``""`` for none of them."""
        mark = "↓" if falling else "↑"
        if (name, mark) != (self._sorted, self._mark):
            self._sorted, self._mark = name, mark
            self.refresh()

    def _title(self, row: Any, name: str) -> Cell:
        del row
        title = self._titles.get(name)
        if title is None:
            return EMPTY
        return words(t("{mark}{title}", mark=self._mark, title=title()) if name == self._sorted else title())

    def render_line(self, y: int) -> Strip:
        width, plain = self.size.width, self.rich_style
        if y or not self._columns:
            return Strip.blank(width, plain)
        dim = plain + self.get_component_rich_style("headings--dim", partial=True)
        line = rows.strip(None, self._placed(), width - GUTTER, {}, dim)
        return Strip.join([Strip.blank(GUTTER, plain), line])

    def _placed(self) -> tuple[rows.Placed, ...]:
        return rows.fit(self._columns, self.size.width - GUTTER - 1)

    def on_click(self, event: events.Click) -> None:
        event.stop()
        left = order.column(event.x, self.size.width) - GUTTER
        for place in self._placed():
            if 0 <= left < place.width:
                self.post_message(self.Clicked(place.column.name))
                return
            left -= place.width + GAP
