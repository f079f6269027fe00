"""Reads for duplicates: who shares a key with whom, in a few passes over indexes; and pairs that are kept apart."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from tuicrm.domain.models import EmailAddress, PhoneNumber
from tuicrm.domain.phone import SAVING_DIGITS
from tuicrm.domain.record import record
from tuicrm.storage.connection import Connection
from tuicrm.storage.living import LIVING

# Each of these is one pass, whatever the number of contacts: the groups are made while an index is walked, or
# by one sort. A contact twice in a group (two numbers with one ending) is there once.
SAME_NAME: Final = f"""
SELECT json_group_array(c.id) AS ids FROM contact AS c WHERE {LIVING} AND c.name <> ''
GROUP BY c.glued HAVING count(*) > 1
"""
SAME_EMAIL: Final = f"""
SELECT json_group_array(DISTINCT e.contact_id) AS ids FROM email AS e
CROSS JOIN contact AS c ON c.id = e.contact_id WHERE {LIVING} GROUP BY lower(e.address) HAVING count(*) > 1
"""
SAME_ENDING: Final = f"""
SELECT json_group_array(DISTINCT p.contact_id) AS ids FROM phone AS p
CROSS JOIN contact AS c ON c.id = p.contact_id WHERE {LIVING} AND length(p.reversed) >= {SAVING_DIGITS:d}
GROUP BY substr(p.reversed, 1, {SAVING_DIGITS:d}) HAVING count(*) > 1
"""
NAMES: Final = f"SELECT c.id, c.name_key, c.company FROM contact AS c WHERE {LIVING} AND c.name <> ''"

_CONTACTS: Final = f"""
SELECT c.id, c.name, c.company, {LIVING} AS living FROM contact AS c
WHERE c.id IN (SELECT value FROM json_each(:ids))
"""
_PHONES: Final = """
SELECT contact_id, raw, e164, ext FROM phone WHERE contact_id IN (SELECT value FROM json_each(:ids))
"""
_EMAILS: Final = """
SELECT contact_id, address FROM email WHERE contact_id IN (SELECT value FROM json_each(:ids))
"""


def groups(conn: Connection, sql: str) -> Iterator[list[int]]:
    """The groups of contacts that one of the statements above gives."""
    for row in conn.raw.execute(sql):
        ids: list[int] = json.loads(row[0])
        if len(ids) > 1:
            yield ids


def names(conn: Connection) -> Iterator[tuple[int, str, str]]:
    """Id, folded name and company of every living contact with a name."""
    for row in conn.raw.execute(NAMES):
        yield row[0], row[1], row[2]


@record
class Compared:
    """What is compared of a contact: a record of four fields, for a pass over 100,000 makes as many."""

    name: str
    company: str
    phones: tuple[PhoneNumber, ...]
    emails: tuple[EmailAddress, ...]


def people(conn: Connection, ids: Iterable[int]) -> dict[int, Compared]:
    """What is compared of these living contacts: name, company, numbers, addresses."""
    params = {"ids": json.dumps(list(ids))}
    phones: dict[int, list[PhoneNumber]] = {}
    for row in conn.raw.execute(_PHONES, params):
        phones.setdefault(row[0], []).append(PhoneNumber(row[1], row[2], row[3]))
    emails: dict[int, list[EmailAddress]] = {}
    for row in conn.raw.execute(_EMAILS, params):
        emails.setdefault(row[0], []).append(EmailAddress(row[1]))
    return {
        row[0]: Compared(row[1], row[2], tuple(phones.get(row[0], ())), tuple(emails.get(row[0], ())))
        for row in conn.raw.execute(_CONTACTS, params)
        if row[3]
    }


# --- kept apart ---------------------------------------------------------------------------------------------


def apart(conn: Connection) -> set[tuple[int, int]]:
    """All pairs that are kept apart, the lower id first."""
    return {
        (row[0], row[1]) for row in conn.raw.execute("SELECT a, b FROM keep_apart WHERE deleted_at IS NULL")
    }


def apart_pair(conn: Connection, a: int, b: int) -> int | None:
    """The record that keeps two contacts apart, if there is one."""
    sql = "SELECT id FROM keep_apart WHERE a = :a AND b = :b AND deleted_at IS NULL"
    found = conn.value(sql, {"a": min(a, b), "b": max(a, b)})
    return None if found is None else int(found)


def apart_from(conn: Connection, contact_id: int) -> list[tuple[int, int]]:
    """From whom a contact is kept apart: id of the record, id of the other one. Asked once a merge: the table holds
    what people decided one by one, so the half without an index is a few pages at most.
    """
    sql = """
    SELECT id, b AS other FROM keep_apart WHERE a = :id AND deleted_at IS NULL
    UNION ALL SELECT id, a FROM keep_apart WHERE b = :id AND deleted_at IS NULL
    """
    return [(row["id"], row["other"]) for row in conn.all(sql, {"id": contact_id})]


def kept_apart(conn: Connection, contact_id: int, others: Collection[int]) -> set[int]:
    """Those of the others from whom the contact is kept apart."""
    sql = """
    SELECT o.value FROM json_each(:others) AS o CROSS JOIN keep_apart AS k
    WHERE k.a = min(o.value, :id) AND k.b = max(o.value, :id) AND k.deleted_at IS NULL
    """
    return {row[0] for row in conn.raw.execute(sql, {"others": json.dumps(list(others)), "id": contact_id})}


# --- what belongs to a contact ------------------------------------------------------------------------------


def held(conn: Connection, contact_id: int) -> dict[str, list[int]]:
    """Every call, follow-up and ticket of a contact by kind of record, deleted ones too."""
    tables = {"call": "interaction", "followup": "follow_up", "ticket": "ticket"}
    return {
        entity: [
            row[0]
            for row in conn.raw.execute(
                f"SELECT id FROM {table} WHERE contact_id = :id ORDER BY id", {"id": contact_id}
            )
        ]
        for entity, table in tables.items()
    }


def counts(conn: Connection, contact_id: int) -> tuple[int, int, int]:
    """How many calls, open follow-ups and tickets a contact has that are not deleted."""
    row = conn.one(
        """SELECT
        (SELECT count(*) FROM interaction WHERE contact_id = :id AND deleted_at IS NULL),
        (SELECT count(*) FROM follow_up WHERE contact_id = :id AND state = 'open' AND deleted_at IS NULL),
        (SELECT count(*) FROM ticket WHERE contact_id = :id AND deleted_at IS NULL AND merged_into IS NULL)""",
        {"id": contact_id},
    )
    assert row is not None
    return row[0], row[1], row[2]
