"""Marking in a row what a query found there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from tuicrm.domain.fold import glued, skeleton, words
from tuicrm.domain.phone import digits, looks_like_number
from tuicrm.domain.safe import ZWNJ


def joins(asked: str, have: Sequence[str]) -> bool:
    """True when ``asked`` (one folded word) is beginnings of following words set together, or of their
    skeletons: ``prsh`` and ``parsh`` are ``pars shimi``.
    """
    return bool(joined_parts(asked, have))


def joined_parts(asked: str, have: Sequence[str]) -> tuple[tuple[int, str], ...]:
    """(index in ``have``, its part of ``asked``) for each word that takes part; ``()``: it does not fit."""
    dead: set[tuple[int, int]] = set()
    for first in range(len(have)):
        parts = _parts_from(asked, have, first, dead)
        if len(parts) > 1:
            return parts
    return ()


def _parts_from(
    asked: str, have: Sequence[str], index: int, dead: set[tuple[int, int]]
) -> tuple[tuple[int, str], ...]:
    """``dead``: (letters left, word) that led nowhere; without it a name of forty equal words takes years."""
    if index >= len(have) or (len(asked), index) in dead:
        return ()
    for form in dict.fromkeys((have[index], skeleton(have[index]))):
        for length in range(_common(asked, form), 0, -1):
            if length == len(asked):
                return ((index, asked),)
            rest = _parts_from(asked[length:], have, index + 1, dead)
            if rest:
                return ((index, asked[:length]), *rest)
    dead.add((len(asked), index))
    return ()


def _common(a: str, b: str) -> int:
    """Length of the common beginning."""
    length = 0
    for left, right in zip(a, b, strict=False):
        if left != right:
            break
        length += 1
    return length


def match_spans(text: str, query: str) -> list[tuple[int, int]]:
    """The parts of ``text`` that ``query`` found, as (start, end) of its characters, in order, apart.

    Words by their beginning, joined beginnings, a glued run anywhere; three or more digits among those of a
    number, its last ones, whatever signs stand between.
    """
    spans: list[tuple[int, int]] = []
    found = _Places(text)
    for word in words(query):
        spans += found.of(word)
    if not spans and len(words(query)) > 1:
        spans += found.inside(glued(query))
    return _merged(spans)


class _Places:
    """The folded words of a text with the place of each folded letter in it."""

    def __init__(self, text: str) -> None:
        self._letters: list[str] = []
        self._at: list[int] = []
        self._text = text
        self._number = looks_like_number(text, least=3)
        self._starts: list[int] = []
        fresh = True
        for index, char in enumerate(text):
            folded = _folded(char)
            if not folded:
                # A mark or hamza that folds away parts no word; a blank, a half-space or a sign does.
                fresh = fresh or not (char.isalpha() or _mark(char))
                continue
            if fresh:
                self._starts.append(len(self._letters))
                fresh = False
            self._letters += folded
            self._at += [index] * len(folded)
        self._glued = "".join(self._letters)

    def of(self, word: str) -> list[tuple[int, int]]:
        """Where one folded word fits."""
        number = digits(word)
        if self._number and len(number) >= 3:
            return self._digits(number)
        starts = [start for start in self._starts if self._glued.startswith(word, start)]
        if starts:
            return [self._span(start, start + len(word)) for start in starts]
        return self._joined(word) or self.inside(word)

    def inside(self, word: str) -> list[tuple[int, int]]:
        """Where a run of letters stands, whatever parts it; nothing below three letters."""
        place = self._glued.find(word) if len(word) > 2 else -1
        return [self._span(place, place + len(word))] if place >= 0 else []

    def _digits(self, number: str) -> list[tuple[int, int]]:
        for asked in dict.fromkeys((number, number.lstrip("0"))):
            place = self._glued.rfind(asked) if asked else -1
            if place >= 0:
                return [self._span(place, place + len(asked))]
        return []

    def _joined(self, word: str) -> list[tuple[int, int]]:
        ends = [*self._starts[1:], len(self._glued)][: len(self._starts)]
        have = [self._glued[start:end] for start, end in zip(self._starts, ends, strict=True)]
        spans = []
        for index, part in joined_parts(word, have):
            reach = _reach(have[index], part)
            spans.append(self._span(self._starts[index], self._starts[index] + reach))
        return spans

    def _span(self, start: int, end: int) -> tuple[int, int]:
        """Folded places as places of the text, with the marks that sit on the last letter."""
        last = self._at[end - 1] + 1
        while last < len(self._text) and _mark(self._text[last]):
            last += 1
        return self._at[start], last


def _mark(char: str) -> bool:
    """True for what folds away without parting a word: combining marks, format characters but the half-space."""
    if char.isascii() or char == ZWNJ:
        return False
    from unicodedata import category

    return category(char) in ("Mn", "Cf")


@lru_cache(maxsize=2048)
def _folded(char: str) -> str:
    return glued(char)


def _reach(word: str, part: str) -> int:
    """How far into ``word`` its beginning goes that ``part`` stands for, vowels left out or not."""
    if word.startswith(part):
        return len(part)
    place = 0
    for letter in part:
        place = word.index(letter, place) + 1
    return place


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
