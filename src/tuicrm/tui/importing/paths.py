"""Names of files, completed as a shell does."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

MOST: Final = 2000
"""Names of one folder that are looked at."""


def full(typed: str) -> Path:
    """The file that was meant, ``~`` and all."""
    name = typed.strip()
    # as a file manager hands it over when a file is dragged into a terminal
    if len(name) > 1 and name[0] == name[-1] and name[0] in "'\"":
        name = name[1:-1]
    return Path(name).expanduser()


def complete(typed: str) -> tuple[str, list[str]]:
    """What was typed, as far as it goes on in one way only, and the names it may become.

    A folder ends in ``/``. Hidden ones come only when a dot was typed. Nothing when the folder cannot be read.
    """
    folder, begun = os.path.split(typed)
    if typed == "~":
        return "~/", []
    names = _names(os.path.expanduser(folder) or ".", begun)
    if not names:
        return typed, []
    # what differs in capitals only is written as the first one is
    longer = names[0][: _in_common([name.casefold() for name in names])]
    return os.path.join(folder, longer), names


def _names(folder: str, begun: str) -> list[str]:
    found: list[str] = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith(".") and not begun.startswith("."):
                    continue
                if entry.name.casefold().startswith(begun.casefold()) and _speakable(entry.name):
                    found.append(entry.name + ("/" if entry.is_dir() else ""))
                    if len(found) == MOST:
                        break
    except OSError:
        return []
    exact = [name for name in found if name.startswith(begun)]
    return sorted(exact or found, key=str.casefold)


def _in_common(names: list[str]) -> int:
    """How many characters all begin with: as many as the first and the last in order have in common."""
    first, last = min(names), max(names)
    return next((at for at, char in enumerate(first) if last[at : at + 1] != char), len(first))


def _speakable(name: str) -> bool:
    """Whether a name is text: one of undecodable bytes cannot be typed."""
    return not any("\ud800" <= char <= "\udfff" for char in name)
