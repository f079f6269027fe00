"""An hour of the night that was hardly meant: ``/5`` typed at an office that is open from nine to five.

A bare hour from 1 to 6, without minutes, a zero before it, ``am`` or ``صبح``, that lies outside the day's hours while
the same hour of the afternoon lies within or close to them, is asked about. What was typed in full stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from tuicrm.domain.fold import glued, has_rtl, plain
from tuicrm.domain.tokens import Problem
from tuicrm.domain.worktime import Calendar, working_spans

NIGHT_ENDS: Final = 7
"""No office calls anybody before that hour because of a bare number."""
_HALF: Final = 12
_CLOSE: Final = 2 * 60
"""Minutes after the last hour of work that are close to it: calls are made then too."""
_WORDS: Final = re.compile(r"[^\W\d_\u200c]+|\d+(?:[:./-]\d+)*")


def hour_of_night(text: str, start: int, on: date, hour: int, calendar: Calendar) -> Iterable[Problem]:
    """The question about ``text`` (a token, its sign first, at ``start`` of the line) that names that hour of a day."""
    choices = both_halves(text, on, hour, calendar)
    if choices:
        params = {"token": text, "time": f"{hour:02}:00"}
        yield Problem("hour_of_night", params, start, start + len(text), False, choices)


def both_halves(text: str, on: date, hour: int, calendar: Calendar) -> tuple[str, ...]:
    """How one writes that hour of the afternoon, and of the night, where ``text`` names it by itself; none where it
    says which is meant, or an hour of work."""
    place = _bare(text, hour) if 0 < hour < NIGHT_ENDS and not _works(on, hour * 60, calendar) else None
    if place is None or not _works(on, (hour + _HALF) * 60, calendar, _CLOSE):
        return ()
    before, behind = text[: place[0]], text[place[1] :]
    number = text[slice(*place)]
    persian = has_rtl(text) or not number.isascii()
    later = str(hour + _HALF)
    if persian:
        later = later.translate({ord("0") + digit: chr(0x06F0 + digit) for digit in range(10)})
    return f"{before}{later}{behind}", f"{before}{number}{' صبح' if persian else 'am'}{behind}"


def _works(on: date, minute: int, calendar: Calendar, close: int = 0) -> bool:
    """Whether the company works then, or has stopped no longer than ``close`` ago; a day off has the usual hours."""
    spans = working_spans(on, calendar) or calendar.hours
    if close:
        return spans[0][0] <= minute <= spans[-1][1] + close
    return any(start <= minute < end for start, end in spans)


def _bare(text: str, hour: int) -> tuple[int, int] | None:
    """Where the hour stands in ``text`` by itself; None where something says which half of the day is meant."""
    # Imported here: most lines name no such hour.
    from tuicrm.domain.when_lexicon import CARDINALS, PARTS
    from tuicrm.domain.when_words import DAY_WORDS, UNITS

    found = None
    words = list(_WORDS.finditer(text))
    for index, word in enumerate(words):
        said = glued(word[0])
        if (
            ":" in word[0]
            or said in PARTS
            or (said in DAY_WORDS and DAY_WORDS[said] in ("morning", "noon", "eve", "tonight"))
        ):
            return None
        if plain(word[0]) == str(hour) or CARDINALS.get(said) == hour:
            behind = glued(words[index + 1][0]) if index + 1 < len(words) else ""
            if behind not in UNITS and not behind.startswith("شنبه"):
                found = word.span()
    return found
