"""People and tickets by a few words or a number, for one who does not care which list they are in."""

from __future__ import annotations

from typing import Final

from tuicrm.domain.errors import Invalid
from tuicrm.domain.models import ContactRow, Ticket
from tuicrm.domain.record import record
from tuicrm.services import filtering, find
from tuicrm.services.context import Crm
from tuicrm.storage.queries import contacts, tickets

MOST: Final = 8
"""How many of each."""
LONGEST_NUMBER: Final = 18
"""Digits that a number of a record never has."""


@record
class Found:
    """``people``: the best first; ``tickets``: the one of that number, else the newest."""

    people: tuple[ContactRow, ...] = ()
    tickets: tuple[Ticket, ...] = ()


def found(crm: Crm, typed: str, *, people: bool = True, of_tickets: bool = True) -> Found:
    """What fits ``typed``: as in the search of contacts; tickets by ``41`` or words of their subject and contact."""
    return Found(
        tuple(find.find(crm, typed, limit=MOST)) if people else (),
        _tickets(crm, typed) if of_tickets else (),
    )


def _tickets(crm: Crm, typed: str) -> tuple[Ticket, ...]:
    with crm.database.reader() as conn:
        if typed.isdecimal():
            one = tickets.record(conn, int(typed)) if len(typed) < LONGEST_NUMBER else None
            return (one,) if one is not None and contacts.living(conn, one.contact.id) else ()
        try:
            where = filtering.where(crm, "tickets", typed)
        except Invalid:
            return ()
        return tuple(tickets.page(conn, before=None, limit=MOST, filters={}, chosen=where))
