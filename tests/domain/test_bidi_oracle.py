"""Text order beside a second opinion: the pure algorithm of python-bidi, for text without isolates.

Known to differ, and kept out of the comparison:

- It knows no bracket pairs (rule N0, of 2013) and turns one bracket of ``(SLA)`` beside Persian. Guillemets and angle
  signs are mirrored like brackets without being pairs, and stand for them here.
- It leaves a mark where reversing puts it, before its letter; ``visual`` puts it behind (rule L3). Marks are taken out
  of both answers here.
- It knows no isolates at all.
"""

from __future__ import annotations

from itertools import product
from typing import Final
from unicodedata import category

import pytest
from bidi.algorithm import get_display
from hypothesis import given
from hypothesis import strategies as st

from tuicrm.domain.bidi import Base, visual

BASES: Final[dict[Base, str | None]] = {"ltr": "L", "rtl": "R", None: None}
NOT_PAIRED: Final = str.maketrans("()[]{}", "«»‹›<>")

NAMES: Final = (
    *("لیلا کریمی", "شرکت نرم‌افزاری پارس", "Leila Karimi", "Pars Shimi شعبهٔ ۲", "مُحَمَّد رضایی", "O'Neil & Co."),
    *("פארס 2000", "شركة ٤٥ الخليج", "A1-شیمی-B2", "لیلا (حسابداری)"),
)
NUMBERS: Final = (
    *(
        "09123456789",
        "+98 912 345 6789",
        "۰۹۱۲-۳۴۵ ۶۷۸۹",
        "۰۲۱-۸۸۷۷۶۶۵۵ داخلی ۱۲",
        "1405/09/01",
        "۱۴۰۵/۰۹/۰۱",
    ),
    *(
        "2026-11-22 10:30",
        "۱۲٬۵۰۰٬۰۰۰ ﷼",
        "$12.50",
        "٪۱۰",
        "50%",
        "#41",
        "١٢/٣",
        "3-5",
        "-7",
        "+5",
        "10:30–12:00",
    ),
)
LINES: Final = (
    *(
        "{name} {number}",
        "{number} {name}",
        "تماس با {name}: {number}، پیگیری فردا",
        "call {name}, {number} /thu 10",
    ),
    *(
        "│ {name} │ {number} │",
        "{name} ({number}) باز شد.",
        "[{number}] {name}؟",
        "«{name}» - <{number}>",
        "{number}",
    ),
    *('log {name} "نسخهٔ ۲ {number} خواست" /شنبه ۱۰', "{name}\t{number}\tباز", "SLA {number} برای {name}!"),
)


def second_opinion(text: str, base: Base) -> str:
    shown = get_display(text, base_dir=BASES[base])
    assert isinstance(shown, str)
    return without_marks(shown)


def without_marks(text: str) -> str:
    return "".join(char for char in text if category(char) != "Mn")


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("line", LINES)
def test_lines_of_a_day_are_seen_as_the_second_opinion_sees_them(line: str, base: Base) -> None:
    for name, number in product(NAMES, NUMBERS):
        text = line.format(name=name, number=number).translate(NOT_PAIRED)
        assert without_marks(visual(text, base)[0]) == second_opinion(text, base), text


PIECES: Final = (
    *(
        "علی",
        "نرم‌افزار",
        "سلام",
        "Leila",
        "SLA",
        "שלום",
        "الخليج",
        "é",
        "e\u0301",
        "مَ",
        "ا",
        "a",
        "🙂",
        "日本",
    ),
    *(
        "۰۹۱۲",
        "0912",
        "+98",
        "۱۲٬۰۰۰",
        "٤٥",
        "1",
        "۱",
        "٣",
        "٪",
        "%",
        "$",
        "﷼",
        "°",
        "-",
        "+",
        "−",
        "/",
        ":",
        ",",
        ".",
    ),
    *(
        "،",
        "؛",
        "؟",
        "٫",
        "٬",
        "?",
        "!",
        "#",
        "@",
        "«",
        "»",
        "<",
        ">",
        "│",
        "─",
        "…",
        "✓",
        "'",
        '"',
        "&",
        "≤",
    ),
    *(" ", " ", " ", "  ", "\t", "\u00a0", "\u200c"),
)


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), st.sampled_from(list(BASES)))
def test_any_mix_is_seen_as_the_second_opinion_sees_it(text: str, base: Base) -> None:
    assert without_marks(visual(text, base)[0]) == second_opinion(text, base)


ALI: Final = "علی"
PARS: Final = "پارس"


@pytest.mark.parametrize(
    ("text", "base", "ours", "theirs"),
    [
        (f"{ALI} a (b)", "rtl", f"a (b) {ALI[::-1]}", f"(a (b {ALI[::-1]}"),
        (f"SLA ({PARS}) ۲", "ltr", f"SLA ({PARS[::-1]}) ۲", f"SLA (۲ ({PARS[::-1]}"),
        ("مُ", "rtl", "م\u064f", "\u064fم"),
    ],
)
def test_brackets_and_marks_stand_where_the_second_opinion_loses_them(
    text: str, base: Base, ours: str, theirs: str
) -> None:
    assert visual(text, base)[0] == ours
    assert get_display(text, base_dir=BASES[base]) == theirs
