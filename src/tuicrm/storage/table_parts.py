"""What the definitions of tables are made of: the base class, the kinds of columns.

Imported by the modules ``storage.tables*`` alone.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ForeignKey, Integer, MetaData, Text, text
from sqlmodel import Field, SQLModel

metadata = MetaData()


class Table(SQLModel):
    """Base of all tables of the main database file."""

    metadata = metadata


def number_key() -> Any:
    return Field(default=None, sa_column=Column("id", Integer, primary_key=True, nullable=False))


def text_column(default: str | None = "") -> Any:
    """Text that is never null; ``default=None`` means that the writer must give it."""
    server = None if default is None else text(f"'{default}'")
    return Field(
        default=default or "", sa_type=Text, nullable=False, sa_column_kwargs={"server_default": server}
    )


def maybe_text() -> Any:
    return Field(default=None, sa_type=Text, nullable=True)


def int_column(default: int | None = 0) -> Any:
    server = None if default is None else text(str(default))
    return Field(
        default=default or 0, sa_type=Integer, nullable=False, sa_column_kwargs={"server_default": server}
    )


def maybe_int() -> Any:
    return Field(default=None, sa_type=Integer, nullable=True)


def reference(target: str, *, null: bool = True) -> Any:
    """A reference. Checked at commit, because a call and its follow-up name each other."""
    key = ForeignKey(target, deferrable=True, initially="DEFERRED")
    return Field(default=None, sa_type=Integer, nullable=null, sa_column_args=[key])


AUTO: dict[str, Any] = {"sqlite_autoincrement": True}
