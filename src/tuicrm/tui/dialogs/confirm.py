"""A question with yes and no. ``Enter`` takes the answer that is named as the safe one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget

from tuicrm.i18n import Phrase, t
from tuicrm.tui import keymap, text
from tuicrm.tui.screens.dialog import Dialog
from tuicrm.tui.widgets.safe import Words


class Confirm(Dialog[bool]):
    """Dismissed with True, False, or None for left. ``safe``: what Enter answers, no unless said otherwise."""

    scope = "confirm"
    BINDINGS: ClassVar[list[BindingType]] = keymap.bindings("confirm")

    def __init__(self, question: Phrase, *, safe: bool = False) -> None:
        super().__init__()
        self._question = question
        self._safe = safe

    def heading(self) -> Content:
        return text.phrase(t("A question"), style="strong")

    def rows(self) -> Iterable[Widget]:
        safe = t("Enter: yes.") if self._safe else t("Enter: no.")
        words = text.join((text.phrase(self._question), text.phrase(safe, style="dim")), "  ")
        question = Words(text.join((text.blank(1), words)))
        question.can_focus = True
        yield question

    def on_mount(self) -> None:
        self.query_one(Words).focus()

    def action_answer(self, yes: bool) -> None:
        self.dismiss(yes)

    def action_safe(self) -> None:
        self.dismiss(self._safe)
