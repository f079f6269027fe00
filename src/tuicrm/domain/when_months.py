"""The rules of free phrases for days of a month: ``15th``, ``end of next month``, ``اولین شنبهٔ آذر``, ``mid december``.

Each leaves the place as it is where it does not fit (``tried``). A month without its year is the next that has the
day still to come; looking back, the last that had it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from tuicrm.domain.calendars import Calendar, add_months, make_date, month_start, parts, to_jalali
from tuicrm.domain.when_base import WhenRefused
from tuicrm.domain.when_forms import PASSED_LATELY, named_day, yearless
from tuicrm.domain.when_lexicon import KINDS, NTH
from tuicrm.domain.when_reader import Phrase, tried
from tuicrm.domain.when_words import DAY_WORDS, MONTH_WORDS, UNITS, WEEKDAYS
from tuicrm.domain.worktime import add_working_days, is_working_day

_DAY: Final = timedelta(days=1)
_MIDDLE: Final = 15
_LAST: Final = -1
_MOST_OF_A_MONTH: Final = 5
"""No weekday comes oftener in a month."""

DayOf = Callable[[date, Calendar], date | None]
"""From the first of a month and its calendar to the day in it that is meant; None: that month has none."""


def in_month(phrase: Phrase, month: str, number: int, *, past: bool) -> date:
    """The day ``number`` of a named month, with the year that may stand behind it."""
    calendar, which = MONTH_WORDS[month]
    year = _year(phrase)
    if year is not None:
        return named_day(year, which, number, calendar, phrase.text)
    phrase.reading.yearless = None if past else calendar
    return yearless(which, number, calendar, phrase.today, phrase.text, past=past)


def _year(phrase: Phrase) -> int | None:
    """The year behind a month's name, taken; refuses one of two digits that may be an hour."""
    phrase.take(KINDS["month"])
    phrase.take(KINDS["year"])
    year = phrase.peek()
    if len(year) == 4 and year.isdigit() and year[0] != "0":
        phrase.at += 1
        return int(year)
    if len(year) == 2 and year.startswith("0") and year.isdigit():
        # "12 Azar 05" is a year to most, an hour to some
        phrase.refuse("when_year_short")
    return None


def _relative(phrase: Phrase) -> tuple[bool, int | None]:
    """``this month`` is 0, ``next month`` 1, ``the month`` whichever is next (None); first whether one stood here."""
    months = 0 if phrase.take(KINDS["this_month"]) else 1 if phrase.take(KINDS["next_month"]) else None
    return months is not None or bool(phrase.take(KINDS["month"])), months


@tried
def day_of_month(phrase: Phrase) -> bool:
    """``15th``, ``the 15th of next month``, ``پانزدهم``, ``اول ماه``, ``آخر ماه``, ``start of the month``."""
    last = bool(phrase.take(KINDS["end"]))
    at_end = last or bool(phrase.take(KINDS["start"]))
    found = (1, True) if at_end else phrase.number()
    if found is None or not found[1]:
        return False
    number = found[0]
    phrase.take(KINDS["of"])
    if at_end and phrase.find(MONTH_WORDS)[1]:
        phrase.fill("day", _edge_of_named(phrase, last))
        return True
    if number == 1 and not last and phrase.persian and phrase.find(KINDS["week"])[1]:
        return _week_start(phrase)
    named, months = _relative(phrase)
    if not named and phrase.find(DAY_WORDS)[1]:
        # "2nd friday" may be a date with its weekday or the second Friday.
        return False
    if not named and number == 1:
        return False
    phrase.fill("day", _month_end(phrase, months or 0) if last else _nth(phrase, number, months))
    return True


def _week_start(phrase: Phrase) -> bool:
    """``اول هفته``, ``اول هفته بعد``: the next Saturday. In English a week starts on too many days."""
    phrase.take(KINDS["week"])
    phrase.take(KINDS["following"])
    phrase.fill("weekday", WEEKDAYS["sat"])
    return True


def _edge_of_named(phrase: Phrase, last: bool) -> date:
    """The next first or last day of a named month; with ``past`` the one before: ``آخر آذر``, ``end of december``."""
    month = phrase.take(MONTH_WORDS)
    # where its last day is meant, the first one may be over
    first = in_month(phrase, month, 1, past=phrase.past or last)
    if not last:
        return first
    calendar = MONTH_WORDS[month][0]
    if len(phrase.peek(-1)) == 4 and phrase.peek(-1).isdigit():
        return month_start(first, 1, calendar) - _DAY
    around = [add_months(first, months, calendar) for months in (-12, 0, 12)]
    days = [month_start(day, 1, calendar) - _DAY for day in around]
    if phrase.past:
        return max(day for day in days if day <= phrase.today)
    return min(day for day in days if day >= phrase.today)


def _month_end(phrase: Phrase, months: int) -> date:
    return month_start(phrase.today, months + 1, phrase.calendar) - _DAY


def _nth(phrase: Phrase, number: int, months: int | None) -> date:
    """The ``number``-th of the month ``months`` on; None: the next one, never today."""
    today = phrase.today.day if phrase.calendar == "gregorian" else to_jalali(phrase.today)[2]
    if months is None:
        behind = -1 if number >= today else 0
        months = behind if phrase.past else int(number <= today)
    start = month_start(phrase.today, months, phrase.calendar)
    day = start + timedelta(days=number - 1)
    if number < 1 or day >= month_start(start, 1, phrase.calendar):
        phrase.refuse("when_no_such_day")
    return day


@tried
def middle_of_month(phrase: Phrase) -> bool:
    """``mid december``, ``middle of next month``, ``وسط آذر``, ``نیمهٔ ماه``: the 15th, in either calendar."""
    if not phrase.take(KINDS["middle"]):
        return False
    phrase.take(KINDS["of"])
    month = phrase.take(MONTH_WORDS)
    if month:
        phrase.fill("day", in_month(phrase, month, _MIDDLE, past=phrase.past))
        return True
    named, months = _relative(phrase)
    if named:
        phrase.fill("day", _nth(phrase, _MIDDLE, months))
    return named


# --- the first Monday ---------------------------------------------------------------------------------------


@tried
def weekday_of_month(phrase: Phrase) -> bool:
    """``first monday of december``, ``last friday of the month``, ``اولین شنبهٔ آذر``, ``اولین روز کاری ماه بعد``.

    Without a month it is no date: ``2nd friday`` may be the 2nd, a Friday.
    """
    number = _which(phrase)
    day_of = _day_in(phrase, number) if number is not None else None
    if day_of is None:
        return False
    phrase.take(KINDS["of"]) or (phrase.take(KINDS["in"]) and phrase.take(KINDS["of"]))
    month = phrase.take(MONTH_WORDS)
    if month:
        phrase.fill("day", _in_named(phrase, month, day_of))
        return True
    named, months = _relative(phrase)
    if named:
        phrase.fill("day", _in_relative(phrase, months, day_of))
    return named


def _which(phrase: Phrase) -> int | None:
    """``first`` is 1, ``last`` -1, taken; None: no ordinal of days of a month."""
    if phrase.take(KINDS["last_of"]):
        return _LAST
    word = phrase.take(NTH)
    found = (NTH[word], True) if word else phrase.number()
    return found[0] if found is not None and found[1] and 1 <= found[0] <= _MOST_OF_A_MONTH else None


def _day_in(phrase: Phrase, number: int) -> DayOf | None:
    """The day of which there are several in a month: a weekday, or a working day; None: no such word here."""
    weekday = phrase.weekday()
    if weekday:
        return lambda start, calendar: _nth_weekday(start, calendar, number, WEEKDAYS[weekday])
    word, length = phrase.find(UNITS)
    if UNITS.get(word) != "wd":
        return None
    phrase.at += length
    return lambda start, calendar: _nth_working(phrase, start, calendar, number)


def _nth_weekday(start: date, calendar: Calendar, number: int, weekday: int) -> date | None:
    behind = month_start(start, 1, calendar)
    if number == _LAST:
        last = behind - _DAY
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    day = start + timedelta(days=(weekday - start.weekday()) % 7 + 7 * (number - 1))
    return day if day < behind else None


def _nth_working(phrase: Phrase, start: date, calendar: Calendar, number: int) -> date | None:
    days = phrase.settings.calendar
    behind = month_start(start, 1, calendar)
    if number != _LAST:
        day = add_working_days(start - _DAY, number, days)
        return day if day < behind else None
    month = (behind - timedelta(days=back) for back in range(1, (behind - start).days + 1))
    return next((day for day in month if is_working_day(day, days)), None)


def _in_named(phrase: Phrase, month: str, day_of: DayOf) -> date:
    """That day of the next such month; of the one that has just passed it is refused, as any other date."""
    calendar, which = MONTH_WORDS[month]
    year = _year(phrase)
    if year is not None:
        return _existing(phrase, day_of(named_day(year, which, 1, calendar, phrase.text), calendar))
    this = parts(phrase.today, calendar)[0]
    found = _existing(phrase, day_of(make_date(this, which, 1), calendar))
    if phrase.past:
        return found if found <= phrase.today else _of_year(phrase, this - 1, which, day_of, calendar)
    if found >= phrase.today:
        over = day_of(make_date(this - 1, which, 1), calendar)
        coming = found
    else:
        over, coming = found, _of_year(phrase, this + 1, which, day_of, calendar)
    if over is not None and phrase.today - over < PASSED_LATELY:
        raise WhenRefused("when_day_passed", text=phrase.text, on=over, next=coming)
    return coming


def _of_year(phrase: Phrase, year: int, which: int, day_of: DayOf, calendar: Calendar) -> date:
    return _existing(phrase, day_of(make_date(year, which, 1), calendar))


def _in_relative(phrase: Phrase, months: int | None, day_of: DayOf) -> date:
    """That day of this month or the next; of ``the month`` the next one that is, never today."""
    found = [day_of(month_start(phrase.today, on, phrase.calendar), phrase.calendar) for on in (-1, 0, 1)]
    if months is not None:
        return _existing(phrase, found[1 + months])
    before = [day for day in found if day is not None and day < phrase.today]
    behind = [day for day in found if day is not None and day > phrase.today]
    return _existing(phrase, before[-1] if phrase.past else behind[0] if behind else None)


def _existing(phrase: Phrase, day: date | None) -> date:
    if day is None:
        phrase.refuse("when_no_such_day")
    return day
