"""Rules that repeat as people type them: ``every 90 days``, ``last friday of the month``, ``هر سال ۱ فروردین``.

Read word by word as ``when_phrases`` does: each rule below fills a place of ``Said``; a place filled twice, or a word
that no rule takes, refuses the whole. Months and years are Jalali when written in Persian or with a Jalali month.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Final, NoReturn

from tuicrm.domain.calendars import Calendar
from tuicrm.domain.record import replace
from tuicrm.domain.recurrence import Rule, in_month, on_day
from tuicrm.domain.recurrence import parse as parse_rule
from tuicrm.domain.recurrence_lexicon import (
    A_DAY,
    AFTER,
    ALL_UNITS,
    ALTERNATE,
    AND,
    CALENDARS,
    EVERY,
    FILLERS,
    LAST,
    LAST_DAY,
    MORE_UNITS,
    NAMED,
    NEVER,
    ONCE,
    OTHER,
    TIMES,
    WEEKDAY_WORDS,
    WORKING,
)
from tuicrm.domain.when import parse_when
from tuicrm.domain.when_base import YEARS_MOST, WhenRefused, WhenSettings
from tuicrm.domain.when_lexicon import NTH
from tuicrm.domain.when_reader import Phrase
from tuicrm.domain.when_words import MONTH_WORDS, UNITS, WEEKDAYS, numbered_weekday
from tuicrm.domain.worktime import working_week

_COUNT_MOST: Final = 999
_UNTIL: Final = re.compile(r"(.*?\S)[\s,،]+(?:until|till|تا)\s+(\S.*)", re.IGNORECASE | re.DOTALL)
_FREQUENCY: Final = {
    "d": "DAILY",
    "w": "WEEKLY",
    "mo": "MONTHLY",
    "jmo": "MONTHLY",
    "y": "YEARLY",
    "jy": "YEARLY",
}
_A_YEAR: Final = {"DAILY": 366, "WEEKLY": 53, "MONTHLY": 12, "YEARLY": 1}


@dataclass
class Said:
    """What has been understood so far. ``weekdays``: (ordinal or 0, Monday 0). ``unclear``: ``every second tuesday``,
    which is every two weeks to some and the second one of a month to others."""

    interval: int | None = None
    unit: str | None = None
    calendar: Calendar | None = None
    month: str | None = None
    working: bool = False
    unclear: bool = False
    after: bool = False
    count: int | None = None
    days: list[int] = field(default_factory=list)
    weekdays: list[tuple[int, int]] = field(default_factory=list)


class _Text(Phrase):
    """The words of a rule, and what came of them."""

    def __init__(self, text: str, now: datetime, settings: WhenSettings) -> None:
        super().__init__(text, now, settings, past=False)
        self.said = Said()

    def put(self, place: str, value: object) -> None:
        """Puts ``value`` in a place; refuses when something else is there."""
        if getattr(self.said, place) not in (None, False, value):
            self.refuse()
        setattr(self.said, place, value)

    def refuse(self, code: str = "recurrence_unknown") -> NoReturn:
        raise WhenRefused(code, text=self.text)


def parse(text: str, now: datetime, settings: WhenSettings) -> Rule | None:
    """The rule that a phrase names; None for once (``""``, ``-``, ``never``). A rule of RFC 5545 is read too.

    Its days are those that were said; ``recurrence.anchored`` takes the rest from the first date. Raises
    ``WhenRefused`` (``recurrence_...``, or as a date is refused) for what is not understood wholly.
    """
    if "".join(text.lower().split()).replace("\u200c", "") in NEVER:
        return None
    if "=" in text:
        found = parse_rule(text, settings.zone)
        if found is None:
            raise WhenRefused("recurrence_unknown", text=text)
        return found
    ends, said = None, text
    if split := _UNTIL.fullmatch(text.strip()):
        said = split[1]
        ends = datetime.combine(parse_when(split[2], now, settings).on, time(23, 59, 59))
    return replace(_read(said, now, settings), until=ends)


def _read(text: str, now: datetime, settings: WhenSettings) -> Rule:
    phrase = _Text(text, now, settings)
    if not phrase.tokens:
        phrase.refuse()
    while not phrase.done():
        if not any(rule(phrase) for rule in _RULES):
            phrase.refuse()
    rule = replace(_rule(phrase), count=phrase.said.count, after_done=phrase.said.after)
    if rule.after_done and not rule.plain:
        phrase.refuse("recurrence_after")
    if rule.interval > YEARS_MOST * _A_YEAR[rule.frequency]:
        raise WhenRefused("recurrence_far", text=text, years=YEARS_MOST)
    return rule


# --- rules: each takes what it knows from the place on, or leaves the place as it is ------------------------


def _named(phrase: _Text) -> bool:
    """``monthly``, ``هفتگی``."""
    word = phrase.take(NAMED)
    if word:
        _unit(phrase, *NAMED[word])
    return bool(word)


def _unit(phrase: _Text, interval: int | None, unit: str) -> None:
    """The unit, said once or twice (``monthly ... of the month``); an interval only once."""
    if unit in ("h", "m"):
        phrase.refuse("recurrence_often")
    held = phrase.said.unit
    if unit not in _FREQUENCY or (held is not None and _FREQUENCY[held] != _FREQUENCY[unit]):
        phrase.refuse()
    phrase.said.unit = held or unit
    if interval is not None:
        phrase.put("interval", interval)


def _working(phrase: _Text) -> bool:
    if phrase.take(WORKING):
        phrase.put("working", True)
        return True
    return False


def _alternate(phrase: _Text) -> bool:
    """``روزهای زوج``: Saturday, Monday and Wednesday; ``روزهای فرد``: Sunday, Tuesday and Thursday."""
    word = phrase.take(ALTERNATE)
    if word:
        phrase.said.weekdays += [(0, day) for day in ALTERNATE[word]]
    return bool(word)


def _after(phrase: _Text) -> bool:
    if phrase.take(AFTER):
        phrase.put("after", True)
        return True
    return False


def _calendar(phrase: _Text) -> bool:
    word = phrase.take(CALENDARS)
    if word:
        phrase.put("calendar", CALENDARS[word])
    return bool(word)


def _last_day(phrase: _Text) -> bool:
    """``end of month``, ``last day of every month``, ``آخر ماه``."""
    for most in (5, 4, 3, 2):
        # by itself: such an end has more words than are looked up elsewhere
        if "".join(phrase.tokens[phrase.at : phrase.at + most]) in LAST_DAY:
            phrase.at += most
            phrase.said.days.append(-1)
            return True
    return False


def _weekday(phrase: _Text) -> bool:
    """``monday``, ``2nd tuesday``, ``1st and 3rd monday``, ``last friday``, ``دومین سه‌شنبه``, ``جمعهٔ آخر``."""
    start = phrase.at
    ordinals: list[int] = []
    while (number := _ordinal(phrase)) is not None:
        ordinals.append(number)
        phrase.take(AND)
    day = _day_name(phrase)
    if day and not ordinals and phrase.persian and (number := _ordinal(phrase)) is not None:
        ordinals.append(number)
    if not day or any(not -1 <= number <= 5 for number in ordinals):
        phrase.at = start
        return False
    if start and phrase.tokens[start - 1] in EVERY and set(ordinals) & {2, 3, 4, 5}:
        phrase.said.unclear = True
    phrase.said.weekdays += [(number, WEEKDAYS[day]) for number in ordinals or (0,)]
    return True


def _ordinal(phrase: _Text) -> int | None:
    """An ordinal, taken; None and back for anything else. A number alone is none: ``2 شنبه`` is Monday."""
    if phrase.take(LAST):
        return -1
    word = phrase.take(NTH)
    if word:
        return NTH[word]
    start = phrase.at
    found = phrase.number()
    if found is not None and found[1]:
        return found[0]
    phrase.at = start
    return None


def _day_name(phrase: _Text) -> str:
    numbered = numbered_weekday(phrase.peek() + phrase.peek(1))
    if numbered:
        phrase.at += 2
        return numbered
    word = phrase.take(WEEKDAY_WORDS)
    return WEEKDAY_WORDS[word] if word else ""


def _once(phrase: _Text) -> bool:
    """``once a month``, ``سه ماه یک بار``: no number of times."""
    return bool(phrase.take(ONCE))


def _times(phrase: _Text) -> bool:
    """``10 times``, ``۱۰ بار``."""
    start = phrase.at
    found = phrase.number()
    if found is None or found[1] or not phrase.take(TIMES):
        phrase.at = start
        return False
    if not 1 <= found[0] <= _COUNT_MOST:
        phrase.refuse()
    phrase.put("count", found[0])
    return True


def _of_month(phrase: _Text) -> bool:
    """``1 farvardin``, ``march 15``, ``25 of december``; behind a weekday the month alone: ``... of november``."""
    start = phrase.at
    month = phrase.take(MONTH_WORDS)
    found = phrase.number()
    if not month:
        phrase.take(("of",))
        month = phrase.take(MONTH_WORDS)
    named = bool(phrase.said.weekdays) or bool(phrase.said.days)
    if not month or (found is None and not named):
        phrase.at = start
        return False
    phrase.put("month", month)
    if found is not None:
        phrase.said.days.append(found[0])
    return True


def _amount(phrase: _Text) -> bool:
    """``90 days``, ``2 weeks``, ``other week``, ``month``, ``3rd month``, ``یک روز در میان``."""
    start = phrase.at
    in_digits = phrase.peek().isdigit()
    number = 2 if phrase.take(OTHER) else None
    if number is None and (found := phrase.number()) is not None:
        number = found[0]
    unit = phrase.take(ALL_UNITS)
    if not unit or (unit.isascii() and len(unit) <= 2 and not in_digits):
        phrase.at = start
        return False
    if number == 0:
        phrase.refuse()
    if phrase.take(("درمیان",)):
        number = 2 * (number or 1)
    times, which = MORE_UNITS.get(unit, (1, UNITS.get(unit, "")))
    _unit(phrase, times * (number or 1) if number or times > 1 else None, which)
    return True


def _month_day(phrase: _Text) -> bool:
    """``5th``, ``the 1st and 15th``, ``day 5``, ``monthly on 5``, ``روز پنجم``."""
    start = phrase.at
    before = phrase.tokens[start - 1] if start else ""
    if phrase.peek() in A_DAY and before not in EVERY:
        before = phrase.peek()
        phrase.at += 1
    found = phrase.number()
    plain = before in A_DAY | AND | {"on"} or phrase.said.unit in ("mo", "jmo")
    # in Persian "the fifth of the month" has no word between
    counts = bool(phrase.find(ALL_UNITS)[1]) and not (found and found[1] and phrase.persian)
    if found is None or counts or not (found[1] or plain):
        phrase.at = start
        return False
    if not 1 <= found[0] <= 31:
        phrase.refuse("recurrence_no_day")
    phrase.said.days.append(found[0])
    return True


def _filler(phrase: _Text) -> bool:
    return bool(phrase.take(FILLERS))


_RULES: Final = (
    _after, _named, _working, _alternate, _last_day, _weekday, _once, _times, _of_month,
    _month_day, _amount, _calendar, _filler,
)  # fmt: skip


# --- putting it together ------------------------------------------------------------------------------------


def _rule(phrase: _Text) -> Rule:
    said = phrase.said
    frequency = _FREQUENCY.get(said.unit or "")
    start = Rule(
        frequency or "WEEKLY",
        said.interval or 1,
        week_start=WEEKDAYS["sat"] if phrase.persian else WEEKDAYS["mon"],
        calendar=_which_calendar(phrase),
    )
    if said.working:
        return _weekly(phrase, start, sorted((0, day) for day in working_week(phrase.settings.calendar)))
    if said.weekdays:
        return _on_weekdays(phrase, start, frequency)
    if said.month is not None:
        return _in_month(phrase, start, frequency)
    if said.days:
        return _on_days(phrase, start, frequency)
    if frequency is None:
        phrase.refuse()
    return replace(start, week_start=0) if frequency != "WEEKLY" else start


def _which_calendar(phrase: _Text) -> Calendar:
    said = phrase.said
    if said.calendar is not None:
        return said.calendar
    if said.month is not None:
        return MONTH_WORDS[said.month][0]
    if said.unit in ("jmo", "jy"):
        return "jalali"
    return "gregorian" if said.unit in ("d", "w", "mo", "y") else phrase.calendar


def _weekly(phrase: _Text, start: Rule, days: list[tuple[int, int]]) -> Rule:
    said = phrase.said
    mixed = said.working and said.weekdays
    if said.days or said.month is not None or said.unit not in (None, "w") or mixed:
        phrase.refuse()
    return replace(start, days=tuple(dict.fromkeys(days)), calendar="gregorian")


def _on_weekdays(phrase: _Text, start: Rule, frequency: str | None) -> Rule:
    """Every one of them; with ordinals those of a month, or of a year."""
    said = phrase.said
    if not any(ordinal for ordinal, _ in said.weekdays):
        return _weekly(phrase, start, said.weekdays)
    if said.days or not all(ordinal for ordinal, _ in said.weekdays) or frequency in ("DAILY", "WEEKLY"):
        phrase.refuse()
    if said.unclear and frequency is None and said.month is None:
        phrase.refuse("recurrence_unclear")
    days = tuple(dict.fromkeys(said.weekdays))
    rule = replace(start, frequency=frequency or "MONTHLY", days=days, week_start=0)
    if said.month is None:
        return rule
    return replace(rule, frequency="YEARLY", months=(MONTH_WORDS[said.month][1],))


def _in_month(phrase: _Text, start: Rule, frequency: str | None) -> Rule:
    said, rule = phrase.said, replace(start, frequency="YEARLY", week_start=0)
    if frequency not in (None, "YEARLY") or len(said.days) != 1 or said.month is None:
        phrase.refuse()
    month = MONTH_WORDS[said.month][1]
    if rule.calendar != MONTH_WORDS[said.month][0]:
        phrase.refuse()
    if said.days == [-1]:
        return replace(rule, months=(month,), month_days=(-1,))
    try:
        return in_month(rule, month, said.days[0])
    except ValueError:
        phrase.refuse("recurrence_no_day")


def _on_days(phrase: _Text, start: Rule, frequency: str | None) -> Rule:
    days, rule = sorted(set(phrase.said.days)), replace(start, frequency="MONTHLY", week_start=0)
    if frequency not in (None, "MONTHLY") or (len(days) > 1 and days[-1] > 28):
        # the 30th beside another day would be missing in February
        phrase.refuse()
    return on_day(rule, days[0]) if len(days) == 1 and days[0] > 0 else replace(rule, month_days=tuple(days))
