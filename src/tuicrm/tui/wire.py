"""Cells as the shortest bytes for them: jumps or what stands between, erasures or blanks, one style after another.

What is to change is planned as strokes: text of one style at a place, or blanks erased. Strokes that do not touch one
another may be sent line by line, or all of one style before the next; whichever is shorter is sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import compress, count
from operator import ne
from typing import Final, NamedTuple

from rich.cells import get_character_cell_size

from tuicrm.tui.moving import Place, jump, way
from tuicrm.tui.sgr import PLAIN, Look, turn

Cell = tuple[str, Look]
"""A character and its style; a blank has a background alone, unless more of it is seen."""

SEEN_ON_BLANKS: Final = frozenset({"4", "5", "7", "8", "9", "?"})
"""Attributes by which a blank looks otherwise than its background: a line under or through it, the colours changed."""
_UNSEEN: Final = " \u200b\u200c\u200d\u200e\u200f\u061c\u2066\u2067\u2068\u2069"
"""Blanks, and marks of which one sees nothing where they stand."""
FAR: Final = 12
"""So many cells that have not changed are never sent again to save a jump."""


class Stroke(NamedTuple):
    """What is sent at one place, counted from 1: pieces of text, or ``erased`` cells on the ground of the only look."""

    row: int
    column: int
    pieces: tuple[tuple[str, Look], ...]
    erased: int = 0
    sure: bool = True
    """Whether each character is one cell: else nobody knows where the cursor stands behind them."""
    edge: bool = False
    """What is erased reaches the end of the line, or may."""

    @property
    def look(self) -> Look:
        return self.pieces[0][1]


def is_blank(char: str, look: Look) -> bool:
    """Whether one sees nothing of the cell but its background."""
    return char == " " and not look.attributes & SEEN_ON_BLANKS


# --- what is to be sent -------------------------------------------------------------------------------------


def changed(
    known: Sequence[Cell], cells: Sequence[Cell], *, apart: bool = False, erases: bool = False
) -> Iterator[tuple[int, int]]:
    """The parts (from, to) of a run that differ from what is known, with those between that cost less to be sent
    again than to be jumped over. ``apart``: what differs in style is sent at different times. ``erases``: what is
    erased gets the background in use."""
    start = end = -1
    style: Look | None = None
    # most are as they were, and are passed over without a step for each
    for at in compress(count(), map(ne, known, cells)):
        cell = cells[at]
        if start < 0:
            start, style = at, None
        elif at > end and not (
            _blank_throughout(cells[end - 1 : at + 1], erases)
            or _goes_on(style or cells[end - 1][1], cells[end:at], cell, apart=apart)
        ):
            yield start, end
            start, style = at, None
        end = at + 1
        # blanks are written in the style that is there
        style = style if is_blank(*cell) else cell[1]
    if start >= 0:
        yield start, end


def _blank_throughout(cells: Sequence[Cell], erases: bool) -> bool:
    """Whether all of it is one ground, which is erased at once however long it is."""
    char, ground = cells[0]
    return (
        (erases or not ground.background) and is_blank(char, ground) and all(one == cells[0] for one in cells)
    )


def _goes_on(style: Look, between: Sequence[Cell], after: Cell, *, apart: bool) -> bool:
    """Whether cells that are there already are shorter than a jump over them."""
    other = after[1] != style and not (is_blank(*after) and _fits(after[1], style))
    if len(between) > FAR or (apart and other):
        return False
    look, cost = style, 0
    for char, wanted in (*between, after):
        if not (is_blank(char, wanted) and _fits(wanted, look)):
            cost += len(turn(look, wanted))
            look = wanted
        cost += len(char.encode())
    jumped = 0 if is_blank(*after) and _fits(after[1], style) else len(turn(style, after[1]))
    return cost <= len(jump(len(between))) + jumped + len(after[0].encode())


def whole(row: int, column: int, cells: Sequence[Cell], *, marks: bool) -> Stroke:
    """A run in which characters and cells are not the same. ``marks``: some stand on the character before, be it a
    blank, and have its style."""
    return Stroke(row, column, tuple(_pieces(_marked(cells) if marks else cells)), sure=False)


def _marked(cells: Iterable[Cell]) -> Iterator[Cell]:
    """Characters with the marks that stand on them."""
    before: Cell | None = None
    for char, look in cells:
        if before is not None and not get_character_cell_size(char):
            before = before[0] + char, before[1]
            continue
        if before is not None:
            yield before
        before = char, look
    if before is not None:
        yield before


def strokes(
    row: int, column: int, cells: Sequence[Cell], *, erases: bool, edge: bool = False
) -> Iterator[Stroke]:
    """Cells of one line. ``erases``: what is erased gets the background in use, else the terminal's own. ``edge``:
    all behind them is, or may become, as the last one."""
    if not any(char == " " for char, _ in cells):
        # nothing of it can be erased
        yield from _text(row, column, cells, 0, len(cells))
        return
    parts = list(_parts(cells))
    ground = _cleared(cells, parts, erases, edge)
    # what is erased at once reaches from the first cell of that ground to the last
    on_it = [
        at
        for at, (_, look) in enumerate(cells)
        if ground is not None and look.background == ground.background
    ]
    first, last = (on_it[0], on_it[-1] + 1) if on_it else (-1, -1)
    begun: int | None = None
    for start, end in parts:
        if start <= first < end:
            if begun is not None or start < first:
                yield from _text(row, column, cells, start if begun is None else begun, first)
            to_edge = edge and last == len(cells)
            yield Stroke(row, column + first, (("", ground or PLAIN),), erased=last - first, edge=to_edge)
            start, begun = first, None
        look, count = cells[start][1], end - start
        there = look == ground and (end == last or count > len(jump(count)))
        if not is_blank(*cells[start]) or not (
            there or _erasable(look, count, erases, last=end == len(cells), edge=edge)
        ):
            begun = start if begun is None else begun
            continue
        if begun is not None:
            yield from _text(row, column, cells, begun, start)
            begun = None
        if not there:
            yield Stroke(row, column + start, (("", look),), erased=count, edge=edge and end == len(cells))
    if begun is not None:
        yield from _text(row, column, cells, begun, len(cells))


def _text(row: int, column: int, cells: Sequence[Cell], start: int, end: int) -> Iterator[Stroke]:
    """Strokes of one style each; blanks go with the text before them where that has their ground."""
    for text, look in _pieces(cells[start:end]):
        yield Stroke(row, column + start, ((text, look),))
        start += len(text)


def _pieces(cells: Iterable[Cell]) -> Iterator[tuple[str, Look]]:
    text: list[str] = []
    now: Look | None = None
    for char, look in cells:
        if now is not None and look != now:
            if _is_blank_text(char, look) and _fits(look, now):
                text.append(char)
                continue
            if not (_is_blank_text("".join(text), now) and _fits(now, look)):
                yield "".join(text), now
                text = []
        now = look
        text.append(char)
    if now is not None:
        yield "".join(text), now


def _is_blank_text(text: str, look: Look) -> bool:
    return not text.strip(_UNSEEN) and not look.attributes & SEEN_ON_BLANKS


def _parts(cells: Sequence[Cell]) -> Iterator[tuple[int, int]]:
    """From and to of the blanks of one ground, and of what stands between them."""
    start, before = 0, is_blank(*cells[0])
    for at in range(1, len(cells)):
        blank = is_blank(*cells[at])
        if blank != before or (blank and cells[at][1] != cells[at - 1][1]):
            yield start, at
            start = at
        before = blank
    yield start, len(cells)


def _cleared(
    cells: Sequence[Cell], parts: Sequence[tuple[int, int]], erases: bool, edge: bool
) -> Look | None:
    """The ground on which it pays to erase all of a run before anything is written; None when it does not."""
    blanks = [(start, end) for start, end in parts if is_blank(*cells[start])]
    if not blanks:
        return None
    ground = max(blanks, key=lambda part: part[1] - part[0])
    look = cells[ground[0]][1]
    if not (erases or look.background == ""):
        return None
    singly, at_once = 0, len(_erasure(len(cells), edge=edge))
    for start, end in blanks:
        if cells[start][1] != look:
            continue
        count, last = end - start, end == len(cells)
        singly += min(count, len(_erasure(count, edge=edge)) if last else 2 * len(_erasure(count)))
        at_once += 0 if last else min(count, len(jump(count)))
    return look if at_once < singly else None


def _erasable(ground: Look, count: int, erases: bool, *, last: bool, edge: bool) -> bool:
    """Whether it is shorter to erase blanks than to send them; behind them the cursor jumps as far."""
    cost = len(_erasure(count, edge=edge)) if last else 2 * len(_erasure(count))
    return count > cost and (erases or ground.background == "")


def _fits(ground: Look, look: Look) -> bool:
    """Whether a blank on that ground may be written, or erased, in this style."""
    return ground.background == look.background and not look.attributes & SEEN_ON_BLANKS


# --- sending ------------------------------------------------------------------------------------------------


class Wire:
    """Bytes under way to a terminal of so many columns (0: not known) that was left in the style ``look``."""

    def __init__(self, look: Look, columns: int = 0) -> None:
        self.look = look
        self._columns = columns
        self._parts: list[str] = []
        self._place: Place | None = None
        """Where the terminal's cursor is by now; None: nobody knows."""

    @property
    def sent(self) -> str:
        """All of it so far."""
        return "".join(self._parts)

    def send(self, plan: Sequence[Stroke]) -> None:
        """The strokes in their order."""
        for at, stroke in enumerate(plan):
            self.move(stroke.row, stroke.column)
            if stroke.erased:
                self._turn_for_blanks(stroke.look, plan[at + 1 :])
                self._parts.append(_erasure(stroke.erased, edge=stroke.edge))
                continue
            for text, look in stroke.pieces:
                if stroke.sure and _is_blank_text(text, look):
                    self._turn_for_blanks(look, plan[at + 1 :])
                else:
                    self.turn(look)
                self._parts.append(text)
            self._place = self._place.after(stroke.pieces[0][0]) if self._place and stroke.sure else None

    def move(self, row: int, column: int) -> None:
        """The cursor to a place, from where it is known to be."""
        self._parts.append(way(self._place, row, column, self._columns))
        place = self._place
        on = place is not None and place.row == row and place.column <= column
        self._place = Place(row, column, place.loose if place is not None and on else 0)

    def turn(self, look: Look) -> None:
        """Another style."""
        self._parts.append(turn(self.look, look))
        self.look = look

    def _turn_for_blanks(self, ground: Look, after: Sequence[Stroke]) -> None:
        """A style in which blanks have that ground: the one in force, or the next one, if they have it."""
        if _fits(ground, self.look):
            return
        coming = next((look for stroke in after[:2] for _, look in stroke.pieces), ground)
        if not _fits(ground, coming) or coming == ground:
            coming = Look(self.look.attributes - SEEN_ON_BLANKS, self.look.foreground, ground.background)
        self.turn(coming)


def shortest(look: Look, together: Sequence[Stroke], apart: Sequence[Stroke], columns: int = 0) -> Wire:
    """One of two plans for the same cells on the way: ``together`` line by line, or ``apart`` style by style, for
    which no stroke may touch another one but what is erased."""
    by_lines, by_styles = Wire(look, columns), Wire(look, columns)
    by_lines.send(together)
    styles: dict[Look, int] = {look: 0}
    for stroke in apart:
        styles.setdefault(stroke.look, len(styles))
    turns = _turns(apart, styles)
    by_styles.send([apart[at] for at in sorted(range(len(apart)), key=turns.__getitem__)])
    return by_styles if apart and len(by_styles.sent) < len(by_lines.sent) else by_lines


def _turns(plan: Sequence[Stroke], styles: dict[Look, int]) -> list[int]:
    """When each stroke is sent: first the grounds that others stand on, then what nobody knows the end of, in their
    order, then one style after another; blanks with a text beside them that has their ground."""
    turns: list[int] = []
    for at, stroke in enumerate(plan):
        before, after = plan[max(at - 1, 0)], plan[min(at + 1, len(plan) - 1)]
        if not stroke.sure:
            turns.append(-1)
        elif not _is_blank(stroke):
            turns.append(styles[stroke.look])
        elif after is not stroke and after.row == stroke.row and after.column < stroke.column + stroke.erased:
            turns.append(-2)
        elif turns and turns[-1] >= 0 and _takes(before, stroke):
            turns.append(turns[-1])
        elif not _is_blank(after) and _takes(after, stroke):
            turns.append(styles[after.look])
        else:
            turns.append(-2)
    return turns


def _is_blank(stroke: Stroke) -> bool:
    return bool(stroke.erased) or _is_blank_text(*stroke.pieces[0])


def _takes(text: Stroke, blanks: Stroke) -> bool:
    """Whether blanks of the same line can be sent, or erased, in the style of a text, on the way to it or from it."""
    return text.row == blanks.row and text.sure and _fits(blanks.look, text.look)


def _erasure(cells: int, *, edge: bool = False) -> str:
    return "\x1b[K" if edge else f"\x1b[{cells}X"
