"""The day's script (``day.toml``) as values: which keys are pressed under which layout, what the terminal sends for
them, and how keys and characters are counted."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

from tuicrm.domain.fold import has_rtl
from tuicrm.domain.keyboard import position, with_shift

ZONE: Final = ZoneInfo("Asia/Tehran")
DAY: Final = date(2026, 11, 22)
AGENT: Final = "sara"
RINGS_S: Final = 5
"""Seconds that a telephone rings before it is lifted."""
FILE: Final = Path(__file__).with_name("day.toml")

TALK: Final = "(talk)"
"""In a key script: the talk of a dialled call. No key."""
_KEYS: Final = re.compile(r"'([^']*)'|(\S+)")
_BASES: Final = {
    with_shift(chr(code)): chr(code) for code in range(33, 127) if with_shift(chr(code)) != chr(code)
}
"""What a US key gives with Shift -> the key."""
_NAMED: Final = {
    "Backspace": "\x7f", "Down": "\x1b[B", "Enter": "\r", "Esc": "\x1b", "Right": "\x1b[C", "Tab": "\t",
    "Up": "\x1b[A",
}  # fmt: skip
"""Key -> what a terminal sends for it."""

Layout = Literal["us", "fa"]


@dataclass(frozen=True)
class Press:
    """One thing the hands do. ``physical``: the keys that go down for it, by their US names (``("Shift", "b")``);
    ``sent``: what a terminal sends for them under the layout in use."""

    physical: tuple[str, ...]
    sent: str

    @property
    def weight(self) -> int:
        """Physical keys; Shift and Ctrl count as keys of their own."""
        return len(self.physical)


@dataclass(frozen=True)
class Scripted:
    """One call of the day. ``saved``: the facts that must be in the database afterwards."""

    number: int
    at: datetime
    how: str
    keys: str
    paper: Mapping[str, str]
    saved: Mapping[str, Any]
    phone: str = ""
    lift: str = "handset"
    talk: int = 0

    @property
    def presses(self) -> list[Press]:
        """Every key of the script, in order."""
        found: list[Press] = []
        for match in _KEYS.finditer(self.keys):
            if match[1] is not None:
                found += [typed(char, self.layout) for char in match[1]]
            else:
                found.append(Press((), TALK) if match[2] == TALK else _named(match[2], self.layout))
        return found

    @property
    def persian(self) -> bool:
        """Whether it is of the day's Persian half: name or note on the sheet are Persian."""
        return has_rtl(self.paper.get("name", "") + self.paper.get("note", ""))

    @property
    def layout(self) -> Layout:
        """The layout that all its keys are pressed under."""
        return "fa" if self.persian else "us"

    @property
    def needs_layout(self) -> bool:
        """Whether it cannot be pressed under the other layout: text is typed, keys alone act by position."""
        return any(match[1] for match in _KEYS.finditer(self.keys))

    @property
    def key_count(self) -> int:
        """Physical keys; Shift, Ctrl and AltGr count as keys of their own."""
        return sum(press.weight for press in self.presses)

    @property
    def paper_count(self) -> int:
        """Characters on the sheet; blanks and the half-space, which no pen writes, are not counted."""
        return sum(
            1 for cell in self.paper.values() for char in cell if not char.isspace() and char != "\u200c"
        )


@dataclass(frozen=True)
class Day:
    """The whole script."""

    people: tuple[Mapping[str, Any], ...]
    earlier: tuple[Mapping[str, str], ...]
    calls: tuple[Scripted, ...] = field(repr=False)


def load(file: Path = FILE) -> Day:
    """The script as it stands in the file."""
    raw = tomllib.loads(file.read_text(encoding="utf-8"))
    calls = []
    for number, row in enumerate(raw["call"], start=1):
        row = dict(row)
        at = datetime.combine(DAY, time.fromisoformat(row.pop("at")), ZONE)
        calls.append(Scripted(number, at, **row))
    return Day(tuple(raw["person"]), tuple(raw["earlier"]), tuple(calls))


def switches(calls: Sequence[Scripted]) -> int:
    """How often the layout has to be changed between calls, where text is typed; the first one is set already."""
    needed = [call.layout for call in calls if call.needs_layout]
    return sum(before != after for before, after in pairwise(needed))


def typed(char: str, layout: Layout) -> Press:
    """A character as the keys that print it. ``ValueError`` when the layout has it on none."""
    place = (
        position(char, layout) if layout != "us" else char if char.isascii() and char.isprintable() else None
    )
    if place is None:
        raise ValueError(f"{char!r} is on no key of the layout {layout}")
    base = _BASES.get(place)
    return Press((place,) if base is None else ("Shift", base), char)


def _named(name: str, layout: Layout) -> Press:
    """A key outside quotes: a name, a chord (``Ctrl+N``), or one character."""
    if len(name) == 1:
        return typed(name, layout)
    modifier, _, key = name.rpartition("+")
    if modifier == "Ctrl":
        return Press(("Ctrl", key.lower()), chr(ord(key.upper()) & 0x1F))
    return Press((name,), _NAMED[name])
