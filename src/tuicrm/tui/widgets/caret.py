"""Where each letter of a line that is being edited stands, and which letter stands under a cell. Pure.

The caret is a block: it stands *on* a cell, and what is typed goes before that cell's letter. So a place in the
text (an index) and a cell of the screen belong together one to one, in a mixed line too; what goes before a
letter of a right-to-left run appears at its right. Behind the last letter is one more cell, the end: at the
right of a left-to-right line, at the left of a right-to-left one.

A *cell* here is a letter with all that has no width of its own behind it: marks, half-spaces. Cells are
numbered in the order of the text (0 ..., the end last) and laid out from left to right. A caret between a
letter and its marks stands on that letter's cell. ``Left`` and ``Right`` walk over the cells as they stand:
each press moves the caret one cell to the side that the key names, whatever runs the letters are in.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Final, Literal

from rich.cells import cell_len, get_character_cell_size

from tuicrm.domain.fold import first_strong, has_rtl
from tuicrm.domain.record import record
from tuicrm.domain.safe import ZWJ, ZWNJ, clean
from tuicrm.line_order import LRI, PDI, RLI

Base = Literal["ltr", "rtl"] | None
"""The direction of a line; None: the letters stand as they are stored, for screen readers."""
Step = Literal[-1, 1]
"""To the left, to the right."""

Fence = tuple[int, int, str]
"""First and last cell, and the mark before them."""

_TOKEN: Final = re.compile(r"(?<!\S)[/#@=.\-٫٬]\S+")
"""A word that begins with a sign: it is one thing, and a Latin word before it must not draw half of it over."""

_WIDE: Final = "\ufe0f"
"""The sign after a picture that makes it two cells wide."""


@record
class Cut:
    """The cells of a text, in its order.

    ``starts``: the index where each begins. ``shown``: what it shows. ``widths``: in terminal cells. ``length``:
    that of the text. ``before``: how many characters the first cell shows before its letter.
    """

    length: int
    starts: tuple[int, ...]
    shown: tuple[str, ...]
    widths: tuple[int, ...]
    before: int

    def cell(self, index: int) -> int:
        """The number of the cell on which a caret at ``index`` stands; of the end: how many there are."""
        return len(self.starts) if index >= self.length else max(0, bisect_right(self.starts, index) - 1)

    def start(self, cell: int) -> int:
        """The index where a cell begins, the end included."""
        return self.starts[cell] if cell < len(self.starts) else self.length


@record
class Laid:
    """One line of text on the screen.

    ``shown``: what each cell shows, in the order of the text; with an end the last one is its space.
    ``starts``: the index in the text where each begins, and behind the last where that one ends.
    ``widths``: terminal cells. ``order``: the cells' numbers from left to right. ``lefts``: the column where
    each begins, counted from the line's own left. ``fenced``: from which to which cell something stands that is
    to be isolated, for it runs in one direction as a whole, and with which mark: a number, a token of the log line.
    """

    shown: tuple[str, ...]
    starts: tuple[int, ...]
    widths: tuple[int, ...]
    order: tuple[int, ...]
    lefts: tuple[int, ...]
    fenced: tuple[Fence, ...]

    @property
    def width(self) -> int:
        """Terminal cells of the whole line."""
        return sum(self.widths)

    @property
    def stop(self) -> int:
        """The index behind the last one that stands on the line."""
        return self.starts[-1]

    def cell(self, index: int) -> int:
        """The number of the cell on which the caret at ``index`` stands."""
        return min(max(0, bisect_right(self.starts, index) - 1), len(self.shown) - 1)

    def column(self, index: int) -> int:
        """The column where that cell begins."""
        return self.lefts[self.cell(index)]

    def at(self, column: int) -> int:
        """The index of the cell under ``column``; beside the line that of its outermost cell."""
        for cell in self.order:
            if column < self.lefts[cell] + self.widths[cell]:
                return self.starts[cell]
        return self.edge(1)

    def edge(self, step: Step) -> int:
        """The index of the leftmost (-1) or the rightmost (1) cell."""
        return self.starts[self.order[0 if step < 0 else -1]]

    def beside(self, index: int, step: Step) -> int | None:
        """The index of the next cell to the left or right; None at the edge."""
        place = self.order.index(self.cell(index)) + step
        return self.starts[self.order[place]] if 0 <= place < len(self.order) else None

    def next_stop(self, index: int | None, step: Step, stops: Iterable[int]) -> int | None:
        """The nearest cell to the left or right in which one of the indices ``stops`` stands; None without one.

        ``index`` None: coming from outside, over the edge.
        """
        sought = {self.cell(stop) for stop in stops if 0 <= stop < self.stop}
        way = self.order[::step]
        ahead = way if index is None else way[way.index(self.cell(index)) + 1 :]
        return next((self.starts[cell] for cell in ahead if cell in sought), None)

    def between(self, start: int, end: int) -> range:
        """The numbers of the cells of which anything stands between two indices."""
        start, end = max(start, 0), min(end, self.stop)
        return range(self.cell(start), bisect_left(self.starts, end)) if start < end else range(0)


@lru_cache(maxsize=512)
def laid(text: str, base: Base, *, end: bool = True) -> Laid:
    """``text``, one line, with the direction ``base``. Without ``end`` there is no cell behind its last letter:
    the line goes on below."""
    found = cut(text)
    fenced = _fences(text, found) if base == "rtl" or (base and has_rtl(text)) else ()
    order = _order(found, fenced, base)
    shown, starts, widths = found.shown, (*found.starts, found.length), found.widths
    if end or not shown:
        order = [len(shown), *order] if base == "rtl" else [*order, len(shown)]
        shown, starts, widths = (*shown, " "), (*starts, found.length + 1), (*widths, 1)
    lefts = [0] * len(order)
    column = 0
    for cell in order:
        lefts[cell] = column
        column += widths[cell]
    return Laid(shown, starts, widths, tuple(order), tuple(lefts), fenced)


def _fences(text: str, found: Cut) -> tuple[Fence, ...]:
    """The cells of the numbers and tokens that Persian letters or Latin ones beside them would take apart."""
    # 2 ms, and only for those who meet a Persian letter
    from tuicrm.domain.number_runs import number_runs

    spans = [
        (*match.span(), RLI if first_strong(match.group()) == "rtl" else LRI)
        for match in _TOKEN.finditer(text)
    ]
    spans += [
        (start, end, LRI)
        for start, end in number_runs(text)
        if not any(start < other[1] and other[0] < end for other in spans)
    ]
    return tuple((found.cell(start), found.cell(end - 1), mark) for start, end, mark in sorted(spans))


def _order(found: Cut, fenced: Iterable[Fence], base: Base) -> list[int]:
    """The cells from left to right, by their letters."""
    if base is None or (base == "ltr" and "".join(found.shown).isascii()):
        return list(range(len(found.shown)))
    # 4 ms, which an English start does without
    from tuicrm.domain.bidi import visual_order

    parts = isolated(found.shown, fenced)
    cell_of: dict[int, int] = {}
    at = 0
    for cell, part in enumerate(parts):
        cell_of[at + part.startswith((LRI, RLI)) + (0 if cell else found.before)] = cell
        at += len(part)
    order = [cell_of[place] for place in visual_order("".join(parts), base) if place in cell_of]
    return order if len(order) == len(parts) else [*order, *sorted(set(range(len(parts))) - set(order))]


def isolated(shown: Iterable[str], fenced: Iterable[Fence]) -> list[str]:
    """What the cells show, with the marks that keep each number and token together."""
    parts = list(shown)
    for first, last, mark in fenced:
        parts[first] = mark + parts[first]
        parts[last] += PDI
    return parts


# --- cells --------------------------------------------------------------------------------------------------


def signs(text: str) -> list[str]:
    """What is shown for each character: one character, or ``""`` for what is never shown."""
    if text.isprintable():
        return list(text)
    return [_sign(text, at) for at in range(len(text))]


def _sign(text: str, at: int) -> str:
    char = text[at]
    if char == ZWNJ or char.isprintable():
        return char
    if char == ZWJ:
        return char if ZWJ in clean(text[max(0, at - 1) : at + 2]) else ""
    return clean(char)


@lru_cache(maxsize=512)
def cut(text: str) -> Cut:
    """The cells of a text. What has no width before the first letter belongs to that letter's cell."""
    if text.isascii() and text.isprintable():
        # most lines: asked for again with each letter, of thousands
        many = len(text)
        return Cut(many, tuple(range(many)), tuple(text), (1,) * many, 0)
    starts: list[int] = []
    shown: list[str] = []
    before = ""
    for at, sign in enumerate(signs(text)):
        if sign and get_character_cell_size(sign):
            starts.append(at if starts else 0)
            shown.append(sign if len(starts) > 1 else before + sign)
        elif starts:
            shown[-1] += sign
        else:
            before += sign
    return Cut(len(text), tuple(starts), tuple(shown), tuple(map(_width, shown)), len(before))


def _width(shown: str) -> int:
    if len(shown) == 1 or _WIDE not in shown:
        return sum(map(get_character_cell_size, shown))
    # the joiner is left out: Rich takes it for one of a picture, and does not count the letter behind it
    return cell_len(shown.replace(ZWJ, ""))


def window(widths: Sequence[int], caret: int, first: int, room: int) -> tuple[int, int]:
    """The cells (from, to) of a line that is longer than ``room``: those from ``first`` on if the caret's cell is
    among them, else as few further as needed. Nothing is left empty that could be filled.
    """
    ends = [0, *accumulate(widths)]
    first = min(first, caret)
    while first < caret and ends[caret + 1] - ends[first] > room:
        first += 1
    while first > 0 and ends[-1] - ends[first - 1] <= room:
        first -= 1
    last = bisect_right(ends, ends[first] + room) - 1
    return first, max(last, caret + 1)


# --- words --------------------------------------------------------------------------------------------------


def words(text: str) -> list[tuple[int, int]]:
    """The words (from, to): letters and digits with their marks; a half-space does not part them."""
    found: list[tuple[int, int]] = []
    inside = False
    for at, char in enumerate(text):
        if char.isalnum() or char == "_":
            found.append((found.pop()[0] if inside else at, at + 1))
            inside = True
        elif inside and _joins(char):
            found.append((found.pop()[0], at + 1))
        else:
            inside = False
    return found


def _joins(char: str) -> bool:
    """Whether a character between two letters leaves them one word."""
    if char.isascii():
        return False
    from unicodedata import category

    return category(char) in ("Mn", "Mc", "Me", "Cf")


def word_starts(text: str) -> list[int]:
    """Where words begin."""
    return [start for start, _ in words(text)]


def word_at(text: str, index: int) -> tuple[int, int]:
    """The word under the caret; the one character there when it is in none."""
    for start, end in words(text):
        if start <= index < end:
            return start, end
    return min(index, len(text)), min(index + 1, len(text))


def word_before(text: str, index: int) -> int:
    """Where the word before the caret begins."""
    return max((start for start in word_starts(text) if start < index), default=0)


def word_behind(text: str, index: int) -> int:
    """Where the word after the caret's begins, or the end."""
    return min((start for start in word_starts(text) if start > index), default=len(text))


def word_end(text: str, index: int) -> int:
    """Where the word under or after the caret ends, or the end."""
    return min((end for _, end in words(text) if end > index), default=len(text))
