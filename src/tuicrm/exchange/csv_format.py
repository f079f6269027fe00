"""CSV: contacts in, however other programs write them; any list out.

What goes out to a spreadsheet starts with a byte order mark, so that it is read as UTF-8, and no cell can be taken
for a formula; ``raw`` leaves both away for programs. What comes in may have been through that.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TextIO

from tuicrm.domain.errors import Invalid
from tuicrm.exchange.csv_columns import columns
from tuicrm.exchange.csv_guard import guarded
from tuicrm.exchange.csv_lines import Broken, records
from tuicrm.exchange.csv_rows import Plan, incoming
from tuicrm.exchange.csv_shape import Layout, layout
from tuicrm.exchange.incoming import Incoming

_MARK: Final = "\ufeff"


# --- in -----------------------------------------------------------------------------------------------------


def look(text: str, name: str) -> Layout:
    """How a file is laid out, its headings and first rows. ``name``: the file. Raises ``Invalid("file_empty")``."""
    found = layout(text)
    if found is None:
        raise Invalid("file_empty", file=name)
    return found


def read(text: str, name: str, mapping: Mapping[str, str]) -> Iterator[Incoming]:
    """The contacts of a file. ``mapping``: heading or number of a column to one of ``csv_columns.TARGETS``.

    Raises ``Invalid`` before the first row when no column can be a name, a number or an address.
    """
    found = look(text, name)
    return _rows(text, found, Plan(columns(found.headings, mapping, name, found.first)))


def _rows(text: str, found: Layout, plan: Plan) -> Iterator[Incoming]:
    """Every row with the line it begins on: a cell may run over several."""
    for line, cells in records(text, found.delimiter):
        if line <= found.skip:
            continue
        if isinstance(cells, Broken):
            params = {"reason": cells.reason} if cells.reason else {}
            yield Incoming(line, code=cells.code, params=params, refused=True)
        elif any(map(str.strip, cells)):
            yield incoming(line, cells, plan)


# --- out ----------------------------------------------------------------------------------------------------


def write(stream: TextIO, headings: Sequence[str], rows: Iterable[Sequence[Any]], *, raw: bool) -> int:
    """A header and a line for each row; gives how many. Empty for None, ``1`` and ``0`` for true and false."""
    safe = str if raw else guarded
    if not raw:
        stream.write(_MARK)
    writer = csv.writer(stream, lineterminator="\n" if raw else "\r\n")
    writer.writerow([safe(heading) for heading in headings])
    many = 0
    for row in rows:
        writer.writerow([safe(_cell(value)) for value in row])
        many += 1
    return many


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    return str(value)
