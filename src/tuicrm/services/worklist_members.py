"""Who is on a worklist by name: people are put on it and taken off, many at once, in one action for undo."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tuicrm.domain.errors import Conflict
from tuicrm.domain.fold import fold
from tuicrm.domain.saved_filter import SavedFilter
from tuicrm.services import saved_filters
from tuicrm.services.bulk import BulkDone, Going, always, in_chunks
from tuicrm.services.context import Crm
from tuicrm.storage.connection import Connection
from tuicrm.storage.database import Transaction
from tuicrm.storage.queries import contacts
from tuicrm.storage.queries import worklists as queries

LISTS: Final = "contacts"


def put(crm: Crm, ids: Sequence[int], name: str, *, shared: bool = False, going: Going = always) -> BulkDone:
    """Puts people on the list of that name, making it (for oneself, or ``shared``) when there is none.

    Who is deleted or merged, or is on it already, is passed over. Raises ``Invalid`` for a name that is none, and
    ``Conflict`` when that name is a filter's (``worklist_filter``) or the list's that is always there.
    """
    name = saved_filters.checked_name(name, LISTS)

    def step(tx: Transaction, contact_id: int) -> bool:
        if not contacts.living(tx, contact_id):
            return False
        listed = list_for(tx, crm, name, shared=shared)
        return add(tx, listed, [contact_id]) > 0

    with crm.database.reader() as conn:
        _refuse_filter(known(conn, crm, name))
    return in_chunks(crm, "worklist.add", ids, step, going)


def take_off(crm: Crm, ids: Sequence[int], name: str, *, going: Going = always) -> BulkDone:
    """Takes people off the list of that name; who is not on it is passed over. Raises ``NotFound`` and, as ``put``,
    ``Conflict``."""
    it = saved_filters.get(crm, LISTS, name)
    _refuse_filter(it)

    def step(tx: Transaction, contact_id: int) -> bool:
        found = queries.membership(tx, it.id, [contact_id])
        for member in found.values():
            tx.delete("member", member)
        return bool(found)

    return in_chunks(crm, "worklist.remove", ids, step, going)


def names(crm: Crm) -> list[str]:
    """The names of the lists by names that one may use: one's own first."""
    return [it.name for it in saved_filters.page(crm, LISTS) if it.members]


# --- within a transaction, for imports and merges too --------------------------------------------------------


def known(conn: Connection, crm: Crm, name: str) -> SavedFilter | None:
    """The worklist of that name that one may use: one's own, else everybody's."""
    return saved_filters.meant(conn, crm, LISTS, name)


def list_for(tx: Transaction, crm: Crm, name: str, *, shared: bool = False) -> int:
    """The id of the list of that name, which is made when there is none. Raises as ``put``."""
    found = known(tx, crm, name)
    _refuse_filter(found)
    if found is not None:
        return found.id
    values = {"what": LISTS, "name": name, "name_key": fold(name), "text": "", "members": True}
    return tx.insert("saved_filter", values | {"agent": None if shared else crm.me})


def add(tx: Transaction, list_id: int, contact_ids: Sequence[int], import_id: int | None = None) -> int:
    """Puts people on a list; gives how many were not on it."""
    there = queries.membership(tx, list_id, contact_ids)
    new = [each for each in dict.fromkeys(contact_ids) if each not in there]
    for contact_id in new:
        values = {"saved_filter_id": list_id, "contact_id": contact_id, "agent": tx.actor.handle}
        tx.insert("member", values | {"import_id": import_id})
    return len(new)


def move(tx: Transaction, gone_id: int, heir_id: int) -> None:
    """One contact becomes another: the heir stands where the other stood, and on each list once."""
    on = {list_id for _, list_id in queries.memberships(tx, heir_id)}
    for member, list_id in queries.memberships(tx, gone_id):
        if list_id in on:
            tx.delete("member", member)
        else:
            tx.update("member", member, {"contact_id": heir_id})


def _refuse_filter(it: SavedFilter | None) -> None:
    if it is None or it.members:
        return
    code = "worklist_built_in" if it.built_in else "worklist_filter"
    raise Conflict(code, name=it.name)
