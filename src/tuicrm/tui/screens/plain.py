"""A text by itself, as it is: to be marked with the mouse where no copying reaches the terminal's clipboard.

While it is in front the mouse belongs to the terminal again.
"""

from __future__ import annotations

from typing import Final

from textual.app import ComposeResult

from tuicrm.i18n import t
from tuicrm.tui import text
from tuicrm.tui.screens.base import Place
from tuicrm.tui.widgets.card import CardPane

_ON: Final = "_enable_mouse_support"
_OFF: Final = "_disable_mouse_support"


class PlainText(Place):
    """Shows ``shown``; ``q`` closes it."""

    scope = "plain"

    def __init__(self, shown: str) -> None:
        super().__init__()
        self._shown = shown
        self.pane = CardPane(always_full=True)

    def compose(self) -> ComposeResult:
        yield self.pane

    async def load(self) -> None:
        title = text.phrase(t("Mark it with the mouse; q comes back"), style="strong")
        width = max(20, self.size.width - 2)
        self.pane.show_lines(title, text.paragraph(self._shown, width))

    def on_resize(self) -> None:
        self.work(self.load(), group="load", exclusive=True)

    def enter(self) -> None:
        super().enter()
        self._mouse(_OFF)

    def leave(self) -> None:
        super().leave()
        self._mouse(_ON)

    def on_unmount(self) -> None:
        self._mouse(_ON)

    def _mouse(self, what: str) -> None:
        """Terminals report the mouse, or mark with it; a driver without a terminal does neither."""
        switch = getattr(self.app._driver, what, None)
        if switch is not None:
            switch()
