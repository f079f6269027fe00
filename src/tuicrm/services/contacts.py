"""People: pages, cards, adding, editing, deleting. Only a name or a number is required of a contact."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from tuicrm.domain.errors import Conflict, FieldProblem, Invalid, NotFound
from tuicrm.domain.models import (
    Card,
    Contact,
    ContactPatch,
    ContactRow,
    NewContact,
    Page,
    PhoneNumber,
    TimelineItem,
)
from tuicrm.domain.people_order import BY_NAME, Key, Order
from tuicrm.domain.phone import parse_phone, reversed_digits
from tuicrm.domain.record import replace
from tuicrm.domain.safe import tidy
from tuicrm.services import contact_texts as texts
from tuicrm.services import private_notes
from tuicrm.services.agents import ensure_self, known_handle
from tuicrm.services.context import Crm
from tuicrm.storage import changes as log
from tuicrm.storage.connection import Connection
from tuicrm.storage.database import Transaction
from tuicrm.storage.instants import from_optional, to_text
from tuicrm.storage.queries import calls, contacts, events, followups, tickets
from tuicrm.storage.queries.chosen import ALL, Where

CALLS = 50
"""Calls in a card's timeline."""
EVENTS = 50
"""Other events in it."""


def page(
    crm: Crm,
    *,
    after: int | Key | None = None,
    limit: int = 100,
    backward: bool = False,
    where: Where = ALL,
    order: Order = BY_NAME,
    inclusive: bool = False,
) -> Page:
    """Lines of the list in an order, by folded name as a rule, after (or before) a contact's id or the key of a line.

    ``inclusive``: with the line of that key. ``where``: only these.
    """
    with crm.database.reader() as conn:
        key = contacts.sort_key(conn, after, order) if isinstance(after, int) else after
        found = contacts.page(
            conn,
            after=key,
            limit=limit + 1,
            backward=backward,
            chosen=where,
            order=order,
            inclusive=inclusive,
        )
    more = len(found) > limit
    if more:
        found = found[1:] if backward else found[:limit]
    return Page(tuple(row for _, row in found), more)


def ids(
    crm: Crm,
    *,
    limit: int,
    where: Where = ALL,
    order: Order = BY_NAME,
    between: tuple[Key, Key] | None = None,
) -> list[int]:
    """The ids of the contacts that fit, at most ``limit``; ``between``: from one line of the list to another."""
    with crm.database.reader() as conn:
        return contacts.ids(conn, limit=limit, chosen=where, order=order, between=between)


def with_today(crm: Crm, rows: Iterable[ContactRow]) -> list[ContactRow]:
    """The lines with how many calls each person has had today."""
    listed = list(rows)
    start = crm.now().replace(hour=0, minute=0, second=0, microsecond=0)
    called = [row.id for row in listed if row.last_call_at is not None and row.last_call_at >= start]
    if not called:
        return listed
    with crm.database.reader() as conn:
        many = contacts.calls_since(conn, called, to_text(start))
    return [replace(row, calls_today=many[row.id]) if row.id in many else row for row in listed]


def tags(crm: Crm, limit: int = 500) -> list[str]:
    """The tags in use."""
    with crm.database.reader() as conn:
        return contacts.tags(conn, limit)


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


def card(crm: Crm, contact_id: int, *, calls_limit: int = CALLS) -> Card:
    """The card in one consistent read: record, promises, tickets, timeline. Raises ``NotFound``."""
    spoken = [outcome.code for outcome in crm.process().outcomes if outcome.contact]
    with crm.database.reader() as conn:
        contact = _record(conn, contact_id)
        return Card(
            contact=contact,
            follow_ups=tuple(followups.open_of_contact(conn, contact.id)),
            tickets=tuple(tickets.of_contact(conn, contact.id, limit=20)),
            timeline=tuple(_timeline(conn, contact.id, calls_limit)),
            calls=calls.count_of_contact(conn, contact.id),
            private_note=private_notes.text_of(conn, contact.id, crm.me),
            merged=tuple(contacts.merged_into(conn, contact.id)),
            last_spoke_at=from_optional(contacts.last_call_with(conn, contact.id, spoken)),
        )


def _timeline(conn: Connection, contact_id: int, limit: int) -> list[TimelineItem]:
    """The last calls and what else happened since the first of them, newest first."""
    held = calls.of_contact(conn, contact_id, limit)
    timeline = [TimelineItem("call", call.id, call.started_at, call=call, agent=call.agent) for call in held]
    others = events.of_contact(conn, contact_id, EVENTS)
    if len(held) == limit:
        # among calls that are not shown they would stand at a wrong place
        others = [each for each in others if each.at >= timeline[-1].at]
    return sorted([*timeline, *others], key=_when, reverse=True)


def _when(item: TimelineItem) -> tuple[datetime, int]:
    return item.at, item.id


def add(crm: Crm, new: NewContact, *, if_new: bool = False) -> Contact:
    """Makes a contact. ``if_new``: refuse (``Conflict``) when a likely double is there. Raises ``Invalid``."""
    new = checked(new, crm.region())
    ensure_self(crm)
    with crm.database.transaction(crm.actor, "contact.add") as tx:
        new = replace(new, owner=known_handle(tx, crm, new.owner))
        if if_new:
            _refuse_known(tx, new)
        contact_id = insert(tx, new, crm.region())
        if new.private_note:
            private_notes.write(tx, contact_id, new.private_note)
    return get(crm, contact_id)


def edit(crm: Crm, contact_id: int, patch: ContactPatch) -> Contact:
    """Changes what the patch gives. Raises ``NotFound``, ``Invalid``, and ``Conflict`` (see ``ContactPatch.seen``)."""
    region = crm.region()
    ensure_self(crm)
    with crm.database.transaction(crm.actor, "contact.edit") as tx:
        if patch.owner:
            patch = replace(patch, owner=known_handle(tx, crm, patch.owner))
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


def odd_numbers(crm: Crm, phones: Iterable[PhoneNumber]) -> list[str]:
    """Those of the numbers, as typed, that are none of any country; they are kept, and marked so."""
    region = crm.region()
    typed = [phone.raw.strip() for phone in phones]
    return [raw for raw in typed if raw and not parse_phone(raw, region).valid]


# --- shared with other services (a call makes and edits contacts in its own transaction) ---------------------


def checked(new: NewContact, region: str) -> NewContact:
    """The contact tidied and its numbers read. Raises ``Invalid`` naming the field."""
    phones = tuple(texts.read_phone(phone, region) for phone in texts.each(new.phones, region))
    name = texts.line("name", new.name)
    if not name and not phones:
        raise Invalid("contact_empty", fields=(FieldProblem("name", "", "contact_empty"),))
    return replace(
        new,
        name=name,
        company=texts.line("company", new.company),
        phones=phones,
        emails=texts.read_emails(new.emails),
        tags=texts.read_tags(new.tags),
        fields=texts.read_fields(new.fields),
        note=tidy(new.note, multiline=True).strip(),
        private_note=tidy(new.private_note, multiline=True).strip(),
    )


def insert(tx: Transaction, new: NewContact, region: str) -> int:
    """Writes a ``checked`` contact; gives its id."""
    more = {"do_not_call": new.do_not_call, "owner": new.owner, "cadence_days": new.cadence_days}
    return tx.insert("contact", columns(new, region) | {name: value for name, value in more.items() if value})


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
    if patch.cadence_days is not None:
        extra["cadence_days"] = patch.cadence_days or None
    tx.update("contact", contact.id, columns(checked(merged, region), region) | extra)
    if patch.private_note is not None:
        private_notes.write(tx, contact.id, tidy(patch.private_note, multiline=True).strip())


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


_PATCHED = (
    "name",
    "company",
    "phones",
    "emails",
    "tags",
    "fields",
    "note",
    "do_not_call",
    "owner",
    "cadence_days",
)


def columns(new: NewContact, region: str = "") -> dict[str, Any]:
    """A checked contact as the values of its record; the search columns follow from them in storage."""
    return {
        "name": new.name,
        "company": new.company,
        "note": new.note,
        "fields": dict(new.fields),
        "phones": [_phone_columns(phone, region) for phone in new.phones],
        "emails": [{"address": email.address, "label": email.label} for email in new.emails],
        "tags": list(new.tags),
    }


def _phone_columns(phone: PhoneNumber, region: str) -> dict[str, Any]:
    return {
        "raw": phone.raw,
        "e164": phone.e164,
        "ext": phone.ext,
        "label": phone.label,
        "reversed": reversed_digits(phone, region),
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
