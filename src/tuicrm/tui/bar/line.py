"""The bar's text field. It hands each key to the bar first; what the bar leaves goes into the text.

Keys are dealt with in this widget's own queue, one after the other, also while one of them waits for a search
or a save: so ``Enter`` takes the person found for the text as it stood, and nothing overtakes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import BindingType

from tuicrm.tui.widgets.line_input import LineInput

if TYPE_CHECKING:
    from tuicrm.tui.bar.bar import LogBar


class BarInput(LineInput):
    """One line of text for both of the bar's phases."""

    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, bar: LogBar) -> None:
        super().__init__(id="bar-input")
        self._bar = bar

    async def _on_key(self, event: events.Key) -> None:
        await self._bar.settled()
        if await self._bar.key(self._onward(event)):
            event.stop()
            event.prevent_default()
            self._bar.catch_up()
            return
        await super()._on_key(event)
        self._bar.edited(self.value)

    def _onward(self, event: events.Key) -> events.Key:
        """The key for the bar: Right goes on to the end of a line and takes the dim text there; in a line that
        runs from right to left that is Left."""
        other = {"left": "right", "right": "left"}.get(event.key)
        return events.Key(other, None) if other and self.base == "rtl" else event

    def _on_paste(self, event: events.Paste) -> None:
        super()._on_paste(event)
        self._bar.pasted(self.value)

    def on_input_changed(self, event: LineInput.Changed) -> None:
        """Keys that are bindings (word deletion and the like) act outside ``_on_key``."""
        event.stop()
        self._bar.edited(self.value)

    def put(self, value: str) -> None:
        """Sets the text, the cursor at its end. A space at the end stays, unlike in ``set_text``."""
        self.value = value
        self.cursor_position = len(value)

    def place(self, value: str, cursor: int) -> None:
        """Sets the text and the cursor."""
        self.put(value)
        self.cursor_position = max(0, min(cursor, len(self.value)))

    @property
    def at_end(self) -> bool:
        """Whether the cursor is behind the last character."""
        return self.cursor_position >= len(self.value)

    @property
    def ghost(self) -> str:
        """The dim text behind the cursor."""
        return self._suggestion[len(self.value) :] if self._suggestion else ""

    def set_ghost(self, ghost: str) -> None:
        """Shows dim text behind the end of the line."""
        self._suggestion = self.value + ghost if ghost else ""
