"""How many physical keys went into a call, Shift, Ctrl and AltGr counted as keys of their own. Pure.

A terminal does not report a modifier that is held down; but it reports what the modifier did: a capital, a
sign of the upper row, ``ctrl+n``. Each of these is two keys, as it is for the fingers.
"""

from __future__ import annotations

from typing import Final

from tuicrm.domain.keyboard import us_key

_SHIFTED: Final = frozenset('~!@#$%^&*()_+{}|:"<>?')
_MODIFIERS: Final = frozenset(("ctrl", "alt", "shift", "super", "meta", "hyper"))


def weight(key: str, character: str | None, layout: str) -> int:
    """How many physical keys one key event was.

    ``key`` is its name in Textual, ``character`` what it prints or None, ``layout`` the person's other layout
    (``fa``, ``ar``), by whose positions a Persian sign is told to be a shifted one.
    """
    modifiers = _MODIFIERS.intersection(key.split("+")[:-1])
    if modifiers:
        return 1 + len(modifiers)
    if character is None or len(character) != 1:
        return 1
    return 2 if _needs_shift(character, layout) else 1


def _needs_shift(character: str, layout: str) -> bool:
    if character.isascii():
        return character.isupper() or character in _SHIFTED
    position = us_key(character, layout)
    if position is None:
        return character.isupper()
    return position.isupper() or position in _SHIFTED


PASTE: Final = 2
"""A paste is a chord of two keys, whatever its length."""
