"""A one-line text field that can be typed into in Persian.

Textual's own drops the half-space and the joiner (``str.isprintable`` is false for them), blinks its cursor
for 6 ms of CPU a second, and prints pasted control characters as they are.
"""

from __future__ import annotations

from typing import Any, Final

from textual import events
from textual.widgets import Input

from tuicrm.domain.safe import tidy

HALF_SPACE, JOINER = "\u200c", "\u200d"
_FORMAT: Final = {
    "zero_width_non_joiner": HALF_SPACE,
    "zero_width_joiner": JOINER,
    HALF_SPACE: HALF_SPACE,
    JOINER: JOINER,
}
LONGEST: Final = 4000
"""Characters a line may have; a paste of megabytes would hold the screen up for seconds."""


class LineInput(Input, inherit_bindings=True):
    """``Input`` without surprises. ``value`` is always tidy: one line, no controls, no bidi marks."""

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: str = "",
        max_length: int = LONGEST,
        id: str | None = None,
        classes: str | None = None,
        **more: Any,
    ) -> None:
        super().__init__(
            tidy(value),
            placeholder=placeholder,
            max_length=max_length,
            select_on_focus=False,
            compact=True,
            id=id,
            classes=classes,
            **more,
        )
        self.cursor_blink = False

    @property
    def content_width(self) -> int:
        """At least the field's own width: Textual lays the whole screen out anew whenever this changes."""
        return max(super().content_width, self.scrollable_content_region.width)

    def check_consume_key(self, key: str, character: str | None) -> bool:
        return key in _FORMAT or super().check_consume_key(key, character)

    async def _on_key(self, event: events.Key) -> None:
        joining = _FORMAT.get(event.character or "") or _FORMAT.get(event.key)
        if joining is None:
            await super()._on_key(event)
            return
        event.stop()
        event.prevent_default()
        self._put(joining)

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self._put(tidy(event.text.strip("\r\n")))

    def _put(self, text: str) -> None:
        """Inserts at the cursor, over what is selected; what goes past the longest line is left out."""
        start, end = sorted(self.selection)
        if self.max_length is not None:
            text = text[: max(0, self.max_length - len(self.value) + (end - start))]
        if text or start != end:
            self.replace(text, start, end)

    def action_paste(self) -> None:
        self._put(tidy(self.app.clipboard))

    def set_text(self, text: str) -> None:
        """Replaces the whole line, the cursor at its end."""
        self.value = tidy(text)
        self.cursor_position = len(self.value)
