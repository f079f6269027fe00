"""One row of a text field: its direction, at which side it stands, and how it is painted.

The row is logical text in one isolate, styles on its cells; ``tui/order.py`` gives it the order of the screen,
and ``caret.Laid`` says what that order is. Text that runs against the interface stands at its own side:
English at the left of a Persian note, Persian at the right of an English one. A line of a Persian interface, and
any with a label beside it, keeps to the side of the interface: at the other edge it is read as nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Final

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tuicrm.domain.fold import first_strong
from tuicrm.domain.safe import ZWJ
from tuicrm.i18n import Phrase
from tuicrm.line_order import LRI, PDI, RLI
from tuicrm.line_order import Base as Side
from tuicrm.tui import order, text
from tuicrm.tui.widgets.caret import Base, Laid, isolated

_FIRST_TURNING: Final = "\u0590"
"""No character below it can turn a line that begins at the left."""
_BEHIND_JOINER: Final = re.compile(f"(?<={ZWJ})")


def base_of(written: str, side: Side | None = None) -> Base:
    """The direction of a text: that of its first letter; without one ``side``, or that of the interface, so that a
    digit typed first does not send it to the other edge."""
    if text.mode() == "plain":
        return None
    return first_strong(written) or side or order.side()


def left(line: Laid, base: Base, width: int) -> int:
    """The column where a line begins in a row of ``width`` cells."""
    return max(0, width - line.width) if base == "rtl" else 0


def painted(
    line: Laid, styles: Sequence[Style], base: Base, width: int, plain: Style, at: Base = None
) -> Strip:
    """The row, ``width`` cells wide. ``styles``: one for each cell, in the order of the text; ``plain``: for
    what stands beside it. ``at``: the side where it begins, when that is not its own."""
    parts = isolated(line.shown, line.fenced)
    if _turns(line, base):
        parts[0] = (RLI if base == "rtl" else LRI) + parts[0]
        parts[-1] += PDI
    segments = segments_of(parts, styles)
    room = max(0, width - line.width)
    if room:
        blank = Segment(" " * room, plain)
        segments = [*segments, blank] if (at or base or order.side()) == order.side() else [blank, *segments]
    return Strip(segments, line.width + room)


def _turns(line: Laid, base: Base) -> bool:
    """Whether the row needs its isolate: in one that runs from left to right anyway marks are bytes for nothing."""
    if base is None:
        return False
    return base == "rtl" or order.mirrored() or max(map(max, line.shown)) >= _FIRST_TURNING


def hinted(words: str, style: Style, cursor: Style | None, width: int, plain: Style) -> Strip:
    """What a field says while it is empty: a sentence with isolates of its own, the cursor on its first letter."""
    hint = text.phrase(Phrase(words), width=width).plain
    styles = [style] * len(hint)
    if cursor is not None:
        styles[next(at for at, char in enumerate(hint) if text.cells(char))] += cursor
    return Strip(segments_of(hint, styles)).adjust_cell_length(width, plain)


def segments_of(parts: Sequence[str], styles: Sequence[Style]) -> list[Segment]:
    """Neighbours in one style in one piece; behind a joiner a new one, for Rich does not count the letter there."""
    return [
        Segment(piece, style)
        for style, numbers in groupby(range(len(parts)), key=styles.__getitem__)
        for piece in _BEHIND_JOINER.split("".join(map(parts.__getitem__, numbers)))
        if piece
    ]
