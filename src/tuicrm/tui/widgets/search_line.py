"""The search line at the top of a list: text searches at every key, Enter or Down goes into the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import BindingType

from tuicrm.tui import keymap
from tuicrm.tui.keymap import FooterKey
from tuicrm.tui.widgets.line_input import LineInput

LONGEST = 200


class SearchLine(LineInput):
    """Its owner hears ``Changed`` (Textual's own) at every key; ``leave()`` is called when it is left.

    A call and no message: the key after Enter must find the list focused, and a message comes later than it.
    """

    scope = "search"
    BINDINGS: ClassVar[list[BindingType]] = keymap.bindings("search")

    def __init__(self, placeholder: str, *, leave: Callable[[], None], id: str | None = None) -> None:
        super().__init__(placeholder=placeholder, max_length=LONGEST, id=id)
        self._leave = leave

    def live_keys(self) -> Sequence[FooterKey]:
        """What the footer shows while one types here."""
        return keymap.footer_keys(self.scope)

    def action_to_list(self) -> None:
        self._leave()

    def action_leave(self) -> None:
        if self.value:
            self.set_text("")
        else:
            self._leave()
