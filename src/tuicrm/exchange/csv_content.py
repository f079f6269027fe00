"""What a column holds by what stands in it, where no heading says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from tuicrm.domain.fold import fold
from tuicrm.domain.phone import digits
from tuicrm.exchange.csv_headings import COMPANY_WORDS
from tuicrm.exchange.incoming import looks_like_address

_MOST: Final = 0.6
"""Share of the filled cells that must be of a kind."""
_FEWEST_DIGITS: Final = 7
_MOST_DIGITS: Final = 15
_DIGITS_WITH_AREA: Final = 10
_LONGEST_NAME: Final = 60
_MOST_WORDS: Final = 6
_NUMBER: Final = re.compile(
    r"[\d\s+()\-./#–‐\u200e\u202a-\u202c\u2066-\u2069]+(?:(?:x|ext|داخلی)[\s.:]*\d{1,6})?", re.I
)
_DATE: Final = re.compile(
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[T ].*)?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}(?:[T ].*)?"
)
_AMOUNT: Final = re.compile(r"\d+[.,]\d{1,2}")
_SEVERAL: Final = re.compile(r":::|[;,\n|]|\s/\s")


def is_number(text: str) -> bool:
    """Whether a cell is a telephone number, or begins with one of several: not a date, not an amount."""
    text = _SEVERAL.split(text, maxsplit=1)[0].strip().lstrip("'")
    if not _NUMBER.fullmatch(text) or _DATE.fullmatch(text) or _AMOUNT.fullmatch(text):
        return False
    return _FEWEST_DIGITS <= len(digits(text)) <= _MOST_DIGITS + 6


def is_email(text: str) -> bool:
    """Whether a cell is an e-mail address, or begins with one of several."""
    return looks_like_address(_SEVERAL.split(text, maxsplit=1)[0].strip())


def is_name(text: str) -> bool:
    """Whether a cell can be the name of somebody: a few words of letters, no digit."""
    if len(text) > _LONGEST_NAME or "@" in text or "://" in text or any(char.isdecimal() for char in text):
        return False
    return any(char.isalpha() for char in text) and len(text.split()) <= _MOST_WORDS


def kind(cells: Sequence[str]) -> str:
    """``phone``, ``email``, ``name``, ``company`` or ``""`` for the cells of a column."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    if not filled:
        return ""
    for found, fits in (("email", is_email), ("phone", is_number), ("name", is_name)):
        if sum(map(fits, filled)) < _MOST * len(filled):
            continue
        if found == "phone" and _is_series(filled):
            return ""
        if found == "name" and sum(
            bool(COMPANY_WORDS.intersection(fold(c).split())) for c in filled
        ) * 2 >= len(filled):
            return "company"
        return found
    return ""


def kinds(rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """The kind of each of ``width`` columns. Two names beside each other, of a word each, are first and last; a
    second whole name is no name of the person."""
    columns = [[row[place] for row in rows if place < len(row)] for place in range(width)]
    found = [kind(column) for column in columns]
    names = [place for place, each in enumerate(found) if each == "name"]
    if len(names) > 1 and names[1] == names[0] + 1 and all(_one_word(columns[place]) for place in names[:2]):
        found[names[0]], found[names[1]] = "first", "last"
        names = names[2:]
    else:
        names = names[1:]
    for place in names:
        found[place] = ""
    return found


def _is_series(filled: Sequence[str]) -> bool:
    """Whether numbers count up one by one, as a list's own do. Those of an office that was given them in a row begin
    with a zero, or are as long as only telephone numbers are."""
    if len(filled) < 3 or not all(cell.isdecimal() for cell in filled):
        return False
    if all(not int(cell[0]) or len(cell) >= _DIGITS_WITH_AREA for cell in filled):
        return False
    values = [int(cell) for cell in filled]
    return all(after - before == 1 for before, after in pairwise(values))


def _one_word(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell.strip()]
    return sum(len(cell.split()) == 1 for cell in filled) >= _MOST * len(filled)


_TURNED: Final = re.compile(r"[^\d,،]+[,،]\s*[^\d,،]+")
_FIRMS: Final = re.compile(r"(?i)[,،]\s*(?:inc|ltd|llc|llp|plc|co|corp|gmbh|ag|kg|sa|sarl|limited)\.?\s*$")


def turned(rows: Sequence[Sequence[str]], place: int) -> bool:
    """Whether names in a column have the last name first: two or more do, most of all, and none is a firm's."""
    cells = [text for row in rows if place < len(row) and (text := row[place].strip())]
    fitting = sum(_TURNED.fullmatch(text) is not None for text in cells)
    return fitting > 1 and fitting >= _MOST * len(cells) and not any(map(_FIRMS.search, cells))
