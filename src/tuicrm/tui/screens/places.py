"""The six places: their numbers, titles, and where each is built; and what stands in for one that is not."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Final, cast

from tuicrm.domain.record import record
from tuicrm.tui.screens.base import Place


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


def make(name: str) -> Place:
    """The place of that name, its module imported now."""
    info = INFO[name]
    if not info.built:
        # imported here: the first place shown is another one
        from tuicrm.tui.screens.not_built import NotBuilt

        return NotBuilt(info)
    module, _, cls = info.built.partition(":")
    return cast(Place, getattr(importlib.import_module(module), cls)())
