"""The rules by which triggers tell when somebody is to be called again (``storage.touch_triggers``)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from tuicrm.storage.connection import Connection
from tuicrm.storage.touch_triggers import SPOKE, TOUCH
from tuicrm.storage.transaction import Transaction

_AGAIN: Final = f"UPDATE contact SET touch_key = {TOUCH} WHERE"
_TAGGED: Final = f"""{_AGAIN} id IN (SELECT g.contact_id FROM contact_tag g
  WHERE g.tag COLLATE NOCASE IN (SELECT value FROM json_each(:tags)))"""


def rules(conn: Connection, kind: str) -> dict[str, int | None]:
    """The rules of a kind (``tag``, ``spoke``, ``written``), each with its days."""
    found = conn.all("SELECT name, days FROM cadence_rule WHERE kind = :kind", {"kind": kind})
    return {row["name"]: row["days"] for row in found}


def put_tags(tx: Transaction, tags: Mapping[str, int]) -> None:
    """Days by tag, as contacts have it; the triggers take any case of ASCII letters for the same."""
    known = rules(tx, "tag")
    changed = {tag for tag in {*known, *tags} if known.get(tag) != tags.get(tag)}
    if not changed:
        return
    tx.execute("DELETE FROM cadence_rule WHERE kind = 'tag'")
    for tag, days in tags.items():
        sql = "INSERT OR REPLACE INTO cadence_rule (kind, name, days) VALUES ('tag', :tag, :days)"
        tx.execute(sql, {"tag": tag, "days": days})
    tx.execute(_TAGGED, {"tags": json.dumps(sorted(changed), ensure_ascii=False)})


def put_talks(tx: Transaction, outcomes: Mapping[str, bool], channels: Mapping[str, bool]) -> None:
    """Which outcomes say that somebody was spoken to, and by which channels one only writes, of all that are known; one
    that is not known any more stays what it was, for old calls have it."""
    spoke, written = _put(tx, "spoke", outcomes), _put(tx, "written", channels)
    if spoke or written:
        tx.execute(f"UPDATE contact SET spoke_key = {SPOKE} WHERE last_call_key <> ''")


def _put(tx: Transaction, kind: str, known: Mapping[str, bool]) -> bool:
    """Writes those for which it holds; whether anything changed."""
    before = set(rules(tx, kind))
    after = (before - set(known)) | {name for name, holds in known.items() if holds}
    if after == before:
        return False
    tx.execute("DELETE FROM cadence_rule WHERE kind = :kind", {"kind": kind})
    for name in sorted(after):
        sql = "INSERT INTO cadence_rule (kind, name) VALUES (:kind, :name)"
        tx.execute(sql, {"kind": kind, "name": name})
    return True
