"""What crosses the layers: rows to show, records to print, drafts to save.

Frozen dataclasses only. Services return them, both faces read them; nothing here knows SQL or a screen.
Instants are UTC-aware ``datetime``; dates are local ``date``; codes, not labels.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, Final, Literal

from tuicrm.domain.left import Left as Left
from tuicrm.domain.live_models import BarDraft as BarDraft
from tuicrm.domain.live_models import Claim as Claim
from tuicrm.domain.live_models import PhoneCall as PhoneCall
from tuicrm.domain.live_models import PhoneCallState as PhoneCallState
from tuicrm.domain.queue_models import QueuePart as QueuePart
from tuicrm.domain.queue_models import TodayCounts as TodayCounts
from tuicrm.domain.queue_models import TodayRow as TodayRow
from tuicrm.domain.record import made, record

Direction = Literal["in", "out"]
FollowUpState = Literal["open", "done", "cancelled", "exhausted"]
SKIPPED: Final = "skipped"
"""Why a follow-up of a series was closed that was left out this time; it is said in the reader's language."""
TicketCategory = Literal["open", "waiting", "resolved"]


@record
class Due:
    """A promised moment: a local day, and a local time of day or None (a day without a time is a day)."""

    on: date
    at: time | None = None


@record
class PhoneNumber:
    """One number of a contact: ``raw`` as typed; ``e164`` only when valid; ``ext``, ``label`` may be ``""``."""

    raw: str
    e164: str | None = None
    ext: str = ""
    label: str = ""

    @property
    def valid(self) -> bool:
        return self.e164 is not None


@record
class EmailAddress:
    address: str
    label: str = ""


@record
class Ref:
    """A contact named in another record. ``phone``: the main number of one without a name, else ``""``."""

    id: int
    name: str
    phone: str = ""


@record
class Contact:
    id: int
    name: str
    company: str
    phones: tuple[PhoneNumber, ...]
    emails: tuple[EmailAddress, ...]
    tags: tuple[str, ...]
    fields: Mapping[str, str]
    note: str
    do_not_call: bool
    owner: str | None
    last_call_at: datetime | None
    open_tickets: int
    next_follow_up: Due | None
    created_at: datetime
    updated_at: datetime
    deleted_at: datetime | None
    merged_into: int | None
    cadence_days: int | None = None
    """In touch every so many days."""
    touch_days: int | None = None
    """The same, or by one of the tags if that is sooner (the process file's ``[[cadence]]``)."""
    touch_at: datetime | None = None
    """When the next call is owed, by the last talk; None where nobody wants it."""


@record
class CallFollowUp:
    id: int
    due: Due
    zone: str
    assignee: str


@record
class CallTicket:
    id: int
    subject: str
    priority: str
    status: str


@record
class Call:
    """One interaction. ``follow_up``, ``ticket`` and ``tags``: what this call made or touched."""

    id: int
    action_id: int
    contact: Ref | None
    agent: str
    channel: str
    direction: Direction
    outcome: str
    topic: str | None
    topic_guessed: bool
    note: str
    started_at: datetime
    duration_s: int | None
    talk_s: int | None
    wrap_s: int | None
    ring_s: int | None
    keys: int | None
    entry_s: float | None
    entered_via: str
    follow_up: CallFollowUp | None
    ticket: CallTicket | None
    tags: tuple[str, ...]
    score: int | None
    number: str
    process_version: int
    deleted_at: datetime | None


@record
class FollowUp:
    id: int
    contact: Ref
    reason: str
    due: Due
    first_due: Due
    zone: str
    due_key: datetime
    assignee: str
    state: FollowUpState
    attempt: int
    attempts_max: int | None
    topic: str | None
    recurrence: str | None
    call_id: int | None
    ticket_id: int | None
    note: str = ""
    """What else there is to say, of several lines; a calendar's description."""
    alarm_minutes: int | None = None
    """Minutes before it is due at which a calendar rings; None: when it is due."""
    remind_at: datetime | None = None
    """Reminded of again at this moment, and out of the queue until then; what was promised stays as it was."""
    closed_at: datetime | None = None
    closed_reason: str = ""
    """Why it was taken back."""
    series_id: int | None = None
    """The first of those that it repeats; None for the first itself."""
    series_on: date | None = None
    """The day that it has in its series, wherever it was moved; None for what does not repeat."""
    series_time: time | None = None
    """The time of day of its series."""
    created_at: datetime | None = None
    do_not_call: bool = False
    """Whom it was promised to must not be called any more."""
    claimed_by: str = ""
    """As of ``ContactRow``."""


@record
class Ticket:
    id: int
    subject: str
    contact: Ref
    kind: str | None
    priority: str
    status: str
    category: TicketCategory
    assignee: str | None
    tags: tuple[str, ...]
    created_at: datetime
    resolved_at: datetime | None
    response_due_at: datetime | None
    resolution_due_at: datetime | None
    reopened: int
    merged_into: int | None


@record
class Agent:
    handle: str
    name: str
    zone: str | None
    role: str
    active: bool


@record
class Change:
    """One row of the change log. ``before``/``after`` hold the changed columns only; None: there was none."""

    seq: int
    action_id: int
    at: datetime
    agent: str
    via: str
    verb: str
    entity: str
    id: int
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@record
class RecordRef:
    """``contact:12``: an entity's name and its id. ``why`` is set where a record was left out."""

    entity: str
    id: int
    why: str = ""


@record
class Undone:
    """What an undo or redo did: its own action id, the verb taken back or done again, the records touched."""

    action_id: int
    verb: str
    at: datetime
    records: tuple[RecordRef, ...]
    left: tuple[RecordRef, ...] = ()


@record
class ContactRow:
    """A line of the contacts list or of the bar's finder. ``near``: found only by the forgiven slip."""

    id: int
    name: str
    company: str
    phone: str
    last_call_at: datetime | None
    open_tickets: int
    next_follow_up: Due | None
    do_not_call: bool = False
    near: bool = False
    exact: bool = False
    calls_today: int = 0
    """Counted only where a screen asks for it (``services.contacts.with_today``)."""
    key: tuple[str | int, ...] = ()
    """Its place in the list it was read for (``domain.people_order.Key``)."""
    claimed_by: str = ""
    """Who has this person open now, ``""`` for nobody; only screens know."""


@record
class TimelineItem:
    """One line of a card's timeline, newest first: a call, a ``ticket_event`` (``kind``, ``ticket``) or a ``followup``
    that ended (``kind`` is its state, ``text`` its reason)."""

    entity: str
    id: int
    at: datetime
    call: Call | None = None
    text: str = ""
    agent: str = ""
    kind: str = ""
    ticket: int | None = None


@record
class Card:
    """Everything the card shows in one read. ``private_note``: the reader's own; ``merged``: ids that lead here;
    ``last_spoke_at``: the last call in which somebody was spoken to."""

    contact: Contact
    follow_ups: tuple[FollowUp, ...]
    tickets: tuple[Ticket, ...]
    timeline: tuple[TimelineItem, ...]
    calls: int
    private_note: str = ""
    merged: tuple[int, ...] = ()
    last_spoke_at: datetime | None = None


@record
class NewContact:
    """A contact to be made. Only a name or a number is required. ``private_note``: for who makes it alone."""

    name: str = ""
    company: str = ""
    phones: tuple[PhoneNumber, ...] = ()
    emails: tuple[EmailAddress, ...] = ()
    tags: tuple[str, ...] = ()
    fields: Mapping[str, str] = made(default_factory=dict)
    note: str = ""
    do_not_call: bool = False
    owner: str = ""
    cadence_days: int | None = None
    private_note: str = ""


@record
class ContactPatch:
    """What to change of a contact; None leaves a column as it is. ``cadence_days``: 0 for none."""

    name: str | None = None
    company: str | None = None
    phones: tuple[PhoneNumber, ...] | None = None
    emails: tuple[EmailAddress, ...] | None = None
    tags: tuple[str, ...] | None = None
    fields: Mapping[str, str] | None = None
    note: str | None = None
    do_not_call: bool | None = None
    owner: str | None = None
    cadence_days: int | None = None
    private_note: str | None = None
    seen: datetime | None = None
    """The ``updated_at`` the change was made on; what others changed of the same since is then a conflict."""


@record
class Who:
    """Whom a call is with: an existing contact, a contact to be made with the call, or nobody (both None)."""

    contact_id: int | None = None
    new: NewContact | None = None


@record
class CallDraft:
    """A call to be saved: who, the line as typed, and the facts the faces know.

    ``uid`` is the id its record will get: saving the same uid twice gives the call already saved.
    """

    uid: str
    who: Who
    line: str
    direction: Direction | None = None
    started_at: datetime | None = None
    talk_s: int | None = None
    wrap_s: int | None = None
    ring_s: int | None = None
    keys: int | None = None
    entry_s: float | None = None
    follow_up_id: int | None = None
    """The follow-up the call was started from, if it was."""
    answers: int | None = None
    """The due follow-up the person named when several were due; 0: none of them."""
    answered: bool | None = None
    """Whether a live call was taken; None: nobody can tell."""
    source: str = ""
    source_call_id: str = ""
    number: str = ""
    soft_ok: bool = False
    """True when the person was told that a token means nothing and keeps it in the note."""


@record
class Saved:
    """What one log line did, to be told: the call, what else it touched. ``repeated``: all had been saved before."""

    call: Call
    contact_made: bool = False
    follow_up: FollowUp | None = None
    follow_up_moved: bool = False
    follow_up_closed: bool = False
    exhausted: bool = False
    ticket: Ticket | None = None
    ticket_made: bool = False
    left: Left = Left()
    coming: FollowUp | None = None
    """The next one of a series, promised when the call closed the last."""
    repeated: bool = False
    open_now: int = 0
    """How many follow-ups the contact has open, when the call made one or marked them; else 0."""
    marked: bool = False
    """The outcome marked the contact: not to be called any more."""
    typed: frozenset[str] = frozenset()
    """What the tokens of the line said: ``TokenKind``."""


@record
class Page:
    """Some rows of a list and whether more follow."""

    rows: tuple[Any, ...]
    more: bool
