"""The palette: every command of this state by name, the places, the themes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.dom import DOMNode
from textual.widget import Widget
from textual.widgets import Input

from tuicrm.domain.fold import words
from tuicrm.domain.record import record
from tuicrm.i18n import Phrase, t
from tuicrm.tui import keymap, rows, text, themes
from tuicrm.tui.actions import owner
from tuicrm.tui.screens.dialog import Dialog
from tuicrm.tui.widgets.line_input import LineInput
from tuicrm.tui.widgets.record_list import RecordList

if TYPE_CHECKING:
    from tuicrm.tui.app import CrmApp

Do = Callable[[], Awaitable[object]]


@record
class Command:
    """One line of the palette: what it says, its key, what it does."""

    id: str
    label: Phrase
    key: str
    do: Do


class PaletteLine(LineInput):
    """The line one types into."""

    scope = "picker"
    BINDINGS: ClassVar[list[BindingType]] = keymap.bindings("picker")

    def live_keys(self) -> Sequence[keymap.FooterKey]:
        """The keys of a picker."""
        return keymap.footer_keys(self.scope)

    def action_choose(self, step: int) -> None:
        found = self.screen.query_one(RecordList)
        found.move(found.window.cursor + step)

    def action_take(self) -> None:
        self.screen.query_one(RecordList).action_open()

    async def _on_key(self, event: events.Key) -> None:
        # "enter" belongs to the binding above, not to the field's own submit
        if event.key != "enter":
            await super()._on_key(event)


class Palette(Dialog[Command]):
    """Commands found by the beginnings of their words, in any order; gives the chosen one."""

    scope = "picker"
    BINDINGS: ClassVar[list[BindingType]] = keymap.bindings("picker")

    def __init__(self, commands: Sequence[Command]) -> None:
        super().__init__()
        self._commands = tuple(commands)
        columns = (
            rows.Column("key", lambda command: rows.number(command.key, "key"), 9, rank=1),
            rows.Column("label", lambda command: rows.words(command.label), 20, grow=1),
        )
        self._list: RecordList[Command] = RecordList(
            columns, lambda command: command.id, empty=t("No command is called that.")
        )
        self._list.lit = True
        self._line = PaletteLine(placeholder=t("what do you want to do?"))

    def heading(self) -> Content:
        return text.phrase(t("All commands"), style="strong")

    def rows(self) -> Iterable[Widget]:
        return (self._line, self._list)

    def on_mount(self) -> None:
        self._list.can_focus = False
        self._line.focus()
        self._list.set_rows(self._commands)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        sought = words(event.value)
        self._list.set_rows([command for command in self._commands if _fits(command, sought)], keep=False)

    def on_record_list_chosen(self, event: RecordList.Chosen) -> None:
        event.stop()
        self.dismiss(event.row)


def _fits(command: Command, sought: Sequence[str]) -> bool:
    said = words(command.label)
    return all(any(part.startswith(word) for part in said) for word in sought)


def commands(app: CrmApp, scope: str, focused: DOMNode | None) -> list[Command]:
    """What the palette offers where the focus is: keys of the state but for mere moves, places, themes."""
    found: dict[str, Command] = {}
    for row in keymap.of_scope(scope):
        node = owner(row, focused)
        if node is None or row.area in ("list", "card", "picker"):
            continue
        caps = keymap.display(keymap.keys_of(row)[0])
        label = keymap.label(row)
        found.setdefault(label, Command(row.id, label, caps, _action(app, row.action, node)))
    for name in themes.files(app.own_themes):
        label = t("theme: {name}", name=name)
        found[label] = Command(f"theme.{name}", label, "", _theme(app, name))
    return list(found.values())


def _action(app: CrmApp, action: str, node: DOMNode) -> Do:
    return lambda: app.run_action(action, default_namespace=node)


def _theme(app: CrmApp, name: str) -> Do:
    async def take() -> None:
        app.use_theme(name)

    return take
