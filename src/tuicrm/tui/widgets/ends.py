"""A line with something at its left end and something at its right end."""

from __future__ import annotations

from textual.content import Content

from tuicrm.tui import text
from tuicrm.tui.widgets.safe import Words


class Ends(Words):
    """One row, a cell free at both sides. When both ends do not fit, the left one is cut."""

    _right: Content = text.blank(0)

    def set_ends(self, left: Content, right: Content) -> None:
        """Shows both; repaints only when one differs."""
        if self._right.is_same(right) and self.content.is_same(left):
            return
        self._right = right
        self.set(left)
        self.refresh()

    def render(self) -> Content:
        width = max(0, self.size.width - 2)
        return text.join((text.blank(1), text.beside(self.content, self._right, width)))
