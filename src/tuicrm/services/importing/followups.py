"""Tasks and events of a calendar as follow-ups: with the contact they name, and the same one never twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from itertools import chain
from typing import Any, Final

from tuicrm.domain.fold import unified
from tuicrm.domain.models import Due
from tuicrm.domain.record import replace
from tuicrm.domain.when import due_key
from tuicrm.exchange import ics_out
from tuicrm.exchange.ics import CANCELLED
from tuicrm.exchange.ics_who import BETWEEN
from tuicrm.exchange.incoming import IncomingFollowUp
from tuicrm.services.context import Crm
from tuicrm.services.importing.counts import Counts
from tuicrm.services.importing.reports import RowReason
from tuicrm.services.importing.whose import Number, Whose
from tuicrm.storage.connection import Connection
from tuicrm.storage.database import Transaction
from tuicrm.storage.instants import day_to_text, time_to_text, to_text
from tuicrm.storage.queries import followups, imported
from tuicrm.storage.scratch import Scratch

SLICE_ROWS: Final = 64
_WORDS: Final = 20
"""Of a title in which a name is looked for."""
_NAME: Final = (4, 3, 2)
"""Words of a full name that stands in a title, the longest tried first; a single word names nobody."""


class FollowUpRow:
    """A task ready to be written, with all by which its contact can be found."""

    __slots__ = ("emails", "given", "inside", "name", "numbers")

    def __init__(self, given: IncomingFollowUp, region: str) -> None:
        self.given = given
        self.emails = [each for each in given.who_email.split(BETWEEN) if each]
        self.numbers = [Number(each, region) for each in given.who_phone.split(BETWEEN) if each]
        self.name = unified(given.who_name)
        self.inside = _runs(given.who_name)
        """What may be a full name within the title, by its length."""


class FollowUpTaker:
    """Takes follow-ups in. ``region``: the country of numbers without one. ``whose``: the contact of those that name
    nobody; None: they are left out."""

    slice_rows = SLICE_ROWS

    def __init__(self, crm: Crm, region: str, whose: int | None = None) -> None:
        self.crm = crm
        self.region = region
        self._whose = whose
        self._calendar = crm.calendar()
        self._attempts = crm.process().defaults.attempts_max
        self._taken: dict[str, IncomingFollowUp] = {}
        self._dropped: set[str] = set()

    def prepare(self, row: IncomingFollowUp, counts: Counts) -> FollowUpRow | None:
        """A task ready to be written; None when it is left out, which then stands in ``counts``."""
        if row.code and not (row.code == CANCELLED and row.uid):
            counts.leave_out(RowReason(row.line, row.code, row.params), refused=row.refused)
            return None
        if new := tuple(each for each in row.dropped if each not in self._dropped):
            self._dropped.update(new)
            counts.remarks.append(RowReason(row.line, "import_no_place", {"what": new}))
        return FollowUpRow(row, self.region)

    def take(self, tx: Transaction, rows: Sequence[FollowUpRow], counts: Counts) -> int:
        """Writes follow-ups from the first on; gives how many. One with the uid of one before it waits."""
        rows = _apart(rows)
        known = _Known(tx, rows)
        for row in rows:
            old = known.old(row)
            if self._twice(row, counts):
                continue
            if old is not None:
                self._taken[row.given.uid] = row.given
                if changed := self._changed(row, old, counts, tx.now):
                    tx.update("followup", old["id"], changed)
            elif (contact_id := known.contact(row, counts, self._whose)) is not None:
                made = tx.insert("followup", self._values(row.given, tx.now) | {"contact_id": contact_id})
                imported.remember(tx, "followup", row.given.uid, made)
                self._taken[row.given.uid] = row.given
                counts.added += 1
        return len(rows)

    def compare(self, conn: Connection, scratch: Scratch, rows: Sequence[FollowUpRow], counts: Counts) -> int:  # noqa: ARG002
        """As ``take``, without writing."""
        known = _Known(conn, rows)
        for row in rows:
            old = known.old(row)
            if self._twice(row, counts):
                continue
            if old is not None:
                self._taken[row.given.uid] = row.given
                self._changed(row, old, counts, self.crm.clock.now())
            elif known.contact(row, counts, self._whose) is not None:
                self._taken[row.given.uid] = row.given
                counts.added += 1
        return len(rows)

    def _twice(self, row: FollowUpRow, counts: Counts) -> bool:
        """Whether the file has told of the task before. The first time counts, or the file read again would change
        it to and fro; what is said otherwise now is told."""
        first = self._taken.get(row.given.uid)
        if first is None:
            return False
        if replace(row.given, line=first.line) == first:
            counts.unchanged += 1
        else:
            counts.leave_out(
                RowReason(row.given.line, "follow_up_twice", {"line": first.line}), refused=False
            )
        return True

    def _values(self, it: IncomingFollowUp, now: datetime) -> dict[str, Any]:
        due = self._due(it)
        return {
            **due,
            "reason": it.reason,
            "assignee": self.crm.me,
            "state": "done" if it.done else "open",
            "attempt": 1,
            "attempts_max": self._attempts,
            **_series(it),
            "note": it.note,
            "alarm_minutes": self._alarm(it),
            "closed_at": min(it.closed_at or due["due_key"], now) if it.done else None,
        }

    def _due(self, it: IncomingFollowUp) -> dict[str, Any]:
        return {
            "due_on": it.due_on,
            "due_time": it.due_time,
            "first_due_on": it.due_on,
            "first_due_time": it.due_time,
            "zone": it.zone,
            "due_key": due_key(Due(it.due_on, it.due_time), it.zone, self._calendar),
        }

    def _alarm(self, it: IncomingFollowUp) -> int | None:
        """Minutes before it is due: a calendar's day begins at midnight, here it is due when work does."""
        if it.alarm_minutes is None or it.due_time is not None:
            return it.alarm_minutes
        begins, midnight = (due_key(Due(it.due_on, at), it.zone, self._calendar) for at in (None, time()))
        return max(0, it.alarm_minutes + int((begins - midnight).total_seconds() // 60))

    def _changed(
        self, row: FollowUpRow, old: Mapping[str, Any], counts: Counts, now: datetime
    ) -> dict[str, Any]:
        """What the calendar says anew; counted. A due time that was moved here stays while the calendar's does."""
        it = row.given
        if old["deleted_at"] is not None:
            params = {"ref": f"followup:{old['id']}"}
            counts.skipped.append(RowReason(it.line, "import_was_deleted", params))
            return {}
        changed = self._ended(it, old, now) if it.code else self._anew(it, old, now)
        if changed:
            counts.updated += 1
        elif it.code:
            counts.leave_out(RowReason(it.line, it.code, it.params), refused=it.refused)
        else:
            counts.unchanged += 1
        return changed

    def _ended(self, it: IncomingFollowUp, old: Mapping[str, Any], now: datetime) -> dict[str, Any]:
        if old["state"] != "open":
            return {}
        return {"state": "done" if it.done else "cancelled", "closed_at": min(it.closed_at or now, now)}

    def _anew(self, it: IncomingFollowUp, old: Mapping[str, Any], now: datetime) -> dict[str, Any]:
        changed: dict[str, Any] = {}
        if old.get("gone_on"):
            return changed
        if it.reason and it.reason != old["reason"]:
            changed["reason"] = it.reason
        if it.note and it.note != old["note"]:
            changed["note"] = it.note
        # no alarm is one when it is due, and what is done has none
        alarm = self._alarm(it)
        if not it.done and (alarm or 0) != (old["alarm_minutes"] or 0):
            changed["alarm_minutes"] = alarm
        if (it.recurrence or None) != old["recurrence"]:
            changed |= _series(it)
        if (day_to_text(it.due_on), _clock(it.due_time)) != (old["first_due_on"], old["first_due_time"]):
            due = self._due(it)
            # a zone by itself is no change: it may be given in UTC the next time
            if to_text(due["due_key"]) != old["due_key"]:
                changed |= due | _series(it)
                if it.recurrence and not it.done and old["state"] == "done":
                    changed |= {"state": "open", "closed_at": None}
        return changed | (self._ended(it, old, now) if it.done else {})


def _series(it: IncomingFollowUp) -> dict[str, Any]:
    """How it repeats; it stands where its series does."""
    rule = it.recurrence or None
    return {
        "recurrence": rule,
        "series_on": it.due_on if rule else None,
        "series_time": it.due_time if rule else None,
    }


def _clock(at: time | None) -> str | None:
    return None if at is None else time_to_text(at)


class _Known:
    """What is there of some tasks, and whom they are about."""

    def __init__(self, conn: Connection, rows: Sequence[FollowUpRow]) -> None:
        self._whose = Whose(
            conn,
            [number for row in rows for number in row.numbers],
            [email for row in rows for email in row.emails],
            [name for row in rows for name in (row.name, *chain.from_iterable(row.inside))],
        )
        self._old = imported.follow_ups_by_uid(conn, {row.given.uid for row in rows})
        for row in rows:
            own = _own(conn, row.given.uid)
            if own is not None:
                self._old[row.given.uid] = own
        for row in rows:
            self._in_series(conn, row.given)
        gone = [old["id"] for old in self._old.values() if old["deleted_at"] is not None]
        self._taken_back = imported.taken_back(conn, "followup", gone)

    def _in_series(self, conn: Connection, it: IncomingFollowUp) -> None:
        """One that was closed here has gone on by itself: the calendar's next time of it is no promise more, and when
        the calendar ends it, its last one ends."""
        old = self._old.get(it.uid)
        if old is None or not old["recurrence"] or old["state"] == "open":
            return
        last = imported.last_of_series(conn, old["series_id"] or old["id"])
        if last is not None and last["id"] > old["id"]:
            self._old[it.uid] = last if it.code or it.done else old | {"gone_on": True}

    def old(self, row: FollowUpRow) -> dict[str, Any] | None:
        """The follow-up that the task was before; one whose import was taken back never was."""
        found = self._old.get(row.given.uid)
        return None if found is None or found["id"] in self._taken_back else found

    def contact(self, row: FollowUpRow, counts: Counts, otherwise: int | None) -> int | None:
        """The one contact it is about, by address, number or name, ``otherwise`` when it names nobody; None, counted,
        when there is none such."""
        it = row.given
        if it.code:
            counts.leave_out(RowReason(it.line, it.code, it.params), refused=it.refused)
            return None
        several: list[int] = []
        found = [self._whose.email(each) for each in row.emails]
        found += [self._whose.number(each) for each in row.numbers]
        for ids in [*found, self._whose.name(row.name) or self._named_in(row)]:
            if len(ids) == 1:
                return ids[0]
            several = several or ids
        if not several and otherwise is not None:
            return otherwise
        name = it.who_name or it.who_email or it.who_phone
        params = {"name": name[:80], "n": len(several)}
        counts.skipped.append(
            RowReason(it.line, "follow_up_several" if several else "follow_up_nobody", params)
        )
        return None

    def _named_in(self, row: FollowUpRow) -> list[int]:
        """Who has a full name that stands in the title; a longer one beats a part of it."""
        for names in row.inside:
            ids = dict.fromkeys(each for name in names for each in self._whose.name(name))
            if ids:
                return list(ids)
        return []


def _runs(title: str) -> list[list[str]]:
    """Words that stand together in a title, by how many (``_NAME``), as ``fold.unified``."""
    found = title.split()[:_WORDS]
    return [
        [unified(" ".join(found[at : at + many])) for at in range(len(found) - many + 1)] for many in _NAME
    ]


def _own(conn: Connection, uid: str) -> dict[str, Any] | None:
    """The follow-up that was written with this uid by ourselves."""
    number = uid.partition("-")[0]
    if not uid.endswith(ics_out.UID_END) or not (number.isascii() and number.isdigit()) or len(number) > 15:
        return None
    found = followups.record(conn, int(number))
    return imported.follow_up(conn, found.id) if found and ics_out.uid(found) == uid else None


def _apart(rows: Sequence[FollowUpRow]) -> Sequence[FollowUpRow]:
    """The rows up to the first with the uid of one before it."""
    seen: set[str] = set()
    for place, row in enumerate(rows):
        if row.given.uid in seen:
            return rows[:place]
        seen.add(row.given.uid)
    return rows
