"""A question with yes and no. ``Enter`` takes the answer that is named as the safe one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Final

from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget

from tuicrm.i18n import Phrase, t
from tuicrm.tui import keymap, text
from tuicrm.tui.screens.dialog import Dialog
from tuicrm.tui.widgets.safe import Lines

_BETWEEN: Final = 2


class Confirm(Dialog[bool]):
    """Dismissed with True, False, or None for left. ``safe``: what Enter answers, no unless said otherwise."""

    scope = "confirm"
    BINDINGS: ClassVar[list[BindingType]] = keymap.bindings("confirm")

    def __init__(self, question: Phrase, *, safe: bool = False) -> None:
        super().__init__()
        self._question = question
        self._safe = safe

    def heading(self) -> Content:
        return text.phrase(t("A question"), style="here")

    def rows(self) -> Iterable[Widget]:
        lines = Lines()
        lines.can_focus = True
        yield lines

    def on_mount(self) -> None:
        lines = self.query_one(Lines)
        lines.focus()
        self._show()

    def on_resize(self) -> None:
        self._show()

    def _show(self) -> None:
        """The question on as many lines as it needs, and what Enter answers where there is room."""
        room = max(20, self.size.width - 2)
        said = text.phrases(self._question, room)
        safe = text.phrase(t("Enter: yes.") if self._safe else t("Enter: no."), style="dim")
        if said[-1].cell_length + _BETWEEN + safe.cell_length <= room:
            said[-1] = text.join((said[-1], safe), " " * _BETWEEN)
        else:
            said.append(safe)
        self.query_one(Lines).set_lines([text.join((text.blank(1), line)) for line in said])

    def action_answer(self, yes: bool) -> None:
        self.dismiss(yes)

    def action_safe(self) -> None:
        self.dismiss(self._safe)
