"""The tables behind worklists and keeping in touch. Part of the one definition in ``storage.tables``."""

from __future__ import annotations

from sqlalchemy import Column, Index, Text, text
from sqlmodel import Field

from tuicrm.storage.table_parts import (
    AUTO,
    Table,
    maybe_int,
    maybe_text,
    number_key,
    reference,
    text_column,
)


class WorklistMember(Table, table=True):
    """Who was put on a worklist by name, not by a filter; ``import_id``: the import that brought it, if one did."""

    __tablename__ = "worklist_member"
    __table_args__ = (
        Index(
            "ux_worklist_member_contact",
            "saved_filter_id",
            "contact_id",
            unique=True,
            sqlite_where=text("deleted_at IS NULL"),
        ),
        Index(
            "ix_worklist_member_list",
            "saved_filter_id",
            "id",
            "contact_id",
            sqlite_where=text("deleted_at IS NULL"),
        ),
        Index("ix_worklist_member_contact", "contact_id"),
        AUTO,
    )
    id: int | None = number_key()
    saved_filter_id: int = reference("saved_filter.id", null=False)
    contact_id: int = reference("contact.id", null=False)
    import_id: int | None = reference("import_batch.id")
    agent: str = text_column(None)
    at: str = text_column(None)
    deleted_at: str | None = maybe_text()


class CadenceRule(Table, table=True):
    """What of the process file decides when somebody is to be called again; the triggers that keep
    ``contact.touch_key`` read it. ``kind`` ``tag``: whose tag is ``name``, every so many ``days``; ``spoke``: a call
    with the outcome ``name`` was a talk; ``written``: what goes out by the channel ``name`` is none.
    """

    __tablename__ = "cadence_rule"
    __table_args__ = ({"sqlite_with_rowid": False},)
    kind: str = Field(sa_column=Column("kind", Text, primary_key=True, nullable=False))
    name: str = Field(sa_column=Column("name", Text(collation="NOCASE"), primary_key=True, nullable=False))
    days: int | None = maybe_int()
