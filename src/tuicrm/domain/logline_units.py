"""Several words of a log line that are one token: ``/no answer``, ``/sat 10``, ``-1d at 10``, ``/next monday``.

A name of several words counts wherever a token does, the longest first. A number behind a day counts by rule 4, a
whole moment at the line's end or before another token. What begins like any of these at the end and is none is
asked about: nothing that looks like a token is kept silently.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from tuicrm.domain.fold import glued, plain
from tuicrm.domain.logline_moments import MOST_WORDS, moment, speaks_of_time
from tuicrm.domain.logline_names import Refused, Sense, word_key
from tuicrm.domain.logline_reader import Part, Read, Reader, Word, is_number, unknown
from tuicrm.domain.logline_signs import is_whole, read_past
from tuicrm.domain.logline_spaced import unit_of
from tuicrm.domain.logline_tickets import number_after
from tuicrm.domain.logline_words import not_a_time, with_time
from tuicrm.domain.record import record
from tuicrm.domain.tokens import LineContext
from tuicrm.domain.when import clock_time, has_minutes

_BACK: Final = re.compile(r"-\d{1,2}$")
"""What is an amount by itself may begin a day on which a call was: ``-30 آبان``, ``-3 dec 10``."""
_TIME_LIKE: Final = r"\d{1,4}|\d{1,4}[:.]\d{1,2}(?:am|pm)?|\d{1,4}(?:am|pm)"


@record
class Unit:
    """Words that belong together: the index of the first, that behind the last, and what they say."""

    at: int
    end: int
    signs: int
    """How many signs too many stand before it: with one or more it is text, and loses one."""
    read: Read


def unit_from(reader: Reader, text: str, words: Sequence[Word], at: int) -> Unit | None:
    """The unit that begins with the word at ``at``, for the front of a line; None: that word is text."""
    found = reader.read(words[at])
    if found is None:
        return None
    most = range(at + 1, min(len(words), at + MOST_WORDS))
    limit = next((index for index in most if reader.means(words[index].text)), most.stop)
    for end in range(limit, at + 1, -1):
        named = reader.read_names(_joined(text, words, at, end))
        if named is not None:
            return Unit(at, end, 0, named)
    timed = apart(reader, text, words, at)
    if timed is None or timed.end < limit:
        whole = _whole_moment(reader, text, words, at, limit, found)
        if whole is not None:
            return whole
    return timed or _slip(reader, text, words, at) or Unit(at, at + 1, 0, found)


def _slip(reader: Reader, text: str, words: Sequence[Word], at: int) -> Unit | None:
    """``/2 d`` before the note, ``/۲ ی`` at an end: else the number were a time, and the unit a word of the note."""
    number = words[at].text
    if number[0] != "/" or at + 1 == len(words) or not is_number(number[1:]):
        return None
    if not unit_of(words[at + 1].text, number[0], reader.ctx.keyboard):
        return None
    return Unit(at, at + 2, 0, Read(unknown=reader.slip(_joined(text, words, at, at + 2))))


def _whole_moment(
    reader: Reader, text: str, words: Sequence[Word], at: int, limit: int, found: Read
) -> Unit | None:
    """A moment of several words that goes on to the line's end, or to another token."""
    if limit == at + 1 or not _ends(reader, words, limit):
        return None
    last = found.parts[-1].reading if found.parts else None
    if isinstance(last, Sense) and last.kind not in ("due", "direction"):
        return None
    said = _joined(text, words, at, limit)
    reading = moment(said.text, reader.ctx)
    if reading is None or (isinstance(reading, Refused) and last is not None):
        return None
    return Unit(at, limit, 0, Read((Part(said.start, said.end, said.text, reading),)))


def unit_before(reader: Reader, text: str, words: Sequence[Word], offset: int = 0) -> Unit | None:
    """The unit of several words that ends with the last of ``words``, or a question about what is none.

    ``offset`` is added to its places. Signs too many before it are counted, not taken for a part of it.
    """
    end = len(words)
    if end < 2 or reader.means(words[-1].text):
        return None
    for at in range(end - 2, max(0, end - MOST_WORDS) - 1, -1):
        if words[at].text == "/":
            found = _parted(reader, text, words[at:])
            if found is not None:
                return Unit(offset + at, offset + end, 0, found)
        means = reader.means(words[at].text)
        if not means and not _BACK.match(words[at].text):
            continue
        signs = reader.signs(words[at].text)
        bare = [_without(words[at], signs), *words[at + 1 :]]
        found = _whole(reader, text, bare)
        if found is not None:
            return Unit(offset + at, offset + end, signs, found)
        if means:
            break
    return None


def _whole(reader: Reader, text: str, words: Sequence[Word]) -> Read | None:
    """What all of ``words`` say as one unit; the first of them means something."""
    said = _joined(text, words, 0, len(words))
    named = reader.read_names(said)
    if named is not None:
        return named
    timed = apart(reader, text, words, 0)
    if timed is not None and timed.end == len(words):
        return timed.read
    reading = moment(said.text, reader.ctx)
    if reading is not None:
        return Read((Part(said.start, said.end, said.text, reading),))
    slip = _slip(reader, text, words, 0) if len(words) == 2 else None
    if slip is not None:
        return slip.read
    asked = _is_question(reader, words[0].text) or (said.text[0] == "/" and speaks_of_time(said.text[1:]))
    return Read(unknown=unknown("no_meaning", said)) if asked else None


def _parted(reader: Reader, text: str, words: Sequence[Word]) -> Read | None:
    """A question about a ``/`` with a blank behind it, where a follow-up would be meant without that: ``/ فردا``."""
    said = _joined(text, words, 0, len(words))
    without = f"/{said.text[1:].lstrip()}"
    if len(words) > 2:
        reading: object = moment(without, reader.ctx)
    else:
        found = reader.read_text(without)
        reading = found.parts[0].reading if found is not None and len(found.parts) == 1 else None
    if not isinstance(reading, Sense) or reading.kind != "due":
        return None
    return Read(unknown=unknown("no_meaning", said, (without,)))


def _is_question(reader: Reader, text: str) -> bool:
    """True for ``/`` and a word that is no token, or the beginning of an outcome's or channel's name at most.

    Paths are none (``/usr/bin``), and a whole token between words is text (``wants /sat 10 boxes``).
    """
    if text[0] != "/" or not text[1].isalpha() or not word_key(text[1:]):
        return False
    found = reader.read_text(text)
    if found is None or found.unknown is not None:
        return True
    reading = found.parts[-1].reading
    return isinstance(reading, Sense) and not is_whole(text[1:], reading, reader.ctx)


# --- a time apart from its day ------------------------------------------------------------------------------


def apart(reader: Reader, text: str, words: Sequence[Word], at: int) -> Unit | None:
    """The word at ``at`` together with the number or time behind it, if that belongs to it (rule 4)."""
    found = reader.read(words[at])
    if found is None or not found.opens or at + 1 >= len(words):
        return None
    end = at + 2
    last, number = found.parts[-1], words[at + 1].text
    if found.opens in ("day", "past"):
        announced = end < len(words) and _announces(number) and clock_time(words[end].text) is not None
        if announced:
            number, end = words[end].text, end + 1
        reading = _day_with_time(reader, last, number, announced or _ends(reader, words, end))
    else:
        reading = number_after(found.opens, number, reader.ctx) if is_number(number) else None
    if reading is None:
        return None
    part = Part(last.start, words[end - 1].end, text[last.start : words[end - 1].end], reading)
    return Unit(at, end, 0, Read((*found.parts[:-1], part)))


def _day_with_time(reader: Reader, day: Part, clock: str, ends: bool) -> Sense | Refused | None:
    """A day and a separate time: with minutes always, else at the line's end or before another token (``ends``)."""
    if clock_time(clock) is None and re.fullmatch(_TIME_LIKE, plain(clock)) is None:
        return None
    if not ends and not (has_minutes(clock) or ":" in clock):
        return None
    if clock_time(clock) is None or not isinstance(day.reading, Sense):
        return not_a_time(clock)
    return _with_clock(day.reading, clock, reader.ctx)


def _with_clock(day: Sense, clock: str, ctx: LineContext) -> Sense | Refused:
    if day.kind != "started":
        return with_time(day, clock, ctx)
    reading = read_past(f"{day.day}{clock}", ctx)
    return reading if isinstance(reading, (Sense, Refused)) else not_a_time(clock)


def _announces(word: str) -> bool:
    """``at``, ``ساعت``: what stands behind it can only be a time."""
    # Imported here: most lines have no word behind a day.
    from tuicrm.domain.when_lexicon import KINDS

    return glued(word) in KINDS["at"]


# --- places -------------------------------------------------------------------------------------------------


def _ends(reader: Reader, words: Sequence[Word], index: int) -> bool:
    """True where nothing more comes, or another token does."""
    return index >= len(words) or reader.read(words[index]) is not None


def _joined(text: str, words: Sequence[Word], at: int, end: int) -> Word:
    start, stop = words[at].start, words[end - 1].end
    return Word(start, stop, text[start:stop])


def _without(word: Word, signs: int) -> Word:
    return Word(word.start + signs, word.end, word.text[signs:])
