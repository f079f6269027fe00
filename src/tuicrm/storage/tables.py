"""The one definition of the schema, as SQLModel: for migrations, ``doctor``, validation and the drift tests.

Nothing that runs while a person waits imports this module (SQLModel costs 330-550 ms); that is plain SQL
against the same columns, and tests hold the two together. Instants, days and times of day are fixed-width
text (``storage.instants``); what is called ``fields``, ``tags`` or ``compiled`` holds JSON text. Columns have
defaults in the database, because the writers name only the columns they know.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, MetaData, Text, text
from sqlmodel import Field, SQLModel

metadata = MetaData()


class Table(SQLModel):
    """Base of all tables of the main database file."""

    metadata = metadata


def _id() -> Any:
    return Field(default=None, sa_column=Column("id", Integer, primary_key=True, nullable=False))


def _text(default: str | None = "") -> Any:
    """Text that is never null; ``default=None`` means that the writer must give it."""
    server = None if default is None else text(f"'{default}'")
    return Field(
        default=default or "", sa_type=Text, nullable=False, sa_column_kwargs={"server_default": server}
    )


def _maybe_text() -> Any:
    return Field(default=None, sa_type=Text, nullable=True)


def _number(default: int | None = 0) -> Any:
    server = None if default is None else text(str(default))
    return Field(
        default=default or 0, sa_type=Integer, nullable=False, sa_column_kwargs={"server_default": server}
    )


def _maybe_number() -> Any:
    return Field(default=None, sa_type=Integer, nullable=True)


def _to(target: str, *, null: bool = True) -> Any:
    """A reference. Checked at commit, because a call and its follow-up name each other."""
    key = ForeignKey(target, deferrable=True, initially="DEFERRED")
    return Field(default=None, sa_type=Integer, nullable=null, sa_column_args=[key])


_AUTO = {"sqlite_autoincrement": True}


class Agent(Table, table=True):
    __tablename__ = "agent"
    __table_args__ = (Index("ux_agent_handle", "handle", unique=True), _AUTO)
    id: int | None = _id()
    handle: str = _text(None)
    name: str = _text()
    zone: str | None = _maybe_text()
    role: str = _text("agent")
    active: int = _number(1)
    created_at: str = _text(None)


class Contact(Table, table=True):
    """A person or a company. ``name_key``, ``words`` and ``glued`` are filled by ``storage.search``."""

    __tablename__ = "contact"
    __table_args__ = (
        Index("ix_contact_name_key", "name_key", "id"),
        Index("ix_contact_glued", "glued"),
        Index("ix_contact_merged_into", "merged_into", sqlite_where=text("merged_into IS NOT NULL")),
        _AUTO,
    )
    id: int | None = _id()
    name: str = _text()
    company: str = _text()
    note: str = _text()
    fields: str = _text("{}")
    do_not_call: int = _number()
    owner: str | None = _maybe_text()
    name_key: str = _text()
    words: str = _text()
    glued: str = _text()
    created_at: str = _text(None)
    updated_at: str = _text(None)
    deleted_at: str | None = _maybe_text()
    merged_into: int | None = _to("contact.id")


class Phone(Table, table=True):
    __tablename__ = "phone"
    __table_args__ = (
        Index("ix_phone_contact", "contact_id", "position"),
        Index("ix_phone_reversed", "reversed"),
        Index("ix_phone_e164", "e164", sqlite_where=text("e164 IS NOT NULL")),
        _AUTO,
    )
    id: int | None = _id()
    contact_id: int = _to("contact.id", null=False)
    position: int = _number(None)
    raw: str = _text(None)
    e164: str | None = _maybe_text()
    ext: str = _text()
    label: str = _text()
    reversed: str = _text()


class Email(Table, table=True):
    __tablename__ = "email"
    __table_args__ = (
        Index("ix_email_contact", "contact_id", "position"),
        Index("ix_email_address", text("lower(address)")),
        _AUTO,
    )
    id: int | None = _id()
    contact_id: int = _to("contact.id", null=False)
    position: int = _number(None)
    address: str = _text(None)
    label: str = _text()


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
    position: int = _number(None)


class Interaction(Table, table=True):
    """A call, message or visit with all facts that the KPIs need; null means unknown, never zero."""

    __tablename__ = "interaction"
    __table_args__ = (
        Index("ux_interaction_uid", "uid", unique=True),
        Index("ix_interaction_contact", "contact_id", "started_at"),
        Index("ix_interaction_agent", "agent", "id", "contact_id"),
        Index("ix_interaction_agent_started", "agent", "started_at"),
        Index("ix_interaction_started", "started_at"),
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
        _AUTO,
    )
    id: int | None = _id()
    uid: str = _text(None)
    action_id: int = _to("action.id", null=False)
    contact_id: int | None = _to("contact.id")
    agent: str = _text(None)
    channel: str = _text("call")
    direction: str = _text("out")
    outcome: str = _text(None)
    topic: str | None = _maybe_text()
    topic_guessed: int = _number()
    note: str = _text()
    started_at: str = _text(None)
    duration_s: int | None = _maybe_number()
    talk_s: int | None = _maybe_number()
    wrap_s: int | None = _maybe_number()
    ring_s: int | None = _maybe_number()
    keys: int | None = _maybe_number()
    entry_s: float | None = Field(default=None, sa_type=Float, nullable=True)
    entered_via: str = _text()
    process_version: int = _number()
    score: int | None = _maybe_number()
    number: str = _text()
    source: str = _text()
    source_call_id: str = _text()
    follow_up_id: int | None = _to("follow_up.id")
    ticket_id: int | None = _to("ticket.id")
    tags: str = _text("[]")
    saved_at: str = _text(None)
    deleted_at: str | None = _maybe_text()


class FollowUp(Table, table=True):
    __tablename__ = "follow_up"
    __table_args__ = (
        Index(
            "ix_follow_up_open",
            "assignee",
            "due_key",
            sqlite_where=text("state = 'open' AND deleted_at IS NULL"),
        ),
        Index(
            "ix_follow_up_open_contact",
            "contact_id",
            "due_key",
            sqlite_where=text("state = 'open' AND deleted_at IS NULL"),
        ),
        Index("ix_follow_up_due", "due_key", sqlite_where=text("state = 'open' AND deleted_at IS NULL")),
        Index("ix_follow_up_contact", "contact_id", "id"),
        Index("ix_follow_up_ticket", "ticket_id", sqlite_where=text("ticket_id IS NOT NULL")),
        Index("ix_follow_up_call", "call_id", sqlite_where=text("call_id IS NOT NULL")),
        _AUTO,
    )
    id: int | None = _id()
    contact_id: int = _to("contact.id", null=False)
    reason: str = _text()
    due_on: str = _text(None)
    due_time: str | None = _maybe_text()
    zone: str = _text(None)
    due_key: str = _text(None)
    first_due_on: str = _text(None)
    first_due_time: str | None = _maybe_text()
    assignee: str = _text(None)
    state: str = _text("open")
    attempt: int = _number(1)
    attempts_max: int | None = _maybe_number()
    topic: str | None = _maybe_text()
    recurrence: str | None = _maybe_text()
    call_id: int | None = _to("interaction.id")
    ticket_id: int | None = _to("ticket.id")
    created_at: str = _text(None)
    closed_at: str | None = _maybe_text()
    deleted_at: str | None = _maybe_text()


class Ticket(Table, table=True):
    __tablename__ = "ticket"
    __table_args__ = (
        Index("ix_ticket_contact", "contact_id", "id"),
        Index("ix_ticket_category", "category", "assignee", "resolution_due_at"),
        Index("ix_ticket_merged_into", "merged_into", sqlite_where=text("merged_into IS NOT NULL")),
        _AUTO,
    )
    id: int | None = _id()
    subject: str = _text(None)
    contact_id: int = _to("contact.id", null=False)
    kind: str | None = _maybe_text()
    priority: str = _text("normal")
    status: str = _text("open")
    category: str = _text("open")
    assignee: str | None = _maybe_text()
    tags: str = _text("[]")
    created_at: str = _text(None)
    resolved_at: str | None = _maybe_text()
    response_due_at: str | None = _maybe_text()
    resolution_due_at: str | None = _maybe_text()
    reopened: int = _number()
    merged_into: int | None = _to("ticket.id")
    deleted_at: str | None = _maybe_text()


class TicketEvent(Table, table=True):
    """One line of a ticket's thread: comment, reply, status, assignment."""

    __tablename__ = "ticket_event"
    __table_args__ = (
        Index("ix_ticket_event_ticket", "ticket_id", "id"),
        Index("ix_ticket_event_call", "call_id", sqlite_where=text("call_id IS NOT NULL")),
        _AUTO,
    )
    id: int | None = _id()
    ticket_id: int = _to("ticket.id", null=False)
    at: str = _text(None)
    agent: str = _text(None)
    kind: str = _text(None)
    text: str = _text()
    call_id: int | None = _to("interaction.id")
    deleted_at: str | None = _maybe_text()


class Session(Table, table=True):
    """When an agent was at work: from, to, ready or away."""

    __tablename__ = "session"
    __table_args__ = (Index("ix_session_agent", "agent", "started_at"), _AUTO)
    id: int | None = _id()
    agent: str = _text(None)
    started_at: str = _text(None)
    ended_at: str | None = _maybe_text()
    state: str = _text("ready")


class Action(Table, table=True):
    """One thing a person did.

    ``undoes``: the action it takes back; ``undone_by``: the one that took it back; ``redone_by``: the one that
    did it again after that, last.
    """

    __tablename__ = "action"
    __table_args__ = (
        Index("ix_action_agent", "agent", "undone_by", "id"),
        Index("ix_action_undoes", "undoes", sqlite_where=text("undoes IS NOT NULL")),
        Index("ix_action_redone", "agent", "redone_by", sqlite_where=text("redone_by IS NOT NULL")),
        _AUTO,
    )
    id: int | None = _id()
    at: str = _text(None)
    agent: str = _text(None)
    via: str = _text(None)
    verb: str = _text(None)
    undoes: int | None = _to("action.id")
    undone_by: int | None = _to("action.id")
    redone_by: int | None = _to("action.id")
    frozen_clock: int = _number()


class Change(Table, table=True):
    """One record that one action touched. ``digest`` covers the row and its payload."""

    __tablename__ = "change"
    __table_args__ = (
        Index("ix_change_entity", "entity", "entity_id", "seq"),
        Index("ix_change_action", "action_id", "seq"),
        _AUTO,
    )
    seq: int | None = Field(default=None, sa_column=Column("seq", Integer, primary_key=True, nullable=False))
    action_id: int = _to("action.id", null=False)
    at: str = _text(None)
    agent: str = _text(None)
    via: str = _text(None)
    verb: str = _text(None)
    entity: str = _text(None)
    entity_id: int = _number(None)
    digest: str = _text(None)


class ChangePayload(Table, table=True):
    """Before and after of the columns that changed, apart from ``change`` so that it can be erased by law."""

    __tablename__ = "change_payload"
    seq: int = Field(
        sa_column=Column("seq", Integer, ForeignKey("change.seq"), primary_key=True, autoincrement=False)
    )
    payload: str = _text(None)


class ProcessVersion(Table, table=True):
    __tablename__ = "process_version"
    __table_args__ = (_AUTO,)
    version: int | None = Field(
        default=None, sa_column=Column("version", Integer, primary_key=True, nullable=False)
    )
    at: str = _text(None)
    agent: str = _text(None)
    text: str = _text(None)
    compiled: str = _text(None)
    based_on: int | None = _maybe_number()


class Spelling(Table, table=True):
    """Words of contacts by themselves with one letter left out: finds a word with one slip in it."""

    __tablename__ = "spelling"
    __table_args__ = ({"sqlite_with_rowid": False},)
    deletion: str = Field(sa_column=Column("deletion", Text, primary_key=True, nullable=False))
    stem: str = Field(sa_column=Column("stem", Text, primary_key=True, nullable=False))


# Full text: what SQLAlchemy cannot describe. Words are folded before they are stored, so the tokenizer has
# nothing to fold: ``ascii`` takes every letter beyond ASCII as part of a word, where ``unicode61`` knows
# Unicode 6.1 only. The delete commands must carry the old words; a change of any other column does not reach
# the index.
FULL_TEXT = (
    "CREATE VIRTUAL TABLE contact_fts USING fts5(words, content='contact', content_rowid='id', "
    "tokenize='ascii', prefix='1 2 3', detail=none)",
    "CREATE TRIGGER contact_fts_insert AFTER INSERT ON contact BEGIN "
    "INSERT INTO contact_fts(rowid, words) VALUES (new.id, new.words); END",
    "CREATE TRIGGER contact_fts_update AFTER UPDATE OF words ON contact WHEN old.words <> new.words BEGIN "
    "INSERT INTO contact_fts(contact_fts, rowid, words) VALUES ('delete', old.id, old.words); "
    "INSERT INTO contact_fts(rowid, words) VALUES (new.id, new.words); END",
    "CREATE TRIGGER contact_fts_delete AFTER DELETE ON contact BEGIN "
    "INSERT INTO contact_fts(contact_fts, rowid, words) VALUES ('delete', old.id, old.words); END",
)
