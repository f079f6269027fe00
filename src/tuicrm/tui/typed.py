"""What was typed, and how fast: which key a Persian or Arabic layout meant, and whether it was a paste.

Letter keys and chords act by their place on the keyboard (``ز`` is the C key): plain ones only while no text
field has the focus, chords always, for kitty sends ``ctrl+س`` where other terminals send Ctrl+S.
"""

from __future__ import annotations

from collections import deque
from typing import Final

from textual import events
from textual.keys import _character_to_key

from tuicrm.domain.keyboard import textual_key_to_us

ALONE_S: Final = 0.03
"""Seconds within which two printable keys are a paste: nobody types that fast."""


def by_position(event: events.Key, layout: str, *, in_text: bool) -> None:
    """Turns a key of another layout into the one at the same place of a US keyboard, in the event itself."""
    if in_text and not event.key.startswith(("ctrl+", "alt+", "super+", "meta+")):
        return
    meant = textual_key_to_us(event.key, layout)
    if meant is None:
        return
    modifiers, plus, char = meant.rpartition("+") if len(meant) > 1 else ("", "", meant)
    event.key = modifiers + plus + _character_to_key(char)
    event.character = None if plus else char


class Typed:
    """When printable keys arrived, and which key is being dealt with."""

    def __init__(self) -> None:
        self._times: deque[float] = deque(maxlen=64)
        self.key: events.Key | None = None
        """The key whose action runs now."""
        self.again = False
        """Whether the key before it was the same."""

    @property
    def key_name(self) -> str:
        """Its Textual name, by position; ``""`` before the first key."""
        return self.key.key if self.key is not None else ""

    def take(self, event: events.Key) -> None:
        """A key's turn to act has come."""
        self.again = event.key == self.key_name
        self.key = event

    def saw(self, event: events.Key) -> None:
        """A key came from the terminal; to be called once it arrives, whenever it may act."""
        if event.is_printable and event.time not in self._times:
            self._times.append(event.time)

    def alone(self, time: float) -> bool:
        """Whether no other printable key came within ``ALONE_S`` of the one at ``time``."""
        return not any(other != time and abs(other - time) < ALONE_S for other in self._times)
