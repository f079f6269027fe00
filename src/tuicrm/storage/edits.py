"""What one action did to each record, however often it wrote to it: one before and one after."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Columns = dict[str, Any]
"""Values by column, in the plain form of the change log."""


class Edits:
    """Several writes to one record become one row of the change log: the first before and the last after stay."""

    __slots__ = ("_before_and_after",)

    def __init__(self) -> None:
        # the before of a record that the action made is None
        self._before_and_after: dict[tuple[str, int], tuple[Columns | None, Columns]] = {}

    def __bool__(self) -> bool:
        return bool(self._before_and_after)

    def note(self, entity: str, record: int, before: Columns | None, after: Columns) -> None:
        """Adds one write. A column that is again what it was at first is not changed."""
        known = self._before_and_after.get((entity, record))
        if known is None:
            self._before_and_after[entity, record] = (before, dict(after))
            return
        first, last = known
        last.update(after)
        if first is None:
            return
        first = {**(before or {}), **first}
        self._before_and_after[entity, record] = (first, last)
        for column in [column for column, value in last.items() if value == first[column]]:
            del last[column], first[column]

    def changed(self) -> Iterator[tuple[str, int, Columns | None, Columns]]:
        """Entity, id, before and after of each record that was made or is other than it was."""
        for (entity, record), (before, after) in self._before_and_after.items():
            if before is None or before != after:
                yield entity, record, before, after
