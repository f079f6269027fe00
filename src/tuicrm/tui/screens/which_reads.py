"""Which of two lines reads right? The one question that tells who orders right-to-left text in a terminal.

It stands in English too: in the wrong order nobody could read it in Persian.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Final

from textual.binding import BindingType
from textual.content import Content
from textual.filter import LineFilter
from textual.widget import Widget

from tuicrm import i18n
from tuicrm.domain.terminals import Answer, Mode
from tuicrm.i18n import Phrase, t
from tuicrm.tui import keymap, text
from tuicrm.tui.keymap import FooterKey
from tuicrm.tui.order import Ordered, line_filter, side
from tuicrm.tui.screens.dialog import Dialog
from tuicrm.tui.widgets.footer import Footer
from tuicrm.tui.widgets.safe import Lines, Words

SAMPLE: Final = Phrase("جلسه با مریم (سال ۱۴۰۵) ساعت ۱۰:۳۰")
"""Joined letters, brackets, and numbers of several digits: each goes wrong in some terminal."""
IN_ENGLISH: Final = Phrase("Which line reads right, 1 or 2? 0: neither.")
ANSWERS: Final = ("neither", "visual", "logical")


class Sample(Words):
    """A line in the order of one mode, whatever mode is in use."""

    def __init__(self, key: str, mode: Mode) -> None:
        cap = text.number(key, style="key")
        super().__init__(text.join((text.blank(2), cap, text.blank(3), text.phrase(SAMPLE, style="strong"))))
        self._mode = mode

    def get_line_filters(self) -> Sequence[LineFilter]:
        others = (one for one in super().get_line_filters() if not isinstance(one, Ordered))
        return [line_filter(self._mode, side()), *others]


class WhichReads(Dialog[Answer]):
    """Dismissed with the answer, or with None for later.

    ``advice``: an English message, what to do when neither reads right.
    """

    scope = "bidi"
    BINDINGS: ClassVar[list[BindingType]] = keymap.bindings("bidi")

    def __init__(self, advice: str) -> None:
        super().__init__()
        self._advice = advice
        self._advised = False
        self._words = Lines()
        self._words.can_focus = True
        self._samples = (Sample("1", "visual"), Sample("2", "logical"))

    def heading(self) -> Content:
        return text.phrase(t("Right to left"), style="here")

    def rows(self) -> Iterable[Widget]:
        said = [t("Which of these lines reads right, 1 or 2? With 0, neither.")]
        if i18n.language() != "en":
            said.append(IN_ENGLISH)
        self._words.set_lines([text.join((text.blank(1), text.phrase(one))) for one in said])
        yield self._words
        yield from self._samples

    def live_keys(self) -> Sequence[FooterKey]:
        return keymap.footer_keys(self.scope, ANSWERED if self._advised else ("bidi.close",))

    def on_mount(self) -> None:
        self._words.focus()

    def action_answer(self, answer: int) -> None:
        """``0``: neither, ``1`` and ``2``: that line."""
        if self._advised:
            return
        if answer:
            self.dismiss(ANSWERS[answer])
            return
        self._advised = True
        for sample in self._samples:
            sample.display = False
        room = max(20, self.size.width - 2)
        lines = text.phrases(t(self._advice), room)
        if i18n.language() != "en":
            # in the wrong order nobody could read it in Persian
            lines += text.paragraph(self._advice, room)
        self._words.set_lines([text.join((text.blank(1), line)) for line in lines])
        self.query_one(Footer).keys_changed()

    def action_close(self) -> None:
        if self._advised:
            self.dismiss("neither")

    def action_leave(self) -> None:
        self.dismiss("neither" if self._advised else None)


ANSWERED: Final = ("bidi.first", "bidi.second", "bidi.neither", "bidi.leave")
"""Keys that have no more to do when the advice is shown."""
