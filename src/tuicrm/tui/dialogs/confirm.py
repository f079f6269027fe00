"""A question with yes and no. ``Enter`` takes the answer that is named as the safe one."""

from __future__ import annotations

from typing import ClassVar, Final

from textual.binding import BindingType
from textual.content import Content

from tuicrm.i18n import Phrase, t
from tuicrm.tui import keymap, text
from tuicrm.tui.dialogs.question import Question

_BETWEEN: Final = 2


class Confirm(Question[bool]):
    """Dismissed with True, False, or None for left. ``safe``: what Enter answers, no unless said otherwise."""

    scope = "confirm"
    BINDINGS: ClassVar[list[BindingType]] = keymap.bindings("confirm")

    def __init__(self, question: Phrase, *, safe: bool = False) -> None:
        super().__init__()
        self._question = question
        self._safe = safe

    def heading(self) -> Content:
        return text.phrase(t("A question"), style="here")

    def question(self) -> Phrase:
        return self._question

    def asked(self, room: int) -> list[Content]:
        """The question, and what Enter answers where there is room."""
        said = super().asked(room)
        safe = text.phrase(t("Enter: yes.") if self._safe else t("Enter: no."), style="dim")
        if said[-1].cell_length + _BETWEEN + safe.cell_length <= room:
            said[-1] = text.join((said[-1], safe), " " * _BETWEEN)
        else:
            said.append(safe)
        return said

    def action_answer(self, yes: bool) -> None:
        self.dismiss(yes)

    def action_safe(self) -> None:
        self.dismiss(self._safe)
