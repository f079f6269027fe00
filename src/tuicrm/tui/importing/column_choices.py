"""Where the columns of a file go: as it was recognised, as last time, or as the person says now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tuicrm.domain.fold import fold
from tuicrm.tui.importing.parts import ColumnRow

if TYPE_CHECKING:
    from tuicrm.services.importing import Look


class ColumnChoices:
    """What the person says of columns while the file is looked at."""

    def __init__(self) -> None:
        self.said: Mapping[str, str] = {}
        """What each column is to be, by how a mapping names it: the ``mapping`` of the import."""

    def choose(self, found: Look, place: int, target: str) -> None:
        """The column at that place, from 0, is ``target`` from now on."""
        self.said = {**self.said, _names(found)[place]: target}

    def rows(self, found: Look) -> Sequence[ColumnRow]:
        """Every column of the file, and how it is known where it goes."""
        names = _names(found)
        before = {fold(name) for name in found.remembered}
        rows = []
        for place, column in enumerate(found.columns):
            how = "" if column.sure else "guess"
            if before.intersection((fold(column.heading), str(place + 1))):
                how = "before"
            rows.append(ColumnRow(place, column, "now" if names[place] in self.said else how))
        return rows


def _names(found: Look) -> list[str]:
    """How a mapping names each column: by its heading, by its number (from 1) when several are called that."""
    headings = [column.heading for column in found.columns]
    folded = [fold(heading) for heading in headings]
    return [
        str(place + 1) if folded.count(fold(heading)) > 1 or not heading.strip() else heading
        for place, heading in enumerate(headings)
    ]
