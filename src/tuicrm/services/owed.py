"""Keeping in touch: the people to whom one owes a call, owed the longest first; one's own and nobody's.

A module of its own, for Today reads them whenever no worklist is picked, and then needs no language of filters.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final

from tuicrm.domain.worklist import Place, WorkPage, WorkRow
from tuicrm.services.context import Crm
from tuicrm.storage.instants import from_text, to_text
from tuicrm.storage.queries import calls, contacts
from tuicrm.storage.queries import worklists as queries

PAGE: Final = 50


def page(crm: Crm, after: Place | None = None, limit: int = PAGE) -> WorkPage:
    """Whom one owes a call today, after the end of another page."""
    today = crm.now().date()
    with crm.database.reader() as conn:
        found = queries.owed(conn, crm.me, _tomorrow(crm), after, limit)
        ids = [contact_id for _, contact_id, _ in found]
        rows, ended = contacts.rows(conn, ids), calls.last_outcomes(conn, ids)
    made = []
    for (key, _), contact_id, days in found:
        if contact_id not in rows:
            # deleted or merged between the two reads
            continue
        since = from_text(str(key)).astimezone(crm.zone)
        late = (today - since.date()).days
        made.append(WorkRow(rows[contact_id], ended.get(contact_id), 0, days, since, late))
    return WorkPage(tuple(made), found[-1][0] if len(found) == limit else None)


def count(crm: Crm) -> int:
    """How many those are."""
    with crm.database.reader() as conn:
        return queries.count_owed(conn, crm.me, _tomorrow(crm))


def _tomorrow(crm: Crm) -> str:
    """The end of this day: what is owed today is owed from its beginning."""
    day = crm.now().date() + timedelta(days=1)
    return to_text(datetime.combine(day, time(), crm.zone))
