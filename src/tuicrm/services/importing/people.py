"""Contacts of a file: checked outside the write lock, compared and written many at once inside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from tuicrm.domain.errors import CrmError
from tuicrm.domain.fold import fold
from tuicrm.domain.models import NewContact
from tuicrm.domain.record import replace
from tuicrm.exchange.incoming import Incoming
from tuicrm.services import contacts as contact_service
from tuicrm.services.importing.counts import Counts
from tuicrm.services.importing.joining import Joining
from tuicrm.services.importing.matching import Match, Matcher, changes
from tuicrm.services.importing.met import Met
from tuicrm.services.importing.namesakes import Namesakes
from tuicrm.services.importing.person import PersonRow, company_key
from tuicrm.services.importing.reports import Double, RowReason
from tuicrm.storage import bulk
from tuicrm.storage.connection import Connection
from tuicrm.storage.scratch import Scratch
from tuicrm.storage.transaction import Transaction

SLICE_ROWS: Final = 100
"""Rows that are looked up and written by one set of statements: between two slices the lock can be let go."""
_OWN_HEADING: Final = "owner"
"""As our own export writes it: there stand handles, also of agents who are to be added yet."""
_LIKENESSES: Final = 3
"""Others with the same number that are told for one row; ``contact duplicates`` tells all."""


class PersonReader:
    """Checks contacts. ``region``: the country of numbers without one. ``agents``: handles by themselves and by names,
    as ``fold`` gives them; with them an owner who is no agent becomes a field and is told once."""

    def __init__(self, region: str, agents: Mapping[str, str] | None = None) -> None:
        self.region = region
        self._agents = agents
        self._strangers: set[str] = set()
        self._dropped: set[str] = set()

    def __call__(self, row: Incoming, counts: Counts) -> PersonRow | None:
        """A row ready to be written; None when it is left out, which then stands in ``counts``."""
        if row.beyond:
            counts.uneven(row.line, row.beyond)
        if row.contact is None:
            counts.leave_out(RowReason(row.line, row.code, row.params), refused=row.refused)
            return None
        try:
            contact = contact_service.checked(row.contact, self.region)
        except CrmError as error:
            counts.leave_out(RowReason(row.line, error.code, error.params), refused=True)
            return None
        row, contact = self._owned(row, contact, counts)
        for column in row.kept:
            counts.kept[column] = counts.kept.get(column, 0) + 1
        if row.dropped and (
            new := tuple(each for each in dict.fromkeys(row.dropped) if each not in self._dropped)
        ):
            self._dropped.update(new)
            counts.remarks.append(RowReason(row.line, "import_no_place", {"what": new}))
        counts.photos += row.photo
        return _ready(row, contact, self.region)

    def _owned(self, row: Incoming, contact: NewContact, counts: Counts) -> tuple[Incoming, NewContact]:
        """The row with its owner's handle; of somebody who is no agent here with a field of that name."""
        if (
            row.owner is None
            or self._agents is None
            or (known := self._agents.get(fold(row.owner))) == row.owner
        ):
            return row, contact
        if known is not None:
            return replace(row, owner=known), contact
        if row.owner_as == _OWN_HEADING:
            return row, contact
        if row.owner not in self._strangers:
            self._strangers.add(row.owner)
            params = {"agent": row.owner, "field": row.owner_as}
            counts.remarks.append(RowReason(row.line, "import_owner", params))
        fields = {row.owner_as: row.owner, **contact.fields}
        return replace(row, owner=None, kept=(*row.kept, row.owner_as)), replace(contact, fields=fields)


class PeopleTaker:
    """Takes contacts in. ``region``: the country of numbers without one. ``met``: whom an import that goes on has
    dealt with. ``joining``: the worklist they are put on. ``agents``: as of ``PersonReader``."""

    slice_rows = SLICE_ROWS

    def __init__(
        self,
        region: str,
        met: Iterable[int] = (),
        joining: Joining | None = None,
        agents: Mapping[str, str] | None = None,
    ) -> None:
        self.prepare = PersonReader(region, agents)
        self._met = Met(met)
        self._namesakes = Namesakes()
        self._joining = joining

    def take(self, tx: Transaction, rows: Sequence[PersonRow], counts: Counts) -> int:
        """Writes rows from the first on; gives how many. Those that depend on others before them wait for a next
        call, when these are in the database."""
        return self._take(_Writing(tx, self._joining), [tx], rows, counts)

    def compare(self, conn: Connection, scratch: Scratch, rows: Sequence[PersonRow], counts: Counts) -> int:
        """As ``take``, but what would be written goes into ``scratch``."""
        return self._take(_Trying(conn, scratch, self._joining), [conn, scratch], rows, counts)

    def _take(
        self,
        target: _Writing | _Trying,
        sources: Sequence[Connection],
        rows: Sequence[PersonRow],
        counts: Counts,
    ) -> int:
        matcher = Matcher(sources, rows, self._met, self._namesakes)
        return _take(target, matcher, counts, self._met, self._namesakes)


def _ready(row: Incoming, contact: NewContact, region: str) -> PersonRow:
    values = contact_service.columns(contact, region)
    if row.owner is not None:
        values["owner"] = row.owner
    if row.do_not_call is not None:
        values["do_not_call"] = row.do_not_call
    if row.cadence_days is not None:
        values["cadence_days"] = row.cadence_days
    return PersonRow(row.line, values, company_key(contact.company))


# --- writing, and pretending to -----------------------------------------------------------------------------


class _Writing:
    """Into the database, with the log."""

    def __init__(self, tx: Transaction, joining: Joining | None) -> None:
        self.tx = tx
        self._joining = joining

    def make(self, ready: Sequence[bulk.Ready]) -> list[int]:
        return bulk.insert_contacts(self.tx, ready)

    def change(self, match: Match, changed: dict[str, Any]) -> None:
        self.tx.update("contact", match.known.id, changed)

    def join(self, contact_ids: Sequence[int]) -> int:
        return self._joining.join(self.tx, contact_ids) if self._joining and contact_ids else 0


class _Trying:
    """Into a scratch database."""

    def __init__(self, conn: Connection, scratch: Scratch, joining: Joining | None) -> None:
        self.scratch = scratch
        self._conn = conn
        self._joining = joining

    def make(self, ready: Sequence[bulk.Ready]) -> list[int]:
        return self.scratch.make(ready)

    def change(self, match: Match, changed: dict[str, Any]) -> None:
        self.scratch.put(match.known.id, bulk.Ready({**match.known.values, **changed}))

    def join(self, contact_ids: Sequence[int]) -> int:
        return self._joining.would(self._conn, contact_ids) if self._joining and contact_ids else 0


def _take(
    target: _Writing | _Trying, matcher: Matcher, counts: Counts, met: Met, namesakes: Namesakes
) -> int:
    new: list[PersonRow] = []
    changed: set[int] = set()
    # in the order of the file: an id, or None for one who is made now
    people: list[int | None] = []
    done = 0
    for row in matcher.rows:
        match = matcher.match(row)
        if match is not None and match.known.id in changed:
            break
        done += 1
        if match is None:
            new.append(row)
            people.append(None)
        elif match.known.gone:
            counts.skipped.append(
                RowReason(row.line, "import_was_deleted", {"ref": f"contact:{match.known.id}"})
            )
        else:
            if _update(target, row, match, counts, again=match.known.id in met):
                namesakes.add(row, match.known.id)
            changed.add(match.known.id)
            people.append(match.known.id)
    ids = target.make([row.ready for row in new])
    met.add(changed)
    met.add(ids)
    for row, made_id in zip(new, ids, strict=True):
        namesakes.add(row, made_id)
    made = iter(ids)
    counts.joined += target.join([next(made) if each is None else each for each in people])
    counts.added += len(ids)
    counts.doubles += _doubles(matcher, new, ids)
    return done


def _update(target: _Writing | _Trying, row: PersonRow, match: Match, counts: Counts, *, again: bool) -> bool:
    """Adds to a known contact what the row says; gives whether that is anything."""
    if match.led_on is not None:
        params = {"ref": f"contact:{match.led_on}", "heir": f"contact:{match.known.id}"}
        counts.led_on.append(RowReason(row.line, "import_to_heir", params))
    changed = changes(match.known.values, row.values, again=again)
    kept, other = match.known.values["owner"], row.values.get("owner")
    if again and kept and other not in (None, kept):
        counts.remarks.append(RowReason(row.line, "import_two_owners", {"kept": kept, "other": other}))
    if changed:
        target.change(match, changed)
        counts.updated += 1
    else:
        counts.unchanged += 1
    return bool(changed)


def _doubles(matcher: Matcher, new: Iterable[PersonRow], ids: Iterable[int]) -> list[Double]:
    found = []
    for row, made in zip(new, ids, strict=True):
        for other, why in matcher.like(row, _LIKENESSES).items():
            found.append(Double(made, other, why))
    return found
