"""Made-up people, promises and calls for tests of what screens say.

Now is Sunday 2026-11-22 09:31 in Tehran.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from tuicrm.domain.models import (
    Call,
    Card,
    Contact,
    ContactRow,
    Due,
    FollowUp,
    PhoneNumber,
    Ref,
    Ticket,
    TimelineItem,
    TodayRow,
)
from tuicrm.domain.process import Outcome, Priority, Process, Status
from tuicrm.domain.record import replace
from tuicrm.tui.widgets.cells import Scene

TEHRAN: Final = ZoneInfo("Asia/Tehran")
NOW: Final = datetime(2026, 11, 22, 6, 1, tzinfo=UTC)
TODAY: Final = NOW.astimezone(TEHRAN).date()
HOSTILE: Final = ("[/]", "Acme [eu] [@click=app.quit]x[/]", "\x1b[31mred\x1b[0m\x07")

PROCESS: Final = Process(
    outcomes=(
        Outcome("connected", "connected", flags=frozenset({"contact"})),
        Outcome("no_answer", "no answer"),
        Outcome("missed", "missed"),
    ),
    priorities=(Priority("high", "high"), Priority("normal", "normal")),
    statuses=(Status("open", "open"), Status("resolved", "resolved", category="resolved")),
)
SCENE: Final = Scene(NOW, TEHRAN, PROCESS, "IR")


def contact_row(**given: Any) -> ContactRow:
    base = ContactRow(
        id=1,
        name="Leila Karimi",
        company="Pars Pump Co",
        phone="+989121234567",
        last_call_at=NOW - timedelta(days=5),
        open_tickets=1,
        next_follow_up=Due(TODAY, time(8, 30)),
    )
    return replace(base, **given)


def follow_up(**given: Any) -> FollowUp:
    due = given.pop("due", Due(TODAY, time(8, 30)))
    base = FollowUp(
        id=7,
        contact=Ref(1, "Leila Karimi"),
        reason="call back: price of pump",
        due=due,
        first_due=due,
        zone="Asia/Tehran",
        due_key=datetime.combine(due.on, due.at or time(9), tzinfo=TEHRAN).astimezone(UTC),
        assignee="sara",
        state="open",
        attempt=2,
        attempts_max=4,
        topic=None,
        recurrence=None,
        call_id=None,
        ticket_id=None,
    )
    return replace(base, **given)


def today_row(**given: Any) -> TodayRow:
    base = TodayRow(contact=contact_row(), follow_up=follow_up(), last_outcome="no_answer", ticket=None)
    return replace(base, **given)


def call(**given: Any) -> Call:
    base = Call(
        id=3,
        action_id=3,
        contact=Ref(1, "Leila Karimi"),
        agent="sara",
        channel="call",
        direction="in",
        outcome="connected",
        topic=None,
        topic_guessed=False,
        note="asked price of pump P40",
        started_at=NOW - timedelta(days=2),
        duration_s=185,
        talk_s=None,
        wrap_s=None,
        ring_s=None,
        keys=None,
        entry_s=None,
        entered_via="tui",
        follow_up=None,
        ticket=None,
        tags=(),
        score=None,
        number="",
        process_version=1,
        deleted_at=None,
    )
    return replace(base, **given)


def contact(**given: Any) -> Contact:
    base = Contact(
        id=1,
        name="Leila Karimi",
        company="Pars Pump Co",
        phones=(PhoneNumber("09121234567", "+989121234567"),),
        emails=(),
        tags=("vip", "north"),
        fields={"city": "Tehran"},
        note="",
        do_not_call=False,
        owner=None,
        last_call_at=NOW - timedelta(days=5),
        open_tickets=1,
        next_follow_up=None,
        created_at=NOW,
        updated_at=NOW,
        deleted_at=None,
        merged_into=None,
    )
    return replace(base, **given)


def ticket(**given: Any) -> Ticket:
    base = Ticket(
        id=38,
        subject="leaking seal",
        contact=Ref(1, "Leila Karimi"),
        kind=None,
        priority="normal",
        status="open",
        category="open",
        assignee="sara",
        tags=(),
        created_at=NOW,
        resolved_at=None,
        response_due_at=None,
        resolution_due_at=None,
        reopened=0,
        merged_into=None,
    )
    return replace(base, **given)


def timeline(*calls: Call) -> tuple[TimelineItem, ...]:
    return tuple(
        TimelineItem("call", item.id, item.started_at, call=item, agent=item.agent) for item in calls
    )


def card(**given: Any) -> Card:
    base = Card(
        contact=contact(),
        follow_ups=(follow_up(),),
        tickets=(ticket(),),
        timeline=timeline(call(outcome="no_answer", note="", duration_s=None), call(id=2)),
        calls=2,
    )
    return replace(base, **given)
