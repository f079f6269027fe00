"""The one definition of the schema, as SQLModel: for migrations, ``doctor``, validation and the drift tests.

Nothing that runs while a person waits imports this module (SQLModel costs 330-550 ms); that is plain SQL
against the same columns, and tests hold the two together. Instants, days and times of day are fixed-width
text (``storage.instants``); what is called ``fields``, ``tags`` or ``compiled`` holds JSON text. Columns have
defaults in the database, because the writers name only the columns they know.
"""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, Text, text
from sqlmodel import Field

from tuicrm.storage import tables_changes, tables_exchange, tables_lists  # noqa: F401 - makes their tables known
from tuicrm.storage.table_parts import (
    AUTO,
    Table,
    int_column,
    maybe_int,
    maybe_text,
    number_key,
    reference,
    text_column,
)
from tuicrm.storage.table_parts import (
    metadata as metadata,
)
from tuicrm.storage.tables_search import (
    FULL_TEXT as FULL_TEXT,
)


class Agent(Table, table=True):
    __tablename__ = "agent"
    __table_args__ = (Index("ux_agent_handle", "handle", unique=True), AUTO)
    id: int | None = number_key()
    handle: str = text_column(None)
    name: str = text_column()
    zone: str | None = maybe_text()
    role: str = text_column("agent")
    active: int = int_column(1)
    created_at: str = text_column(None)


class Contact(Table, table=True):
    """A person or a company.

    ``name_key``, ``company_key``, ``words`` and ``glued`` are filled by ``storage.search_index``, ``last_call_key`` and
    ``next_due_key`` by ``storage.table_triggers``, ``spoke_key`` and ``touch_key`` by ``storage.touch_triggers``.
    ``cadence_days``: in touch every so many days, null for none.
    """

    __tablename__ = "contact"
    __table_args__ = (
        Index("ix_contact_name_key", "name_key", "id"),
        Index("ix_contact_company_key", "company_key", "name_key", "id"),
        Index("ix_contact_last_call_key", "last_call_key", "id"),
        Index("ix_contact_next_due_key", "next_due_key", "id"),
        # whom a call is owed, with all that is asked of them: counting them reads no contact
        Index(
            "ix_contact_touch_key",
            *("touch_key", "id", "owner", "do_not_call", "next_due_key", "deleted_at", "merged_into"),
            sqlite_where=text("touch_key < '~' AND deleted_at IS NULL AND merged_into IS NULL"),
        ),
        Index("ix_contact_glued", "glued", sqlite_where=text("deleted_at IS NULL AND merged_into IS NULL")),
        Index(
            "ix_contact_glued_gone",
            "glued",
            sqlite_where=text("deleted_at IS NOT NULL OR merged_into IS NOT NULL"),
        ),
        Index("ix_contact_owner", "owner", "id", sqlite_where=text("owner IS NOT NULL")),
        Index("ix_contact_do_not_call", "id", sqlite_where=text("do_not_call = 1")),
        Index("ix_contact_merged_into", "merged_into", sqlite_where=text("merged_into IS NOT NULL")),
        AUTO,
    )
    id: int | None = number_key()
    name: str = text_column()
    company: str = text_column()
    note: str = text_column()
    fields: str = text_column("{}")
    do_not_call: int = int_column()
    owner: str | None = maybe_text()
    cadence_days: int | None = maybe_int()
    name_key: str = text_column()
    company_key: str = text_column()
    last_call_key: str = text_column()
    next_due_key: str = text_column("~")
    spoke_key: str = text_column()
    touch_key: str = text_column("~")
    words: str = text_column()
    glued: str = text_column()
    created_at: str = text_column(None)
    updated_at: str = text_column(None)
    deleted_at: str | None = maybe_text()
    merged_into: int | None = reference("contact.id")


class Phone(Table, table=True):
    __tablename__ = "phone"
    __table_args__ = (
        Index("ix_phone_contact", "contact_id", "position"),
        Index("ix_phone_reversed", "reversed"),
        Index("ix_phone_e164", "e164", sqlite_where=text("e164 IS NOT NULL")),
        AUTO,
    )
    id: int | None = number_key()
    contact_id: int = reference("contact.id", null=False)
    position: int = int_column(None)
    raw: str = text_column(None)
    e164: str | None = maybe_text()
    ext: str = text_column()
    label: str = text_column()
    reversed: str = text_column()


class Email(Table, table=True):
    __tablename__ = "email"
    __table_args__ = (
        Index("ix_email_contact", "contact_id", "position"),
        Index("ix_email_address", text("lower(address)")),
        AUTO,
    )
    id: int | None = number_key()
    contact_id: int = reference("contact.id", null=False)
    position: int = int_column(None)
    address: str = text_column(None)
    label: str = text_column()


class ContactTag(Table, table=True):
    __tablename__ = "contact_tag"
    __table_args__ = (Index("ix_contact_tag_tag", "tag", "contact_id"), {"sqlite_with_rowid": False})
    contact_id: int = Field(
        sa_column=Column(
            "contact_id",
            Integer,
            ForeignKey("contact.id", deferrable=True, initially="DEFERRED"),
            primary_key=True,
            autoincrement=False,
        )
    )
    tag: str = Field(sa_column=Column("tag", Text, primary_key=True, nullable=False))
    position: int = int_column(None)


class PrivateNote(Table, table=True):
    """What one agent noted on a contact for nobody else."""

    __tablename__ = "private_note"
    __table_args__ = (Index("ix_private_note_contact", "contact_id", "agent"), AUTO)
    id: int | None = number_key()
    contact_id: int = reference("contact.id", null=False)
    agent: str = text_column(None)
    text: str = text_column()
    created_at: str = text_column(None)
    deleted_at: str | None = maybe_text()


_CALL_FACTS = (
    *("deleted_at", "agent", "outcome", "topic", "channel", "direction"),
    *("contact_id", "number", "duration_s"),
)


class Interaction(Table, table=True):
    """A call, message or visit with all facts that the KPIs need; null means unknown, never zero.

    ``words``: note and tags as they are searched, filled by ``storage.search_index``.
    """

    __tablename__ = "interaction"
    __table_args__ = (
        Index("ux_interaction_uid", "uid", unique=True),
        Index("ix_interaction_contact", "contact_id", "started_at", "id", "deleted_at", "outcome"),
        Index("ix_interaction_agent", "agent", "started_at", "id", "contact_id"),
        # all that a filter asks of a call but its note: a million calls are passed over without reading one
        Index("ix_interaction_started", "started_at", "id", *_CALL_FACTS),
        Index("ix_interaction_ticket", "ticket_id", sqlite_where=text("ticket_id IS NOT NULL")),
        Index("ix_interaction_follow_up", "follow_up_id", sqlite_where=text("follow_up_id IS NOT NULL")),
        Index("ix_interaction_action", "action_id"),
        Index(
            "ux_interaction_source",
            "source",
            "source_call_id",
            unique=True,
            sqlite_where=text("source <> '' AND deleted_at IS NULL"),
        ),
        AUTO,
    )
    id: int | None = number_key()
    uid: str = text_column(None)
    action_id: int = reference("action.id", null=False)
    contact_id: int | None = reference("contact.id")
    agent: str = text_column(None)
    channel: str = text_column("call")
    direction: str = text_column("out")
    outcome: str = text_column(None)
    topic: str | None = maybe_text()
    topic_guessed: int = int_column()
    note: str = text_column()
    started_at: str = text_column(None)
    duration_s: int | None = maybe_int()
    talk_s: int | None = maybe_int()
    wrap_s: int | None = maybe_int()
    ring_s: int | None = maybe_int()
    keys: int | None = maybe_int()
    entry_s: float | None = Field(default=None, sa_type=Float, nullable=True)
    entered_via: str = text_column()
    process_version: int = int_column()
    score: int | None = maybe_int()
    number: str = text_column()
    source: str = text_column()
    source_call_id: str = text_column()
    follow_up_id: int | None = reference("follow_up.id")
    ticket_id: int | None = reference("ticket.id")
    tags: str = text_column("[]")
    words: str = text_column()
    saved_at: str = text_column(None)
    deleted_at: str | None = maybe_text()


class FollowUp(Table, table=True):
    __tablename__ = "follow_up"
    __table_args__ = (
        Index(
            "ix_follow_up_open",
            *("assignee", "due_key", text("(due_time IS NULL)")),
            sqlite_where=text("state = 'open' AND deleted_at IS NULL"),
        ),
        # the call queue: a part of the day is a range of it, and is counted in it alone
        Index(
            "ix_follow_up_queue",
            *("assignee", text("(due_time IS NULL)"), "due_key", "id"),
            *("remind_at", "contact_id", "due_on", "due_time", "zone", "state", "deleted_at"),
            sqlite_where=text("state = 'open' AND deleted_at IS NULL"),
        ),
        Index(
            "ix_follow_up_open_contact",
            "contact_id",
            "due_key",
            sqlite_where=text("state = 'open' AND deleted_at IS NULL"),
        ),
        Index(
            "ix_follow_up_due",
            *("due_key", text("(due_time IS NULL)")),
            sqlite_where=text("state = 'open' AND deleted_at IS NULL"),
        ),
        Index(
            "ix_follow_up_closed",
            *("state", "due_key", text("(due_time IS NULL)")),
            sqlite_where=text("state <> 'open' AND deleted_at IS NULL"),
        ),
        Index(
            "ix_follow_up_alarm",
            "assignee",
            "due_key",
            sqlite_where=text("state = 'open' AND deleted_at IS NULL AND alarm_minutes IS NOT NULL"),
        ),
        Index(
            "ix_follow_up_remind",
            "assignee",
            "remind_at",
            sqlite_where=text("state = 'open' AND deleted_at IS NULL AND remind_at IS NOT NULL"),
        ),
        Index("ix_follow_up_contact", "contact_id", "id"),
        Index("ix_follow_up_series", "series_id", "id", sqlite_where=text("series_id IS NOT NULL")),
        Index("ix_follow_up_ticket", "ticket_id", sqlite_where=text("ticket_id IS NOT NULL")),
        Index("ix_follow_up_call", "call_id", sqlite_where=text("call_id IS NOT NULL")),
        AUTO,
    )
    id: int | None = number_key()
    contact_id: int = reference("contact.id", null=False)
    reason: str = text_column()
    due_on: str = text_column(None)
    due_time: str | None = maybe_text()
    zone: str = text_column(None)
    due_key: str = text_column(None)
    first_due_on: str = text_column(None)
    first_due_time: str | None = maybe_text()
    assignee: str = text_column(None)
    state: str = text_column("open")
    attempt: int = int_column(1)
    attempts_max: int | None = maybe_int()
    topic: str | None = maybe_text()
    recurrence: str | None = maybe_text()
    series_id: int | None = reference("follow_up.id")
    series_on: str | None = maybe_text()
    series_time: str | None = maybe_text()
    note: str = text_column()
    alarm_minutes: int | None = maybe_int()
    remind_at: str | None = maybe_text()
    call_id: int | None = reference("interaction.id")
    ticket_id: int | None = reference("ticket.id")
    created_at: str = text_column(None)
    closed_at: str | None = maybe_text()
    closed_reason: str = text_column()
    deleted_at: str | None = maybe_text()


class Ticket(Table, table=True):
    __tablename__ = "ticket"
    __table_args__ = (
        Index("ix_ticket_contact", "contact_id", "id"),
        Index("ix_ticket_category", "category", "assignee", "resolution_due_at"),
        Index("ix_ticket_merged_into", "merged_into", sqlite_where=text("merged_into IS NOT NULL")),
        AUTO,
    )
    id: int | None = number_key()
    subject: str = text_column(None)
    contact_id: int = reference("contact.id", null=False)
    kind: str | None = maybe_text()
    priority: str = text_column("normal")
    status: str = text_column("open")
    category: str = text_column("open")
    assignee: str | None = maybe_text()
    tags: str = text_column("[]")
    created_at: str = text_column(None)
    resolved_at: str | None = maybe_text()
    response_due_at: str | None = maybe_text()
    resolution_due_at: str | None = maybe_text()
    reopened: int = int_column()
    merged_into: int | None = reference("ticket.id")
    deleted_at: str | None = maybe_text()


class TicketEvent(Table, table=True):
    """One line of a ticket's thread: comment, reply, status, assignment."""

    __tablename__ = "ticket_event"
    __table_args__ = (
        Index("ix_ticket_event_ticket", "ticket_id", "id"),
        Index("ix_ticket_event_call", "call_id", sqlite_where=text("call_id IS NOT NULL")),
        AUTO,
    )
    id: int | None = number_key()
    ticket_id: int = reference("ticket.id", null=False)
    at: str = text_column(None)
    agent: str = text_column(None)
    kind: str = text_column(None)
    text: str = text_column()
    call_id: int | None = reference("interaction.id")
    deleted_at: str | None = maybe_text()


class Session(Table, table=True):
    """When an agent was at work: from, to, ready or away."""

    __tablename__ = "session"
    __table_args__ = (Index("ix_session_agent", "agent", "started_at"), AUTO)
    id: int | None = number_key()
    agent: str = text_column(None)
    started_at: str = text_column(None)
    ended_at: str | None = maybe_text()
    state: str = text_column("ready")


class ProcessVersion(Table, table=True):
    """``zone_data``: the release of the time zone rules by which due moments of open follow-ups were made under this
    version; ``''`` while that has yet to be done."""

    __tablename__ = "process_version"
    __table_args__ = (AUTO,)
    version: int | None = Field(
        default=None, sa_column=Column("version", Integer, primary_key=True, nullable=False)
    )
    at: str = text_column(None)
    agent: str = text_column(None)
    text: str = text_column(None)
    compiled: str = text_column(None)
    based_on: int | None = maybe_int()
    zone_data: str = text_column()
