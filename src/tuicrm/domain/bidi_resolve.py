"""Weak and neutral characters of the bidirectional algorithm: rules W1-W7, N0-N2 and I1-I2, for one run.

A run is a string of the class letters of ``bidi_classes``, between one letter for what stands on each side of it.
The rules are patterns, because in Python those cost a tenth of loops over characters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from tuicrm.domain.bidi_classes import mirror, same_bracket

_MARKED: Final = re.compile("([^m])(m+)")
_AFTER_ARABIC: Final = re.compile("A[^LR]*")
_BETWEEN_DIGITS: Final = re.compile("(?<=1)[+,](?=1)")
_BETWEEN_ARABIC_DIGITS: Final = re.compile("(?<=2),(?=2)")
_BESIDE_DIGITS: Final = re.compile("\\$+(?=1)|(?<=1)\\$+")
_AFTER_LATIN: Final = re.compile("L[^R]*")
_NEUTRALS: Final = re.compile("n+")
_TO_NEUTRAL: Final = str.maketrans(dict.fromkeys("PS o()+$,lrfp", "n"))
_NUMBERS_RIGHT: Final = bytes.maketrans(b"12", b"RR")
_BRACKETS: Final = re.compile("[()]")
_MOST_BRACKETS: Final = 63


def resolve(classes: str, brackets: Sequence[str], level: int, before: str, after: str) -> bytes:
    """The level of each character of a run.

    ``brackets`` holds the characters themselves; ``before`` and ``after`` are ``L`` or ``R``.
    """
    line = _weak(f"{before}{classes}{after}")
    own = "R" if level & 1 else "L"
    if "(" in line and ")" in line:
        line = _bracketed(line, classes, brackets, own)
    line = line.translate(_TO_NEUTRAL)
    if "n" in line:
        line = _NEUTRALS.sub(lambda found: _direction(found, own) * len(found[0]), line)
    return line[1:-1].encode("ascii").translate(_levels_at(level))


def _weak(line: str) -> str:
    """W1-W7: marks, digits and what belongs to digits."""
    if "m" in line:
        line = _MARKED.sub(_as_base, line)
    if "A" in line:
        line = _AFTER_ARABIC.sub(lambda found: found[0].replace("1", "2"), line).replace("A", "R")
    if "2" in line:
        line = _BETWEEN_ARABIC_DIGITS.sub("2", line)
    if "1" in line:
        line = _BETWEEN_DIGITS.sub("1", line)
        line = _BESIDE_DIGITS.sub(lambda found: "1" * len(found[0]), line)
        # W6, the rest of the signs being neutral, is left to the table of neutrals.
        line = _AFTER_LATIN.sub(lambda found: found[0].replace("1", "L"), line)
    return line


def _as_base(found: re.Match[str]) -> str:
    """W1: a mark is what its letter is; after an isolate or a bracket it is neutral, but not one of those itself."""
    base = found[1]
    return base + ("o" if base in "lrfp()" else base) * len(found[2])


def _direction(found: re.Match[str], own: str) -> str:
    """N1, N2: neutrals between two of one direction take it, others that of their level. Digits count as right."""
    left, right = found.string[found.start() - 1], found.string[found.end()]
    sides = {"L" if left == "L" else "R", "L" if right == "L" else "R"}
    return sides.pop() if len(sides) == 1 else own


@cache
def _levels_at(level: int) -> bytes:
    """I1, I2: the table from letters to levels for a run at ``level``."""
    ups = (1, 0, 1, 1) if level & 1 else (0, 1, 2, 2)
    return bytes.maketrans(b"LR12", bytes(level + up for up in ups))


# --- brackets -------------------------------------------------------------------------------------------------


def _bracketed(line: str, classes: str, brackets: Sequence[str], own: str) -> str:
    """N0: both brackets of a pair get one direction, from what is between them or before them.

    ``line`` has one letter more on each side than ``classes`` and ``brackets``.
    """
    other = b"L" if own == "R" else b"R"
    mine = own.encode("ascii")
    changed = bytearray(line, "ascii")
    strong = bytearray(changed.translate(_NUMBERS_RIGHT))
    for start, end in _bracket_pairs(line, brackets):
        if strong.find(mine, start, end) >= 0:
            direction = mine
        elif strong.find(other, start, end) >= 0:
            direction = other if _before(strong, start) == other else mine
        else:
            continue
        for place in (start, end):
            stop = place + 1
            # Marks on a bracket go with it.
            while stop <= len(classes) and classes[stop - 1] == "m":
                stop += 1
            changed[place:stop] = strong[place:stop] = direction * (stop - place)
    return changed.decode("ascii")


def _before(strong: bytearray, place: int) -> bytes:
    """The direction of the last letter before a place; there is one, since a line begins with one."""
    return b"L" if strong.rfind(b"L", 0, place) > strong.rfind(b"R", 0, place) else b"R"


def _bracket_pairs(line: str, brackets: Sequence[str]) -> list[tuple[int, int]]:
    """BD16: places in ``line`` of brackets that belong together, by their beginnings."""
    found: list[tuple[int, int]] = []
    opened: list[tuple[str, int]] = []
    for match in _BRACKETS.finditer(line):
        place = match.start()
        char = same_bracket(brackets[place - 1])
        if match[0] == "(":
            if len(opened) == _MOST_BRACKETS:
                break
            opened.append((same_bracket(mirror(char)), place))
            continue
        for depth in range(len(opened) - 1, -1, -1):
            if opened[depth][0] == char:
                found.append((opened[depth][1], place))
                del opened[depth:]
                break
    return sorted(found)
