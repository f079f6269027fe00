"""Many new records at once, with the same rows that each would leave when it is added by hand.

What can be made without the database is made before (``Ready``, ``ReadyCall``), so that the write lock is held for
the statements alone: a few for many rows instead of a dozen for each record.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Mapping, Sequence
from hashlib import sha256
from json.encoder import encode_basestring, encode_basestring_ascii
from operator import itemgetter
from typing import Any, Final, Self

from tuicrm.storage.changes import digest_start
from tuicrm.storage.connection import Connection
from tuicrm.storage.entities import CHILD_LISTS, ENTITIES
from tuicrm.storage.many_rows import insert_rows
from tuicrm.storage.search_index import add_spellings, add_words, call_columns, found_by
from tuicrm.storage.transaction import Transaction, plain_value

_encode: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_SALT_BYTES: Final = 16

_CONTACT: Final = (
    "INSERT INTO contact (id, name, company, note, fields, do_not_call, owner, cadence_days, name_key, words, glued,"
    " company_key, created_at, updated_at)"
)
_PHONE: Final = "INSERT INTO phone (contact_id, position, raw, e164, ext, label, reversed)"
_EMAIL: Final = "INSERT INTO email (contact_id, position, address, label)"
_TAG: Final = "INSERT INTO contact_tag (contact_id, position, tag)"
_MEMBER: Final = "INSERT INTO worklist_member (id, saved_filter_id, contact_id, import_id, agent, at)"
_CHANGE: Final = "INSERT INTO change (seq, action_id, at, agent, via, verb, entity, entity_id, digest)"
_PAYLOAD: Final = "INSERT INTO change_payload (seq, payload)"


_WORDS: Final = 8
_GLUED: Final = 9
"""The places of ``words`` and ``glued`` in ``Ready.contact``."""


class Ready:
    """A contact to be made, in the forms in which it will be written.

    ``after`` is the change log's text of it without the moment and the closing brace.
    """

    __slots__ = ("after", "contact", "emails", "phones", "spelled", "tags")

    def __init__(self, values: Mapping[str, Any]) -> None:
        """``values``: columns as ``Transaction.insert`` takes them, lists with every column of their items."""
        found, self.spelled = found_by(values)
        fields = _json(values["fields"])
        self.contact = (
            values["name"],
            values["company"],
            values["note"],
            fields,
            int(values.get("do_not_call", False)),
            values.get("owner"),
            values.get("cadence_days"),
            found["name_key"],
            found["words"],
            found["glued"],
            found["company_key"],
        )
        self.phones = list(map(_phone_row, values["phones"]))
        self.emails = list(map(_email_row, values["emails"]))
        self.tags = values["tags"]
        self.after = opened_json(values)

    @property
    def glued(self) -> str:
        """The column of this name."""
        glued: str = self.contact[_GLUED]
        return glued

    def values(self) -> dict[str, Any]:
        """What it was made of, but for what is None."""
        return {"phones": [], "emails": [], "tags": [], **json.loads(f"{self.after}}}")}

    def plain(self) -> tuple[Any, ...]:
        """All of it, as ``of`` takes it: what can be handed to another process at little cost."""
        return self.contact, self.phones, self.emails, self.tags, self.spelled, self.after

    @classmethod
    def of(
        cls,
        contact: tuple[Any, ...],
        phones: list[Any],
        emails: list[Any],
        tags: list[str],
        spelled: list[str],
        after: str,
    ) -> Self:
        """The same from what ``plain`` gave."""
        ready = cls.__new__(cls)
        ready.contact, ready.phones, ready.emails = contact, phones, emails
        ready.tags, ready.spelled, ready.after = tags, spelled, after
        return ready


_phone_row: Final = itemgetter(*CHILD_LISTS["phones"][1])
_email_row: Final = itemgetter(*CHILD_LISTS["emails"][1])


def opened_json(values: Mapping[str, Any]) -> str:
    """What the change log keeps of a new record, as JSON text without its last brace: neither None nor empty lists.

    The text of ``json.dumps`` in a third of the time: nearly every value is a short text.
    """
    parts = []
    for column, value in values.items():
        kind = value.__class__
        if kind is str:
            parts.append(f'"{column}":{encode_basestring(value)}')
        elif kind is list and value:
            parts.append(f'"{column}":[{",".join(map(_json, value))}]')
        elif value is not None and kind is not list:
            parts.append(f'"{column}":{_json(value)}')
    return f"{{{','.join(parts)}"


def _json(value: Any) -> str:
    kind = value.__class__
    if kind is str:
        return encode_basestring(value)
    if kind is not dict:
        return "[]" if value == [] else _encode(value)
    texts = [
        f"{encode_basestring(key)}:{encode_basestring(item) if item.__class__ is str else _encode(item)}"
        for key, item in value.items()
    ]
    return f"{{{','.join(texts)}}}"


def insert_contacts(tx: Transaction, ready: Sequence[Ready]) -> list[int]:
    """Makes the contacts and their rows of the change log; gives their ids in order."""
    if not ready:
        return []
    first = _next(tx, "contact")
    ids = list(range(first, first + len(ready)))
    put_contacts(tx.raw, ids, ready, tx.at)
    add_words(tx.raw, [(i, one.contact[_WORDS]) for i, one in zip(ids, ready, strict=True)])
    add_spellings(tx, [word for one in ready for word in one.spelled])
    stamp = f',"created_at":"{tx.at}"}}'
    write_changes(tx, "contact", ids, [("null", one.after + stamp) for one in ready])
    return ids


def put_contacts(raw: sqlite3.Connection, ids: Sequence[int], ready: Sequence[Ready], at: str) -> None:
    """The rows of contacts and of their lists, without any log."""
    numbered = list(zip(ids, ready, strict=True))
    insert_rows(raw, _CONTACT, [(i, *one.contact, at, at) for i, one in numbered])
    insert_rows(raw, _PHONE, [(i, n, *it) for i, one in numbered for n, it in enumerate(one.phones)])
    insert_rows(raw, _EMAIL, [(i, n, *it) for i, one in numbered for n, it in enumerate(one.emails)])
    insert_rows(raw, _TAG, [(i, n, tag) for i, one in numbered for n, tag in enumerate(one.tags)])


def insert_members(tx: Transaction, list_id: int, contact_ids: Sequence[int], import_id: int) -> None:
    """Puts contacts, of whom none is on it yet, on a worklist, with their rows of the change log."""
    if not contact_ids:
        return
    first, at, agent = _next(tx, "worklist_member"), tx.at, tx.actor.handle
    ids = list(range(first, first + len(contact_ids)))
    insert_rows(
        tx.raw,
        _MEMBER,
        [(i, list_id, who, import_id, agent, at) for i, who in zip(ids, contact_ids, strict=True)],
    )
    named = {"saved_filter_id": list_id, "agent": agent, "import_id": import_id, "at": at}
    texts = [("null", f"{opened_json({'contact_id': who, **named})}}}") for who in contact_ids]
    write_changes(tx, "member", ids, texts)


class ReadyCall:
    """A call to be made, in the forms in which it will be written. ``columns``: what ``row`` holds."""

    __slots__ = ("after", "columns", "row")

    def __init__(self, values: Mapping[str, Any]) -> None:
        """``values``: columns as ``Transaction.insert`` takes them, but for the uid and the contact."""
        plain, row = dict(values), dict(values)
        for column, value in values.items():
            # nearly all are texts and numbers, which stand everywhere as they are
            if value.__class__ not in _AS_IT_IS or column in _OTHERWISE:
                plain[column] = plain_value(_CALL, column, value)
                row[column] = _json(plain[column]) if column in _CALL.json else plain[column]
        row |= call_columns(plain)
        self.columns = tuple(row)
        self.row = tuple(row.values())
        self.after = opened_json(plain)


_CALL: Final = ENTITIES["call"]
_AS_IT_IS: Final = frozenset((str, int, type(None)))
_OTHERWISE: Final = _CALL.json | _CALL.flags


def insert_calls(tx: Transaction, calls: Sequence[tuple[ReadyCall, str, int | None]]) -> list[int]:
    """Makes calls, each with its uid and its contact (None: nobody), and their rows of the change log; gives their
    ids in order. All have the same columns."""
    if not calls:
        return []
    first, action, at = _next(tx, "interaction"), tx.action_id, tx.at
    ids = list(range(first, first + len(calls)))
    columns = ("id", "uid", "action_id", "contact_id", "saved_at", *calls[0][0].columns)
    insert_rows(
        tx.raw,
        f"INSERT INTO interaction ({', '.join(columns)})",
        [(i, uid, action, contact, at, *one.row) for i, (one, uid, contact) in zip(ids, calls, strict=True)],
    )
    stamp = f',"action_id":{action},"saved_at":"{at}"}}'
    texts = []
    for one, uid, contact in calls:
        whose = "" if contact is None else f',"contact_id":{contact}'
        texts.append(("null", f'{one.after},"uid":{encode_basestring(uid)}{whose}{stamp}'))
    write_changes(tx, "call", ids, texts)
    return ids


def write_changes(tx: Transaction, entity: str, ids: Sequence[int], texts: Sequence[tuple[str, str]]) -> None:
    """A row of the change log for each record; ``texts``: its before and after as JSON text."""
    first, action = _next(tx, "change", "seq"), tx.action_id
    salts = os.urandom(_SALT_BYTES * len(ids)).hex()
    start, at, handle, via, verb = digest_start(tx, entity), tx.at, tx.actor.handle, tx.actor.via, tx.verb
    changes, payloads = [], []
    for place, (record, (before, after)) in enumerate(zip(ids, texts, strict=True)):
        salt = salts[place * 2 * _SALT_BYTES : (place + 1) * 2 * _SALT_BYTES]
        payload = f'{{"before":{before},"after":{after},"salt":"{salt}"}}'
        # ``changes.digest`` by OpenSSL, which loads slower and works quicker than the interpreter's own
        signed = sha256(f"{start},{record},{encode_basestring_ascii(payload)}]".encode()).hexdigest()
        changes.append((first + place, action, at, handle, via, verb, entity, record, signed))
        payloads.append((first + place, payload))
    insert_rows(tx.raw, _CHANGE, changes)
    insert_rows(tx.raw, _PAYLOAD, payloads)


def _next(conn: Connection, table: str, key: str = "id") -> int:
    """The number that the next record of a table gets; nobody else writes meanwhile."""
    last = conn.value("SELECT seq FROM sqlite_sequence WHERE name = :table", {"table": table})
    if last is None:
        last = conn.value(f"SELECT max({key}) FROM {table}")
    return int(last or 0) + 1
