"""Text that can neither steer a terminal nor turn a line round.

``tidy`` is for the way in (what is stored), ``clean`` for the way out (what is shown or printed). Both keep
the half-space (U+200C), which Persian spelling needs. Stored text may be older than these rules or come from
another program, so the way out never trusts the way in.
"""

from __future__ import annotations

from typing import Final

ZWNJ: Final = "\u200c"
ZWJ: Final = "\u200d"
BIDI_CONTROLS: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks, embeddings, overrides and isolates: invisible, and able to reorder what stands around them."""

UNKNOWN: Final = "\ufffd"
LINE_BREAK: Final = "↵"


class _Signs(dict[int, str]):
    """Code point -> what is shown for it. Filled as characters come: a page of text knows a few dozen."""

    def __init__(self, *, multiline: bool) -> None:
        super().__init__()
        self._break = "\n" if multiline else LINE_BREAK

    def __missing__(self, code: int) -> str:
        sign = self[code] = self._sign(chr(code))
        return sign

    def _sign(self, char: str) -> str:
        if char.isprintable() or char in (ZWNJ, ZWJ):
            return char
        if char in "\n\v\f\x85\u2028\u2029":
            return self._break
        if char == "\t":
            return " "
        if char < "\x20":
            return chr(0x2400 + ord(char))
        if char == "\x7f":
            return "\u2421"
        if char in BIDI_CONTROLS:
            return UNKNOWN
        # Imported here: the paths above serve nearly all text, and start-up does without the module.
        from unicodedata import category

        # Other format characters (soft hyphen, word joiner, byte order mark) have no width of their own in
        # any terminal, so they go; what is left is C1, lone surrogates, private use and unassigned.
        return {"Zs": " ", "Cf": ""}.get(category(char), UNKNOWN)


_ONE_LINE = _Signs(multiline=False)
_MANY_LINES = _Signs(multiline=True)


def clean(text: str, *, multiline: bool = False) -> str:
    """``text`` for a screen or a printer: every character is visible, or a joiner between letters.

    Controls become their pictures (ESC is ``␛``), bidi controls, C1, lone surrogates and private characters
    become ``\\ufffd``, a tab becomes a space. A line break becomes ``↵``, or stays when ``multiline``.
    """
    if text.isprintable():
        return text
    signs = text.replace("\r\n", "\n").translate(_MANY_LINES if multiline else _ONE_LINE)
    return _without_loose_joiners(signs) if ZWJ in signs else signs


def _without_loose_joiners(text: str) -> str:
    """Keeps U+200D beside an Arabic letter only: between pictures terminals disagree on its width."""
    kept = [
        char
        for index, char in enumerate(text)
        if char != ZWJ or _arabic(text[index - 1 : index]) or _arabic(text[index + 1 : index + 2])
    ]
    return "".join(kept)


def _arabic(char: str) -> bool:
    return "\u0600" <= char <= "\u08ff"


class _Kept(dict[int, str]):
    """Code point -> what is stored for it."""

    def __init__(self, *, multiline: bool) -> None:
        super().__init__()
        self._break = "\n" if multiline else " "

    def __missing__(self, code: int) -> str:
        kept = self[code] = self._kept(chr(code))
        return kept

    def _kept(self, char: str) -> str:
        if char in "\n\v\f\x85\u2028\u2029\r":
            return self._break
        if char == "\t":
            return " "
        if char < "\x20" or "\x7f" <= char < "\xa0" or char in BIDI_CONTROLS or char == "\ufeff":
            return ""
        return UNKNOWN if "\ud800" <= char <= "\udfff" else char


_STORED_LINE = _Kept(multiline=False)
_STORED_LINES = _Kept(multiline=True)


def tidy(text: str, *, multiline: bool = False) -> str:
    """``text`` as it is stored: NFC, no controls, no outer space, lone surrogates as ``\\ufffd``.

    Bidi controls go as well. One line, unless ``multiline``: then line breaks stay, all as LF. Idempotent.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    from unicodedata import normalize

    kept = text.replace("\r\n", "\n").translate(_STORED_LINES if multiline else _STORED_LINE)
    return normalize("NFC", kept).strip()
