"""What broke in the demo's office: its tickets and what became of them, call by call."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any, Final

from tuicrm.services import demo_data as data
from tuicrm.services.demo_people import Person, phrase, pick

Row = dict[str, Any]

TICKET_TOPICS: Final = frozenset({"fault", "complaint", "service"})
_UNRESOLVED: Final = ("open", "in_progress", "waiting_parts", "waiting_customer")
_PRIORITIES: Final = {"normal": 55, "high": 25, "low": 12, "urgent": 8}
_PROMISED_HOURS: Final = {"urgent": (1, 24), "high": (6, 72), "normal": (24, 216), "low": (48, 504)}
"""Hours by the calendar until an answer and until it is mended, by priority."""
_QUIET_DAYS: Final = 18
"""A ticket older than that is most likely resolved."""


class Repairs:
    """The tickets and their events, as values for ``Transaction.insert``."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.tickets: list[Row] = []
        self.events: list[Row] = []
        self._unmended: dict[int, Row] = {}
        """By the index of the person who reported it."""

    def of(self, person: Person) -> Row | None:
        """What is not mended yet for somebody."""
        return self._unmended.get(person.index)

    def told(self, call: Row, person: Person, topic: str) -> None:
        """Somebody calls about what is broken: it becomes a ticket, goes on or is mended; the call names it."""
        ticket = self.of(person)
        if ticket is None:
            if call["note"] and self.rng.random() < 0.45:
                self._open(call, person, topic)
            return
        call["ticket_id"] = ticket["id"]
        chance = self.rng.random()
        if chance < 0.4:
            call["note"] = phrase(self.rng, data.CLOSING, person)
            self._resolve(ticket, call["saved_at"], call["note"], call)
            del self._unmended[person.index]
        elif chance < 0.7:
            ticket |= {"status": "waiting_parts", "category": "waiting"}
            self._event(ticket, call["saved_at"], "status", call["note"], call)
        else:
            self._event(ticket, call["saved_at"], "comment", call["note"], call)

    def end(self, now: datetime, me: str) -> None:
        """Resolves most old tickets, and lets every status and priority be seen among the rest."""
        left = []
        for ticket in self.tickets:
            if ticket["category"] == "resolved":
                continue
            age = now - ticket["created_at"]
            if age > timedelta(days=_QUIET_DAYS) and self.rng.random() < 0.9:
                closing = self.rng.choice(data.CLOSING[1 if _is_persian(ticket["subject"]) else 0])
                self._resolve(ticket, ticket["created_at"] + age * self.rng.uniform(0.1, 0.5), closing)
            else:
                left.append(ticket)
        for number, ticket in enumerate(reversed(left)):
            status = _UNRESOLVED[number % len(_UNRESOLVED)]
            ticket |= {"status": status, "category": "waiting" if status.startswith("waiting") else "open"}
            if number % 2 == 0:
                ticket["assignee"] = me
            if number < 4:
                _promise_hours(ticket, ("high", "urgent", "normal", "low")[number])
        self.events.sort(key=lambda event: event["at"])

    def _open(self, call: Row, person: Person, topic: str) -> None:
        priority = pick(self.rng, _PRIORITIES)
        first = call["note"].replace("،", ",").split(",")[0].strip()
        ticket = {
            "id": len(self.tickets) + 1,
            "subject": first,
            "contact_id": person.id,
            "kind": topic,
            "status": "open",
            "category": "open",
            "assignee": call["agent"],
            "tags": [],
            "created_at": call["saved_at"],
            "reopened": 1 if self.rng.random() < 0.04 else 0,
        }
        _promise_hours(ticket, priority)
        self.tickets.append(ticket)
        self._unmended[person.index] = ticket
        call["ticket_id"] = ticket["id"]
        self._event(ticket, call["saved_at"], "created", call["note"], call)

    def _resolve(self, ticket: Row, at: datetime, text: str, call: Row | None = None) -> None:
        ticket |= {"status": "resolved", "category": "resolved", "resolved_at": at}
        self._event(ticket, at, "resolved", text, call)

    def _event(self, ticket: Row, at: datetime, kind: str, text: str, call: Row | None) -> None:
        row = {
            "ticket_id": ticket["id"],
            "at": at,
            "agent": call["agent"] if call else ticket["assignee"],
            "kind": kind,
            "text": text,
            "call_id": call["id"] if call else None,
        }
        self.events.append(row)


def _promise_hours(ticket: Row, priority: str) -> None:
    """Sets the priority, and by when somebody answers and mends."""
    response, resolution = _PROMISED_HOURS[priority]
    ticket |= {
        "priority": priority,
        "response_due_at": ticket["created_at"] + timedelta(hours=response),
        "resolution_due_at": ticket["created_at"] + timedelta(hours=resolution),
    }


def _is_persian(text: str) -> bool:
    return max(text, default="") > "\u0600"
