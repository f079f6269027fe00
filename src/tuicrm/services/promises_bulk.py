"""The same thing done to many follow-ups: one action that one undo takes back, written in chunks (``services.bulk``).

Those that somebody has closed meanwhile, or that are as wanted already, are passed over and counted.
"""

from __future__ import annotations

from collections.abc import Sequence

from tuicrm.services import promises
from tuicrm.services.bulk import BulkDone, Going, always, in_chunks
from tuicrm.services.context import Crm
from tuicrm.storage.database import Transaction
from tuicrm.storage.queries import followups


def open_of(crm: Crm, contact_ids: Sequence[int]) -> list[int]:
    """The ids of all that is promised to these contacts, by whomever."""
    with crm.database.reader() as conn:
        return followups.open_ids(conn, contact_ids)


def done(crm: Crm, ids: Sequence[int], *, going: Going = always) -> BulkDone:
    """They are kept."""
    return _each(crm, ids, promises.ending("done"), going)


def cancel(crm: Crm, ids: Sequence[int], why: str, *, going: Going = always) -> BulkDone:
    """They are taken back, for this reason. Raises ``Invalid``."""
    return _each(crm, ids, promises.ending("cancelled", why), going)


def skip(crm: Crm, ids: Sequence[int], *, going: Going = always) -> BulkDone:
    """Not this time: those that repeat come again at their next one."""
    return _each(crm, ids, promises.SKIPPING, going)


def reopen(crm: Crm, ids: Sequence[int], when: str = "", *, going: Going = always) -> BulkDone:
    """They are owed again, at another moment if one is named. Raises ``Invalid``."""
    return _each(crm, ids, promises.reopening(crm, when), going)


def snooze(crm: Crm, ids: Sequence[int], when: str, *, going: Going = always) -> BulkDone:
    """One is reminded of them later. Raises ``Invalid``."""
    return _each(crm, ids, promises.snoozing(crm, when), going)


def wake(crm: Crm, ids: Sequence[int], *, going: Going = always) -> BulkDone:
    """They are back in the queue at once."""
    return _each(crm, ids, promises.WAKING, going)


def move(crm: Crm, ids: Sequence[int], when: str, *, going: Going = always) -> BulkDone:
    """They are promised for another moment. Raises ``Invalid``."""
    return _each(crm, ids, promises.moving(crm, when), going)


def assign(crm: Crm, ids: Sequence[int], agent: str, *, going: Going = always) -> BulkDone:
    """Another agent keeps them. Raises ``Invalid``."""
    return _each(crm, ids, promises.handing(crm, agent), going)


def _each(crm: Crm, ids: Sequence[int], deed: promises.Deed, going: Going) -> BulkDone:
    def step(tx: Transaction, follow_up_id: int) -> bool:
        found = followups.record(tx, follow_up_id)
        if found is None or (deed is promises.SKIPPING and not found.recurrence):
            return False
        return promises.apply(tx, crm, found, deed)

    return in_chunks(crm, deed.verb, ids, step, going)
