"""What people type into a contact, tidied and read: lines, numbers, addresses, tags, fields of one's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from tuicrm.domain.errors import FieldProblem, Invalid
from tuicrm.domain.models import EmailAddress, PhoneNumber
from tuicrm.domain.phone import numbers_in, parse_phone
from tuicrm.domain.record import replace
from tuicrm.domain.safe import tidy
from tuicrm.labels import kept_field

LONGEST = 400
"""Characters a name, company, tag or address may have; more is a pasted page."""


@lru_cache(maxsize=1024)
def line(field: str, text: str) -> str:
    """One tidy line. Raises ``Invalid("too_long")`` naming the field."""
    if not text:
        return ""
    text = " ".join(tidy(text).split())
    if len(text) > LONGEST:
        raise Invalid(
            "too_long", fields=(FieldProblem(field, text[:40], "too_long"),), field=field, limit=LONGEST
        )
    return text


def each(phones: tuple[PhoneNumber, ...], region: str) -> Iterator[PhoneNumber]:
    """The numbers one by one, those that were written into one field too."""
    for phone in phones:
        if phone.raw.strip():
            for raw in numbers_in(phone.raw, region):
                yield phone if raw == phone.raw else replace(phone, raw=raw)


def read_phone(phone: PhoneNumber, region: str) -> PhoneNumber:
    """A number with its E.164 form when it is valid. Raises ``Invalid("phone_no_digits")``."""
    raw = line("phone", phone.raw)
    read = parse_phone(raw, region)
    if not read.valid and not any(ch.isdigit() for ch in raw):
        raise Invalid("phone_no_digits", fields=(FieldProblem("phone", raw, "phone_no_digits"),), text=raw)
    if not phone.ext and not phone.label:
        return read
    return PhoneNumber(read.raw, read.e164, read.ext or phone.ext, line("phone", phone.label))


def read_emails(emails: tuple[EmailAddress, ...]) -> tuple[EmailAddress, ...]:
    """Addresses without the empty ones. Raises ``Invalid("email_bad")``."""
    kept = []
    for email in emails:
        address = line("email", email.address)
        if not address:
            continue
        name, at, domain = address.rpartition("@")
        if not (at and name and domain) or " " in address:
            raise Invalid("email_bad", fields=(FieldProblem("email", address, "email_bad"),), text=address)
        kept.append(EmailAddress(address, line("email", email.label)))
    return tuple(kept)


def read_tags(tags: tuple[str, ...]) -> tuple[str, ...]:
    """Tags, each once and without its sign."""
    tidied = (line("tag", tag).lstrip("#").strip() for tag in tags)
    return tuple(dict.fromkeys(tag for tag in tidied if tag))


def read_fields(fields: Mapping[str, str]) -> dict[str, str]:
    """Free fields that have a value, by the names under which they are kept. Raises ``Invalid("field_no_name")``."""
    tidied = {
        kept_field(line("field", key)): tidy(value, multiline=True).strip() for key, value in fields.items()
    }
    if "" in tidied:
        raise Invalid("field_no_name", fields=(FieldProblem("field", "", "field_no_name"),))
    return {key: value for key, value in tidied.items() if value}
