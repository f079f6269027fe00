"""What an import tells: as it goes, when it is over, and before it begins."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tuicrm.domain.models import NewContact
from tuicrm.domain.record import made, record


@record
class RowReason:
    """Why one row was left out, or led elsewhere: a code with parameters for its sentence."""

    line: int
    code: str
    params: Mapping[str, Any]


@record
class Lines:
    """How many rows of a file something is told of, and the lines of the first of them."""

    many: int = 0
    first: tuple[int, ...] = ()

    def __add__(self, more: Lines) -> Lines:
        return Lines(self.many + more.many, (self.first + more.first)[:FIRST_LINES])


FIRST_LINES = 5


@record
class Double:
    """A contact that was added (``a``) though another (``b``) is much like it: the same ``why``."""

    a: int
    b: int
    why: str


@record
class Progress:
    """How far it is. ``done_bytes`` of ``total_bytes``; ``seconds_left`` is None while nobody can tell."""

    read: int
    total_bytes: int
    done_bytes: int
    added: int
    updated: int
    unchanged: int
    refused: int
    seconds_left: float | None


OnProgress = Callable[[Progress], None]
"""Called after every chunk. It may raise ``StopImport`` to end the import with what is in."""


class StopImport(Exception):
    """Raised by whoever is told of the progress: no further chunk, please."""


@record
class ImportReport:
    """What an import did. ``import_id``: its action, for undo; None when nothing was written.

    ``batch_id``: its record (see ``left``). ``led_on``: rows that were about a merged contact and went to its heir.
    ``begun_at``: rows that an earlier, interrupted run had dealt with; they are in none of the counts.
    ``remarks``: rows that are in, of which something is to be told (a call that may be with several contacts).
    ``worklist``: the list its people are put on, ``""`` for none; ``joined``: those of them who were not on it.
    ``stopped``: it was ended before the file was. ``damaged``: characters that could not be decoded.
    ``longer``, ``shorter``: rows of a table with more or fewer cells than it has columns.
    ``alone``: calls that are in without a contact.
    """

    import_id: int | None
    file: str
    format: str
    encoding: str
    read: int
    added: int
    updated: int
    unchanged: int
    skipped: tuple[RowReason, ...]
    refused: tuple[RowReason, ...]
    kept_as_field: Mapping[str, int]
    photos_skipped: int
    duplicates: tuple[Double, ...]
    dry_run: bool
    led_on: tuple[RowReason, ...] = ()
    batch_id: int | None = None
    begun_at: int = 0
    stopped: bool = False
    damaged: int = 0
    remarks: tuple[RowReason, ...] = ()
    worklist: str = ""
    joined: int = 0
    longer: Lines = Lines()
    shorter: Lines = Lines()
    alone: int = 0


@record
class PreviewRow:
    """A record as it would come in. ``fate``: added, updated, unchanged, skipped or refused (why: ``reason``).

    ``incoming``: as the file has it. ``contact``: as it would be kept; None when it is left out, or no contact.
    """

    line: int
    fate: str
    incoming: Any
    contact: NewContact | None = None
    reason: RowReason | None = None


@record
class Preview:
    """What a file would do. ``report``: the whole file, dry. ``rows``: its first records.

    ``columns``: of a CSV file, each as ``exchange.csv_columns.Column``. ``remembered``: what was said about this
    header before, which is used where nothing else is said now.
    """

    report: ImportReport
    rows: tuple[PreviewRow, ...]
    columns: tuple[Any, ...] = ()
    remembered: Mapping[str, str] = made(default_factory=dict)
