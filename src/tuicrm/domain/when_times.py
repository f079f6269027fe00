"""The rules of free phrases for the time of day: ``at 9``, ``half past ten``, ``ساعت ده و نیم``, ``پنج عصر``."""

from __future__ import annotations

from datetime import time
from typing import Final

from tuicrm.domain.when_base import may_be_year, read_clock
from tuicrm.domain.when_lexicon import KINDS, PARTS
from tuicrm.domain.when_reader import Phrase, Reading, tried
from tuicrm.domain.when_words import DAY_WORDS, UNITS, WEEKDAYS

_DAY_MINUTES: Final = 24 * 60
_AROUND: Final = {"half_past": 30, "quarter_past": 15, "quarter_to": -15}
"""Kind of word -> minutes to add to the hour behind it."""


@tried
def spoken_clock(phrase: Phrase) -> bool:
    """``half past nine``, ``at a quarter to 10``, ``یه ربع به ده``."""
    phrase.take(KINDS["at"])
    kind = next((kind for kind in _AROUND if phrase.take(KINDS[kind])), None)
    hour = _hour(phrase) if kind is not None else None
    if kind is None or hour is None or hour.minute:
        return False
    # a quarter to one is said of noon, not of midnight
    base = 13 if kind == "quarter_to" and hour.hour == 1 else hour.hour
    phrase.fill("clock", time(*divmod((base * 60 + _AROUND[kind]) % _DAY_MINUTES, 60)))
    return True


@tried
def clock(phrase: Phrase) -> bool:
    """``9:30``, ``0930``, ``at 9``, ``10 o'clock``, ``ساعت ده و نیم``, ``5 pm``, ``ده صبح``, a bare hour at the end."""
    announced = bool(phrase.take(KINDS["at"]))
    if announced and phrase.find(PARTS)[1]:
        return part(phrase)
    token = phrase.peek()
    hour = _hour(phrase)
    if hour is None:
        return False
    announced = announced or bool(phrase.take(KINDS["oclock"]))
    minutes = hour.minute or _minutes_behind(phrase, announced)
    if not (announced or _is_time(phrase, token, hour, minutes)):
        return False
    phrase.fill("clock", hour.replace(minute=minutes))
    return True


def _hour(phrase: Phrase) -> time | None:
    """A clock time in digits, or an hour in words, taken; None when there is none."""
    token = phrase.peek()
    if token[:1].isdigit():
        phrase.at += 1
        return read_clock(token)
    number = phrase.number()
    return time(number[0]) if number is not None and not number[1] and number[0] < 24 else None


def _is_time(phrase: Phrase, token: str, hour: time, minutes: int) -> bool:
    """Whether a number that nothing announces can only be a time; the place is behind it and its minutes."""
    if len(token) == 4 and token.isdigit():
        return not (phrase.find(UNITS)[1] or may_be_year(token, phrase.today))
    if phrase.find(PARTS)[1]:
        # "a morning" and "one evening" name no hour
        return token[:1].isdigit() or hour.hour > 1
    if not token.isdigit():
        return token[:1].isdigit() or bool(minutes and not phrase.find(UNITS)[1])
    return bool(minutes and not phrase.find(UNITS)[1]) or (phrase.done() and _may_be_bare(phrase))


def _minutes_behind(phrase: Phrase, announced: bool) -> int:
    """``و نیم``, ``و ربع``, ``و ۲۰ دقیقه`` behind an hour, in minutes; 0 and back when there is none.

    Without a unit (``ساعت نه و سی``) only what cannot be another hour.
    """
    start = phrase.at
    if phrase.take(KINDS["and"]):
        if phrase.take(KINDS["half"]):
            return 30
        if phrase.take(KINDS["quarter"]):
            return 15
        number = phrase.number()
        if number is not None and not number[1] and number[0] < 60:
            unit = UNITS.get(phrase.take(UNITS))
            if unit == "m" or (unit is None and announced and number[0] > 23):
                return number[0]
    phrase.at = start
    return 0


def _may_be_bare(phrase: Phrase) -> bool:
    """True where a number at the end can only be an hour: behind a day or its part, or all alone."""
    return phrase.reading != Reading() or len(phrase.tokens) == 1


def part(phrase: Phrase) -> bool:
    """``morning``, ``pm``, ``بعد از ظهر``."""
    word = phrase.take(PARTS)
    if not word:
        return False
    if word == "شب" and DAY_WORDS.get(phrase.find(DAY_WORDS)[0]) in WEEKDAYS:
        # The night "of Friday" is Thursday's to many, Friday's to some.
        phrase.refuse("when_time_unclear")
    phrase.fill("part", PARTS[word])
    return True
