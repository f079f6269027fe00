"""Makes ``src/tuicrm/domain/number_zones.txt``: the time zones of numbers by how they begin.

Of the calling codes that have several clocks only, from the map of libphonenumber, as the package ``phonenumbers``
carries it (the program itself has ``phonenumberslite``, which is without). In an environment of its own:

    pip install phonenumbers && python tools/number_zones.py
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

OUT: Final = Path(__file__).parents[1] / "src" / "tuicrm" / "domain" / "number_zones.txt"
HEADER: Final = """\
# The time zones of telephone numbers by how they begin, of the calling codes that have several clocks.
# Made by tools/number_zones.py from the map of libphonenumber (https://github.com/google/libphonenumber,
# Copyright The Libphonenumber Authors, Apache License 2.0), as in phonenumbers {version}.
# A line: zones, a tab, beginnings without the plus; the longest that fits counts. A beginning of which no more is known
# than of its whole calling code does not stand here: such numbers do not tell where they are.
"""


def main() -> None:
    """Writes the file."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE as codes
    from phonenumbers.tzdata import TIMEZONE_DATA as known

    kept: dict[str, tuple[str, ...]] = {}
    for code in sorted(str(each) for each in codes):
        theirs = {begin: zones for begin, zones in known.items() if _code(begin, codes) == code}
        if len({_clock(zone) for zones in theirs.values() for zone in zones}) > 1:
            # the bare code only keeps out what says no more than it
            kept |= {begin: zones for begin, zones in _needed(theirs).items() if begin != code}
    of_zones: dict[tuple[str, ...], list[str]] = {}
    for begin, zones in sorted(kept.items()):
        of_zones.setdefault(zones, []).append(begin)
    lines = (f"{' '.join(zones)}\t{' '.join(begins)}\n" for zones, begins in sorted(of_zones.items()))
    OUT.write_text(HEADER.format(version=version("phonenumbers")) + "".join(lines), encoding="ascii")


def _code(begin: str, codes: Mapping[int, object]) -> str:
    """The calling code with which a beginning begins: none is the beginning of another."""
    return next((begin[:size] for size in (1, 2, 3) if begin[:size] and int(begin[:size]) in codes), "")


def _clock(zone: str) -> tuple[object, ...]:
    """What a zone's clocks show in each month of a year: zones that agree are one to whoever calls."""
    there = ZoneInfo(zone)
    return tuple(
        datetime(2026, month, 15, tzinfo=UTC).astimezone(there).utcoffset() for month in range(1, 13)
    )


def _needed(theirs: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The beginnings without those that say no more than the next shorter one; of zones that agree the first."""
    found: dict[str, tuple[str, ...]] = {}
    for begin in sorted(theirs, key=len):
        one_each = {_clock(zone): zone for zone in sorted(theirs[begin], reverse=True)}
        zones = tuple(sorted(one_each.values()))
        shorter = next((begin[:size] for size in range(len(begin) - 1, 0, -1) if begin[:size] in found), None)
        if shorter is None or found[shorter] != zones:
            found[begin] = zones
    return found


if __name__ == "__main__":
    main()
