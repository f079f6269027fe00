"""Keys by position: which US key gives this character on a Persian or Arabic keyboard.

The Persian table is ISIRI 9147 as X and the kernel know it, the Arabic one X's "ar". ASCII characters stay
what they are: they may as well come from a US keyboard, and a bracket must not become a letter there.

What a terminal sends for a letter key differs, and all of it is understood: the letter itself in UTF-8; by the
kitty protocol the letter of the key without Shift, its modifiers, and mostly what it prints. Not decidable
is Ctrl with a letter where a Persian layout is the only one: VTE, xterm and alacritty send the bare letter
then, which is taken as the letter. With a Latin layout beside it they send Ctrl's own byte.
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

_DIGITS: Final = {
    char: str(number) for row in ("۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩") for number, char in enumerate(row)
}
"""The digits of both scripts act as digits under every layout."""

_FA_ASCII: Final[dict[str, str]] = {
    **{char: char for char in " !*-=+:./\\|"},
    **{"(": ")", ")": "(", "[": "P", "]": "O", "{": "}", "}": "{", "<": ">", ">": "<"},
}
_AR_ASCII: Final[dict[str, str]] = {
    **{char: char for char in ' 1234567890!@#$%^&*-_=+:"\\'},
    **{"(": ")", ")": "(", "<": "{", ">": "}", "[": "F", "]": "D", "{": "V", "}": "C"},
    **{"`": "U", "~": "Z", "'": "M", ",": "<", ".": ">", "/": "L"},
}
_ASCII: Final[Mapping[str, Mapping[str, str]]] = {"fa": _FA_ASCII, "ar": _AR_ASCII}
"""Layout name -> ASCII character -> US key: where these layouts have what a US keyboard has elsewhere."""

_ACTS_AS: Final[Mapping[str, Mapping[str, str]]] = {"fa": {}, "ar": {"`": "U"}}
"""ASCII signs that act by position all the same: nothing is on them, and the key would be lost."""

_UPPER: Final = dict(zip("`1234567890-=[]\\;',./", '~!@#$%^&*()_+{}|:"<>?', strict=True))
"""US keys that are no letters, without and with Shift."""

LAYOUTS: Final[Mapping[str, Mapping[str, str]]] = {"fa": _FA | _DIGITS, "ar": _AR | _DIGITS}
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

_ASCII_NAMES: Final[dict[str, str]] = {
    "apostrophe": "'",
    "backslash": "\\",
    "comma": ",",
    "equals_sign": "=",
    "full_stop": ".",
    "grave_accent": "`",
    "left_square_bracket": "[",
    "minus": "-",
    "right_square_bracket": "]",
    "semicolon": ";",
    "slash": "/",
    "space": " ",
}
"""The same for the signs of a US keyboard that need no Shift, and the blank."""


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


def position(char: str, layout: str = "fa") -> str | None:
    """The US key at which the layout itself has ``char``, ASCII too (``[`` is ``P`` in fa); None: it has not."""
    return _ASCII[layout].get(char) if char.isascii() else LAYOUTS[layout].get(char)


def cap(us: str, layout: str = "fa") -> str:
    """What stands at the place of a US key, to be shown: ``c`` -> ``ز``, a mark on a circle. ``""``: the same."""
    keys = [*(_FA if layout == "fa" else _AR).items(), *_ACTS_AS[layout].items()]
    char = next((char for char, place in keys if place == us and char.isprintable()), "")
    return f"◌{char}" if "\u064b" <= char <= "\u0670" and not char.isalnum() else char


def with_shift(us: str) -> str:
    """What a US key gives with Shift: ``c`` -> ``C``, ``/`` -> ``?``."""
    return _UPPER.get(us, us.upper())


def textual_key_to_us(key: str, layout: str = "fa") -> str | None:
    """A Textual key name as its US key: ``ز`` -> ``c``, ``ctrl+س`` -> ``ctrl+s``, ``shift+ز`` -> ``C``.

    Signs too: ``arabic_question_mark`` -> ``?``; the last part is a character, not a Textual name.
    None when the key needs no translation.
    """
    modifiers, plus, name = key.rpartition("+")
    char = _TEXTUAL_NAMES.get(name, name)
    us = LAYOUTS[layout].get(char)
    if modifiers == "shift":
        # told by a terminal that does not tell what the key prints; so are the keys of a US keyboard
        us = us or _ASCII_NAMES.get(name, name if len(name) == 1 and name.isascii() else "")
        return with_shift(us) if us.strip() else None
    us = us or _ACTS_AS[layout].get(_ASCII_NAMES.get(name, name))
    if us is None:
        return None
    if modifiers == "alt" and us.isupper():
        return f"alt+shift+{us.lower()}"
    return modifiers + plus + us


def printed(key: str, layout: str = "fa") -> str | None:
    """What a key of the layout prints, by its Textual name: ``arabic_comma`` -> ``،``, ``shift+slash`` -> ``؟``.

    None for chords and what is no key of the layout.
    """
    modifiers, _, name = key.rpartition("+")
    if not modifiers and name in _ASCII_NAMES:
        return _ASCII_NAMES[name]
    char = _TEXTUAL_NAMES.get(name, name)
    us = LAYOUTS[layout].get(char) or _ASCII[layout].get(_ASCII_NAMES.get(name, ""))
    if us is None or modifiers not in ("", "shift"):
        return None
    if not modifiers:
        return char
    wanted = with_shift(us)
    keys = [*LAYOUTS[layout].items(), *_ASCII[layout].items()]
    return next((there for there, place in keys if place == wanted), None)
