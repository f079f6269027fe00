"""What is to be asked before a number is dialled."""

from __future__ import annotations

from datetime import datetime

from tuicrm.domain.models import PhoneNumber
from tuicrm.domain.phone import reversed_digits
from tuicrm.domain.record import record
from tuicrm.services import quiet
from tuicrm.services.context import Crm
from tuicrm.storage.queries import contacts


@record
class Doubts:
    """``unwanted``: the contact is not to be called; ``shared_with``: somebody else who is not has the number, ``""``
    for one without a name, None for nobody; ``quiet_until``: nobody calls there before then, in the agent's zone."""

    unwanted: bool = False
    shared_with: str | None = None
    quiet_until: datetime | None = None


def doubts(crm: Crm, contact_id: int | None, number: PhoneNumber) -> Doubts:
    """What speaks against dialling a contact, or a number that is nobody's (None), now."""
    with crm.database.reader() as conn:
        unwanted = contact_id is not None and contacts.do_not_call(conn, contacts.heir(conn, contact_id))
        digits = reversed_digits(number, crm.region())
        shared = contacts.unwanted_with(conn, number.e164, digits, contact_id or 0) if digits else None
    until = quiet.until(crm)(number.e164 or number.raw)
    return Doubts(unwanted, shared, until.astimezone(crm.zone) if until is not None else None)
