"""The outcome report of a worklist: what came of everybody on it since its round began, with a summary on top."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final, TextIO

from tuicrm import i18n
from tuicrm.domain import shapes
from tuicrm.domain.errors import Conflict, Invalid
from tuicrm.domain.models import ContactRow, Due
from tuicrm.domain.record import record
from tuicrm.domain.saved_filter import SavedFilter
from tuicrm.services import worklists
from tuicrm.services.context import Crm
from tuicrm.services.replacing import written
from tuicrm.services.saved_filters import OWED_ID
from tuicrm.storage.connection import Connection
from tuicrm.storage.instants import from_text, to_text
from tuicrm.storage.queries import contacts
from tuicrm.storage.queries import worklist_report as queries

PAGE: Final = 500
FORMATS: Final = ("csv", "json")
COLUMNS: Final = (
    *(
        "contact_id",
        "name",
        "company",
        "number",
        "attempts",
        "outcome",
        "outcome_label",
        "at",
        "agent",
        "note",
    ),
    "next_follow_up",
)


@record
class ReportRow:
    """One person. ``attempts``: calls in the round; of the last of them ``outcome`` (``""``: not called yet), ``at``,
    ``agent`` and ``note``; ``follow_up``: what is promised next."""

    contact: ContactRow
    attempts: int
    outcome: str
    at: datetime | None
    agent: str
    note: str
    follow_up: Due | None


@record
class Summary:
    """``people``: on the list; ``called``: of them, in the round that began ``since``; ``outcomes``: of these by the
    outcome of the last call, the most frequent first."""

    name: str
    since: datetime
    people: int
    called: int
    outcomes: Mapping[str, int]

    def rate(self, outcome: str) -> float:
        """Of those who were called, in percent."""
        return 100 * self.outcomes[outcome] / self.called if self.called else 0.0


@contextmanager
def report(crm: Crm, name: str) -> Iterator[tuple[Summary, Iterator[ReportRow]]]:
    """The summary and everybody on the list, in its order, of one state of the database; a page is held at a time.

    Raises ``NotFound``, ``Invalid`` for a filter that means nothing any more, and ``Conflict("worklist_built_in")``
    for the list of those who are owed a call, which has no rounds.
    """
    it = worklists.get(crm, name)
    if it.id == OWED_ID:
        raise Conflict("worklist_built_in", name=it.name)
    since = it.round_at or it.created_at
    chosen = worklists.where(crm, it)
    with crm.database.reader() as conn:
        people, outcomes = queries.ended(conn, chosen, to_text(since))
        summary = Summary(it.name, since.astimezone(crm.zone), people, sum(outcomes.values()), outcomes)
        yield summary, _rows(conn, crm, it, to_text(since))


def write(crm: Crm, name: str, form: str, stream: TextIO, *, raw: bool = False) -> int:
    """Writes the report as ``FORMATS``; gives how many people are in it. Raises as ``report``, and ``Invalid``
    (``export_format``).

    ``raw``: CSV for programs: the rows alone, without what protects a spreadsheet. The stream must not translate line
    ends.
    """
    _refuse_unknown(form)
    with report(crm, name) as (summary, rows):
        if form == "json":
            # imported here: who reads it on the screen does without it
            import json

            stream.write(json.dumps(shape(crm, summary, rows), ensure_ascii=False) + "\n")
            return summary.people
        from tuicrm.exchange import csv_format

        cells = (_cells(crm, row) for row in rows)
        if raw:
            return csv_format.write(stream, COLUMNS, cells, raw=True)
        return _with_summary(crm, stream, summary, cells)


def save(crm: Crm, name: str, form: str, path: Path, *, raw: bool = False, new: bool = False) -> int:
    """Writes the report into a file that only its owner may read; gives how many people are in it. ``new``: the file
    must not be there yet. Raises as ``replacing.written`` and ``write``."""
    _refuse_unknown(form)
    with written(path, form, new=new) as stream:
        return write(crm, name, form, stream, raw=raw)


def _refuse_unknown(form: str) -> None:
    if form not in FORMATS:
        raise Invalid("export_format", kind="worklist", format=form, choices=FORMATS)


def shape(crm: Crm, it: Summary, rows: Iterator[ReportRow]) -> shapes.Shape:
    """The report as JSON."""
    return {
        "worklist": it.name,
        "since": shapes.instant(it.since, crm.zone),
        "people": it.people,
        "called": it.called,
        "outcomes": [
            {"outcome": code, "n": n, "percent": round(it.rate(code), 1)} for code, n in it.outcomes.items()
        ],
        "rows": [
            {
                "contact": {"id": row.contact.id, "name": row.contact.name},
                "company": row.contact.company,
                "number": row.contact.phone,
                "attempts": row.attempts,
                "outcome": row.outcome or None,
                "at": shapes.instant(row.at, crm.zone),
                "agent": row.agent or None,
                "note": row.note,
                "next_follow_up": row.follow_up and row.follow_up.on.isoformat(),
            }
            for row in rows
        ],
    }


# --- inside -------------------------------------------------------------------------------------------------


def _rows(conn: Connection, crm: Crm, it: SavedFilter, since: str) -> Iterator[ReportRow]:
    chosen = worklists.where(crm, it)

    def page(after: int) -> list[tuple[int, int]]:
        if it.members:
            return queries.members(conn, it.id, after, PAGE)
        return queries.fitting(conn, chosen, after, PAGE)

    after = 0
    while found := page(after):
        after = found[-1][0]
        ids = [contact_id for _, contact_id in found]
        people, tried = contacts.rows(conn, ids), contacts.calls_since(conn, ids, since)
        calls = queries.last_calls(conn, ids, since)
        for each in ids:
            call = calls.get(each)
            yield ReportRow(
                contact=people[each],
                attempts=tried.get(each, 0),
                outcome=call["outcome"] if call else "",
                at=from_text(call["started_at"]) if call else None,
                agent=call["agent"] if call else "",
                note=call["note"] if call else "",
                follow_up=people[each].next_follow_up,
            )


def _cells(crm: Crm, row: ReportRow) -> list[Any]:
    """The cells of ``COLUMNS``."""
    due = row.follow_up
    timed = shapes.instant(datetime.combine(due.on, due.at, crm.zone), crm.zone) if due and due.at else None
    promised = timed or (due and due.on.isoformat())
    who = row.contact
    called = [row.outcome, _label(crm, row.outcome), shapes.instant(row.at, crm.zone), row.agent, row.note]
    return [who.id, who.name, who.company, who.phone, row.attempts, *called, promised]


def _label(crm: Crm, code: str) -> str:
    return crm.process().outcome(code).label(i18n.language()) if code else ""


def _with_summary(crm: Crm, stream: TextIO, it: Summary, cells: Iterator[list[Any]]) -> int:
    """The figures, an empty line, and the rows."""
    from itertools import chain

    from tuicrm.exchange import csv_format

    top: list[Sequence[Any]] = [
        ("people", "", it.people, "", ""),
        ("called", "", it.called, it.people, _percent(it.called, it.people)),
        *((code, _label(crm, code), n, it.called, f"{it.rate(code):.1f}") for code, n in it.outcomes.items()),
        (),
        COLUMNS,
    ]
    headings = ("outcome", "outcome_label", "n", "of", "percent")
    return csv_format.write(stream, headings, chain(top, cells), raw=False) - len(top)


def _percent(n: int, of: int) -> str:
    return f"{100 * n / of:.1f}" if of else ""
