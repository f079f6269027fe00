"""A dialog that is nothing but a question, on as many lines as it needs however wide the screen is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from textual.content import Content
from textual.widget import Widget

from tuicrm.i18n import Phrase
from tuicrm.tui import text
from tuicrm.tui.screens.dialog import Dialog
from tuicrm.tui.widgets.safe import Lines

R = TypeVar("R")


class Question(Dialog[R]):
    """A subclass asks ``question``; its keys are the answers."""

    def question(self) -> Phrase:
        raise NotImplementedError

    def asked(self, room: int) -> list[Content]:
        """The question in lines of so many cells."""
        return text.phrases(self.question(), room)

    def rows(self) -> Iterable[Widget]:
        lines = Lines()
        lines.can_focus = True
        yield lines

    def on_mount(self) -> None:
        self.query_one(Lines).focus()
        self._show()

    def on_resize(self) -> None:
        self._show()

    def _show(self) -> None:
        lines = self.asked(max(20, self.size.width - 2))
        self.query_one(Lines).set_lines([text.join((text.blank(1), line)) for line in lines])
