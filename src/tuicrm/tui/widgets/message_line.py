"""One quiet line for what just happened: ``Leila Karimi: no answer, again tomorrow 08:30. u undo``.

What does not fit has a second line: what is cut off is the end, where dates, numbers and keys stand.

No toasts: they cover what one reads and repaint the screen twice.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.content import Content
from textual.timer import Timer

from tuicrm.i18n import Phrase, t
from tuicrm.tui import keymap, manner, text
from tuicrm.tui.text import Role
from tuicrm.tui.widgets.safe import Words


class MessageLine(Words):
    """One row, empty most of the time; two for a sentence that needs them."""

    SECONDS: ClassVar[float] = 8.0
    """How long something stands there that does not say otherwise."""
    READ_S: ClassVar[float] = 2.0
    """After so long a sentence about one action has been read: the next key takes it away."""
    when_quiet: Callable[[], None] | None = None
    """Called when what was said has had its time: somebody waits for the line."""
    _gone: Timer | None = None
    _tail: Content = text.blank(0)
    """The key that takes it back: it stays whole when the words are cut."""
    _high = 1
    _passing_since: float | None = None
    """When (monotonic, seconds) something was said that holds only until something else is done."""

    @property
    def busy(self) -> bool:
        """Whether something said still has its time."""
        return self._gone is not None

    def say(
        self, words: Content, *, undo: bool = False, tail: Content | None = None, seconds: float | None = None
    ) -> None:
        """Shows ``words`` for a while; ``undo``: with the key that takes it back; ``tail``: with another (``key``)."""
        if self._gone is not None:
            self._gone.stop()
        self._passing_since = None
        self._tail = self.key("place.undo", t("undo")) if undo else tail or text.blank(0)
        self._put((words,))
        # for a screen reader it stays until something else happens
        self._gone = None if manner.plain() else self.set_timer(seconds or self.SECONDS, self.hush)

    def key(self, id: str, label: Phrase) -> Content:
        """A key and what it does, for the end of the line; nothing where there is no such key."""
        cap = keymap.cap(keymap.key(id))
        if not cap:
            return text.blank(0)
        does = text.phrase(label, style="dim")
        return text.join((text.blank(2), text.number(cap, style="key"), text.blank(1), does))

    def say_words(self, sentence: Phrase, role: Role = "", *, undo: bool = False) -> None:
        """``say`` for a sentence from ``i18n``. What can be taken back is true for longer than the next key."""
        self.say(text.phrase(sentence, style=role), undo=undo)
        room = self.app.size.width - 2
        if self.content.cell_length + self._tail.cell_length > self.app.size.width:
            first, *rest = text.phrases(sentence, room, style=role)
            self._put((first, text.join(rest, " ")))
        self._passing_since = None if undo else time.monotonic()

    def pass_by(self) -> None:
        """Another key acts: what was said about an earlier one goes, once it could be read."""
        if self._passing_since is not None and time.monotonic() - self._passing_since >= self.READ_S:
            self.hush()

    def hush(self) -> None:
        """Empties the line."""
        self._passing_since = None
        if self._gone is not None:
            self._gone.stop()
            self._gone = None
        self._tail = text.blank(0)
        self._put(())
        if self.when_quiet is not None:
            self.when_quiet()

    def _put(self, lines: Sequence[Content]) -> None:
        """Shows one line below the other."""
        high = max(1, len(lines))
        if high != self._high:
            self._high = high
            self.styles.height = high
        self.set(text.join([text.join((text.blank(1), line)) for line in lines], "\n"))

    def render(self) -> Content:
        *whole, last = self.content.split("\n", allow_blank=True) or [self.content]
        room = self.size.width - self._tail.cell_length
        ends = text.join((text.cut(last, room), self._tail))
        return text.join((*(text.cut(line, self.size.width) for line in whole), ends), "\n")
