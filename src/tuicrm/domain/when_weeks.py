"""The rules of free phrases for weeks: ``saturday week``, ``a week on saturday``, ``تا آخر هفته``."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from tuicrm.domain.when_lexicon import FORTNIGHTS, KINDS
from tuicrm.domain.when_reader import Phrase, tried
from tuicrm.domain.when_words import DAY_WORDS, UNITS, WEEKDAYS
from tuicrm.domain.worktime import is_working_day, working_week

if TYPE_CHECKING:
    from datetime import date

_NAMED: Final = frozenset(("today", "tomorrow"))
_NEXT_WEEK: Final = frozenset(word for word, key in DAY_WORDS.items() if key == "next_week")


@tried
def weeks_from(phrase: Phrase) -> bool:
    """``a week on saturday``, ``two weeks from friday``, ``a week tomorrow``: that long after the day, which another
    rule then takes. ``in a week on saturday`` is no such thing: it says a day and checks its weekday."""
    number = phrase.number()
    if number is None or number[1]:
        return False
    fortnights = bool(phrase.take(FORTNIGHTS))
    unit = "" if fortnights else phrase.take(UNITS)
    if phrase.past or not (fortnights or (UNITS.get(unit) == "w" and len(unit) > 1 and unit.isascii())):
        return False
    said = phrase.take(KINDS["from"])
    key = DAY_WORDS.get(phrase.find(DAY_WORDS)[0])
    if not (key in _NAMED or (said and key in WEEKDAYS)):
        return False
    phrase.fill("weeks", number[0] * (2 if fortnights else 1))
    return True


def weeks_after(phrase: Phrase) -> bool:
    """``week`` or ``fortnight`` right behind a day, taken: ``saturday week`` is a week after the next Saturday."""
    if phrase.past:
        return False
    weeks = 1 if phrase.take(KINDS["a_week"]) else 2 if phrase.take(FORTNIGHTS) else 0
    if weeks:
        phrase.fill("weeks", weeks)
    return bool(weeks)


@tried
def end_of_week(phrase: Phrase) -> bool:
    """``end of the week``, ``by the end of next week``, ``تا آخر هفته``: the last day of it on which the company works.

    ``آخر هفته`` alone is the days off to who says it, so ``تا`` is asked for.
    """
    by = bool(phrase.take(KINDS["by"]))
    phrase.take(KINDS["of"])
    if phrase.past or not phrase.take(KINDS["end"]) or (phrase.persian and not by):
        return False
    phrase.take(KINDS["of"])
    following = bool(phrase.take(_NEXT_WEEK))
    if not following and not phrase.take(KINDS["this_week"]):
        return False
    phrase.fill("day", _last_working_day(phrase, int(following)))
    return True


def _last_working_day(phrase: Phrase, weeks: int) -> date:
    """The last working day of the run of weekdays with hours that today is in, or ``weeks`` later.

    On a day off it is unclear which week is meant; where everybody works every day there is no end of one.
    """
    calendar = phrase.settings.calendar
    week = working_week(calendar)
    if phrase.today.weekday() not in week or len(week) == len(WEEKDAYS):
        phrase.refuse("when_week_unclear")
    last = phrase.today
    while (last + timedelta(days=1)).weekday() in week:
        last += timedelta(days=1)
    last += timedelta(weeks=weeks)
    # a holiday there: the working day before it, unless that is over
    working = (last - timedelta(days=back) for back in range(len(WEEKDAYS)))
    return next((day for day in working if day >= phrase.today and is_working_day(day, calendar)), last)


def in_next_week(phrase: Phrase, weekday: int) -> date:
    """That day of the week after this one. Persian weeks start on Saturday; English ones on Monday, Sunday or
    Saturday, and where that makes a difference the phrase is refused.
    """
    if phrase.reading.day is not None:
        phrase.refuse()
    starts = (WEEKDAYS["sat"],) if phrase.persian else (WEEKDAYS["mon"], WEEKDAYS["sun"], WEEKDAYS["sat"])
    days = {
        phrase.today + timedelta(days=7 - (phrase.today.weekday() - start) % 7 + (weekday - start) % 7)
        for start in starts
    }
    if len(days) > 1:
        phrase.refuse("when_week_unclear")
    return days.pop()
