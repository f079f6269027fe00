"""Data in and out: contacts from a file, any list into one.

Reading the same file again adds nothing. A batch is one action, whatever its size, so that one undo takes it back;
it is written in parts, so that nobody else waits for it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Final

from tuicrm.domain.errors import CrmError, FieldProblem, Invalid, NotFound
from tuicrm.domain.fold import unified
from tuicrm.domain.models import Contact, NewContact
from tuicrm.domain.record import record, replace
from tuicrm.exchange.incoming import Incoming
from tuicrm.services import contacts as contact_service
from tuicrm.services.agents import ensure_self
from tuicrm.services.context import Crm
from tuicrm.services.exporting import export
from tuicrm.storage.connection import Connection
from tuicrm.storage.database import Actor, Transaction
from tuicrm.storage.queries import contacts

__all__ = ["FORMATS", "Double", "ImportReport", "RowReason", "export", "import_file"]

FORMATS: Final = ("json", "csv")
CHUNK_ROWS: Final = 500
"""Rows of one transaction: others get their turn about ten times a second."""


@record
class RowReason:
    """Why one row was left out: a code with parameters for its sentence."""

    line: int
    code: str
    params: Mapping[str, Any]


@record
class Double:
    """A contact that was added (``a``) though another (``b``) is much like it: the same ``why``."""

    a: int
    b: int
    why: str


@record
class ImportReport:
    """What an import did. ``import_id``: its action, for undo; None when nothing was written."""

    import_id: int | None
    file: str
    format: str
    encoding: str
    read: int
    added: int
    updated: int
    unchanged: int
    skipped: tuple[RowReason, ...]
    refused: tuple[RowReason, ...]
    kept_as_field: Mapping[str, int]
    photos_skipped: int
    duplicates: tuple[Double, ...]
    dry_run: bool


def import_file(
    crm: Crm,
    source: Path | BinaryIO,
    *,
    format: str | None = None,
    mapping: Mapping[str, str] | None = None,
    region: str | None = None,
    dry_run: bool = False,
    strict: bool = False,
) -> ImportReport:
    """Reads contacts from a file or an open binary stream.

    A row that is a known contact (same name, no other company, a number or address in common, or neither side has
    any) adds what is new to it and overwrites nothing but free fields of the same name. ``strict``: nothing is
    written when one row is refused (``Invalid("import_refused")`` names them all). ``dry_run``: nothing is
    written. Raises ``NotFound("file_unreadable")``; ``Invalid`` for a file that is not what it should be,
    ``Invalid("import_nothing")`` when not one row can be used.
    """
    name, data = _content(source)
    form = _format(format, name, data)
    encoding, rows = _rows(form, data, name, mapping or {})
    run = _Run(crm, region or crm.region(), dry_run=dry_run)
    if strict:
        found = [run.read(row) for row in rows]
        if run.refused:
            fields = [FieldProblem(f"line {r.line}", str(r.line), r.code, r.params) for r in run.refused]
            raise Invalid("import_refused", fields=fields, file=name, n=len(run.refused))
        run.write(iter(found))
    else:
        run.write(run.read(row) for row in rows)
    if not (run.added or run.updated or run.unchanged or run.skipped):
        fields = [FieldProblem(f"line {r.line}", str(r.line), r.code, r.params) for r in run.refused[:20]]
        raise Invalid("import_nothing", fields=fields, file=name)
    return run.report(name, form, encoding)


# --- the file -----------------------------------------------------------------------------------------------


def _content(source: Path | BinaryIO) -> tuple[str, bytes]:
    if not isinstance(source, Path):
        return str(getattr(source, "name", "-")), source.read()
    try:
        return str(source), source.read_bytes()
    except OSError as error:
        raise NotFound("file_unreadable", file=str(source), reason=error.strerror or "") from None


def _format(given: str | None, name: str, data: bytes) -> str:
    """The format asked for, else that of the file's name, else by how the content begins."""
    form = given or Path(name).suffix.lstrip(".").lower()
    if not given and form not in FORMATS:
        start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
        form = "json" if start in (b"[", b"{") else "csv"
    if form not in FORMATS:
        raise Invalid("import_format", format=form, choices=FORMATS)
    return form


def _rows(form: str, data: bytes, name: str, mapping: Mapping[str, str]) -> tuple[str, Iterator[Incoming]]:
    from tuicrm.exchange import csv_format, json_format

    text, encoding = csv_format.decode(data, name)
    if not text.strip():
        raise Invalid("file_empty", file=name)
    if form == "json":
        return encoding, json_format.read(text.lstrip(csv_format.BOM), name)
    return encoding, csv_format.read(text.lstrip(csv_format.BOM), name, mapping)


# --- one import ---------------------------------------------------------------------------------------------


class _Run:
    """One import on its way: counts as it goes."""

    def __init__(self, crm: Crm, region: str, *, dry_run: bool) -> None:
        self.crm = crm
        self.region = region
        self.dry_run = dry_run
        self.read_rows = self.added = self.updated = self.unchanged = self.photos = 0
        self.skipped: list[RowReason] = []
        self.refused: list[RowReason] = []
        self.kept: dict[str, int] = {}
        self.doubles: list[Double] = []
        self.action: int | None = None
        self._seen: set[NewContact] = set()

    def read(self, row: Incoming) -> Incoming | None:
        """A row whose contact is checked; None when it is left out, with the reason in the report."""
        self.read_rows += 1
        if row.contact is None:
            (self.refused if row.refused else self.skipped).append(RowReason(row.line, row.code, row.params))
            return None
        try:
            contact = contact_service.checked(row.contact, self.region)
        except CrmError as error:
            self.refused.append(RowReason(row.line, error.code, error.params))
            return None
        for column in row.kept:
            self.kept[column] = self.kept.get(column, 0) + 1
        self.photos += row.photo
        return replace(row, contact=contact)

    def write(self, rows: Iterable[Incoming | None]) -> None:
        """Writes (or, dry, compares) every row in parts of ``CHUNK_ROWS``."""
        if not self.dry_run:
            ensure_self(self.crm)
        usable = (row for row in rows if row is not None)
        while chunk := list(islice(usable, CHUNK_ROWS)):
            if self.dry_run:
                with self.crm.database.reader() as conn:
                    for row in chunk:
                        self._compare(conn, row)
                continue
            actor = Actor(self.crm.me, "import")
            with self.crm.database.transaction(actor, "import", continues=self.action) as tx:
                before = self.added + self.updated
                for row in chunk:
                    self._put(tx, row)
                if self.added + self.updated > before:
                    self.action = tx.action_id

    def _put(self, tx: Transaction, row: Incoming) -> None:
        assert row.contact is not None, "rows without one were left out"
        known = match(tx, row.contact)
        if known is None:
            made = tx.insert("contact", contact_service.columns(row.contact) | _marks(row))
            self.added += 1
            self.doubles += [Double(made, other, why) for other, why in likenesses(tx, row.contact, made)]
            return
        changed = _changes(known, row)
        if changed:
            tx.update("contact", known.id, changed)
            self.updated += 1
        else:
            self.unchanged += 1

    def _compare(self, conn: Connection, row: Incoming) -> None:
        """What ``_put`` would do; the same row twice in a file is known by having been seen."""
        assert row.contact is not None, "rows without one were left out"
        known = match(conn, row.contact)
        key = replace(row.contact, fields=tuple(sorted(row.contact.fields.items())))
        if known is not None:
            changed = bool(_changes(known, row))
            self.updated += changed
            self.unchanged += not changed
        elif key in self._seen:
            self.unchanged += 1
        else:
            self.added += 1
        self._seen.add(key)

    def report(self, name: str, form: str, encoding: str) -> ImportReport:
        """What was done."""
        return ImportReport(
            import_id=self.action,
            file=name,
            format=form,
            encoding=encoding,
            read=self.read_rows,
            added=self.added,
            updated=self.updated,
            unchanged=self.unchanged,
            skipped=tuple(self.skipped),
            refused=tuple(self.refused),
            kept_as_field=self.kept,
            photos_skipped=self.photos,
            duplicates=tuple(self.doubles),
            dry_run=self.dry_run,
        )


# --- known or new -------------------------------------------------------------------------------------------


def match(conn: Connection, new: NewContact) -> Contact | None:
    """The living contact that a row is about: the same name (joined or parted), no other company, and a number or
    address in common, or none on one of the sides."""
    name, company = unified(new.name), unified(new.company)
    reached = _reached(conn, new)
    ids = [contact_id for contact_id, _ in reached] if not name else contacts.with_glued(conn, name)
    for contact_id in ids:
        known = contacts.record(conn, contact_id)
        if known is None or unified(known.name) != name:
            continue
        if company and known.company and unified(known.company) != company:
            continue
        if not name and known.name:
            continue
        if (
            contact_id in dict(reached)
            or not (new.phones or new.emails)
            or not (known.phones or known.emails)
        ):
            return known
    return None


def likenesses(conn: Connection, new: NewContact, own: int) -> list[tuple[int, str]]:
    """Other contacts with the same number or address: (id, ``number`` or ``email``)."""
    return [(contact_id, why) for contact_id, why in _reached(conn, new) if contact_id != own]


def _reached(conn: Connection, new: NewContact) -> list[tuple[int, str]]:
    """Who has one of the numbers (whole) or addresses, each once."""
    from tuicrm.domain.phone import reversed_digits

    found: dict[int, str] = {}
    for phone in new.phones:
        ids = (
            contacts.with_e164(conn, phone.e164)
            if phone.e164
            else contacts.with_number(conn, reversed_digits(phone))
        )
        for contact_id in ids:
            found.setdefault(contact_id, "number")
    for email in new.emails:
        for contact_id in contacts.with_email(conn, email.address):
            found.setdefault(contact_id, "email")
    return list(found.items())


def _marks(row: Incoming) -> dict[str, Any]:
    """Owner and do-not-call, when the file says."""
    marks = {"owner": row.owner, "do_not_call": row.do_not_call}
    return {column: value for column, value in marks.items() if value is not None}


def _changes(known: Contact, row: Incoming) -> dict[str, Any]:
    """What a row adds to a known contact, as columns; nothing that is there is lost but a free field's old value."""
    new = row.contact
    assert new is not None, "rows without one were left out"
    merged = NewContact(
        name=known.name,
        company=known.company or new.company,
        phones=_joined(known.phones, new.phones, lambda phone: phone.e164 or phone.raw),
        emails=_joined(known.emails, new.emails, lambda email: email.address.lower()),
        tags=_joined(known.tags, new.tags, lambda tag: tag),
        fields={**known.fields, **new.fields},
        note=_joined_note(known.note, new.note),
    )
    before = contact_service.columns(
        NewContact(
            known.name, known.company, known.phones, known.emails, known.tags, known.fields, known.note
        )
    )
    after = contact_service.columns(merged)
    changed = {column: value for column, value in after.items() if value != before[column]}
    if row.owner is not None and row.owner != known.owner:
        changed["owner"] = row.owner
    if row.do_not_call and not known.do_not_call:
        changed["do_not_call"] = True
    return changed


def _joined(old: tuple[Any, ...], new: tuple[Any, ...], key: Any) -> tuple[Any, ...]:
    there = {key(item) for item in old}
    return old + tuple(item for item in new if key(item) not in there)


def _joined_note(old: str, new: str) -> str:
    if not new or new in old:
        return old
    return f"{old}\n{new}" if old else new


def _private(path: str, flags: int) -> int:
    """Opens a new file that only its owner may read: it holds people's numbers."""
    return os.open(path, flags, 0o600)


def export_to(crm: Crm, what: str, form: str, path: Path, *, raw: bool = False) -> int:
    """Writes an export into a file of the person's own; gives how many rows. A file of that name is replaced only
    when all is written. Raises ``Invalid("file_unwritable")`` and as ``export``."""
    temporary = path.with_name(f".{path.name}.part")
    try:
        with open(temporary, "w", encoding="utf-8", newline="", opener=_private) as stream:
            rows = export(crm, what, form, stream, raw=raw)
        temporary.replace(path)
    except OSError as error:
        raise Invalid("file_unwritable", file=str(path), reason=error.strerror or "") from None
    finally:
        temporary.unlink(missing_ok=True)
    return rows
