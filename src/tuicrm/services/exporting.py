"""Lists into files: every record once, in order, without holding them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, TextIO

from tuicrm.domain import shapes
from tuicrm.domain.errors import Invalid
from tuicrm.domain.models import Call, Contact, EmailAddress, FollowUp, PhoneNumber, Ticket
from tuicrm.services import filtering
from tuicrm.services.context import Crm
from tuicrm.storage.connection import Connection
from tuicrm.storage.queries import calls, contacts, followups, tickets
from tuicrm.storage.queries.chosen import Where

EVERYTHING: Final = "all"
_LISTS: Final = ("json", "csv")
FORMATS: Final[Mapping[str, tuple[str, ...]]] = {
    "contacts": (*_LISTS, "vcard"),
    "calls": _LISTS,
    "followups": (*_LISTS, "ics"),
    "tickets": _LISTS,
    EVERYTHING: ("json",),
}
"""What can be exported, and as what."""
_ALIASES: Final = {"vcf": "vcard", "ical": "ics"}
PAGE: Final = 500

Reading = Callable[[Connection, Where], Iterator[Any]]


def export(
    crm: Crm,
    what: str,
    format: str,
    stream: TextIO,
    *,
    raw: bool = False,
    where: str = "",
    ids: Sequence[int] | None = None,
) -> int:
    """Writes ``contacts``, ``calls``, ``followups``, ``tickets`` or ``all`` in one of ``FORMATS``; gives how many rows.

    The stream must not translate line ends (``newline=""``). ``where``: a filter (``domain.filters``).
    ``ids``: only these contacts. ``raw``: CSV
    for programs, without what protects a spreadsheet. One consistent state of the database; deleted records are left
    out, but of ``all``; never more than a page of records is held. Raises ``Invalid`` (``export_kind``,
    ``export_format``, ``export_all_where``, and for a filter that says nothing).
    """
    format = checked(what, format)
    if what == EVERYTHING:
        if where.strip():
            raise Invalid("export_all_where")
        # imported here: lists need nothing of it
        from tuicrm.services import everything

        return everything.export(crm, stream)
    chosen = filtering.where(crm, what, where) if ids is None else contacts.these(ids)
    with crm.database.reader() as conn:
        records = _READINGS[what](conn, chosen)
        if format == "json":
            from tuicrm.exchange import json_format

            return json_format.write(stream, (_shape(crm, each) for each in records))
        if format == "vcard":
            from tuicrm.exchange import vcard_out

            return vcard_out.write(stream, records)
        if format == "ics":
            from tuicrm.exchange import ics_out

            return ics_out.write(
                stream,
                records,
                now=crm.now(),
                number=lambda each: contacts.first_number(conn, each.contact.id),
            )
        from tuicrm.exchange import csv_format

        headings, row = _table(crm, conn, what)
        return csv_format.write(stream, headings, (row(each) for each in records), raw=raw)


def checked(what: str, format: str) -> str:
    """The name of the format. Raises ``Invalid`` when there is no such list or it cannot be written so."""
    if what not in FORMATS:
        raise Invalid("export_kind", kind=what, choices=tuple(FORMATS))
    name = _ALIASES.get(format, format)
    if name not in FORMATS[what]:
        raise Invalid("export_format", kind=what, format=format, choices=FORMATS[what])
    return name


# --- reading ------------------------------------------------------------------------------------------------


def _contacts(conn: Connection, chosen: Where) -> Iterator[Contact]:
    after = None
    while rows := contacts.page(conn, after=after, limit=PAGE, backward=False, chosen=chosen):
        for _, row in rows:
            found = contacts.record(conn, row.id)
            assert found is not None, "one snapshot holds what it lists"
            yield found
        after = rows[-1][0]


def _calls(conn: Connection, chosen: Where) -> Iterator[Call]:
    before = None
    while rows := calls.page(conn, before=before, limit=PAGE, filters={}, chosen=chosen):
        yield from rows
        before = rows[-1].id


def _follow_ups(conn: Connection, chosen: Where) -> Iterator[FollowUp]:
    after = None
    while rows := followups.page(conn, after=after, limit=PAGE, filters={}, chosen=chosen):
        yield from rows
        after = rows[-1]


def _tickets(conn: Connection, chosen: Where) -> Iterator[Ticket]:
    before = None
    while rows := tickets.page(conn, before=before, limit=PAGE, filters={}, chosen=chosen):
        yield from rows
        before = rows[-1].id


_READINGS: Final[dict[str, Reading]] = {
    "contacts": _contacts,
    "calls": _calls,
    "followups": _follow_ups,
    "tickets": _tickets,
}


# --- JSON ---------------------------------------------------------------------------------------------------


def _shape(crm: Crm, each: Any) -> shapes.Shape:
    if isinstance(each, Contact):
        return shapes.contact(each, crm.zone) | {"note": each.note}
    if isinstance(each, Call):
        return shapes.call(each, crm.zone)
    if isinstance(each, FollowUp):
        return shapes.followup(each, crm.zone)
    return shapes.ticket(each, crm.zone)


# --- CSV ----------------------------------------------------------------------------------------------------

_CALL_COLUMNS: Final = (
    *(
        "id",
        "contact_id",
        "contact",
        "agent",
        "channel",
        "direction",
        "outcome",
        "topic",
        "note",
        "started_at",
    ),
    *(
        "duration_s",
        "talk_s",
        "wrap_s",
        "follow_up_id",
        "follow_up_due_on",
        "ticket_id",
        "tags",
        "score",
        "process_version",
    ),
)
_FOLLOW_UP_COLUMNS: Final = (
    *("id", "contact_id", "contact", "reason", "due_on", "due_at", "first_due_on", "first_due_at", "zone"),
    *("assignee", "state", "attempt", "attempts_max", "recurrence", "note", "alarm_minutes", "remind_at"),
    *("closed_at", "closed_reason", "call_id"),
)
_TICKET_COLUMNS: Final = (
    *("id", "subject", "contact_id", "contact", "kind", "priority", "status", "category", "assignee", "tags"),
    *("created_at", "resolved_at", "response_due_at", "resolution_due_at", "reopened"),
)
_COLUMNS: Final = {"calls": _CALL_COLUMNS, "followups": _FOLLOW_UP_COLUMNS, "tickets": _TICKET_COLUMNS}


def _table(crm: Crm, conn: Connection, what: str) -> tuple[Sequence[str], Callable[[Any], list[Any]]]:
    """The headings of a list and what makes its rows."""
    if what != "contacts":
        names = _COLUMNS[what]
        return names, lambda each: [_flat(_shape(crm, each)).get(name) for name in names]
    from tuicrm.exchange.csv_columns import FIELD_PREFIX, OWN_COLUMNS

    fields = contacts.field_names(conn)
    titles = [
        f"{FIELD_PREFIX}{name}" if name in OWN_COLUMNS or name.startswith(FIELD_PREFIX) else name
        for name in fields
    ]

    def row(each: Contact) -> list[Any]:
        return [*_own_cells(crm, each), *(each.fields.get(name) for name in fields)]

    return [*OWN_COLUMNS, *titles], row


def _own_cells(crm: Crm, each: Contact) -> list[Any]:
    """The cells of ``csv_columns.OWN_COLUMNS``."""
    phones = "; ".join(f"{p.raw} ext {p.ext}" if p.ext and p.ext not in p.raw else p.raw for p in each.phones)
    emails = "; ".join(email.address for email in each.emails)
    tags = "; ".join(each.tags)
    made = shapes.instant(each.created_at, crm.zone)
    return [
        each.id,
        each.name,
        each.company,
        phones,
        emails,
        tags,
        each.note,
        each.do_not_call,
        each.owner,
        each.cadence_days,
        made,
        _labels(each.phones),
        _labels(each.emails),
    ]


def _labels(these: Sequence[PhoneNumber] | Sequence[EmailAddress]) -> str:
    """The labels in the order of what they belong to, nothing when none has one."""
    from tuicrm.exchange.csv_columns import LABELS_APART

    labels = [each.label for each in these]
    return LABELS_APART.join(labels) if any(labels) else ""


def _flat(shape: shapes.Shape) -> dict[str, Any]:
    """A JSON shape as cells: what is named in it as ``NAME_id`` and the like, lists joined."""
    cells: dict[str, Any] = {}
    for key, value in shape.items():
        if isinstance(value, dict):
            cells |= {f"{key}_{part}": inner for part, inner in value.items()}
            cells[key] = value.get("name")
        else:
            cells[key] = "; ".join(value) if isinstance(value, list) else value
    return cells
