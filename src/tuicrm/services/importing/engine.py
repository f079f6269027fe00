"""One import: read, check, compare, write; in chunks, so that nobody else waits for it.

Rows are read and checked without the write lock. A chunk is at most ``CHUNK_ROWS`` rows or ``pace.LOCK_S`` of the lock,
the commit included, whichever comes first; what is left of the rows that were ready goes into the next one. Whatever
ends the process, whole chunks are in, and the batch's record says how far it came.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, Protocol

from tuicrm.services.agents import ensure_self
from tuicrm.services.context import Crm
from tuicrm.services.importing.ahead import Ahead, Prepare
from tuicrm.services.importing.counts import Counts
from tuicrm.services.importing.pace import Pace, WriteBack, uncollected
from tuicrm.services.importing.reports import ImportReport, OnProgress, Progress, StopImport
from tuicrm.services.importing.source import Source
from tuicrm.storage import batches
from tuicrm.storage.batches import AtWork, Batch
from tuicrm.storage.connection import Connection
from tuicrm.storage.database import Actor, Transaction
from tuicrm.storage.scratch import Scratch

CHUNK_ROWS = 500
"""Rows of one transaction at most."""
BREATH_S: Final = 0.001
"""Between two chunks: who waits for the lock is woken and gets it, also when the next chunk is ready."""


class Taker(Protocol):
    """What one kind of record (contacts, calls, follow-ups) adds to the engine.

    ``slice_rows``: rows given to one ``take``. ``prepare`` works without the lock and gives None for a row that is
    left out, with the reason in ``counts``. ``take`` writes rows from the first on and gives how many it dealt with
    (at least one); ``compare`` does the same without writing, with ``scratch`` for what would be there.
    """

    @property
    def slice_rows(self) -> int: ...

    @property
    def prepare(self) -> Prepare: ...

    def take(self, tx: Transaction, rows: Sequence[Any], counts: Counts) -> int: ...

    def compare(self, conn: Connection, scratch: Scratch, rows: Sequence[Any], counts: Counts) -> int: ...


class Run:
    """One import on its way. ``batch``: an interrupted one of the same file, which goes on."""

    def __init__(
        self,
        crm: Crm,
        source: Source,
        taker: Taker,
        *,
        facts: Mapping[str, Any],
        progress: OnProgress | None = None,
        batch: Batch | None = None,
    ) -> None:
        self.crm = crm
        self.source = source
        self.taker = taker
        self.counts = Counts()
        self.stopped = False
        self._facts = facts
        self._progress = progress
        self._earlier = batch
        self._batch_id = batch.id if batch else None
        self._action = batch.action_id if batch else None
        self._sign: AtWork | None = None
        self._line = 0
        self._place = 0
        self._started = time.monotonic()
        self._pace = Pace()
        self._back = WriteBack(crm.database.write_back)

    # --- reading ----------------------------------------------------------------------------------------------

    @property
    def skip(self) -> int:
        """Rows that are in already."""
        return self._earlier.rows_done if self._earlier else 0

    def prepared(self, rows: Iterable[Any], ahead: Ahead | None = None) -> Iterator[tuple[int, Any]]:
        """Every usable row with its place in the file (from 1); the others are in the counts. ``ahead``: the process
        that reads them, as far as it comes."""
        done = self.skip
        for part in ahead.parts() if ahead else ():
            self.counts.add(part.counts)
            for self._place, self._line, ready in part.rows:
                yield self._place, ready
            done = self._place = part.place
            self._line = part.line
        if ahead and ahead.whole:
            return
        for self._place, row in enumerate(rows, start=1):
            self._line = row.line
            if self._place <= done:
                continue
            self.counts.read += 1
            ready = self.taker.prepare(row, self.counts)
            if ready is not None:
                yield self._place, ready

    # --- writing ----------------------------------------------------------------------------------------------

    def write(self, rows: Iterable[tuple[int, Any]]) -> None:
        """Writes every row. A ``StopImport`` of the progress ends it in good order, ``Ctrl+C`` too (and goes on up)."""
        ensure_self(self.crm)
        state = "running"
        try:
            with self.crm.database.many_writes():
                self._write_all(rows)
            state = "done"
        except StopImport:
            state, self.stopped = "stopped", True
        except KeyboardInterrupt:
            state = "stopped"
            raise
        finally:
            self._end(state)

    def _write_all(self, rows: Iterable[tuple[int, Any]]) -> None:
        waiting: deque[tuple[int, Any]] = deque()
        source = iter(rows)
        ended = False
        while waiting or not ended:
            while not ended and len(waiting) < CHUNK_ROWS:
                row = next(source, None)
                if row is None:
                    ended, self._line = True, self.source.lines
                else:
                    waiting.append(row)
            if waiting:
                self._chunk(waiting)
                self._tell()
                time.sleep(BREATH_S)
                self._back.chunk_done()

    def _chunk(self, waiting: deque[tuple[int, Any]]) -> None:
        """One transaction: rows from ``waiting`` until there are enough of them or of the time."""
        actor = Actor(self.crm.me, "import")
        counts = self.counts
        transaction = self.crm.database.transaction(actor, "import", continues=self._action)
        with uncollected(), transaction as tx:
            self._pace.begin()
            before = counts.written
            left, done = CHUNK_ROWS, 0
            while waiting and left and self._pace.allows():
                rows = [waiting[n][1] for n in range(min(self.taker.slice_rows, left, len(waiting)))]
                taken = self.taker.take(tx, rows, counts)
                left -= taken
                for _ in range(taken):
                    done = waiting.popleft()[0]
            if counts.written > before:
                self._action = tx.action_id
            self._note(tx, done if waiting else self._place)
            self._pace.commits()
        self._pace.end()

    def _note(self, tx: Transaction, rows_done: int) -> None:
        """The batch's record, in the transaction of the rows: both are there, or neither."""
        if self._action is None:
            return
        if self._batch_id is None:
            self._batch_id = batches.begin(tx, self._facts)
        if self._sign is None:
            self._sign = AtWork(self.crm.database.path, self._batch_id)
            self._sign.take()
        batches.note(tx, self._batch_id, rows_done=rows_done, **self._sums())

    def _sums(self) -> dict[str, int]:
        it, earlier = self.counts, self._earlier
        sums = {"added": it.added, "updated": it.updated, "unchanged": it.unchanged}
        return {name: n + (getattr(earlier, name) if earlier else 0) for name, n in sums.items()}

    def go_on_with(self, sign: AtWork) -> None:
        """Takes over the sign of the batch that goes on."""
        self._sign = sign

    def _end(self, state: str) -> None:
        """Says in the record how it ended; one that failed stays ``running``, and is found at the next start."""
        try:
            if self._batch_id is not None and state != "running":
                with self.crm.database.transaction(Actor(self.crm.me, "import"), "import") as tx:
                    left_out = {"skipped": len(self.counts.skipped), "refused": len(self.counts.refused)}
                    batches.note(tx, self._batch_id, state=state, ended_at=tx.at, **left_out)
        finally:
            if self._sign is not None:
                self._sign.down()

    # --- trying -----------------------------------------------------------------------------------------------

    def compare(self, rows: Iterable[tuple[int, Any]]) -> None:
        """Counts what ``write`` would do. Nothing is written but into a private file that is gone at the end."""
        with self.crm.database.reader() as conn:
            scratch = Scratch(conn)
        try:
            waiting: list[Any] = []
            for _, row in rows:
                waiting.append(row)
                if len(waiting) >= CHUNK_ROWS:
                    self._compare(scratch, waiting)
                    self._tell()
            self._compare(scratch, waiting)
        except StopImport:
            self.stopped = True
        finally:
            scratch.close()

    def _compare(self, scratch: Scratch, waiting: list[Any]) -> None:
        while waiting:
            with self.crm.database.reader() as conn:
                taken = self.taker.compare(conn, scratch, waiting[: self.taker.slice_rows], self.counts)
            del waiting[:taken]

    # --- telling ----------------------------------------------------------------------------------------------

    def _tell(self) -> None:
        if self._progress is None:
            return
        size, it = self.source.size, self.counts
        done = min(size, size * self._line // self.source.lines)
        spent = time.monotonic() - self._started
        left = spent * (size - done) / done if done and spent > 1 else None
        self._progress(
            Progress(self._place, size, done, it.added, it.updated, it.unchanged, len(it.refused), left)
        )

    def report(self, *, dry_run: bool) -> ImportReport:
        """What was done, or (dry) would be."""
        it, source = self.counts, self.source
        return ImportReport(
            import_id=None if dry_run else self._action,
            file=source.name,
            format=source.form,
            encoding=source.encoding,
            read=it.read,
            added=it.added,
            updated=it.updated,
            unchanged=it.unchanged,
            skipped=tuple(it.skipped),
            refused=tuple(it.refused),
            kept_as_field=it.kept,
            photos_skipped=it.photos,
            duplicates=tuple(() if dry_run else it.doubles),
            dry_run=dry_run,
            led_on=tuple(it.led_on),
            batch_id=None if dry_run else self._batch_id,
            begun_at=self._earlier.rows_done if self._earlier else 0,
            stopped=self.stopped,
            damaged=source.damaged,
            remarks=tuple(it.remarks),
            worklist=self._facts["worklist"],
            joined=it.joined,
            alone=it.alone,
            longer=it.longer,
            shorter=it.shorter,
        )
