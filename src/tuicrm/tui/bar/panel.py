"""The few lines that stand over the bar's line: who was found, what a sign can start, what to choose from.

Each line is one row of columns (``tui/rows.py``), one of them may be lit. It is as high as it has rows, so
it covers no more of the screen than it must, and takes no focus: keys go to the line below.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import takewhile
from typing import Any, ClassVar, Final

from rich.segment import Segment
from textual import events
from textual.content import Content
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tuicrm.domain.complete import Suggestion
from tuicrm.domain.fold import has_rtl
from tuicrm.domain.fold import words as folded_words
from tuicrm.domain.record import replace
from tuicrm.i18n import Phrase, t
from tuicrm.tui import manner, rows, text
from tuicrm.tui.bar.who import NewRow, Row
from tuicrm.tui.rows import EMPTY, Cell, Column, data, number, words
from tuicrm.tui.text import Role
from tuicrm.tui.text import cells as cells_of
from tuicrm.tui.widgets import cells, moments
from tuicrm.tui.widgets.cells import Scene

HIGHEST: Final = 8
_GUTTER: Final = 2
_ROLES: Final[tuple[Role, ...]] = ("dim", "strong", "accent", "warn", "bad", "good", "match", "key")
_QUIET: Final[frozenset[Role]] = frozenset({"dim", "strong", "accent", "key"})


class Panel(Widget):
    """The lines. ``show`` sets them; without any it takes no room."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "panel--lit",
        "panel--bar",
        *(f"panel--{role}" for role in _ROLES),
    }
    ALLOW_SELECT = False

    class Clicked(Message):
        """A click on the line with that index."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    class Wheeled(Message):
        """The wheel was turned: 1 down, -1 up."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    def __init__(self, *, id: str | None = None, highest: int = HIGHEST) -> None:
        super().__init__(id=id)
        self._highest = highest
        self._rows: tuple[Any, ...] = ()
        self._columns: tuple[Column, ...] = ()
        self._lit: int | None = None

    def show_rows(self, shown: Sequence[Any], columns: Sequence[Column], lit: int | None = None) -> None:
        """Shows as many rows as there may be. Repaints only when something differs."""
        shown = tuple(shown[: self._highest])
        if (shown, lit) == (self._rows, self._lit):
            return
        higher = len(shown) != len(self._rows)
        self._rows, self._columns, self._lit = shown, tuple(columns), lit
        if manner.plain() and lit is not None and self.is_attached:
            from tuicrm.tui import plain

            plain.say_row(self, columns, shown, lit)
        if higher:
            self.styles.height = len(shown)
            self.display = bool(shown)
        self.refresh(layout=higher)

    def clear(self) -> None:
        """No lines."""
        self.show_rows((), ())

    @property
    def rows(self) -> tuple[Any, ...]:
        """What is shown."""
        return self._rows

    def render_line(self, y: int) -> Strip:
        width, plain = self.size.width, self.rich_style
        if y >= len(self._rows):
            return Strip.blank(width, plain)
        styles = {role: self.get_component_rich_style(f"panel--{role}", partial=True) for role in _ROLES}
        gutter = Segment(" " * _GUTTER, plain)
        if y == self._lit:
            plain = self.get_component_rich_style("panel--lit")
            styles = {role: style for role, style in styles.items() if role not in _QUIET}
            gutter = Segment("▌ ", self.get_component_rich_style("panel--bar"))
        placed = rows.fit(self._columns, width - _GUTTER - 1)
        line = rows.strip(self._rows[y], placed, width - _GUTTER, styles, plain)
        return Strip.join([Strip([gutter]), line])

    def on_click(self, event: events.Click) -> None:
        event.stop()
        if event.y < len(self._rows):
            self.post_message(self.Clicked(event.y))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.post_message(self.Wheeled(1))

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.post_message(self.Wheeled(-1))


# --- who ----------------------------------------------------------------------------------------------------


def who_columns(scene: Scene, sought: str, *, near: bool) -> tuple[Column, ...]:
    """The finder's columns: name, company, number, last talk; the last row says what it would make."""
    found = cells.contact_columns(scene, folded_words(sought), near=near)
    keep = [column for column in found if column.name not in ("tickets", "next")]
    return tuple(
        Column(column.name, partial(_who_cell, column=column), column.width, column.grow, column.rank)
        for column in keep
    )


def _who_cell(row: Row, column: Column) -> Cell:
    if not isinstance(row, NewRow):
        return column.cell(row)
    new = row.contact
    if column.name == "name":
        return words(t("+ new contact {name}", name=new.name) if new.name else t("+ new contact"), "accent")
    if column.name == "company":
        return data(new.company)
    if column.name == "phone" and new.phones:
        return number(new.phones[0].raw)
    return EMPTY


# --- what a sign can start ----------------------------------------------------------------------------------

_ACROSS: Final = 3
"""Suggestions side by side: a sign can start two dozen things and the bar covers the screen."""
LABEL_LEAST: Final = 8
"""Cells of a label; with fewer the last column is left out."""


def suggestion_rows(found: Sequence[Suggestion]) -> list[tuple[Suggestion, ...]]:
    """Suggestions as lines, filled from top to bottom as one reads a list."""
    found = told_apart(found)
    if len(found) <= HIGHEST // 2:
        return [(one,) for one in found]
    kept = list(found[: HIGHEST * _ACROSS])
    high = -(-len(kept) // _ACROSS)
    return [tuple(kept[line::high]) for line in range(high)]


def suggestion_columns(rows: Sequence[tuple[Suggestion, ...]], today: date) -> tuple[Column, ...]:
    """The token and what it means, side by side. ``today``: the local day, for the dates of days.

    A token is never cut, for it is what is to be typed; labels are whole from the first column on, as far as it goes.
    """
    columns: list[Column] = []
    for index in range(len(rows[0]) if rows else 0):
        label = partial(_label, index=index, today=today)
        widest = max(cells_of(row[index].text) for row in rows if index < len(row))
        wanted = max(cells_of(label(row).text) for row in rows)
        columns.append(Column(f"token{index}", partial(_token, index=index), widest, rank=index))
        more = max(0, wanted - LABEL_LEAST)
        columns.append(Column(f"label{index}", label, LABEL_LEAST, grow=more, rank=index, wants=wanted))
    return tuple(columns)


def told_apart(found: Sequence[Suggestion]) -> list[Suggestion]:
    """Statuses that begin with the same words (``waiting for parts``) by what is different in them (``…parts``)."""
    split = {one.text: one.label.split() for one in found if one.kind == "ticket_status"}
    return [_shorter(one, split) if one.text in split else one for one in found]


def _shorter(one: Suggestion, split: Mapping[str, list[str]]) -> Suggestion:
    own = split[one.text]
    others = [other for text, other in split.items() if text != one.text]
    same = max((_common(own, other) for other in others), default=0)
    return replace(one, label="…" + " ".join(own[same:])) if 0 < same < len(own) else one


def _token(row: tuple[Suggestion, ...], index: int) -> Cell:
    """As it stands in the line: one of Persian words from the right."""
    if index >= len(row):
        return EMPTY
    token = row[index].text
    return data(token, "key") if has_rtl(token) else number(token, "key")


def _label(row: tuple[Suggestion, ...], index: int, today: date) -> Cell:
    if index >= len(row):
        return EMPTY
    one = row[index]
    said = _said(one, today)
    return words(said, "dim") if said else data(_label_of(one))


def meaning(one: Suggestion, today: date) -> Content:
    """What a token means, for a line of text; nothing where it says so itself."""
    said = _said(one, today)
    return text.phrase(said, style="dim") if said else text.show(_label_of(one), style="dim")


def _said(one: Suggestion, today: date) -> Phrase:
    return moments.full_day(one.due.on, today) if one.due is not None else _kind_words(one)


def _label_of(one: Suggestion) -> str:
    """The name, but for a token that is the name: twice says no more."""
    return "" if one.label == one.text[1:] else one.label


def _kind_words(one: Suggestion) -> Phrase:
    """What a token does, where its label alone does not say it."""
    kinds: Mapping[str, Callable[[], Phrase]] = {
        "after": lambda: t("after 2 days"),
        "day": lambda: t("follow-up"),
        "no_follow_up": lambda: t("no follow-up"),
        "direction": lambda: t("inbound") if one.label == "in" else t("outbound"),
        "ticket_new": lambda: t("ticket, {priority}", priority=one.label),
        "ticket_comment": lambda: t("on {subject}", subject=one.label),
        "ticket_status": lambda: t("ticket: {status}", status=one.label),
        "ticket_resolve": lambda: t("solves {subject}", subject=one.label),
        "score": lambda: t("score 5"),
        "duration": lambda: t("took 4 min"),
        "started": lambda: t("was at 9:40"),
    }
    return kinds[one.kind]() if one.kind in kinds else Phrase()


def _common(one: list[str], other: list[str]) -> int:
    """How many words both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


# --- a choice -----------------------------------------------------------------------------------------------


def choice_columns(*, short: bool = False) -> tuple[Column, ...]:
    """Rows of (key, what it stands for, more about it); ``short`` names leave the room to the rest."""
    return (
        Column("key", lambda row: number(row[0], "key"), 6),
        Column("what", lambda row: data(row[1]), 20 if short else 30, grow=0 if short else 3),
        Column("more", lambda row: words(row[2], "dim"), 14, grow=1, rank=1),
    )
