"""The schema made whole: after another program has dropped an index, a trigger or a view."""

from __future__ import annotations

from tuicrm.services import search_repair
from tuicrm.services.context import Crm
from tuicrm.storage import schema_repair, soundness


def repair(crm: Crm) -> list[str]:
    """Makes what is missing anew, and gives its names. No record changes, so nothing is logged.

    Of the search everything is made anew when a part of it was missing. Raises ``Unavailable`` as every write.
    """
    with crm.database.reader() as conn:
        search = [name for name in soundness.missing_parts(conn) if schema_repair.of_search(name)]
    with crm.database.transaction(crm.actor, "doctor") as tx:
        made = schema_repair.remake(tx)
    if search:
        search_repair.repair(crm)
    return made + search
