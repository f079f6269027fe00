"""The words of rules that repeat, English and Persian, as ``fold.glued`` spells them."""

from __future__ import annotations

from typing import Final

from tuicrm.domain.calendars import Calendar
from tuicrm.domain.when_lexicon import FORTNIGHTS
from tuicrm.domain.when_words import DAY_WORDS, UNITS, WEEKDAYS


def _words(line: str) -> frozenset[str]:
    return frozenset(line.split())


NEVER: Final = frozenset(["", "-", "no", "never", "once", "not", "هیچ", "نه", "یکبار", "هرگز", "خیر"])
EVERY: Final = _words("every each هر")
AND: Final = frozenset(["and", "و"])
FILLERS: Final = EVERY | AND | frozenset(["on", "the", "of", "in", "در", "از", "ها", "های", "روزهای"])
A_DAY: Final = frozenset(("day", "days", "روز", "روزهای"))
NAMED: Final = {
    "daily": (1, "d"),
    "everyday": (1, "d"),
    "weekly": (1, "w"),
    "fortnightly": (2, "w"),
    "biweekly": (2, "w"),
    "monthly": (1, "mo"),
    "bimonthly": (2, "mo"),
    "quarterly": (3, "mo"),
    "yearly": (1, "y"),
    "annually": (1, "y"),
    "annual": (1, "y"),
    "روزانه": (1, "d"),
    "روزییکبار": (1, "d"),
    "هفتگی": (1, "w"),
    "هفتهاییکبار": (1, "w"),
    "ماهانه": (1, "jmo"),
    "ماهیانه": (1, "jmo"),
    "ماهییکبار": (1, "jmo"),
    "فصلی": (3, "jmo"),
    "سالانه": (1, "jy"),
    "سالیانه": (1, "jy"),
    "سالییکبار": (1, "jy"),
}
MORE_UNITS: Final = {
    **dict.fromkeys(("quarter", "quarters"), (3, "mo")),
    **dict.fromkeys(FORTNIGHTS, (2, "w")),
    "فصل": (3, "jmo"),
    "ماهه": (1, "jmo"),
}
OTHER: Final = frozenset(["other"])
CALENDARS: Final[dict[str, Calendar]] = {
    "jalali": "jalali",
    "shamsi": "jalali",
    "persian": "jalali",
    "شمسی": "jalali",
    "جلالی": "jalali",
    "gregorian": "gregorian",
    "میلادی": "gregorian",
}
LAST: Final = frozenset(["last", "اخرین", "اخر"])
LAST_DAY: Final = _words(
    "lastday monthend endofmonth endofthemonth endofeverymonth endofeachmonth lastdayofmonth lastdayofthemonth"
    " lastdayofeverymonth lastdayofeachmonth اخرماه پایانماه انتهایماه اخرهرماه پایانهرماه انتهایهرماه"
    " اخرینروز روزاخر اخرینروزماه روزاخرماه اخرینروزهرماه روزاخرهرماه"
)
WORKING: Final = _words(
    "weekday weekdays workday workdays workingday workingdays businessday businessdays روزکاری روزهایکاری"
)
ALTERNATE: Final = {
    f"{day}{which}": days
    for which, days in (("زوج", (0, 2, 5)), ("فرد", (1, 3, 6)))
    for day in ("", "روز", "روزها", "روزهای")
}
"""Every second day of the Iranian week, Friday left out; Monday is 0."""
ONCE: Final = _words("once یکبار")
TIMES: Final = frozenset(["times", "time", "بار", "مرتبه", "دفعه", "نوبت"])
AFTER: Final = _words(
    "after afterdone afteritisdone aftereach aftereachone afterthelast afterthelastone aftercompletion afterdoing"
    " afterdoingit afterthat fromdone afterthecall پسازانجام بعدازانجام پسازهربار بعدازهربار پسازان بعدازان"
    " ازانجام پسازتماس بعدازتماس پسازانجامان بعدازانجامش"
)
WEEKDAY_WORDS: Final = {
    form: key
    for word, key in DAY_WORDS.items()
    if key in WEEKDAYS
    for form in (word, f"{word}s", f"{word}ها")
}
ALL_UNITS: Final = {**UNITS, **MORE_UNITS}
