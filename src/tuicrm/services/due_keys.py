"""The moments that follow-ups are sorted by, made anew when what they follow from has changed.

A day without a time is due at the start of that working day, which the calendar may move; a time is due when the clocks
of its zone show it, which a new release of the zone data may move. What is promised, the day and the time, stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from tuicrm.domain.errors import Invalid, Unavailable
from tuicrm.domain.models import Due
from tuicrm.domain.when import due_key
from tuicrm.domain.worktime import Calendar
from tuicrm.domain.zone_data import zone_data
from tuicrm.services.context import Crm
from tuicrm.storage.database import Actor, Transaction
from tuicrm.storage.instants import to_text
from tuicrm.storage.queries import due_keys as stored
from tuicrm.storage.queries.due_keys import Keyed

CHUNK: Final = 1_000
"""Follow-ups of one commit: 40 ms that another agent waits."""
WAIT_S: Final = 1.0
"""For the write lock; who does not get it leaves the rest to the next opening."""
_PROGRAM: Final = "tuicrm"


def refresh(crm: Crm) -> int:
    """Makes the keys of all open follow-ups anew, in chunks; how many moved.

    What is interrupted, by a death or by a lock that does not come, is begun again at the next opening.
    """
    with crm.database.reader() as conn:
        version, made_by = stored.basis(conn)
    calendar, actor, moved = crm.calendar(), Actor(_PROGRAM, crm.actor.via), 0
    try:
        for chunk in _chunks(crm, _Keys(calendar)):
            with crm.database.transaction(actor, "followup.keys", wait=WAIT_S) as tx:
                stored.rewrite(tx, chunk)
            moved += len(chunk)
        if made_by >= (now := zone_data()):
            return moved
        with crm.database.transaction(actor, "followup.keys", wait=WAIT_S) as tx:
            # in the change log, so that the screens of others read their rows again
            tx.update("process", version, {"zone_data": now})
    except Unavailable:
        return moved
    return moved


def again(tx: Transaction, crm: Crm, ids: Iterable[int]) -> None:
    """Makes the keys of these follow-ups anew: they were written as they were under another calendar."""
    stored.rewrite(tx, _Keys(crm.calendar()).changed(stored.some(tx, ids)))


def _chunks(crm: Crm, keys: _Keys) -> Iterable[Sequence[tuple[str, Keyed]]]:
    """What differs, chunk by chunk."""
    after = 0
    while True:
        with crm.database.reader() as conn:
            found = stored.open_ones(conn, after, CHUNK)
        if not found:
            return
        after = found[-1].id
        if changed := keys.changed(found):
            yield changed


class _Keys:
    """Keys under one calendar; the same day is asked for thousands of times."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self._known: dict[tuple[Due, str], str] = {}

    def changed(self, found: Iterable[Keyed]) -> list[tuple[str, Keyed]]:
        """Those whose key is not what it should be, each behind the one it should have."""
        keyed = [(self._key(one), one) for one in found]
        return [(key, one) for key, one in keyed if key != one.key]

    def _key(self, one: Keyed) -> str:
        at = (one.due, one.zone)
        if at not in self._known:
            try:
                self._known[at] = to_text(due_key(one.due, one.zone, self._calendar))
            except Invalid:
                # A zone that this machine does not know: the key stays as whoever knew it made it.
                return one.key
        return self._known[at]
