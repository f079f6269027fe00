"""A list that moved by some lines: the terminal is told to move them, and not sent them again.

Only lines of the terminal's whole width can be moved, and never the first one: what leaves the screen there, some
terminals keep for scrolling back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from tuicrm.tui.wire import Cell

FEWEST: Final = 4
"""So many lines have to change before it is asked whether they moved."""
WORTH: Final = 60
"""So many cells that need not be sent are worth the commands."""

Lines = Mapping[int, Sequence[Cell]]


class Scroll(NamedTuple):
    """The lines ``top`` to ``bottom`` go up by, or down where it is below 0."""

    top: int
    bottom: int
    by: int

    @property
    def sent(self) -> str:
        """The margins, a step past one of them for each line, no margins. The cursor is at home then."""
        edge, step = (self.bottom, "\x1bD") if self.by > 0 else (self.top, "\x1bM")
        return f"\x1b[{self.top};{self.bottom}r\x1b[{edge}H{step * abs(self.by)}\x1b[r"

    def came_from(self, row: int) -> int | None:
        """Where a line was before; None for one that came in."""
        before = row + self.by
        return before if self.top <= before <= self.bottom else None


def found(old: Lines, new: Lines) -> Scroll | None:
    """By how much lines moved of which the old cells and the new ones are known, if that saves anything."""
    rows = [row for row in sorted(new) if row > 1 and new[row] != old.get(row)]
    if len(rows) < FEWEST:
        return None
    best: Scroll | None = None
    most = WORTH
    for by in range(-len(rows) + 1, len(rows)):
        moved = [row for row in rows if old.get(row + by) == new[row]] if by else []
        if not moved:
            continue
        ends = (moved[0], moved[-1], moved[0] + by, moved[-1] + by)
        scroll = Scroll(min(ends), max(ends), by)
        if scroll.top > 1 and (saved := _saved(scroll, old, new)) > most:
            best, most = scroll, saved
    return best


def _saved(scroll: Scroll, old: Lines, new: Lines) -> int:
    """Cells that need not be sent, less those that have to be for it."""
    saved = 0
    for row in range(scroll.top, scroll.bottom + 1):
        if row not in new:
            # what is not to be sent has to stay where it is
            return 0
        before = scroll.came_from(row)
        known = () if before is None else old.get(before, ())
        saved += _differing(old.get(row, ()), new[row]) - _differing(known, new[row])
    return saved


def _differing(old: Sequence[Cell], new: Sequence[Cell]) -> int:
    if old == new:
        return 0
    if len(old) != len(new):
        return len(new)
    return sum(one != other for one, other in zip(old, new, strict=True))
