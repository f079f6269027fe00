"""People: pages, cards, adding, editing, deleting. Only a name or a number is required of a contact."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from tuicrm.domain.errors import Conflict, FieldProblem, Invalid, NotFound
from tuicrm.domain.models import (
    Card,
    Contact,
    ContactPatch,
    ContactRow,
    EmailAddress,
    NewContact,
    Page,
    PhoneNumber,
    TimelineItem,
)
from tuicrm.domain.phone import numbers_in, parse_phone, reversed_digits
from tuicrm.domain.record import replace
from tuicrm.domain.safe import tidy
from tuicrm.services.agents import ensure_self
from tuicrm.services.context import Crm
from tuicrm.storage import changes as log
from tuicrm.storage.connection import Connection
from tuicrm.storage.database import Transaction
from tuicrm.storage.queries import calls, contacts, followups, tickets
from tuicrm.storage.queries.chosen import ALL, Where

LONGEST = 400
"""Characters a name, company, tag or address may have; more is a pasted page."""


def page(
    crm: Crm, *, after: int | None = None, limit: int = 100, backward: bool = False, where: Where = ALL
) -> Page:
    """Lines of the list by folded name, after (or before) the contact with id ``after``. ``where``: only these."""
    with crm.database.reader() as conn:
        key = contacts.sort_key(conn, after) if after is not None else None
        found = contacts.page(conn, after=key, limit=limit + 1, backward=backward, chosen=where)
    more = len(found) > limit
    if more:
        found = found[1:] if backward else found[:limit]
    return Page(tuple(row for _, row in found), more)


def count(crm: Crm, limit: int = 1000) -> int:
    """How many contacts, counted no further than ``limit``."""
    with crm.database.reader() as conn:
        return contacts.count(conn, limit)


def get(crm: Crm, contact_id: int) -> Contact:
    """The contact with this id; a merged id leads to its heir. Raises ``NotFound``."""
    with crm.database.reader() as conn:
        return _record(conn, contact_id)


def heir(crm: Crm, contact_id: int) -> int:
    """The id that a merged contact leads to; itself when it was not merged, or never was."""
    with crm.database.reader() as conn:
        return contacts.heir(conn, contact_id)


def row(crm: Crm, contact_id: int) -> ContactRow | None:
    """The list line of a living contact (the heir of a merged one), or None."""
    with crm.database.reader() as conn:
        led = contacts.heir(conn, contact_id)
        return contacts.rows(conn, [led]).get(led)


def card(crm: Crm, contact_id: int, *, calls_limit: int = 50) -> Card:
    """The card in one consistent read: record, promises, tickets, timeline. Raises ``NotFound``."""
    with crm.database.reader() as conn:
        contact = _record(conn, contact_id)
        held = calls.of_contact(conn, contact.id, calls_limit)
        timeline = tuple(
            TimelineItem("call", call.id, call.started_at, call=call, agent=call.agent) for call in held
        )
        return Card(
            contact=contact,
            follow_ups=tuple(followups.open_of_contact(conn, contact.id)),
            tickets=tuple(tickets.of_contact(conn, contact.id, limit=20)),
            timeline=timeline,
            calls=calls.count_of_contact(conn, contact.id),
        )


def add(crm: Crm, new: NewContact, *, if_new: bool = False) -> Contact:
    """Makes a contact. ``if_new``: refuse (``Conflict``) when a likely double is there. Raises ``Invalid``."""
    new = checked(new, crm.region())
    ensure_self(crm)
    with crm.database.transaction(crm.actor, "contact.add") as tx:
        if if_new:
            _refuse_known(tx, new)
        contact_id = insert(tx, new)
    return get(crm, contact_id)


def edit(crm: Crm, contact_id: int, patch: ContactPatch) -> Contact:
    """Changes what the patch gives. Raises ``NotFound``, ``Invalid``, and ``Conflict`` (see ``ContactPatch.seen``)."""
    region = crm.region()
    ensure_self(crm)
    with crm.database.transaction(crm.actor, "contact.edit") as tx:
        update(tx, contact_id, patch, region)
    return get(crm, contact_id)


def delete(crm: Crm, contact_id: int) -> Contact:
    """Takes a contact out of every list; kept by id and in the figures."""
    ensure_self(crm)
    with crm.database.transaction(crm.actor, "contact.delete") as tx:
        contact = _record(tx, contact_id)
        if contact.deleted_at is None:
            tx.delete("contact", contact.id)
    return get(crm, contact_id)


def restore(crm: Crm, contact_id: int) -> Contact:
    """Brings a deleted contact back."""
    ensure_self(crm)
    with crm.database.transaction(crm.actor, "contact.restore") as tx:
        contact = _record(tx, contact_id)
        if contact.deleted_at is not None:
            tx.update("contact", contact.id, {"deleted_at": None})
    return get(crm, contact_id)


# --- shared with other services (a call makes and edits contacts in its own transaction) ---------------------


def checked(new: NewContact, region: str) -> NewContact:
    """The contact tidied and its numbers read. Raises ``Invalid`` naming the field."""
    phones = tuple(_phone(phone, region) for phone in _each(new.phones, region))
    name = _line("name", new.name)
    if not name and not phones:
        raise Invalid("contact_empty", fields=(FieldProblem("name", "", "contact_empty"),))
    return replace(
        new,
        name=name,
        company=_line("company", new.company),
        phones=phones,
        emails=_emails(new.emails),
        tags=_tags(new.tags),
        fields=_fields(new.fields),
        note=tidy(new.note, multiline=True).strip(),
    )


def insert(tx: Transaction, new: NewContact) -> int:
    """Writes a ``checked`` contact; gives its id."""
    return tx.insert("contact", columns(new))


def update(tx: Transaction, contact_id: int, patch: ContactPatch, region: str) -> None:
    """Writes what the patch gives over the contact's record."""
    contact = _record(tx, contact_id)
    if contact.deleted_at is not None:
        raise Conflict("contact_deleted", id=contact.id, name=contact.name)
    _refuse_changed(tx, contact, patch)
    merged = NewContact(
        name=contact.name if patch.name is None else patch.name,
        company=contact.company if patch.company is None else patch.company,
        phones=contact.phones if patch.phones is None else patch.phones,
        emails=contact.emails if patch.emails is None else patch.emails,
        tags=contact.tags if patch.tags is None else patch.tags,
        fields=contact.fields if patch.fields is None else patch.fields,
        note=contact.note if patch.note is None else patch.note,
    )
    extra: dict[str, Any] = {}
    if patch.do_not_call is not None:
        extra["do_not_call"] = patch.do_not_call
    if patch.owner is not None:
        extra["owner"] = patch.owner or None
    tx.update("contact", contact.id, columns(checked(merged, region)) | extra)


def _refuse_changed(tx: Transaction, contact: Contact, patch: ContactPatch) -> None:
    """Raises ``Conflict`` when somebody changed, since ``patch.seen``, one of the fields that the patch gives."""
    if patch.seen is None or contact.updated_at == patch.seen:
        return
    given = {name for name in _PATCHED if getattr(patch, name) is not None}
    for change in log.history(tx, entity="contact", record=contact.id, limit=100):
        if change["at"] <= patch.seen:
            return
        if not given.isdisjoint(change["after"] or {}):
            raise Conflict("contact_changed", name=contact.name, agent=change["agent"])


_PATCHED = ("name", "company", "phones", "emails", "tags", "fields", "note", "do_not_call", "owner")


def columns(new: NewContact) -> dict[str, Any]:
    """A checked contact as the values of its record; the search columns follow from them in storage."""
    return {
        "name": new.name,
        "company": new.company,
        "note": new.note,
        "fields": dict(new.fields),
        "phones": [_phone_columns(phone) for phone in new.phones],
        "emails": [{"address": email.address, "label": email.label} for email in new.emails],
        "tags": list(new.tags),
    }


def _phone_columns(phone: PhoneNumber) -> dict[str, Any]:
    return {
        "raw": phone.raw,
        "e164": phone.e164,
        "ext": phone.ext,
        "label": phone.label,
        "reversed": reversed_digits(phone),
    }


def _record(conn: Connection, contact_id: int) -> Contact:
    found = contacts.record(conn, contacts.heir(conn, contact_id))
    if found is None:
        raise NotFound("no_contact", ref=f"contact:{contact_id}")
    return found


def _refuse_known(tx: Transaction, new: NewContact) -> None:
    """Raises ``Conflict`` when somebody is there who is likely the same person."""
    # imported here: whoever is added is hardly ever asked about so
    from tuicrm.services import duplicates

    if known := duplicates.likely_in(tx, new):
        row, why = known[0].row, known[0].why[0]
        raise Conflict("contact_known", id=row.id, name=row.name, why=f"same {why}")


@lru_cache(maxsize=1024)
def _line(field: str, text: str) -> str:
    if not text:
        return ""
    text = " ".join(tidy(text).split())
    if len(text) > LONGEST:
        raise Invalid(
            "too_long", fields=(FieldProblem(field, text[:40], "too_long"),), field=field, limit=LONGEST
        )
    return text


def _each(phones: tuple[PhoneNumber, ...], region: str) -> Iterator[PhoneNumber]:
    """The numbers one by one, those that were written into one field too."""
    for phone in phones:
        if phone.raw.strip():
            for raw in numbers_in(phone.raw, region):
                yield phone if raw == phone.raw else replace(phone, raw=raw)


def _phone(phone: PhoneNumber, region: str) -> PhoneNumber:
    raw = _line("phone", phone.raw)
    if not any(ch.isdigit() for ch in raw):
        raise Invalid("phone_no_digits", fields=(FieldProblem("phone", raw, "phone_no_digits"),), text=raw)
    read = parse_phone(raw, region)
    return PhoneNumber(read.raw, read.e164, read.ext or phone.ext, _line("phone", phone.label))


def _emails(emails: tuple[EmailAddress, ...]) -> tuple[EmailAddress, ...]:
    kept = []
    for email in emails:
        address = _line("email", email.address)
        if not address:
            continue
        name, at, domain = address.rpartition("@")
        if not (at and name and domain) or " " in address:
            raise Invalid("email_bad", fields=(FieldProblem("email", address, "email_bad"),), text=address)
        kept.append(EmailAddress(address, _line("email", email.label)))
    return tuple(kept)


def _tags(tags: tuple[str, ...]) -> tuple[str, ...]:
    tidied = (_line("tag", tag).lstrip("#").strip() for tag in tags)
    return tuple(dict.fromkeys(tag for tag in tidied if tag))


def _fields(fields: Mapping[str, str]) -> dict[str, str]:
    tidied = {_line("field", key): tidy(value, multiline=True).strip() for key, value in fields.items()}
    if "" in tidied:
        raise Invalid("field_no_name", fields=(FieldProblem("field", "", "field_no_name"),))
    return {key: value for key, value in tidied.items() if value}
