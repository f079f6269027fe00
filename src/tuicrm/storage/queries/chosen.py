"""Conditions that are added to the statement of a list. ``queries.filtered`` makes them."""

from __future__ import annotations

from typing import Any, Final

from tuicrm.domain.record import made, record
from tuicrm.storage.connection import Connection


@record
class Where:
    """Conditions to be added to a list's own, with their parameters."""

    conditions: tuple[str, ...] = ()
    params: dict[str, Any] = made(default_factory=dict)


ALL: Final = Where()


def prepare(conn: Connection, where: Where) -> None:
    """Gives the connection the function ``folded`` that conditions may call."""
    if where.conditions:
        conn.raw.create_function("folded", 1, _folded, deterministic=True)


def _folded(value: Any) -> str:
    from tuicrm.domain.fold import fold

    return fold(value) if isinstance(value, str) else ""
