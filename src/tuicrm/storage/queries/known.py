"""Who is there already: look-ups for many rows of a file at once, deleted and merged contacts among them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any, Final

from tuicrm.storage.connection import Connection
from tuicrm.storage.living import LIVING

NAMESAKES: Final = 20
"""Of one name or number so many are looked at: a name that thousands have tells nothing."""

_GONE: Final = "(c.deleted_at IS NOT NULL OR c.merged_into IS NOT NULL)"

# The list drives, one search of an index for each of its items; the inner LIMIT keeps common ones cheap.
_NAMED = """
SELECT k.value AS key, c.id FROM json_each(:keys) AS k CROSS JOIN contact AS c
WHERE c.id IN (SELECT c.id FROM contact AS c WHERE c.glued = k.value AND {state} LIMIT {limit})
"""
_BY_NAME: Final = _NAMED.format(state=LIVING, limit=NAMESAKES)
_BY_NAME_GONE: Final = _NAMED.format(state=_GONE, limit=NAMESAKES)

_HOLDING = """
SELECT k.value AS key, h.contact_id AS id FROM json_each(:keys) AS k CROSS JOIN {table} AS h
WHERE h.id IN (SELECT h.id FROM {table} AS h WHERE {same} LIMIT {limit})
"""
_BY_E164: Final = _HOLDING.format(table="phone", same="h.e164 = k.value", limit=NAMESAKES)
_BY_ENDING: Final = _HOLDING.format(
    table="phone", same="h.reversed >= k.value AND h.reversed < k.value || ':'", limit=NAMESAKES
)
_BY_EMAIL: Final = _HOLDING.format(table="email", same="lower(h.address) = lower(k.value)", limit=NAMESAKES)

_UNREACHED: Final = """
SELECT c.id FROM json_each(:ids) AS k CROSS JOIN contact AS c ON c.id = k.value
WHERE NOT EXISTS (SELECT 1 FROM phone AS p WHERE p.contact_id = c.id)
AND NOT EXISTS (SELECT 1 FROM email AS e WHERE e.contact_id = c.id)
"""

_CONTACTS: Final = """
SELECT id, name, company, note, fields, do_not_call, owner, cadence_days, deleted_at, merged_into, glued
FROM contact WHERE id IN (SELECT value FROM json_each(:ids))
"""
_PHONES: Final = """
SELECT contact_id, raw, e164, ext, label, reversed FROM phone
WHERE contact_id IN (SELECT value FROM json_each(:ids)) ORDER BY contact_id, position
"""
_EMAILS: Final = """
SELECT contact_id, address, label FROM email
WHERE contact_id IN (SELECT value FROM json_each(:ids)) ORDER BY contact_id, position
"""
_TAGS: Final = """
SELECT contact_id, tag FROM contact_tag
WHERE contact_id IN (SELECT value FROM json_each(:ids)) ORDER BY contact_id, position
"""


class Known:
    """A contact that is there: its columns in the plain form of the change log, and whether it still counts."""

    __slots__ = ("glued", "gone", "id", "merged_into", "values")

    def __init__(self, row: Any) -> None:
        self.id: int = row["id"]
        self.gone = row["deleted_at"] is not None
        self.merged_into: int | None = row["merged_into"]
        self.glued: str = row["glued"] if row["name"] else ""
        self.values: dict[str, Any] = {
            "name": row["name"],
            "company": row["company"],
            "note": row["note"],
            "fields": json.loads(row["fields"]) if row["fields"] != "{}" else {},
            "phones": [],
            "emails": [],
            "tags": [],
            "do_not_call": bool(row["do_not_call"]),
            "owner": row["owner"],
            "cadence_days": row["cadence_days"],
        }


def by_name(conn: Connection, keys: Collection[str], *, gone: bool = False) -> dict[str, list[int]]:
    """Contacts whose name, as ``fold.unified``, is one of these: living ones, or those that are deleted or merged."""
    return _found(conn, _BY_NAME_GONE if gone else _BY_NAME, keys)


def namesakes(conn: Connection, name: str) -> Iterator[tuple[int, str, dict[str, str], bool]]:
    """Every living contact of this name, as ``fold.unified``: id, company, fields, and whether there is a number or an
    address."""
    sql = (
        "SELECT c.id, c.company, c.fields, EXISTS (SELECT 1 FROM phone AS p WHERE p.contact_id = c.id)"
        " OR EXISTS (SELECT 1 FROM email AS e WHERE e.contact_id = c.id)"
        f" FROM contact AS c WHERE c.glued = :name AND {LIVING}"
    )
    return (
        (row[0], row[1], json.loads(row[2]), bool(row[3])) for row in conn.raw.execute(sql, {"name": name})
    )


def by_e164(conn: Connection, numbers: Collection[str]) -> dict[str, list[int]]:
    """Who has exactly these numbers, gone ones too."""
    return _found(conn, _BY_E164, numbers)


def by_ending(conn: Connection, reversed_digits: Collection[str]) -> dict[str, list[int]]:
    """Who has a number that ends in these digits (given reversed), gone ones too."""
    return _found(conn, _BY_ENDING, reversed_digits)


def by_email(conn: Connection, addresses: Collection[str]) -> dict[str, list[int]]:
    """Who has exactly these addresses, whatever their case, gone ones too."""
    return _found(conn, _BY_EMAIL, addresses)


def unreached(conn: Connection, ids: Collection[int]) -> set[int]:
    """Those of the contacts that have neither number nor address."""
    if not ids:
        return set()
    return {row[0] for row in conn.raw.execute(_UNREACHED, {"ids": json.dumps(list(ids))})}


def _found(conn: Connection, sql: str, keys: Collection[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    if keys:
        for key, record in conn.raw.execute(sql, {"keys": json.dumps(list(keys))}):
            if record not in found[key]:
                found[key].append(record)
    return found


def records(conn: Connection, ids: Iterable[int]) -> dict[int, Known]:
    """These contacts by id, those that there are."""
    params = {"ids": json.dumps(list(ids))}
    if params["ids"] == "[]":
        return {}
    found = {row["id"]: Known(row) for row in conn.raw.execute(_CONTACTS, params)}
    for row in conn.raw.execute(_PHONES, params):
        phone = {"raw": row[1], "e164": row[2], "ext": row[3], "label": row[4], "reversed": row[5]}
        found[row[0]].values["phones"].append(phone)
    for row in conn.raw.execute(_EMAILS, params):
        found[row[0]].values["emails"].append({"address": row[1], "label": row[2]})
    for row in conn.raw.execute(_TAGS, params):
        found[row[0]].values["tags"].append(row[1])
    return found


_NEVER_WAS: Final = """
SELECT c.id FROM json_each(:ids) AS k
CROSS JOIN contact AS c ON c.id = k.value AND c.deleted_at IS NOT NULL AND c.merged_into IS NULL
JOIN change AS f ON f.seq = (SELECT min(seq) FROM change WHERE entity = 'contact' AND entity_id = k.value)
JOIN change AS l ON l.seq = (SELECT max(seq) FROM change WHERE entity = 'contact' AND entity_id = k.value)
JOIN action AS a ON a.id = l.action_id WHERE a.undoes = f.action_id
"""


def unmade(conn: Connection, ids: Collection[int]) -> set[int]:
    """Those of the contacts that are deleted though nobody deleted them: their making was taken back."""
    if not ids:
        return set()
    return {row[0] for row in conn.raw.execute(_NEVER_WAS, {"ids": json.dumps(list(ids))})}


def touched(conn: Connection, action_id: int) -> Iterator[int]:
    """The contacts that an action has made or changed so far."""
    sql = "SELECT entity_id FROM change WHERE action_id = :action AND entity = 'contact'"
    return (row[0] for row in conn.raw.execute(sql, {"action": action_id}))


def living(conn: Connection, ids: Iterable[int]) -> set[int]:
    """Those of the contacts that are neither deleted nor merged."""
    sql = f"SELECT c.id FROM contact AS c WHERE c.id IN (SELECT value FROM json_each(:ids)) AND {LIVING}"
    return {row[0] for row in conn.raw.execute(sql, {"ids": json.dumps(list(ids))})}
