"""The rows of a long file, read and checked by a process of their own while this one writes those before them.

A third of an import needs no database. Whoever imports starts the other process with all that it needs to know, gets
prepared rows from it, and goes on by itself when there is none or it has died. It lives by its pipe alone: whatever
ends this process, ends it too at its next part.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice
from queue import Empty, Queue
from threading import Thread
from typing import IO, Any, Final, Self

from tuicrm.domain.record import record
from tuicrm.services.importing.counts import Counts

LEAST_BYTES = 500_000
"""Of a file: with fewer, starting a process (0.2 s) takes longer than it saves."""
PART_ROWS = 100
"""Rows that are handed over at once."""
_WAITING: Final = 20
"""Parts that wait here: so the other process works on while this one writes a chunk of five."""
LENGTH: Final = 4
"""Bytes before each part that say how long it is; 0: there are no more."""

Prepare = Callable[[Any, Counts], Any]
"""Makes a record ready to be written; gives None for one that is left out, with the reason in the counts."""


@record
class Job:
    """What is to be done: ``rows`` opens the file's records, the first ``skip`` of which are left away. ``language``:
    of who imports, whose words for fields are understood."""

    rows: Callable[[], Iterator[Any]]
    prepare: Prepare
    skip: int
    language: str


@record
class Part:
    """Some rows on end. ``rows``: place in the file (from 1), line and what was made ready of each that is not left
    out; ``counts``: of these alone; ``place`` and ``line``: of the last, left out or not."""

    rows: list[tuple[int, int, Any]]
    counts: Counts
    place: int
    line: int


def parts(job: Job) -> Iterator[Part]:
    """The prepared rows of a file. Those of a part are all read before the first is prepared: to and fro between the
    two a processor takes a tenth longer."""
    rows = islice(enumerate(job.rows(), start=1), job.skip, None)
    place, line = job.skip, 0
    whole = True
    while whole:
        read = list(islice(rows, PART_ROWS))
        ready: list[tuple[int, int, Any]] = []
        counts = Counts()
        counts.read = len(read)
        for place, row in read:
            line = row.line
            made = job.prepare(row, counts)
            if made is not None:
                ready.append((place, line, made))
        yield Part(ready, counts, place, line)
        whole = len(read) == PART_ROWS


def worth_it(size: int) -> bool:
    """Whether another process makes the import of so many bytes quicker."""
    return size >= LEAST_BYTES and _processors() > 1 and bool(sys.executable) and not hasattr(sys, "frozen")


def _processors() -> int:
    """Those that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


# --- here ---------------------------------------------------------------------------------------------------


class Ahead:
    """The other process. ``whole``: it has given everything."""

    def __init__(self, job: Job) -> None:
        self.whole = False
        self._waiting: Queue[bytes] = Queue(_WAITING)
        self._closed = False
        self._process: subprocess.Popen[bytes] | None = None
        with suppress(OSError):
            # -P: nothing is imported from where the user happens to be; a session of its own: Ctrl+C is for us
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "tuicrm.services.importing.beside"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            self._carrier = Thread(target=self._carry, args=(job, self._process), daemon=True)
            self._carrier.start()

    def parts(self) -> Iterator[Part]:
        """What the other process gives, to its end."""
        while self._process is not None and (data := self._waiting.get()):
            part: Part = pickle.loads(data)
            yield part

    def _carry(self, job: Job, process: subprocess.Popen[bytes]) -> None:
        """Hands the job over, and takes parts in while there is room for them; runs in a thread."""
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            # a job that cannot be handed over is done here; tests hold that each kind of file's can
            with suppress(OSError, pickle.PicklingError, TypeError), process.stdin as stdin:
                pickle.dump(job, stdin, pickle.HIGHEST_PROTOCOL)
            while not self._closed:
                data = _received(process.stdout)
                if not data:
                    self.whole = data is not None
                    break
                self._waiting.put(data)
        finally:
            self._waiting.put(b"")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Ends the other process, wherever it is."""
        if self._process is None:
            return
        self._closed = True
        self._process.kill()
        while self._carrier.is_alive():
            # room for what it still wants to put
            with suppress(Empty):
                self._waiting.get(timeout=0.01)
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()


def _received(pipe: IO[bytes]) -> bytes | None:
    """The next part as it was sent, ``b""`` at the end of all; None when the other process has died."""
    length = pipe.read(LENGTH)
    if len(length) < LENGTH:
        return None
    wanted = int.from_bytes(length)
    data = pipe.read(wanted)
    return data if len(data) == wanted else None
