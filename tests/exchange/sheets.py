"""Reading made-up CSV in tests."""

from __future__ import annotations

from collections.abc import Mapping

from tuicrm.domain.models import NewContact
from tuicrm.exchange import csv_format
from tuicrm.exchange.incoming import Incoming


def rows(text: str, mapping: Mapping[str, str] | None = None) -> list[Incoming]:
    """Every record of a file."""
    return list(csv_format.read(text, "people.csv", mapping or {}))


def people(text: str, mapping: Mapping[str, str] | None = None) -> list[NewContact]:
    """The contacts of a file in which every row is one."""
    found = [row.contact for row in rows(text, mapping)]
    contacts = [contact for contact in found if contact is not None]
    assert len(contacts) == len(found)
    return contacts


def person(text: str, mapping: Mapping[str, str] | None = None) -> NewContact:
    """The only contact of a file."""
    (found,) = people(text, mapping)
    return found


def table(cells: Mapping[str, str], *more: Mapping[str, str], delimiter: str = ",") -> str:
    """A file with the headings of ``cells`` and its values as the first row; every cell quoted."""
    headings = list(cells)
    lines = [headings, *([row.get(heading, "") for heading in headings] for row in (cells, *more))]
    return "".join(
        delimiter.join('"' + cell.replace('"', '""') + '"' for cell in line) + "\r\n" for line in lines
    )


def phones(contact: NewContact) -> list[tuple[str, str]]:
    """(raw, label) of the numbers."""
    return [(phone.raw, phone.label) for phone in contact.phones]


def emails(contact: NewContact) -> list[tuple[str, str]]:
    """(address, label) of the addresses."""
    return [(email.address, email.label) for email in contact.emails]
