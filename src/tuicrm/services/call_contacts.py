"""A call that was logged, or came in, under the wrong contact or under none: whom it was with, afterwards.

The open promise that the call made goes with it. What the call did to another promise stays as it is (``stays``):
who was to be called is still that person. A ticket is its contact's, so the call about it is as well. When somebody was
last called follows from the calls. Tags and the mark against calls that its line gave a contact stay there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tuicrm.domain.errors import Conflict
from tuicrm.domain.models import Call, Ref
from tuicrm.domain.record import record
from tuicrm.services.agents import ensure_self
from tuicrm.services.calls import living, living_heir
from tuicrm.services.context import Crm
from tuicrm.storage.database import Transaction
from tuicrm.storage.queries import calls, followups, tickets

VERB: Final = "call.give"


@record
class Given:
    """``call``: as it is now; ``others``: the further calls that went with it, by their number; ``before``: whom it was
    with. ``went``: promises that went along; ``stays``: the one that the call had dealt with, of ``before`` still."""

    call: Call
    before: Ref | None
    others: tuple[int, ...]
    went: tuple[int, ...]
    stays: int | None


def strays(crm: Crm, call_id: int) -> tuple[int, ...]:
    """Other calls with this call's number that are without a contact, oldest first."""
    with crm.database.reader() as conn:
        call = calls.record(conn, call_id)
        found = calls.without_contact(conn, call.number) if call is not None and call.number else ()
    return tuple(each for each in found if each != call_id)


def give(crm: Crm, call_id: int, contact_id: int | None, *, others: Sequence[int] = ()) -> Given:
    """Makes it a call with that contact, or with nobody (None); ``others`` too, in the same action.

    Of ``others`` those that have a contact by now stay as they are. Raises ``NotFound``, and ``Conflict`` where it is
    that contact's already (``call_theirs``), is about a ticket of somebody else (``call_ticket``), or has promised
    something and is to be nobody's (``call_promise``).
    """
    ensure_self(crm)
    with crm.database.transaction(crm.actor, VERB) as tx:
        whose = living_heir(tx, contact_id) if contact_id is not None else None
        call = living(tx, call_id)
        if (call.contact.id if call.contact else None) == whose:
            raise Conflict("call_theirs", ref=f"call:{call_id}")
        went, stays = _give(tx, call, whose)
        more = [each for each in others if _stray(tx, each)]
        for each in more:
            tx.update("call", each, {"contact_id": whose})
    with crm.database.reader() as conn:
        now = calls.record(conn, call_id)
    assert now is not None, "it has just been written"
    return Given(now, call.contact, tuple(more), went, stays)


def _stray(tx: Transaction, call_id: int) -> bool:
    call = calls.record(tx, call_id)
    return call is not None and call.deleted_at is None and call.contact is None


def _give(tx: Transaction, call: Call, whose: int | None) -> tuple[tuple[int, ...], int | None]:
    """Writes it; gives the promises that went along, and the one that stays."""
    ticket = tickets.record(tx, call.ticket.id) if call.ticket is not None else None
    if ticket is not None and ticket.contact.id != whose:
        raise Conflict("call_ticket", ref=f"call:{call.id}", ticket=ticket.id, name=ticket.contact.name)
    made = tuple(each.id for each in followups.open_of_call(tx, call))
    if made and whose is None:
        raise Conflict("call_promise", ref=f"call:{call.id}", promise=f"followup:{made[0]}")
    for each in made:
        tx.update("followup", each, {"contact_id": whose})
    values: dict[str, int | None] = {"contact_id": whose}
    stays = call.follow_up.id if call.follow_up is not None and call.follow_up.id not in made else None
    if stays is not None:
        values["follow_up_id"] = None
    tx.update("call", call.id, values)
    return made, stays
