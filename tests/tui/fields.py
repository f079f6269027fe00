"""A field alone on a screen, and eyes that see it as it is in the terminal: letters in their places, colours."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import Generic, NamedTuple, TypeVar, cast

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import App, ComposeResult
from textual.filter import LineFilter
from textual.geometry import Offset
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.widget import Widget

from tuicrm import i18n
from tuicrm.domain.bidi import visual
from tuicrm.shaping import shaped
from tuicrm.tui import order, text

W = TypeVar("W", bound=Widget)

INTERFACES = ("en visual", "en logical", "fa visual", "fa logical")
"""The language of the interface, and who orders the letters."""
BOTH = ("en visual", "fa logical")
"""Enough for what keys do to the text; what is seen is asked in all of them."""
in_all = pytest.mark.parametrize("shown_in", INTERFACES, indirect=True)


@contextmanager
def interface(named: str) -> Iterator[None]:
    """One of ``INTERFACES`` in use."""
    language, mode = named.split()
    before = text.mode()
    text.use("visual" if mode == "visual" else "logical")
    i18n.use(language, isolate=language == "fa")
    try:
        yield
    finally:
        i18n.use("en")
        text.use(before)


class FieldApp(App[None]):
    """One widget at the top, in the program's own styles."""

    CSS_PATH = "../../src/tuicrm/tui/tuicrm.tcss"
    ALLOW_SELECT = False

    def __init__(self, make: Callable[[], Widget]) -> None:
        super().__init__()
        self._make = make

    def get_theme_variable_defaults(self) -> dict[str, str]:
        names = ("crm-dim", "crm-cursor", "crm-cursor-text", "crm-cursor-blurred", "crm-bar")
        return dict.fromkeys(names, "#808080")

    def get_line_filters(self) -> Sequence[LineFilter]:
        return [order.line_filter(text.mode(), order.side()), *super().get_line_filters()]

    def compose(self) -> ComposeResult:
        yield self._make()


class Cell(NamedTuple):
    """One cell of the screen."""

    char: str
    style: Style


class Field(Generic[W]):
    """The field under test, hands and eyes."""

    def __init__(self, widget: W, pilot: Pilot[None]) -> None:
        self.widget, self.pilot = widget, pilot

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    async def type(self, written: str) -> None:
        """Each character as the key it is, all in one read of the terminal."""
        names = {"\u200c": "zero_width_non_joiner", "\n": "enter"}
        for char in written:
            key = names.get(char) or _character_to_key(char)
            self.pilot.app.post_message(events.Key(key, None if char in names else char))
        await self.pilot.pause()

    async def click(self, x: int, y: int = 0, *, times: int = 1) -> None:
        """Clicks a cell of the screen."""
        await self.pilot.click(offset=Offset(x, y), times=times)
        await self.pilot.pause()

    async def drag(self, start: int, end: int, y: int = 0, end_y: int | None = None) -> None:
        """Presses the mouse on one cell and lets it go on another."""
        await self.pilot.mouse_down(offset=Offset(start, y))
        await self.pilot.hover(offset=Offset(end, y if end_y is None else end_y))
        await self.pilot.mouse_up(offset=Offset(end, y if end_y is None else end_y))
        await self.pilot.pause()

    def cells(self, y: int = 0) -> list[Cell]:
        """A row of the screen as an eye sees it."""
        return seen_cells(self.pilot.app.screen._compositor.render_strips()[y])

    def row(self, y: int = 0) -> str:
        """The letters of a row, from left to right, blanks at both ends left out."""
        return "".join(cell.char for cell in self.cells(y)).strip()

    def column(self, y: int = 0) -> int:
        """Where they begin."""
        line = "".join(cell.char for cell in self.cells(y))
        return len(line) - len(line.lstrip())

    def cursor(self, rows: int = 1) -> tuple[int, int]:
        """The one cell (x, y) that looks like the cursor, where the terminal is told to be as well."""
        (found,) = [(x, y) for y in range(rows) for x in self.wearing("cursor", y)]
        assert self.pilot.app.cursor_position == found, "the input method opens elsewhere"
        return found

    def selected(self, y: int = 0) -> str:
        """The letters of a row that look selected, from left to right."""
        cells = self.cells(y)
        return "".join(cells[x].char for x in self.wearing("selection", y))

    def wearing(self, part: str, y: int) -> list[int]:
        """The columns of a row that look like that part of the field."""
        return wearing(self.cells(y), self.widget, part)


def seen_cells(segments: Iterable[Segment]) -> list[Cell]:
    """What was sent for a row as an eye sees it; where the terminal orders the letters, it has done so."""
    chars = [(char, segment.style or Style()) for segment in segments for char in segment.text]
    if text.mode() == "logical":
        ordered, came_from = visual("".join(char for char, _ in chars), "ltr")
        chars = [(char, chars[at][1]) for char, at in zip(ordered, came_from, strict=True)]
    return [Cell(char, style) for char, style in chars for _ in range(cell_len(char))]


def wearing(cells: Sequence[Cell], widget: Widget, part: str) -> list[int]:
    """The columns that have the background of a part of the field, such as ``cursor``."""
    kind = next(kind for kind in widget._get_component_classes() if kind.endswith(f"--{part}"))
    colour = widget.get_component_rich_style(kind).bgcolor
    return [x for x, cell in enumerate(cells) if cell.style.bgcolor == colour]


def seen(words: str) -> str:
    """Persian words as an eye sees them from left to right in mode ``text.mode()``."""
    ordered, came_from = visual(words, "rtl")
    if text.mode() != "visual":
        return ordered
    joined = shaped(words)
    pairs = zip(ordered, came_from, strict=True)
    return "".join(joined[at] if char == words[at] else char for char, at in pairs)


@asynccontextmanager
async def field(make: Callable[[], W], *, width: int = 40, height: int = 24) -> AsyncIterator[Field[W]]:
    """The widget in a terminal of that size, the cursor in it."""
    async with FieldApp(make).run_test(size=(width, height)) as pilot:
        widget = cast(W, pilot.app.screen.children[0])
        widget.focus()
        await pilot.pause()
        yield Field(widget, pilot)
