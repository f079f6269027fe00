"""Many new contacts at once, with the same rows that each would leave when it is added by hand.

What can be made without the database is made before (``Ready``), so that the write lock is held for the
statements alone: five ``executemany`` instead of a dozen statements for each contact.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any, Final

from tuicrm.storage.changes import digest_start, signed_digest
from tuicrm.storage.connection import Connection
from tuicrm.storage.entities import CHILD_LISTS
from tuicrm.storage.search_index import add_spellings, add_words, found_by
from tuicrm.storage.transaction import Transaction

_encode: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_SALT_BYTES: Final = 16

_CONTACT: Final = (
    "INSERT INTO contact (id, name, company, note, fields, do_not_call, owner, name_key, words, glued,"
    " company_key, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_PHONE: Final = (
    "INSERT INTO phone (contact_id, position, raw, e164, ext, label, reversed) VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_EMAIL: Final = "INSERT INTO email (contact_id, position, address, label) VALUES (?, ?, ?, ?)"
_TAG: Final = "INSERT INTO contact_tag (contact_id, position, tag) VALUES (?, ?, ?)"
_CHANGE: Final = (
    "INSERT INTO change (seq, action_id, at, agent, via, verb, entity, entity_id, digest)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_PAYLOAD: Final = "INSERT INTO change_payload (seq, payload) VALUES (?, ?)"


_WORDS: Final = 7
"""The place of ``words`` in ``Ready.contact``."""


class Ready:
    """A contact to be made, in the forms in which it will be written.

    ``after`` is the change log's text of it without the moment and the closing brace.
    """

    __slots__ = ("after", "contact", "emails", "glued", "phones", "spelled", "tags")

    def __init__(self, values: Mapping[str, Any]) -> None:
        """``values``: columns as ``Transaction.insert`` takes them, lists with every column of their items."""
        found, self.spelled = found_by(values)
        self.glued = found["glued"]
        fields = _encode(values["fields"]) if values["fields"] else "{}"
        self.contact = (
            values["name"],
            values["company"],
            values["note"],
            fields,
            int(values.get("do_not_call", False)),
            values.get("owner"),
            found["name_key"],
            found["words"],
            found["glued"],
            found["company_key"],
        )
        self.phones = [tuple(phone[column] for column in _PHONE_COLUMNS) for phone in values["phones"]]
        self.emails = [(email["address"], email["label"]) for email in values["emails"]]
        self.tags = values["tags"]
        kept = {column: value for column, value in values.items() if value is not None and value != []}
        self.after = _encode(kept)[:-1]


_PHONE_COLUMNS: Final = CHILD_LISTS["phones"][1]


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
    raw.executemany(_CONTACT, [(i, *one.contact, at, at) for i, one in numbered])
    raw.executemany(_PHONE, [(i, n, *it) for i, one in numbered for n, it in enumerate(one.phones)])
    raw.executemany(_EMAIL, [(i, n, *it) for i, one in numbered for n, it in enumerate(one.emails)])
    raw.executemany(_TAG, [(i, n, tag) for i, one in numbered for n, tag in enumerate(one.tags)])


def write_changes(tx: Transaction, entity: str, ids: Sequence[int], texts: Sequence[tuple[str, str]]) -> None:
    """A row of the change log for each record; ``texts``: its before and after as JSON text."""
    first, action = _next(tx, "change", "seq"), tx.action_id
    salts = os.urandom(_SALT_BYTES * len(ids)).hex()
    start = digest_start(tx, entity)
    changes, payloads = [], []
    for place, (record, (before, after)) in enumerate(zip(ids, texts, strict=True)):
        salt = salts[place * 2 * _SALT_BYTES : (place + 1) * 2 * _SALT_BYTES]
        payload = f'{{"before":{before},"after":{after},"salt":"{salt}"}}'
        signed = signed_digest(start, record, payload)
        changes.append(
            (first + place, action, tx.at, tx.actor.handle, tx.actor.via, tx.verb, entity, record, signed)
        )
        payloads.append((first + place, payload))
    tx.raw.executemany(_CHANGE, changes)
    tx.raw.executemany(_PAYLOAD, payloads)


def _next(conn: Connection, table: str, key: str = "id") -> int:
    """The number that the next record of a table gets; nobody else writes meanwhile."""
    last = conn.value("SELECT seq FROM sqlite_sequence WHERE name = :table", {"table": table})
    if last is None:
        last = conn.value(f"SELECT max({key}) FROM {table}")
    return int(last or 0) + 1
