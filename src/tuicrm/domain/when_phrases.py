"""Free phrases for a day and a time, English or Persian: ``next friday``, ``۱۵ آذر ساعت ۱۰``, ``in 3 days at 9:30``.

A phrase is read from left to right by small rules, each of which fills one place of a ``Reading`` (the day, the
weekday, the clock time, the part of the day, the span in minutes). A place filled twice, or a word that no rule
takes, refuses the whole: there is no partial reading.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final

from tuicrm.domain.calendars import add_months, gregorian_iso, month_start, to_jalali
from tuicrm.domain.models import Due
from tuicrm.domain.when_base import (
    PART_TIMES,
    WhenRefused,
    WhenSettings,
    checked,
    in_part,
    local_now,
    next_weekday,
)
from tuicrm.domain.when_forms import (
    MINUTES_LEAST,
    after,
    after_minutes,
    date_form,
    is_yearless,
    named_day,
    not_just_over,
    yearless,
)
from tuicrm.domain.when_lexicon import KINDS, PARTS, PAST_DAYS, SPANS
from tuicrm.domain.when_reader import Phrase, Reading, tried
from tuicrm.domain.when_times import clock, part, spoken_clock
from tuicrm.domain.when_words import DAY_WORDS, MONTH_WORDS, UNITS, WEEKDAYS, numbered_weekday


def parse(text: str, now: datetime, settings: WhenSettings, *, past: bool) -> Due:
    """The whole phrase as a promise, or (``past``) as the day that it speaks of. ``WhenRefused`` otherwise."""
    iso = _iso(text, settings)
    if iso is not None:
        return iso if past else checked(iso, now, settings, text)
    phrase = Phrase(text, now, settings, past=past)
    if not phrase.tokens:
        phrase.refuse("when_empty" if not text.strip() else "when_unknown")
    while not phrase.done():
        if not any(rule(phrase) for rule in _RULES):
            phrase.refuse()
    return _due(phrase)


def _iso(text: str, settings: WhenSettings) -> Due | None:
    """``2026-12-01T14:00``, ``1405-09-10T14:00``, with or without an offset, on the agent's clock; None: is none."""
    stamp = text.strip()
    if len(stamp) < 16 or stamp[10] not in "Tt":
        return None
    try:
        moment = datetime.fromisoformat(gregorian_iso(stamp))
        local = moment.astimezone(settings.zone) if moment.tzinfo else moment
    except (ValueError, OverflowError):
        return None
    return Due(local.date(), local.time().replace(second=0, microsecond=0))


# --- rules: each takes what it knows from the place on, or leaves the place as it is ------------------------


def _filler(phrase: Phrase) -> bool:
    return phrase.find(DAY_WORDS)[1] == 0 and bool(phrase.take(KINDS["filler"]))


@tried
def _amount(phrase: Phrase) -> bool:
    """``in 3 days``, ``2d``, ``an hour``, ``1h 30m``, ``دو هفته دیگر``, ``نیم ساعت دیگه``, ``3 days ago``."""
    if phrase.find(KINDS["some_day"])[1]:
        # "Another day", not "in a day".
        phrase.refuse()
    announced = bool(phrase.take(KINDS["in"]))
    minutes = _span(phrase)
    if minutes is not None:
        _direction(phrase, announced)
        phrase.fill("span", minutes)
        return True
    number, unit = _counted(phrase)
    if number is None or unit is None:
        return False
    ago = _direction(phrase, announced)
    phrase.fill("day", _days_before(phrase, number, unit) if ago else _days_after(phrase, number, unit))
    return True


def _span(phrase: Phrase) -> int | None:
    """Hours and minutes from here, in minutes: ``1h 30m``, ``یک ساعت و نیم``; None and back when there are none."""
    total: int | None = None
    while True:
        start = phrase.at
        if total is not None:
            phrase.take(KINDS["and"])
            if phrase.take(KINDS["half"]):
                return total + 30
        said = phrase.take(SPANS)
        number, unit = (SPANS[said], "m") if said else _half_hours(phrase) or _counted(phrase)
        if number is None or unit not in ("h", "m"):
            phrase.at = start
            return total
        total = (total or 0) + number * (60 if unit == "h" else 1)


def _half_hours(phrase: Phrase) -> tuple[int, str] | None:
    """``یک و نیم ساعت`` in minutes; None and back when it is something else."""
    start = phrase.at
    number = phrase.number()
    half = number is not None and not number[1] and phrase.take(KINDS["and"]) and phrase.take(KINDS["half"])
    if number is not None and half and UNITS.get(phrase.take(UNITS)) == "h":
        return number[0] * 60 + 30, "m"
    phrase.at = start
    return None


def _counted(phrase: Phrase) -> tuple[int | None, str | None]:
    """A number and its unit, where both stand here. Short units go with digits only: ``a m`` is no minute."""
    in_digits = phrase.peek().isdigit()
    number = phrase.number()
    unit = phrase.take(UNITS)
    if number is None or number[1] or not unit or (unit.isascii() and len(unit) <= 2 and not in_digits):
        return None, None
    return number[0], UNITS[unit]


def _direction(phrase: Phrase, announced: bool) -> bool:
    """Takes ``later`` or ``ago``; True for ago. What looks the other way than asked for is refused."""
    ago = not announced and bool(phrase.take(KINDS["ago"]))
    if not ago:
        phrase.take(KINDS["later"])
    if ago != phrase.past:
        phrase.refuse("when_ago" if ago else "when_not_yet")
    return ago


def _days_after(phrase: Phrase, number: int, unit: str) -> date:
    return after(number, unit, phrase.now, phrase.settings, phrase.text).on


def _days_before(phrase: Phrase, number: int, unit: str) -> date:
    days = {"d": 1, "w": 7}.get(unit)
    if days is None:
        phrase.refuse()
    return phrase.today - timedelta(days=days * number)


@tried
def _date(phrase: Phrase) -> bool:
    """``2026-12-01``, ``1405/9/15``, ``1 dec``, ``dec 1st, 2026``, ``۱۵ آذر ماه ۱۴۰۵``."""
    token = phrase.peek()
    if not token.isdigit() and token[:1].isdigit():
        day = date_form(token, phrase.now, phrase.settings, persian=phrase.persian, past=phrase.past)
        if day is None:
            return False
        phrase.at += 1
        phrase.reading.yearless = phrase.calendar if is_yearless(token) else None
    else:
        found = _month_day(phrase)
        if found is None:
            return False
        day = _in_month(phrase, *found, past=phrase.past)
    phrase.fill("day", day)
    return True


def _month_day(phrase: Phrase) -> tuple[str, int] | None:
    """(month word, number of the day), whichever is first."""
    month = phrase.take(MONTH_WORDS)
    number = phrase.number()
    if not month:
        phrase.take(KINDS["of"])
        month = phrase.take(MONTH_WORDS)
    return (month, number[0]) if month and number is not None else None


def _in_month(phrase: Phrase, month: str, number: int, *, past: bool) -> date:
    calendar, which = MONTH_WORDS[month]
    phrase.take(KINDS["month"])
    phrase.take(KINDS["year"])
    year = phrase.peek()
    if len(year) == 4 and year.isdigit():
        phrase.at += 1
        return named_day(int(year), which, number, calendar, phrase.text)
    if len(year) == 2 and year.startswith("0") and year.isdigit():
        # "12 Azar 05" is a year to most, an hour to some
        phrase.refuse("when_year_short")
    phrase.reading.yearless = None if past else calendar
    return yearless(which, number, calendar, phrase.today, phrase.text, past=past)


@tried
def _day_of_month(phrase: Phrase) -> bool:
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
    months = 0 if phrase.take(KINDS["this_month"]) else 1 if phrase.take(KINDS["next_month"]) else None
    named = months is not None or bool(phrase.take(KINDS["month"]))
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
    first = _in_month(phrase, month, 1, past=phrase.past or last)
    if not last:
        return first
    calendar = MONTH_WORDS[month][0]
    if len(phrase.peek(-1)) == 4 and phrase.peek(-1).isdigit():
        return month_start(first, 1, calendar) - timedelta(days=1)
    around = [add_months(first, months, calendar) for months in (-12, 0, 12)]
    days = [month_start(day, 1, calendar) - timedelta(days=1) for day in around]
    if phrase.past:
        return max(day for day in days if day <= phrase.today)
    return min(day for day in days if day >= phrase.today)


def _month_end(phrase: Phrase, months: int) -> date:
    return month_start(phrase.today, months + 1, phrase.calendar) - timedelta(days=1)


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
def _day(phrase: Phrase) -> bool:
    """``tomorrow``, ``friday``, ``next friday``, ``شنبه بعد``, ``this evening``, ``next week``, ``yesterday``.

    Looking back also ``last friday``, ``جمعهٔ گذشته``.
    """
    word = phrase.take(PAST_DAYS)
    if word:
        phrase.fill("day", phrase.today - timedelta(days=PAST_DAYS[word]))
        return True
    this = following = False
    if phrase.past:
        phrase.take(KINDS["last"])
    if not phrase.find(DAY_WORDS)[1]:
        this, following = bool(phrase.take(KINDS["this"])), bool(phrase.take(KINDS["next"]))
    key = _numbered_weekday(phrase) or DAY_WORDS.get(phrase.take(DAY_WORDS), "")
    if key in WEEKDAYS:
        phrase.fill("weekday", WEEKDAYS[key])
        phrase.reading.this = this or None
        if not phrase.find(PARTS)[1]:
            phrase.take(KINDS["over" if phrase.past else "following"])
        return True
    return bool(key) and not following and _other_day(phrase, key, this)


def _numbered_weekday(phrase: Phrase) -> str:
    """``۵شنبه``, ``2 شنبه``: the key of the weekday, taken; ``""`` when it is none."""
    day = numbered_weekday(phrase.peek() + phrase.peek(1))
    phrase.at += 2 if day else 0
    return day


def _other_day(phrase: Phrase, key: str, this: bool) -> bool:
    """Day words that are no weekdays."""
    if key in PART_TIMES or key == "tonight":
        phrase.fill("part", "night" if key == "tonight" else key)
        if this or key == "tonight":
            phrase.fill("day", phrase.today)
    elif this and key != "today":
        return False
    elif key == "next_week":
        phrase.fill("next_week", True)
    elif key in ("next_month", "next_jalali_month"):
        unit = "mo" if key == "next_month" else "jmo"
        phrase.fill("day", _days_after(phrase, 1, unit))
    else:
        days = {"today": 0, "tomorrow": 1, "day_after": 2}[key]
        phrase.fill("day", phrase.today + timedelta(days=days))
    return True


_RULES: Final = (spoken_clock, _amount, _date, _day_of_month, _day, clock, part, _filler)


# --- putting it together ------------------------------------------------------------------------------------


def _due(phrase: Phrase) -> Due:
    reading = phrase.reading
    if reading.span is not None:
        if reading != Reading(span=reading.span):
            phrase.refuse()
        return _after_span(phrase, reading.span)
    at = _time(phrase)
    day = _the_day(phrase)
    if day is None:
        if at is None:
            phrase.refuse()
        passed = at <= local_now(phrase.now, phrase.settings).time()
        day = phrase.today + timedelta(days=(0 if passed else -1) if phrase.past else int(passed))
    due = Due(day, at)
    if phrase.reading.yearless is not None and not phrase.past:
        not_just_over(day, phrase.reading.yearless, phrase.today, phrase.text)
    return due if phrase.past else checked(due, phrase.now, phrase.settings, phrase.text)


def _after_span(phrase: Phrase, minutes: int) -> Due:
    if not phrase.past:
        # a short unit may be a slip for months; in words, minutes are meant
        short = any(len(token) == 1 and UNITS.get(token) == "m" for token in phrase.tokens)
        least = MINUTES_LEAST if short else 1
        return after_minutes(minutes, phrase.now, phrase.settings, phrase.text, least=least, up=True)
    local = local_now(phrase.now - timedelta(minutes=minutes), phrase.settings)
    return Due(local.date(), local.time())


def _time(phrase: Phrase) -> time | None:
    clock, part = phrase.reading.clock, phrase.reading.part
    if part is None:
        return clock
    found = PART_TIMES.get(part) if clock is None else in_part(clock, part)
    if found is None:
        phrase.refuse("when_time_unclear")
    return found


def _the_day(phrase: Phrase) -> date | None:
    reading = phrase.reading
    if reading.weekday is None:
        if reading.next_week and reading.day is not None:
            phrase.refuse()
        return phrase.today + timedelta(days=7) if reading.next_week else reading.day
    if reading.next_week:
        return _in_next_week(phrase, reading.weekday)
    if reading.day is not None:
        if reading.day.weekday() != reading.weekday:
            raise WhenRefused("when_weekday_differs", text=phrase.text, on=reading.day)
        return reading.day
    if reading.this and phrase.today.weekday() == reading.weekday:
        phrase.refuse()
    day = next_weekday(phrase.today, reading.weekday)
    return day - timedelta(days=7 if day - phrase.today < timedelta(days=7) else 14) if phrase.past else day


def _in_next_week(phrase: Phrase, weekday: int) -> date:
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
