"""Places that are still to come."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from tuicrm.i18n import t
from tuicrm.tui import keymap, text
from tuicrm.tui.screens.person_keys import PersonKeys, bindings
from tuicrm.tui.screens.places import PlaceInfo
from tuicrm.tui.widgets.safe import Words


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
        words = Words(text.phrase(t(self._info.coming), style="dim"), classes="coming")
        words.can_focus = True
        yield words
