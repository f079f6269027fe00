"""The countries that numbers can be of: code, calling code, and name where the system has a list of names."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Final
from zoneinfo import TZPATH

from tuicrm.domain.phone import calling_codes
from tuicrm.domain.record import record

_FILE: Final = "iso3166.tab"


@record
class Country:
    """``code``: ``IR``; ``calling``: 98; ``name``: in English, ``""`` when nobody knows it."""

    code: str
    calling: int
    name: str


def countries() -> tuple[Country, ...]:
    """All of them by name, those without one at the end by code."""
    names = _names(_table())
    found = [Country(code, calling, names.get(code, "")) for code, calling in calling_codes().items()]
    return tuple(sorted(found, key=lambda one: (not one.name, one.name, one.code)))


def _names(table: str) -> dict[str, str]:
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return {row[0]: row[1] for row in rows if len(row) > 1}


def _table() -> str:
    """The zone data's list of countries, of the system or of the package tzdata; ``""`` without one."""
    for folder in TZPATH:
        try:
            return (Path(folder) / _FILE).read_text(encoding="utf-8")
        except OSError:
            continue
    try:
        return resources.files("tzdata").joinpath("zoneinfo", _FILE).read_text(encoding="utf-8")
    except (ModuleNotFoundError, OSError):
        return ""
