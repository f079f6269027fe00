"""What Unicode says of single characters for the bidirectional algorithm: class, mirror image, bracket.

A text becomes a string of one letter per character, its class, so that the rules are patterns over short strings:

======= ====================================================== ======= =======================================
letter  class                                                  letter  class
======= ====================================================== ======= =======================================
``L``   L, a left-to-right letter                              ``P``   B, paragraph separator
``R``   R, a Hebrew letter                                     ``S``   S, tabulator
``A``   AL, an Arabic letter                                   ` `     WS, space
``1``   EN, European (and Persian) digit                       ``o``   ON, other neutral
``2``   AN, Arabic digit                                       ``(``   ON, opening bracket
``+``   ES, plus and minus                                     ``)``   ON, closing bracket
``$``   ET, currency, percent, degree                          ``b``   BN, controls, ZWNJ and the like
``,``   CS, comma, colon, point, slash                         ``m``   NSM, a combining mark
======= ====================================================== ======= =======================================

Controls: ``e`` LRE, ``E`` RLE, ``v`` LRO, ``V`` RLO, ``^`` PDF, ``l`` LRI, ``r`` RLI, ``f`` FSI, ``p`` PDI.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

_LETTER: Final = {
    **{"L": "L", "R": "R", "AL": "A", "EN": "1", "AN": "2", "ES": "+", "ET": "$", "CS": ",", "NSM": "m"},
    **{"BN": "b", "B": "P", "S": "S", "WS": " ", "ON": "o", "PDF": "^", "PDI": "p"},
    **{"LRE": "e", "RLE": "E", "LRO": "v", "RLO": "V", "LRI": "l", "RLI": "r", "FSI": "f"},
}

_NEXT_IS_MIRROR: Final = (
    "(༺༼᚛‹⁅⁽₍∼≒≔≤≦≨≪≮≰≲≴≶≸≺≼≾⊀⊂⊄⊆⊈⊊⊏⊑⊢⊰⊲⊴⊶⋉⋋⋐⋖⋘⋚⋜⋞⋠⋢⋤⋦⋨⋪⋬⋰⌈⌊〈❨❪❬❮❰❲❴⟃"
    "⟅⟈⟕⟝⟢⟤⟦⟨⟪⟬⟮⦃⦅⦇⦉⦋⦎⦑⦓⦕⦗⦤⦨⦪⦬⦮⧀⧄⧏⧑⧔⧘⧚⧨⧸⧼⨫⨭⨴⨼⩤⩹⩻⩽⩿⪁⪃⪅⪇⪉⪋⪍⪏⪑⪓⪕⪗⪙⪛⪝⪟⪡⪦⪨"
    "⪪⪬⪯⪱⪳⪵⪷⪹⪻⪽⪿⫁⫃⫅⫇⫉⫋⫍⫏⫑⫓⫕⫬⫷⫹⸂⸄⸉⸌⸜⸠⸢⸤⸦⸨⹕⹗⹙⹛〈《「『【〔〖〘〚﹙﹛﹝﹤（｟｢"
)
_PAIRS: Final = "<>[]{}«»∈∋∉∌∊∍∕⧵∟⯾∠⦣∡⦛∢⦠∤⫮≃⋍≅≌⊘⦸⊦⫞⊨⫤⊩⫣⊫⫥⊸⟜⋲⋺⋳⋻⋴⋼⋶⋽⋷⋾⟋⟍⦍⦐＜＞［］｛｝"
_LEFT: Final = [*_NEXT_IS_MIRROR, *_PAIRS[::2]]
_RIGHT: Final = [*(chr(ord(char) + 1) for char in _NEXT_IS_MIRROR), *_PAIRS[1::2]]
_MIRROR: Final[dict[str, str]] = dict(zip(_LEFT + _RIGHT, _RIGHT + _LEFT, strict=True))
_MIRROR_CODES: Final = str.maketrans(_MIRROR)

# Code points that this Python's Unicode does not know yet take the direction that their block is kept for: the
# first code point of a stretch and its class; a stretch ends where the next begins.
_KEPT: Final = (
    *((0, "L"), (0x590, "R"), (0x600, "A"), (0x7C0, "R"), (0x860, "A"), (0x900, "L")),
    *((0x2065, "b"), (0x2066, "L"), (0x20A0, "$"), (0x20D0, "L"), (0xFB1D, "R"), (0xFB50, "A")),
    *((0xFDD0, "b"), (0xFDF0, "A"), (0xFE00, "L"), (0xFE70, "A"), (0xFF00, "L"), (0xFFF0, "b")),
    *((0xFFF9, "L"), (0x10800, "R"), (0x10D00, "A"), (0x10D40, "R"), (0x10EC0, "A"), (0x10F00, "R")),
    *((0x10F30, "A"), (0x10F70, "R"), (0x11000, "L"), (0x1E800, "R"), (0x1EC70, "A"), (0x1ECC0, "R")),
    *((0x1ED00, "A"), (0x1ED50, "R"), (0x1EE00, "A"), (0x1EF00, "R"), (0x1F000, "L"), (0xE0000, "b")),
    (0xE1000, "L"),
)
_STARTS: Final = [start for start, _letter in _KEPT]
_SAME: Final = {"\u2329": "\u3008", "\u232a": "\u3009"}


class _Classes(dict[int, str]):
    """Code point -> letter of its class, for ``str.translate``. Filled as characters come."""

    def __missing__(self, code: int) -> str:
        # Imported here: the quick commands, and screens of ASCII text, do without the module.
        from unicodedata import bidirectional, category

        char = chr(code)
        letter: str = _LETTER.get(bidirectional(char)) or _unassigned(code)
        if letter == "o" and char in _MIRROR:
            # Unicode defines its bracket pairs like this: the mirrored neutrals that open or close something.
            letter = {"Ps": "(", "Pe": ")"}.get(category(char), letter)
        self[code] = letter
        return letter


_CLASSES: Final = _Classes()


def _unassigned(code: int) -> str:
    if code & 0xFFFE == 0xFFFE:
        return "b"
    return _KEPT[bisect_right(_STARTS, code) - 1][1]


def classes(text: str) -> str:
    """The letter of the class of each character; as long as the text."""
    return text.translate(_CLASSES)


def mirror(char: str) -> str:
    """The mirror image of one character (``(`` for ``)``), itself when it has none."""
    return _MIRROR.get(char, char)


def mirrored(text: str) -> str:
    """Every character's mirror image, in the same places."""
    return text.translate(_MIRROR_CODES)


def same_bracket(char: str) -> str:
    """One form for brackets that Unicode calls equivalent (U+2329 is U+3008)."""
    return _SAME.get(char, char)
