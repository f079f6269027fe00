"""The rules of free phrases for how long from now, or how long ago: ``in 3 days``, ``1h 30m``, ``سه ماه و دو روز``."""

from __future__ import annotations

from datetime import date
from typing import Final

from tuicrm.domain.calendars import add_months
from tuicrm.domain.when_forms import later
from tuicrm.domain.when_lexicon import FORTNIGHTS, KINDS, SPANS
from tuicrm.domain.when_reader import Phrase, tried
from tuicrm.domain.when_words import UNITS

_ORDER: Final = ("y", "mo", "w", "d", "h", "m")
"""Units as they follow one another in one amount, the longest first; working days stand alone."""
_CALENDAR_FREE: Final = {"jy": "y", "jmo": "mo"}
_HALVES: Final = {
    "y": (6, "mo"), "jy": (6, "jmo"), "mo": (15, "d"), "jmo": (15, "d"), "h": (30, "m")
}  # fmt: skip
"""What half of a unit is; half a week or half a day is a different day to different people."""

Amount = tuple[int, str]
"""How many, and of what: a value of ``UNITS``."""


@tried
def amount(phrase: Phrase) -> bool:
    """``in 3 days``, ``2d``, ``1h 30m``, ``1 year 6 months``, ``دو هفته دیگر``, ``سه ماه و دو روز``, ``3 days ago``."""
    if phrase.find(KINDS["some_day"])[1]:
        # "Another day", not "in a day".
        phrase.refuse()
    announced = bool(phrase.take(KINDS["in"]))
    found = _amounts(phrase)
    if not found:
        return False
    ago = _direction(phrase, announced)
    minutes = [number * (60 if unit == "h" else 1) for number, unit in found if unit in ("h", "m")]
    longer = [one for one in found if one[1] not in ("h", "m")]
    day = phrase.today
    for number, unit in longer:
        day = _before(phrase, day, number, unit) if ago else _after(phrase, day, number, unit)
    if minutes:
        phrase.fill("span", sum(minutes))
        phrase.reading.since = day if longer else None
    else:
        phrase.fill("day", day)
    return True


def _amounts(phrase: Phrase) -> list[Amount]:
    """The amounts that stand here one behind the other, the longest unit first, each once; empty: none."""
    found: list[Amount] = []
    while True:
        start = phrase.at
        if found:
            phrase.take(KINDS["and"])
            half = _HALVES.get(found[-1][1]) if phrase.take(KINDS["half"]) else None
            if half is not None:
                return [*found, half]
        more = _amount(phrase)
        if not more or (found and not _shorter(more[0][1], found[-1][1])):
            phrase.at = start
            return found
        found += more


def _amount(phrase: Phrase) -> list[Amount]:
    """One number with its unit, the half behind it too: ``2 weeks``, ``یک و نیم ساعت``, ``a fortnight``."""
    said = phrase.take(SPANS)
    if said:
        return [(SPANS[said], "m")]
    with_half = _and_a_half(phrase)
    if with_half:
        return with_half
    number, unit = _counted(phrase)
    return [(number, unit)] if number is not None and unit is not None else []


def _plain(unit: str) -> str:
    return _CALENDAR_FREE.get(unit, unit)


def _shorter(unit: str, than: str) -> bool:
    """Whether ``unit`` may follow ``than`` in one amount; months and years of two calendars do not add up."""
    order = [_ORDER.index(_plain(one)) if _plain(one) in _ORDER else -1 for one in (than, unit)]
    mixed = "y" in _plain(than) and _plain(unit) == "mo" and than.startswith("j") != unit.startswith("j")
    return -1 < order[0] < order[1] and not mixed


def _and_a_half(phrase: Phrase) -> list[Amount]:
    """``یک و نیم ساعت``: the number, and half of its unit; empty and back when it is something else."""
    start = phrase.at
    number = phrase.number()
    if number is not None and not number[1] and phrase.take(KINDS["and"]) and phrase.take(KINDS["half"]):
        unit = UNITS.get(phrase.take(UNITS), "")
        if unit in _HALVES:
            return [(number[0], unit), _HALVES[unit]]
    phrase.at = start
    return []


def _counted(phrase: Phrase) -> tuple[int | None, str | None]:
    """A number and its unit, where both stand here. Short units go with digits only: ``a m`` is no minute."""
    in_digits = phrase.peek().isdigit()
    number = phrase.number()
    if number is not None and not number[1] and phrase.take(FORTNIGHTS):
        return 2 * number[0], "w"
    unit = phrase.take(UNITS)
    short = len(unit) <= (2 if unit.isascii() else 1)
    if number is None or number[1] or not unit or (short and not in_digits):
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


def _after(phrase: Phrase, day: date, number: int, unit: str) -> date:
    return later(day, number, unit, phrase.settings, phrase.text)


def _before(phrase: Phrase, day: date, number: int, unit: str) -> date:
    if unit == "wd" or number > _MOST_BACK:
        phrase.refuse()
    if unit in ("d", "w"):
        return date.fromordinal(day.toordinal() - number * (7 if unit == "w" else 1))
    months = -number * (12 if _plain(unit) == "y" else 1)
    return add_months(day, months, "jalali" if unit.startswith("j") else "gregorian")


_MOST_BACK: Final = 1200
"""More of any unit is no day that anybody looks back to, and leads out of the calendar."""
