"""Command templates of the settings: ``linphonecsh dial {number}``. Pure.

A template is cut into words once, as a shell would cut it; only then are the places filled, so that a value is always
one word or a part of one, whatever is in it. No shell ever sees it.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from typing import Final

DIALLER: Final = ("number", "e164", "name", "contact")
"""What stands in the place of these words in braces when a call is dialled."""
_PLACE: Final = re.compile(r"\{(\w*)\}")
_DIALLED: Final = re.compile(r"[^0-9+*#,;]")


def words(template: str, places: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The words of a template. Raises ``ValueError`` without a command, for quotes that do not close, and for a place
    that there is not."""
    found = tuple(shlex.split(template))
    if not found or not found[0].strip():
        raise ValueError("no command")
    unknown = [name for word in found for name in _PLACE.findall(word) if name not in places]
    if unknown or _PLACE.search(found[0]):
        raise ValueError("unknown place")
    return found


def filled(found: tuple[str, ...], values: Mapping[str, str]) -> list[str]:
    """The words with their places filled. A value never makes an option of a word that is nothing else."""
    return [_PLACE.sub(lambda place: _harmless(values.get(place[1], "")), word) for word in found]


def _harmless(value: str) -> str:
    """Without controls, and without the sign that begins an option."""
    printable = "".join(char if char.isprintable() else " " for char in value)
    return printable.strip().lstrip("-").strip()


def dialled(number: str) -> str:
    """A number as a telephone takes it: digits and ``+ * # , ;``, nothing that is there to be read."""
    return _DIALLED.sub("", number)
