"""What to do with a file that is not at this program's schema: make it, migrate it, or refuse it."""

from __future__ import annotations

import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from tuicrm.domain.errors import Unavailable
from tuicrm.storage.database import APPLICATION_ID, SCHEMA_VERSION
from tuicrm.storage.lockfile import WriteLock


def prepare(raw: sqlite3.Connection, path: Path, lock: WriteLock) -> None:
    """Brings the file to ``SCHEMA_VERSION``, alone under the write lock. Refusals as in ``Database.open``."""
    lock.name_holder("opening")
    lock.acquire()
    try:
        application, version = _look(raw)
        if application == 0 and version == 0 and _is_empty(raw):
            _create(raw)
        elif application != APPLICATION_ID:
            raise Unavailable("other_application", path=str(path))
        elif version > SCHEMA_VERSION:
            raise Unavailable("database_newer", path=str(path), found=version, known=SCHEMA_VERSION)
        elif version < SCHEMA_VERSION:
            _migrate(raw, path, version)
    finally:
        lock.release()


def revision(version: int) -> str:
    """The name of the migration that makes this schema version."""
    return f"{version:04d}"


def backup(raw: sqlite3.Connection, target: Path) -> None:
    """A whole, consistent copy of the open database (the WAL's content too), readable by its owner only."""
    os.close(os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    copy = sqlite3.connect(target)
    try:
        raw.backup(copy)
    finally:
        copy.close()
    descriptor = os.open(target, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _look(raw: sqlite3.Connection) -> tuple[int, int]:
    application = raw.execute("PRAGMA application_id").fetchone()[0]
    version = raw.execute("PRAGMA user_version").fetchone()[0]
    return application, version


def _is_empty(raw: sqlite3.Connection) -> bool:
    return raw.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None


def _create(raw: sqlite3.Connection) -> None:
    from tuicrm.storage.schema_sql import STATEMENTS

    raw.execute("PRAGMA journal_mode=WAL")
    raw.execute("BEGIN IMMEDIATE")
    try:
        for statement in STATEMENTS:
            raw.execute(statement)
        raw.execute("INSERT INTO alembic_version (version_num) VALUES (?)", (revision(SCHEMA_VERSION),))
        stamp(raw, SCHEMA_VERSION)
        raw.execute("COMMIT")
    except BaseException:
        if raw.in_transaction:
            raw.execute("ROLLBACK")
        raise


def stamp(raw: sqlite3.Connection, version: int) -> None:
    """Writes whose file this is and its schema version; part of the running transaction."""
    raw.execute(f"PRAGMA application_id={APPLICATION_ID:d}")
    raw.execute(f"PRAGMA user_version={version:d}")


def _migrate(raw: sqlite3.Connection, path: Path, version: int) -> None:
    from tuicrm.migrations import upgrade

    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    backup(raw, path.with_name(f"{path.name}.v{version}-{moment}.backup"))
    upgrade(raw, revision(SCHEMA_VERSION), lambda: stamp(raw, SCHEMA_VERSION))
