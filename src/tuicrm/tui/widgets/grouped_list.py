"""A list whose rows stand in groups, each under a line of its own: an agenda by day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from tuicrm.i18n import Phrase
from tuicrm.tui.widgets.pages import Loader
from tuicrm.tui.widgets.record_list import RecordList
from tuicrm.tui.widgets.window import Grouped

R = TypeVar("R")


class GroupedList(RecordList[R]):
    """``group_of``: the group of a row; rows of one group come one after the other. ``heading``: the line above it.

    The cursor stands on rows only. The first line of the list always says where it is. Rows of the group None need
    no such line. Without ``load`` the owner calls ``set_rows``.
    """

    def __init__(
        self,
        key: Callable[[R], Any],
        load: Loader | None = None,
        *,
        group_of: Callable[[R], Any],
        heading: Callable[[R], Phrase],
        id: str | None = None,
    ) -> None:
        super().__init__((), key, load, id=id)
        self.window = Grouped(key, group_of)
        self._heading = heading

    def heading(self, row: R) -> Phrase:
        return self._heading(row)
