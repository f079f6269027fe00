"""The last line: the keys that work in this very state, most important first, as many as fit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from textual import events
from textual.content import Content
from textual.dom import DOMNode
from textual.widget import Widget

from tuicrm.i18n import t
from tuicrm.tui import keymap, text
from tuicrm.tui.keymap import SCOPES, FooterKey
from tuicrm.tui.order import column


@runtime_checkable
class HasKeys(Protocol):
    """What stands for a state of the program: a place, a search line, the bar, a dialog.

    ``scope``: its name in ``keytable.SCOPES``. ``live_keys``: what the footer shows of it now.
    """

    @property
    def scope(self) -> str: ...

    def live_keys(self) -> Sequence[FooterKey]: ...


def owner_of_keys(node: DOMNode | None) -> HasKeys | None:
    """The nearest one up from the focused widget that stands for a state."""
    while node is not None:
        if isinstance(node, HasKeys):
            return node
        node = node.parent
    return None


def _all_keys(scope: str) -> FooterKey | None:
    """The key that shows all keys: help, or the palette where ``?`` is text; none inside either of them."""
    if scope in ("help", "picker"):
        return None
    id = "place.help" if "place" in SCOPES.get(scope, ()) else "app.palette"
    cap = keymap.cap(keymap.key(id))
    return FooterKey(cap, t("all"), 0, keymap.keys_of(keymap.key(id))[0]) if cap else None


class Footer(Widget):
    """One row at the bottom of a screen. It follows the focus by itself; ``keys_changed`` for the rest."""

    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._shown: tuple[FooterKey, ...] = ()
        self._all: FooterKey | None = None
        self._places: list[tuple[int, int, FooterKey]] = []
        """From which cell to which each key stands, as painted last."""

    def on_mount(self) -> None:
        self.watch(self.screen, "focused", self.keys_changed, init=True)

    def keys_changed(self) -> None:
        """The state changed: repaints when that changes the keys."""
        owner = owner_of_keys(self.screen.focused or self.screen)
        keys = tuple(owner.live_keys()) if owner else ()
        rest = _all_keys(owner.scope) if owner else None
        if (keys, rest) != (self._shown, self._all):
            self._shown, self._all = keys, rest
            self.refresh()

    def render(self) -> Content:
        width = self.size.width
        right = text.join((self._piece(self._all), text.blank(1))) if self._all else text.blank(0)
        left = text.blank(0)
        room = width - right.cell_length - 2
        self._places = [(width - right.cell_length, width, self._all)] if self._all else []
        for shown in sorted(self._shown, key=lambda key: key.rank):
            longer = text.join((left, text.blank(2 if left.plain else 1), self._piece(shown)))
            if longer.cell_length <= room:
                self._places.append((left.cell_length, longer.cell_length, shown))
                left = longer
        return text.beside(left, right, width)

    def _piece(self, shown: FooterKey) -> Content:
        return text.join(
            (text.number(shown.key, style="key"), text.blank(1), text.phrase(shown.label, style="dim"))
        )

    def on_click(self, event: events.Click) -> None:
        """A click on a key presses it: it acts as typed, in its turn."""
        event.stop()
        at = column(event.x, self.size.width)
        for start, end, shown in self._places:
            press = shown.press or shown.key
            if start <= at < end and press:
                self.app.post_message(events.Key(press, press if len(press) == 1 else None))
                return
