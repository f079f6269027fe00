"""The further words of free phrases, English and Persian, as ``fold.glued`` spells them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final


def _numbered(line: str, first: int = 1) -> dict[str, int]:
    """``a/b c`` -> a and b are ``first``, c is the next."""
    return {
        word: number for number, words in enumerate(line.split(), start=first) for word in words.split("/")
    }


CARDINALS: Final[Mapping[str, int]] = {
    **_numbered("a/an/one two three four five six seven eight nine ten eleven twelve thirteen fourteen"),
    **_numbered("fifteen sixteen seventeen eighteen nineteen twenty", 15),
    **_numbered("یک/یه دو سه چهار/چار پنج شش/شیش هفت هشت نه ده یازده دوازده سیزده چهارده پانزده/پونزده"),
    **_numbered("شانزده/شونزده هفده/هیفده هجده/هیجده نوزده بیست", 16),
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90,
    "سی": 30, "چهل": 40, "پنجاه": 50, "شصت": 60, "نود": 90,
}  # fmt: skip

ORDINALS: Final[Mapping[str, int]] = {
    **_numbered(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
    ),
    **_numbered("fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth", 14),
    **_numbered("اول/یکم دوم سوم چهارم پنجم ششم هفتم هشتم نهم دهم یازدهم دوازدهم سیزدهم چهاردهم پانزدهم"),
    **_numbered("شانزدهم هفدهم هجدهم نوزدهم بیستم", 16),
    "thirtieth": 30,
    "سیام": 30,
}

NTH: Final[Mapping[str, int]] = {
    **ORDINALS,
    **{f"{word}ین": number for word, number in ORDINALS.items() if not word.isascii()},
}
"""``first``, ``اول``, and ``اولین``: which of several."""

FORTNIGHTS: Final = frozenset(["fortnight", "fortnights"])

TENS: Final = frozenset({20, 30, 40, 50})
"""Numbers that a smaller one may follow: ``twenty five``, ``بیست و پنج``."""

ORDINAL_ENDS: Final = frozenset(["st", "nd", "rd", "th", "ام", "م"])

_KINDS: Final = {
    "filler": "on the by for until روز در برای تا اولوقت",
    "in": "in within after ظرف طی",
    "later": "later fromnow hence time دیگر دیگه بعد اینده",
    "ago": "ago earlier before پیش قبل",
    "and": "and و",
    "of": "of the ofthe",
    "half": "half ahalf نیم",
    "quarter": "ربع aquarter",
    "next": "next coming",
    "this": "this این همین",
    "following": "بعد بعدی اینده",
    "last": "last",
    "over": "گذشته پیش قبل",
    "at": "at ساعت سرساعت",
    "half_past": "halfpast",
    "quarter_past": "quarterpast aquarterpast",
    "quarter_to": "quarterto aquarterto ربعبه یکربعبه یهربعبه",
    "oclock": "oclock",
    "month": "ماه برج month",
    "this_month": "thismonth اینماه همینماه",
    "next_month": "nextmonth ماهبعد ماهبعدی ماهاینده",
    "year": "سال",
    "start": "start startof beginning beginningof firstdayof ابتدای اغاز سر اولینروز",
    "middle": "mid middle midof middleof وسط اواسط نیمه",
    "end": "end endof lastdayof اخر اخرین پایان انتهای اخرینروز",
    "last_of": "last اخرین",
    "by": "by until till تا",
    "from": "from on",
    "a_week": "week",
    "this_week": "week thisweek theweek هفته اینهفته همینهفته",
    "week": "هفته هفتهبعد هفتهاینده هفتهدیگر هفتهدیگه",
    "some_day": "یهروزدیگر یهروزدیگه",
}

KINDS: Final[Mapping[str, frozenset[str]]] = {kind: frozenset(line.split()) for kind, line in _KINDS.items()}
"""What a word does in a phrase; some do several things, by their place."""

SPANS: Final[Mapping[str, int]] = {
    **dict.fromkeys(("halfanhour", "halfhour", "ahalfhour", "نیمساعت"), 30),
    **dict.fromkeys(("quarterofanhour", "aquarterofanhour", "quarterhour", "ربعساعت", "یکربع", "یهربع"), 15),
    "سهربع": 45,
}
"""Spans of time said without a number, in minutes."""

PARTS: Final[Mapping[str, str]] = {
    "am": "am",
    "pm": "pm",
    "morning": "morning",
    "inthemorning": "morning",
    "noon": "noon",
    "midday": "noon",
    "afternoon": "afternoon",
    "intheafternoon": "afternoon",
    "evening": "eve",
    "eve": "eve",
    "intheevening": "eve",
    "night": "night",
    "atnight": "night",
    "قظ": "am",
    "بظ": "afternoon",
    "بامداد": "dawn",
    "صبح": "morning",
    "اولصبح": "morning",
    "سرصبح": "morning",
    "ظهر": "noon",
    "بعدازظهر": "afternoon",
    "عصر": "eve",
    "شب": "night",
}
"""Parts of the day -> ``when_base.in_part``."""

SPOKEN: Final[Mapping[str, str]] = {
    "صب": "صبح",
    "بعدی": "بعد",
    "بعدش": "بعد",
    "اتی": "بعد",
    **{f"{number}شمبه": f"{number}شنبه" for number in ("", "یک", "دو", "سه", "چهار", "چار", "پنج")},
}
"""Words as they are spoken, or written by the ear -> as the other tables have them."""

PAST_DAYS: Final[Mapping[str, int]] = {"yesterday": 1, "دیروز": 1, "پریروز": 2}

PAST_NIGHTS: Final[Mapping[str, int]] = {"lastnight": 1, "دیشب": 1, "پریشب": 2}
"""Evenings that are over -> how many days ago."""
