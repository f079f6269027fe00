"""Pictures of whole screens as text, kept in ``snapshots/`` and compared line by line.

What is kept is what a terminal is sent: the lines of the composed screen, after ``tui/order.py`` gave them their
order. Each stands between U+202D (LRO) and U+202C (PDF), so that an editor or a diff that reorders shows it as a
terminal does that leaves the order to the program; in logical mode the isolates between them turn their own letters
as the terminal would. Below the lines stands where the keyboard is.

``TUICRM_SNAPSHOTS=write`` makes the files anew:

    TUICRM_SNAPSHOTS=write .venv/bin/pytest -n0 -q tests/tui/test_persian_screens.py
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from difflib import unified_diff
from pathlib import Path
from typing import Final
from unicodedata import normalize

from tests.tui.apps import screen_lines
from textual.geometry import Offset
from textual.widgets import Input

from tuicrm.tui.app import CrmApp

FOLDER: Final = Path(__file__).with_name("snapshots")
WRITING: Final = os.environ.get("TUICRM_SNAPSHOTS") == "write"
LRO, PDF = "\u202d", "\u202c"
BARS: Final = ("▌", "▐")
"""The bar of a list's cursor, at the side where lines begin."""


class Picture:
    """A screen: its ``lines``, and the cell of the text cursor when somebody types (x, y from 0)."""

    def __init__(self, app: CrmApp) -> None:
        self.lines = screen_lines(app)
        self.caret: Offset | None = None
        if isinstance(app.focused, Input):
            self.caret = app.focused.cursor_screen_offset

    @property
    def text(self) -> str:
        """As it is kept."""
        return "\n".join([*(f"{LRO}{line}{PDF}" for line in self.lines), *self._notes(), ""])

    def cell(self, at: Offset) -> str:
        """What stands in a cell, as the letter that one types."""
        return normalize("NFKC", cells(self.lines[at.y])[at.x])

    def _notes(self) -> Iterable[str]:
        bars = [str(y) for y, line in enumerate(self.lines, 1) if any(bar in line for bar in BARS)]
        yield f"cursor line: {', '.join(bars) or 'none'}"
        if self.caret is not None:
            letter = self.cell(self.caret) if self.caret.y < len(self.lines) else ""
            name = "".join(f" {ord(char):04X}" for char in letter)
            yield f"caret: line {self.caret.y + 1}, column {self.caret.x + 1}, on{name}"


def cells(line: str) -> list[str]:
    """The line cell by cell: what has no width belongs to the cell before; a wide letter fills two."""
    from rich.cells import cell_len

    out: list[str] = []
    for char in line:
        width = cell_len(char)
        if width:
            out += [char, *[""] * (width - 1)]
        elif out:
            out[-1] += char
    return out


def file_of(name: str) -> Path:
    """Where the picture of that name is kept."""
    return FOLDER / f"{name}.txt"


def compare(name: str, picture: Picture) -> None:
    """Fails when the kept picture differs or is missing, with what differs; when asked to write, writes it."""
    file, now = file_of(name), picture.text
    if WRITING:
        FOLDER.mkdir(exist_ok=True)
        file.write_text(now, encoding="utf-8")
        return
    assert file.exists(), f"{file.name} is missing; TUICRM_SNAPSHOTS=write makes it:\n{now}"
    kept = file.read_text(encoding="utf-8")
    if kept != now:
        told = unified_diff(
            kept.splitlines(), now.splitlines(), f"{file.name} as kept", "now", n=1, lineterm=""
        )
        raise AssertionError("\n".join(["the screen differs from its picture", *told]))


def kept_lines(name: str) -> list[str]:
    """The lines of the kept picture of that name."""
    lines = file_of(name).read_text(encoding="utf-8").splitlines()
    return [line[1:-1] for line in lines if line.startswith(LRO)]


def stale(names: Iterable[str]) -> list[str]:
    """The kept pictures that nobody looks at; when asked to write, they are thrown away."""
    wanted = {file_of(name) for name in names}
    unused = sorted(file for file in FOLDER.glob("*") if file not in wanted)
    if WRITING:
        for file in unused:
            file.unlink()
        return []
    return [file.name for file in unused]
