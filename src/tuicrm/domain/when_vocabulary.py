"""All words that moments are said with, to tell a moment that is not understood from a note."""

from __future__ import annotations

import re
from typing import Final

from tuicrm.domain.fold import plain, words
from tuicrm.domain.when_lexicon import (
    CARDINALS,
    FORTNIGHTS,
    KINDS,
    NTH,
    ORDINALS,
    PARTS,
    PAST_DAYS,
    PAST_NIGHTS,
    SPANS,
    SPOKEN,
)
from tuicrm.domain.when_words import DAY_WORDS, MONTH_WORDS, UNITS, numbered_weekday

_BETWEEN: Final = "or to till یا تا الی حدود چند یکی few couple about around some several each every هر"
"""What is said of several moments, or of one that is left open."""
_KNOWN: Final = frozenset(
    {
        *_BETWEEN.split(),
        *(word for kind in KINDS.values() for word in kind),
        *CARDINALS, *ORDINALS, *NTH, *FORTNIGHTS, *SPANS, *PARTS, *PAST_DAYS, *PAST_NIGHTS, *SPOKEN, *DAY_WORDS,
        *MONTH_WORDS, *UNITS,
    }
)  # fmt: skip
_FIRM: Final = frozenset(
    {*UNITS, *DAY_WORDS, *MONTH_WORDS, *PARTS, *SPANS, *FORTNIGHTS} - {"می", "مه", "may", "دی"}
)
"""Of them at least one is there: ``1/2`` and ``a few`` are no moments."""
_MOST: Final = 4
_NUMBER: Final = re.compile(r"\d{1,4}(?:[-:./]\d{1,4}){0,2}")


def only_words_of_time(text: str) -> bool:
    """Whether a text is made of numbers and these words alone, a day or a unit among them."""
    tokens = [
        part for word in plain(text).split() for part in ([word] if _NUMBER.fullmatch(word) else words(word))
    ]
    at, firm = 0, False
    while at < len(tokens):
        if _NUMBER.fullmatch(tokens[at]) or (tokens[at] == "ی" and at):
            at += 1
            continue
        taken, length = _longest(tokens, at)
        if not length:
            return False
        firm = firm or taken in _FIRM or bool(numbered_weekday(taken))
        at += length
    return firm


def _longest(tokens: list[str], at: int) -> tuple[str, int]:
    for length in range(min(_MOST, len(tokens) - at), 0, -1):
        word = "".join(tokens[at : at + length])
        if word in _KNOWN or numbered_weekday(word):
            return word, length
    return "", 0
