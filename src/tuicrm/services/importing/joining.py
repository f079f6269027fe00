"""People of a file put on a worklist by name, as they come in; undone with the import that brought them."""

from __future__ import annotations

from collections.abc import Sequence

from tuicrm.domain.errors import Conflict
from tuicrm.services import saved_filters, worklist_members
from tuicrm.services.context import Crm
from tuicrm.storage import batches, bulk
from tuicrm.storage.connection import Connection
from tuicrm.storage.queries import worklists as queries
from tuicrm.storage.transaction import Transaction


def worklist_name(crm: Crm, name: str) -> str:
    """The name of the worklist that people of a file may be put on. Raises as ``Joining``."""
    return Joining(crm, name).name


def worklists_by_name(crm: Crm) -> list[str]:
    """The worklists by names that there are, one's own first."""
    return [each.name for each in saved_filters.page(crm, "contacts") if each.members]


class Joining:
    """Puts people on the worklist of that name, which the first chunk makes when there is none.

    ``shared``: for everybody, else for oneself.

    Raises ``Invalid("filter_name")`` and ``Conflict`` (``worklist_filter``, ``worklist_built_in``) before anything is
    read.
    """

    def __init__(self, crm: Crm, name: str, *, shared: bool = False) -> None:
        self._crm = crm
        self._shared = shared
        self.name = saved_filters.checked_name(name, "contacts")
        self._tried: set[int] = set()
        with crm.database.reader() as conn:
            found = worklist_members.known(conn, crm, self.name)
        if found is not None and not found.members:
            raise Conflict("worklist_filter", name=found.name)

    def join(self, tx: Transaction, contact_ids: Sequence[int]) -> int:
        """Puts those on the list who are not on it, in this order; gives how many."""
        # asked for each time: between two chunks somebody may have deleted it
        list_id = worklist_members.list_for(tx, self._crm, self.name, shared=self._shared)
        # logged before those who are put on it: undo goes backwards, and keeps a list with somebody on it
        tx.finish()
        there = queries.membership(tx, list_id, contact_ids)
        new = [each for each in dict.fromkeys(contact_ids) if each not in there]
        bulk.insert_members(tx, list_id, new, batches.number_in(tx))
        return len(new)

    def would(self, conn: Connection, contact_ids: Sequence[int]) -> int:
        """How many would be put on it, each once however often the file names them."""
        found = worklist_members.known(conn, self._crm, self.name)
        there = queries.membership(conn, found.id, contact_ids) if found is not None else {}
        new = set(contact_ids).difference(there, self._tried)
        self._tried |= new
        return len(new)
