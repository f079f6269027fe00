"""The day's script (``day.toml``) as values, and how keys and characters are counted."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from tuicrm.domain.keyboard import us_key

ZONE: Final = ZoneInfo("Asia/Tehran")
DAY: Final = date(2026, 11, 22)
AGENT: Final = "sara"
RINGS_S: Final = 5
"""Seconds that a telephone rings before it is lifted."""
FILE: Final = Path(__file__).with_name("day.toml")

TALK: Final = "(talk)"
"""In a key script: the talk of a dialled call. No key."""
_KEYS: Final = re.compile(r"'([^']*)'|(\S+)")
_SHIFTED: Final = frozenset('~!@#$%^&*()_+{}|:"<>?')
_TEXTUAL: Final = {
    "Backspace": "backspace", "Down": "down", "Enter": "enter", "Esc": "escape", "Right": "right", "Tab": "tab",
    "Up": "up",
}  # fmt: skip


@dataclass(frozen=True)
class Press:
    """One thing the hands do: a character, or a key by Textual's name, and how many physical keys it is."""

    key: str
    weight: int


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
                found += [Press(char, weight(char)) for char in match[1]]
            elif match[2] == TALK:
                found.append(Press(TALK, 0))
            else:
                found.append(_named(match[2]))
        return found

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


def weight(char: str) -> int:
    """Physical keys for a character: two for one that needs Shift, on the US or the Persian layout."""
    if char.isascii():
        return 2 if char.isupper() or char in _SHIFTED else 1
    position = us_key(char)
    if position is None:
        raise ValueError(f"{char!r} is on neither layout")
    return 2 if position.isupper() or position in _SHIFTED else 1


def _named(name: str) -> Press:
    """A key outside quotes: a name, a chord (``Ctrl+N``), or one character."""
    modifiers, _, key = name.rpartition("+") if len(name) > 1 else ("", "", name)
    if modifiers:
        return Press(f"{modifiers.lower()}+{key.lower()}", 1 + modifiers.count("+") + 1)
    if len(key) == 1:
        return Press(key, weight(key))
    return Press(_TEXTUAL[key], 1)
