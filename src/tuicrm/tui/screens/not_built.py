"""Places that are still to come."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from tuicrm.i18n import Phrase, t
from tuicrm.tui import keymap, text
from tuicrm.tui.screens.person_keys import PersonKeys, bindings
from tuicrm.tui.screens.places import PlaceInfo
from tuicrm.tui.widgets.safe import Lines


class NotBuilt(PersonKeys, inherit_bindings=False):
    """A place that says in one sentence what will be there. A call is taken and logged there as anywhere."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *keymap.bindings("place"),
        *bindings("record.log", "record.dial"),
    ]

    def __init__(self, info: PlaceInfo) -> None:
        super().__init__()
        self.scope = info.name
        self._info = info

    async def person(self) -> None:
        return None

    def hidden_keys(self) -> Iterable[str]:
        return ("record.copy", "record.add", "work.follow_up", "work.ticket")

    def compose(self) -> ComposeResult:
        yield _Coming(t(self._info.coming))


class _Coming(Lines, can_focus=True):
    """The sentence on as many lines as it needs, the isolates whole on each: a line is a paragraph to the terminal."""

    def __init__(self, sentence: Phrase) -> None:
        super().__init__(classes="coming")
        self._sentence = sentence

    def on_resize(self) -> None:
        self.set_lines(text.phrases(self._sentence, self.content_size.width, style="dim"))
