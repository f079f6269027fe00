"""One user action as one commit: the records, the change log and the action's own row."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from tuicrm.domain.errors import NotFound
from tuicrm.storage import instants
from tuicrm.storage.connection import NO_PARAMS, Connection, Params
from tuicrm.storage.edits import Edits
from tuicrm.storage.entities import CHILD_LISTS, ENTITIES, Entity

Values = Mapping[str, Any]


class Actor:
    """Who acts, and through which door: ``tui``, ``cli``, ``import``, ``phone`` or ``demo``."""

    __slots__ = ("handle", "via")

    def __init__(self, handle: str, via: str) -> None:
        self.handle = handle
        self.via = via

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Actor) and (self.handle, self.via) == (other.handle, other.via)

    def __hash__(self) -> int:
        return hash((self.handle, self.via))

    def __repr__(self) -> str:
        return f"Actor({self.handle!r}, {self.via!r})"


class Transaction(Connection):
    """A running write transaction. Made by ``Database.transaction``; ``now`` is its one moment (UTC), ``at`` the
    same as it is stored.

    ``insert``, ``update`` and ``delete`` keep before and after of each record; several writes to one record
    make one row of the change log, written when the transaction ends. A transaction that changed nothing
    leaves no action, unless its ``action_id`` was asked for.
    """

    __slots__ = (
        "_action_id",
        "_edits",
        "_frozen",
        "actor",
        "at",
        "known_stems",
        "new_stems",
        "now",
        "rolled_back",
        "undoes",
        "verb",
    )

    def __init__(
        self,
        raw: sqlite3.Connection,
        actor: Actor,
        verb: str,
        now: datetime,
        *,
        frozen: bool,
        undoes: int | None = None,
        continues: int | None = None,
    ) -> None:
        super().__init__(raw)
        self.actor = actor
        self.verb = verb
        self.now = now
        self.at = instants.to_text(now)
        self._frozen = frozen
        self.undoes = undoes
        self.rolled_back = False
        self._action_id = continues
        self._edits = Edits()
        # Words of the one-slip index: those that are surely in the file, and those that this action adds.
        self.known_stems: frozenset[str] | set[str] = frozenset()
        self.new_stems: set[str] = set()

    @property
    def action_id(self) -> int:
        """The id of this action; its row is written when it is first asked for."""
        if self._action_id is None:
            self._action_id = self.execute(
                "INSERT INTO action (at, agent, via, verb, undoes, frozen_clock)"
                " VALUES (:at, :agent, :via, :verb, :undoes, :frozen)",
                {
                    "at": self.at,
                    "agent": self.actor.handle,
                    "via": self.actor.via,
                    "verb": self.verb,
                    "undoes": self.undoes,
                    "frozen": int(self._frozen),
                },
            ).lastrowid
            assert self._action_id is not None
        return self._action_id

    def execute(self, sql: str, params: Params = NO_PARAMS) -> sqlite3.Cursor:
        """A statement on a table that holds no records (sessions, index tables): it leaves no change row."""
        return self.raw.execute(sql, params)

    def insert(self, entity: str, values: Values) -> int:
        """Makes a record and gives its id. Unknown column names raise ``ValueError``.

        Values may be ``datetime``, ``date``, ``time``, ``bool``; mappings and lists for JSON columns; a
        contact takes ``phones`` (dicts of raw, e164, ext, label, reversed), ``emails`` (address, label) and
        ``tags`` (texts).
        """
        kind = ENTITIES[entity]
        new = self._plain(kind, values)
        for column in kind.stamps:
            new.setdefault(column, self.at)
        if entity == "call":
            new.setdefault("action_id", self.action_id)
        row = {
            column: stored(kind, column, value) for column, value in new.items() if column not in kind.lists
        }
        if kind.touched:
            row[kind.touched] = self.at
        if entity in _SEARCHED:
            row.update(self._search_columns(entity, new))
        if kind.key in values:
            row[kind.key] = values[kind.key]
        record = self._insert_row(kind.table, row)
        if entity == "contact":
            self._index_words(record, row["words"])
        for name in kind.lists:
            self._add_list(name, record, new.get(name, ()))
        self._edits.note(entity, record, None, {c: v for c, v in new.items() if v is not None and v != []})
        return record

    def update(self, entity: str, record: int, values: Values) -> bool:
        """Writes the columns that really differ, and says whether any did; no difference, no change row.

        Raises ``NotFound('no_record')`` when there is no such record.
        """
        kind = ENTITIES[entity]
        new = self._plain(kind, values)
        old = self.current(entity, record, tuple(new))
        after = {column: value for column, value in new.items() if old[column] != value}
        if not after:
            return False
        row = {
            column: stored(kind, column, value) for column, value in after.items() if column not in kind.lists
        }
        if kind.touched:
            row[kind.touched] = self.at
        for name in kind.lists:
            if name in after:
                self.execute(f"DELETE FROM {CHILD_LISTS[name][0]} WHERE contact_id = :id", {"id": record})
                self._add_list(name, record, after[name])
        if not _SEARCHED.get(entity, frozenset()).isdisjoint(after):
            sources = tuple(_SEARCHED[entity])
            row.update(self._search_columns(entity, {**self.current(entity, record, sources), **after}))
        assignments = ", ".join(f"{column} = :{column}" for column in row)
        self.execute(f"UPDATE {kind.table} SET {assignments} WHERE {kind.key} = :_id", {**row, "_id": record})
        self._edits.note(entity, record, {column: old[column] for column in after}, after)
        return True

    def delete(self, entity: str, record: int) -> None:
        """Takes a record out of every list; it stays findable by its id. Nothing happens when it is out already."""
        kind = ENTITIES[entity]
        if kind.gone is None:
            raise ValueError(f"a {entity} cannot be deleted")
        column, _, gone = kind.gone
        if self.current(entity, record, (column,))[column] != kind.gone[1]:
            return
        self.update(entity, record, {column: self.now if gone == "now" else gone})

    def turn_all(self, entity: str, records: list[int], *, gone: bool) -> set[int]:
        """Takes records out of every list, or brings them back, all by one statement; gives those that it was done to.

        Those that are where they shall be are left alone.
        """
        kind = ENTITIES[entity]
        assert kind.gone is not None, f"a {entity} cannot be deleted"
        column, there, out = kind.gone
        ids = {"ids": json.dumps(records)}
        rows = self.all(
            f"SELECT {kind.key}, {column} FROM {kind.table} WHERE {kind.key} IN (SELECT value FROM json_each(:ids))",
            ids,
        )
        old = {row[0]: row[1] for row in rows if (row[1] == there) == gone}
        new = there if not gone else self.at if out == "now" else out
        touched = f", {kind.touched} = :at" if kind.touched else ""
        self.execute(
            f"UPDATE {kind.table} SET {column} = :new{touched} WHERE {kind.key} IN (SELECT value FROM json_each(:ids))",
            {"new": new, "at": self.at, "ids": json.dumps(list(old))},
        )
        for record, value in old.items():
            self._edits.note(
                entity, record, {column: _load(kind, column, value)}, {column: _load(kind, column, new)}
            )
        return set(old)

    def current(self, entity: str, record: int, columns: tuple[str, ...]) -> dict[str, Any]:
        """What the record holds now, in the plain form of the change log. Raises ``NotFound('no_record')``."""
        kind = ENTITIES[entity]
        own = [column for column in columns if column not in kind.lists]
        names = ", ".join([kind.key, *own])
        row = self.one(f"SELECT {names} FROM {kind.table} WHERE {kind.key} = :id", {"id": record})
        if row is None:
            raise NotFound("no_record", entity=entity, id=record)
        found = {column: _load(kind, column, row[column]) for column in own}
        for name in columns:
            if name in kind.lists:
                found[name] = self._read_list(name, record)
        return found

    def abandon(self) -> None:
        """Makes the transaction end without a trace and without an error: for dry runs."""
        self.rolled_back = True

    def finish(self) -> None:
        """Writes the change rows. Called by ``Database.transaction`` just before the commit."""
        if self._edits:
            from tuicrm.storage.changes import write_change

            for entity, record, before, after in self._edits.changed():
                write_change(self, entity, record, before, after)
            self._edits = Edits()

    # --- inside ---------------------------------------------------------------------------------------------

    def _plain(self, kind: Entity, values: Values) -> dict[str, Any]:
        """The values in the plain form of the change log: JSON types only, each in one way."""
        plain = {}
        for column, value in values.items():
            if column in kind.lists:
                plain[column] = [_child(column, item) for item in value]
            elif column in kind.columns:
                plain[column] = plain_value(kind, column, value)
            elif column != kind.key:
                raise ValueError(f"{kind.name} has no column {column!r}")
        return plain

    def _insert_row(self, table: str, row: Values) -> int:
        columns = tuple(row)
        sql = _inserts.get((table, columns))
        if sql is None:
            marks = ", ".join(f":{column}" for column in columns)
            sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"
            _inserts[table, columns] = sql
        record = self.execute(sql, row).lastrowid
        assert record is not None
        return record

    def _add_list(self, name: str, contact: int, items: Any) -> None:
        table, columns = CHILD_LISTS[name]
        for position, item in enumerate(items):
            row = {"tag": item} if name == "tags" else {column: item[column] for column in columns}
            self._insert_row(table, {"contact_id": contact, "position": position, **row})

    def _read_list(self, name: str, contact: int) -> list[Any]:
        table, columns = CHILD_LISTS[name]
        rows = self.all(
            f"SELECT {', '.join(columns)} FROM {table} WHERE contact_id = :contact ORDER BY position",
            {"contact": contact},
        )
        return [row["tag"] for row in rows] if name == "tags" else [dict(row) for row in rows]

    def _search_columns(self, entity: str, new: Values) -> dict[str, str]:
        from tuicrm.storage.search_index import call_columns, search_columns

        return search_columns(self, new) if entity == "contact" else call_columns(new)

    def _index_words(self, contact: int, words: str) -> None:
        from tuicrm.storage.search_index import add_words

        add_words(self.raw, [(contact, words)])


_SEARCHED: Mapping[str, frozenset[str]] = {
    "contact": frozenset({"name", "company", "emails", "tags", "phones"}),
    "call": frozenset({"note", "tags"}),
}
"""The columns that ``search_index`` makes those from by which a record is found."""


# Statements by table and columns; writers give few different sets of columns.
_inserts: dict[tuple[str, tuple[str, ...]], str] = {}


def plain_value(kind: Entity, column: str, value: Any) -> Any:
    """A value in the plain form of the change log."""
    if column in kind.flags:
        return bool(value)
    if isinstance(value, datetime):
        return instants.to_text(value)
    if isinstance(value, date):
        return instants.day_to_text(value)
    if isinstance(value, time):
        return instants.time_to_text(value)
    if column in kind.json:
        if isinstance(value, str):
            return json.loads(value)
        return dict(value) if isinstance(value, Mapping) else list(value)
    return value


def _child(name: str, item: Any) -> Any:
    """One item of a contact's list with every column there, so that lists compare equal when they are."""
    if name == "tags":
        return str(item)
    columns = CHILD_LISTS[name][1]
    unknown = set(item) - set(columns)
    if unknown:
        raise ValueError(f"{name} has no column {sorted(unknown)}")
    return {column: item.get(column, None if column == "e164" else "") for column in columns}


def stored(kind: Entity, column: str, value: Any) -> Any:
    """A value in plain form as its column holds it."""
    if column in kind.json:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return value


def _load(kind: Entity, column: str, value: Any) -> Any:
    if column in kind.json:
        return json.loads(value)
    return bool(value) if column in kind.flags else value
