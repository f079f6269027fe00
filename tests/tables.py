"""The tables of ``tests/domain/tables``: how people really write, one case a line, tabs between the columns.

``#`` begins a remark. Characters that nobody can see are written ``\\u200c``, so that a table can be read and
reviewed.
"""

from __future__ import annotations

import re
from pathlib import Path

_FOLDER = Path(__file__).parent / "domain" / "tables"
_ESCAPE = re.compile(r"\\u([0-9a-f]{4})")


def raw(name: str) -> list[str]:
    """The lines of a table as they stand, without remarks."""
    text = (_FOLDER / f"{name}.tsv").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def read(name: str, columns: int) -> list[tuple[str, ...]]:
    """The rows of a table, each with exactly ``columns`` texts; what a line leaves out is ``""``."""
    rows = []
    for line in raw(name):
        cells = [_ESCAPE.sub(lambda found: chr(int(found[1], 16)), cell) for cell in line.split("\t")]
        assert len(cells) <= columns, line
        rows.append((*cells, *[""] * (columns - len(cells))))
    return rows
