"""The pages of a long list: which one is wanted next, and which answer still counts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Final, Literal

from tuicrm.domain.models import Page
from tuicrm.tui.widgets.window import Window

Loader = Callable[[Any, bool], Awaitable[Page]]
"""``load(row, backward)``: the page after ``row``, or before it when ``backward``; from an end when None.

Rows come in the order of the list in both directions; ``more`` says whether there are more that way.
"""
_AHEAD: Final = 2
"""Screens of rows that are held before the cursor comes to them."""


class Pages:
    """Asks for pages by ``load``, without which there are none."""

    def __init__(self, load: Loader | None) -> None:
        self._load = load
        self._turn = 0
        self._loading = False

    async def ask(self, row: Any, *, backward: bool) -> Page | None:
        """A page; None when another one was asked for meanwhile."""
        if self._load is None:
            return None
        self._turn += 1
        turn, self._loading = self._turn, True
        try:
            page = await self._load(row, backward)
        finally:
            if turn == self._turn:
                self._loading = False
        return page if turn == self._turn else None

    def wanted(self, window: Window[Any]) -> Literal["after", "before", ""]:
        """The side at which the next page is to be asked for now: the cursor is near an end that is not the list's."""
        if self._load is None or self._loading or not window.rows:
            return ""
        near = _AHEAD * window.height
        if window.more_after and window.cursor + near >= len(window.rows):
            return "after"
        return "before" if window.more_before and window.cursor < near else ""
