"""Prints the cheat sheet: ``python -m tuicrm.tui.keysheet > docs/keys.md``."""

from __future__ import annotations

import sys

from tuicrm.tui import keymap

if __name__ == "__main__":
    sys.stdout.write(keymap.cheat_sheet())
