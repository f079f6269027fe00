"""Of each picture only the cells that differ from what the terminal shows already, in few bytes.

Textual sends whole lines of a widget when one cell of them changes. Here the terminal's cells are remembered, and only
those that differ are sent. Measured at 80x24: the bar opened 22 kB -> 0.8 kB, another place 28 kB -> 2 kB. What is
not understood is passed on as it is, and all that was remembered is forgotten.

A blank shows its background and nothing else, so it is written in whatever else is in force. The style of one picture
is the next one's beginning; before anything else is sent the terminal is put back into its own.

Runs in which a character is not exactly one cell wide, or which the terminal puts in order itself, are sent whole, or
not at all.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from rich.cells import get_character_cell_size

from tuicrm.domain.fold import has_rtl
from tuicrm.tui.scrolling import FEWEST, found
from tuicrm.tui.sgr import PLAIN, UNKNOWN, Look, compact, read_look
from tuicrm.tui.wire import Cell, Stroke, Wire, changed, is_blank, shortest, strokes, whole

_TOKEN: Final = re.compile("\x1b\\[([0-9;]*)m|\x1b\\[([0-9]+);([0-9]+)H|(\r?\n)")
_CONTROL: Final = re.compile("[\x00-\x1f\x7f]")
_BRACKETS: Final = re.compile("(\x1b\\[\\?2026[hl])+")
"""What stands before and behind each picture."""
_NOBODY: Final[Cell] = ("", PLAIN)
"""A cell of which nobody knows what it shows."""

_NOWHERE: Final = (1, 1)
"""Where Textual puts the cursor when nobody types."""
_EVERYWHERE: Final = 1_000
"""More columns than any terminal has."""

Run = tuple[int, int, list[Cell]]
"""Row and column, counted from 1, and the cells from there on."""


class Sparing:
    """What one terminal shows. ``orders``: the terminal puts right-to-left text in order itself.

    ``erases``: it fills what it erases with the background in use (``bce``). ``followed``: somebody looks where its
    cursor is; else that matters only where one types.
    """

    def __init__(self, *, orders: bool = False, erases: bool = False, followed: bool = True) -> None:
        self.orders = orders
        self.columns = 0
        """How many the terminal has; 0: not known."""
        self._erases = erases
        self._followed = followed
        self._rows: dict[int, list[Cell]] = {}
        """The cells that are known, by their rows."""
        self._whole: dict[tuple[int, int], list[Cell]] = {}
        """Runs of which no more is known than that they were sent, by row and column."""
        self._cursor: tuple[int, int] | None = None
        self._look = PLAIN
        """The style in which the terminal was left."""

    def forget(self) -> None:
        """What the terminal shows is not known any more, nor its style."""
        self._rows.clear()
        self._whole.clear()
        self._cursor = None
        self._look = UNKNOWN

    def less(self, data: str) -> str:
        """What has to be sent for ``data``, which begins and ends in the terminal's own style."""
        if _BRACKETS.fullmatch(data):
            return data
        read = self._read(data)
        if read is None:
            before = Wire(self._look)
            before.turn(PLAIN)
            self.forget()
            self._look = PLAIN
            return before.sent + compact(data)
        runs, end = read
        moved = self._scrolled(runs)
        together: list[Stroke] = []
        apart: list[Stroke] = []
        ends = {row: column for row, column, _ in runs}
        for row, column, cells in runs:
            self._plan(together, apart, row, column, cells, last=ends[row] == column)
        wire = shortest(self._look, together, apart if _apart(runs) else (), self.columns)
        if end is not None:
            wanted = end if self._followed or end != _NOWHERE else None
            if wanted is not None and (moved or wire.sent or wanted != self._cursor):
                wire.move(*wanted)
            self._cursor = wanted
        self._look = wire.look
        return moved + wire.sent

    # --- reading --------------------------------------------------------------------------------------------

    def _read(self, data: str) -> tuple[list[Run], tuple[int, int] | None] | None:
        """The runs of cells with their places, and where the cursor stands at last."""
        runs: list[Run] = []
        place: tuple[int, int] | None = None
        look = PLAIN
        at = 0
        for token in _TOKEN.finditer(data):
            if not self._take(runs, place, data[at : token.start()], look):
                return None
            at = token.end()
            style, row, column, _ = token.groups()
            if style is not None:
                wanted = PLAIN if style in ("", "0") else read_look(style)
                if wanted is None:
                    return None
                look = wanted
            elif row is not None:
                place = int(row), int(column)
                runs.append((*place, []))
            else:
                place = None
        if not self._take(runs, place, data[at:], look):
            return None
        ends_in_move = bool(runs) and not runs[-1][2] and place is not None
        return [(*run[:2], _kept(run[2])) for run in runs if run[2]], place if ends_in_move else None

    @staticmethod
    def _take(runs: list[Run], place: tuple[int, int] | None, text: str, look: Look) -> bool:
        """Adds a piece of text to the run; False when it has no place or is not text alone."""
        if not text:
            return True
        if place is None or _CONTROL.search(text):
            return False
        runs[-1][2].extend([(char, look) for char in text])
        return True

    # --- sending --------------------------------------------------------------------------------------------

    def _scrolled(self, runs: list[Run]) -> str:
        """Has the terminal move lines of which most are the same elsewhere. Who follows its cursor hears that."""
        if self._followed or not self.columns or len(runs) < FEWEST:
            return ""
        new = {row: cells for row, column, cells in runs if column == 1 and _width(cells) == self.columns}
        old = {
            row: self._whole.get((row, 1)) or self._rows.get(row, [])
            for row in range(1, max(new, default=0) + 1)
        }
        scroll = found(old, new)
        if scroll is None:
            return ""
        rows, wholes = dict(self._rows), dict(self._whole)
        for row in range(scroll.top, scroll.bottom + 1):
            self._rows.pop(row, None)
            self._drop(row, 1, _EVERYWHERE)
            before = scroll.came_from(row)
            if before in rows:
                self._rows[row] = rows[before]
            self._whole.update({(row, at): cells for (line, at), cells in wholes.items() if line == before})
        return scroll.sent

    def _plan(
        self,
        together: list[Stroke],
        apart: list[Stroke],
        row: int,
        column: int,
        cells: list[Cell],
        *,
        last: bool,
    ) -> None:
        """Adds what one run needs to both plans: whole when it is not simple, else what differs of it. ``last``: no
        other run of the line comes behind it."""
        known = self._rows.setdefault(row, [])
        if short := column - 1 + len(cells) - len(known):
            known.extend([_NOBODY] * short)
        text = "".join([char for char, _ in cells])
        marks = _has_marks(text)
        if marks or not self._simple(text):
            # what begins with a mark adds it to the cell before, each time
            if self._whole.get((row, column)) != cells or not get_character_cell_size(cells[0][0]):
                # a terminal that orders, or counts cells otherwise, may have changed the whole line
                self._drop(row, 1, _EVERYWHERE)
                known.clear()
                self._whole[row, column] = cells
                together.append(whole(row, column, cells, marks=marks))
                apart.append(together[-1])
            return
        erases = not self._drop(row, column, column + len(cells)) and self._erases
        before = known[column - 1 : column - 1 + len(cells)]
        if before == cells:
            return
        known[column - 1 : column - 1 + len(cells)] = cells
        even = self._even_from(known) if last else _EVERYWHERE
        parts: list[tuple[int, int]] = []
        planned: list[Stroke] = []
        for plan in (together, apart):
            differ = list(changed(before, cells, apart=plan is apart, erases=erases))
            # mostly both have the same parts
            if differ != parts:
                parts, planned = differ, []
                for start, end in parts:
                    edge = column - 1 + end > even
                    planned += strokes(row, column + start, cells[start:end], erases=erases, edge=edge)
            plan += planned

    def _even_from(self, known: list[Cell]) -> int:
        """How many cells of a line stand before the blanks of one ground that reach its end."""
        if len(known) != self.columns or not is_blank(*known[-1]):
            return _EVERYWHERE
        return next((at + 1 for at in reversed(range(len(known))) if known[at] != known[-1]), 0)

    def _drop(self, row: int, start: int, end: int) -> bool:
        """Forgets the whole runs of a line that reach between those columns; whether others stay in it."""
        stay = False
        for line, at in list(self._whole):
            if line != row:
                continue
            reach = at + _width(self._whole[line, at])
            if at < end and start < reach:
                del self._whole[line, at]
            else:
                stay = True
        return stay

    def _simple(self, text: str) -> bool:
        if text.isascii():
            return True
        return all(map(_is_one_wide, text)) and not (self.orders and has_rtl(text))


def _width(cells: list[Cell]) -> int:
    text = "".join([char for char, _ in cells])
    return len(text) if text.isascii() else sum(map(get_character_cell_size, text))


def _has_marks(text: str) -> bool:
    """Whether some characters stand on those before them."""
    return not text.isascii() and not all(map(get_character_cell_size, text))


def _kept(cells: list[Cell]) -> list[Cell]:
    """A run as it is remembered: with marks as it came, else as one sees it."""
    if _has_marks("".join([char for char, _ in cells])):
        return cells
    return [_seen(char, look) for char, look in cells]


@lru_cache(maxsize=4096)
def _seen(char: str, look: Look) -> Cell:
    """A cell as one sees it: of a blank only the ground is. The same one each time: thousands are remembered."""
    return (char, look.ground) if is_blank(char, look) else (char, look)


def _apart(runs: list[Run]) -> bool:
    """Whether no run touches another one: in each line one stands behind the other."""
    ends: dict[int, int] = {}
    for row, column, cells in runs:
        if column < ends.get(row, 1):
            return False
        ends[row] = column + len(cells)
    return True


@lru_cache(maxsize=2048)
def _is_one_wide(char: str) -> bool:
    return get_character_cell_size(char) == 1


def fills(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether the terminal's description says that it fills what it erases with the background in use."""
    import curses

    try:
        curses.setupterm(environ.get("TERM") or "dumb", 1)
    except (curses.error, OSError):
        return False
    return curses.tigetflag("bce") == 1
