"""What the palette finds that does nothing here: where it can be done, and with which key. Choosing it leads there."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Final

from tuicrm.domain.record import record
from tuicrm.i18n import Phrase, t
from tuicrm.tui import keymap
from tuicrm.tui.menus import KEYLESS

if TYPE_CHECKING:
    from tuicrm.tui.app import CrmApp

PLACES: Final = ("contacts", "followups", "calls", "today")
"""Where most can be done with somebody comes first: each deed is told of one place."""
LEFT_OUT: Final = frozenset({"app", "place", "list", "card", "search", "outcome", "marks"})
"""Areas whose keys go about or mark."""
MOVES: Final = ("back", "on", "last_page", "next_page")
"""Keys of a place's own that only go about in it."""


@record
class Elsewhere:
    """One deed. ``label``: with its place; ``cap``: the keys that lead there and do it."""

    key: keymap.Key
    place: str
    label: Phrase
    cap: str


def elsewhere(scope: str, here: Collection[str]) -> Iterator[Elsewhere]:
    """What other places than the one of this scope have. ``here``: ids and labels of what is offered already."""
    told = set(here)
    for place in PLACES:
        if place == scope:
            continue
        for row in keymap.of_scope(place):
            label = keymap.label(row)
            moves = row.id.partition(".")[2] in MOVES
            if row.area in LEFT_OUT or moves or told.intersection((row.id, label)):
                continue
            told.update((row.id, label))
            said = t("{what}, on {place}", what=label, place=keymap.label(keymap.key(f"place.{place}")))
            cap = " ".join((keymap.cap(keymap.key(f"place.{place}")), keymap.cap(row)))
            yield Elsewhere(row, place, said, cap.strip())


async def lead(app: CrmApp, it: Elsewhere) -> None:
    """Shows the place and says with which key it is done there."""
    await app.action_go(it.place)
    cap = keymap.cap(it.key)
    if not cap:
        cap = f"{keymap.named('place.menu')} {KEYLESS.get(it.key.id, '')}".strip()
    app.say(t("{key} does it here: {what}.", key=cap, what=keymap.label(it.key)))
