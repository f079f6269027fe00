"""The six places: their numbers, titles, and where each is built; and what stands in for one that is not."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping
from typing import ClassVar, Final, cast

from textual.app import ComposeResult
from textual.binding import BindingType

from tuicrm.domain.record import record
from tuicrm.i18n import t
from tuicrm.tui import keymap, text
from tuicrm.tui.screens.base import Place
from tuicrm.tui.screens.person_keys import PersonKeys, bindings
from tuicrm.tui.widgets.safe import Words


@record
class PlaceInfo:
    """A place. ``built``: ``module:Class``, imported when it is first opened; ``""``: ``coming`` is shown."""

    name: str
    title: str
    built: str = ""
    coming: str = ""


PLACES: Final[tuple[PlaceInfo, ...]] = (
    PlaceInfo("today", "Today", built="tuicrm.tui.screens.today:TodayPlace"),
    PlaceInfo("contacts", "Contacts", built="tuicrm.tui.screens.contacts:ContactsPlace"),
    PlaceInfo("calls", "Calls", built="tuicrm.tui.screens.calls:CallsPlace"),
    PlaceInfo("followups", "Follow-ups", built="tuicrm.tui.screens.followups:FollowUpsPlace"),
    PlaceInfo(
        "tickets",
        "Tickets",
        coming="Here will be what is broken, by the clock that runs for it, with status and priority. Until then each "
        "card has that person's tickets, the palette finds one by # and its number, and the shell has all: "
        "tuicrm ticket list",
    ),
    PlaceInfo(
        "kpis",
        "KPIs",
        coming="Here will be the numbers of the day with goal and trend, each with its formula and records. Until then "
        "Calls counts what a filter finds and how long it took together.",
    ),
)
HOME: Final = "today"
"""Where the program opens, and where ``q`` twice quits."""
INFO: Final[Mapping[str, PlaceInfo]] = {info.name: info for info in PLACES}


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


def make(name: str) -> Place:
    """The place of that name, its module imported now."""
    info = INFO[name]
    if not info.built:
        return NotBuilt(info)
    module, _, cls = info.built.partition(":")
    return cast(Place, getattr(importlib.import_module(module), cls)())
