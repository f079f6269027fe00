"""Which words of a log line count: the runs at its two ends, chains, literals, a time apart from its day.

Between ordinary words everything is text. A word that only looks like a token (``/zz``) stays in the note with a
soft problem, but does not end the run: what stands behind it is as much at the end of the line as before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from tuicrm.domain.fold import plain
from tuicrm.domain.logline_moments import moment_before
from tuicrm.domain.logline_names import Refused, Sense, Several
from tuicrm.domain.logline_signs import READERS, SIGNS
from tuicrm.domain.logline_tickets import number_after
from tuicrm.domain.logline_words import not_a_time, with_time
from tuicrm.domain.record import record
from tuicrm.domain.tokens import LineContext, Problem, Token
from tuicrm.domain.when import clock_time, has_minutes

WORD_MOST = 64
"""Longer words are text: no token is, and reading all chains of one costs the square of its length."""
_WORD = re.compile(r"\S+")
_NUMBER = r"\d{1,18}(?:[:.]\d{1,2})?(?:am|pm)?"
_TIME_LIKE = r"\d{1,4}|\d{1,4}[:.]\d{1,2}(?:am|pm)?|\d{1,4}(?:am|pm)"


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
        found = self.read_text(word.text)
        if found is None or not word.start:
            return found
        parts = tuple(
            Part(part.start + word.start, part.end + word.start, part.text, part.reading)
            for part in found.parts
        )
        unknown = found.unknown
        if unknown is not None:
            unknown = Problem(unknown.code, unknown.params, word.start, word.end, False, unknown.choices)
        return Read(parts, unknown)

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
        return Read(unknown=_soft("no_meaning", text)) if _looks_like_token(text) else None

    def _part(self, text: str, start: int, end: int) -> Part | Several | None:
        reading = READERS[SIGNS[text[start]]](text[start + 1 : end], self.ctx) if end - start > 1 else None
        if isinstance(reading, (Sense, Refused)):
            return Part(start, end, text[start:end], reading)
        return reading

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

    def means(self, text: str) -> bool:
        """True when the word at an end of a line would not simply be text."""
        return self.read_text(text) is not None or self.is_literal(text)

    def opens(self, text: str) -> str:
        """``Read.opens`` of the word, whatever signs too many stand before it."""
        while self.is_literal(text):
            text = text[1:]
        found = self.read_text(text)
        return found.opens if found is not None else ""


def _refusals(parts: Iterable[Part]) -> int:
    return sum(isinstance(part.reading, Refused) for part in parts)


def _soft(code: str, text: str, choices: tuple[str, ...] = ()) -> Problem:
    return Problem(code, {"token": text, "literal": text[0] + text}, 0, len(text), False, choices)


def _looks_like_token(text: str) -> bool:
    return (text[0] == "/" and text[1].isalnum()) or (text[0] == "." and text[1].isalpha())


def is_number(text: str) -> bool:
    """True for a word that could be a ticket's number or a time."""
    return re.fullmatch(_NUMBER, plain(text)) is not None


def _is_time_like(text: str) -> bool:
    return re.fullmatch(_TIME_LIKE, plain(text)) is not None


class Line:
    """A line cut into its runs and its note. ``parts`` in no order, ``tokens`` those that stay in the note."""

    def __init__(self, text: str, ctx: LineContext) -> None:
        self.text = text
        self.parts: list[Part] = []
        self.problems: list[Problem] = []
        self.tokens: list[Token] = []
        self._reader = Reader(ctx)
        self._words = [Word(found.start(), found.end(), found.group()) for found in _WORD.finditer(text)]
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
            found = self._reader.read(self._words[at])
            if found is None:
                break
            apart = self._apart(at, found, at + 1 < len(self._words))
            self._take(self._words[at], found, self._kept_before, apart)
            at += 2 if apart is not None else 1
        return at

    def _back(self, first: int) -> int:
        """Takes the run at the end, down to ``first``; the index of its first word."""
        at = len(self._words)
        while at > first:
            found = self._reader.read(self._words[at - 1])
            if found is not None:
                self._take(self._words[at - 1], found, self._kept_after, None)
                at -= 1
                continue
            before = self._reader.read(self._words[at - 2]) if at - 2 >= first else None
            apart = self._apart(at - 2, before, True) if before is not None else None
            if before is None or apart is None:
                moment = self._moment(first, at)
                if moment is None:
                    break
                at = moment
                continue
            self._take(self._words[at - 2], before, self._kept_after, apart)
            at -= 2
        self._kept_after.reverse()
        return at

    def _moment(self, first: int, end: int) -> int | None:
        """Takes a moment of several words that ends before ``end``; the index of its first word, None without one."""
        found = moment_before([word.text for word in self._words], first, end, self._reader.ctx)
        if found is None or found[1] > 1:
            return None
        at, _, reading = found
        start, stop = self._words[at].start, self._words[end - 1].end
        self.parts.append(Part(start, stop, self.text[start:stop], reading))
        return at

    def _take(self, word: Word, found: Read, kept: list[Word], apart: Part | None) -> None:
        """Adds a word of a run: its parts (the last one as ``apart`` has it), or a word kept in the note."""
        if found.unknown is not None:
            self.problems.append(found.unknown)
            self.tokens.append(Token(word.start, word.end, "unknown", word.text))
            kept.append(word)
        elif apart is not None:
            self.parts += [*found.parts[:-1], apart]
        else:
            self.parts += found.parts

    def _apart(self, at: int, found: Read, has_next: bool) -> Part | None:
        """The last part of a word together with the number in the next word, if that belongs to it (rule 4)."""
        if not (has_next and found.opens):
            return None
        last, number = found.parts[-1], self._words[at + 1]
        if found.opens == "day":
            reading = self._day_with_time(last, number.text, at + 2)
        else:
            reading = (
                number_after(found.opens, number.text, self._reader.ctx) if is_number(number.text) else None
            )
        if reading is None:
            return None
        return Part(last.start, number.end, self.text[last.start : number.end], reading)

    def _day_with_time(self, day: Part, clock: str, behind: int) -> Sense | Refused | None:
        """A day and a separate time: with minutes always, else at the line's end or before another token."""
        if clock_time(clock) is None and not _is_time_like(clock):
            return None
        at_end = behind >= len(self._words) or self._reader.read(self._words[behind]) is not None
        if not at_end and not (has_minutes(clock) or ":" in clock):
            return None
        if clock_time(clock) is None or not isinstance(day.reading, Sense):
            return not_a_time(clock)
        return with_time(day.reading, clock, self._reader.ctx)

    # --- the note

    def _mark_literals(self) -> set[int]:
        """Indices in the middle of the words that lose one sign: the literals at both its ends."""
        texts = [word.text for word in self._middle]
        literals = _end_runs(texts, self._reader.is_literal, self._is_literal_before_number)
        moment = moment_before(texts, 0, len(texts), self._reader.ctx)
        if moment is not None and moment[1] > 1:
            literals.add(moment[0])
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
    found = list(_WORD.finditer(note))
    marked = _end_runs(
        [word.group() for word in found],
        reader.means,
        lambda text: reader.means(text) and bool(reader.opens(text)),
    )
    moment = moment_before([word.group() for word in found], 0, len(found), ctx)
    if moment is not None:
        marked.add(moment[0])
    pieces, end = [], 0
    for index, word in enumerate(found):
        text = word.group()
        # Doubled, not a backslash, which shells eat; but two dashes would be an option there.
        sign = text[0] if text[0] in SIGNS and text[0] != "-" else "\\"
        pieces += [note[end : word.start()], (sign if index in marked else "") + text]
        end = word.end()
    return "".join(pieces) + note[end:]
