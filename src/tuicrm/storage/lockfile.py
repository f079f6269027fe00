"""The advisory lock beside the database: one writer at a time, fair, and the holder can be named.

SQLite's own busy handler starves waiters for seconds; a blocking ``flock`` queues them in the kernel.
Commits, checkpoints and closing all happen under it, so no checkpoint ever meets a commit (the WAL-reset bug
of SQLite before 3.51.3 needs that meeting).
"""

from __future__ import annotations

import _thread
import fcntl
import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tuicrm.domain.errors import Unavailable

OnWait = Callable[[str, float], None]
"""Called once with the holder's name and the seconds waited so far, when a wait grows long."""

NOTIFY_AFTER_S = 2.0
GIVE_UP_AFTER_S = 30.0
_RECORD_BYTES = 120


class WriteLock:
    """The lock file ``<db>.lock``. One object per ``Database``; used by one thread at a time."""

    __slots__ = ("_descriptor", "_record", "on_wait", "path")

    def __init__(self, path: Path, on_wait: OnWait | None = None) -> None:
        self.path = path
        self.on_wait = on_wait
        self._descriptor = -1
        self._record = b""

    def name_holder(self, handle: str) -> None:
        """Sets the name that others will read while this process holds the lock."""
        text = f"{os.getpid()} {handle}".encode()[: _RECORD_BYTES - 1]
        self._record = text.ljust(_RECORD_BYTES - 1) + b"\n"

    def acquire(self, give_up_after: float = GIVE_UP_AFTER_S) -> None:
        """Waits for the lock. Raises ``Unavailable('database_locked')`` after ``give_up_after`` seconds."""
        if self._descriptor < 0:
            self._descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._wait(give_up_after)
        # The name is for others to read; a full disk must not keep the lock from being used or let go.
        with suppress(OSError):
            os.pwrite(self._descriptor, self._record, 0)

    def release(self) -> None:
        fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def close(self) -> None:
        """Closes the file, which also lets go of the lock."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def holder(self) -> str:
        """Who wrote its name into the file last, as ``HANDLE (PID)``; ``""`` when nobody did."""
        try:
            text = os.pread(self._descriptor, _RECORD_BYTES, 0).decode("utf-8", "replace")
        except OSError:
            return ""
        pid, _, handle = text.strip().partition(" ")
        return f"{handle or '?'} ({pid})" if pid else ""

    def _wait(self, give_up_after: float) -> None:
        """Blocks in the kernel's queue from a thread of its own, because ``flock`` knows no time limit.

        Polling would be unfair: who sleeps between two tries loses against who blocks. The thread is made
        only when the lock is taken, by ``_thread``: measured from one process's release to the next one's
        turn, 75 us against 115 us with ``threading`` (and 20 us for a wait that could not end). When the wait
        is given up, the descriptor is left to the thread, which closes it when the kernel hands it the lock.
        """
        wait = _Wait(self._descriptor)
        started = time.monotonic()
        _thread.start_new_thread(wait.block, ())
        try:
            if wait.ended(min(NOTIFY_AFTER_S, give_up_after)):
                return
            if self.on_wait is not None:
                self.on_wait(self.holder(), time.monotonic() - started)
            if wait.ended(give_up_after - (time.monotonic() - started)):
                return
            seconds = round(time.monotonic() - started)
            raise Unavailable("database_locked", holder=self.holder(), seconds=seconds)
        except BaseException:
            # Also Ctrl+C while waiting: a lock that came later would belong to nobody and stop everybody.
            if wait.give_up():
                self.release()
            else:
                self._descriptor = -1
            raise


class _Wait:
    """One blocking ``flock`` in a thread; either the waiter or the thread has the last word on it."""

    __slots__ = ("_descriptor", "_error", "_given_up", "_last_word", "_pending")

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._error: OSError | None = None
        self._given_up = False
        self._last_word = _thread.allocate_lock()
        self._pending = _thread.allocate_lock()
        self._pending.acquire()

    def block(self) -> None:
        """Runs in the thread."""
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX)
        except OSError as error:
            self._error = error
        with self._last_word:
            if self._given_up:
                os.close(self._descriptor)
            else:
                self._pending.release()

    def ended(self, seconds: float) -> bool:
        """True when the lock was had within so many seconds. Raises what ``flock`` raised."""
        if not self._pending.acquire(timeout=max(0.0, seconds)):
            return False
        if self._error is not None:
            raise self._error
        return True

    def give_up(self) -> bool:
        """True when the lock was had at the last moment after all."""
        with self._last_word:
            self._given_up = not self.ended(0)
            return not self._given_up
