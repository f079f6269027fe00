"""The search line at the top of a list: text searches at every key, Enter or Down goes into the list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from tuicrm.tui import keymap
from tuicrm.tui.keymap import FooterKey
from tuicrm.tui.widgets.line_input import LineInput

LONGEST = 200


class SearchLine(LineInput):
    """Its owner hears ``Changed`` (Textual's own) at every key, and the two messages below."""

    scope = "search"
    BINDINGS: ClassVar[list[BindingType]] = keymap.bindings("search")

    class ToList(Message):
        """Down or Enter: on into the list."""

    class Left(Message):
        """Esc on an empty line: out of the search."""

    def __init__(self, placeholder: str, *, id: str | None = None) -> None:
        super().__init__(placeholder=placeholder, max_length=LONGEST, id=id)

    def live_keys(self) -> Sequence[FooterKey]:
        """What the footer shows while one types here."""
        return keymap.footer_keys(self.scope)

    def action_to_list(self) -> None:
        self.post_message(self.ToList())

    def action_leave(self) -> None:
        if self.value:
            self.set_text("")
        else:
            self.post_message(self.Left())
