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
    """Its owner hears ``Changed`` (Textual's own) at every key; ``leave()`` is called when it is left, ``take()`` to
    complete what is being typed: True when that was possible.

    A call and no message: the key after Enter must find the list focused, and a message comes later than it.
    """

    scope = "search"
    BINDINGS: ClassVar[list[BindingType]] = keymap.bindings("search")

    def __init__(
        self,
        placeholder: str,
        *,
        leave: Callable[[], None],
        take: Callable[[], bool] = bool,
        id: str | None = None,
    ) -> None:
        super().__init__(placeholder=placeholder, max_length=LONGEST, id=id)
        self._leave = leave
        self._take = take

    def live_keys(self) -> Sequence[FooterKey]:
        """What the footer shows while one types here."""
        return keymap.footer_keys(self.scope)

    def action_to_list(self) -> None:
        self._leave()

    def action_complete(self) -> None:
        """Tab takes the dim text; where there is none it goes to the list, as it does everywhere."""
        if not self._take():
            self._leave()

    def action_cursor_right(self, select: bool = False) -> None:
        """At the end of the line the dim text is taken."""
        if select or self.base == "rtl" or not (self._at_end and self._take()):
            super().action_cursor_right(select)

    def action_cursor_left(self, select: bool = False) -> None:
        """The same where the line runs from right to left."""
        if select or self.base == "ltr" or not (self._at_end and self._take()):
            super().action_cursor_left(select)

    def action_leave(self) -> None:
        if self.value:
            self.set_text("")
        else:
            self._leave()

    @property
    def in_sight(self) -> int:
        """While one is in the list, what the filter begins with; whatever grows beside it."""
        return self.cursor_position if self.has_focus else 0

    # --- the dim text ---------------------------------------------------------------------------------------

    @property
    def _at_end(self) -> bool:
        return self.cursor_position >= len(self.value)

    def put(self, value: str) -> None:
        """Sets the text, the cursor at its end; a space at the end stays."""
        self.value = value
        self.cursor_position = len(value)

    def set_ghost(self, ghost: str) -> None:
        """Shows dim text behind the end of the line."""
        self._suggestion = self.value + ghost if ghost else ""
