"""What was typed, and how fast: which key a Persian or Arabic layout meant, and whether it was a paste.

Letter keys and chords act by their place on the keyboard (``ز`` is the C key): plain ones only while no text
field has the focus, chords always, for kitty sends ``ctrl+س`` where other terminals send Ctrl+S.
"""

from __future__ import annotations

from collections import deque
from types import SimpleNamespace
from typing import Any, Final, cast

from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual.keys import _character_to_key

from tuicrm.domain.keyboard import printed, textual_key_to_us

# Alt with a digit, in the old way: Textual takes it for one of the signs that macOS has there (Alt+1 is ``¡``), and
# waits a tenth of a second whether more comes behind a digit that is not ASCII. It looks up ``value`` of each key.
cast(dict[str, Any], ANSI_SEQUENCES_KEYS).update(
    (f"\x1b{char}", (SimpleNamespace(value=f"alt+{number}"),))
    for row in ("0123456789", "۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩")
    for number, char in enumerate(row)
)

ALONE_S: Final = 0.03
"""Seconds within which two printable keys are a paste: nobody types that fast."""


def by_position(event: events.Key, layout: str, *, in_text: bool) -> None:
    """Turns a key of another layout into the one at the same place of a US keyboard, in the event itself.

    In a text field only chords; there a letter or sign that came without what it prints gets it.
    """
    if in_text and not event.key.startswith(("ctrl+", "alt+", "super+", "meta+")):
        if event.character is None and (char := printed(event.key, layout)) is not None:
            event.key, event.character = _character_to_key(char), char
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
        self.before: events.Key | None = None
        """The key before it."""
        self.printed = ""
        """What that key printed before it was taken by its position; ``""`` for one that prints nothing."""
        self.again = False
        """Whether the key before it was the same."""

    @property
    def key_name(self) -> str:
        """Its Textual name, by position; ``""`` before the first key."""
        return self.key.key if self.key is not None else ""

    def take(self, event: events.Key) -> None:
        """A key's turn to act has come."""
        self.again = event.key == self.key_name
        self.before, self.key = self.key, event

    def saw(self, event: events.Key) -> None:
        """A key came from the terminal; to be called once it arrives, whenever it may act."""
        if event.is_printable and event.time not in self._times:
            self._times.append(event.time)

    def alone(self, time: float) -> bool:
        """Whether no other printable key came within ``ALONE_S`` of the one at ``time``."""
        return not any(other != time and abs(other - time) < ALONE_S for other in self._times)
