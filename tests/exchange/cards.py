"""Made-up vCards for tests, and what comes of them."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import UTC, datetime

from tuicrm.domain.models import Contact, NewContact
from tuicrm.exchange import vcard, vcard_out
from tuicrm.exchange.incoming import Incoming

MADE = datetime(2026, 11, 1, 8, 30, tzinfo=UTC)
CHANGED = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)


def records(data: bytes | str, region: str = "IR") -> list[Incoming]:
    """Everything a file gives."""
    return list(vcard.read(data if isinstance(data, bytes) else data.encode(), "people.vcf", region))


def card(*lines: str, version: str = "3.0", end: str = "\r\n") -> str:
    """A card around the lines."""
    return end.join(("BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""))


def one(*lines: str, version: str = "3.0", region: str = "IR") -> Incoming:
    """The only record of a file with one card."""
    (found,) = records(card(*lines, version=version), region)
    return found


def contact(*lines: str, version: str = "3.0", region: str = "IR") -> NewContact:
    """The contact of one card."""
    return person(one(*lines, version=version, region=region))


def person(found: Incoming) -> NewContact:
    """The contact of a record that must have one."""
    assert found.contact is not None, found
    return found.contact


def people(data: bytes | str) -> list[NewContact]:
    """The contacts of a file in which nothing is refused."""
    return [person(found) for found in records(data)]


def stored(
    new: NewContact,
    number: int = 1,
    *,
    do_not_call: bool = False,
    owner: str | None = None,
    cadence_days: int | None = None,
) -> Contact:
    """A contact as the database gives it."""
    return Contact(
        id=number,
        name=new.name,
        company=new.company,
        phones=new.phones,
        emails=new.emails,
        tags=new.tags,
        fields=new.fields,
        note=new.note,
        do_not_call=do_not_call,
        owner=owner,
        last_call_at=None,
        open_tickets=0,
        next_follow_up=None,
        created_at=MADE,
        updated_at=CHANGED,
        deleted_at=None,
        merged_into=None,
        cadence_days=cadence_days,
    )


def written(contacts: Iterable[Contact]) -> str:
    """The vCards of contacts."""
    stream = io.StringIO(newline="")
    vcard_out.write(stream, contacts)
    return stream.getvalue()
