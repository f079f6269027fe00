"""Conditions that are added to the statement of a list. ``queries.filtered`` makes them.

A condition on another table (who has that tag, which note has that word) is a *set*: a statement that gives the ids
of the records that fit. How many those are decides how the list is read: from the few records of the set, or in the
order of the list, passing over those that are not in it. SQLite guesses that without looking, and a wrong guess costs
a second at a million calls; so ``prepare`` looks, no further than ``FEW`` or ``SOME``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

from tuicrm.domain.record import made, record
from tuicrm.storage.connection import Connection

FEW: Final = 2_000
"""Ids that are looked up one by one, and then sorted."""
SOME: Final = 20_000
"""Ids that are kept in memory while the list is read in its order. With more of them a page of the list is full
before many rows are passed over: then each row is looked at by itself."""


@record
class IdSet:
    """Ids of records that fit. ``mark``: where in the conditions it stands; ``column``: the list's column; ``ids``: the
    statement that gives them as ``id``; ``each``: the same as a condition on the row itself, ``""`` for none."""

    mark: str
    column: str
    ids: str
    each: str = ""

    @property
    def inside(self) -> str:
        """That the column is in the set, the list not begun with it."""
        return f"+{self.column} IN ({self.ids})"


@record
class Where:
    """Conditions to be added to a list's own, with their parameters; ``sets``: those of which it is to be seen how many
    fit before the list is read."""

    conditions: tuple[str, ...] = ()
    params: dict[str, Any] = made(default_factory=dict)
    sets: tuple[IdSet, ...] = ()


ALL: Final = Where()


def among(where: Where, column: str, ids: Iterable[int]) -> Where:
    """The same, and only these records."""
    condition = f"{column} IN (SELECT value FROM json_each(:among))"
    params = {**where.params, "among": json.dumps(list(ids))}
    return Where((*where.conditions, condition), params, where.sets)


def prepare(conn: Connection, where: Where, *, counting: bool = False) -> Where:
    """The conditions in the form in which this connection is to be asked; it gets the functions that they may call.

    ``counting``: all who fit are wanted, not a page of them.
    """
    if not where.conditions:
        return where
    conn.raw.create_function("folded", 1, _folded, deterministic=True)
    conn.raw.create_function("spelled", 1, _spelled, deterministic=True)
    params = dict(where.params)
    conditions = list(where.conditions)
    for each in where.sets:
        found = _condition(conn, each, params, SOME if each.each and not counting else FEW)
        conditions = [text.replace(each.mark, found) for text in conditions]
    return Where(tuple(conditions), params)


def _condition(conn: Connection, it: IdSet, params: dict[str, Any], most: int) -> str:
    rows = conn.all(f"SELECT id FROM ({it.ids}) LIMIT {most + 1}", params)
    if len(rows) > most:
        return f"({it.each})" if most > FEW else it.inside
    ids = {row[0] for row in rows}
    if len(ids) > FEW:
        return it.inside
    name = f"ids{len(params)}"
    params[name] = json.dumps(list(ids))
    return f"{it.column} IN (SELECT value FROM json_each(:{name}))"


@lru_cache(maxsize=20_000)
def _folded(value: Any) -> str:
    from tuicrm.domain.fold import fold

    return fold(value) if isinstance(value, str) else ""


@lru_cache(maxsize=20_000)
def _spelled(value: Any) -> str:
    """The words as they are folded, then in their one spelling; a space before each."""
    from tuicrm.domain.fold import spellings

    if not isinstance(value, str):
        return ""
    words, one_spelling, _ = spellings(value)
    more = one_spelling if one_spelling is not words else ()
    return " " + " ".join((*words, *more))
