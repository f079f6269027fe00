"""The keys in use as a list, for those who print it: everything ``tuicrm keys`` knows of the screens."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tuicrm.domain.errors import FieldProblem
from tuicrm.domain.record import record
from tuicrm.i18n import Phrase, t
from tuicrm.tui import keymap, keysheet
from tuicrm.tui.keymap import begin
from tuicrm.tui.keytable import AREA_TITLES, KEYS

__all__ = ["Listed", "begin", "listed", "presets", "problems", "sheet"]


@record
class Listed:
    """One row: its id, where it acts, what it does, its keys now and before anybody moved them."""

    id: str
    where: Phrase
    does: Phrase
    keys: tuple[str, ...]
    shipped: tuple[str, ...]

    @property
    def caps(self) -> tuple[str, ...]:
        """The keys as they stand on the keyboard."""
        return tuple(map(keymap.display, self.keys))


def listed() -> list[Listed]:
    """All rows of the table, in its order; those without a key too."""
    return [
        Listed(
            row.id, t(AREA_TITLES[row.area]), keymap.label(row), keymap.keys_of(row), keymap.shipped_keys(row)
        )
        for row in KEYS
    ]


def problems(file: Path, preset: str) -> Sequence[FieldProblem]:
    """What is wrong with a keymap file; nothing when it may be used. Raises ``Invalid`` when it cannot be read."""
    return keymap.check(keymap.load(file), keymap.preset(preset))


def presets() -> Sequence[str]:
    """The names of the shipped keymaps."""
    return keymap.presets()


def sheet() -> str:
    """The cheat sheet of the keys in use, as Markdown."""
    return keysheet.own()
