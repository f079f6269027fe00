"""One spelling for search and duplicates, whatever keyboard, script variant or half-space was used.

``fold`` gives the words form (a half-space parts words), ``glued`` the form without any space, in which
``نرم افزار``, ``نرم‌افزار`` and ``نرمافزار`` are one; ``unified`` is what names are compared by, in which also
``مسئول`` and ``مسول`` are. All are ordinary columns; no database folds by itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, Literal

_ZWNJ: Final = "\u200c"

_VARIANTS: Final = {"ی": "يىئ", "ک": "كڪ", "ه": "ةۃۀەہھ", "ا": "أإآٱ", "و": "ؤ", "": "ء\u0640\u0674"}
"""Letter -> the letters of other keyboards, languages and old fonts that stand for it."""

_LETTERS: Final[dict[int, str]] = {
    ord(variant): letter for letter, variants in _VARIANTS.items() for variant in variants
}
_SEPARATORS: Final[dict[int, str]] = {
    # The decimal separator becomes a point, the thousands separator goes; a half-space parts words.
    0x066B: ".",
    0x066C: "",
    0x200C: " ",
}
_DASHES: Final = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_SIGNS: Final[dict[int, str]] = {ord("،"): ",", ord("؛"): ";", ord("؟"): "?", **_DASHES}


class _Folding(dict[int, str]):
    """Code point -> folded text, for decomposed and casefolded text. Filled as characters come."""

    def __init__(self, *, signs: bool) -> None:
        super().__init__({**(_SIGNS if signs else {}), **_LETTERS, **_SEPARATORS})
        self._signs = signs

    def __missing__(self, code: int) -> str:
        folded = self[code] = self._folded(chr(code))
        return folded

    def _folded(self, char: str) -> str:
        if char.isalnum() and char.isascii():
            return char
        from unicodedata import category, decimal

        kind = category(char)
        if kind in ("Mn", "Cf"):
            return ""
        if kind == "Nd":
            return str(decimal(char))
        if kind[0] == "Z" or kind in ("Cc", "Cs"):
            return " "
        if kind[0] in "PS":
            return char if self._signs or char == "." else " "
        return char


_PARTED = _Folding(signs=False)
_PLAIN = _Folding(signs=True)
_WHOLE: Final = frozenset("ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیيك 0123456789۰۱۲۳۴۵۶۷۸۹\u200c")
"""Signs that ``_decomposed`` leaves as they are, whatever stands beside them."""
_ASCII: Final = "".join(chr(c).lower() if chr(c).isalnum() or c == 0x2E else " " for c in range(128))


def fold(text: str) -> str:
    """The words form: folded words parted by one space. Idempotent. A point stays only between digits."""
    return " ".join(_words(text))


def _words(text: str) -> list[str]:
    if text.isascii():
        folded = text.translate(_ASCII)
    else:
        # most Persian names are what they would be taken apart to, which costs three times what is saved
        folded = (text if _WHOLE.issuperset(text) else _decomposed(text)).translate(_PARTED)
    if "." in folded:
        folded = _points(folded)
    return folded.split()


def glued(text: str) -> str:
    """``fold`` without spaces: the form in which joined and parted spellings are equal."""
    return "".join(_words(text))


def words(text: str) -> tuple[str, ...]:
    """The words of ``fold(text)``."""
    return tuple(_words(text))


_PERSIAN: Final = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
_IN_ORDER: Final = {ord(letter): 0xE100 + place for place, letter in enumerate(_PERSIAN)}
_OUT_OF_ORDER: Final = {place: letter for letter, place in _IN_ORDER.items()}


def in_order(folded: str) -> str:
    """Folded text as a key that sorts by the Persian alphabet: in Unicode پ چ ژ ک گ ی stand behind all others."""
    return folded if folded.isascii() else folded.translate(_IN_ORDER)


def out_of_order(key: str) -> str:
    """The folded text of such a key."""
    return key if key.isascii() else key.translate(_OUT_OF_ORDER)


def plain(text: str) -> str:
    """Folded letters and digits with the signs left standing (``۹:۳۰`` -> ``9:30``): for dates and times."""
    if text.isascii():
        return text.lower()
    return _decomposed(text).translate(_PLAIN)


def with_ascii_digits(text: str) -> str:
    """``text`` with the decimal digits of every script as 0 to 9."""
    if text.isascii():
        return text
    return "".join([str(int(char)) if char.isdecimal() else char for char in text])


def _decomposed(text: str) -> str:
    """Unicode's compatibility caseless form (chapter 3, D146): a second folding moves nothing any more."""
    # Imported here: plain ASCII text, most of a start-up, does without the module.
    from unicodedata import normalize

    folded = normalize("NFKD", normalize("NFD", text).casefold())
    return normalize("NFKD", folded.casefold())


_DECIMAL: Final = re.compile(r"\d\.\d")


def _points(text: str) -> str:
    """Keeps a point between two digits, makes a space of any other."""
    if not _DECIMAL.search(text):
        return text.replace(".", " ")
    parts = text.split(".")
    joined = [parts[0]]
    for index, right in enumerate(parts[1:]):
        left = parts[index]
        joined += [".", right] if left[-1:].isdecimal() and right[:1].isdecimal() else [" ", right]
    return "".join(joined)


# --- names --------------------------------------------------------------------------------------------------

_ONE_SPELLING: Final = (
    ("مسوول", "مسیول"),
    ("مسول", "مسیول"),
    ("مساله", "مسیله"),
    ("هیات", "هییت"),
    ("سیوال", "سوال"),
    ("رووف", "ریوف"),
    ("داوود", "داود"),
    ("طاووس", "طاوس"),
    ("کاووس", "کاوس"),
    ("الله", "اله"),
    ("اسمعیل", "اسماعیل"),
    ("اسحق", "اسحاق"),
    ("رحمن", "رحمان"),
)
"""Folded words, or parts of them, that people spell in several ways, and the one that stands for all."""

_HEH, _YEH = "ه", "ی"


def one_spelling(folded: Sequence[str]) -> tuple[str, ...]:
    """Folded words with those of several spellings in one of them (``مسول`` -> ``مسیول``).

    The ezafe written as a word of its own goes: ``خانه ی سبز`` is ``خانۀ سبز``, which folds to ``خانه سبز``.
    """
    found: list[str] = []
    for word in folded:
        if word == _YEH and found and found[-1].endswith(_HEH):
            continue
        found.append(word if word.isascii() else _one_spelling_of(word))
    return tuple(found)


@lru_cache(maxsize=4096)
def _one_spelling_of(word: str) -> str:
    for written, meant in _ONE_SPELLING:
        word = word.replace(written, meant)
    return word


def joined_initials(folded: Sequence[str]) -> tuple[str, ...]:
    """Folded words with letters that stand alone beside each other as one word: ``آ.س.پ`` is ``آسپ``."""
    if not folded or min(map(len, folded)) > 1:
        return folded if isinstance(folded, tuple) else tuple(folded)
    found: list[str] = []
    letter_before = False
    for word in folded:
        letter = len(word) == 1 and word.isalpha()
        if letter and letter_before:
            found[-1] += word
        else:
            found.append(word)
        letter_before = letter
    return tuple(found)


def spellings_once(text: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """``spellings`` of a text that hardly comes again: names and addresses would crowd out all others."""
    found = words(text)
    if text.isascii() or all(map(str.isascii, found)):
        return found, found, joined_initials(found)
    return found, one_spelling(found), joined_initials(found)


@lru_cache(maxsize=1024)
def spellings(text: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The words of a text as they are written, in one spelling, and with initials joined.

    The first tuple itself stands for those that do not differ. Remembered: firms and tags of a list repeat.
    """
    return spellings_once(text)


PARTED_LEAST: Final = 2
"""Letters of the shorter part, when a word is parted to find it written in two."""
PARTED_MOST: Final = 16


def partings(word: str) -> tuple[tuple[str, str], ...]:
    """A folded Persian word as the two words that others write: ``میخواهد`` as ``می خواهد``, wherever it may part."""
    if word.isascii() or not 2 * PARTED_LEAST <= len(word) <= PARTED_MOST or not word.isalpha():
        return ()
    return tuple((word[:at], word[at:]) for at in range(PARTED_LEAST, len(word) - PARTED_LEAST + 1))


def joinings(folded: Sequence[str], before: str = "") -> tuple[tuple[str, ...], ...]:
    """Folded words with two Persian neighbours written as one, each pair in turn; ``before``: a word before them."""
    found = []
    if before and folded and not (before.isascii() or folded[0].isascii()):
        found.append((before + folded[0], *folded[1:]))
    for at in range(len(folded) - 1):
        if not (folded[at].isascii() or folded[at + 1].isascii()):
            found.append((*folded[:at], folded[at] + folded[at + 1], *folded[at + 2 :]))
    return tuple(found)


def unified(text: str) -> str:
    """What names are compared by: ``glued``, with one spelling for the words that have several."""
    return "".join(one_spelling(words(text)))


# --- forgiving ----------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def skeleton(word: str) -> str:
    """A Latin word without its vowels except at its start, doubled letters once: ``shimi`` -> ``shm``.

    So that ``prsh`` finds Pars Shimi (``prs`` and ``shm``). A word with other letters is returned as it is.
    """
    if not word.isascii():
        return word
    before, kept = "", word[:1]
    for char in word:
        if char != before and before and char not in "aeiou":
            kept += char
        before = char
    return kept


def one_slip(a: str, b: str) -> bool:
    """True when at most one slip parts them: a letter too many, missing, wrong, or two neighbours swapped."""
    if abs(len(a) - len(b)) > 1:
        return False
    start = 0
    shorter = min(len(a), len(b))
    while start < shorter and a[start] == b[start]:
        start += 1
    end = 0
    while end < shorter - start and a[-1 - end] == b[-1 - end]:
        end += 1
    left, right = a[start : len(a) - end], b[start : len(b) - end]
    if len(left) <= 1 and len(right) <= 1:
        return True
    return len(left) == len(right) == 2 and left == right[::-1]


STEM_LEAST: Final = 4
STEM_MOST: Final = 7
STEM_WHOLE: Final = 12


def stems(word: str) -> tuple[str, ...]:
    """What the one-slip index holds of a word: its beginnings of 4 to 7 letters and itself, cut at 12.

    Nothing for a shorter word: one slip in three letters would find nearly everything.
    """
    if len(word) < STEM_LEAST:
        return ()
    beginnings = [word[:length] for length in range(STEM_LEAST, min(len(word), STEM_MOST) + 1)]
    whole = word[:STEM_WHOLE]
    return (*beginnings, whole) if whole != beginnings[-1] else tuple(beginnings)


def deletions(word: str) -> frozenset[str]:
    """The word and each form of it with one letter left out: words that share one are a slip or two apart."""
    return frozenset([word, *[word[:index] + word[index + 1 :] for index in range(len(word))]])


# --- direction ----------------------------------------------------------------------------------------------

_FIRST_RTL: Final = "\u0590"


def has_rtl(text: str) -> bool:
    """True when a letter of a right-to-left script is in the text (digits are not letters)."""
    if not text or max(text) < _FIRST_RTL:
        return False
    from unicodedata import bidirectional

    return any(bidirectional(char) in ("R", "AL") for char in text if char >= _FIRST_RTL)


def first_strong(text: str) -> Literal["ltr", "rtl"] | None:
    """The direction of the first letter that has one; None for digits and signs alone."""
    if text.isascii():
        return "ltr" if any(char.isalpha() for char in text) else None
    from unicodedata import bidirectional

    for char in text:
        kind = bidirectional(char)
        if kind == "L":
            return "ltr"
        if kind in ("R", "AL"):
            return "rtl"
    return None
