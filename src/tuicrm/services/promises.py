"""What one does with a follow-up by hand: make it, keep it, put it off, hand it on, take it back.

Calls make and answer follow-ups by themselves (``domain.plan``); lists of them are in ``services.agenda``
(by a filter) and ``services.followups`` (by plain conditions).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final, Literal

from tuicrm.domain.errors import Conflict, FieldProblem, Invalid, NotAllowed, NotFound
from tuicrm.domain.fold import fold
from tuicrm.domain.models import SKIPPED, Contact, Due, FollowUp, FollowUpState
from tuicrm.domain.record import record
from tuicrm.domain.safe import tidy
from tuicrm.domain.when import WhenRefused, due_key, parse_when
from tuicrm.services import recurring
from tuicrm.services.agents import ensure_self, known_handle
from tuicrm.services.context import Crm
from tuicrm.storage.connection import Connection
from tuicrm.storage.database import Transaction
from tuicrm.storage.queries import contacts, followups

LONGEST = 400
"""Characters a reason may have."""
ALARM_MOST: Final = 14 * 24 * 60
"""Minutes before its time at which a reminder may come."""


def read_when(crm: Crm, text: str) -> Due:
    """The moment that a phrase names. Raises ``Invalid`` naming the field ``when``, also for a bare hour of the night,
    as the log line asks about it."""
    try:
        due = parse_when(text, crm.now(), crm.when())
    except WhenRefused as refused:
        problem = FieldProblem("when", text, refused.code, refused.params)
        raise Invalid(refused.code, fields=(problem,), **refused.params) from None
    if due.at is not None and not due.at.minute:
        _awake(crm, text, due.on, due.at.hour)
    return due


def _awake(crm: Crm, text: str, on: date, hour: int) -> None:
    # imported here: most phrases name no such hour
    from tuicrm.domain.logline_night import NIGHT_ENDS, both_halves

    choices = both_halves(text, on, hour, crm.calendar()) if hour < NIGHT_ENDS else ()
    if not choices:
        return
    try:
        later = parse_when(choices[0], crm.now(), crm.when())
    except WhenRefused:
        return
    if later.at is None or later.at.hour != hour + 12:
        # the number that was found is not the hour
        return
    params: dict[str, Any] = {"text": text, "time": f"{hour:02}:00", "later": choices[0], "early": choices[1]}
    raise Invalid("when_at_night", fields=(FieldProblem("when", text, "when_at_night", params),), **params)


def add(
    crm: Crm,
    contact_id: int,
    when: str,
    reason: str = "",
    *,
    assignee: str = "",
    alarm: str = "",
    every: str = "",
) -> FollowUp:
    """Promises something to a contact; ``assignee``: who keeps it, else who acts; ``alarm``: ``read_alarm``; ``every``:
    how it repeats (``recurring.read``), which names the first moment when ``when`` does not.

    Raises ``NotFound``, ``Invalid`` (``when``, ``assignee``, ``every``), ``Conflict("contact_deleted")``, and
    ``NotAllowed`` for somebody who asked not to be called.
    """
    rule, reason, minutes = recurring.read(crm, every), read_reason(reason), read_alarm(alarm)
    due = read_when(crm, when) if rule is None or when.strip() else recurring.first(crm, rule)
    ensure_self(crm)
    with crm.database.transaction(crm.actor, "followup.add") as tx:
        contact = _callable(tx, contact_id)
        values = columns(crm, due, reason, whose(tx, crm, assignee), contact.id)
        made = tx.insert("followup", values | {"alarm_minutes": minutes} | recurring.columns(rule, due))
    return get(crm, made)


def done(crm: Crm, follow_up_id: int, *, seen: FollowUp | None = None) -> FollowUp:
    """The promise is kept.

    ``seen``: as whoever asks has it on the screen. Raises ``NotFound``, ``Conflict`` (``follow_up_closed``, and
    ``follow_up_changed`` when it is not as ``seen`` any more).
    """
    return change(crm, follow_up_id, ending("done"), seen)


def cancel(crm: Crm, follow_up_id: int, why: str, *, seen: FollowUp | None = None) -> FollowUp:
    """Takes a promise back, and says why; what repeats ends with it. Raises as ``done``, and ``Invalid``."""
    return change(crm, follow_up_id, ending("cancelled", why), seen)


def skip(crm: Crm, follow_up_id: int, *, seen: FollowUp | None = None) -> FollowUp:
    """Not this time: closed, and the next one of its series is made. Raises as ``done``, and
    ``Conflict("follow_up_once")`` for what does not repeat."""
    return change(crm, follow_up_id, SKIPPING, seen)


def reopen(crm: Crm, follow_up_id: int, when: str = "", *, seen: FollowUp | None = None) -> FollowUp:
    """What was closed, or given up after the last attempt, is owed again, at another moment if one is named; its
    attempts begin anew. Raises as ``snooze``, and ``Conflict("follow_up_open")``."""
    return change(crm, follow_up_id, reopening(crm, when), seen)


def snooze(crm: Crm, follow_up_id: int, when: str, *, seen: FollowUp | None = None) -> FollowUp:
    """Reminds later: out of the queue until then; the promise stays as it was. Raises as ``done``, and ``Invalid``
    (``when``)."""
    return change(crm, follow_up_id, snoozing(crm, when), seen)


def wake(crm: Crm, follow_up_id: int, *, seen: FollowUp | None = None) -> FollowUp:
    """Back into the queue at once. Raises as ``done``."""
    return change(crm, follow_up_id, WAKING, seen)


def move(crm: Crm, follow_up_id: int, when: str, *, seen: FollowUp | None = None) -> FollowUp:
    """Another moment was agreed on: the promise itself moves. Raises as ``snooze``."""
    return change(crm, follow_up_id, moving(crm, when), seen)


def assign(crm: Crm, follow_up_id: int, agent: str, *, seen: FollowUp | None = None) -> FollowUp:
    """Hands a promise to another agent. Raises as ``done``, and ``Invalid`` for an unknown one."""
    return change(crm, follow_up_id, handing(crm, agent), seen)


def edit(
    crm: Crm,
    follow_up_id: int,
    *,
    when: str | None,
    reason: str | None,
    agent: str | None,
    alarm: str | None = None,
    every: str | None = None,
    seen: FollowUp | None = None,
) -> FollowUp:
    """Changes what is given, in one action: the moment as ``move`` does, the reason, whose it is, its alarm, how it
    repeats (``""``: no longer)."""
    values: dict[str, Any] = {}
    due = None if when is None else read_when(crm, when)
    if due is not None:
        values = _moved(crm, due)
    if every is not None:
        values |= recurring.columns(recurring.read(crm, every), due or get(crm, follow_up_id).due)
    if reason is not None:
        values["reason"] = read_reason(reason)
    if alarm is not None:
        values["alarm_minutes"] = read_alarm(alarm)
    if agent is not None:
        ensure_self(crm)
        with crm.database.reader() as conn:
            values["assignee"] = whose(conn, crm, agent)
    return change(crm, follow_up_id, Deed("followup.edit", values), seen)


def get(crm: Crm, follow_up_id: int) -> FollowUp:
    """The follow-up with this id. Raises ``NotFound``."""
    with crm.database.reader() as conn:
        found = followups.record(conn, follow_up_id)
    if found is None:
        raise NotFound("no_follow_up", ref=f"followup:{follow_up_id}")
    return found


def checked(crm: Crm, reason: str, assignee: str, alarm: str = "") -> None:
    """Raises ``Invalid`` for a reason, an assignee or an alarm that would be refused."""
    read_reason(reason)
    read_alarm(alarm)
    with crm.database.reader() as conn:
        whose(conn, crm, assignee)


def columns(crm: Crm, due: Due, reason: str, assignee: str, contact_id: int) -> dict[str, Any]:
    """A new open follow-up as the values of its record."""
    return {
        **_moved(crm, due),
        "contact_id": contact_id,
        "reason": reason,
        "assignee": assignee,
        "state": "open",
    }


# --- what can be done to one, or to many (``services.promises_bulk``) --------------------------------------------


@record
class Deed:
    """``values``: what it writes of a follow-up; ``needs``: in which state that must be; ``closes``: it ends then;
    ``renews``: the next one of its series is made."""

    verb: str
    values: Mapping[str, Any]
    needs: Literal["open", "closed"] = "open"
    closes: bool = False
    renews: bool = False


def ending(state: FollowUpState, why: str = "") -> Deed:
    """It is closed. Raises ``Invalid`` for a reason that is too long."""
    why = read_reason(why)
    verb = "followup.done" if state == "done" else "followup.cancel"
    values = {"state": state, "closed_reason": why, "remind_at": None}
    return Deed(verb, values, closes=True, renews=state == "done")


SKIPPING: Final = Deed(
    "followup.skip",
    {"state": "cancelled", "closed_reason": SKIPPED, "remind_at": None},
    closes=True,
    renews=True,
)


def reopening(crm: Crm, when: str = "") -> Deed:
    """It is owed again. Raises ``Invalid`` (``when``)."""
    values = _moved(crm, read_when(crm, when)) if when.strip() else {}
    again = {"state": "open", "closed_at": None, "closed_reason": "", "attempt": 1, "remind_at": None}
    return Deed("followup.reopen", again | values, "closed")


def snoozing(crm: Crm, when: str) -> Deed:
    """It is out of the queue for a while. Raises ``Invalid`` (``when``)."""
    return Deed("followup.snooze", {"remind_at": read_later(crm, when)})


WAKING: Final = Deed("followup.wake", {"remind_at": None})


def moving(crm: Crm, when: str) -> Deed:
    """It is promised for another moment. Raises ``Invalid`` (``when``)."""
    return Deed("followup.move", _moved(crm, read_when(crm, when)))


def handing(crm: Crm, agent: str) -> Deed:
    """Another agent keeps it. Raises ``Invalid`` (``assignee``)."""
    ensure_self(crm)
    with crm.database.reader() as conn:
        return Deed("followup.assign", {"assignee": whose(conn, crm, agent)})


def change(crm: Crm, follow_up_id: int, deed: Deed, seen: FollowUp | None = None) -> FollowUp:
    """Does it to one follow-up, in one action. Raises as ``done``."""
    ensure_self(crm)
    with crm.database.transaction(crm.actor, deed.verb) as tx:
        found = followups.record(tx, follow_up_id)
        if found is None:
            raise NotFound("no_follow_up", ref=f"followup:{follow_up_id}")
        if seen is not None and _facts(found) != _facts(seen):
            raise Conflict("follow_up_changed", name=found.contact.name or f"contact:{found.contact.id}")
        if not fits(found, deed):
            code = "follow_up_closed" if deed.needs == "open" else "follow_up_open"
            raise Conflict(code, ref=f"followup:{follow_up_id}")
        if deed is SKIPPING and not found.recurrence:
            raise Conflict("follow_up_once", ref=f"followup:{follow_up_id}")
        apply(tx, crm, found, deed)
    return get(crm, follow_up_id)


def fits(found: FollowUp, deed: Deed) -> bool:
    """Whether it is in a state in which that can be done."""
    return (found.state == "open") == (deed.needs == "open")


def apply(tx: Transaction, crm: Crm, found: FollowUp, deed: Deed) -> bool:
    """Writes what the deed says; whether that changed anything. One that is in another state is left alone."""
    if not fits(found, deed):
        return False
    ended = {"closed_at": tx.now} if deed.closes else {}
    changed = tx.update("followup", found.id, {**deed.values, **ended})
    if deed.renews:
        recurring.next_one(tx, crm, found, skipped=deed is SKIPPING)
    return changed


def _facts(it: FollowUp) -> tuple[object, ...]:
    """What whoever does something to it has seen."""
    return it.state, it.due, it.zone, it.assignee, it.reason, it.remind_at, it.recurrence


# --- inside -------------------------------------------------------------------------------------------------


def _due(crm: Crm, due: Due) -> dict[str, Any]:
    zone = crm.zone.key
    return {
        "due_on": due.on,
        "due_time": due.at,
        "zone": zone,
        "due_key": due_key(due, zone, crm.calendar()),
    }


def _moved(crm: Crm, due: Due) -> dict[str, Any]:
    """As ``_due``, promised so from the first, and not to be reminded of before."""
    first = {"first_due_on": due.on, "first_due_time": due.at}
    return _due(crm, due) | first | {"remind_at": None}


def read_later(crm: Crm, text: str) -> datetime:
    """The instant that a phrase names: its time, else the beginning of that working day. Raises ``Invalid`` (``when``),
    also for one that is not later than now."""
    try:
        due = read_when(crm, text)
    except Invalid as refused:
        if refused.code != "when_minutes_few":
            raise
        # 5m: nobody puts a reminder off for five months
        due = read_when(crm, f"{refused.params['n']} minutes")
    later = due_key(due, crm.zone.key, crm.calendar())
    if later <= crm.now():
        problem = FieldProblem("when", text, "remind_past", {"text": text})
        raise Invalid("remind_past", fields=(problem,), text=text)
    return later


def read_alarm(text: str) -> int | None:
    """How many minutes before its time a reminder comes: ``15``, ``15m``, ``2h``; ``""``: when it is due. Raises
    ``Invalid`` (``alarm``)."""
    from tuicrm.domain.filter_values import seconds

    text = " ".join(fold(text).split())
    if not text:
        return None
    length = int(text) * 60 if text.isdecimal() else seconds(text)
    if length is None or length % 60 or not 0 <= length <= ALARM_MOST * 60:
        problem = FieldProblem("alarm", text, "alarm_unknown", {"text": text})
        raise Invalid("alarm_unknown", fields=(problem,), text=text)
    return length // 60


def read_reason(text: str) -> str:
    """A reason as one tidy line. Raises ``Invalid("too_long")``."""
    text = " ".join(tidy(text).split())
    if len(text) > LONGEST:
        problem = FieldProblem("reason", text[:40], "too_long")
        raise Invalid("too_long", fields=(problem,), field="reason", limit=LONGEST)
    return text


def whose(conn: Connection, crm: Crm, name: str) -> str:
    """The handle of who is to keep a promise, by default who acts. Raises ``Invalid`` naming ``assignee``."""
    try:
        return known_handle(conn, crm, name) or crm.me
    except Invalid as refused:
        problem = FieldProblem("assignee", name, refused.code)
        raise Invalid(refused.code, fields=(problem,), **refused.params) from None


def _callable(conn: Connection, contact_id: int) -> Contact:
    found = contacts.record(conn, contacts.heir(conn, contact_id))
    if found is None:
        raise NotFound("no_contact", ref=f"contact:{contact_id}")
    if found.deleted_at is not None:
        raise Conflict("contact_deleted", id=found.id, name=found.name)
    if found.do_not_call:
        raise NotAllowed("promise_unwanted", name=found.name or f"contact:{found.id}")
    return found
