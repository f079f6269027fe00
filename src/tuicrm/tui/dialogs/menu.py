"""A menu of letters: each line has a letter that does it at once; ``j k Enter`` and the mouse do it too.

What cannot be done now stands there as well, with the reason. Two columns where there is room for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Final

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from tuicrm.domain.record import record
from tuicrm.i18n import Phrase
from tuicrm.tui import keymap, manner, text
from tuicrm.tui.order import column
from tuicrm.tui.rows import Cell, Column, data, number, words
from tuicrm.tui.screens.dialog import Dialog
from tuicrm.tui.widgets.row_view import GUTTER
from tuicrm.tui.widgets.safe import Lines, Rule

SIDE: Final = 37
"""Cells a column needs; where two of them fit, there are two."""
AROUND: Final = 4
"""Rows of the screen that are not the menu's: its rule, its footer, and a glimpse of what it is about."""
_NOTHING: Final = Phrase()


@record
class Line:
    """One line. ``keys``: Textual's names of the keys that do it. ``hint``: what it is about, our words or
    data. ``why_not``: why it cannot be done now."""

    id: str
    cap: str
    keys: tuple[str, ...]
    label: Phrase
    hint: str = ""
    why_not: Phrase = _NOTHING


def _hint(line: Line) -> Cell:
    return words(line.hint) if isinstance(line.hint, Phrase) else data(line.hint)


_SPOKEN: Final = (
    Column("cap", lambda line: number(line.cap, "key"), 1),
    Column("label", lambda line: words(line.label), 1),
    Column("hint", _hint, 1),
    Column("why", lambda line: words(line.why_not), 1),
)
"""A line for screen readers, in the order in which it is said."""


class MenuLines(Lines):
    """The lines, in one or two columns."""

    can_focus = True

    class Clicked(Message):
        """A click on the line with that index."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def __init__(self, shown: Sequence[Line]) -> None:
        super().__init__()
        self._shown = tuple(shown)
        self._lit = 0
        self._top = 0
        self._caps = max((text.cells(line.cap) for line in self._shown), default=1)

    def light(self, lit: int) -> None:
        """The line with that index is the chosen one."""
        self._lit = lit
        self.lay_out()

    def on_resize(self) -> None:
        self.lay_out()

    @property
    def sides(self) -> int:
        """How many columns there are."""
        return 2 if self.app.size.width >= 2 * SIDE and not manner.plain() else 1

    @property
    def high(self) -> int:
        """Lines of each column."""
        return -(-len(self._shown) // self.sides)

    @property
    def _room(self) -> int:
        return max(1, min(self.high, self.app.size.height - AROUND))

    def lay_out(self) -> None:
        """Paints what fits, the chosen line among it."""
        row = self._lit % self.high if self.high else 0
        self._top = max(row - self._room + 1, min(self._top, row))
        wide = self.app.size.width // self.sides
        self.set_lines([self._row(at, wide) for at in range(self._top, self._top + self._room)])
        if manner.plain() and self._shown and self.is_attached:
            from tuicrm.tui import plain

            plain.say_row(self, _SPOKEN, self._shown, self._lit, row - self._top)

    def _row(self, at: int, wide: int) -> Content:
        cells = [self._cell(index, wide) for index in range(at, len(self._shown), self.high)]
        return text.join(cells)

    def _cell(self, index: int, wide: int) -> Content:
        line = self._shown[index]
        said = text.cut(self._words(line), wide - GUTTER - 1)
        said = text.join((said, text.blank(wide - GUTTER - 1 - said.cell_length)))
        if index == self._lit:
            return text.join(
                (text.number("▌", style="here"), text.lit(text.join((text.blank(1), said))), text.blank(1))
            )
        return text.join((text.blank(GUTTER), said, text.blank(1)))

    def _words(self, line: Line) -> Content:
        """A line's letter, what it does, and what it is about or why it cannot be done."""
        off = bool(line.why_not)
        cap = text.number(line.cap, style="dim" if off else "key")
        pieces = [cap, text.blank(max(1, self._caps + 2 - cap.cell_length))]
        pieces.append(text.phrase(line.label, style="dim" if off else ""))
        if line.why_not:
            pieces += [text.blank(2), text.phrase(line.why_not, style="dim")]
        elif line.hint:
            ours = line.hint if isinstance(line.hint, Phrase) else None
            hint = text.phrase(ours, style="dim") if ours else text.show(line.hint, style="dim")
            pieces += [text.blank(2), hint]
        return text.join(pieces)

    def on_click(self, event: events.Click) -> None:
        event.stop()
        wide = self.app.size.width // self.sides
        side = min(column(event.x, self.size.width) // wide, self.sides - 1)
        row = self._top + event.y
        index = side * self.high + row
        if row < self.high and index < len(self._shown):
            self.post_message(self.Clicked(index))


class Menu(Dialog[Line]):
    """Dismissed with the line that was chosen, or None. ``lines``: what there is, in their order."""

    scope = "menu"
    BINDINGS: ClassVar[list[BindingType]] = keymap.bindings("menu")

    def __init__(self, title: Content, lines: Sequence[Line]) -> None:
        super().__init__()
        self._title = title
        self.lines = tuple(lines)
        self._lines = MenuLines(lines)
        self._lit = 0

    def heading(self) -> Content:
        return self._title

    def rows(self) -> Iterable[Widget]:
        yield self._lines

    def on_mount(self) -> None:
        self._lines.focus()
        self._lines.lay_out()

    def on_key(self, event: events.Key) -> None:
        """The letters of the lines. They are not bindings: which there are depends on what is selected."""
        index = next((at for at, line in enumerate(self.lines) if event.key in line.keys), None)
        if index is None:
            return
        event.stop()
        event.prevent_default()
        self._choose(index)
        self.action_take()

    def on_menu_lines_clicked(self, event: MenuLines.Clicked) -> None:
        event.stop()
        self._choose(event.index)
        self.action_take()

    def _choose(self, index: int) -> None:
        self._lit = index
        self._lines.light(index)

    def action_choose(self, step: int) -> None:
        """The next line that can be done."""
        at = self._lit + step
        while 0 <= at < len(self.lines) and self.lines[at].why_not:
            at += step
        if 0 <= at < len(self.lines):
            self._choose(at)

    def action_take(self) -> None:
        """Does the chosen line; what cannot be done says why, in the rule above."""
        if not self.lines:
            return
        line = self.lines[self._lit]
        if line.why_not:
            said = text.join(
                (text.phrase(line.label, style="strong"), text.phrase(line.why_not, style="warn")), ": "
            )
            self.query_one(Rule).set_title(said)
        else:
            self.dismiss(line)
