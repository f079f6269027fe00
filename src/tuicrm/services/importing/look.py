"""What a file is, before anything is made of it: how it is written, and for CSV what each column seems to hold."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from tuicrm.domain.record import made, record
from tuicrm.services.context import Crm
from tuicrm.services.importing import source as files
from tuicrm.services.importing.headers import remembered

if TYPE_CHECKING:
    from tuicrm.exchange.csv_columns import Column


@record
class Look:
    """What was recognised. ``size``: in bytes. ``damaged``: characters that could not be decoded. ``region``: the
    country of numbers that do not say theirs, unless another one is said. ``told``: somebody said the encoding.

    Of a CSV file: ``delimiter`` between its cells; ``header_line`` from 1, 0 for none; ``columns`` as they will be
    read with what is said of them; ``remembered``: what was said about this header before, by column.
    """

    file: Path
    format: str
    encoding: str
    size: int
    damaged: int = 0
    region: str = ""
    delimiter: str = ""
    header_line: int = 0
    columns: tuple[Column, ...] = ()
    told: bool = False
    remembered: Mapping[str, str] = made(default_factory=dict)


def look(crm: Crm, file: Path, mapping: Mapping[str, str] | None = None, encoding: str = "") -> Look:
    """Looks at a file, also one in which no column is a name yet. ``mapping``, ``encoding``: as of ``import_file``.

    Raises ``NotFound("file_unreadable")``, and ``Invalid`` when nothing can be made of it or of ``mapping``.
    """
    found = files.recognised(file, None, encoding)
    seen = Look(file, found.form, found.encoding, found.size, found.damaged, crm.region(), told=found.told)
    if found.form != "csv":
        return seen
    # Imported here: a run reads one kind of file.
    from tuicrm.domain.record import replace
    from tuicrm.exchange import csv_columns, csv_format

    layout = csv_format.look(found.text, found.name)
    before = remembered(crm, found)
    said = before | dict(mapping or {})
    return replace(
        seen,
        delimiter=layout.delimiter,
        header_line=layout.header_line,
        columns=csv_columns.chosen(layout.headings, said, found.name, layout.first),
        remembered=before,
    )
