"""Which way calls went, in lists that say it by a number: whose 1 is an incoming call, another's an outgoing one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from tuicrm.domain.fold import fold
from tuicrm.domain.models import Direction
from tuicrm.exchange import call_log_values as values

_USUAL: Final[Mapping[str, Direction]] = {"1": "in", "2": "out", "3": "in"}
"""As telephones and CDR-Stats number: received, dialled, missed. A list with a 0 in it numbers otherwise."""
_ENOUGH: Final = 0.9
"""Share of the calls with an extension that must go one way for their number to mean that."""

Said = tuple[str, str, str]
"""What a row says of the direction, its caller, its called number."""


class Ways:
    """What each number means in one list. ``rows``: what every row says; read once, when the first number comes."""

    def __init__(self, rows: Iterable[Said]) -> None:
        self._rows = rows
        self._known: dict[str, Direction] | None = None
        self._told: set[str] = set()

    def of(self, said: str) -> Direction | None:
        """The way that a number means; None for a word, and where nothing tells."""
        code = fold(said)
        if not code.isdecimal():
            return None
        if self._known is None:
            self._known = _learnt(self._rows)
        return self._known.get(code)

    def first(self, said: str) -> bool:
        """Whether a number has not been told of before."""
        code = fold(said)
        if code in self._told or not code.isdecimal():
            return False
        self._told.add(code)
        return True


def _learnt(rows: Iterable[Said]) -> dict[str, Direction]:
    """By the calls that an extension made or took; what these leave open as most lists number it."""
    seen: dict[str, Counter[Direction]] = {}
    for said, caller, called in rows:
        ways = seen.setdefault(fold(said), Counter())
        own = [values.internal(values.number(side)) for side in (caller, called)]
        if own[0] != own[1]:
            ways["out" if own[0] else "in"] += 1
    found: dict[str, Direction] = {}
    for code, ways in seen.items():
        for way, many in ways.items():
            if many >= _ENOUGH * ways.total():
                found[code] = way
    usual = {} if "0" in seen or any(found.get(code, way) != way for code, way in _USUAL.items()) else _USUAL
    return {**{code: way for code, way in usual.items() if code in seen}, **found}
