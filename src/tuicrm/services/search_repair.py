"""The search made anew: after another program, or damage, has left contacts that are not found."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from tuicrm.domain.record import record
from tuicrm.services.context import Crm
from tuicrm.storage import search_repair
from tuicrm.storage.transaction import Transaction

PART_ROWS: Final = 500
"""Records of one transaction; others save between two."""
_BREATH_S: Final = 0.001


@record
class Repaired:
    """How many contacts and calls were found by other words than they have."""

    contacts: int
    calls: int


def repair(crm: Crm) -> Repaired:
    """Fills the full text indexes anew, in one transaction, then goes through every contact and call.

    No record changes, so nothing is logged, and there is nothing to undo. Killed in the middle it leaves the search
    as good as it was; run again it finishes. Raises ``Unavailable`` as every write.
    """
    with crm.database.transaction(crm.actor, "doctor") as tx:
        search_repair.remake(tx)
    return Repaired(_all(crm, search_repair.contacts), _all(crm, search_repair.calls))


def _all(crm: Crm, part: Callable[[Transaction, int, int], tuple[int, int]]) -> int:
    mended = last = 0
    while True:
        with crm.database.transaction(crm.actor, "doctor") as tx:
            last, more = part(tx, last, PART_ROWS)
        mended += more
        if not last:
            return mended
        time.sleep(_BREATH_S)
