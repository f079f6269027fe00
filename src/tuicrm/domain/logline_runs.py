"""Which words of a log line count: the runs at its two ends, literals, a time apart from its day.

Between ordinary words everything is text. A word that only looks like a token (``/zz``) stays in the note with a
soft problem, but does not end the run: what stands behind it is as much at the end of the line as before.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from tuicrm.domain.logline_reader import Part, Reader, Word, doubling, is_number
from tuicrm.domain.logline_spaced import joined
from tuicrm.domain.logline_units import Unit, apart, unit_before, unit_from
from tuicrm.domain.tokens import LineContext, Problem, Token

_WORD = re.compile(r"[^\s\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
"""Marks of direction, which a chat or a phone puts round a word, part words as blanks do: they are not seen."""


class Line:
    """A line cut into its runs and its note. ``parts`` in no order, ``tokens`` those that stay in the note."""

    def __init__(self, text: str, ctx: LineContext) -> None:
        self.text = text
        self.parts: list[Part] = []
        self.problems: list[Problem] = []
        self.tokens: list[Token] = []
        self._reader = Reader(ctx)
        self._words = _words(text, ctx)
        self._kept_before: list[Word] = []
        self._kept_after: list[Word] = []
        first = self._front(0)
        last = self._back(first)
        self._middle = self._words[first:last]
        self._literals = self._mark_literals()

    # --- the two runs

    def _front(self, at: int) -> int:
        """Takes the run at the beginning; the index of the first word behind it."""
        while at < len(self._words):
            unit = unit_from(self._reader, self.text, self._words, at)
            if unit is None:
                break
            self._take(unit, self._kept_before)
            at = unit.end
        return at

    def _back(self, first: int) -> int:
        """Takes the run at the end, down to ``first``; the index of its first word."""
        at = len(self._words)
        while at > first:
            unit = self._unit_before(first, at)
            if unit is None or unit.signs:
                break
            self._take(unit, self._kept_after)
            at = unit.at
        self._kept_after.reverse()
        return at

    def _unit_before(self, first: int, end: int) -> Unit | None:
        """The word before ``end`` that counts, with the words before it if it belongs to them."""
        found = self._reader.read(self._words[end - 1])
        if found is not None:
            return Unit(end - 1, end, 0, found)
        timed = apart(self._reader, self.text, self._words, end - 2) if end - 2 >= first else None
        if timed is not None and timed.end == end:
            return timed
        return unit_before(self._reader, self.text, self._words[first:end], first)

    def _take(self, unit: Unit, kept: list[Word]) -> None:
        """Adds a unit of a run: its parts, or its words kept in the note."""
        question = unit.read.unknown
        self.parts += unit.read.parts
        if question is not None:
            self.problems.append(question)
            self.tokens.append(
                Token(question.start, question.end, "unknown", self.text[question.start : question.end])
            )
            words = self._words[unit.at : unit.end]
            kept += words if kept is self._kept_before else reversed(words)

    # --- the note

    def _mark_literals(self) -> set[int]:
        """Indices in the middle of the words that lose one sign: the literals at both its ends."""
        texts = [word.text for word in self._middle]
        literals = _end_runs(texts, self._reader.is_literal, self._is_literal_before_number)
        unit = unit_before(self._reader, self.text, self._middle)
        if unit is not None and unit.signs:
            literals.add(unit.at)
        for index in literals:
            word = self._middle[index]
            self.tokens.append(Token(word.start, word.end, "literal", word.text[1:]))
        return literals

    def _is_literal_before_number(self, text: str) -> bool:
        return self._reader.is_literal(text) and bool(self._reader.opens(text))

    def note(self) -> str:
        """The words that are no tokens: between the runs as typed, the kept ones of the runs before and after."""
        middle = ""
        for index, word in enumerate(self._middle):
            gap = self.text[self._middle[index - 1].end : word.start] if index else ""
            middle += gap + (word.text[1:] if index in self._literals else word.text)
        pieces = (
            [word.text for word in self._kept_before] + [middle] + [word.text for word in self._kept_after]
        )
        return " ".join(piece for piece in pieces if piece)

    def note_start(self) -> int | None:
        """Where the note begins that the end of the line belongs to; None: the line ends with a token."""
        at_end = bool(self._middle) and self._middle[-1] is self._words[-1]
        return self._middle[0].start if at_end else None

    def note_span(self) -> tuple[int, int]:
        """Where the note stands in the line, from its first to its last word."""
        words = [*self._kept_before, *self._middle, *self._kept_after]
        return (words[0].start, words[-1].end) if words else (0, 0)


def _words(text: str, ctx: LineContext) -> list[Word]:
    """The words of a line; a token with a blank in it by a slip is one."""
    places = joined(text, (found.span() for found in _WORD.finditer(text)), ctx.keyboard)
    return [Word(start, end, text[start:end]) for start, end in places]


def _end_runs(
    texts: list[str], is_one: Callable[[str], bool], before_number: Callable[[str], bool]
) -> set[int]:
    """Indices of the words at both ends for which ``is_one`` holds without a gap.

    From the end, a number is passed over when ``before_number`` holds for the word before it: both are one unit.
    """
    first = 0
    while first < len(texts) and is_one(texts[first]):
        first += 1
    found, last = set(range(first)), len(texts)
    while last > first:
        if is_one(texts[last - 1]):
            last -= 1
        elif last - 2 >= first and is_number(texts[last - 1]) and before_number(texts[last - 2]):
            last -= 2
        else:
            break
        found.add(last)
    return found


def escape_note(note: str, ctx: LineContext) -> str:
    """``note`` so that no word of it counts as a token at either end of a line: one sign more where needed."""
    reader = Reader(ctx)
    found = _words(note, ctx)
    marked = _end_runs(
        [word.text for word in found],
        reader.means,
        lambda text: reader.means(text) and bool(reader.opens(text)),
    )
    unit = unit_before(reader, note, found)
    if unit is not None:
        marked.add(unit.at)
    pieces, end = [], 0
    for index, word in enumerate(found):
        pieces += [note[end : word.start], (doubling(word.text) if index in marked else "") + word.text]
        end = word.end
    return "".join(pieces) + note[end:]
