"""Choosing one of a few: type to narrow the list, ``Enter`` takes the lit line; a key that a line has takes it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final, Generic, TypeVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget

from tuicrm.domain.fold import fold
from tuicrm.i18n import Phrase, t
from tuicrm.tui import keymap, text
from tuicrm.tui.bar.panel import Panel, choice_columns
from tuicrm.tui.screens.dialog import Dialog
from tuicrm.tui.widgets.line_input import LineInput

T = TypeVar("T")
NO_MORE: Final = Phrase()


@dataclass(frozen=True, slots=True)
class Option(Generic[T]):
    """One line: what it gives, a short key, its name, and a word more about it."""

    value: T
    key: str
    name: str
    more: Phrase = NO_MORE


HIGHEST: Final = 10
"""Lines at most: all themes and all choices of follow-ups are seen at once, for nothing says that more are hidden."""


class PickerLine(LineInput):
    """Narrows the list. Its keys act here, before the next one is read."""

    BINDINGS: ClassVar[list[BindingType]] = []

    async def _on_key(self, event: events.Key) -> None:
        picker = self.screen
        if isinstance(picker, Picker) and (
            picker.press(event.key) or (not self.value and picker.short_cut(event.character or ""))
        ):
            event.stop()
            event.prevent_default()
            return
        await super()._on_key(event)
        if isinstance(picker, Picker):
            picker.narrow(self.value)


class Picker(Dialog[T]):
    """Dismissed with the value of the chosen option, or None."""

    scope = "picker"
    short_names: ClassVar[bool] = False
    BINDINGS: ClassVar[list[BindingType]] = keymap.bindings("picker")

    def __init__(self, title: Phrase, options: Sequence[Option[T]]) -> None:
        super().__init__()
        self._said = title
        self._options = tuple(options)
        self._fitting = self._options
        self._lit = 0
        self._panel = Panel(highest=HIGHEST)

    def heading(self) -> Content:
        return text.phrase(self._said, style="here")

    def rows(self) -> Iterable[Widget]:
        yield self._panel
        yield PickerLine(placeholder=text.sentence(t("type to narrow the list")))

    def begin_at(self, index: int) -> None:
        """Which option is lit first."""
        self._lit = index

    def lit(self, value: T | None) -> None:
        """Another option is lit, or none; a subclass may show what it would do."""

    def on_mount(self) -> None:
        self.query_one(PickerLine).focus()
        self._show()

    def narrow(self, typed: str) -> None:
        """Keeps the options in which a word begins with each word typed; what is called so stands first, then what
        begins so."""
        words = fold(typed).split()
        fitting = tuple(one for one in self._options if _fits(one, words))
        if words:
            fitting = tuple(sorted(fitting, key=lambda one: _place(one, " ".join(words))))
        if fitting != self._fitting:
            self._fitting, self._lit = fitting, 0
            self._show()

    def press(self, key: str) -> bool:
        """A key of the picker itself; False for one that is text."""
        for row in keymap.of_scope(self.scope):
            if row.area == self.scope and key in keymap.keys_of(row):
                name, _, step = row.action.rstrip(")").partition("(")
                getattr(self, f"action_{name}")(*([int(step)] if step else []))
                return True
        return False

    def short_cut(self, typed: str) -> bool:
        """Takes the option whose key that is, in figures of any language; False where none has it."""
        for one in self._options:
            if len(one.key) == 1 and fold(one.key) == fold(typed):
                self.dismiss(one.value)
                return True
        return False

    def action_choose(self, step: int) -> None:
        self._lit = max(0, min(len(self._fitting) - 1, self._lit + step))
        self._show()

    def action_take(self) -> None:
        if self._fitting:
            self.dismiss(self._fitting[self._lit].value)

    def on_panel_clicked(self, event: Panel.Clicked) -> None:
        event.stop()
        if not self._fitting:
            return
        self._lit = self._first() + event.index
        self._show()
        self.action_take()

    def on_panel_wheeled(self, event: Panel.Wheeled) -> None:
        event.stop()
        self.action_choose(event.step)

    def on_resize(self) -> None:
        self._show()

    @property
    def _high(self) -> int:
        """Options there is room for, beside the rule, the line, a note and the footer."""
        return max(1, min(HIGHEST, self.app.size.height - 5))

    def _first(self) -> int:
        return max(0, min(self._lit - self._high // 2, len(self._fitting) - self._high))

    def _show(self) -> None:
        first = self._first()
        rows = [(one.key, one.name, one.more) for one in self._fitting[first : first + self._high]]
        lit = self._lit - first if rows else None
        # without keys their column would only push the names to the middle
        columns = choice_columns(short=self.short_names)[0 if any(one.key for one in self._options) else 1 :]
        self._panel.show_rows(rows or [("", t("nothing fits"), NO_MORE)], columns, lit)
        self.lit(self._fitting[self._lit].value if rows else None)


def _place(option: Option[Any], typed: str) -> int:
    """0 where the key or name is what was typed, 1 where the name begins so, else 2."""
    key, name = fold(option.key), " ".join(fold(option.name).split())
    return 0 if typed in (key, name) else 1 if name.startswith(typed) else 2


def _fits(option: Option[Any], words: Sequence[str]) -> bool:
    have = fold(f"{option.key} {option.name}").split()
    return all(any(one.startswith(word) for one in have) for word in words)
