"""Opening a ticket for a contact; lists of tickets."""

from __future__ import annotations

from tuicrm import i18n
from tuicrm.domain.errors import Conflict, FieldProblem, Invalid, NotFound
from tuicrm.domain.fold import fold
from tuicrm.domain.models import Page, Ticket
from tuicrm.domain.process import Process
from tuicrm.domain.safe import tidy
from tuicrm.services.agents import ensure_self, known_handle
from tuicrm.services.context import Crm
from tuicrm.storage.queries import contacts, tickets
from tuicrm.storage.queries.chosen import ALL, Where

LONGEST = 400
"""Characters a subject may have."""


def page(crm: Crm, *, limit: int = 50, before: int | None = None, where: Where = ALL) -> Page:
    """Tickets, newest first, with ids below ``before``. ``where``: only these (``services.filtering``)."""
    with crm.database.reader() as conn:
        found = tickets.page(conn, before=before, limit=limit + 1, filters={}, chosen=where)
    return Page(tuple(found[:limit]), len(found) > limit)


def new(
    crm: Crm,
    contact_id: int,
    subject: str,
    *,
    kind: str = "",
    priority: str = "",
    note: str = "",
    assignee: str = "",
) -> Ticket:
    """Opens a ticket. ``kind`` and ``priority`` by code, label or letter; ``assignee``: else who acts.

    Raises ``NotFound``, ``Conflict("contact_deleted")``, and ``Invalid`` naming the field.
    """
    process = crm.process()
    subject = _subject(subject)
    values = {
        "subject": subject,
        "kind": kind_of(process, kind),
        "priority": priority_of(process, priority),
        "status": process.first_status("open").code,
    }
    ensure_self(crm)
    with crm.database.transaction(crm.actor, "ticket.new") as tx:
        contact = contacts.record(tx, contacts.heir(tx, contact_id))
        if contact is None:
            raise NotFound("no_contact", ref=f"contact:{contact_id}")
        if contact.deleted_at is not None:
            raise Conflict("contact_deleted", id=contact.id, name=contact.name)
        whose = known_handle(tx, crm, assignee) or crm.me
        made = tx.insert("ticket", values | {"contact_id": contact.id, "assignee": whose})
        event = {"ticket_id": made, "agent": crm.me, "kind": "created"}
        tx.insert("ticket_event", event | {"text": tidy(note, multiline=True).strip()})
    with crm.database.reader() as conn:
        found = tickets.record(conn, made)
    assert found is not None, "it has just been written"
    return found


def kinds(process: Process) -> tuple[str, ...]:
    """The kinds of tickets that the company's topics open."""
    named = (topic.ticket_kind for topic in process.topics)
    return tuple(dict.fromkeys(kind for kind in named if kind))


def kind_of(process: Process, text: str) -> str | None:
    """The code of a kind; None for ``""``. Raises ``Invalid("ticket_kind")`` where the company names others."""
    known = kinds(process)
    wanted = fold(text)
    for kind in known:
        if fold(kind) == wanted:
            return kind
    # what the company calls it: a kind has the names of the first topic that opens it
    for topic in process.topics:
        if topic.ticket_kind and wanted in map(fold, topic.names):
            return topic.ticket_kind
    if wanted and known:
        labels = (kind_label(process, kind, i18n.language()) for kind in known)
        raise _refused("kind", "ticket_kind", text, tuple(labels))
    return text.strip() or None


def kind_label(process: Process, kind: str, language: str) -> str:
    """What a kind is called: as the topic that opens it, else its code in words."""
    topic = next((topic for topic in process.topics if topic.ticket_kind == kind), None)
    return topic.label(language) if topic is not None else kind.replace("_", " ")


def priority_of(process: Process, text: str) -> str:
    """The code of a priority; the usual one for ``""``. Raises ``Invalid("ticket_priority")``."""
    wanted = fold(text)
    if not wanted:
        return process.defaults.priority
    for one in process.priorities:
        if wanted in (one.code, one.key, *(fold(name) for name in one.names)):
            return one.code
    raise _refused("priority", "ticket_priority", text, tuple(one.code for one in process.priorities))


def _refused(field: str, code: str, text: str, choices: tuple[str, ...]) -> Invalid:
    return Invalid(code, fields=(FieldProblem(field, text, code),), value=text, choices=choices)


def _subject(text: str) -> str:
    text = " ".join(tidy(text).split())
    if not text:
        raise Invalid("ticket_subject", fields=(FieldProblem("subject", "", "ticket_subject"),))
    if len(text) > LONGEST:
        problem = FieldProblem("subject", text[:40], "too_long")
        raise Invalid("too_long", fields=(problem,), field="subject", limit=LONGEST)
    return text
