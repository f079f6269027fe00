"""What the keys of a keyboard print under each layout, and the bytes a terminal sends for them.

The rows are those of X's own keyboard data (``us``, ``ir``, ``ara``), key by key, first without Shift, then with
it. Written down here a second time, so that the program's table is held against something.
"""

from __future__ import annotations

from typing import Final, Literal

Protocol = Literal["legacy", "kitty", "kitty without text"]
PROTOCOLS: Final[tuple[Protocol, ...]] = ("legacy", "kitty", "kitty without text")

US: Final = (
    "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./" + '~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?'
)
_FA: Final = (
    "\u200d۱۲۳۴۵۶۷۸۹۰-=ضصثقفغعهخحجچ\\شسیبلاتنمکگظطزرذدپو./"
    "÷!٬٫﷼٪×،*)(ـ+\u0652\u064c\u064d\u064b\u064f\u0650\u064e\u0651][}{|ؤئيإأآة»«:؛ك\u0653ژ\u0670\u200c\u0654ء><؟"
)
_AR: Final = (
    "ذ1234567890-=ضصثقفغعهخحجد\\شسيبلاتنمكطئءؤرﻻىةوزظ"
    "\u0651!@#$%^&*)(_+\u064e\u064b\u064f\u064cﻹإ`÷×؛<>…\u0650\u064d][ﻷأـ،/:\"~\u0652}{ﻵآ',.؟"
)
ROWS: Final = {"us": US, "fa": _FA, "ar": _AR}
_HALF: Final = len(US) // 2


def prints(us_key: str, layout: str) -> str:
    """What the key prints that prints ``us_key`` on a US keyboard; a blank is a blank everywhere."""
    return us_key if us_key == " " else ROWS[layout][US.index(us_key)]


def key_for(char: str, layout: str) -> str | None:
    """The US name of the key that prints ``char``; None when none of the layout does."""
    return char if char == " " else US[ROWS[layout].index(char)] if char in ROWS[layout] else None


def shifted(us_key: str) -> bool:
    """Whether the key needs Shift."""
    return us_key in US[_HALF:]


def sent(us_key: str, layout: str, protocol: Protocol, *, modifier: str = "") -> str:
    """What the terminal sends for a key, by its US name; ``modifier``: ``ctrl`` or ``alt``.

    Ctrl without the protocol is the control byte, as terminals send it that have a Latin layout too.
    """
    char = prints(us_key, layout)
    base = prints(US[US.index(us_key) % _HALF], layout) if us_key != " " else " "
    if protocol == "legacy":
        if modifier == "ctrl":
            return chr(ord(us_key) & 0x1F)
        return f"\x1b{char}" if modifier else char
    bits = shifted(us_key) + {"alt": 2, "ctrl": 4}.get(modifier, 0)
    if protocol == "kitty" and not modifier:
        return f"\x1b[{ord(base)};{bits + 1 if bits else ''};{ord(char)}u"
    return f"\x1b[{ord(base)};{bits + 1}u" if bits else f"\x1b[{ord(base)}u"
