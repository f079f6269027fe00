"""The words of a phrase and what has been understood of them, for the rules of ``when_phrases``."""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final, NoReturn

from tuicrm.domain.calendars import Calendar
from tuicrm.domain.fold import plain
from tuicrm.domain.when_base import WhenRefused, WhenSettings, local_now
from tuicrm.domain.when_forms import is_persian
from tuicrm.domain.when_lexicon import CARDINALS, KINDS, ORDINAL_ENDS, ORDINALS, SPOKEN, TENS
from tuicrm.domain.when_words import DAY_WORDS, UNITS, WEEKDAYS, numbered_weekday

_TEXT_MOST: Final = 100
_SLASH: Final = re.compile(r"(?<=[0-9])\s*/\s*(?=[0-9])")
_GLUED_MOST: Final = 4
"""Words that are looked up as one: ``day after tomorrow``, ``بعد از ظهر``."""


@dataclass
class Reading:
    """What has been understood so far. ``day`` is a date, ``yearless`` the calendar it was said in without its year,
    ``weekday`` Monday 0, ``weeks`` that many after it, ``span`` minutes from now, ``since`` the day they are counted
    from (else today)."""

    day: date | None = None
    weekday: int | None = None
    next_week: bool | None = None
    this: bool | None = None
    clock: time | None = None
    weeks: int | None = None
    part: str | None = None
    span: int | None = None
    since: date | None = None
    yearless: Calendar | None = None


Rule = Callable[["Phrase"], bool]


def tried(rule: Rule) -> Rule:
    """A rule that goes back to where it began when it does not fit."""

    def tried(phrase: Phrase) -> bool:
        start = phrase.at
        if rule(phrase):
            return True
        phrase.at = start
        return False

    return tried


def _parted(token: str) -> tuple[str, ...]:
    """``دوروز`` is ``دو روز``: a number that is written together with its unit."""
    for length in range(1, len(token)):
        if token[:length] in CARDINALS and not token.isascii() and token[length:] in UNITS:
            return token[:length], token[length:]
    return (token,)


class Phrase:
    """The words of a phrase, the place that has been read up to, and what came of it."""

    def __init__(self, text: str, now: datetime, settings: WhenSettings, *, past: bool) -> None:
        self.text = text
        self.now = now
        self.settings = settings
        self.past = past
        self.today = local_now(now, settings).date()
        self.persian = is_persian(text)
        self.calendar: Calendar = "jalali" if self.persian else "gregorian"
        self.tokens = self._tokens()
        self.at = 0
        self.reading = Reading()

    def refuse(self, code: str = "when_unknown") -> NoReturn:
        raise WhenRefused(code, text=self.text)

    def _tokens(self) -> list[str]:
        """Numbers (with the signs between their digits) and words; blanks and commas only part them."""
        if len(self.text) > _TEXT_MOST:
            self.refuse()
        text = _SLASH.sub("/", plain(self.text).replace("'", "").replace("@", " at "))
        tokens: list[str] = []
        before = " "
        for index, char in enumerate(text):
            behind = text[index + 1 : index + 2]
            if char.isdigit() and char.isascii():
                joins = before.isdigit() or (before in ":./-" and text[index - 2 : index - 1].isdigit())
                self._add(tokens, char, joins=joins)
            elif char.isalpha():
                self._add(tokens, char, joins=before.isalpha())
            elif char in ":./-" and before.isdigit() and behind.isdigit():
                self._add(tokens, char, joins=True)
            elif not (
                char.isspace() or char in ",." or (char == "-" and before.isalpha() and behind.isalpha())
            ):
                self.refuse()
            before = char
        # The ezafe of ``هفته‌ی بعد`` is written as a word of its own; behind a digit it is the key of a ``d``.
        kept = [token for index, token in enumerate(tokens) if token != "ی" or tokens[index - 1][-1] != "ه"]
        return [word for token in kept for word in _parted(SPOKEN.get(token, token))]

    @staticmethod
    def _add(tokens: list[str], char: str, *, joins: bool) -> None:
        if joins and tokens:
            tokens[-1] += char
        else:
            tokens.append(char)

    def done(self) -> bool:
        return self.at >= len(self.tokens)

    def peek(self, ahead: int = 0) -> str:
        """The token ``ahead`` of the place; ``""`` past the end."""
        return self.tokens[self.at + ahead] if self.at + ahead < len(self.tokens) else ""

    def find(self, table: Container[str]) -> tuple[str, int]:
        """The longest run of words from here that is in ``table``, glued, and its length; ``("", 0)`` for none."""
        words = []
        for token in self.tokens[self.at : self.at + _GLUED_MOST]:
            if not token.isalpha():
                break
            words.append(token)
        for length in range(len(words), 0, -1):
            word = "".join(words[:length])
            if word in table:
                return word, length
        return "", 0

    def take(self, table: Container[str]) -> str:
        """As ``find``, and goes past it."""
        word, length = self.find(table)
        self.at += length
        return word

    def weekday(self) -> str:
        """Takes a weekday, ``۵شنبه`` and ``2 شنبه`` too: its key of ``WEEKDAYS``; ``""`` when there is none."""
        numbered = numbered_weekday(self.peek() + self.peek(1))
        if numbered:
            self.at += 2
            return numbered
        word, length = self.find(DAY_WORDS)
        if DAY_WORDS.get(word) not in WEEKDAYS:
            return ""
        self.at += length
        return DAY_WORDS[word]

    def number(self) -> tuple[int, bool] | None:
        """Takes a number in digits or words: its value, and whether it is an ordinal; None when there is none."""
        token = self.peek()
        if token.isdigit():
            self.at += 1
            return (int(token), bool(self.take(ORDINAL_ENDS))) if len(token) <= 4 else None
        ordinal = self.take(ORDINALS)
        if ordinal:
            return ORDINALS[ordinal], True
        cardinal = self.take(CARDINALS)
        if not cardinal:
            return None
        return self._with_unit(CARDINALS[cardinal])

    def _with_unit(self, tens: int) -> tuple[int, bool]:
        """``tens`` and the small number that may follow it: ``twenty five``, ``بیست و پنجم``."""
        start = self.at
        self.take(KINDS["and"])
        for table in (ORDINALS, CARDINALS) if tens in TENS else ():
            unit = self.take(table)
            if unit and table[unit] < 10 and unit not in ("a", "an"):
                return tens + table[unit], table is ORDINALS
        self.at = start
        return tens, False

    def fill(self, place: str, value: object) -> None:
        """Puts ``value`` in a place of the reading; refuses when it is taken."""
        if getattr(self.reading, place) is not None:
            self.refuse()
        setattr(self.reading, place, value)
