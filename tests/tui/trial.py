"""A made-up place for tests of the shell: a list, a text field, one outcome key."""

from __future__ import annotations

from typing import ClassVar

from tests.tui.apps import screen_lines
from textual.app import ComposeResult
from textual.binding import BindingType

from tuicrm.tui import keymap, rows
from tuicrm.tui.app import CrmApp
from tuicrm.tui.rows import Column
from tuicrm.tui.screens import places
from tuicrm.tui.screens.base import Changed, Place
from tuicrm.tui.widgets.line_input import LineInput
from tuicrm.tui.widgets.record_list import RecordList
from tuicrm.tui.widgets.safe import Words


class Trial(Place):
    """A place with a list, a text field and one outcome key, as the real ones have."""

    scope = "today"
    BINDINGS: ClassVar[list[BindingType]] = [*keymap.bindings("record"), ("n", "outcome('n')")]
    RELOADS_ON = frozenset({"contact"})

    def __init__(self) -> None:
        super().__init__()
        columns = (Column("name", lambda row: rows.data(row), 10, grow=1),)
        self.list: RecordList[str] = RecordList(columns, str)
        self.field = LineInput()
        self.acted: list[str] = []
        self.changes: list[Changed] = []
        self.loads = 0

    def compose(self) -> ComposeResult:
        yield self.field
        yield self.list

    async def load(self) -> None:
        self.loads += 1
        self.list.set_rows(["Leila Karimi", "Reza Ahmadi", "George Webb"])

    async def on_changed(self, changed: Changed) -> None:
        self.changes.append(changed)

    def action_log(self) -> None:
        self.acted.append("bar")

    def action_outcome(self, letter: str) -> None:
        row = self.list.row
        self.crm_app.if_typed_alone(lambda: self.acted.append(f"{letter} {row}"))


class Bare(Place):
    def __init__(self, name: str) -> None:
        super().__init__()
        self.scope = name

    def compose(self) -> ComposeResult:
        words = Words()
        words.can_focus = True
        yield words


def trial(app: CrmApp) -> Trial:
    return app.query_one(Trial)


def footer(app: CrmApp) -> str:
    return screen_lines(app)[-1]


def message(app: CrmApp) -> str:
    return app.shell.message.content.plain


_made = places.make


def make(name: str) -> Place:
    """What stands for ``places.make`` in these tests: only the places that are not built are real."""
    if name == "today":
        return Trial()
    return _made(name) if name in ("kpis", "tickets") else Bare(name)
