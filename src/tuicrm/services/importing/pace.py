"""How long a chunk may go on, so that nobody who saves waits longer than he notices."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

LOCK_S: Final = 0.08
"""Seconds of the write lock that a chunk may take with its commit; asked for is 0.1, and no machine is steady."""
ROWS_S: Final = 0.04
"""Of these, what rows may always take: a commit costs nearly the same for one row as for hundreds, so that chunks
cut ever shorter by a slow disk would hold the lock all the time and come to nothing."""
_FIRST_COMMIT_S: Final = 0.03
_KEPT: Final = 0.75
"""What the longest slice before still counts for in the next chunk: one slow moment is no slow machine."""
_COMMIT_KEPT: Final = 0.9
"""The same of commits. When some take thrice as long as others, what they take on average is too little for these."""
_CHUNKS: Final = 2
"""Whose pages are put from the log into the file at once at most: many of them are changed by each."""


@contextmanager
def uncollected() -> Iterator[None]:
    """Meanwhile Python does not look for circles among all objects of the program, which takes 0.05 s in an app that is
    open and more where a file's records are in memory: it may do so between chunks, when nobody waits for the lock."""
    wanted = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if wanted:
            gc.enable()


class Pace:
    """Begins no slice of a chunk that would end, as slices and commits have been, after ``LOCK_S``; but for ``ROWS_S``
    it begins them, however slow commits are. A chunk is at least one slice. ``clock``: seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._slice_s = 0.0
        self._commit_s = _FIRST_COMMIT_S
        self._began = self._last = 0.0
        self._slices = 0

    def begin(self) -> None:
        """The lock was taken."""
        self._began = self._last = self._clock()
        self._slices = 0
        self._slice_s *= _KEPT

    def allows(self) -> bool:
        """Whether there is time for one more slice; to be asked before each."""
        now = self._clock()
        if self._slices:
            self._slice_s = max(self._slice_s, now - self._last)
        self._slices += 1
        self._last = now
        return self._slices == 1 or now - self._began + self._slice_s < max(ROWS_S, LOCK_S - self._commit_s)

    def commits(self) -> None:
        """The rows are written; what follows is the commit."""
        self._last = self._clock()

    def end(self) -> None:
        """The lock is free."""
        self._commit_s = min(LOCK_S - ROWS_S, max(self._clock() - self._last, self._commit_s * _COMMIT_KEPT))


class WriteBack:
    """When the pages that chunks have changed are put from the log into the file, which holds the lock by itself:
    after two chunks, after each where it takes long. ``work``: puts them there, and gives the seconds that it held the
    lock."""

    def __init__(self, work: Callable[[], float]) -> None:
        self._work = work
        self._every = _CHUNKS
        self._chunks = 0

    def chunk_done(self) -> None:
        """To be called after each chunk, without the lock."""
        self._chunks += 1
        if self._chunks < self._every:
            return
        took, self._chunks = self._work(), 0
        self._every = 1 if took > LOCK_S / 2 else _CHUNKS
