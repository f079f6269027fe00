"""Help: the keys of this very state first, then all others, from the one table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from tuicrm.domain.fold import words
from tuicrm.domain.keyboard import LAYOUTS
from tuicrm.i18n import language, t
from tuicrm.tui import keymap, keytable, text
from tuicrm.tui.keymap import Key
from tuicrm.tui.screens.dialog import Dialog
from tuicrm.tui.widgets.card import CardPane
from tuicrm.tui.widgets.line_input import LineInput

KEYS_WIDTH = 22


def lines(scope: str, sought: str = "", layout: str = "fa") -> list[Content]:
    """The text of help for one state; with ``sought`` only rows that have all its words."""
    out: list[Content] = []
    here = keytable.SCOPES.get(scope, ())
    for heading, areas in ((t("Here"), here), (t("Elsewhere"), keytable.AREA_TITLES)):
        part: list[Content] = []
        for area in areas:
            if (area in here) == (areas is here):
                part += _area(area, sought, layout)
        if part:
            out += [text.phrase(heading, style="here"), *part]
    return out or [text.phrase(t("No key does that."), style="dim")]


def _area(area: str, sought: str, layout: str) -> list[Content]:
    rows = [row for row in keytable.KEYS if row.area == area and _has(row, sought)]
    if not rows:
        return []
    title = text.phrase(t(keytable.AREA_TITLES[area]), style="strong")
    return [title, *(_row(row, layout) for row in rows), text.blank(0)]


def _has(row: Key, sought: str) -> bool:
    said = " ".join(words(f"{keymap.label(row)} {row.label}"))
    return all(word in said for word in words(sought))


def _row(row: Key, layout: str) -> Content:
    caps = "  ".join(_caps(name, layout) for name in keymap.keys_of(row))
    keys = text.number(caps, width=KEYS_WIDTH - 2, style="key")
    space = text.blank(KEYS_WIDTH - keys.cell_length)
    return text.join((text.blank(2), keys, space, text.phrase(keymap.label(row))))


def _caps(name: str, layout: str) -> str:
    """A key as on its cap; under a Persian language with the letter that stands there too: ``c / ز``."""
    shown = keymap.display(name)
    if language() != "fa" or len(shown) != 1:
        return shown
    there = next((char for char, us in LAYOUTS[layout].items() if us == shown), "")
    return f"{shown} / {there}" if there else shown


class HelpText(CardPane):
    """The lines, scrolling."""

    BINDINGS: ClassVar[list[BindingType]] = []


class HelpSearch(LineInput):
    """The line that narrows help down."""

    scope = "search"
    BINDINGS: ClassVar[list[BindingType]] = keymap.bindings("search")

    def live_keys(self) -> Sequence[keymap.FooterKey]:
        """The keys of a search line."""
        return keymap.footer_keys(self.scope)

    def action_to_list(self) -> None:
        self.screen.set_focus(self.screen.query_one(HelpText))

    def action_leave(self) -> None:
        self.set_text("")
        self.action_to_list()


class Help(Dialog[None]):
    """All keys; ``scope`` is the state help was asked in."""

    scope = "help"
    BINDINGS: ClassVar[list[BindingType]] = keymap.bindings("help")

    def __init__(self, asked_in: str) -> None:
        super().__init__()
        self._asked_in = asked_in
        self._text = HelpText(always_full=True)
        self._search = HelpSearch(placeholder=t("what the key does"))

    def heading(self) -> Content:
        return text.phrase(t("Help"), style="strong")

    def rows(self) -> Iterable[Widget]:
        return (self._text, self._search)

    def on_mount(self) -> None:
        self._search.display = False
        self.screen.set_focus(self._text)
        self._fill("")

    def _fill(self, sought: str) -> None:
        found = lines(self._asked_in, sought, self.crm_app.settings.keyboard)
        self._text.show_lines(text.phrase(t("Help"), style="strong"), found)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._fill(event.value)

    def action_search(self) -> None:
        self._search.display = True
        self.screen.set_focus(self._search)

    def action_down(self) -> None:
        self._text.action_down()

    def action_up(self) -> None:
        self._text.action_up()

    def action_page_down(self) -> None:
        self._text.action_page_down()

    def action_page_up(self) -> None:
        self._text.action_page_up()

    def action_first(self) -> None:
        self._text.action_first()

    def action_last(self) -> None:
        self._text.action_last()
