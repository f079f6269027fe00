"""The rules by which triggers tell when somebody is to be called again (``storage.touch_triggers``)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Final

from tuicrm.storage.connection import Connection
from tuicrm.storage.touch_triggers import SPOKE, TOUCH
from tuicrm.storage.transaction import Transaction

_AGAIN: Final = f"UPDATE contact SET touch_key = {TOUCH} WHERE"
_TAGGED: Final = f"""{_AGAIN} id IN (SELECT g.contact_id FROM contact_tag g
  WHERE g.tag COLLATE NOCASE IN (SELECT value FROM json_each(:tags)))"""


def rules(conn: Connection, kind: str) -> dict[str, int | None]:
    """The rules of a kind (``tag``, ``spoke``), each with its days."""
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


def put_spoken(tx: Transaction, spoke: Iterable[str], known: Iterable[str]) -> None:
    """The outcomes that say that somebody was spoken to, among all ``known`` ones; one that is not known any more stays
    what it was, for old calls have it."""
    before = set(rules(tx, "spoke"))
    spoken = set(spoke)
    after = (before - set(known)) | spoken
    if after == before:
        return
    tx.execute("DELETE FROM cadence_rule WHERE kind = 'spoke'")
    for outcome in sorted(after):
        tx.execute("INSERT INTO cadence_rule (kind, name) VALUES ('spoke', :name)", {"name": outcome})
    tx.execute(f"UPDATE contact SET spoke_key = {SPOKE} WHERE last_call_key <> ''")
