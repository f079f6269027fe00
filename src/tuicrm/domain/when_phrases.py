"""Free phrases for a day and a time, English or Persian: ``next friday``, ``۱۵ آذر ساعت ۱۰``, ``in 3 days at 9:30``.

A phrase is read from left to right by small rules, each of which fills one place of a ``Reading`` (the day, the
weekday, the clock time, the part of the day, the span in minutes). A place filled twice, or a word that no rule
takes, refuses the whole: there is no partial reading.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from tuicrm.domain.calendars import gregorian_iso
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
    after_minutes,
    date_form,
    is_yearless,
    later,
    not_just_over,
)
from tuicrm.domain.when_lexicon import KINDS, PARTS, PAST_DAYS, PAST_NIGHTS
from tuicrm.domain.when_months import day_of_month, in_month, middle_of_month, weekday_of_month
from tuicrm.domain.when_reader import Phrase, Reading, tried
from tuicrm.domain.when_spans import amount
from tuicrm.domain.when_times import clock, part, spoken_clock
from tuicrm.domain.when_weeks import end_of_week, in_next_week, weeks_after, weeks_from
from tuicrm.domain.when_words import DAY_WORDS, MONTH_WORDS, UNITS, WEEKDAYS


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
        day = in_month(phrase, *found, past=phrase.past)
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


@tried
def _day(phrase: Phrase) -> bool:
    """``tomorrow``, ``friday``, ``next friday``, ``شنبه بعد``, ``this evening``, ``next week``, ``yesterday``.

    Looking back also ``last friday``, ``جمعهٔ گذشته``.
    """
    word = phrase.take(PAST_DAYS)
    if word:
        phrase.fill("day", phrase.today - timedelta(days=PAST_DAYS[word]))
        return True
    word = phrase.take(PAST_NIGHTS)
    if word:
        phrase.fill("day", phrase.today - timedelta(days=PAST_NIGHTS[word]))
        phrase.fill("part", "night")
        return True
    this = following = False
    if phrase.past:
        phrase.take(KINDS["last"])
    if not phrase.find(DAY_WORDS)[1]:
        this, following = bool(phrase.take(KINDS["this"])), bool(phrase.take(KINDS["next"]))
    key = phrase.weekday() or DAY_WORDS.get(phrase.take(DAY_WORDS), "")
    if key in WEEKDAYS:
        phrase.fill("weekday", WEEKDAYS[key])
        phrase.reading.this = this or None
        if not (following or this) and weeks_after(phrase):
            return True
        if not phrase.find(PARTS)[1]:
            phrase.take(KINDS["over" if phrase.past else "following"])
        return True
    return bool(key) and not following and _other_day(phrase, key, this)


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
        phrase.fill("day", later(phrase.today, 1, unit, phrase.settings, phrase.text))
    else:
        days = {"today": 0, "tomorrow": 1, "day_after": 2}[key]
        phrase.fill("day", phrase.today + timedelta(days=days))
        weeks_after(phrase)
    return True


_RULES: Final = (
    spoken_clock,
    weeks_from,
    amount,
    weekday_of_month,
    _date,
    middle_of_month,
    end_of_week,
    day_of_month,
    _day,
    clock,
    part,
    _filler,
)


# --- putting it together ------------------------------------------------------------------------------------


def _due(phrase: Phrase) -> Due:
    reading = phrase.reading
    if reading.span is not None:
        if reading != Reading(span=reading.span, since=reading.since):
            phrase.refuse()
        return _after_span(phrase, reading.span, reading.since or phrase.today)
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


def _after_span(phrase: Phrase, minutes: int, since: date) -> Due:
    """So many minutes after, or with ``past`` before, the time that it is now, on the day ``since``."""
    # Left alone where it is today: in the hour that clocks show twice only the instant tells which it is.
    local = local_now(phrase.now, phrase.settings)
    now = phrase.now if since == phrase.today else datetime.combine(since, local.time(), tzinfo=local.tzinfo)
    if not phrase.past:
        # a short unit may be a slip for months; in words, minutes are meant
        short = any(len(token) == 1 and UNITS.get(token) == "m" for token in phrase.tokens)
        least = MINUTES_LEAST if short else 1
        least = least if since == phrase.today else 1
        return after_minutes(minutes, now, phrase.settings, phrase.text, least=least, up=True)
    local = local_now(now.astimezone(UTC) - timedelta(minutes=minutes), phrase.settings)
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
        day = phrase.today + timedelta(days=7) if reading.next_week else reading.day
        return day + timedelta(weeks=reading.weeks or 0) if day is not None else None
    if reading.next_week:
        return in_next_week(phrase, reading.weekday)
    if reading.day is not None:
        if reading.day.weekday() != reading.weekday:
            raise WhenRefused("when_weekday_differs", text=phrase.text, on=reading.day)
        return reading.day
    if (reading.this or reading.weeks) and phrase.today.weekday() == reading.weekday:
        # a week from today, or from the next such day
        phrase.refuse()
    day = next_weekday(phrase.today, reading.weekday) + timedelta(weeks=reading.weeks or 0)
    return day - timedelta(days=7 if day - phrase.today < timedelta(days=7) else 14) if phrase.past else day
