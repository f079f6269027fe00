"""The words for days, months and units, in English and Persian, as ``fold.glued`` spells them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tuicrm.domain.calendars import Calendar

_DAYS: Final = {
    "today": "today tod امروز",
    "tomorrow": "tomorrow tom tmrw tmr فردا",
    "day_after": "overmorrow dayaftertomorrow پسفردا",
    "mon": "monday mon دوشنبه",
    "tue": "tuesday tue tues سهشنبه",
    "wed": "wednesday wed weds چهارشنبه چارشنبه",
    "thu": "thursday thu thur thurs پنجشنبه",
    "fri": "friday fri جمعه",
    "sat": "saturday sat شنبه",
    "sun": "sunday sun یکشنبه",
    "morning": "morning صبح",
    "noon": "noon ظهر",
    "afternoon": "afternoon بعدازظهر",
    "eve": "evening eve عصر",
    "tonight": "tonight امشب",
    "next_week": "nextweek هفتهبعد هفتهاینده هفتهدیگر هفتهدیگه",
    "next_month": "nextmonth",
    "next_jalali_month": "ماهبعد ماهاینده ماهدیگر ماهدیگه",
}

DAY_WORDS: Final[Mapping[str, str]] = {word: key for key, line in _DAYS.items() for word in line.split()}
"""Every whole day word -> its key for ``day_due``. Look a typed word up with ``fold.glued(word)``."""

WEEKDAYS: Final[Mapping[str, int]] = {
    key: number for number, key in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
}

_NUMBERED: Final = ("sun", "mon", "tue", "wed", "thu")


def numbered_weekday(text: str) -> str:
    """The weekday that is written with its number, ``۵شنبه`` (folded: ``5شنبه``), as in ``WEEKDAYS``; else ``""``."""
    return _NUMBERED[int(text[0]) - 1] if text[1:] == "شنبه" and text[0] in "12345" else ""


_UNITS: Final = {
    "d": "d day days روز",
    "w": "w wk wks week weeks هفته",
    "mo": "mo month months",
    "jmo": "ماه",
    "y": "y year years",
    "jy": "سال",
    "h": "h hr hrs hour hours ساعت س",
    "m": "m min mins minute minutes دقیقه د",
    "wd": "wd workday workdays workingday workingdays businessday businessdays روزکاری",
}

UNITS: Final[Mapping[str, str]] = {word: unit for unit, line in _UNITS.items() for word in line.split()}
"""Unit word -> d w mo jmo y jy h m wd; ``jmo`` and ``jy`` are counted in the Jalali calendar."""

SECONDS: Final = frozenset(("s", "sec", "secs", "second", "seconds", "ثانیه"))
"""What counts seconds; nothing is promised or was in so many."""

_ENGLISH_MONTHS: Final = (
    "january february march april may june july august september october november december"
)
_OTHER_MONTHS: Final[tuple[tuple[Calendar, str], ...]] = (
    ("gregorian", "ژانویه فوریه مارس اوریل مه ژوین ژوییه اوت سپتامبر اکتبر نوامبر دسامبر"),
    ("gregorian", "ژانویه فوریه مارچ اپریل می جون جولای اگوست سپتامبر اکتبر نوامبر دسامبر"),
    ("jalali", "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر ابان اذر دی بهمن اسفند"),
    ("jalali", "فروردین اردیبهشت خرداد تیر امرداد شهریور مهر ابان اذر دی بهمن اسپند"),
    ("jalali", "farvardin ordibehesht khordad tir mordad shahrivar mehr aban azar dey bahman esfand"),
)


def _months() -> dict[str, tuple[Calendar, int]]:
    """English months also by any beginning of three or more letters, Jalali ones also with ``ماه`` behind."""
    found: dict[str, tuple[Calendar, int]] = {}
    for number, name in enumerate(_ENGLISH_MONTHS.split(), start=1):
        for length in range(3, len(name) + 1):
            found[name[:length]] = ("gregorian", number)
    for calendar, line in _OTHER_MONTHS:
        for number, name in enumerate(line.split(), start=1):
            found[name] = (calendar, number)
            if calendar == "jalali" and not name.isascii():
                found[name + "ماه"] = (calendar, number)
    return found


MONTH_WORDS: Final[Mapping[str, tuple[Calendar, int]]] = _months()
"""Month word -> (its calendar, 1 to 12). It counts only beside the number of a day."""
