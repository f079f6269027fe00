"""Numbers of several groups that are read from left to right as one: telephones, and days with dashes.

In a Persian line the Unicode algorithm puts the groups of ``۰۲۱-۸۸۷۷`` and ``0912 345 6789`` in the order of the
words, so that another number is read. Set in isolates of their own they stand as they are dialled. Ranges (``۱۰-۱۲``)
are left alone: Persian reads them from the right. Times, sums and days with slashes come right by themselves.
"""

from __future__ import annotations

import re
from typing import Final

_GROUP: Final = r"\(?\+?\d+\)?(?:[-\u2010-\u2013.]\d+)*"
_RUN: Final = re.compile(rf"(?<![\w:٫٬.,\-])(?<!\d/){_GROUP}(?: {_GROUP})*(?!\w|[-:/.,٫٬]\d)")
_PARTED: Final = re.compile(r"[-\u2010-\u2013 +()]")
_DAY: Final = re.compile(r"\d{4}-\d{1,2}(?:-\d{1,2})?")
_DIALLED: Final = re.compile(r"\(?(?:\+|[0۰٠]\d)")
_BEGINS_DIALLED: Final = re.compile(r"\(?(?:\+|[0۰٠]\d\d)")
_ABROAD: Final = re.compile(r"\(?(?:\+|[0۰٠]{2})")
_FEW: Final = 4
"""Digits of a number half typed: it must not turn round at its last key."""
_MANY: Final = 7
"""Digits of a telephone number that does not begin with a zero or a plus."""
_WHOLE: Final = 10
"""Digits with which one that does is whole: behind them a zero may begin another number, before them it is a group
of the same (``021 0000 0253``)."""
_WHOLE_ABROAD: Final = 11
_COUNT: Final = 4
"""Digits that no count before a number has (``12 0912 345 6789``)."""


def number_runs(text: str) -> list[tuple[int, int]]:
    """Where such numbers stand in ``text`` (from, to), also those half typed."""
    found: list[tuple[int, int]] = []
    for match in _RUN.finditer(text):
        start = match.start()
        for part in _numbers(match.group()):
            if _PARTED.search(part) and _is_one(part):
                found.append((start, start + len(part)))
            start += len(part) + 1
    return found


def kept_whole(text: str) -> str:
    """``text`` with each such number in isolates."""
    out, at = "", 0
    for start, end in number_runs(text):
        out += f"{text[at:start]}\u2066{text[start:end]}\u2069"
        at = end
    return out + text[at:]


def _numbers(run: str) -> list[str]:
    """The numbers that stand in groups behind one another, parted at a blank."""
    first, *groups = run.split(" ")
    found = [first]
    for group in groups:
        if _BEGINS_DIALLED.match(group) and _is_over(found[-1]):
            found.append(group)
        else:
            found[-1] += f" {group}"
    return found


def _is_over(number: str) -> bool:
    """Whether a group that begins as a number does, behind this one, is the next number."""
    digits = sum(char.isdigit() for char in number)
    if _ABROAD.match(number):
        return digits >= _WHOLE_ABROAD
    if _DIALLED.match(number):
        return digits >= _WHOLE
    return digits >= _MANY or digits < _COUNT


def _is_one(part: str) -> bool:
    if _DAY.fullmatch(part):
        return True
    groups = re.findall(r"\d+", part)
    digits = sum(map(len, groups))
    if _DIALLED.match(part):
        return digits >= _FEW or part.startswith("+")
    return digits >= _MANY and min(map(len, groups)) > 1
