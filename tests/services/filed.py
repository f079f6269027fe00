"""Two contacts with everything that a file may hold, and how they are read and written."""

from __future__ import annotations

import io

from tuicrm.domain.models import Contact, EmailAddress, NewContact, PhoneNumber
from tuicrm.services import contacts, transfer
from tuicrm.services.context import Crm

LEILA = NewContact(
    name="لیلا کریمی",
    company="پارس پمپ",
    phones=(PhoneNumber("0912 000 4567", label="mobile"), PhoneNumber("021-0000", label="odd")),
    emails=(EmailAddress("leila@example.com", "work"),),
    tags=("vip", "ویژه"),
    fields={"City": "تهران", "name": "a field named like a column"},
    note="two lines\n=of note",
    cadence_days=90,
)


GEORGE = NewContact(name="=HYPERLINK(1)", company="Acme, [eu]", phones=(PhoneNumber("+44 20 7946 0123"),))


def read_csv(crm: Crm, text: str, **options: object) -> transfer.ImportReport:
    return transfer.import_file(crm, io.BytesIO(text.encode()), format="csv", **options)  # type: ignore[arg-type]


def everybody(crm: Crm) -> list[Contact]:
    return [contacts.get(crm, row.id) for row in contacts.page(crm).rows]


def whole(contact: Contact) -> tuple[object, ...]:
    """What must survive a round trip."""
    return (
        contact.name,
        contact.company,
        contact.phones,
        contact.emails,
        contact.tags,
        dict(contact.fields),
        contact.note,
        contact.do_not_call,
        contact.owner,
        contact.cadence_days,
    )


def exported(crm: Crm, what: str, form: str, *, raw: bool = False) -> str:
    stream = io.StringIO(newline="")
    transfer.export(crm, what, form, stream, raw=raw)
    return stream.getvalue()
