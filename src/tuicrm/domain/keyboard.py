"""Keys by position: which US key gives this character on a Persian or Arabic keyboard.

The Persian table is ISIRI 9147 as X and the kernel know it, the Arabic one X's "ar". ASCII characters stay
what they are: they may as well come from a US keyboard, and a bracket must not become a letter there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

# fmt: off
_FA: Final[dict[str, str]] = {
    "\u200d": "`", "÷": "~", "۱": "1", "۲": "2", "٬": "@", "۳": "3", "٫": "#", "۴": "4", "﷼": "$",
    "۵": "5", "٪": "%", "۶": "6", "×": "^", "۷": "7", "،": "&", "۸": "8", "۹": "9", "۰": "0",
    "ـ": "_", "ض": "q", "\u0652": "Q", "ص": "w", "\u064c": "W", "ث": "e", "\u064d": "E", "ق": "r",
    "\u064b": "R", "ف": "t", "\u064f": "T", "غ": "y", "\u0650": "Y", "ع": "u", "\u064e": "U",
    "ه": "i", "\u0651": "I", "خ": "o", "ح": "p", "ج": "[", "چ": "]", "ش": "a", "ؤ": "A", "س": "s",
    "ئ": "S", "ی": "d", "ي": "D", "ب": "f", "إ": "F", "ل": "g", "أ": "G", "ا": "h", "آ": "H",
    "ت": "j", "ة": "J", "ن": "k", "»": "K", "م": "l", "«": "L", "ک": ";", "گ": "'", "؛": "\"",
    "ظ": "z", "ك": "Z", "ط": "x", "\u0653": "X", "ز": "c", "ژ": "C", "ر": "v", "\u0670": "V",
    "ذ": "b", "\u200c": "B", "د": "n", "\u0654": "N", "پ": "m", "ء": "M", "و": ",", "؟": "?",
}

_AR: Final[dict[str, str]] = {
    "ذ": "`", "\u0651": "~", "ض": "q", "\u064e": "Q", "ص": "w", "\u064b": "W", "ث": "e",
    "\u064f": "E", "ق": "r", "\u064c": "R", "ف": "t", "ﻹ": "T", "غ": "y", "إ": "Y", "ع": "u",
    "ه": "i", "÷": "I", "خ": "o", "×": "O", "ح": "p", "؛": "P", "ج": "[", "د": "]", "ش": "a",
    "\u0650": "A", "س": "s", "\u064d": "S", "ي": "d", "ب": "f", "ل": "g", "ﻷ": "G", "ا": "h",
    "أ": "H", "ت": "j", "ـ": "J", "ن": "k", "،": "K", "م": "l", "ك": ";", "ط": "'", "ئ": "z",
    "ء": "x", "\u0652": "X", "ؤ": "c", "ر": "v", "ﻻ": "b", "ﻵ": "B", "ى": "n", "آ": "N", "ة": "m",
    "و": ",", "ز": ".", "ظ": "/", "؟": "?", "…": "|",
}
# fmt: on

_ARABIC_DIGITS: Final = {
    "٠": "0",
    "١": "1",
    "٢": "2",
    "٣": "3",
    "٤": "4",
    "٥": "5",
    "٦": "6",
    "٧": "7",
    "٨": "8",
    "٩": "9",
}

LAYOUTS: Final[Mapping[str, Mapping[str, str]]] = {"fa": _FA | _ARABIC_DIGITS, "ar": _AR | _ARABIC_DIGITS}
"""Layout name -> character -> US key. Only characters outside ASCII."""

_TEXTUAL_NAMES: Final[dict[str, str]] = {
    "arabic_comma": "،",
    "arabic_damma": "\u064f",
    "arabic_dammatan": "\u064c",
    "arabic_decimal_separator": "٫",
    "arabic_fatha": "\u064e",
    "arabic_fathatan": "\u064b",
    "arabic_hamza_above": "\u0654",
    "arabic_kasra": "\u0650",
    "arabic_kasratan": "\u064d",
    "arabic_letter_superscript_alef": "\u0670",
    "arabic_maddah_above": "\u0653",
    "arabic_percent_sign": "٪",
    "arabic_question_mark": "؟",
    "arabic_semicolon": "؛",
    "arabic_shadda": "\u0651",
    "arabic_sukun": "\u0652",
    "arabic_thousands_separator": "٬",
    "division_sign": "÷",
    "horizontal_ellipsis": "…",
    "left_pointing_double_angle_quotation_mark": "«",
    "multiplication_sign": "×",
    "rial_sign": "﷼",
    "right_pointing_double_angle_quotation_mark": "»",
    "zero_width_joiner": "\u200d",
    "zero_width_non_joiner": "\u200c",
}
"""Textual names these keys by words; letters and digits are their own names."""


def us_key(char: str, layout: str = "fa") -> str | None:
    """The US key at the place of ``char`` (``ز`` -> ``c``); ASCII is itself; None: not on this keyboard.

    ``KeyError`` for a layout that is not in ``LAYOUTS``.
    """
    if char.isascii():
        return char if len(char) == 1 else None
    return LAYOUTS[layout].get(char)


def to_us(text: str, layout: str = "fa") -> str:
    """``text`` as the same keys give it on a US keyboard; what is on no key of the layout stays."""
    if text.isascii():
        return text
    table = LAYOUTS[layout]
    return "".join([table.get(char, char) for char in text])


def textual_key_to_us(key: str, layout: str = "fa") -> str | None:
    """A Textual key name as its US key: ``ز`` -> ``c``, ``ctrl+س`` -> ``ctrl+s``.

    Signs too: ``arabic_question_mark`` -> ``?``; the last part is a character, not a Textual name.
    None when the key needs no translation.
    """
    modifiers, plus, name = key.rpartition("+")
    char = _TEXTUAL_NAMES.get(name, name)
    us = LAYOUTS[layout].get(char)
    return None if us is None else modifiers + plus + us
