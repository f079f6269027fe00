"""Calls of a list: matched to contacts by their number, each in once, whoever told of it first."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal

from tuicrm.domain.fold import fold, unified
from tuicrm.domain.process import Process
from tuicrm.exchange.incoming import IncomingCall
from tuicrm.services.context import Crm
from tuicrm.services.importing.counts import Counts
from tuicrm.services.importing.reports import RowReason
from tuicrm.services.importing.whose import Number, Whose
from tuicrm.storage.bulk import ReadyCall, insert_calls
from tuicrm.storage.connection import Connection
from tuicrm.storage.database import Transaction
from tuicrm.storage.instants import from_text, to_text
from tuicrm.storage.queries import imported, people
from tuicrm.storage.queries.imported import AGAIN, KnownCall
from tuicrm.storage.scratch import Scratch

SLICE_ROWS: Final = 100
_SAME_CALL: Final = timedelta(days=1)
"""Another system's call with the same id is the same one when it began so near; clocks and zones may be wrong."""

_OTHER_ZONE: Final = timedelta(hours=14)
"""A list without offsets may have been written in a zone that is so far ahead."""


_TOLD: Final = 50
"""Unknown channels and topics that are told: a telephone's channels are other words for every call."""


class CallRow:
    """A call ready to be written. ``values``: its columns without the contact. ``uid``: what names it here.
    ``caller``: what the list calls the other side."""

    __slots__ = ("caller", "line", "name", "number", "ready", "second", "source_id", "uid", "values")

    def __init__(self, row: IncomingCall, values: dict[str, Any], number: Number) -> None:
        self.line = row.line
        self.values = values
        self.ready = ReadyCall(values)
        self.number = number
        self.caller = row.name if any(map(str.isalpha, row.name)) else ""
        # without a number a list may still say who it was
        self.name = unified(row.name) if not row.number and row.source == "csv" else ""
        self.uid = f"{row.source}/{row.source_call_id}"
        self.source_id = row.source_call_id
        self.second = to_text(row.started_at)[:19] if row.source == "csv" else ""

    def nobodys(self) -> ReadyCall:
        """The call when nobody here has its number: its note says what the list calls them."""
        note = self.values["note"]
        if not self.caller or self.caller in note:
            return self.ready
        return ReadyCall({**self.values, "note": f"{self.caller}\n{note}" if note else self.caller})


class CallReader:
    """Checks calls. ``region``: the country of numbers without one; ``me``: whose calls are that name nobody of
    ``handles``; ``now``: nothing that begins much later has happened."""

    def __init__(
        self, region: str, process: Process, me: str, handles: Collection[str], now: datetime
    ) -> None:
        self.region = region
        self.process = process
        self._me = me
        self._handles = handles
        self._latest = now + _OTHER_ZONE
        self._outcomes: dict[str, str | None] = {}
        self._strangers: set[str] = set()
        self._codes: dict[tuple[str, str], str] = {}

    def __call__(self, row: IncomingCall, counts: Counts) -> CallRow | None:
        """A call ready to be written; None when it is left out, which then stands in ``counts``."""
        if row.code:
            counts.leave_out(RowReason(row.line, row.code, row.params), refused=row.refused)
            return None
        if row.started_at > self._latest:
            counts.leave_out(
                RowReason(row.line, "call_future", {"text": _told(row.started_at)}), refused=True
            )
            return None
        if row.remark:
            counts.remarks.append(RowReason(row.line, row.remark, row.params))
        if row.outcome not in self._outcomes:
            self._outcomes[row.outcome] = _outcome(row.outcome, self.process)
        outcome = self._outcomes[row.outcome]
        if outcome is None:
            counts.leave_out(RowReason(row.line, "call_outcome", {"text": row.outcome}), refused=True)
            return None
        number = Number(row.number, self.region)
        values = {
            "agent": self._agent(row, counts),
            "channel": self._coded(row, "channel", row.channel, counts) or self.process.defaults.channel,
            "direction": row.direction,
            "outcome": outcome,
            "topic": self._coded(row, "topic", row.topic, counts) or None,
            "score": row.score,
            "note": row.note,
            "started_at": row.started_at,
            "duration_s": row.talk_s if row.talk_s is not None else row.duration_s,
            "talk_s": row.talk_s,
            "ring_s": row.ring_s,
            "entered_via": "import",
            "process_version": self.process.version,
            "number": number.kept,
            "source": row.source,
            "source_call_id": row.source_call_id,
            "tags": list(row.tags),
        }
        return CallRow(row, values, number)

    def _coded(self, row: IncomingCall, kind: Literal["channel", "topic"], said: str, counts: Counts) -> str:
        """The code of a channel or topic that the list names by code or label; ``""`` for one that the company has
        not, of each of which the first call is told."""
        if (found := self._codes.get((kind, said))) is None:
            known = self.process.channels if kind == "channel" else self.process.topics
            word = fold(said)
            found = next((it.code for it in known if word in (fold(it.code), *map(fold, it.names))), "")
            if said and not found and len(self._codes) < _TOLD:
                counts.remarks.append(RowReason(row.line, f"call_{kind}", {"text": said}))
            self._codes[kind, said] = found
        return found

    def _agent(self, row: IncomingCall, counts: Counts) -> str:
        """Whose call it is; of everybody who is no agent here the first call is told."""
        agent = row.agent.strip().lower()
        if agent in self._handles:
            return agent
        if agent and agent not in self._strangers:
            self._strangers.add(agent)
            counts.remarks.append(RowReason(row.line, "call_agent", {"agent": row.agent.strip()}))
        return self._me


class CallTaker:
    """Takes calls in. ``region``: the country of numbers without one."""

    slice_rows = SLICE_ROWS

    def __init__(self, crm: Crm, region: str) -> None:
        with crm.database.reader() as conn:
            handles = people.handles(conn)
        self.prepare = CallReader(region, crm.process(), crm.me, handles, crm.clock.now())
        self._tried: set[str] = set()
        self._strangers: set[str] = set()

    def take(self, tx: Transaction, rows: Sequence[CallRow], counts: Counts) -> int:
        """Writes calls from the first on; gives how many. One that a line before it names too waits."""
        rows = _apart(rows)
        known = _Known(tx, rows)
        new: list[tuple[ReadyCall, str, int | None]] = []
        for row in rows:
            contact_id = known.contact(row)
            uid = known.new_uid(row, contact_id, counts)
            if uid is not None:
                new.append((row.nobodys() if contact_id is None else row.ready, uid, contact_id))
                _made(row, known, counts, self._strangers)
        insert_calls(tx, new)
        return len(rows)

    def compare(self, conn: Connection, scratch: Scratch, rows: Sequence[CallRow], counts: Counts) -> int:  # noqa: ARG002
        """As ``take``, without writing."""
        known = _Known(conn, rows)
        for row in rows:
            if row.uid in self._tried:
                counts.unchanged += 1
            elif known.new_uid(row, known.contact(row), counts) is not None:
                self._tried.add(row.uid)
                _made(row, known, counts, self._strangers)
        return len(rows)


def _made(row: CallRow, known: _Known, counts: Counts, strangers: set[str]) -> None:
    """Counts a call that is in; tells of one that may be several people's, and of a number that is nobody's once."""
    counts.added += 1
    several = known.whose(row)
    counts.alone += len(several) != 1
    if not several and (number := row.number.kept) and number not in strangers:
        strangers.add(number)
        counts.remarks.append(RowReason(row.line, "call_nobody", {"number": number}))
    if len(several) > 1:
        refs = ", ".join(f"contact:{each}" for each in several[:5])
        params = {"number": row.number.kept, "n": len(several), "refs": refs}
        counts.remarks.append(RowReason(row.line, "call_several", params))


class _Known:
    """What is there of some calls, and whom they are with."""

    def __init__(self, conn: Connection, rows: Sequence[CallRow]) -> None:
        self._whose = Whose(conn, [row.number for row in rows], names=[row.name for row in rows])
        self._by_uid = imported.calls_by_uid(conn, {row.uid for row in rows})
        self._by_id = imported.calls_by_source_id(conn, {row.source_id for row in rows})
        self._by_start = imported.calls_by_start(conn, {row.second for row in rows if row.second})
        gone = [each.id for found in self._by_uid.values() for each in found if each.gone]
        self._taken_back = imported.taken_back(conn, "call", gone)

    def whose(self, row: CallRow) -> list[int]:
        return self._whose.number(row.number) or self._whose.name(row.name)

    def contact(self, row: CallRow) -> int | None:
        """The one contact it is with; None for nobody, or for several."""
        found = self.whose(row)
        return found[0] if len(found) == 1 else None

    def new_uid(self, row: CallRow, contact_id: int | None, counts: Counts) -> str | None:
        """The uid under which it is to be written; None when it is there, or was deleted: that is counted."""
        before = self._by_uid.get(row.uid, [])
        if any(not each.gone for each in before) or self._told_otherwise(row, contact_id):
            counts.unchanged += 1
            return None
        deleted = [each for each in before if each.id not in self._taken_back]
        if deleted:
            params: Mapping[str, Any] = {"ref": f"call:{deleted[0].id}"}
            counts.skipped.append(RowReason(row.line, "import_was_deleted", params))
            return None
        return f"{row.uid}{AGAIN}{len(before)}" if before else row.uid

    def _told_otherwise(self, row: CallRow, contact_id: int | None) -> bool:
        """Whether the call is there from another source: the telephone's hook, or logged by hand here."""
        started: datetime = row.values["started_at"]
        for each in self._by_id.get(row.source_id, ()):
            near = abs(from_text(each.started_at) - started.astimezone(UTC)) <= _SAME_CALL
            if near or each.source == row.values["source"]:
                return True
        return any(_same(each, row, contact_id) for each in self._by_start.get(row.second, ()))


def _same(each: KnownCall, row: CallRow, contact_id: int | None) -> bool:
    """Whether a call that began in the same second is this one: of our own export, which names no source."""
    if each.direction != row.values["direction"] or each.source == "csv":
        return False
    if contact_id is not None or each.contact_id is not None:
        return each.contact_id == contact_id
    return each.number == row.number.kept or not row.number.kept


def _told(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat(" ", "minutes")


def _apart(rows: Sequence[CallRow]) -> Sequence[CallRow]:
    """The rows up to the first that names the same call as one before it."""
    seen: set[str] = set()
    for place, row in enumerate(rows):
        if row.uid in seen:
            return rows[:place]
        seen.add(row.uid)
    return rows


def _outcome(said: str, process: Process) -> str | None:
    """The code of an outcome that a list names by code, label or alias; None when the company has none such."""
    if not said:
        return process.default_outcome.code
    if process.outcome(said).known or said in _SHIPPED:
        return said
    word = fold(said)
    for each in process.outcomes:
        if word in (fold(each.code), *map(fold, each.names)):
            return each.code
    return None


_SHIPPED: Final = frozenset(("connected", "missed", "no_answer", "busy", "voicemail"))
"""What readers give; a company that has left one out sees it by its code."""
