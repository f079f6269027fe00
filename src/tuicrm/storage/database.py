"""The database file: opening it, reading it, and the one way to write to it."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic

from tuicrm.domain.clock import Clock, SystemClock
from tuicrm.domain.errors import NotFound, Unavailable
from tuicrm.storage.connection import LOG_PAGES, PAGES_KIB, Connection, open_raw, os_refusal, refusal
from tuicrm.storage.lockfile import GIVE_UP_AFTER_S, OnWait, WriteLock
from tuicrm.storage.transaction import Actor, Transaction

__all__ = ["APPLICATION_ID", "SCHEMA_VERSION", "Actor", "Connection", "Database", "Transaction"]

APPLICATION_ID = 0x74756372
"""``tucr``: what ``file`` and this program know the format by."""
SCHEMA_VERSION = 1
"""The schema this code writes; migration ``0001`` makes version 1, and so on."""

_KNOWN_STEMS = 30_000
_MANY_PAGES_KIB = 32_000
_IDENTITY = "SELECT application_id, user_version FROM pragma_application_id, pragma_user_version"


class Database:
    """One database file. Any number of threads may read; one thread at a time writes."""

    def __init__(self, path: Path, raw: sqlite3.Connection, lock: WriteLock, clock: Clock) -> None:
        self.path = path
        self.clock = clock
        self._writer = raw
        self._lock = lock
        self._turn = threading.Lock()
        self._local = threading.local()
        self._readers: list[sqlite3.Connection] = []
        self._closed = False
        self._known_stems: set[str] = set()
        self.commits = 0
        """How often this has written."""

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        create: bool = True,
        clock: Clock | None = None,
        on_wait: OnWait | None = None,
    ) -> Database:
        """Opens the file; makes it (0600, its folder 0700) when it is not there and ``create`` is true.

        An older schema is backed up and migrated. ``on_wait(holder, seconds)`` is called from the waiting
        thread when another process holds the write lock for 2 s. Raises ``NotFound('no_database')`` and
        ``Unavailable`` with ``database_newer``, ``not_a_database``, ``other_application``,
        ``database_damaged``, ``database_readonly``, ``database_unopenable``, ``database_locked``,
        ``database_busy``, ``disk_full`` or ``disk_failed``.
        """
        # By whatever links it is reached, one file has one lock beside it.
        path = Path(os.path.realpath(path))
        lock = WriteLock(path.with_name(path.name + ".lock"), on_wait)
        raw = None
        try:
            make_private_file(path, create=create)
            raw = open_raw(path)
            if _identity(raw) != (APPLICATION_ID, SCHEMA_VERSION):
                from tuicrm.storage.schema import prepare

                prepare(raw, path, lock)
        except BaseException as error:
            if raw is not None:
                raw.close()
            lock.close()
            if isinstance(error, OSError):
                raise os_refusal(error, path) from error
            if isinstance(error, sqlite3.Error) and (refused := refusal(error, path)):
                raise refused from error
            raise
        return cls(path, raw, lock, clock or SystemClock())

    @contextmanager
    def reader(self) -> Iterator[Connection]:
        """This thread's own read-only connection; everything read inside is one state of the database.

        May be nested. Inside, do nothing that waits for a person.
        """
        depth = getattr(self._local, "depth", 0)
        try:
            conn = self._local.conn if hasattr(self._local, "conn") else self._open_reader()
            if not depth:
                conn.raw.execute("BEGIN")
            self._local.depth = depth + 1
            try:
                yield conn
            finally:
                self._local.depth = depth
                if not depth and conn.raw.in_transaction:
                    conn.raw.execute("COMMIT")
        except sqlite3.Error as error:
            if refused := refusal(error, self.path):
                raise refused from error
            raise

    @contextmanager
    def transaction(
        self,
        actor: Actor,
        verb: str,
        *,
        undoes: int | None = None,
        continues: int | None = None,
        wait: float = GIVE_UP_AFTER_S,
    ) -> Iterator[Transaction]:
        """One user action: committed (and durable) when the block ends, gone without trace when it raises.

        ``continues``: the id of an action that this commit belongs to as well (an import commits in parts).
        ``wait``: seconds until ``Unavailable('database_locked', holder, seconds)``. Not to be nested.
        """
        with self._turn:
            self._lock.name_holder(actor.handle)
            with self._locked(wait):
                yield from self._run(actor, verb, undoes, continues)

    def _run(
        self, actor: Actor, verb: str, undoes: int | None, continues: int | None
    ) -> Iterator[Transaction]:
        raw = self._writer
        raw.execute("BEGIN IMMEDIATE")
        try:
            self._refuse_other_schema()
            tx = Transaction(
                raw,
                actor,
                verb,
                self.clock.now(),
                frozen=self.clock.frozen,
                undoes=undoes,
                continues=continues,
            )
            tx.known_stems = self._known_stems
            yield tx
            if tx.rolled_back:
                raw.execute("ROLLBACK")
            else:
                tx.finish()
                raw.execute("COMMIT")
                self.commits += 1
                self._remember_stems(tx.new_stems)
        except BaseException:
            # A full disk or a failed write has rolled back by itself.
            if raw.in_transaction:
                with suppress(sqlite3.Error):
                    raw.execute("ROLLBACK")
            raise

    @contextmanager
    def many_writes(self) -> Iterator[None]:
        """While very much is written, this process keeps 32 MB of the file in memory instead of 4: a chunk's changed
        pages are then written once, at its commit, and few are read again. Commits leave them in the log; who
        writes so much calls ``write_back`` between them. Not to be nested."""
        self._keep_pages(_MANY_PAGES_KIB, commits_leave=0)
        try:
            yield
        finally:
            self._keep_pages(PAGES_KIB, commits_leave=LOG_PAGES)

    def write_back(self) -> float:
        """Puts the pages of the log into the file, under the lock, which is had for this alone; gives the seconds that
        it was held. Raises as ``transaction``."""
        with self._turn:
            with self._locked(GIVE_UP_AFTER_S):
                began = monotonic()
                # all but what is newer than what somebody reads just now: nobody is waited for
                self._writer.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
            return monotonic() - began

    def _keep_pages(self, kib: int, *, commits_leave: int) -> None:
        """``commits_leave``: pages in the log from which on a commit puts them into the file; 0: never."""
        with self._turn:
            if not self._closed:
                self._writer.execute(f"PRAGMA cache_size=-{kib}")
                self._writer.execute(f"PRAGMA wal_autocheckpoint={commits_leave}")

    def _remember_stems(self, stems: set[str]) -> None:
        """Only what was committed is known, and only so much that a long session stays small (3 MB)."""
        if len(self._known_stems) > _KNOWN_STEMS:
            self._known_stems.clear()
        self._known_stems |= stems

    def _take_lock(self, wait: float) -> None:
        try:
            self._lock.acquire(wait)
        except OSError as error:
            raise os_refusal(error, self.path) from error

    @contextmanager
    def _locked(self, wait: float) -> Iterator[None]:
        """Holds the write lock; what SQLite refuses meanwhile is raised in the program's own words."""
        self._take_lock(wait)
        try:
            yield
        except sqlite3.Error as error:
            if refused := refusal(error, self.path):
                raise refused from error
            raise
        finally:
            self._lock.release()

    def _refuse_other_schema(self) -> None:
        """A newer program may have migrated the file under this running one."""
        found = self._writer.execute("PRAGMA user_version").fetchone()[0]
        if found != SCHEMA_VERSION:
            raise Unavailable("database_newer", path=str(self.path), found=found, known=SCHEMA_VERSION)

    def data_version(self) -> int:
        """A number that differs from the last one given to this thread when anybody has committed since."""
        try:
            conn = self._local.conn if hasattr(self._local, "conn") else self._open_reader()
            return int(conn.value("PRAGMA data_version"))
        except sqlite3.Error as error:
            if refused := refusal(error, self.path):
                raise refused from error
            raise

    def stop_reading(self) -> None:
        """Ends what other threads are reading: it raises there. To be called before they are waited for."""
        for raw in self._readers:
            raw.interrupt()

    def close(self) -> None:
        """Closes every connection under the write lock: the last one of all processes writes the WAL back.

        Call it when no other thread is reading. Raises as ``transaction`` when the lock cannot be had.
        """
        with self._turn:
            if self._closed:
                return
            self._closed = True
            try:
                self._take_lock(GIVE_UP_AFTER_S)
                for raw in [*self._readers, self._writer]:
                    raw.close()
            finally:
                self._lock.close()

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _open_reader(self) -> Connection:
        raw = open_raw(self.path, read_only=True)
        self._readers.append(raw)
        self._local.conn = Connection(raw)
        conn: Connection = self._local.conn
        return conn


def make_private_file(path: Path, *, create: bool) -> None:
    """Makes the file, empty and for its owner only, when it is not there; a folder made for it is 0700.

    A folder that is there already keeps its mode: it may be somebody else's. Raises
    ``NotFound('no_database')`` when the file is not there and ``create`` is false.
    """
    if path.exists():
        return
    if not create:
        raise NotFound("no_database", path=str(path))
    if not path.parent.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))


def _identity(raw: sqlite3.Connection) -> tuple[int, int]:
    row = raw.execute(_IDENTITY).fetchone()
    return row[0], row[1]
