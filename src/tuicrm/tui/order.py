"""Finished lines on their way to the terminal, and which way they run.

Textual hands each rendered line of each widget, borders and padding included, to ``Ordered``, which gives it the
order that the terminal needs (``tuicrm/line_order.py``); styles travel with their characters. Nothing else in the
interface reorders: widgets, wrapping, cursors and selections know logical text only.

In a Persian interface every line is a right-to-left paragraph, so columns, alignment, borders and footer mirror
by themselves; ``widgets/row.py`` mirrors what stands side by side, ``column`` the mouse.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from typing import Final

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from tuicrm import i18n
from tuicrm.domain.terminals import Mode, Quirk
from tuicrm.line_order import APART, Base, ordered
from tuicrm.tui import text


def mirrored() -> bool:
    """Whether lines run from right to left."""
    return i18n.language() == "fa" and text.mode() != "plain"


def side() -> Base:
    """The direction of the lines in use."""
    return "rtl" if mirrored() else "ltr"


def column(x: int, width: int) -> int:
    """The cell of a logical line that stands under column ``x`` of the ``width`` cells on the screen."""
    return width - 1 - x if mirrored() else x


class Ordered(LineFilter):
    """Gives a line the order that the terminal needs. One for each way of serving it: strips cache by it."""

    def __init__(self, mode: Mode, base: Base, quirk: Quirk) -> None:
        super().__init__()
        self._mode = mode
        self._base = base
        self._quirk = quirk

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        del background
        line = "".join(segment.text for segment in segments)
        if (line.isascii() and self._base == "ltr") or not line.strip(" "):
            return segments
        if any(segment.control for segment in segments):
            return segments
        chars, came_from = ordered(line, self._mode, self._base, self._quirk)
        ready = _styled(chars, came_from, segments)
        return _parted(ready) if APART in chars else ready


_BECOMES: Final = {
    # lines, blocks and shades, and all other drawing
    **dict.fromkeys(range(0x2500, 0x2600), " "),
    **dict.fromkeys(range(0x2800, 0x2900), " "),
    ord("▌"): ">",
    ord("▐"): "<",
    ord("●"): "*",
    ord("○"): "-",
    ord("·"): ",",
    ord("›"): ":",
    ord("↑"): "^",
    ord("↓"): "v",
    ord("←"): "<",
    ord("→"): ">",
}


class Undecorated(LineFilter):
    """For screen readers: a blank, or a sign that every reader reads, in place of each sign that only looks.

    Each takes one cell as before, so no widget has to know of it.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        del background
        if all(segment.text.isascii() for segment in segments):
            return segments
        return [Segment(_undecorated(text), style, control) for text, style, control in segments]


def _undecorated(piece: str) -> str:
    """As many cells as before; the signs between things as a writer sets them."""
    return piece.replace(" · ", ",  ").replace(" › ", ":  ").translate(_BECOMES)


UNDECORATED: Final = Undecorated()
"""One for all lines: strips are cached by their filters."""


def _parted(segments: Sequence[Segment]) -> list[Segment]:
    """``APART`` in segments of its own: in one with letters, Rich takes its joiners for those of an emoji and counts
    a cell too few."""
    return [
        Segment(part, segment.style)
        for segment in segments
        for part in re.split(f"({APART})", segment.text)
        if part
    ]


@lru_cache(maxsize=8)
def line_filter(mode: Mode, base: Base, quirk: Quirk = "") -> Ordered:
    """The filter for a mode and a direction, always the same one. ``quirk``: as in ``line_order.ordered``."""
    return Ordered(mode, base, quirk)


def _styled(chars: str, came_from: Sequence[int], segments: Sequence[Segment]) -> list[Segment]:
    """The characters with the styles they had where they came from; what was one segment stays one if it can."""
    if len(segments) == 1:
        return [Segment(chars, segments[0].style)]
    owners: list[int] = []
    for index, segment in enumerate(segments):
        owners += [index] * len(segment.text)
    ready: list[Segment] = []
    at = 0
    for index, group in groupby([owners[at] for at in came_from]):
        end = at + len(list(group))
        ready.append(Segment(chars[at:end], segments[index].style))
        at = end
    return ready
