"""Reads the words of a log line one by one: parts, chains, literals, and names of several words.

Which words count, and which of them belong together, is decided in ``logline_runs`` and ``logline_units``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from tuicrm.domain.fold import plain
from tuicrm.domain.logline_names import Reading, Refused, Sense, Several
from tuicrm.domain.logline_signs import READERS, SIGNS, fitting, read_name
from tuicrm.domain.logline_spaced import is_spelt_out, meant
from tuicrm.domain.record import record
from tuicrm.domain.tokens import LineContext, Problem

WORD_MOST = 64
"""Longer words are text: no token is, and reading all chains of one costs the square of its length."""
_COMMAS = ",،؛;"
_HALF_SPACE = "\u200c"
_NUMBER = r"\d{1,18}(?:[:.]\d{1,2})?(?:am|pm)?"


@record
class Word:
    """A word of the line and its place."""

    start: int
    end: int
    text: str


@record
class Part:
    """A word, or a part of a chained one, that says something or is refused."""

    start: int
    end: int
    text: str
    reading: Sense | Refused


@record
class Read:
    """What a word is: parts, or (``unknown`` set) something that only looks like a token."""

    parts: tuple[Part, ...] = ()
    unknown: Problem | None = None

    @property
    def opens(self) -> str:
        """See ``Sense.opens``: what a number in the next word would mean."""
        return self.parts[-1].reading.opens if self.parts else ""


class Reader:
    """Reads words in one context; each text once."""

    def __init__(self, ctx: LineContext) -> None:
        self.ctx = ctx
        self._known: dict[str, Read | None] = {}

    def read(self, word: Word) -> Read | None:
        """What the word says; None: it is text (or a literal, see ``is_literal``)."""
        return _moved(self.read_text(word.text), word)

    def read_names(self, words: Word) -> Read | None:
        """What several words say of which one token is made by a name (``/no answer``), alone or in a chain."""
        if len(words.text) > WORD_MOST:
            return None
        parts = self._chain(words.text)
        return _moved(Read(parts), words) if parts and not _refusals(parts) else None

    def read_text(self, text: str) -> Read | None:
        """The same with places counted from the start of the word."""
        if text not in self._known:
            self._known[text] = self._read_text(text)
        return self._known[text]

    def _read_text(self, text: str) -> Read | None:
        if not 1 < len(text) <= WORD_MOST or text[0] not in SIGNS or text[1] == text[0]:
            return None
        whole = self._part(text, 0, len(text))
        if isinstance(whole, Part) and isinstance(whole.reading, Sense):
            return Read((whole,))
        chain = self._chain(text)
        if chain is not None:
            return Read(chain)
        if isinstance(whole, Part):
            return Read((whole,))
        if isinstance(whole, Several):
            return Read(unknown=_soft("several_meanings", text, whole.choices))
        if text[-1] in _COMMAS:
            # a sentence goes on behind it, or a list does
            return self.read_text(text[:-1])
        if any(char.isspace() for char in text):
            return self._spaced(text)
        if not _looks_like_token(text):
            return None
        return Read(
            unknown=_soft("no_meaning", text, fitting(text[0], text[1], self.ctx) if len(text) == 2 else ())
        )

    def _spaced(self, text: str) -> Read:
        """``-2 days`` says what ``-2d`` does; ``-5 m`` is asked about."""
        found = self.read_text(meant(text, self.ctx.keyboard)) if is_spelt_out(text) else None
        if found is None or len(found.parts) != 1:
            return Read(unknown=self.slip(Word(0, len(text), text)))
        return Read((Part(0, len(text), text, found.parts[0].reading),))

    def slip(self, words: Word) -> Problem:
        """The question about a token with a blank in it; without the blank it may be one."""
        without = meant(words.text, self.ctx.keyboard)
        found = self.read_text(without)
        says = found is not None and found.unknown is None and not _refusals(found.parts)
        return unknown("no_meaning", words, (without,) if says else ())

    def _part(self, text: str, start: int, end: int) -> Part | Several | None:
        reading = self._reading(text[start], text[start + 1 : end])
        if isinstance(reading, (Sense, Refused)):
            return Part(start, end, text[start:end], reading)
        return reading

    def _reading(self, sign: str, body: str) -> Reading:
        # a half-space there is a slip of the thumb, and is not seen
        body = body.strip(_HALF_SPACE)
        if not body:
            return None
        # With a blank in it only a name is left; what ends with one is two parts, not one.
        if any(char.isspace() for char in body):
            return None if body[-1].isspace() else read_name(SIGNS[sign], body, self.ctx)
        return READERS[SIGNS[sign]](body, self.ctx)

    def _chain(self, text: str) -> tuple[Part, ...] | None:
        """The parts of a chained word, if every one says something: the fewest refused ones, then the fewest."""
        cuts = [index for index, char in enumerate(text) if char in SIGNS]
        best: dict[int, tuple[Part, ...]] = {len(text): ()}
        for start in reversed(cuts):
            ways = []
            for end in [cut for cut in (*cuts, len(text)) if cut > start and cut in best]:
                part = self._part(text, start, end)
                if isinstance(part, Part):
                    ways.append((part, *best[end]))
            if ways:
                best[start] = min(ways, key=lambda way: (_refusals(way), len(way), -way[0].end))
        return best.get(0)

    def is_literal(self, text: str) -> bool:
        """True for ``//n`` and ``\\/n``: a sign too many before something that would count without it."""
        for index in range(len(text) - 1):
            if text[index] != "\\" and not (text[index] in SIGNS and text[index + 1] == text[index]):
                return False
            rest = len(text) - index - 1
            if rest <= WORD_MOST and self.read_text(text[index + 1 :]) is not None:
                return True
        return False

    def signs(self, text: str) -> int:
        """How many signs too many stand before a word: with one or more it is text, and loses one."""
        bare = text
        while self.is_literal(bare):
            bare = bare[1:]
        return len(text) - len(bare)

    def means(self, text: str) -> bool:
        """True when the word at an end of a line would not simply be text."""
        return self.read_text(text) is not None or self.is_literal(text)

    def opens(self, text: str) -> str:
        """``Read.opens`` of the word, whatever signs too many stand before it."""
        found = self.read_text(text[self.signs(text) :])
        return found.opens if found is not None else ""


def _moved(found: Read | None, word: Word) -> Read | None:
    """``found`` with places counted from where the line begins."""
    if found is None or not word.start:
        return found
    parts = tuple(
        Part(part.start + word.start, part.end + word.start, part.text, part.reading) for part in found.parts
    )
    unknown = found.unknown
    if unknown is not None:
        unknown = Problem(unknown.code, unknown.params, word.start, word.end, False, unknown.choices)
    return Read(parts, unknown)


def _refusals(parts: Iterable[Part]) -> int:
    return sum(isinstance(part.reading, Refused) for part in parts)


def _soft(code: str, text: str, choices: tuple[str, ...] = ()) -> Problem:
    return unknown(code, Word(0, len(text), text), choices)


def unknown(code: str, word: Word, choices: tuple[str, ...] = ()) -> Problem:
    """The question about something that looks like a token: ``word`` may be several."""
    params = {"token": word.text, "literal": doubling(word.text) + word.text}
    return Problem(code, params, word.start, word.end, False, choices)


def doubling(text: str) -> str:
    """The sign that keeps a word as text. Doubled, not a backslash, which shells eat; but two dashes would be an
    option there."""
    return text[0] if text[0] in SIGNS and text[0] != "-" else "\\"


def _looks_like_token(typed: str) -> bool:
    """``/zz``, ``.zz``, ``=abc``, and ``-2k``, a number with a unit that is none; a number alone is an amount."""
    text = typed[0] + typed[1:].strip(_HALF_SPACE)
    if len(text) == 1:
        return False
    if text[0] == "-" and text[1].isdecimal():
        unit = re.sub(r"^\d+", "", text[1:])
        return unit[:1].isalpha() or re.match(r"/\d", unit) is not None
    if text[0] == "/":
        return text[1].isalnum() or text[1] == "-"
    if text[0] == "=":
        # a formula is none: =1+1
        return text[1:].isalnum()
    return text[0] in ".-" and text[1].isalpha()


def is_number(text: str) -> bool:
    """True for a word that could be a ticket's number or a time."""
    return re.fullmatch(_NUMBER, plain(text)) is not None
