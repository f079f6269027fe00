"""Reads of the change log by action: what was done to a record, and what an agent did."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from tuicrm.domain.deeds import Deed
from tuicrm.domain.models import Change
from tuicrm.storage import instants
from tuicrm.storage.changes import OWN_NAME_VERB, PHONE, told
from tuicrm.storage.connection import Connection
from tuicrm.storage.entities import ENTITIES
from tuicrm.storage.queries.chosen import ALL, Where, prepare

SHOWN: Final = 50
"""Changes of one action that are read; an import of thousands is counted."""

# What belongs to a record: the history of a person is also that of their calls, promises and tickets.
_ITSELF = "SELECT :entity AS entity, value AS id FROM json_each(:ids)"
_BELONGS: Final[Mapping[str, str]] = {
    "contact": " UNION ALL ".join(
        [
            _ITSELF,
            *(
                f"SELECT '{entity}', id FROM {table} WHERE contact_id IN (SELECT value FROM json_each(:ids))"
                for entity, table in (
                    ("call", "interaction"),
                    ("followup", "follow_up"),
                    ("ticket", "ticket"),
                    ("private_note", "private_note"),
                )
            ),
            "SELECT 'ticket_event', e.id FROM ticket AS t JOIN ticket_event AS e ON e.ticket_id = t.id"
            " WHERE t.contact_id IN (SELECT value FROM json_each(:ids))",
        ]
    ),
    "ticket": f"{_ITSELF} UNION ALL SELECT 'ticket_event', id FROM ticket_event"
    " WHERE ticket_id IN (SELECT value FROM json_each(:ids))",
}
_OF_RECORD = """
WITH own(entity, id) AS ({own})
SELECT DISTINCT c.action_id FROM own CROSS JOIN change AS c
ON c.entity = own.entity AND c.entity_id = own.id AND c.action_id {beyond} :edge{chosen}
ORDER BY c.action_id {way} LIMIT :limit
"""
_CHANGES_OF_RECORD = """
WITH own(entity, id) AS ({own})
SELECT c.seq, c.action_id, c.at, c.agent, c.via, c.verb, c.entity, c.entity_id, p.payload
FROM (SELECT c.seq FROM own CROSS JOIN change AS c
ON c.entity = own.entity AND c.entity_id = own.id AND c.seq < :before{chosen}
ORDER BY c.seq DESC LIMIT :limit) AS newest
JOIN change AS c ON c.seq = newest.seq LEFT JOIN change_payload AS p ON p.seq = c.seq ORDER BY c.seq DESC
"""
_CHANGES_OF_ALL = """
SELECT c.seq, c.action_id, c.at, c.agent, c.via, c.verb, c.entity, c.entity_id, p.payload
FROM change AS c LEFT JOIN change_payload AS p ON p.seq = c.seq
WHERE c.seq < :before{chosen} ORDER BY c.seq DESC LIMIT :limit
"""
LAST: Final = 2**62
"""Above every id and ``seq``: where a list begins."""

# Both halves are read by the index in the order that is wanted; what was undone is little.
_STANDING = """
SELECT id FROM action AS a WHERE agent = :agent AND undone_by IS NULL AND id {beyond} :edge
AND verb <> :own_name AND via <> :phone{chosen} ORDER BY id {way} LIMIT :limit
"""
_TAKEN_BACK = """
SELECT id FROM action AS a WHERE agent = :agent AND undone_by IS NOT NULL AND id {beyond} :edge{chosen}
ORDER BY id {way} LIMIT :limit
"""
_ALL = """
SELECT id FROM action AS a WHERE id < :before{chosen} AND EXISTS (SELECT 1 FROM change AS c WHERE c.action_id = a.id)
ORDER BY id DESC LIMIT :limit
"""
_ACTIONS = """
SELECT a.id, a.at, a.agent, a.via, a.verb, a.undoes, a.undone_by, a.verb <> :own_name AND a.via <> :phone AS own,
coalesce(first.id, undone.id) AS of, coalesce(first.verb, undone.verb, '') AS what
FROM action AS a
LEFT JOIN action AS undone ON undone.id = a.undoes
LEFT JOIN action AS first ON first.id = undone.undoes
WHERE a.id IN (SELECT value FROM json_each(:ids)) ORDER BY a.id DESC
"""
_COUNTS = """
SELECT action_id, entity, count(DISTINCT entity_id) AS n FROM change
WHERE action_id IN (SELECT value FROM json_each(:ids)) GROUP BY action_id, entity
"""
_CHANGES = """
SELECT c.seq, c.action_id, c.at, c.agent, c.via, c.verb, c.entity, c.entity_id, p.payload
FROM change AS c LEFT JOIN change_payload AS p ON p.seq = c.seq
WHERE c.action_id = :action ORDER BY c.seq LIMIT :limit
"""
# What belongs to a record is found once for a page of actions, not once for each of them.
_OWN_CHANGES = """
WITH own(entity, id) AS ({own})
SELECT c.seq, c.action_id, c.at, c.agent, c.via, c.verb, c.entity, c.entity_id, p.payload
FROM own CROSS JOIN change AS c
ON c.entity = own.entity AND c.entity_id = own.id AND c.action_id BETWEEN :first AND :last
LEFT JOIN change_payload AS p ON p.seq = c.seq ORDER BY c.seq
"""


def _own(entity: str) -> str:
    return _BELONGS.get(entity, _ITSELF)


def of_record(
    conn: Connection,
    entity: str,
    ids: Sequence[int],
    edge: int | None,
    limit: int,
    *,
    backward: bool = False,
    chosen: Where = ALL,
) -> list[int]:
    """Actions that touched these records of one kind or what belongs to them, newest first: those older than ``edge``,
    or the next ones newer than it when ``backward``; from an end without one. ``chosen``: conditions on the action."""
    chosen = prepare(conn, chosen)
    fits = _fits(chosen, "c.action_id")
    rows = conn.all(
        _OF_RECORD.format(own=_own(entity), chosen=fits, **_WAYS[backward]),
        {
            **chosen.params,
            "entity": entity,
            "ids": json.dumps(ids),
            "edge": _edge(edge, backward),
            "limit": limit,
        },
    )
    return sorted((row[0] for row in rows), reverse=True)


_WAYS: Final = {False: {"beyond": "<", "way": "DESC"}, True: {"beyond": ">", "way": "ASC"}}


def _edge(edge: int | None, backward: bool) -> int:
    return edge if edge is not None else 0 if backward else LAST


def _fits(chosen: Where, action: str) -> str:
    """The conditions on the action in a statement that only has its id."""
    if not chosen.conditions:
        return ""
    return f" AND EXISTS (SELECT 1 FROM action AS a WHERE a.id = {action}{_all(chosen)})"


def _all(chosen: Where) -> str:
    return "".join(f" AND {condition}" for condition in chosen.conditions)


def changes_of_record(
    conn: Connection,
    entity: str,
    ids: Sequence[int],
    before: int | None,
    limit: int,
    chosen: Where = ALL,
) -> list[dict[str, Any]]:
    """As ``of_record``, change by change, older than seq ``before``: dicts as of ``changes.history``."""
    chosen = prepare(conn, chosen)
    rows = conn.all(
        _CHANGES_OF_RECORD.format(own=_own(entity), chosen=_fits(chosen, "c.action_id")),
        {
            **chosen.params,
            "entity": entity,
            "ids": json.dumps(ids),
            "before": before or LAST,
            "limit": limit,
        },
    )
    return [told(row) for row in rows]


def changes_of_all(
    conn: Connection, agent: str | None, before: int | None, limit: int, chosen: Where
) -> list[dict[str, Any]]:
    """The newest changes of the actions that fit, older than seq ``before``: dicts as of ``changes.history``."""
    chosen = prepare(conn, chosen)
    own = "" if agent is None else " AND c.agent = :agent"
    rows = conn.all(
        _CHANGES_OF_ALL.format(chosen=own + _fits(chosen, "c.action_id")),
        {**chosen.params, "agent": agent, "before": before or LAST, "limit": limit},
    )
    return [told(row) for row in rows]


def of_agent(
    conn: Connection,
    agent: str,
    edge: int | None,
    limit: int,
    *,
    backward: bool = False,
    chosen: Where = ALL,
) -> list[int]:
    """The actions of an agent, what was taken back and the taking back too; which ones as of ``of_record``."""
    chosen = prepare(conn, chosen)
    params = {
        **chosen.params,
        "agent": agent,
        "edge": _edge(edge, backward),
        "limit": limit,
        "own_name": OWN_NAME_VERB,
        "phone": PHONE,
    }
    halves = (sql.format(chosen=_all(chosen), **_WAYS[backward]) for sql in (_STANDING, _TAKEN_BACK))
    found = sorted({row[0] for sql in halves for row in conn.all(sql, params)}, reverse=True)
    return found[-limit:] if backward else found[:limit]


def of_all(conn: Connection, before: int | None, limit: int, chosen: Where = ALL) -> list[int]:
    """The newest actions that changed anything, older than ``before``."""
    chosen = prepare(conn, chosen)
    params = {**chosen.params, "before": before or LAST, "limit": limit}
    return [row[0] for row in conn.all(_ALL.format(chosen=_all(chosen)), params)]


def deeds(
    conn: Connection, actions: Sequence[int], *, entity: str | None = None, ids: Sequence[int] = ()
) -> list[Deed]:
    """These actions, newest first. ``entity`` and ``ids``: of their changes only those of the records' history."""
    params = {"ids": json.dumps(actions), "own_name": OWN_NAME_VERB, "phone": PHONE}
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    for row in conn.all(_COUNTS, {"ids": params["ids"]}):
        counts[row["action_id"]][row["entity"]] = row["n"]
    own = _own_changes(conn, entity, ids, actions) if entity is not None and actions else None
    found = []
    for row in conn.all(_ACTIONS, params):
        if own is None:
            lines = [told(line) for line in conn.all(_CHANGES, {"action": row["id"], "limit": SHOWN})]
        else:
            lines = own[row["id"]][:SHOWN]
        found.append(_deed(row, lines, counts[row["id"]]))
    return found


def _own_changes(
    conn: Connection, entity: str, ids: Sequence[int], actions: Sequence[int]
) -> dict[int, list[dict[str, Any]]]:
    """The changes of a record's history in these actions, by action, oldest first."""
    params = {"entity": entity, "ids": json.dumps(ids), "first": min(actions), "last": max(actions)}
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in conn.all(_OWN_CHANGES.format(own=_own(entity)), params):
        found[row["action_id"]].append(told(row))
    return found


def _deed(row: Any, changes: Iterable[Mapping[str, Any]], records: Mapping[str, int]) -> Deed:
    keys = Change.__match_args__
    touched = tuple(Change(**{key: change[key] for key in keys}) for change in changes)
    return Deed(
        id=row["id"],
        at=instants.from_text(row["at"]),
        agent=row["agent"],
        via=row["via"],
        verb=row["verb"],
        what=row["what"],
        undoes=row["of"],
        undone_by=row["undone_by"],
        changes=touched,
        records=dict(records),
        turns=_turns(row, records),
    )


def _turns(row: Any, records: Mapping[str, int]) -> str:
    """Whether an action can be taken back, or done again; what the way there may still refuse is not known here."""
    if not row["own"] or row["undoes"] is not None or not any(_turnable(entity) for entity in records):
        return ""
    return "undo" if row["undone_by"] is None else "redo"


def _turnable(entity: str) -> bool:
    return entity in ENTITIES and ENTITIES[entity].undoable


# --- names --------------------------------------------------------------------------------------------------

_NAMES: Final[Mapping[str, str]] = {
    "contact": "SELECT c.id, coalesce(nullif(c.name, ''), (SELECT p.raw FROM phone AS p WHERE p.contact_id = c.id"
    " ORDER BY p.position LIMIT 1), '') AS name FROM contact AS c",
    "call": "SELECT i.id, coalesce(nullif(c.name, ''), i.number) AS name FROM interaction AS i"
    " LEFT JOIN contact AS c ON c.id = i.contact_id",
    "followup": "SELECT f.id, c.name FROM follow_up AS f JOIN contact AS c ON c.id = f.contact_id",
    "ticket": "SELECT id, subject AS name FROM ticket",
    "ticket_event": "SELECT e.id, t.subject AS name FROM ticket_event AS e JOIN ticket AS t ON t.id = e.ticket_id",
    "agent": "SELECT id, coalesce(nullif(name, ''), handle) AS name FROM agent",
    "saved_filter": "SELECT id, name FROM saved_filter",
    "private_note": "SELECT n.id, c.name FROM private_note AS n JOIN contact AS c ON c.id = n.contact_id",
}
_KEYS: Final = {
    "contact": "c.id",
    "call": "i.id",
    "followup": "f.id",
    "ticket_event": "e.id",
    "private_note": "n.id",
}
"""Their ids, where more than one table is asked."""


def names(conn: Connection, records: Mapping[str, Collection[int]]) -> dict[tuple[str, int], str]:
    """What to call records, by kind and id; kinds without names are left out."""
    found: dict[tuple[str, int], str] = {}
    for entity, ids in records.items():
        if entity not in _NAMES or not ids:
            continue
        sql = f"{_NAMES[entity]} WHERE {_KEYS.get(entity, 'id')} IN (SELECT value FROM json_each(:ids))"
        for row in conn.all(sql, {"ids": json.dumps(sorted(ids))}):
            found[entity, row["id"]] = row["name"] or ""
    return found


_PERSON: Final[Mapping[str, str]] = {
    "contact": "SELECT id, id FROM contact",
    "call": "SELECT id, contact_id FROM interaction",
    "followup": "SELECT id, contact_id FROM follow_up",
    "ticket": "SELECT id, contact_id FROM ticket",
}


def people(conn: Connection, records: Mapping[str, Collection[int]]) -> dict[tuple[str, int], int]:
    """The contacts that records are of, deleted ones too, by kind and id; what is nobody's is left out."""
    found: dict[tuple[str, int], int] = {}
    for entity in _PERSON.keys() & records.keys():
        sql = f"{_PERSON[entity]} WHERE id IN (SELECT value FROM json_each(:ids))"
        for record_id, contact_id in conn.all(sql, {"ids": json.dumps(sorted(records[entity]))}):
            if contact_id is not None:
                found[entity, record_id] = contact_id
    return found


def known(conn: Connection, ref: tuple[str, int]) -> bool:
    """Whether there is such a record: one that no change tells of may have come with a restored database."""
    kind = ENTITIES.get(ref[0])
    if kind is None:
        return False
    sql = f"SELECT 1 FROM {kind.table} WHERE {kind.key} = :id"
    return conn.one(sql, {"id": ref[1]}) is not None
