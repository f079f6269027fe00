"""The one place where the order of letters changes: the last step before a line goes to a terminal.

Inside the program all text is logical, set in isolates where it needs them. ``ordered`` makes of a finished line
what the terminal wants:

- ``visual``: the terminal reorders nothing (or was told not to): the Unicode algorithm is applied here, Arabic
  letters take their joined forms, marks are left out.
- ``logical``: the terminal reorders. The letters stay as they are, each piece in its isolates with an LRM after
  right-to-left ones (measured right in VTE, in Konsole but for mirrored brackets, in tmux); only the pieces of
  a mirrored line change places here, because terminals take every line for a left-to-right one.
- ``plain``: no marks, no reordering, for screen readers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final, Literal

from tuicrm.domain.fold import has_rtl
from tuicrm.domain.terminals import Mode, Quirk
from tuicrm.shaping import shaped

Base = Literal["ltr", "rtl"]
Piece = tuple[int, int]
"""A part (from, to) of a line: an isolate with its marks, or what stands between two."""

LRI, RLI, FSI, PDI, LRM = "\u2066", "\u2067", "\u2068", "\u2069", "\u200e"
MARKS: Final = frozenset(
    "\u061c\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
"""What has no cell of its own and no meaning once the letters are in their visual order and joined."""
_DIRECTIONS: Final = "".join(sorted(MARKS - {"\u200c", "\u200d"}))

_TURNED: Final = str.maketrans("┌┐└┘├┤╭╮╰╯╔╗╚╝╠╣▌▐▏▕▖▗▘▝▶◀▸◂→←", "┐┌┘└┤├╮╭╯╰╗╔╝╚╣╠▐▌▕▏▗▖▝▘◀▶◂▸←→")
"""What lines, bars and arrows of ours become in a mirrored line; Unicode mirrors brackets only."""

ZWNJ, ZWJ = "\u200c", "\u200d"
_JOINED_LAM_ALEF: Final = re.compile("[\ufe82\ufe84\ufe88\ufe8e](?=[\ufedf\ufee0])")
_LAM_ALEF: Final = re.compile("\u0644[\u064b-\u0652]*(?=[\u0622\u0623\u0625\u0627])")
"""Lam and alef, which fonts and terminals make one sign of, over one of their two cells or with a gap beside it.

Kept apart by joiners they are drawn joined and each in its own cell: one ZWNJ between the joined forms for kitty,
``APART`` between the letters for Konsole. Not for others: mlterm loses a cell of the line for each.
"""
APART: Final = ZWJ + ZWNJ + ZWJ

_BORDER: Final = re.compile(f"[{LRI}{RLI}{FSI}{PDI}]")
_COLUMN: Final = re.compile(" {2,}|(?:[^ ]| (?! ))+")
_BASES: Final[Mapping[str, Base | None]] = {LRI: "ltr", RLI: "rtl", FSI: None}


@lru_cache(maxsize=4096)
def ordered(line: str, mode: Mode, base: Base, quirk: Quirk = "") -> tuple[str, tuple[int, ...]]:
    """A line as the terminal wants it, and for each of its characters which one of ``line`` it was.

    ``quirk``: the terminal is one that wants some help.
    Cached, because most lines of a screen come back with another style only: a moved cursor.
    """
    if mode == "plain":
        kept = [at for at, char in enumerate(line) if char not in _DIRECTIONS]
        return "".join(line[at] for at in kept), tuple(kept)
    chars: list[str] = []
    came_from: list[int] = []
    if mode == "logical" and base == "rtl":
        # a terminal that guesses a line's direction must not guess this one's
        chars.append(LRM)
        came_from.append(0)
    for start, end in _pieces(line, base):
        ready, map_ = _piece(line[start:end], mode, base, quirk)
        chars.append(ready)
        came_from += [start + at for at in map_]
    return "".join(chars), tuple(came_from)


def _pieces(line: str, base: Base) -> list[Piece]:
    """The pieces of a line in the order of the screen: isolates, and what stands between them.

    The order of the pieces is the line's own, whatever letters stand outside of isolates: they are columns, not
    a sentence. One isolate never closed ends with the line.
    """
    pieces: list[Piece] = []
    start = depth = 0
    for match in _BORDER.finditer(line):
        if match.group() != PDI:
            if depth == 0:
                pieces += _between(line, start, match.start(), base)
                start = match.start()
            depth += 1
        elif depth == 1:
            pieces.append((start, match.end()))
            start = match.end()
        depth -= match.group() == PDI and depth > 0
    if depth:
        pieces.append((start, len(line)))
    else:
        pieces += _between(line, start, len(line), base)
    return pieces if base == "ltr" else pieces[::-1]


def _between(line: str, start: int, end: int, base: Base) -> list[Piece]:
    """What stands between two isolates: in a line that runs the other way, a wide space parts columns."""
    if base == "ltr":
        return [(start, end)] if start < end else []
    return [match.span() for match in _COLUMN.finditer(line, start, end)]


@lru_cache(maxsize=8192)
def _piece(part: str, mode: Mode, base: Base, quirk: Quirk) -> tuple[str, Sequence[int]]:
    """One piece in the order of its own, and the map back into it."""
    if part[0] in _BASES:
        side = _BASES[part[0]]
        inner = part[1:-1] if part[-1] == PDI else part[1:]
        if mode == "logical":
            return _fenced(inner, part[0], side, quirk)
        chars, came_from = _visual(inner, side, quirk)
        return chars, tuple(at + 1 for at in came_from)
    if has_rtl(part) and mode == "logical":
        chars, came_from = _fenced(part, RLI, "rtl", quirk)
        return chars, tuple(max(0, min(at - 1, len(part) - 1)) for at in came_from)
    if base == "ltr" and not has_rtl(part) and MARKS.isdisjoint(part):
        return part, range(len(part))
    chars, came_from = _visual(part, base, quirk)
    return chars.translate(_TURNED) if base == "rtl" else chars, came_from


def _fenced(inner: str, mark: str, side: Base | None, quirk: Quirk) -> tuple[str, Sequence[int]]:
    """``inner`` in an isolate for a terminal that reorders; the map counts the opening ``mark`` as 0."""
    chars = inner
    came_from: Sequence[int] = range(len(inner))
    if quirk == "konsole" and not inner.isascii():
        from tuicrm.domain.bidi import levels, mirror

        turned = zip(inner, levels(inner, side), strict=True)
        chars = "".join(mirror(char) if level & 1 else char for char, level in turned)
        chars, came_from = _apart(_LAM_ALEF, APART, chars, came_from)
    after = PDI if mark == LRI else PDI + LRM
    return f"{mark}{chars}{after}", (0, *(at + 1 for at in came_from), *([len(inner)] * len(after)))


def _apart(
    pair: re.Pattern[str], joiners: str, chars: str, came_from: Sequence[int]
) -> tuple[str, Sequence[int]]:
    """``chars`` with ``joiners`` inside each ``pair``; they belong to the letter they come after."""
    cuts = [match.end() for match in pair.finditer(chars)]
    if not cuts:
        return chars, came_from
    starts = [0, *cuts]
    parts = [chars[start:end] for start, end in zip(starts, [*cuts, len(chars)], strict=True)]
    map_: list[int] = []
    for start, end in zip(starts, cuts, strict=False):
        map_ += [*came_from[start:end], *([came_from[end - 1]] * len(joiners))]
    return joiners.join(parts), [*map_, *came_from[starts[-1] :]]


def _visual(line: str, base: Base | None, quirk: Quirk) -> tuple[str, Sequence[int]]:
    """A piece in the order of the screen, joined, without marks, and the map back."""
    # 4 ms, which an English start does without
    from tuicrm.domain.bidi import visual

    chars, came_from = visual(line, base)
    if not has_rtl(line):
        return chars, came_from
    joined = shaped(line)
    chars = "".join(
        char if char != line[at] else joined[at] for char, at in zip(chars, came_from, strict=True)
    )
    return _apart(_JOINED_LAM_ALEF, ZWNJ, chars, came_from) if quirk == "kitty" else (chars, came_from)
