"""How often one keeps in touch with somebody: days as people write them, and what they come to. Pure."""

from __future__ import annotations

import re
from typing import Final

from tuicrm.domain.errors import FieldProblem, Invalid
from tuicrm.domain.fold import plain, with_ascii_digits
from tuicrm.domain.when_words import UNITS

LONGEST_DAYS: Final = 3650
_DAYS: Final = {"d": 1, "w": 7, "mo": 30, "jmo": 30, "y": 365, "jy": 365}
"""A month is 30 days and a year 365: it is a habit, not a date."""
_NAMED: Final = {
    "daily": 1,
    "weekly": 7,
    "fortnightly": 14,
    "monthly": 30,
    "quarterly": 90,
    "yearly": 365,
    "annually": 365,
    "روزانه": 1,
    "هفتگی": 7,
    "ماهانه": 30,
    "ماهیانه": 30,
    "فصلی": 90,
    "سالانه": 365,
    "سالیانه": 365,
}
_NONE: Final = frozenset(("", "-", "0", "no", "none", "never", "هیچ", "نه"))
_NUMBERS: Final = {
    "یک": 1,
    "دو": 2,
    "سه": 3,
    "چهار": 4,
    "پنج": 5,
    "شش": 6,
    "هفت": 7,
    "a": 1,
    "an": 1,
    "other": 2,
}
_ONCE: Final = re.compile(r"^once (?=(?:an?|every|each)\b)|(?:\s?ا?ی)?\s+یک\s*بار$")
"""``once a month``, ``سه ماه یک بار``, ``هفته‌ای یک بار``: that it is once says nothing more."""
_FORM: Final = re.compile(r"(?:(?:every|each|هر)\b)?\s*(?P<number>\d+|[^\W\d]+(?=\s))?\s*(?P<unit>[^\W\d]+)?")


def parse(text: str) -> int | None:
    """Days of ``90``, ``90 d``, ``3 months``, ``every week``, ``monthly``, ``هر ۳ ماه``; None for ``""`` and ``-``.

    Raises ``Invalid`` (``cadence_unknown``, ``cadence_far``) naming the field ``cadence``.
    """
    said = with_ascii_digits(plain(text)).strip().lower()
    if said in _NONE:
        return None
    days = _NAMED.get(said.removeprefix("every ").strip()) or _counted(said) or _counted(_ONCE.sub("", said))
    if not days:
        raise _refused("cadence_unknown", text)
    if days > LONGEST_DAYS:
        raise _refused("cadence_far", text)
    return days


def _counted(said: str) -> int:
    match = _FORM.fullmatch(said)
    if match is None or not (match["number"] or match["unit"]):
        return 0
    number, unit = match["number"] or "1", match["unit"] or "d"
    many = int(number[:6]) if number.isdecimal() else _NUMBERS.get(number, 0)
    return many * _DAYS.get(UNITS.get(unit, ""), 0)


def _refused(code: str, text: str) -> Invalid:
    problem = FieldProblem("cadence", text, code)
    return Invalid(code, fields=(problem,), text=text, years=LONGEST_DAYS // 365)
