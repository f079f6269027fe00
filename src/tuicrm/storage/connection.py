"""One small door to SQLite: parameterised statements in, rows out, failures as codes.

Nothing but the standard library's ``sqlite3`` is imported here: this is on the path of ``tuicrm log``.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path
from sqlite3 import Row as Row
from typing import Any

from tuicrm.domain.errors import CrmError, Unavailable
from tuicrm.storage import instants

Params = Mapping[str, Any]
NO_PARAMS: Params = {}

# A moment given as a parameter is compared and stored in our own text forms, never in the driver's deprecated
# ones.
sqlite3.register_adapter(datetime, instants.to_text)
sqlite3.register_adapter(date, instants.day_to_text)
sqlite3.register_adapter(time, instants.time_to_text)

_WAL_JOURNAL_LIMIT_BYTES = 8 * 1024 * 1024
PAGES_KIB = 4000
"""Memory for pages of the file, of each connection."""
LOG_PAGES = 1000
"""Pages of the WAL (4 MB) from which on a commit puts them into the file."""

# Checkpoints run inside COMMIT, and commits run under the write lock: so SQLite's own automatic checkpoint is under
# the lock too. Readers never commit, hence never checkpoint. Who writes very much checkpoints between its commits, and
# takes the lock for it (``Database.write_back``).
_PRAGMAS = f"""
PRAGMA busy_timeout=5000;
PRAGMA foreign_keys=ON;
PRAGMA temp_store=MEMORY;
PRAGMA cache_size=-{PAGES_KIB};
PRAGMA journal_size_limit={_WAL_JOURNAL_LIMIT_BYTES};
PRAGMA wal_autocheckpoint={LOG_PAGES};
"""


class Connection:
    """Statements over one ``sqlite3`` connection. ``:name`` placeholders; rows are ``sqlite3.Row``."""

    __slots__ = ("raw",)

    def __init__(self, raw: sqlite3.Connection) -> None:
        self.raw = raw

    def all(self, sql: str, params: Params = NO_PARAMS) -> list[Row]:
        """Every row of the answer."""
        return self.raw.execute(sql, params).fetchall()

    def one(self, sql: str, params: Params = NO_PARAMS) -> Row | None:
        """The first row, or None."""
        row: Row | None = self.raw.execute(sql, params).fetchone()
        return row

    def value(self, sql: str, params: Params = NO_PARAMS) -> Any:
        """The first column of the first row, or None when there is no row."""
        row = self.raw.execute(sql, params).fetchone()
        return None if row is None else row[0]


def open_raw(path: Path, *, durable: bool = True, read_only: bool = False) -> sqlite3.Connection:
    """A connection with this program's pragmas. ``durable``: fsync at every commit (on macOS a full one).

    Statement caching and threads: the connection may be handed from thread to thread, never used by two at
    once.
    """
    raw = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=256)
    raw.row_factory = Row
    script = _PRAGMAS + ("PRAGMA synchronous=FULL;" if durable else "PRAGMA synchronous=NORMAL;")
    if sys.platform == "darwin" and durable:
        script += "PRAGMA fullfsync=ON;"
    if read_only:
        script += "PRAGMA query_only=ON;"
    raw.executescript(script)
    return raw


# SQLite's primary result codes (https://sqlite.org/rescode.html) and what they mean to a person.
_REFUSALS = {
    5: "database_busy",
    6: "database_busy",
    8: "database_readonly",
    10: "disk_failed",
    11: "database_damaged",
    13: "disk_full",
    14: "database_unopenable",
    23: "database_unopenable",
    26: "not_a_database",
}


def refusal(error: sqlite3.Error, path: Path) -> CrmError | None:
    """The refusal that an SQLite error stands for; None when it is a mistake of this program (a bug)."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    name = _REFUSALS.get(code & 0xFF)
    if name == "database_unopenable" and not os.access(path.parent, os.W_OK):
        name = "database_readonly"
    return None if name is None else Unavailable(name, path=str(path))


def os_refusal(error: OSError, path: Path) -> CrmError:
    """The refusal that an operating system error on the database's files stands for."""
    import errno

    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Unavailable("disk_full", path=str(path))
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return Unavailable("database_readonly", path=str(path))
    return Unavailable("database_unopenable", path=str(path))
