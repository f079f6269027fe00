"""One contact in one read, for a menu and for the clipboard: the card, the links in it, and the card as vCard."""

from __future__ import annotations

import io

from tuicrm.domain import links
from tuicrm.domain.errors import NotFound
from tuicrm.domain.models import Card, Contact
from tuicrm.services import contacts
from tuicrm.services.context import Crm


def card(crm: Crm, contact_id: int) -> Card | None:
    """The card; None when there is no such contact any more."""
    try:
        return contacts.card(crm, contact_id)
    except NotFound:
        return None


def linked(found: Card) -> list[str]:
    """Every link in what is written about a contact: addresses, fields, notes, what was said, newest first."""
    contact = found.contact
    said = (item.call.note if item.call is not None else item.text for item in found.timeline)
    mails = [f"mailto:{email.address}" for email in contact.emails]
    return list(dict.fromkeys([*mails, *links.found([*contact.fields.values(), contact.note, *said])]))


def vcard(contact: Contact) -> str:
    """The contact as a vCard 4.0."""
    # the writer of files is loaded when somebody asks for one
    from tuicrm.exchange import vcard_out

    stream = io.StringIO(newline="")
    vcard_out.write(stream, [contact])
    return stream.getvalue()
