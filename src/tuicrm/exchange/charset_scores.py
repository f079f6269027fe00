"""How likely bytes are text of an encoding: which letters come out, and beside which others.

A letter of the wrong encoding betrays itself by its company: a sign or a capital within a word, Arabic and Latin in
one word, a character that hardly any language uses. Each character beyond ASCII counts between -3 and 1.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

PRIOR: Final[Mapping[str, float]] = {"cp1252": 0.15, "cp1256": 0.05, "cp932": 0.05, "cp1255": 0.02}
"""What an encoding has in advance, because files come in it."""

_WORD: Final = re.compile(r"[A-Za-z\u0080-\U0010ffff]*[\u0080-\U0010ffff][A-Za-z\u0080-\U0010ffff]*")
_WESTERN: Final = frozenset("éèàçêâîôûùëïüöäßáíóúñãõåøæœÉÈÀÇÊÄÖÜÁÍÓÚÑÃÕÅØÆÂÎÔ")
_CENTRAL: Final = frozenset("ąćęłńóśźżáéíýčďěňřšťůúžăâîşţőűöüäßĄĆĘŁŃÓŚŹŻÁÉÍÝČĎĚŇŘŠŤŮÚŽĂŞŢŐŰÖÜÄ")
_TURKISH: Final = frozenset("çğıöşüâîûÇĞİÖŞÜ")
_LETTERS: Final[Mapping[str, frozenset[str]]] = {
    "cp1252": _WESTERN,
    "cp1250": _CENTRAL,
    "cp1254": _TURKISH,
    "mac_roman": _WESTERN,
    "cp850": _WESTERN,
    "cp1256": frozenset("àâçéèêëîïôùûüœ"),
}
"""The letters that languages written in these Latin encodings use; cp1256 has those of French."""
_SIGNS: Final = frozenset("“”„‘’‚–—…«»€°§©®™£¿¡·ºª\u00a0•")
_SELDOM: Final = frozenset("źťďňľĺŕţŢ")
"""Letters of ``_CENTRAL`` that few words have."""
_OPENING: Final = frozenset("“„«‘¿¡€")
_CLOSING: Final = frozenset("”“»’…°™€®©ºª")
_ALONE: Final = frozenset("–—…€·•«»§©ºª°")
_JOINING: Final = frozenset("’‘·–\u00ad")

_USUAL: Final[Mapping[str, frozenset[str]]] = {
    "cp1256": frozenset("ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءآأإئؤپچژگک\u200c"),
    "cp1251": frozenset("оеаинтсрвлкмдпуяыь"),
    "cp1253": frozenset("αοιετσνηυρπκμλςάίόώδ"),
    "cp1255": frozenset("אבגדהוזחטיכךלמםנןסעפףצץקרשת"),
}
_BLOCKS: Final[Mapping[str, tuple[str, str]]] = {
    "cp1256": ("\u0600", "\u06ff"),
    "cp1251": ("\u0400", "\u04ff"),
    "cp1253": ("\u0370", "\u03ff"),
    "cp1255": ("\u0590", "\u05ff"),
}
_EAST: Final = ("cp932", "euc_jp", "gb18030", "cp949")
_FIRST_LEVEL: Final[Mapping[str, tuple[int, int]]] = {
    "cp932": (0x88, 0x97),
    "euc_jp": (0xB0, 0xCF),
    "gb18030": (0xB0, 0xD7),
    "cp949": (0xB0, 0xC8),
}
"""The leading bytes of the characters in daily use."""
_EASTERN_SIGNS: Final = frozenset("　、。・「」『』（）ー々〒：！？～")

CANDIDATES: Final = (
    *("cp1252", "cp1256", "cp932", "cp1251", "cp1250", "cp1254", "cp1253", "cp1255"),
    *("mac_roman", "cp850", "euc_jp", "gb18030", "cp949"),
)
"""What is considered; the first of equals wins."""


def score(sample: bytes, encoding: str) -> float:
    """The mean over the characters beyond ASCII."""
    words = _WORD.findall(sample.decode(encoding, "replace"))
    total, many = 0.0, 0
    judge = _judge(encoding)
    for word in words:
        beyond = sum(not char.isascii() for char in word)
        many += beyond
        total += beyond * -3.0 if "\ufffd" in word else judge(word, encoding)
    return total / many if many else 0.0


def _judge(encoding: str) -> Callable[[str, str], float]:
    if encoding in _LETTERS and encoding not in _BLOCKS:
        return _latin
    return _eastern if encoding in _EAST else _script


def _latin(word: str, encoding: str) -> float:
    """A word in Latin letters."""
    usual = _LETTERS.get(encoding, frozenset())
    total = 0.0
    letters = [char for char in word if char.isalpha()]
    beyond = sum(not char.isascii() for char in letters)
    crowd = -0.8 if len(letters) > 2 and beyond > len(letters) * 0.7 else 0.0
    for place, char in enumerate(word):
        if not char.isascii():
            total += crowd + _latin_sign(char, word, place, usual)
    return total


def _latin_sign(char: str, word: str, place: int, usual: frozenset[str]) -> float:
    before, after = word[place - 1 : place] if place else "", word[place + 1 : place + 2]
    if not char.isalpha() or char in "ªº":
        if char not in _SIGNS:
            return -1.0
        if before and after:
            return 0.8 if char in _JOINING else -1.0
        return 0.9 if char in (_CLOSING if before else _OPENING if after else _ALONE) else 0.1
    if not before and not after:
        return 0.3
    worth = 1.0 if char in usual else 0.1
    if char in _SELDOM:
        worth -= 0.3
    if char.isupper() and place and (before.islower() or after.islower()):
        worth -= 1.2
    elif char.islower() and place > 1 and word[place - 2 : place].isupper():
        worth -= 0.6
    return worth


def _script(word: str, encoding: str) -> float:
    """A word in a script of its own, which Latin letters do not mix with."""
    first, last = _BLOCKS[encoding]
    inside = [char for char in word if first <= char <= last or char == "\u200c"]
    others = sum(not char.isascii() and not first <= char <= last and char != "\u200c" for char in word)
    latin = sum(char.isascii() for char in word)
    if not inside:
        return _latin(word, encoding)
    if latin:
        return -0.6 * (len(inside) + others)
    usual = _USUAL[encoding]
    total = 0.2 if len(inside) == 1 else 0.0
    for place, char in enumerate(inside):
        worth = 1.0 if char.lower() in usual else (0.6 if char.isalpha() else 0.1)
        if char.isupper() and place and inside[place - 1].islower():
            worth -= 1.5
        total += worth
    if len(inside) == 1:
        total -= 0.6
    return total - 0.5 * sum(char not in _SIGNS and char not in "،؛؟" for char in word if char not in inside)


def _eastern(word: str, encoding: str) -> float:
    """Japanese, Chinese or Korean."""
    total = 0.0
    for place, char in enumerate(word):
        if char.isascii():
            continue
        neighbours = word[max(0, place - 1) : place] + word[place + 1 : place + 2]
        mixed = any(other.isascii() for other in neighbours)
        total += _eastern_sign(char, encoding) - (0.5 if mixed else 0.0)
    return total


def _eastern_sign(char: str, encoding: str) -> float:
    japanese = encoding in ("cp932", "euc_jp")
    if "\u3041" <= char <= "\u30fe":
        return 1.0 if japanese else -0.3
    if char in _EASTERN_SIGNS or "\uff01" <= char <= "\uff5e":
        return 0.7
    if "\uff61" <= char <= "\uff9f":
        return -0.2
    if not ("\u4e00" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7a3"):
        return -0.8
    lead = char.encode(encoding, "replace")[0]
    first, last = _FIRST_LEVEL[encoding]
    if not first <= lead <= last:
        return -0.2 if encoding != "cp932" else 0.1
    if encoding == "gb18030":
        return 0.75
    return 0.85 if "\u4e00" <= char <= "\u9fff" else 0.9
