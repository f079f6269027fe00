"""A measured figure beside its floor and its budget, and the table they are printed in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

_UNITS = {"ms": 1, "MB": 1, "B": 0, "%": 1, "x": 2, "/s": 0, "keys": 0, "": 0}


@dataclass(frozen=True)
class Figure:
    """One line of the table.

    ``floor``: what cannot be beaten, measured in the same run; None when there is none. ``budget``: the most (or,
    with ``at_least``, the least) that is allowed; of the ratio to the floor when ``relative``. None: no budget yet.
    """

    what: str
    value: float
    unit: str
    floor: float | None = None
    budget: float | None = None
    relative: bool = False
    at_least: bool = False
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Value by floor."""
        return self.value / self.floor if self.floor else None

    @property
    def good(self) -> bool | None:
        """Whether the budget is kept; None without one."""
        judged = self.ratio if self.relative else self.value
        if self.budget is None or judged is None:
            return None
        return judged >= self.budget if self.at_least else judged <= self.budget

    def row(self) -> tuple[str, ...]:
        """The cells of its line."""
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}x"
        budget = "" if self.budget is None else _amount(self.budget, "x" if self.relative else self.unit)
        sign = ">= " if self.at_least else ""
        word = {True: "good", False: "BAD", None: ""}[self.good]
        floor = "" if self.floor is None else _amount(self.floor, self.unit)
        return (
            self.what,
            _amount(self.value, self.unit),
            floor,
            ratio,
            sign + budget if budget else "",
            word,
            self.note,
        )


def _amount(value: float, unit: str) -> str:
    digits = _UNITS[unit]
    if unit == "ms" and value < 1:
        digits = 3
    text = f"{value:,.{digits}f}"
    return f"{text} {unit}".strip() if unit not in ("%", "x", "/s") else text + unit


HEADINGS = ("what", "measured", "floor", "ratio", "budget", "", "")


def lines(rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Rows under each other, words to the left and numbers to the right."""
    table = list(rows)
    widths = [max(len(row[column]) for row in table) for column in range(len(HEADINGS))]
    told = []
    for row in table:
        cells = [row[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(row[1:5], widths[1:5], strict=True)]
        told.append("  ".join([*cells, row[5].ljust(widths[5]), row[6]]).rstrip())
    return told


def quantile(values: Iterable[float], share: float) -> float:
    """The value that ``share`` of the values do not pass (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
