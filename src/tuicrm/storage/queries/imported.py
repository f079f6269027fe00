"""What came in before: calls and follow-ups by what other programs call them, many at once."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any, Final

from tuicrm.domain.record import record
from tuicrm.storage.connection import Connection, Row

AGAIN: Final = "~"
"""Behind the uid of a call that came in again after it was taken back; its number follows."""


@record
class KnownCall:
    """A call that is there, or was (``gone``)."""

    id: int
    contact_id: int | None
    direction: str
    number: str
    source: str
    started_at: str
    gone: bool


_COLUMNS: Final = "i.id, i.contact_id, i.direction, i.number, i.source, i.started_at, i.deleted_at"

# The list drives: one search of an index for each of its items.
_BY_UID: Final = f"""
SELECT k.value AS key, {_COLUMNS} FROM json_each(:keys) AS k CROSS JOIN interaction AS i ON i.uid = k.value
UNION ALL
SELECT k.value AS key, {_COLUMNS} FROM json_each(:keys) AS k CROSS JOIN interaction AS i
  ON i.uid >= k.value || '{AGAIN}' AND i.uid < k.value || char(127)
"""
_SOURCES: Final = """
WITH RECURSIVE s(v) AS (
  SELECT min(source) FROM interaction WHERE source <> '' AND deleted_at IS NULL
  UNION ALL
  SELECT (SELECT min(source) FROM interaction WHERE source > v AND source <> '' AND deleted_at IS NULL)
  FROM s WHERE v IS NOT NULL)
SELECT v FROM s WHERE v IS NOT NULL
"""
_BY_SOURCE: Final = f"""
SELECT k.value AS key, {_COLUMNS} FROM json_each(:sources) AS s CROSS JOIN json_each(:keys) AS k
CROSS JOIN interaction AS i ON i.source = s.value AND i.source_call_id = k.value
WHERE i.source <> '' AND i.deleted_at IS NULL
"""
_BY_START: Final = f"""
SELECT k.value AS key, {_COLUMNS} FROM json_each(:keys) AS k CROSS JOIN interaction AS i
  ON i.started_at >= k.value AND i.started_at < k.value || '~'
WHERE i.deleted_at IS NULL
"""


def calls_by_uid(conn: Connection, uids: Collection[str]) -> dict[str, list[KnownCall]]:
    """Calls that came in with these uids, deleted ones too."""
    return _calls(conn, _BY_UID, uids)


def calls_by_source_id(conn: Connection, ids: Collection[str]) -> dict[str, list[KnownCall]]:
    """Living calls that any telephone system or list knows by these ids."""
    if not ids:
        return {}
    sources = [row[0] for row in conn.raw.execute(_SOURCES)]
    return _calls(conn, _BY_SOURCE, ids, sources=json.dumps(sources))


def calls_by_start(conn: Connection, seconds: Collection[str]) -> dict[str, list[KnownCall]]:
    """Living calls that began in these seconds (``2026-11-22T06:00:00``, UTC)."""
    return _calls(conn, _BY_START, seconds)


def _calls(conn: Connection, sql: str, keys: Collection[str], **more: str) -> dict[str, list[KnownCall]]:
    found: dict[str, list[KnownCall]] = defaultdict(list)
    if keys:
        for row in conn.raw.execute(sql, {"keys": json.dumps(list(keys)), **more}):
            found[row["key"]].append(_call(row))
    return found


def _call(row: Row) -> KnownCall:
    return KnownCall(
        id=row["id"],
        contact_id=row["contact_id"],
        direction=row["direction"],
        number=row["number"],
        source=row["source"],
        started_at=row["started_at"],
        gone=row["deleted_at"] is not None,
    )


# --- follow-ups ---------------------------------------------------------------------------------------------

_BY_IMPORT_UID: Final = """
SELECT u.uid AS key, f.* FROM json_each(:keys) AS k
CROSS JOIN import_uid AS u ON u.entity = 'followup' AND u.uid = k.value
CROSS JOIN follow_up AS f ON f.id = u.entity_id
"""
_BY_ID: Final = "SELECT f.* FROM follow_up AS f WHERE f.id = :id"


def follow_ups_by_uid(conn: Connection, uids: Collection[str]) -> dict[str, dict[str, Any]]:
    """Follow-ups that came in with these uids, as rows; deleted ones too."""
    if not uids:
        return {}
    found = conn.raw.execute(_BY_IMPORT_UID, {"keys": json.dumps(list(uids))})
    return {row["key"]: dict(row) for row in found}


def follow_up(conn: Connection, follow_up_id: int) -> dict[str, Any] | None:
    """The row of one follow-up."""
    row = conn.one(_BY_ID, {"id": follow_up_id})
    return dict(row) if row else None


_LAST_OF_SERIES: Final = """
SELECT f.* FROM follow_up AS f WHERE f.series_id = :series AND f.deleted_at IS NULL ORDER BY f.id DESC LIMIT 1
"""


def last_of_series(conn: Connection, series_id: int) -> dict[str, Any] | None:
    """The row of the last follow-up that repeats this one; None while none does."""
    row = conn.one(_LAST_OF_SERIES, {"series": series_id})
    return dict(row) if row else None


def remember(conn: Connection, entity: str, uid: str, record_id: int) -> None:
    """Keeps what another program calls a record."""
    conn.raw.execute(
        "INSERT INTO import_uid (entity, uid, entity_id) VALUES (:entity, :uid, :id)"
        " ON CONFLICT (entity, uid) DO UPDATE SET entity_id = :id",
        {"entity": entity, "uid": uid, "id": record_id},
    )


_TAKEN_BACK: Final = """
SELECT k.value AS id FROM json_each(:ids) AS k
JOIN change AS f ON f.seq = (SELECT min(seq) FROM change WHERE entity = :entity AND entity_id = k.value)
JOIN change AS l ON l.seq = (SELECT max(seq) FROM change WHERE entity = :entity AND entity_id = k.value)
JOIN action AS a ON a.id = l.action_id WHERE a.undoes = f.action_id
"""


def taken_back(conn: Connection, entity: str, ids: Iterable[int]) -> set[int]:
    """Those of the deleted records that nobody deleted: their making was undone."""
    params = {"ids": json.dumps(list(ids)), "entity": entity}
    return set() if params["ids"] == "[]" else {row[0] for row in conn.raw.execute(_TAKEN_BACK, params)}
