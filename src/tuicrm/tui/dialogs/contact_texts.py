"""Between a contact and the texts of its form. A field of several things has one on each line; commas part them too,
in free fields semicolons, and the Persian ones are as good."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from tuicrm.domain.cadence import parse as read_cadence
from tuicrm.domain.labelled import labelled
from tuicrm.domain.models import Contact, ContactPatch, EmailAddress, NewContact, PhoneNumber
from tuicrm.i18n import nt, t

COMMAS: Final = ",،"
SEMICOLONS: Final = ";؛"
DO_NOT_CALL: Final = "no"
"""The code of the choice whether somebody may be called; ``""`` for yes."""
_NEXT_FIELD: Final = re.compile(r"\s*(?:[;؛]\s*(?=[^;؛=\n]+=)|\n)\s*")


def texts_of(contact: Contact | NewContact | None, private: str = "") -> dict[str, str]:
    """The fields' texts for a contact; ``private``: one's own note on it."""
    if contact is None:
        return {}
    days = contact.cadence_days
    return {
        "name": contact.name,
        "company": contact.company,
        "phones": "\n".join(_named(phone.label, _dialled(phone)) for phone in contact.phones),
        "emails": "\n".join(_named(email.label, email.address) for email in contact.emails),
        "tags": t(", ").join(contact.tags),
        "owner": contact.owner or "",
        "cadence": nt("{n} day", "{n} days", days) if days else "",
        "do_not_call": DO_NOT_CALL if contact.do_not_call else "",
        "fields": "\n".join(f"{key}={' '.join(value.split())}" for key, value in contact.fields.items()),
        "note": contact.note,
        "private_note": private or getattr(contact, "private_note", ""),
    }


def _named(label: str, value: str) -> str:
    return f"{label}: {value}" if label else value


def _dialled(phone: PhoneNumber) -> str:
    return f"{phone.raw} ext {phone.ext}" if phone.ext and phone.ext not in phone.raw else phone.raw


def new_contact(values: Mapping[str, str]) -> NewContact:
    """The contact that the texts make. Raises ``Invalid`` for a span of time that is none."""
    return NewContact(
        name=values["name"],
        company=values["company"],
        phones=phones(values["phones"]),
        emails=emails(values["emails"]),
        tags=tags(values["tags"]),
        fields=fields(values["fields"]),
        note=values["note"],
        do_not_call=values["do_not_call"] == DO_NOT_CALL,
        owner=values["owner"],
        cadence_days=read_cadence(values["cadence"]),
        private_note=values["private_note"],
    )


def patch(changed: Mapping[str, str], old: Contact, seen: datetime | None = None) -> ContactPatch:
    """What the changed texts change of ``old``; a field that was left alone stays as anybody has made it meanwhile.

    ``seen``: as in ``ContactPatch``. Raises ``Invalid`` for a span of time that is none.
    """
    return ContactPatch(
        name=changed.get("name"),
        company=changed.get("company"),
        phones=phones(changed["phones"]) if "phones" in changed else None,
        emails=emails(changed["emails"]) if "emails" in changed else None,
        tags=tags(changed["tags"]) if "tags" in changed else None,
        fields=_with_lines(fields(changed["fields"]), old.fields) if "fields" in changed else None,
        note=changed.get("note"),
        do_not_call=changed["do_not_call"] == DO_NOT_CALL if "do_not_call" in changed else None,
        owner=changed.get("owner"),
        cadence_days=(read_cadence(changed["cadence"]) or 0) if "cadence" in changed else None,
        private_note=changed.get("private_note"),
        seen=seen,
    )


def _with_lines(new: Mapping[str, str], old: Mapping[str, str]) -> dict[str, str]:
    """The fields with the lines that a value had, where only these are missing: a form shows it in one line."""
    return {
        key: old[key] if key in old and old[key].split() == value.split() else value
        for key, value in new.items()
    }


def phones(written: str) -> tuple[PhoneNumber, ...]:
    """``0912 345 6789, office: 021 8877`` as numbers with labels."""
    return tuple(PhoneNumber(value, label=label) for label, value in _items(written))


def emails(written: str) -> tuple[EmailAddress, ...]:
    """E-mail addresses with labels."""
    return tuple(EmailAddress(value, label) for label, value in _items(written))


def parts(written: str) -> list[str]:
    """What stands between commas and on the lines, empty parts left out."""
    return [part.strip() for part in re.split(f"[{COMMAS}\n]", written) if part.strip()]


def _items(written: str) -> list[tuple[str, str]]:
    """(label, value) of each part."""
    return [labelled(part) for part in parts(written)]


def tags(written: str) -> tuple[str, ...]:
    """Tags between commas; a sign before them is left out."""
    found = (part.lstrip("#").strip() for part in parts(written))
    return tuple(dict.fromkeys(tag for tag in found if tag))


def fields(written: str) -> dict[str, str]:
    """``floor=3; born=1 May`` as keys and values. What has no ``=`` is a key without a value."""
    found: dict[str, str] = {}
    for part in _NEXT_FIELD.split(written):
        key, _, value = part.partition("=")
        if key.strip():
            found[key.strip()] = value.strip().rstrip(SEMICOLONS).strip()
    return found
