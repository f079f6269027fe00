"""Taking back (or doing again) an action of any size, part by part; what changed since stays and is told.

An ordinary action is put back whole or not at all (``changes.undo``). One of thousands of records, such as an
import, would hold the write lock for minutes and fail for one record that somebody has edited since.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from tuicrm.domain.errors import Conflict
from tuicrm.domain.models import RecordRef
from tuicrm.storage import changes
from tuicrm.storage.connection import Connection
from tuicrm.storage.entities import ENTITIES, Entity
from tuicrm.storage.transaction import Transaction

_PART: Final = """
SELECT c.seq, c.action_id, c.at, c.agent, c.via, c.verb, c.entity, c.entity_id, p.payload
FROM change AS c LEFT JOIN change_payload AS p ON p.seq = c.seq
WHERE c.action_id = :action AND c.seq < :before ORDER BY c.seq DESC LIMIT :limit
"""
_CHAIN: Final = """
WITH RECURSIVE chain(id) AS (SELECT :origin UNION SELECT a.id FROM action AS a JOIN chain ON a.undoes = chain.id)
SELECT id FROM chain
"""
_LATER: Final = """
SELECT entity_id, max(seq) FROM change
WHERE entity = :entity AND entity_id IN (SELECT value FROM json_each(:ids))
AND action_id NOT IN (SELECT value FROM json_each(:chain)) GROUP BY entity_id
"""
_UNTURNED: Final = """
SELECT DISTINCT c.entity, c.entity_id FROM change AS c WHERE c.action_id = :action AND c.seq >= :from
AND NOT EXISTS (SELECT 1 FROM change AS d WHERE d.entity = c.entity AND d.entity_id = c.entity_id
AND d.action_id = :turn)
"""
_STANDING: Final = "SELECT max(id) FROM action WHERE undoes = :target AND undone_by IS NULL"
_REACHED: Final = """
SELECT min(c.seq) FROM change AS c WHERE c.action_id = :target AND EXISTS (SELECT 1 FROM change AS d
WHERE d.entity = c.entity AND d.entity_id = c.entity_id AND d.action_id = :turn)
"""
_LONG: Final = "SELECT count(*) FROM (SELECT 1 FROM change WHERE action_id = :id LIMIT :limit)"
LONG: Final = 500
"""Changes above which an action is put back in chunks."""
LAST: Final = 2**62
"""Above every ``seq``: where a turn begins."""


class Turn:
    """One undo or redo on its way through the changes of ``action``, newest first.

    ``origin``: the action that was done in the first place; all undos and redos of it are not what "changed since"
    means. ``seq``: the last change dealt with. ``left``: what stays, with the reason. ``dry``: every part is abandoned.
    """

    def __init__(
        self, conn: Connection, action: int, origin: int, seq: int = LAST, *, dry: bool = False
    ) -> None:
        self.action = action
        self.seq = seq
        self.records: list[RecordRef] = []
        self.left: list[RecordRef] = []
        self._tried: set[RecordRef] | None = set() if dry else None
        self._chain = [row[0] for row in conn.all(_CHAIN, {"origin": origin})]

    def part(self, tx: Transaction, limit: int) -> int:
        """Puts back what the next ``limit`` changes did; gives how many there were, 0 at the end."""
        rows = tx.all(_PART, {"action": self.action, "before": self.seq, "limit": limit})
        plain: dict[tuple[str, bool], dict[int, int]] = {}
        for row in rows:
            change = changes.told(row)
            kind, way = ENTITIES[change["entity"]], _way(change)
            if way is None:
                if any(change["id"] in ids for (entity, _), ids in plain.items() if entity == kind.name):
                    self._turn_all(tx, plain)
                self._turn_one(tx, kind, change)
            else:
                ids = plain.setdefault((kind.name, way), {})
                ids[change["id"]] = change["seq"]
        self._turn_all(tx, plain)
        if rows:
            self.seq = rows[-1]["seq"]
        return len(rows)

    def earlier(self, conn: Connection, turn: int) -> None:
        """Adds what an interrupted turn (that action) had done before ``seq``, and what it had left."""
        self.records = changes.records_of(conn, turn)
        rows = conn.all(_UNTURNED, {"action": self.action, "from": self.seq, "turn": turn})
        self.left = [RecordRef(row["entity"], row["entity_id"], "changed_since") for row in rows]

    def _turn_all(self, tx: Transaction, plain: dict[tuple[str, bool], dict[int, int]]) -> None:
        """Takes out, or brings back, records that were only made or only taken out."""
        # what this turn itself did in an earlier chunk is no change since either
        chain = json.dumps([*self._chain, tx.action_id])
        for (entity, gone), seqs in plain.items():
            kind, ids = ENTITIES[entity], list(seqs)
            later = tx.raw.execute(_LATER, {"entity": entity, "ids": json.dumps(ids), "chain": chain})
            stays = {record: "changed_since" for record, seq in later if seq > seqs[record]}
            if gone:
                stays |= {record: "in_use" for record in _in_use(tx, kind, ids) if record not in stays}
            elif entity in _PLACE_TAKEN:
                stays |= {record: "place_taken" for record in _taken(tx, entity, ids) if record not in stays}
            done = tx.turn_all(entity, [record for record in ids if record not in stays], gone=gone)
            self.records += [RecordRef(entity, record) for record in ids if record in done]
            self.left += [RecordRef(entity, record, why) for record, why in stays.items()]
        plain.clear()

    def _turn_one(self, tx: Transaction, kind: Entity, change: Mapping[str, Any]) -> None:
        if not kind.undoable or changes.is_anothers_own(tx, change):
            self.left.append(RecordRef(kind.name, change["id"], "kept"))
            return
        record = RecordRef(kind.name, change["id"])
        try:
            # of what was put back on trial nothing stays, so an older change of the record cannot be tried as well
            if self._tried is None or record not in self._tried:
                changes.put_back(tx, kind, change)
        except Conflict as refused:
            self.left.append(RecordRef(kind.name, change["id"], refused.code))
        else:
            self.records.append(record)
            if self._tried is not None:
                self._tried.add(record)


def _way(change: Mapping[str, Any]) -> bool | None:
    """True when the change made the record (or brought it back), so that it goes; False when it took the record
    out, so that it comes back; None for any other."""
    kind = ENTITIES[change["entity"]]
    if change["erased"] or not kind.undoable or kind.gone is None:
        return None
    if change["before"] is None:
        return True
    column, there, _ = kind.gone
    if set(change["before"]) != {column} or set(change["after"]) != {column}:
        return None
    return bool(change["before"][column] != there)


def _in_use(conn: Connection, kind: Entity, ids: list[int]) -> set[int]:
    """Those of the records that living ones refer to."""
    used: set[int] = set()
    for table, column in kind.used_by:
        sql = f"SELECT DISTINCT {column} FROM {table} WHERE {column} IN (SELECT value FROM json_each(:ids))"
        used |= {row[0] for row in conn.all(f"{sql} AND deleted_at IS NULL", {"ids": json.dumps(ids)})}
    return used


def is_long(conn: Connection, action_id: int) -> bool:
    """Whether an action changed so much that putting it back at once would hold the write lock for too long."""
    return bool(conn.value(_LONG, {"id": action_id, "limit": LONG + 1}) > LONG)


def origin_of(conn: Connection, action_id: int) -> int | None:
    """The action that one took back or did again, else itself; None where there is no such action."""
    found: int | None = conn.value(
        "SELECT coalesce(undoes, id) FROM action WHERE id = :id", {"id": action_id}
    )
    return found


def begun(conn: Connection, target: int) -> tuple[int, int] | None:
    """A turn of ``target`` that was begun before and stands: its action, and the ``seq`` that it came down to."""
    turn = conn.value(_STANDING, {"target": target})
    if turn is None:
        return None
    reached = conn.value(_REACHED, {"target": target, "turn": turn})
    return turn, LAST if reached is None else reached


_PLACE_TAKEN: Final = {
    "call": """
SELECT g.id FROM interaction AS g JOIN interaction AS t
ON t.source = g.source AND t.source_call_id = g.source_call_id AND t.source <> '' AND t.deleted_at IS NULL
WHERE g.id IN (SELECT value FROM json_each(:ids)) AND g.source <> '' AND t.id <> g.id
""",
    "member": """
SELECT g.id FROM worklist_member AS g JOIN worklist_member AS t
ON t.saved_filter_id = g.saved_filter_id AND t.contact_id = g.contact_id AND t.deleted_at IS NULL
WHERE g.id IN (SELECT value FROM json_each(:ids)) AND t.id <> g.id
""",
    "saved_filter": """
SELECT g.id FROM saved_filter AS g JOIN saved_filter AS t
ON t.what = g.what AND t.name_key = g.name_key AND t.agent IS g.agent AND t.deleted_at IS NULL
WHERE g.id IN (SELECT value FROM json_each(:ids)) AND t.id <> g.id
""",
}
"""Of what was taken back: which cannot come back, for there is another one of the same since."""


def _taken(conn: Connection, entity: str, ids: list[int]) -> set[int]:
    return {row[0] for row in conn.all(_PLACE_TAKEN[entity], {"ids": json.dumps(ids)})}


def settle_undo(tx: Transaction, origin: int) -> None:
    """Writes that the action is taken back by this one."""
    tx.execute("UPDATE action SET undone_by = :by WHERE id = :id", {"by": tx.action_id, "id": origin})


def settle_redo(tx: Transaction, undo: int, origin: int) -> None:
    """Writes that the undo is taken back by this action, and that the first action stands again."""
    settle_undo(tx, undo)
    tx.execute(
        "UPDATE action SET undone_by = NULL, redone_by = :by WHERE id = :id",
        {"by": tx.action_id, "id": origin},
    )
