"""The examples of the log line with what each must store, the same for the parser's users: bar, shell, service.

They are said on Sunday 2026-11-22 at 09:30 in Tehran, of a contact with one open ticket, number 12.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from tuicrm.domain.models import NewContact, PhoneNumber
from tuicrm.services import agents, contacts
from tuicrm.services.context import Crm
from tuicrm.storage.instants import to_text

NOW: Final = datetime.fromisoformat("2026-11-22T09:30:00+03:30")
TICKET: Final = 12

Stored = dict[str, Any]


def stored(note: str, **more: Any) -> Stored:
    """What a connected call with this note stores; ``due`` is ``DAY`` or ``DAYTHH:MM``, ``ticket`` a tuple of
    id (None: a new one), priority, subject and category."""
    plain = {"outcome": "connected", "due": None, "assignee": None, "ticket": None, "topic": None}
    return plain | {"note": note, "started": "09:30", "duration": None} | more


EXAMPLES: Final[tuple[tuple[str, Stored], ...]] = (
    ("price list sent /2d", stored("price list sent", due="2026-11-24", assignee="me")),
    ("/n", stored("", outcome="no_answer", due="2026-11-23", assignee="me")),
    ("/n /-", stored("", outcome="no_answer")),
    ("boiler dead, E1 /th", stored("boiler dead, E1", ticket=(None, "high", "boiler dead", "open"))),
    (
        "boiler dead .f/th/sat10",
        stored(
            "boiler dead",
            due="2026-11-28T10:00",
            assignee="me",
            ticket=(None, "high", "boiler dead", "open"),
            topic="fault",
        ),
    ),
    (
        "part arrived /t12 /sat 10",
        stored(
            "part arrived",
            due="2026-11-28T10:00",
            assignee="me",
            ticket=(TICKET, "normal", "leaking seal", "open"),
        ),
    ),
    ("fixed, thanks /x", stored("fixed, thanks", ticket=(TICKET, "normal", "leaking seal", "resolved"))),
    (
        "-9.05 =3:05 quote 2 radiators /2d",
        stored(
            "quote 2 radiators",
            due="2026-11-24",
            assignee="me",
            topic="quote",
            started="09:05",
            duration=185,
        ),
    ),
    ("wants 10 boxes @sara /tom9", stored("wants 10 boxes", due="2026-11-23T09:00", assignee="sara")),
    ("wants /sat 10 boxes", stored("wants /sat 10 boxes")),
    ("50/50 deal, -5% off", stored("50/50 deal, -5% off")),
    ("ring back /9", stored("ring back", due="2026-11-23T09:00", assignee="me")),
    ("قیمت فرستادم /فردا", stored("قیمت فرستادم", due="2026-11-23", assignee="me")),
    ("قیمت فرستادم /۲ی", stored("قیمت فرستادم", due="2026-11-24", assignee="me")),
    ("press //n", stored("press /n")),
    ("said /2d /3d", stored("said", due="2026-11-25", assignee="me")),
    ("thanks /fri", stored("thanks", due="2026-11-27", assignee="me")),
    ("see you /sunday", stored("see you", due="2026-11-29", assignee="me")),
)

REFUSED: Final = (
    ("x /31feb", "31feb"),
    ("x /t99", "99"),
    ("x @nobody /2d", "nobody"),
    ("/th", "/th"),
    ("x /th10", "/th10"),
    ("x /t 12", "/t 12"),
    ("x /9m", "9mo"),
    ("x =200", "200"),
)
"""Lines that are never saved, and what the refusal names."""


def fill(crm: Crm) -> int:
    """Makes the contact, its ticket and the agents; gives the contact's id."""
    agents.add(crm, "sara")
    leila = contacts.add(crm, NewContact(name="Leila Karimi", phones=(PhoneNumber("0912 123 4567"),)))
    with crm.database.transaction(crm.actor, "ticket.new") as tx:
        tx.insert(
            "ticket",
            {
                "id": TICKET,
                "subject": "leaking seal",
                "contact_id": leila.id,
                "priority": "normal",
                "status": "open",
                "category": "open",
                "assignee": "me",
                "tags": [],
                "created_at": to_text(NOW),
            },
        )
    return leila.id
