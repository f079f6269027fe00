"""Of each picture only the cells that differ from what the terminal shows already.

Textual sends whole lines of a widget when one cell of them changes. Here the terminal's cells are remembered, and only
those that differ are sent, a run of blanks as one sequence where the terminal can. Measured at 80x24: the bar opened
10 kB -> 1.2 kB, another place 14 kB -> 3.3 kB. What is not understood is passed on as it is, and all that was
remembered is forgotten.

Lines in which a character is not exactly one cell wide, or which the terminal puts in order itself, are sent whole.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from rich.cells import get_character_cell_size

from tuicrm.domain.fold import has_rtl
from tuicrm.tui.sgr import PLAIN, Look, read_look, turn

Cell = tuple[str, Look]

_TOKEN: Final = re.compile("\x1b\\[([0-9;]*)m|\x1b\\[([0-9]+);([0-9]+)H|(\r?\n)")
_BRACKETS: Final = re.compile("(\x1b\\[\\?2026[hl])+")
"""What stands before and behind each picture."""
GAP: Final = 6
"""So many cells that have not changed cost less to be sent again than to be jumped over."""
BLANKS: Final = 10
"""So many blanks cost more to be sent than to be erased."""


class Sparing:
    """What one terminal shows. ``orders``: the terminal puts right-to-left text in order itself.

    ``erases``: it fills what it erases with the background in use (``bce``).
    """

    def __init__(self, *, orders: bool = False, erases: bool = False) -> None:
        self.orders = orders
        self._erases = erases
        self._rows: dict[int, dict[int, Cell]] = {}
        self._cursor: tuple[int, int] | None = None

    def forget(self) -> None:
        """What the terminal shows is not known any more."""
        self._rows.clear()
        self._cursor = None

    def less(self, data: str) -> str | None:
        """What has to be sent for ``data``, which begins and ends in the terminal's own style.

        None when it is not understood: then ``data`` is to be sent.
        """
        if _BRACKETS.fullmatch(data):
            return data
        read = self._read(data)
        if read is None:
            self.forget()
            return None
        runs, end = read
        sent = _Sent()
        for row, column, cells in runs:
            self._send(sent, row, column, cells)
        less = sent.done()
        if end is not None and (less or end != self._cursor):
            less += f"\x1b[{end[0]};{end[1]}H"
        self._cursor = end or self._cursor
        return less

    # --- reading --------------------------------------------------------------------------------------------

    def _read(self, data: str) -> tuple[list[tuple[int, int, list[Cell]]], tuple[int, int] | None] | None:
        """The runs of cells with their places, counted from 1, and where the cursor stands at last."""
        runs: list[tuple[int, int, list[Cell]]] = []
        place: tuple[int, int] | None = None
        look = PLAIN
        at = 0
        for token in _TOKEN.finditer(data):
            if not self._take(runs, place, data[at : token.start()], look):
                return None
            at = token.end()
            style, row, column, _ = token.groups()
            if style is not None:
                found = PLAIN if style in ("", "0") else read_look(style)
                if found is None:
                    return None
                look = found
            elif row is not None:
                place = int(row), int(column)
                runs.append((*place, []))
            else:
                place = None
        if not self._take(runs, place, data[at:], look):
            return None
        ends_in_move = bool(runs) and not runs[-1][2] and place is not None
        return [run for run in runs if run[2]], place if ends_in_move else None

    @staticmethod
    def _take(
        runs: list[tuple[int, int, list[Cell]]], place: tuple[int, int] | None, text: str, look: Look
    ) -> bool:
        """Adds a piece of text to the run; False when it has no place or is not text alone."""
        if not text:
            return True
        if place is None or any(char < " " or char == "\x7f" for char in text):
            return False
        runs[-1][2].extend((char, look) for char in text)
        return True

    # --- sending --------------------------------------------------------------------------------------------

    def _send(self, sent: _Sent, row: int, column: int, cells: list[Cell]) -> None:
        """One run: whole when it is not simple, else what differs of it."""
        known = self._rows.setdefault(row, {})
        if not self._simple(cells):
            # a terminal that orders, or counts cells otherwise, may have changed the whole line
            known.clear()
            known[0] = ("?", PLAIN)
            sent.cells(row, column, cells, erases=False)
            sent.lost()
            return
        if 0 in known:
            if column > 1:
                sent.cells(row, column, cells, erases=False)
                return
            known.clear()
        for start, end in _changed(known, column, cells):
            sent.cells(row, column + start, cells[start:end], erases=self._erases)
        known.update(enumerate(cells, column))

    def _simple(self, cells: list[Cell]) -> bool:
        text = "".join(char for char, _ in cells)
        if text.isascii():
            return True
        return all(map(_is_one_wide, text)) and not (self.orders and has_rtl(text))


@lru_cache(maxsize=2048)
def _is_one_wide(char: str) -> bool:
    return get_character_cell_size(char) == 1


def _changed(known: Mapping[int, Cell], column: int, cells: list[Cell]) -> Iterator[tuple[int, int]]:
    """The parts (from, to) of a run that differ from what is known, with small gaps between them."""
    start = end = -1
    for at, cell in enumerate(cells):
        if known.get(column + at) == cell:
            continue
        if start < 0:
            start = at
        elif at - end > GAP:
            yield start, end
            start = at
        end = at + 1
    if start >= 0:
        yield start, end


class _Sent:
    """Bytes under way: where the cursor is by now, and in which style."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._look = PLAIN
        self._place: tuple[int, int] | None = None

    def cells(self, row: int, column: int, cells: list[Cell], *, erases: bool) -> None:
        """Cells at a place; ``erases``: in any background."""
        self._move(row, column)
        at = 0
        while at < len(cells):
            look = cells[at][1]
            end = at
            while end < len(cells) and cells[end][1] == look:
                end += 1
            self._turn(look)
            self._text("".join(char for char, _ in cells[at:end]), erases or look == PLAIN, look)
            at = end
        self._place = row, column + len(cells)

    def lost(self) -> None:
        """Nobody knows where the cursor stands behind cells of other widths."""
        self._place = None

    def _text(self, text: str, erases: bool, look: Look) -> None:
        if not erases or look.attributes or " " * BLANKS not in text:
            self._parts.append(text)
            return
        for piece in re.split(f"( {{{BLANKS},}})", text):
            blank = len(piece) >= BLANKS and not piece.strip(" ")
            self._parts.append(f"\x1b[{len(piece)}X\x1b[{len(piece)}C" if blank else piece)

    def _move(self, row: int, column: int) -> None:
        if self._place == (row, column):
            return
        if self._place is not None and self._place[0] == row and self._place[1] < column:
            self._parts.append(f"\x1b[{column - self._place[1]}C")
        else:
            self._parts.append(f"\x1b[{row};{column}H")

    def _turn(self, look: Look) -> None:
        self._parts.append(turn(self._look, look))
        self._look = look

    def done(self) -> str:
        """All of it, back in the terminal's own style."""
        self._turn(PLAIN)
        return "".join(self._parts)


def fills(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether the terminal's description says that it fills what it erases with the background in use."""
    import curses

    try:
        curses.setupterm(environ.get("TERM") or "dumb", 1)
    except (curses.error, OSError):
        return False
    return curses.tigetflag("bce") == 1
