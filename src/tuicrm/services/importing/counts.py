"""What adds up while an import goes."""

from __future__ import annotations

from tuicrm.services.importing.reports import Double, Lines, RowReason


class Counts:
    """Rows by what became of them, and what is to be told of them."""

    def __init__(self) -> None:
        self.read = self.added = self.updated = self.unchanged = self.photos = self.joined = self.alone = 0
        self.skipped: list[RowReason] = []
        self.refused: list[RowReason] = []
        self.led_on: list[RowReason] = []
        self.remarks: list[RowReason] = []
        self.longer = self.shorter = Lines()
        self.kept: dict[str, int] = {}
        self.doubles: list[Double] = []

    @property
    def written(self) -> int:
        """What was written, or would be: rows, and people who came to a list."""
        return self.added + self.updated + self.joined

    @property
    def settled(self) -> int:
        """Rows that were of use: in, there already, or left out on purpose."""
        return self.added + self.updated + self.unchanged + len(self.skipped)

    def add(self, more: Counts) -> None:
        """Adds what other rows of the same file came to."""
        for name, value in vars(more).items():
            if isinstance(value, dict):
                kept = getattr(self, name)
                for key, n in value.items():
                    kept[key] = kept.get(key, 0) + n
            else:
                setattr(self, name, getattr(self, name) + value)

    def uneven(self, line: int, beyond: int) -> None:
        """A row with so many cells more (negative: less) than there are columns."""
        if beyond > 0:
            self.longer += Lines(1, (line,))
        else:
            self.shorter += Lines(1, (line,))

    def leave_out(self, reason: RowReason, *, refused: bool) -> None:
        (self.refused if refused else self.skipped).append(reason)
