"""The names of keys: as Textual has them, as people write them into a keymap, as they stand on the keyboard.

Textual's own tables would cost its import; who prints the keys in the shell needs nothing else of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final
from unicodedata import name

from tuicrm.domain.keyboard import to_us

_CAPS: Final[Mapping[str, str]] = {
    "enter": "Enter",
    "escape": "Esc",
    "space": "Space",
    "tab": "Tab",
    "backspace": "Backspace",
    "delete": "Delete",
    "insert": "Insert",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}
"""What stands on the keys that have a name. ``Enter`` and the like are not translated."""

_F_KEYS: Final = frozenset(f"f{number}" for number in range(1, 25))
_MODIFIERS: Final = frozenset({"ctrl", "alt", "shift", "super", "meta"})
_ALSO: Final[Mapping[str, str]] = {
    "esc": "escape",
    "return": "enter",
    "del": "delete",
    "ins": "insert",
    "pgup": "pageup",
    "pgdn": "pagedown",
    "↑": "up",
    "↓": "down",
    "←": "left",
    "→": "right",
}
"""Other names that people write into a keymap."""

_OTHER: Final[Mapping[str, str]] = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
"""Signs that Textual calls otherwise than Unicode."""


@lru_cache(maxsize=1)
def _signs() -> Mapping[str, str]:
    """Textual's name of every sign of ASCII: ``full_stop`` is ``.``."""
    found = {}
    for sign in "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~":
        called = name(sign).lower().replace("-", "_").replace(" ", "_")
        found[_OTHER.get(called, called)] = sign
    return found


def display(key: str) -> str:
    """A key as it stands on the key cap: ``ctrl+p`` is ``Ctrl+P``, ``f2`` is ``F2``, ``full_stop`` is ``.``."""
    if key.startswith("upper_"):
        return key[-1].upper()
    *modifiers, last = key.split("+")
    if last in _CAPS:
        shown = _CAPS[last]
    elif last in _F_KEYS or (modifiers and len(last) == 1):
        shown = last.upper()
    else:
        shown = last if len(last) == 1 else _signs().get(last, last)
    return "+".join([*(part.capitalize() for part in modifiers), shown])


def split(keys: str) -> tuple[str, ...]:
    """Keys, comma between, by their Textual names.

    A user may write ``/`` or ``slash``, ``F2`` or ``f2``, ``Ctrl+L``, ``Esc``, and a Persian letter for its place.
    """
    return tuple(_named(part.strip()) for part in keys.split(",") if part.strip())


def _named(part: str) -> str:
    if part in _ALSO:
        return _ALSO[part]
    if len(part) == 1:
        key = to_us(part)
        return next((called for called, sign in _signs().items() if sign == key), key)
    *modifiers, last = part.lower().split("+")
    last = _ALSO.get(last, last)
    if modifiers == ["shift"] and len(last) == 1 and last.isalpha():
        return last.upper()
    return "+".join([*modifiers, last])


def exists(key: str) -> bool:
    """Whether a terminal can send a key of that name."""
    *modifiers, last = key.split("+")
    known = last in _CAPS or last in _F_KEYS or last in _signs() or (last.isascii() and len(last) == 1)
    return known and _MODIFIERS.issuperset(modifiers)


def prints(key: str) -> bool:
    """Whether a key writes something where text is typed."""
    return key == "space" or len(key) == 1 or key in _signs()
