"""Rows of people whom another agent has: told in the row, and in the queue skipped by whoever goes on to the next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from tuicrm.domain.models import ContactRow, FollowUp, TodayRow
from tuicrm.domain.record import replace
from tuicrm.tui.widgets.record_list import RecordList

if TYPE_CHECKING:
    from tuicrm.tui.app import CrmApp

Held = TypeVar("Held", TodayRow, ContactRow, FollowUp)
"""What says in its row who has the person."""


def with_holders(app: CrmApp, rows: Iterable[Held]) -> list[Held]:
    """The rows as they were read, with who has them by now."""
    # before the bar's door is there, nobody was heard of; it is not opened for that
    others = app.bar.claiming.others if "bar" in app.__dict__ else {}
    return [_of(row, others) for row in rows]


def show_holders(shown: RecordList[Held], others: Mapping[int, str]) -> None:
    """Says in the rows that stand there who has them now; nothing is read, only what changed is painted."""
    for row in list(shown.rows):
        fresh = _of(row, others)
        if fresh is not row:
            shown.patch(fresh)


def _of(row: Held, others: Mapping[int, str]) -> Held:
    agent = others.get(row.id if isinstance(row, ContactRow) else row.contact.id, "")
    return row if row.claimed_by == agent else replace(row, claimed_by=agent)


def free_first(rows: Sequence[TodayRow]) -> Sequence[TodayRow]:
    """From the first row on that nobody else has; all of them when others have every one."""
    at = next((index for index, row in enumerate(rows) if not row.claimed_by), 0)
    return rows[at:]
