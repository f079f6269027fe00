"""How many colours the terminal shows, as far as the environment tells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Literal

Colours = Literal["none", "16", "256", "full"]
"""``none``: nobody wants them or the terminal has none. ``16``: the terminal's own, whose looks nobody knows."""

_NONE: Final = re.compile(r"(dumb|unknown|vt\d{2,3}|.*-(m|mono))(-.*)?|")
"""Terminals of one colour, such as ``vt100``, ``vt220-8bit`` and ``xterm-mono``."""
_FULL: Final = re.compile(r"(alacritty|contour|foot|ghostty|wezterm|xterm-(ghostty|kitty)|.*-direct)(-.*)?")
"""Terminals known by name: over SSH nothing else arrives, for ``COLORTERM`` stays behind."""
_PROGRAMS: Final = frozenset({"WezTerm", "ghostty", "iTerm.app", "vscode"})
_MANY: Final = re.compile(r".*256.*|(gnome|konsole|vte)(-.*)?")


def colours(environ: Mapping[str, str]) -> Colours:
    """What to count on: ``NO_COLOR`` first (https://no-color.org: set and not empty), then ``TERM`` and the rest."""
    term = environ.get("TERM", "")
    if environ.get("NO_COLOR") or _NONE.fullmatch(term):
        return "none"
    if environ.get("STY") and term.startswith("screen"):
        # GNU screen hands COLORTERM on from outside and shows none of what it promises
        return "256" if "256" in term else "16"
    named = environ.get("COLORTERM") in ("truecolor", "24bit") or environ.get("TERM_PROGRAM") in _PROGRAMS
    if named or "WT_SESSION" in environ or _FULL.fullmatch(term):
        return "full"
    return "256" if _MANY.fullmatch(term) else "16"
