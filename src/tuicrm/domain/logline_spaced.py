"""Tokens with a blank in them: ``-2 days``, ``=4 m``, ``/5 pm``. None is kept silently.

A number behind a sign and the unit behind that are read as one word. With the unit spelt out it says what it would
say without the blank (``-2 days``); with a short one, which may count metres, it is asked about (``-5 m``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from tuicrm.domain.fold import glued, plain
from tuicrm.domain.keyboard import to_us
from tuicrm.domain.when_words import SECONDS, UNITS

_SLIP: Final = re.compile(r"(?P<signs>[\\\-=]*)(?P<sign>[-=])(?P<number>\d{1,4}(?:[:.]\d{1,2})?)")
_NUMBER: Final = re.compile(r"\d{1,4}(?:[:.]\d{1,2})?")
_HALVES: Final = frozenset(("am", "pm"))
_SPELT_OUT: Final = frozenset(
    f"{unit}{plural}"
    for unit in ("second", "minute", "hour", "day", "week", "month", "year")
    for plural in ("", "s")
)
_AGO: Final = frozenset(("ago", "پیش", "قبل"))

Place = tuple[int, int]
"""Where a word begins and ends."""


def joined(text: str, places: Iterable[Place], keyboard: str) -> list[Place]:
    """The places of words, those of a slip as one: sign and number, unit, and ``ago`` behind it."""
    found: list[Place] = []
    words = list(places)
    at = 0
    while at < len(words):
        start, end = words[at]
        taken = 1
        slip = _SLIP.fullmatch(text[start:end])
        if slip and at + 1 < len(words) and unit_of(text[slice(*words[at + 1])], slip["sign"], keyboard):
            taken = 2
            if slip["sign"] == "-" and at + 2 < len(words) and glued(text[slice(*words[at + 2])]) in _AGO:
                taken = 3
        found.append((start, words[at + taken - 1][1]))
        at += taken
    return found


def unit_of(word: str, sign: str, keyboard: str) -> str:
    """What a number behind the sign counts by this word, in short; one letter also by its key. ``""``: nothing."""
    if not word.replace("\u200c", "").isalpha():
        # another token: #d
        return ""
    for unit in (glued(word), to_us(word, keyboard) if len(word) == 1 else ""):
        if unit in UNITS:
            return UNITS[unit]
        if unit in (SECONDS if sign == "=" else _HALVES):
            return unit
    return ""


def is_spelt_out(text: str) -> bool:
    """Whether the unit of a number with a blank behind it is a whole word: ``-2 days``, ``=۴ دقیقه``."""
    words = text.split()
    unit = glued(words[1]) if len(words) > 1 else ""
    return unit in _SPELT_OUT or (len(unit) > 1 and unit in UNITS.keys() | SECONDS and not unit.isascii())


def meant(text: str, keyboard: str) -> str:
    """What was probably meant, without the blank: ``-2 days ago`` is ``-2d``; ``""``: it is no such slip."""
    sign, words = text[:1], text[1:].split()
    if len(words) < 2 or not _NUMBER.fullmatch(words[0]):
        return ""
    return f"{sign}{plain(words[0])}{unit_of(words[1], sign, keyboard)}"
