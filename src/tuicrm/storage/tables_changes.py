"""The part of the schema that remembers who changed what, and how it was before."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, text
from sqlmodel import Field

from tuicrm.storage.table_parts import (
    AUTO,
    Table,
    int_column,
    number_key,
    reference,
    text_column,
)


class Action(Table, table=True):
    """One thing a person did.

    ``undoes``: the action it takes back; ``undone_by``: the one that took it back; ``redone_by``: the one that
    did it again after that, last.
    """

    __tablename__ = "action"
    __table_args__ = (
        Index("ix_action_agent", "agent", "undone_by", "id"),
        Index("ix_action_undoes", "undoes", sqlite_where=text("undoes IS NOT NULL")),
        Index("ix_action_redone", "agent", "redone_by", sqlite_where=text("redone_by IS NOT NULL")),
        AUTO,
    )
    id: int | None = number_key()
    at: str = text_column(None)
    agent: str = text_column(None)
    via: str = text_column(None)
    verb: str = text_column(None)
    undoes: int | None = reference("action.id")
    undone_by: int | None = reference("action.id")
    redone_by: int | None = reference("action.id")
    frozen_clock: int = int_column()


class Change(Table, table=True):
    """One record that one action touched. ``digest`` covers the row and its payload."""

    __tablename__ = "change"
    __table_args__ = (
        Index("ix_change_entity", "entity", "entity_id", "seq"),
        Index("ix_change_action", "action_id", "seq"),
        AUTO,
    )
    seq: int | None = Field(default=None, sa_column=Column("seq", Integer, primary_key=True, nullable=False))
    action_id: int = reference("action.id", null=False)
    at: str = text_column(None)
    agent: str = text_column(None)
    via: str = text_column(None)
    verb: str = text_column(None)
    entity: str = text_column(None)
    entity_id: int = int_column(None)
    digest: str = text_column(None)


class ChangePayload(Table, table=True):
    """Before and after of the columns that changed, apart from ``change`` so that it can be erased by law."""

    __tablename__ = "change_payload"
    seq: int = Field(
        sa_column=Column("seq", Integer, ForeignKey("change.seq"), primary_key=True, autoincrement=False)
    )
    payload: str = text_column(None)
