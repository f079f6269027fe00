"""Two contacts that are one: everything of the one goes to the other, in one action that can be taken back.

The one that goes keeps its own record, with its name and numbers, out of every list; its id leads to its heir, so
that an old file or a noted id still finds the right person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from tuicrm.domain.errors import Conflict, FieldProblem, Invalid, NotFound
from tuicrm.domain.matching import same_number
from tuicrm.domain.models import Contact, EmailAddress, NewContact, PhoneNumber
from tuicrm.domain.phone import digits
from tuicrm.domain.record import record, replace
from tuicrm.services import contacts as contact_service
from tuicrm.services import private_notes, worklist_members
from tuicrm.services.agents import ensure_self
from tuicrm.services.context import Crm
from tuicrm.storage.connection import Connection
from tuicrm.storage.database import Transaction
from tuicrm.storage.queries import contacts, doubles

CHOSEN: Final = ("name", "company", "note", "owner")
"""Fields of which a contact has one: a choice says whose stays. Of all others both are kept."""
Choices = Mapping[str, str]
"""Of a field in ``CHOSEN``: ``keep`` or ``gone``, or another value to be written."""


@record
class Side:
    """One of two contacts that are looked at together, with what hangs on it."""

    contact: Contact
    calls: int
    follow_ups: int
    tickets: int


def merge(crm: Crm, keep_id: int, gone_ids: Sequence[int], choices: Choices | None = None) -> Contact:
    """Merges the others into the first; gives it as it is then.

    Without a choice the first keeps what it has, a missing value comes from the others, and both notes stay.
    Raises ``NotFound``, ``Invalid("merge_field")``, and ``Conflict`` for a contact with itself (``merge_itself``),
    a deleted one (``contact_deleted``) and one that is merged already (``contact_merged``).
    """
    chosen = _checked(choices or {})
    ensure_self(crm)
    with crm.database.transaction(crm.actor, "contact.merge") as tx:
        keep = _living(tx, contacts.heir(tx, keep_id))
        for gone_id in dict.fromkeys(gone_ids):
            gone = _gone(tx, gone_id, keep)
            _join(tx, keep, gone, chosen, crm.region())
            keep = _living(tx, keep.id)
    return contact_service.get(crm, keep.id)


def side(crm: Crm, contact_id: int) -> Side | None:
    """A contact with the number of its calls, open follow-ups and tickets; None when it is deleted or merged."""
    with crm.database.reader() as conn:
        found = contacts.record(conn, contact_id)
        if found is None or found.deleted_at is not None or found.merged_into is not None:
            return None
        return Side(found, *doubles.counts(conn, contact_id))


def merged(keep: Contact, gone: Contact, choices: Choices | None = None) -> Contact:
    """What the first would be after a merge: the same rules as ``merge``, for a screen to show."""
    chosen = {name: _chosen(name, keep, gone, (choices or {}).get(name)) for name in CHOSEN}
    return replace(
        keep,
        name=chosen["name"],
        company=chosen["company"],
        note=chosen["note"],
        owner=chosen["owner"] or None,
        phones=phones(keep.phones, gone.phones),
        emails=emails(keep.emails, gone.emails),
        tags=tuple(dict.fromkeys([*keep.tags, *gone.tags])),
        fields=fields(keep.fields, gone.fields),
        do_not_call=keep.do_not_call or gone.do_not_call,
        cadence_days=keep.cadence_days or gone.cadence_days,
    )


# --- what becomes of each part ------------------------------------------------------------------------------


def phones(keep: Iterable[PhoneNumber], gone: Iterable[PhoneNumber]) -> tuple[PhoneNumber, ...]:
    """The numbers of both, each once; a label of the second where the first has none."""
    found: list[PhoneNumber] = []
    for phone in (*keep, *gone):
        place = next((at for at, known in enumerate(found) if _one_number(known, phone)), None)
        if place is None:
            found.append(phone)
        elif phone.label and not found[place].label:
            found[place] = replace(found[place], label=phone.label)
    return tuple(found)


def _one_number(a: PhoneNumber, b: PhoneNumber) -> bool:
    """Whether one of the two tells all that both do."""
    if a.valid != b.valid:
        return False
    return same_number(a, b) or (not a.valid and (digits(a.raw), a.ext) == (digits(b.raw), b.ext))


def emails(keep: Iterable[EmailAddress], gone: Iterable[EmailAddress]) -> tuple[EmailAddress, ...]:
    """The addresses of both, each once whatever its case."""
    found: dict[str, EmailAddress] = {}
    for email in (*keep, *gone):
        known = found.setdefault(email.address.casefold(), email)
        if email.label and not known.label:
            found[email.address.casefold()] = replace(known, label=email.label)
    return tuple(found.values())


def fields(keep: Mapping[str, str], gone: Mapping[str, str]) -> dict[str, str]:
    """The free fields of both; of two values for one name the second gets a number behind the name."""
    found = dict(keep)
    for name, value in gone.items():
        place, number = name, 2
        while place in found and found[place] != value:
            place, number = f"{name} {number}", number + 1
        found[place] = value
    return found


def _chosen(name: str, keep: Contact, gone: Contact, choice: str | None) -> str:
    own, other = getattr(keep, name) or "", getattr(gone, name) or ""
    if choice == "keep":
        return own
    if choice == "gone":
        return other
    if choice is not None:
        return choice
    if name == "note" and own and other and other not in own:
        return f"{own}\n\n{other}"
    return own or other


def _checked(choices: Choices) -> dict[str, str]:
    """The choices with written values tidied as in any contact. Raises ``Invalid``."""
    for name in choices:
        if name not in CHOSEN:
            problem = FieldProblem(name, choices[name], "merge_field")
            raise Invalid("merge_field", fields=(problem,), field=name, choices=CHOSEN)
    written = {name: value for name, value in choices.items() if value not in ("keep", "gone")}
    new = NewContact(written.get("name") or "-", written.get("company", ""), note=written.get("note", ""))
    tidied = contact_service.checked(new, "")
    return {
        **choices,
        **{name: getattr(tidied, name) for name, value in written.items() if name != "owner" and value},
    }


# --- writing ------------------------------------------------------------------------------------------------


def _living(conn: Connection, contact_id: int) -> Contact:
    found = contacts.record(conn, contact_id)
    if found is None:
        raise NotFound("no_contact", ref=f"contact:{contact_id}")
    if found.deleted_at is not None:
        raise Conflict("contact_deleted", id=found.id, name=_named(found))
    return found


def _gone(conn: Connection, contact_id: int, keep: Contact) -> Contact:
    """The contact that is to go, refused when it cannot."""
    found = _living(conn, contact_id)
    if found.id == keep.id:
        raise Conflict("merge_itself", id=keep.id, name=_named(keep))
    if found.merged_into is not None:
        heir = contacts.heir(conn, found.id)
        raise Conflict("contact_merged", id=found.id, name=_named(found), heir=f"contact:{heir}")
    return found


def _named(contact: Contact) -> str:
    return contact.name or (contact.phones[0].raw if contact.phones else f"contact:{contact.id}")


def _join(tx: Transaction, keep: Contact, gone: Contact, choices: Choices, region: str) -> None:
    """Writes the first as both together, moves what hangs on the second, and points it to its heir."""
    whole = merged(keep, gone, choices)
    if not whole.name and not whole.phones:
        raise Invalid("contact_empty", fields=(FieldProblem("name", "", "contact_empty"),))
    new = NewContact(
        whole.name, whole.company, whole.phones, whole.emails, whole.tags, whole.fields, whole.note
    )
    values = contact_service.columns(new, region) | {
        "owner": whole.owner,
        "do_not_call": whole.do_not_call,
        "cadence_days": whole.cadence_days,
    }
    tx.update("contact", keep.id, values)
    for entity, records in doubles.held(tx, gone.id).items():
        for record_id in records:
            tx.update(entity, record_id, {"contact_id": keep.id})
    private_notes.move(tx, gone.id, keep.id)
    worklist_members.move(tx, gone.id, keep.id)
    _move_apart(tx, keep.id, gone.id)
    tx.update("contact", gone.id, {"merged_into": keep.id})


def _move_apart(tx: Transaction, keep_id: int, gone_id: int) -> None:
    """Who was kept apart from the second is kept apart from the first; the two themselves are not any more."""
    known = {other for _, other in doubles.apart_from(tx, keep_id)}
    for record_id, other in doubles.apart_from(tx, gone_id):
        if other == keep_id or other in known:
            tx.delete("apart", record_id)
        else:
            tx.update("apart", record_id, {"a": min(keep_id, other), "b": max(keep_id, other)})
