"""A form's field of which only a few values are possible: Space or an arrow takes the next one, a letter the one that
begins with it."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import BindingType

from tuicrm.domain.fold import fold
from tuicrm.tui import text
from tuicrm.tui.dialogs.form_fields import FieldSpec, FormField

_STEPS = {"space": 1, "right": 1, "left": -1}


class ChoiceField(FormField):
    """``value`` is what stands there, ``code`` what is meant by it."""

    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, spec: FieldSpec, code: str) -> None:
        self._codes = tuple(choice for choice, _ in spec.choices)
        self._words = tuple(text.sentence(said) for _, said in spec.choices)
        super().__init__(spec, self._words[self._place(code)])

    @property
    def code(self) -> str:
        """The code of the value that stands there."""
        return self._codes[self._words.index(self.value)] if self.value in self._words else self._codes[0]

    def _place(self, code: str) -> int:
        return self._codes.index(code) if code in self._codes else 0

    def set_text(self, text: str) -> None:
        """Takes a code."""
        super().set_text(self._words[self._place(text)])

    async def _on_key(self, event: events.Key) -> None:
        at = self._place(self.code)
        if event.key in _STEPS:
            at = (at + _STEPS[event.key]) % len(self._codes)
        elif event.is_printable and event.character:
            wanted = fold(event.character)
            others = [*range(at + 1, len(self._words)), *range(at + 1)]
            at = next((i for i in others if wanted and fold(self._words[i]).startswith(wanted)), at)
        elif event.key not in ("backspace", "delete"):
            await super()._on_key(event)
            return
        event.stop()
        event.prevent_default()
        super().set_text(self._words[at])
