"""The worklist that an agent picked on Today, which the next start shows again.

It is remembered in the live file, for a database and an agent: on every machine that opens it. That is a comfort:
a file that cannot be read or written remembers nothing, and refuses nothing.
"""

from __future__ import annotations

from contextlib import suppress

from tuicrm.domain.errors import NotFound, Unavailable
from tuicrm.services.context import Crm


def keep(crm: Crm, name: str) -> None:
    """Remembers the worklist of that name; ``""``, and a name that none has any more: none."""
    id = None
    if name:
        # with the language of filters, which who picks no worklist does not load
        from tuicrm.services import saved_filters

        with suppress(NotFound):
            id = saved_filters.get(crm, saved_filters.LISTS[0], name).id
    with suppress(Unavailable):
        crm.live.note_pick(crm.me, id, name)


def name(crm: Crm) -> str:
    """What the remembered worklist is called now, ``""`` without one. Raises ``NotFound`` when it is gone."""
    known = None
    with suppress(Unavailable):
        known = crm.live.pick(crm.me)
    if known is None:
        return ""
    from tuicrm.services import saved_filters

    lists = [*saved_filters.page(crm, saved_filters.LISTS[0]), saved_filters.owed_list()]
    for each in lists:
        if each.id == known[0]:
            return each.name
    raise NotFound("no_worklist", name=known[1])
