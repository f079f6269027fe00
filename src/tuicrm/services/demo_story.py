"""Ninety days of a small office: who called whom, what was promised, what broke.

Walks once through time, contact by contact state in hand, so that the past hangs together: a promise is kept
by the call that answers it, a fault that is mended was reported first. Everything comes from one seeded
``Random`` and the moment the demo is opened.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import accumulate
from random import Random
from typing import Final

from tuicrm.domain.models import Due
from tuicrm.domain.when import due_key
from tuicrm.domain.worktime import Calendar
from tuicrm.services import demo_data as data
from tuicrm.services.demo_people import Person, phrase, pick
from tuicrm.services.demo_repairs import TICKET_TOPICS, Repairs, Row

DAYS: Final = 90

_OUT: Final = {
    "connected": 50, "no_answer": 22, "busy": 7, "voicemail": 6, "callback": 5, "left_message": 3, "sale": 4,
    "refused": 2,
}  # fmt: skip
_IN: Final = {"connected": 82, "missed": 8, "callback": 3, "sale": 5, "refused": 2}
_SPOKEN: Final = frozenset({"connected", "callback", "sale", "refused", "do_not_call"})
_TOPICS: Final = {
    "quote": 22, "order": 14, "invoice": 8, "payment": 8, "delivery": 10, "contract": 7, "appointment": 7,
    "question": 6, "fault": 10, "complaint": 3, "service": 8,
}  # fmt: skip
_SELLING: Final = ("quote", "order", "contract")
"""What can be sold or refused."""
_CHANNELS: Final = {"call": 92, "sms": 3, "email": 3, "visit": 2}
_HOURS: Final = {8: 2, 9: 7, 10: 9, 11: 8, 12: 5, 13: 3, 14: 7, 15: 8, 16: 6, 17: 1}
_ATTEMPTS_MAX: Final = 4


class Slot:
    """A moment at which an agent speaks to somebody (None: a number that was wrong)."""

    __slots__ = ("agent", "at", "person")

    def __init__(self, at: datetime, agent: str, person: Person | None) -> None:
        self.at = at
        self.agent = agent
        self.person = person


def slots(
    rng: Random, people: list[Person], loads: dict[str, int], now: datetime, working: frozenset[int]
) -> list[Slot]:
    """Who speaks to whom and when, in order of time. ``loads``: calls a day by agent; ``now`` is local."""
    made = []
    pools = {agent: [p for p in people if p.owner == agent and p.weight] for agent in loads}
    sums = {agent: list(accumulate(p.weight for p in pool)) for agent, pool in pools.items()}
    everybody = [p for p in people if p.weight]
    for back in range(DAYS, -1, -1):
        day = now.date() - timedelta(days=back)
        if day.weekday() not in working and back:
            continue
        for agent, load in loads.items():
            for at in _moments(rng, day, load, now):
                person = rng.choices(pools[agent], cum_weights=sums[agent])[0]
                if rng.random() < 0.12:
                    person = rng.choice(everybody)
                made.append(Slot(at, agent, None if rng.random() < 0.004 else person))
    return sorted(made, key=lambda slot: (slot.at, slot.agent))


def _moments(rng: Random, day: date, load: int, now: datetime) -> list[datetime]:
    """Moments of one agent's day, at least seven minutes apart, none after ``now``."""
    hours = rng.choices(tuple(_HOURS), tuple(_HOURS.values()), k=max(1, round(rng.gauss(load, load / 5))))
    found: list[datetime] = []
    for hour in sorted(hours):
        at = datetime.combine(day, time(hour, rng.randrange(60), rng.randrange(60)), tzinfo=now.tzinfo)
        found.append(at)
    found.sort()
    for index in range(1, len(found)):
        found[index] = max(found[index], found[index - 1] + timedelta(minutes=7 + rng.randrange(4)))
    return [at for at in found if at < now - timedelta(minutes=7)]


class Story:
    """The rows of the past, as values for ``Transaction.insert`` with ids of their own."""

    def __init__(self, rng: Random, now: datetime, zone: str, calendar: Calendar) -> None:
        self.rng = rng
        self.now = now
        self.zone = zone
        self.calendar = calendar
        self.calls: list[Row] = []
        self.follow_ups: list[Row] = []
        self.repairs = Repairs(rng)
        self.pending: list[Row] = []
        """Follow-ups that nothing answered yet: who ends the story gives them their day."""
        self._promise: dict[int, Row] = {}
        self._topic: dict[int, str] = {}

    def tell(self, moments: list[Slot]) -> None:
        """Walks through the moments."""
        coming: dict[int, list[datetime]] = {}
        for slot in moments:
            if slot.person is not None:
                coming.setdefault(slot.person.index, []).append(slot.at)
        for slot in moments:
            if slot.person is None:
                self._wrong_number(slot)
                continue
            ahead = coming[slot.person.index]
            ahead.pop(0)
            self._call(slot, slot.person, ahead[0] if ahead else None)

    # --- one call ---------------------------------------------------------------------------------------------

    def _call(self, slot: Slot, person: Person, following: datetime | None) -> None:
        rng = self.rng
        promise, ticket = self._promise.get(person.index), self.repairs.of(person)
        direction = "out" if promise is not None or rng.random() < 0.45 else "in"
        outcome = pick(rng, _OUT if direction == "out" else _IN)
        if person.do_not_call and following is None:
            direction, outcome = "out", "do_not_call"
        topic = self._topic.get(person.index) if promise or ticket else None
        topic = topic or pick(rng, _TOPICS)
        if outcome in ("sale", "refused") and topic not in _SELLING:
            topic = rng.choice(_SELLING)
        call = self._row(slot, person, direction, outcome)
        if outcome == "do_not_call":
            call["note"] = phrase(rng, data.NO_MORE, person)
        elif outcome in _SPOKEN:
            self._topic[person.index] = topic
            about = ticket if topic in TICKET_TOPICS else None
            call |= self._content(person, topic, about)
            if topic in TICKET_TOPICS:
                self.repairs.told(call, person, topic)
        self._follow_up(call, person, promise, following)
        self.calls.append(call)

    def _row(self, slot: Slot, person: Person | None, direction: str, outcome: str) -> Row:
        rng = self.rng
        spoken = outcome in _SPOKEN
        channel = pick(rng, _CHANNELS) if outcome == "connected" else "call"
        by_phone = channel == "call"
        seconds = min(1500, max(20, round(rng.lognormvariate(5.1, 0.7)))) if by_phone and spoken else None
        if outcome in ("voicemail", "left_message"):
            seconds = rng.randrange(15, 50)
        wrap = rng.randrange(4, 60) if by_phone and outcome != "missed" else None
        return {
            "id": len(self.calls) + 1,
            "uid": f"{rng.getrandbits(128):032x}",
            "contact_id": person.id if person else None,
            "agent": slot.agent,
            "channel": channel,
            "direction": direction,
            "outcome": outcome,
            "topic": None,
            "topic_guessed": False,
            "note": "",
            "started_at": slot.at,
            "duration_s": seconds,
            "talk_s": seconds,
            "wrap_s": wrap,
            "ring_s": rng.randrange(2, 26) if by_phone else None,
            "keys": 1 if rng.random() < 0.5 else 3,
            "entry_s": 1.0,
            "entered_via": "tui" if rng.random() < 0.9 else "cli",
            "process_version": 1,
            "number": person.number if person and by_phone else "",
            "tags": [],
            "saved_at": slot.at + timedelta(seconds=(seconds or 0) + (wrap or 0)),
        }

    def _wrong_number(self, slot: Slot) -> None:
        call = self._row(slot, None, "in", "wrong_number")
        number = f"+9821000{self.rng.randrange(10000, 99999)}"
        self.calls.append(call | {"number": number, "duration_s": 12, "talk_s": 12})

    def _content(self, person: Person, topic: str, ticket: Row | None) -> Row:
        """The note, its topic and what typing them took."""
        rng = self.rng
        note = phrase(rng, data.NOTES[topic], person)
        if ticket is not None:
            note = phrase(rng, data.COMMENTS, person)
        if rng.random() < 0.12:
            note = ""
        given = rng.random() < 0.35
        guessed = not given and any(note.startswith(word) for word in _begins_with(topic))
        keys = len(note) // 2 + rng.randrange(3, 9)
        return {
            "note": note,
            "topic": topic if given or guessed else None,
            "topic_guessed": guessed,
            "keys": keys,
            "entry_s": round(keys * rng.uniform(0.18, 0.4), 1),
        }

    # --- promises ---------------------------------------------------------------------------------------------

    def _follow_up(self, call: Row, person: Person, promise: Row | None, following: datetime | None) -> None:
        outcome = call["outcome"]
        if outcome == "missed":
            return
        if promise is not None:
            call["follow_up_id"] = promise["id"]
            if outcome in _SPOKEN:
                self._end(promise, "cancelled" if self.rng.random() < 0.06 else "done", call, person)
            elif promise["attempt"] >= _ATTEMPTS_MAX:
                self._end(promise, "exhausted", call, person)
            else:
                promise["attempt"] += 1
                self._set_due(promise, call, following)
                return
        wanted = {"connected": 0.3, "sale": 0.2, "refused": 0.0, "do_not_call": 0.0}.get(outcome, 1.0)
        if outcome not in _SPOKEN and (promise is not None or call["direction"] == "in"):
            return
        if self.rng.random() < wanted:
            self._promise_made(call, person, following)

    def _promise_made(self, call: Row, person: Person, following: datetime | None) -> None:
        made = {
            "id": len(self.follow_ups) + 1,
            "contact_id": call["contact_id"],
            "reason": call["note"] or phrase(self.rng, data.REASONS, person),
            "zone": self.zone,
            "assignee": call["agent"],
            "state": "open",
            "attempt": 1,
            "attempts_max": _ATTEMPTS_MAX,
            "topic": call["topic"],
            "call_id": call["id"],
            "ticket_id": call.get("ticket_id"),
            "created_at": call["saved_at"],
        }
        self.follow_ups.append(made)
        self._promise[person.index] = made
        call["follow_up_id"] = made["id"]
        self._set_due(made, call, following)

    def _set_due(self, promise: Row, call: Row, following: datetime | None) -> None:
        """The day of the call that will answer it, or a few days earlier; unknown while there is none."""
        promise["_last"] = call["started_at"]
        if following is None:
            self.pending.append(promise)
            return
        said = call["started_at"].date()
        day = max(said, following.date() - timedelta(days=self.rng.choice((0, 0, 0, 0, 0, 1, 1, 2))))
        at = time(following.hour, self.rng.choice((0, 30))) if self.rng.random() < 0.4 else None
        if day == said:
            at = (call["started_at"] + timedelta(hours=1)).time().replace(second=0, microsecond=0)
        self.due(promise, Due(day, at))

    def due(self, promise: Row, due: Due) -> None:
        """Sets when it is due; the first time is kept."""
        promise |= {"due_on": due.on, "due_time": due.at, "due_key": due_key(due, self.zone, self.calendar)}
        promise.setdefault("first_due_on", due.on)
        promise.setdefault("first_due_time", due.at)

    def _end(self, promise: Row, state: str, call: Row, person: Person) -> None:
        promise |= {"state": state, "closed_at": call["saved_at"]}
        del self._promise[person.index]


def _begins_with(topic: str) -> tuple[str, ...]:
    """What a note begins with when its topic is guessed from it, in the shipped process."""
    return _GUESSED.get(topic, ())


_GUESSED: Final = {
    "quote": ("quote", "پیش‌فاکتور"),
    "order": ("order", "سفارش"),
    "invoice": ("invoice", "bill", "فاکتور", "صورت‌حساب"),
    "payment": ("payment", "paid", "پرداخت", "واریز"),
    "delivery": ("delivery", "shipping", "ارسال", "تحویل"),
    "contract": ("contract", "renewal", "قرارداد", "تمدید"),
    "appointment": ("appointment",),
    "fault": ("broken", "خرابی"),
    "complaint": ("complaint", "شکایت"),
    "service": ("service", "maintenance", "سرویس", "تعمیر", "نصب"),
}
