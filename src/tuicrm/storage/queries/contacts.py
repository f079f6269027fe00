"""Reads of contacts: one record, pages by folded name, a card's parts. Deleted and merged ones are out of lists."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Final

from tuicrm.domain.models import Contact, ContactRow, Due, EmailAddress, PhoneNumber
from tuicrm.domain.people_order import BY_NAME, By, Key, Order
from tuicrm.domain.record import replace
from tuicrm.storage.connection import Connection, Row
from tuicrm.storage.instants import day_from_text, from_text, time_from_text
from tuicrm.storage.living import LIVING, LIVING_TICKET
from tuicrm.storage.queries.chosen import ALL, Where, prepare
from tuicrm.storage.touch_triggers import days_of

ORDER_KEYS: Final[Mapping[By, tuple[str, ...]]] = {
    "name": ("name_key", "id"),
    "company": ("company_key", "name_key", "id"),
    "last": ("last_call_key", "id"),
    "new": ("id",),
    "next": ("next_due_key", "id"),
}
"""The columns of each order: those of one index, so that no page sorts anything."""

# Facts shown beside a name. Correlated look-ups of an index each: 40 rows cost less than one join over
# all tickets.
_FACTS = f"""
  c.last_call_key AS last_call_at,
  (SELECT count(*) FROM ticket t
    WHERE t.contact_id = c.id AND t.category <> 'resolved'
      AND {LIVING_TICKET}) AS open_tickets,
  (SELECT f.due_on || 'T' || coalesce(f.due_time, '') FROM follow_up f
    WHERE f.contact_id = c.id AND f.state = 'open' AND f.deleted_at IS NULL
    ORDER BY f.due_key, f.id LIMIT 1) AS next_due
"""

_ROW = f"""
SELECT c.id, c.name, c.company, c.name_key, c.company_key, c.last_call_key, c.next_due_key, c.do_not_call,
  (SELECT coalesce(p.e164, p.raw) FROM phone p
    WHERE p.contact_id = c.id ORDER BY p.position LIMIT 1) AS phone,
  {_FACTS}
FROM contact c
"""

_RECORD = f"""
SELECT c.id, c.name, c.company, c.note, c.fields, c.do_not_call, c.owner, c.cadence_days, c.touch_key,
  CASE WHEN c.touch_key < '~' THEN {days_of("c")} END AS touch_days, c.created_at,
  c.updated_at, c.deleted_at, c.merged_into, {_FACTS}
FROM contact c WHERE c.id = :id
"""


def _due(text: str | None) -> Due | None:
    """``2026-11-24T10:00`` or ``2026-11-24T`` as a due moment."""
    if not text:
        return None
    day, _, clock = text.partition("T")
    return Due(day_from_text(day), time_from_text(clock) if clock else None)


def to_row(row: Row, *, near: bool = False, exact: bool = False) -> ContactRow:
    """One line of a list."""
    return ContactRow(
        id=row["id"],
        name=row["name"],
        company=row["company"],
        phone=row["phone"] or "",
        last_call_at=from_text(row["last_call_at"]) if row["last_call_at"] else None,
        open_tickets=row["open_tickets"],
        next_follow_up=_due(row["next_due"]),
        do_not_call=bool(row["do_not_call"]),
        near=near,
        exact=exact,
    )


def rows(conn: Connection, ids: Iterable[int]) -> dict[int, ContactRow]:
    """The list lines of these living contacts, by id."""
    # One statement for any number of ids, which stays prepared.
    sql = f"{_ROW} WHERE c.id IN (SELECT value FROM json_each(:ids)) AND {LIVING}"
    found = conn.all(sql, {"ids": json.dumps(list(ids))})
    return {row["id"]: to_row(row) for row in found}


def page(
    conn: Connection,
    *,
    after: Key | None,
    limit: int,
    backward: bool,
    chosen: Where = ALL,
    order: Order = BY_NAME,
    inclusive: bool = False,
) -> list[tuple[Key, ContactRow]]:
    """``limit`` lines in an order, after (or before) a key, with it when ``inclusive``; each with its own key.

    ``chosen``: only these. Row values seek in the index, for its columns are compared as bytes (with a collation they
    would scan).
    """
    columns = ORDER_KEYS[order.by]
    falling = backward != ((order.by == "new") != order.reverse)
    chosen = prepare(conn, chosen)
    where = " AND ".join([f"WHERE {LIVING}", *chosen.conditions])
    params: dict[str, object] = {"limit": limit, **chosen.params}
    if after is not None:
        sign = ("<" if falling else ">") + "=" * inclusive
        bound = {f"k{place}": value for place, value in enumerate(after)}
        where += f" AND {_tuple(columns, 'c.{}')} {sign} {_tuple(bound, ':{}')}"
        params |= bound
    by = ", ".join(f"c.{column} {'DESC' if falling else 'ASC'}" for column in columns)
    found = conn.all(f"{_ROW} {where} ORDER BY {by} LIMIT :limit", params)
    lines = [(key := _key(row, columns), replace(to_row(row), key=key)) for row in found]
    return lines[::-1] if backward else lines


def _tuple(names: Iterable[str], form: str) -> str:
    return f"({', '.join(form.format(name) for name in names)})"


def _key(row: Row, columns: Iterable[str]) -> Key:
    return tuple(row[column] for column in columns)


def sort_key(conn: Connection, contact_id: int, order: Order = BY_NAME) -> Key | None:
    """The place of a contact in an order, or None when there is no such contact."""
    columns = ORDER_KEYS[order.by]
    row = conn.one(f"SELECT {', '.join(columns)} FROM contact WHERE id = :id", {"id": contact_id})
    return _key(row, columns) if row else None


def ids(
    conn: Connection,
    *,
    limit: int,
    chosen: Where = ALL,
    order: Order = BY_NAME,
    between: tuple[Key, Key] | None = None,
) -> list[int]:
    """The ids of the chosen contacts, or of those of them from one key to another of an order, both included."""
    chosen = prepare(conn, chosen)
    where = [LIVING, *chosen.conditions]
    params: dict[str, object] = {"limit": limit, **chosen.params}
    if between is not None:
        columns = ORDER_KEYS[order.by]
        for name, sign, key in (("a", ">=", min(between)), ("z", "<=", max(between))):
            bound = {f"{name}{place}": value for place, value in enumerate(key)}
            where.append(f"{_tuple(columns, 'c.{}')} {sign} {_tuple(bound, ':{}')}")
            params |= bound
    sql = f"SELECT c.id FROM contact c WHERE {' AND '.join(where)} LIMIT :limit"
    return [row["id"] for row in conn.all(sql, params)]


def these(ids: Iterable[int]) -> Where:
    """The condition that a contact is one of these."""
    return Where(("c.id IN (SELECT value FROM json_each(:these))",), {"these": json.dumps(list(ids))})


def calls_since(conn: Connection, ids: Iterable[int], since: str) -> dict[int, int]:
    """How many calls each of these contacts has since an instant (stored text); who has none is not in it."""
    sql = """
    SELECT i.contact_id, count(*) AS many FROM json_each(:ids) AS r CROSS JOIN interaction AS i
    ON i.contact_id = r.value WHERE i.started_at >= :since AND i.deleted_at IS NULL GROUP BY i.contact_id
    """
    found = conn.all(sql, {"ids": json.dumps(list(ids)), "since": since})
    return {row["contact_id"]: row["many"] for row in found}


def last_call_with(conn: Connection, contact_id: int, outcomes: Iterable[str]) -> str | None:
    """When (stored text) the contact's last call with one of these outcomes began; None without one."""
    sql = """
    SELECT started_at FROM interaction WHERE contact_id = :id AND deleted_at IS NULL
    AND outcome IN (SELECT value FROM json_each(:outcomes)) ORDER BY started_at DESC LIMIT 1
    """
    value = conn.value(sql, {"id": contact_id, "outcomes": json.dumps(list(outcomes))})
    return None if value is None else str(value)


def tags(conn: Connection, limit: int) -> list[str]:
    """The tags in use, each once, in the order of their letters. Steps from one to the next in the index."""
    sql = """
    WITH RECURSIVE used(tag) AS (SELECT min(tag) FROM contact_tag
      UNION ALL SELECT (SELECT min(g.tag) FROM contact_tag g WHERE g.tag > used.tag) FROM used
      WHERE used.tag IS NOT NULL)
    SELECT tag FROM used WHERE tag IS NOT NULL LIMIT :limit
    """
    return [row["tag"] for row in conn.all(sql, {"limit": limit})]


def count(conn: Connection, limit: int) -> int:
    """How many living contacts, counted no further than ``limit``."""
    sql = f"SELECT count(*) FROM (SELECT 1 FROM contact c WHERE {LIVING} LIMIT :limit)"
    return int(conn.value(sql, {"limit": limit}))


def none_ever(conn: Connection) -> bool:
    """Whether there never was a contact, deleted ones too."""
    return conn.value("SELECT 1 FROM contact LIMIT 1") is None


def record(conn: Connection, contact_id: int) -> Contact | None:
    """The contact with this id, deleted or merged ones too; None when there never was one."""
    row = conn.one(_RECORD, {"id": contact_id})
    if row is None:
        return None
    phones = conn.all(
        "SELECT raw, e164, ext, label FROM phone WHERE contact_id = :id ORDER BY position", {"id": contact_id}
    )
    emails = conn.all(
        "SELECT address, label FROM email WHERE contact_id = :id ORDER BY position", {"id": contact_id}
    )
    tags = conn.all(
        "SELECT tag FROM contact_tag WHERE contact_id = :id ORDER BY position", {"id": contact_id}
    )
    return Contact(
        id=row["id"],
        name=row["name"],
        company=row["company"],
        phones=tuple(PhoneNumber(p["raw"], p["e164"], p["ext"], p["label"]) for p in phones),
        emails=tuple(EmailAddress(e["address"], e["label"]) for e in emails),
        tags=tuple(t["tag"] for t in tags),
        fields=json.loads(row["fields"]),
        note=row["note"],
        do_not_call=bool(row["do_not_call"]),
        owner=row["owner"],
        last_call_at=from_text(row["last_call_at"]) if row["last_call_at"] else None,
        open_tickets=row["open_tickets"],
        next_follow_up=_due(row["next_due"]),
        created_at=from_text(row["created_at"]),
        updated_at=from_text(row["updated_at"]),
        deleted_at=from_text(row["deleted_at"]) if row["deleted_at"] else None,
        merged_into=row["merged_into"],
        cadence_days=row["cadence_days"],
        touch_days=row["touch_days"],
        touch_at=from_text(row["touch_key"]) if row["touch_days"] else None,
    )


def first_number(conn: Connection, contact_id: int) -> str:
    """The number to call the contact by; ``""`` without one."""
    sql = "SELECT coalesce(e164, raw) FROM phone WHERE contact_id = :id ORDER BY position LIMIT 1"
    return conn.value(sql, {"id": contact_id}) or ""


def heir(conn: Connection, contact_id: int) -> int:
    """The id a merged contact leads to; itself when it was not merged. Chains are followed to their end."""
    seen = {contact_id}
    while True:
        into = conn.value("SELECT merged_into FROM contact WHERE id = :id", {"id": contact_id})
        if into is None or into in seen:
            return contact_id
        contact_id = int(into)
        seen.add(contact_id)


def merged_into(conn: Connection, contact_id: int) -> list[int]:
    """The contacts that lead to this one, by way of others too."""
    sql = """
    WITH RECURSIVE led(id) AS (SELECT id FROM contact WHERE merged_into = :id
      UNION SELECT c.id FROM led CROSS JOIN contact AS c ON c.merged_into = led.id)
    SELECT id FROM led WHERE id <> :id
    """
    return [row["id"] for row in conn.all(sql, {"id": contact_id})]


def living(conn: Connection, contact_id: int) -> bool:
    """Whether there is such a contact, neither deleted nor merged."""
    return (
        conn.value(f"SELECT 1 FROM contact c WHERE c.id = :id AND {LIVING}", {"id": contact_id}) is not None
    )


def do_not_call(conn: Connection, contact_id: int) -> bool:
    """Whether this contact asked not to be called."""
    return bool(conn.value("SELECT do_not_call FROM contact WHERE id = :id", {"id": contact_id}))


def with_glued(conn: Connection, glued: str) -> list[int]:
    """Living contacts whose name, as ``fold.unified``, is exactly this."""
    sql = f"SELECT c.id FROM contact c WHERE c.glued = :glued AND {LIVING} ORDER BY c.id LIMIT 20"
    return [row["id"] for row in conn.all(sql, {"glued": glued})]


def with_number(conn: Connection, reversed_digits: str) -> list[int]:
    """Living contacts with a number that ends in these digits (given reversed), by id."""
    sql = f"""
    SELECT DISTINCT c.id FROM phone p JOIN contact c ON c.id = p.contact_id
    WHERE p.reversed >= :low AND p.reversed < :high AND {LIVING} ORDER BY c.id LIMIT 20
    """
    return [row["id"] for row in conn.all(sql, {"low": reversed_digits, "high": reversed_digits + ":"})]


def with_e164(conn: Connection, e164: str) -> list[int]:
    """Living contacts with exactly this number."""
    sql = f"""
    SELECT DISTINCT c.id FROM phone p JOIN contact c ON c.id = p.contact_id
    WHERE p.e164 = :e164 AND {LIVING} ORDER BY c.id LIMIT 20
    """
    return [row["id"] for row in conn.all(sql, {"e164": e164})]


def unwanted_with(conn: Connection, e164: str | None, reversed_digits: str, but: int) -> str | None:
    """The name of a living contact with exactly this number who is not to be called, other than ``but``; by its digits
    where it is no valid one, such as an internal number."""
    same = "p.reversed = :reversed" if e164 is None else "p.e164 = :e164"
    sql = f"""
    SELECT c.name FROM phone p JOIN contact c ON c.id = p.contact_id
    WHERE {same} AND c.id <> :but AND c.do_not_call = 1 AND {LIVING} ORDER BY c.id LIMIT 1
    """
    value = conn.value(sql, {"e164": e164, "reversed": reversed_digits, "but": but})
    return None if value is None else str(value)


def with_email(conn: Connection, address: str) -> list[int]:
    """Living contacts with exactly this address, whatever its case."""
    sql = f"""
    SELECT DISTINCT c.id FROM email e JOIN contact c ON c.id = e.contact_id
    WHERE lower(e.address) = lower(:address) AND {LIVING} ORDER BY c.id LIMIT 20
    """
    return [row["id"] for row in conn.all(sql, {"address": address})]


def field_names(conn: Connection) -> list[str]:
    """The names of all free fields of living contacts, sorted."""
    sql = f"SELECT DISTINCT f.key FROM contact c, json_each(c.fields) f WHERE {LIVING} ORDER BY f.key"
    return [row["key"] for row in conn.all(sql)]
