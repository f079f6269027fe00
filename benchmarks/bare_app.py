"""The smallest Textual app with a text field: the floor of everything that is shown."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Input, Static


class Bare(App[None]):
    """A line of text and an input line."""

    def compose(self) -> ComposeResult:
        yield Static("bare-app")
        yield Input()


if __name__ == "__main__":
    Bare().run()
