"""Text in the order in which it is seen: the Unicode bidirectional algorithm (UAX #9) for one line.

``levels`` gives the resolved levels, ``visual_order`` the places of the characters from left to right, ``visual`` the
characters themselves. All of them take the direction of the line, ``None`` for that of its first letter. The text is
one paragraph; a paragraph separator inside it only ends what is open. Nothing is wrapped: cut lines first.

What is never shown is in no order: controls, isolates, direction marks and joiners. Only a joiner inside an emoji
stays, and an emoji of several characters stays in its own order, as a letter with its marks does: the terminal draws
each of them as one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final, Literal

from tuicrm.domain.bidi_classes import classes, mirror, mirrored
from tuicrm.domain.bidi_embed import first_strong, pairs, runs
from tuicrm.domain.bidi_resolve import resolve

__all__ = ["Base", "levels", "mirror", "visual", "visual_order"]

Base = Literal["ltr", "rtl"] | None

_GONE: Final = 255
"""The level, in bytes, of a character that rule X9 removes."""
_TURNING: Final = re.compile("[RA2eEvV^lrfp]")
_DIRECTING: Final = re.compile("[eEvV^lrfp]")
_SEPARATOR: Final = re.compile("[SP]")
_BLANK: Final = " lrfpeEvV^"
_UNSEEN: Final = frozenset("\u061c\u200e\u200f\u2066\u2067\u2068\u2069")
_PICTURE: Final = "[\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
_EMOJI: Final = re.compile(
    f"{_PICTURE}(?:\u200d{_PICTURE}|[\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f])+"
)
"""An emoji of several characters: skin colours, joined people, tags of flags."""


def levels(text: str, base: Base = None) -> list[int]:
    """The resolved level of each character, odd for right to left; -1 for one that rule X9 removes."""
    found = _levels(text, classes(text), base)
    return [-1 if level == _GONE else level for level in found] if _GONE in found else list(found)


def visual_order(text: str, base: Base = None) -> list[int]:
    """The places in ``text`` of the characters that are seen, from left to right (L2, L3)."""
    return list(_laid_out(text, base)[1])


def visual(text: str, base: Base = None) -> tuple[str, list[int]]:
    """The characters that are seen from left to right, mirrored where they must be (L4); their places in ``text``."""
    shown, order = _laid_out(text, base)
    return shown, list(order)


# A screen of 40 rows has some hundreds of cells, and a key changes a few of them.
@lru_cache(maxsize=4096)
def _laid_out(text: str, base: Base) -> tuple[str, tuple[int, ...]]:
    if base != "rtl" and text.isascii() and text.isprintable():
        return text, tuple(range(len(text)))
    kinds = classes(text)
    found = _levels(text, kinds, base)
    if not any(found) and _UNSEEN.isdisjoint(text):
        return text, tuple(range(len(text)))
    order = _order(text, kinds, found)
    images = mirrored(text)
    if images == text:
        return "".join([text[at] for at in order]), tuple(order)
    return "".join([images[at] if found[at] & 1 else text[at] for at in order]), tuple(order)


# --- levels ---------------------------------------------------------------------------------------------------


def _levels(text: str, kinds: str, base: Base) -> bytes:
    """One byte per character, ``_GONE`` for those that rule X9 removes."""
    if base != "rtl" and not _TURNING.search(kinds):
        return bytes([_GONE if kind == "b" else 0 for kind in kinds]) if "b" in kinds else bytes(len(text))
    if "b" not in kinds:
        return _without_controls(text, kinds, base)
    kept = [at for at, kind in enumerate(kinds) if kind != "b"]
    result = bytearray([_GONE]) * len(text)
    rest = _without_controls("".join([text[at] for at in kept]), kinds.replace("b", ""), base)
    for at, level in zip(kept, rest, strict=True):
        result[at] = level
    return bytes(result)


def _without_controls(text: str, kinds: str, base: Base) -> bytes:
    """The same for text without characters of class BN, which the rules do not see."""
    directed = _DIRECTING.search(kinds) is not None
    closing = pairs(kinds) if directed else {}
    own = first_strong(kinds, closing) if base is None else int(base == "rtl")
    if directed:
        result = _by_runs(text, kinds, own, closing)
    else:
        side = "LR"[own]
        result = bytearray(resolve(kinds, text, own, side, side))
    # L1: separators, and blanks before them and at the end, are at the level of the line.
    for end in [*(found.start() for found in _SEPARATOR.finditer(kinds)), len(kinds)]:
        start = end
        while start and kinds[start - 1] in _BLANK:
            start -= 1
        for at in range(start, min(end + 1, len(kinds))):
            if result[at] != _GONE:
                result[at] = own
    return bytes(result)


def _by_runs(text: str, kinds: str, own: int, closing: dict[int, int]) -> bytearray:
    result = bytearray([_GONE]) * len(text)
    for run in runs(kinds, own, closing):
        seen = "".join([span.classes for span in run.spans])
        chars = "".join([text[span.start : span.end] for span in run.spans])
        resolved = resolve(seen, chars, run.level, "LR"[run.before & 1], "LR"[run.after & 1])
        at = 0
        for start, end, _level, _classes in run.spans:
            result[start:end] = resolved[at : at + end - start]
            at += end - start
    return result


# --- order ----------------------------------------------------------------------------------------------------


def _order(text: str, kinds: str, found: bytes) -> list[int]:
    """L2 and L3; then what is not seen goes. Not before: isolates and marks part what stands on their sides."""
    tails = _emoji_tails(text)
    places: Sequence[int] = range(len(text))
    if _GONE in found:
        places = [at for at in places if found[at] != _GONE or at in tails]
    if tails or "m" in kinds:
        order = _with_marks(places, kinds, found, tails)
    else:
        order = [places[at] for at in reordered(bytes([found[at] for at in places]))]
    return order if _UNSEEN.isdisjoint(text) else [at for at in order if text[at] not in _UNSEEN]


def _with_marks(places: Sequence[int], kinds: str, found: bytes, tails: frozenset[int]) -> list[int]:
    """L3: a mark comes after its letter, where a terminal looks for it, also right to left."""
    units: list[list[int]] = []
    for at in places:
        if units and (at in tails or (kinds[at] == "m" and found[at] == found[units[-1][0]])):
            units[-1].append(at)
        else:
            units.append([at])
    return [at for unit in reordered(bytes([found[members[0]] for members in units])) for at in units[unit]]


def _emoji_tails(text: str) -> frozenset[int]:
    """The places of the second and later characters of emoji, joiners included."""
    if text.isascii():
        return frozenset()
    return frozenset(at for emoji in _EMOJI.finditer(text) for at in range(emoji.start() + 1, emoji.end()))


def reordered(found: bytes) -> list[int]:
    """L2: the places of a line's characters from left to right, by their levels."""
    order = list(range(len(found)))
    odd = [level for level in set(found) if level & 1]
    if not odd:
        return order
    for level in range(max(found), min(odd) - 1, -1):
        for stretch in _at_least(level).finditer(found):
            start, end = stretch.span()
            order[start:end] = order[start:end][::-1]
    return order


@cache
def _at_least(level: int) -> re.Pattern[bytes]:
    return re.compile(b"[\\x%02x-\\x7f]+" % level)
