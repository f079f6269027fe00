"""The tables of data that comes in: imports, remembered mappings, what other programs call a record, and the
pairs that are no doubles. Part of the one definition in ``storage.tables``."""

from __future__ import annotations

from sqlalchemy import Column, Index, Text, text
from sqlmodel import Field

from tuicrm.storage.table_parts import (
    AUTO,
    Table,
    int_column,
    maybe_int,
    maybe_text,
    number_key,
    reference,
    text_column,
)


class ImportBatch(Table, table=True):
    """One import of one file, written chunk by chunk under one action.

    ``state``: running, done, stopped (it stays as far as it came), undoing, undone, redoing. ``rows_done``: rows
    of the file that are in, or were left out. ``worklist``: the name of the list its people are put on. ``turn_id``
    and ``turn_seq``: the action that takes it back or does it again, and the last change that this has dealt with.
    Whether a running one still runs is told by the lock on ``<db>.import-<id>``.
    """

    __tablename__ = "import_batch"
    __table_args__ = (
        Index("ix_import_batch_action", "action_id"),
        Index(
            "ix_import_batch_open", "agent", sqlite_where=text("state IN ('running', 'undoing', 'redoing')")
        ),
        AUTO,
    )
    id: int | None = number_key()
    action_id: int = reference("action.id", null=False)
    agent: str = text_column(None)
    file: str = text_column(None)
    sha256: str = text_column(None)
    size: int = int_column(None)
    format: str = text_column(None)
    encoding: str = text_column()
    mapping: str = text_column("{}")
    region: str = text_column()
    worklist: str = text_column()
    state: str = text_column(None)
    rows_done: int = int_column()
    added: int = int_column()
    updated: int = int_column()
    unchanged: int = int_column()
    skipped: int = int_column()
    refused: int = int_column()
    started_at: str = text_column(None)
    ended_at: str | None = maybe_text()
    host: str = text_column()
    pid: int | None = maybe_int()
    turn_id: int | None = reference("action.id")
    turn_seq: int | None = maybe_int()


class ImportMapping(Table, table=True):
    """Which column of a header goes where, as a person said it last; ``signature`` names the header."""

    __tablename__ = "import_mapping"
    __table_args__ = ({"sqlite_with_rowid": False},)
    signature: str = Field(sa_column=Column("signature", Text, primary_key=True, nullable=False))
    mapping: str = text_column(None)
    agent: str = text_column(None)
    at: str = text_column(None)


class ImportUid(Table, table=True):
    """What another program calls a record that came from it: the same one again is no new one."""

    __tablename__ = "import_uid"
    __table_args__ = ({"sqlite_with_rowid": False},)
    entity: str = Field(sa_column=Column("entity", Text, primary_key=True, nullable=False))
    uid: str = Field(sa_column=Column("uid", Text, primary_key=True, nullable=False))
    entity_id: int = int_column(None)


class KeepApart(Table, table=True):
    """Two contacts (``a`` the lower id) that somebody looked at and found to be two."""

    __tablename__ = "keep_apart"
    __table_args__ = (
        Index("ux_keep_apart_pair", "a", "b", unique=True, sqlite_where=text("deleted_at IS NULL")),
        AUTO,
    )
    id: int | None = number_key()
    a: int = reference("contact.id", null=False)
    b: int = reference("contact.id", null=False)
    agent: str = text_column(None)
    at: str = text_column(None)
    deleted_at: str | None = maybe_text()
