"""What is said of a file that is not as it should be: rows longer or shorter than the headings, letters read twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from tuicrm.i18n import Phrase, nt, t


class _Lines(Protocol):
    @property
    def many(self) -> int: ...

    @property
    def first(self) -> Sequence[int]: ...


class _Report(Protocol):
    """As ``services.importing.ImportReport``."""

    @property
    def longer(self) -> _Lines: ...

    @property
    def shorter(self) -> _Lines: ...


def uneven(it: _Report) -> Iterator[Phrase]:
    """A sentence for those with more cells, one for those with fewer; nothing when there are none."""
    if it.longer.many:
        yield nt(
            "{n} row has more cells than there are columns: line {lines}.",
            "{n} rows have more cells than there are columns: lines {lines}.",
            it.longer.many,
            lines=_named(it.longer),
        )
    if it.shorter.many:
        yield nt(
            "{n} row has fewer cells than there are columns: line {lines}.",
            "{n} rows have fewer cells than there are columns: lines {lines}.",
            it.shorter.many,
            lines=_named(it.shorter),
        )


def was_read_twice(encoding: str) -> Phrase | None:
    """That letters are put right which another program had saved as others; None for a file without."""
    if encoding != "utf-8 in cp1252":
        return None
    return t(
        "Its letters had been saved as others ({wrong} for {right}); they are put right.",
        wrong="Ã¼",
        right="ü",
    )


def _named(lines: _Lines) -> tuple[int | str, ...]:
    """The numbers of the first ones, and that there are more."""
    return (*lines.first, "…") if lines.many > len(lines.first) else tuple(lines.first)
