"""The widgets that show text. They take ``Content`` made in ``tui/text.py`` and nothing else.

Textual's own ``Static`` and ``Label`` read strings as markup; a test forbids them everywhere else.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widget import Widget

from tuicrm.tui import text


class Words(Widget):
    """A line or a block of text. ``set`` replaces it and repaints only when it differs."""

    def __init__(
        self, content: Content | None = None, *, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._content = content or text.blank(0)

    @property
    def content(self) -> Content:
        """What is shown now."""
        return self._content

    def set(self, content: Content, *, layout: bool = False) -> None:
        """Shows ``content``. ``layout``: its height may have changed."""
        if self._content.is_same(content):
            return
        self._content = content
        self.refresh(layout=layout)

    def render(self) -> Content:
        return self._content


class Lines(Words):
    """Several lines, each a piece of content of its own, cut at the widget's width."""

    def set_lines(self, lines: Sequence[Content]) -> None:
        """Shows ``lines`` below each other."""
        self.set(text.join(lines, "\n"), layout=True)


class Rule(Widget):
    """A thin line with a title: ``─ Queue ──────``. One row high."""

    def __init__(self, title: Content, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._title = title

    def set_title(self, title: Content) -> None:
        """Shows another title; repaints only when it differs."""
        if not self._title.is_same(title):
            self._title = title
            self.refresh()

    def render(self) -> Content:
        return text.rule(self._title, self.size.width)
