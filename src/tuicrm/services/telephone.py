"""The telephone's door: what any telephone system says about its calls, and what becomes of them here.

Events may come late, twice or out of order; a call only moves forward (ringing, talking, ended or missed).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, Literal

from tuicrm.domain.errors import FieldProblem, Invalid
from tuicrm.domain.live_models import BY_HAND
from tuicrm.domain.models import ContactRow, PhoneCall, PhoneCallState
from tuicrm.domain.phone import SAVING_DIGITS, digits, parse_phone, suffix_query
from tuicrm.domain.record import replace
from tuicrm.domain.safe import tidy
from tuicrm.services.context import Crm
from tuicrm.storage.changes import PHONE
from tuicrm.storage.connection import Connection
from tuicrm.storage.database import Actor
from tuicrm.storage.instants import to_text
from tuicrm.storage.queries import calls, contacts

Event = Literal["ring", "answer", "hangup", "missed"]

_STATES: Final[dict[Event, PhoneCallState]] = {
    "ring": "ringing",
    "answer": "talking",
    "hangup": "ended",
    "missed": "missed",
}
MOST: Final = 50
"""So many talks that wait to be logged are shown; older ones come when newer ones are dealt with."""
RINGS_AT_MOST: Final = timedelta(minutes=5)
"""A telephone that never said how its ringing ended has stopped."""


def event(
    crm: Crm,
    state: Event,
    *,
    call_id: str,
    number: str = "",
    agent: str | None = None,
    line: str = "",
    source: str = "",
    at: datetime | None = None,
) -> PhoneCall:
    """Takes in one event; gives the call as known now, with everybody who has that number.

    ``source`` names the telephone system, ``call_id`` its call; the two together are one call. A call that
    nobody took is saved as missed; news that it was taken after all takes that back.
    Raises ``Invalid`` without a call id.
    """
    call_id, source = tidy(call_id).strip(), tidy(source).strip() or "telephone"
    if not call_id:
        raise Invalid("call_id_missing", fields=(FieldProblem("id", "", "call_id_missing"),))
    call, news = crm.live.phone_event(
        _STATES[state],
        source=source,
        call_id=call_id,
        at=at or crm.clock.now(),
        number=_known_number(number),
        agent=agent.strip().lower() if agent else None,
        line=tidy(line).strip(),
    )
    call = matched(crm, call)
    if call.state == "missed":
        _save_missed(crm, call)
    elif news and call.state in ("talking", "ended"):
        _take_missed_back(crm, call)
    return call


def current(crm: Crm, agent: str | None = None) -> list[PhoneCall]:
    """Calls the agent has to do with now: ringing, talking, or over and not yet logged, however long ago; those
    that ring first, else newest first."""
    return _not_logged(crm, agent or crm.me)


def unlogged(crm: Crm, agent: str | None = None) -> list[PhoneCall]:
    """Talks that are over and that nobody has logged or waved away; of one agent, else of everybody. Newest first."""
    now = crm.clock.now()
    return [call for call in _not_logged(crm, agent) if call.state != "ringing" and call.over(now)]


def _not_logged(crm: Crm, agent: str | None) -> list[PhoneCall]:
    now = crm.clock.now()
    talked = crm.live.talked_calls(agent, MOST)
    ringing = [
        call
        for call in crm.live.phone_calls(agent, now - RINGS_AT_MOST)
        if call.state == "ringing" and call.answered_at is None
    ]
    with crm.database.reader() as conn:
        open_calls = [
            call
            for call in (*ringing, *talked)
            if call.state != "missed" and calls.by_source(conn, call.source, call.call_id) is None
        ]
    return [matched(crm, call) for call in open_calls]


def dial(crm: Crm, number: str, uid: str) -> PhoneCall:
    """Begins a call that is dialled by hand: it talks from now on, until hung up or logged."""
    return event(crm, "answer", call_id=uid, number=number, agent=crm.me, source=BY_HAND)


def take(crm: Crm, call: PhoneCall) -> PhoneCall:
    """The agent takes a ringing call, before (or without) the telephone saying so."""
    return _again(crm, "answer", call)


def hang_up(crm: Crm, call: PhoneCall) -> PhoneCall:
    """The talk is over; wrap-up begins."""
    return _again(crm, "hangup", call)


def dismiss(crm: Crm, source: str, call_id: str) -> None:
    """The call was logged, or waved away: it is no longer live."""
    crm.live.handle_phone_call(source, call_id)


def reopen(crm: Crm, source: str, call_id: str) -> None:
    """Logging the call was taken back: it is live again, with all the telephone said of it meanwhile."""
    crm.live.reopen_phone_call(source, call_id)


def matched(crm: Crm, call: PhoneCall) -> PhoneCall:
    """The call with everybody who has its number."""
    with crm.database.reader() as conn:
        return replace(call, matches=tuple(people_with(conn, crm.region(), call.number)))


def people_with(conn: Connection, region: str, number: str) -> list[ContactRow]:
    """Living contacts with this number: whole when any has it so, else by its last digits (7 or more).

    A withheld number is nobody's.
    """
    if len(digits(number)) < SAVING_DIGITS:
        return []
    phone = parse_phone(number, region)
    exact = contacts.with_e164(conn, phone.e164) if phone.e164 else []
    ids = exact or contacts.with_number(conn, suffix_query(number))
    rows = contacts.rows(conn, ids)
    return [rows[contact_id] for contact_id in ids if contact_id in rows]


def _again(crm: Crm, state: Event, call: PhoneCall) -> PhoneCall:
    return event(crm, state, call_id=call.call_id, number=call.number, agent=crm.me, source=call.source)


def _known_number(number: str) -> str:
    """The number as said, or ``""`` for a withheld one (``anonymous``, ``<unknown>``)."""
    number = tidy(number).strip()
    return number if digits(number) else ""


def _save_missed(crm: Crm, call: PhoneCall) -> None:
    """A missed call in the list, once. Nobody is made of it: a stray call is no contact."""
    with crm.database.transaction(Actor(call.agent or crm.me, PHONE), "call.missed") as tx:
        uid = f"{call.source}/{call.call_id}"
        if calls.by_uid(tx, uid) or calls.by_source(tx, call.source, call.call_id):
            return
        contact = call.contact
        outcome = crm.process().missed
        began = call.rang_at or call.ended_at or tx.now
        ring_s = (
            int((call.ended_at - call.rang_at).total_seconds()) if call.ended_at and call.rang_at else None
        )
        tx.insert(
            "call",
            {
                "uid": uid,
                "contact_id": contact.id if contact else None,
                "agent": call.agent or crm.me,
                "channel": crm.process().defaults.channel,
                "direction": "in",
                "outcome": outcome.code,
                "started_at": to_text(began),
                "duration_s": 0,
                "ring_s": max(0, ring_s) if ring_s is not None else None,
                "entered_via": PHONE,
                "process_version": crm.process().version,
                "number": call.number,
                "source": call.source,
                "source_call_id": call.call_id,
                "tags": [],
            },
        )


def _take_missed_back(crm: Crm, call: PhoneCall) -> None:
    """The call was taken after all: what was saved as missed goes, so that it can be logged."""
    with crm.database.reader() as conn:
        saved = calls.by_source(conn, call.source, call.call_id)
    if saved is None or saved.outcome != crm.process().missed.code or saved.deleted_at is not None:
        return
    with crm.database.transaction(Actor(call.agent or crm.me, PHONE), "call.taken") as tx:
        tx.delete("call", saved.id)
