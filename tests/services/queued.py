"""Four people on a worklist, and what is done to them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from tuicrm.domain.clock import FrozenClock
from tuicrm.domain.models import CallDraft, Who
from tuicrm.domain.worklist import WorkRow
from tuicrm.services import (
    calls,
    worklists,
)
from tuicrm.services.context import Crm

NAMES = ("Leila Karimi", "George Webb", "Reza Ahmadi", "Nadia Rostami")


def log(crm: Crm, contact_id: int, line: str, direction: str = "out") -> None:
    uid = f"u{contact_id}-{line}-{crm.now().isoformat()}"
    calls.save(crm, CallDraft(uid, Who(contact_id), line, direction=direction))  # type: ignore[arg-type]


def later(clock: FrozenClock, **span: float) -> None:
    clock.advance(timedelta(**span).total_seconds())


def names(rows: Iterable[WorkRow]) -> list[str]:
    return [row.contact.name.split()[0] for row in rows]


def on(crm: Crm, name: str) -> list[str]:
    return names(worklists.page(crm, name).rows)
