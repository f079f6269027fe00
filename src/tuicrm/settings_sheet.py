"""The table of ``docs/settings.md``: ``python -m tuicrm.settings_sheet docs/settings.md`` writes it anew."""

from __future__ import annotations

import sys
from pathlib import Path

from tuicrm.settings_table import SETTINGS, Setting

HEAD = "| key | variable | values | without it | acts | what it is |\n|---|---|---|---|---|---|\n"


def table() -> str:
    """All settings as Markdown."""
    return HEAD + "".join(f"{_row(row)}\n" for row in SETTINGS)


def _row(row: Setting) -> str:
    values = [f"`{choice}`" for choice in row.choices]
    if row.kind == "theme":
        values.append("a theme")
    form = [row.form] if row.form else []
    without = row.without or f"`{row.default}`"
    acts = "at once" if row.at_once else "next start"
    cells = (f"`{row.name}`", f"`{row.variable}`", " ".join(values + form), without, acts, row.help)
    return f"| {' | '.join(cells)} |"


def renewed(page: str) -> str:
    """The page with its table in place of the old one."""
    before, _, rest = page.partition("| key |")
    return before + table() + rest[rest.index("\n\n") + 1 :]


if __name__ == "__main__":
    file = Path(sys.argv[1])
    file.write_text(renewed(file.read_text(encoding="utf-8")), encoding="utf-8")
