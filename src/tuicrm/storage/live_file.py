"""The file of live facts: made when first used, its own lock, put aside when it is damaged."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

from tuicrm.domain.errors import Unavailable
from tuicrm.storage.connection import Connection, open_raw, os_refusal, refusal
from tuicrm.storage.database import make_private_file
from tuicrm.storage.lockfile import WriteLock

LIVE_VERSION = 5

_NEWS = (("phone_call", "INSERT"), ("phone_call", "UPDATE"), ("claim", "INSERT"), ("claim", "DELETE"))
"""What other sessions must hear of at once: calls, and who has whom. Not that a claim lives on, not what is typed."""

_SCHEMA = (
    # claims of an older program: the few there may be run out
    "DROP TABLE IF EXISTS claim",
    """CREATE TABLE IF NOT EXISTS draft (uid TEXT NOT NULL PRIMARY KEY, agent TEXT NOT NULL, key TEXT NOT NULL,
    who_text TEXT NOT NULL, contact_id INTEGER, line TEXT NOT NULL, facts TEXT NOT NULL,
    saved_at TEXT NOT NULL, replaced INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID""",
    "CREATE UNIQUE INDEX IF NOT EXISTS ux_draft_place ON draft (agent, key) WHERE replaced = 0",
    """CREATE TABLE IF NOT EXISTS phone_call (source TEXT NOT NULL, call_id TEXT NOT NULL, state TEXT NOT NULL,
    number TEXT NOT NULL, agent TEXT, line TEXT NOT NULL, rang_at TEXT, answered_at TEXT, ended_at TEXT,
    first_at TEXT NOT NULL, handled INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (source, call_id)) WITHOUT ROWID""",
    "CREATE INDEX IF NOT EXISTS ix_phone_call_first ON phone_call (handled, first_at)",
    """CREATE INDEX IF NOT EXISTS ix_phone_call_talked ON phone_call (first_at)
    WHERE handled = 0 AND answered_at IS NOT NULL""",
    """CREATE TABLE IF NOT EXISTS heartbeat (session_id TEXT NOT NULL PRIMARY KEY, agent TEXT NOT NULL,
    host TEXT NOT NULL, pid INTEGER NOT NULL, at TEXT NOT NULL) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS key_count (agent TEXT NOT NULL, day TEXT NOT NULL, calls INTEGER NOT NULL,
    keys INTEGER NOT NULL, PRIMARY KEY (agent, day)) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS reminded (agent TEXT NOT NULL, follow_up_id INTEGER NOT NULL, rings_at TEXT NOT NULL,
    PRIMARY KEY (agent, follow_up_id, rings_at)) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS claim (contact_id INTEGER NOT NULL, session_id TEXT NOT NULL,
    person_id INTEGER NOT NULL, agent TEXT NOT NULL, at TEXT NOT NULL, beat_s REAL NOT NULL,
    PRIMARY KEY (contact_id, session_id, person_id)) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS picked (agent TEXT NOT NULL PRIMARY KEY, filter_id INTEGER NOT NULL,
    name TEXT NOT NULL) WITHOUT ROWID""",
    "CREATE TABLE IF NOT EXISTS news (n INTEGER NOT NULL)",
    "INSERT INTO news SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM news)",
    *(
        f"CREATE TRIGGER IF NOT EXISTS tr_{table}_{event} AFTER {event} ON {table}"
        " BEGIN UPDATE news SET n = n + 1; END"
        for table, event in _NEWS
    ),
)


class LiveFile:
    """Opening, locking and renewing the live file. May be used from any thread."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = WriteLock(path.with_name(path.name + ".lock"))
        self._turn = threading.Lock()
        self._conn: Connection | None = None

    @classmethod
    def beside(cls, database: Path) -> Self:
        """The live file of a database: ``crm.db`` -> ``crm-live.db``."""
        database = Path(os.path.realpath(database))
        name = database.stem if database.suffix == ".db" else database.name
        return cls(database.with_name(f"{name}-live.db"))

    def data_version(self) -> int:
        """A number that differs from the last one given when another connection has committed since."""
        with self._reading() as conn:
            return int(conn.value("PRAGMA data_version"))

    def news(self) -> int:
        """A number that differs from the last one given when something happened that concerns other sessions."""
        with self._reading() as conn:
            return int(conn.value("SELECT n FROM news"))

    def close(self) -> None:
        """Closes the file if it was ever opened; under its lock, because that may write the WAL back."""
        with self._turn:
            try:
                if self._conn is not None:
                    self._lock.acquire()
                    self._conn.raw.close()
                    self._conn = None
            finally:
                self._lock.close()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._turn, self._refusals():
            yield self._opened()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._turn, self._refusals():
            raw = self._opened().raw
            self._lock.acquire()
            try:
                raw.execute("BEGIN IMMEDIATE")
                yield raw
                raw.execute("COMMIT")
            finally:
                if raw.in_transaction:
                    raw.execute("ROLLBACK")
                self._lock.release()

    @contextmanager
    def _refusals(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            refused = refusal(error, self.path)
            if refused is None:
                raise
            if refused.code in ("database_damaged", "not_a_database"):
                self._put_aside()
            raise refused from error
        except OSError as error:
            raise os_refusal(error, self.path) from error

    def _opened(self) -> Connection:
        if self._conn is None:
            try:
                self._conn = self._open()
            except sqlite3.DatabaseError as error:
                refused = refusal(error, self.path)
                if refused is None or refused.code not in ("database_damaged", "not_a_database"):
                    raise
                self._put_aside()
                self._conn = self._open()
        return self._conn

    def _open(self) -> Connection:
        make_private_file(self.path, create=True)
        raw = open_raw(self.path, durable=False)
        try:
            found = raw.execute("PRAGMA user_version").fetchone()[0]
            if found > LIVE_VERSION:
                raise Unavailable("database_newer", path=str(self.path), found=found, known=LIVE_VERSION)
            if found < LIVE_VERSION:
                self._create(raw)
        except BaseException:
            raw.close()
            raise
        return Connection(raw)

    def _create(self, raw: sqlite3.Connection) -> None:
        self._lock.acquire()
        try:
            raw.execute("PRAGMA journal_mode=WAL")
            raw.execute("BEGIN IMMEDIATE")
            if raw.execute("PRAGMA user_version").fetchone()[0] < LIVE_VERSION:
                for statement in _SCHEMA:
                    raw.execute(statement)
                raw.execute(f"PRAGMA user_version={LIVE_VERSION:d}")
            raw.execute("COMMIT")
        finally:
            self._lock.release()

    def _put_aside(self) -> None:
        """Renames a damaged file; the next use makes a new one. Not when another process has done so already."""
        if self._conn is not None:
            with suppress(sqlite3.Error):
                self._conn.raw.close()
            self._conn = None
        self._lock.acquire()
        try:
            if _is_sound(self.path):
                return
            for ending in ("", "-wal", "-shm"):
                with suppress(FileNotFoundError):
                    self.path.with_name(self.path.name + ending).rename(
                        self.path.with_name(f"{self.path.name}.damaged{ending}")
                    )
        finally:
            self._lock.release()


def _is_sound(path: Path) -> bool:
    try:
        raw = open_raw(path, read_only=True)
        try:
            return bool(raw.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
        finally:
            raw.close()
    except sqlite3.Error:
        return False
