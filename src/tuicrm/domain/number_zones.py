"""In which time zones a number may be, by how it begins: in countries with several clocks."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

_FILE: Final = "number_zones.txt"


@lru_cache(maxsize=4096)
def zones_of_number(e164: str) -> tuple[str, ...]:
    """The time zones of which one is that of a number (``+1213…``). Empty where its country has one clock, and for a
    number that does not tell where it is, as a mobile one in many countries."""
    if e164.startswith("+98"):
        # one clock: lists of Iranian numbers need not wait for the file
        return ()
    number, table = e164[1:], _table()
    fits = (table.get(number[:size]) for size in range(min(_longest(), len(number)), 0, -1))
    return next(filter(None, fits), ())


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[str, ...]]:
    """Beginning -> zones; 3,000 of them, a millisecond."""
    # Imported here: only a number of another country asks for it.
    from pathlib import Path

    found: dict[str, tuple[str, ...]] = {}
    for line in (Path(__file__).parent / _FILE).read_text(encoding="ascii").splitlines():
        zones, tab, begins = line.partition("\t")
        if tab:
            found |= dict.fromkeys(begins.split(), tuple(zones.split()))
    return found


@lru_cache(maxsize=1)
def _longest() -> int:
    return max(map(len, _table()))
