"""Help: the keys of this very state first, then all others, from the one table."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.dom import DOMNode
from textual.widget import Widget
from textual.widgets import Input

from tuicrm.domain.fold import words
from tuicrm.domain.record import made, record
from tuicrm.i18n import Phrase, language, t
from tuicrm.tui import keymap, keytable, linesheet, text
from tuicrm.tui.actions import owner
from tuicrm.tui.keymap import FooterKey, Key
from tuicrm.tui.screens.base import Place
from tuicrm.tui.screens.dialog import Dialog
from tuicrm.tui.text import Role
from tuicrm.tui.widgets.card import CardPane
from tuicrm.tui.widgets.footer import HasKeys
from tuicrm.tui.widgets.line_input import LineInput

KEYS_WIDTH = 22
COMMON = ("app", "place", "list", "card", "outcome")
"""Areas that have headings of their own even where they act."""


@record
class Asked:
    """The state that help was asked in. ``own``: its keys that are not in the table, the outcomes.

    ``live``: the ids of the table's keys that act there; None for all of the scope. ``says``: another word
    for what a key does there, by id; ``about``: what is said behind the keys.
    """

    scope: str
    own: tuple[FooterKey, ...] = ()
    live: frozenset[str] | None = None
    says: Mapping[str, Phrase] = made(default_factory=dict)
    about: tuple[Phrase, ...] = ()


def asked(holder: HasKeys | None, scope: str, focused: DOMNode | None) -> Asked:
    """What ``holder``, the place or line that has the keys, says of itself."""
    if not isinstance(holder, Place):
        return Asked(scope)
    rows = keymap.of_scope(scope)
    live = frozenset(row.id for row in rows if owner(row, focused or holder) is not None)
    says = {row.id: said for row in rows if (said := holder.relabel(row.id))}
    return Asked(scope, tuple(holder.own_keys()), live, says, tuple(holder.about()))


def lines(asked: Asked, sought: str = "", layout: str = "fa") -> list[Content]:
    """The text of help for one state; with ``sought`` only rows that have all its words.

    First what is of this state alone, then what a log line can say, then what acts here and everywhere.
    """
    here = keytable.SCOPES.get(asked.scope, ())
    own = [area for area in here if area not in COMMON]
    rows = [row for area in reversed(own) for row in _rows(area, asked)]
    first = [_line(one.key, one.label, layout) for one in asked.own if _has(sought, one.label)]
    first += [_row(row, asked, layout) for row in rows if _fits(row, asked, sought)]
    first += [_said(one) for one in asked.about if _has(sought, one)]
    out = _part(t("Here"), first, "here")
    out += _part(t(linesheet.TITLE), _line_rows(sought), "here")
    for area in (area for area in reversed(here) if area in keytable.AREA_TITLES and area not in own):
        found = [_row(row, asked, layout) for row in _rows(area, asked) if _fits(row, asked, sought)]
        out += _part(t(keytable.AREA_TITLES[area]), found, "strong")
    if sought:
        out += _part(t("In the menu of {key}", key="."), _menu_rows(here, asked, sought, layout), "strong")
    elsewhere: list[Content] = []
    anywhere = Asked("")
    for area, title in keytable.AREA_TITLES.items():
        dead = [row for row in _rows(area, anywhere) if area not in here or row not in _rows(area, asked)]
        found = [_row(row, anywhere, layout) for row in dead if _fits(row, anywhere, sought)]
        elsewhere += _part(t(title), found, "strong")
    if elsewhere:
        out += [text.phrase(t("Elsewhere"), style="here"), *elsewhere]
    return out or [text.phrase(t("No key does that."), style="dim")]


def _part(title: Phrase, rows: Sequence[Content], style: Role) -> list[Content]:
    """A heading with its rows and an empty line; nothing without rows."""
    return [text.phrase(title, style=style), *rows, text.blank(0)] if rows else []


def _said(about: Phrase) -> Content:
    return text.join((text.blank(2), text.phrase(about, style="dim")))


def _rows(area: str, asked: Asked) -> list[Key]:
    """The table's rows of an area that act in that state."""
    rows = (row for row in keytable.KEYS if row.area == area and keymap.keys_of(row))
    return [row for row in rows if asked.live is None or row.id in asked.live]


def _menu_rows(areas: Collection[str], asked: Asked, sought: str, layout: str) -> list[Content]:
    """What has no key on the screen, but a letter in its menu: who looks for it must not read that it is not there."""
    # imported here: help is opened more often than searched
    from tuicrm.tui.menus import KEYLESS

    rows = (
        row for row in keytable.KEYS if row.area in areas and row.id in KEYLESS and not keymap.keys_of(row)
    )
    return [
        _caps_line(keymap.both(KEYLESS[row.id], layout), asked.says.get(row.id) or keymap.label(row))
        for row in rows
        if _fits(row, asked, sought) and (asked.live is None or row.id in asked.live)
    ]


def _line_rows(sought: str) -> list[Content]:
    own = linesheet.IN_PERSIAN if language() == "fa" else {}
    found = [(tokens, own.get(tokens, ""), t(means)) for tokens, means in linesheet.TOKENS]
    whole = _has(sought, t(linesheet.TITLE))
    kept = [row for row in found if whole or _has(sought, *row)]
    if not kept:
        return []
    rule = text.join((text.blank(2), text.phrase(t(linesheet.RULE), style="dim")))
    return [rule, *(line for row in kept for line in _token_lines(*row))]


def _token_lines(tokens: str, also: str, means: Phrase) -> list[Content]:
    """What is typed and what it means; below it the same in Persian words."""
    if not also:
        return [_caps_line(tokens, means)]
    own = text.join((text.show(one, style="key") for one in also.split("  ")), "  ")
    return [_caps_line(tokens, means), text.join((text.blank(2), own))]


def _fits(row: Key, asked: Asked, sought: str) -> bool:
    return _has(sought, keymap.label(row), row.label, asked.says.get(row.id, ""))


def _has(sought: str, *texts: str) -> bool:
    said = " ".join(words(" ".join(texts)))
    return all(word in said for word in words(sought))


def _row(row: Key, asked: Asked, layout: str) -> Content:
    caps = "  ".join(keymap.both(name, layout) for name in keymap.keys_of(row))
    return _caps_line(caps, asked.says.get(row.id) or keymap.label(row))


def _line(cap: str, label: Phrase, layout: str) -> Content:
    return _caps_line(keymap.both(cap, layout), label)


def _caps_line(caps: str, label: Phrase) -> Content:
    keys = text.number(caps, width=KEYS_WIDTH - 2, style="key")
    space = text.blank(KEYS_WIDTH - keys.cell_length)
    return text.join((text.blank(2), keys, space, text.phrase(label)))


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
    """All keys, and what a log line can say; ``asked_in`` is the state help was asked in."""

    scope = "help"
    BINDINGS: ClassVar[list[BindingType]] = keymap.bindings("help")

    def __init__(self, asked_in: Asked) -> None:
        super().__init__()
        self._asked_in = asked_in
        self._text = HelpText(always_full=True)
        self._search = HelpSearch(placeholder=t("what the key does"))

    def heading(self) -> Content:
        return text.phrase(t("Help"), style="here")

    def rows(self) -> Iterable[Widget]:
        return (self._text, self._search)

    def on_mount(self) -> None:
        self._search.display = False
        self.screen.set_focus(self._text)
        self._fill("")

    def _fill(self, sought: str) -> None:
        found = lines(self._asked_in, sought, self.crm_app.settings.keyboard)
        self._text.show_lines(text.phrase(t("Help"), style="here"), found)

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
