"""Alembic's migrations of the database file. Imported only when a file is behind this program's schema."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import StaticPool

from tuicrm.storage.views import VIEWS


def upgrade(raw: sqlite3.Connection, target: str, before_commit: Callable[[], None]) -> None:
    """Brings an open database (in no transaction) to the revision ``target``, in one transaction of its own.

    The views are made anew. ``before_commit`` runs inside it, last. Whatever fails, the file is as it was.
    Foreign keys are off meanwhile, because SQLite changes a table by making a new one, and are checked before
    the commit.
    """
    raw.execute("PRAGMA foreign_keys=OFF")
    engine = create_engine("sqlite://", creator=lambda: raw, poolclass=StaticPool)
    try:
        # Alembic leaves the commit to others when it finds a transaction of SQLAlchemy's running.
        with engine.begin() as connection:
            raw.execute("BEGIN IMMEDIATE")
            # SQLite refuses to change a table that a view reads, and views are not what is migrated
            for (view,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall():
                raw.execute(f'DROP VIEW "{view}"')
            command.upgrade(config(connection), target)
            for statement in VIEWS.values():
                raw.execute(statement)
            before_commit()
            broken = raw.execute("PRAGMA foreign_key_check").fetchone()
            if broken is not None:
                raise sqlite3.IntegrityError(f"a migration broke a reference of table {broken[0]}")
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def config(connection: Connection | None = None) -> Config:
    """Alembic's settings, without an ini file. ``connection``: what ``env.py`` works on."""
    found = Config()
    # Config files treat % as the start of a reference.
    found.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    found.set_main_option("path_separator", "os")
    found.attributes["connection"] = connection
    return found
