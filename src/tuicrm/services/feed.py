"""What others changed: wakes a running session when the database's folder stirs, and says which records moved.

On Linux the kernel tells (inotify through ctypes: nothing runs while nothing happens); elsewhere a poll a
second of ``PRAGMA data_version``, 3 microseconds a call. The change log itself is the feed.
"""

from __future__ import annotations

import ctypes
import os
import select
import struct
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tuicrm.domain.errors import CrmError
from tuicrm.services.context import Crm
from tuicrm.storage import changes as log
from tuicrm.storage.queries.handed import handed_to

POLL_S = 1.0
LATE_S = 0.25
"""A commit writes its file and counts when the disk has it: after a stir one looks once more."""
_IN_MODIFY, _IN_CREATE, _IN_NONBLOCK, _IN_CLOEXEC = 0x2, 0x100, 0x800, 0x80000
_EVENT = struct.Struct("iIII")
_SETTLE_S = 0.02
"""One commit stirs the WAL several times; what follows within this time belongs to the same wake."""
_SETTLE_AT_MOST_S = 0.2
"""A busy database never settles; a screen must not wait for it."""


def last_seq(crm: Crm) -> int:
    """The newest change at this moment: where a session begins to listen."""
    with crm.database.reader() as conn:
        return log.last_seq(conn)


def changed(crm: Crm, since: int) -> tuple[int, frozenset[tuple[str, int]]]:
    """The newest seq and the records (entity, id) changed after ``since`` by anybody, this session too."""
    with crm.database.reader() as conn:
        seq, records = log.changed_since(conn, since)
    return seq, frozenset(records)


def handed(crm: Crm, since: int, until: int) -> dict[str, int]:
    """How many follow-ups others gave to the agent in the changes behind ``since``, up to ``until``, by handle."""
    with crm.database.reader() as conn:
        found = set(handed_to(conn, crm.me, since, until))
    givers = [agent for agent, _ in found]
    return {agent: givers.count(agent) for agent in sorted(set(givers))}


class Watcher:
    """Waits for commits to a database or its live file, in a thread of its own.

    ``wait()`` blocks until there is news or ``stop()`` was called. What concerns nobody else, such as a claim that is
    renewed or a draft that grows, wakes this thread for a moment and the session not at all: 200 sessions stir the
    folder many times a second.
    """

    def __init__(self, crm: Crm) -> None:
        self._stop_read, self._stop_write = os.pipe()
        self._names = (os.fsencode(crm.database.path.name), os.fsencode(crm.live.path.name))
        self._inotify = _watch(crm.database.path.parent)
        self._crm = crm
        self._seen: tuple[int, int] | None = None
        self._again = False

    def wait(self) -> bool:
        """True when something has changed, False when it is time to end."""
        while True:
            stirred = self._stirs(LATE_S if self._again else None)
            if stirred is None:
                return False
            self._again = stirred
            if self._news():
                return True

    def _stirs(self, longest: float | None) -> bool | None:
        """True when a file was written to, False when the time has passed, None when it is time to end."""
        if self._inotify is None:
            ready, _, _ = select.select([self._stop_read], [], [], POLL_S)
            return None if ready else False
        while True:
            ready, _, _ = select.select([self._inotify, self._stop_read], [], [], longest)
            if self._stop_read in ready:
                return None
            if not ready:
                return False
            if self._ours(os.read(self._inotify, 65536)):
                return None if self._settle() else True

    def _news(self) -> bool:
        """Whether anybody has committed to the database, or what concerns others to its live file. Twenty us."""
        try:
            seen = (self._crm.database.data_version(), self._crm.live.news())
        except CrmError:
            # whoever reads what has changed will say what is wrong
            return True
        known, self._seen = self._seen, seen
        return seen != known

    def run(self, wake: Callable[[], None]) -> None:
        """Calls ``wake`` after every stir, until ``stop()``; then gives the descriptors back."""
        try:
            while self.wait():
                wake()
        finally:
            for descriptor in (self._inotify, self._stop_read, self._stop_write):
                if descriptor is not None:
                    os.close(descriptor)

    def stop(self) -> None:
        """Ends ``run``."""
        os.write(self._stop_write, b"x")

    def _settle(self) -> bool:
        """Takes what follows at once; True when it was the word to stop."""
        assert self._inotify is not None, "only called where the kernel tells"
        until = time.monotonic() + _SETTLE_AT_MOST_S
        while time.monotonic() < until:
            ready, _, _ = select.select([self._inotify, self._stop_read], [], [], _SETTLE_S)
            if not ready:
                return False
            if self._stop_read in ready:
                return True
            os.read(self._inotify, 65536)
        return False

    def _ours(self, events: bytes) -> bool:
        """Whether any event is about the two databases (their WAL, mostly); the lock file's is not."""
        offset = 0
        while offset < len(events):
            _, _, _, length = _EVENT.unpack_from(events, offset)
            name = events[offset + _EVENT.size : offset + _EVENT.size + length].rstrip(b"\0")
            if name.removesuffix(b"-wal") in self._names:
                return True
            offset += _EVENT.size + length
        return False


def _watch(folder: Path) -> int | None:
    """An inotify descriptor on the folder, or None where there is no such thing."""
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None, use_errno=True)
    descriptor = int(libc.inotify_init1(_IN_NONBLOCK | _IN_CLOEXEC))
    if descriptor < 0:
        return None
    if libc.inotify_add_watch(descriptor, os.fsencode(folder), _IN_MODIFY | _IN_CREATE) < 0:
        os.close(descriptor)
        return None
    return descriptor
