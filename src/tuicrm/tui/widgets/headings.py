"""The line above a list that names its columns, each over its own cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, ClassVar, Final

from textual.strip import Strip
from textual.widget import Widget

from tuicrm.i18n import Phrase, t
from tuicrm.tui import rows
from tuicrm.tui.rows import EMPTY, Cell, Column, words
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
    """One row. ``set_columns`` takes the list's own columns."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"headings--dim"}
    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._columns: tuple[Column, ...] = ()
        self._shape: tuple[tuple[object, ...], ...] = ()

    def set_columns(self, columns: Sequence[Column]) -> None:
        """The columns of the list below; repaints only when their places differ."""
        shape = tuple((one.name, one.width, one.grow, one.rank, one.right, one.wants) for one in columns)
        if shape == self._shape:
            return
        self._shape = shape
        self._columns = tuple(
            Column(
                one.name, partial(_title, name=one.name), one.width, one.grow, one.rank, one.right, one.wants
            )
            for one in columns
        )
        self.refresh()

    def render_line(self, y: int) -> Strip:
        width, plain = self.size.width, self.rich_style
        if y or not self._columns:
            return Strip.blank(width, plain)
        dim = plain + self.get_component_rich_style("headings--dim", partial=True)
        line = rows.strip(None, rows.fit(self._columns, width - GUTTER - 1), width - GUTTER, {}, dim)
        return Strip.join([Strip.blank(GUTTER, plain), line])


def _title(row: Any, name: str) -> Cell:
    del row
    title = _TITLES.get(name)
    return words(title()) if title else EMPTY
