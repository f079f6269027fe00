"""The first schema: contacts, interactions, follow-ups, tickets, agents, the change log, search.

Revision 0001, after nothing. What is written here stays as it is: later schemas are later revisions.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_OPEN = "state = 'open' AND deleted_at IS NULL"


def upgrade() -> None:
    _contacts()
    _interactions()
    _follow_ups()
    _tickets()
    _agents()
    _change_log()
    _exchange()
    _search()
    _lists()


def _contacts() -> None:
    _table(
        "contact",
        *_texts("name='' company='' note='' fields='{}'"),
        _number("do_not_call", "0"),
        *_texts("owner?"),
        _number("cadence_days", null=True),
        *_texts(
            "name_key='' company_key='' last_call_key='' next_due_key='~' spoke_key='' touch_key='~' words='' glued=''"
        ),
        *_texts("created_at updated_at deleted_at?"),
        _to("merged_into", "contact"),
    )
    _index("contact", "name_key", "name_key", "id")
    _index("contact", "company_key", "company_key", "name_key", "id")
    _index("contact", "last_call_key", "last_call_key", "id")
    _index("contact", "next_due_key", "next_due_key", "id")
    _index(
        "contact",
        "touch_key",
        *("touch_key", "id", "owner", "do_not_call", "next_due_key", "deleted_at", "merged_into"),
        where="touch_key < '~' AND deleted_at IS NULL AND merged_into IS NULL",
    )
    _index("contact", "glued", "glued", where="deleted_at IS NULL AND merged_into IS NULL")
    _index("contact", "glued_gone", "glued", where="deleted_at IS NOT NULL OR merged_into IS NOT NULL")
    _index("contact", "owner", "owner", "id", where="owner IS NOT NULL")
    _index("contact", "do_not_call", "id", where="do_not_call = 1")
    _index("contact", "merged_into", "merged_into", where="merged_into IS NOT NULL")
    _table(
        "phone",
        _to("contact_id", "contact", null=False),
        _number("position"),
        *_texts("raw e164? ext='' label='' reversed=''"),
    )
    _index("phone", "contact", "contact_id", "position")
    _index("phone", "reversed", "reversed")
    _index("phone", "e164", "e164", where="e164 IS NOT NULL")
    _table(
        "email",
        _to("contact_id", "contact", null=False),
        _number("position"),
        *_texts("address label=''"),
    )
    _index("email", "contact", "contact_id", "position")
    op.execute("CREATE INDEX ix_email_address ON email (lower(address))")
    op.create_table(
        "contact_tag",
        sa.Column("contact_id", sa.Integer, _key("contact"), primary_key=True, autoincrement=False),
        sa.Column("tag", sa.Text, primary_key=True, nullable=False),
        _number("position"),
        sqlite_with_rowid=False,
    )
    _index("contact_tag", "tag", "tag", "contact_id")
    _table(
        "private_note",
        _to("contact_id", "contact", null=False),
        *_texts("agent text='' created_at deleted_at?"),
    )
    _index("private_note", "contact", "contact_id", "agent")


def _interactions() -> None:
    _table(
        "interaction",
        *_texts("uid"),
        _to("action_id", "action", null=False),
        _to("contact_id", "contact"),
        *_texts("agent channel='call' direction='out' outcome topic?"),
        _number("topic_guessed", "0"),
        *_texts("note='' started_at"),
        *(_number(name, null=True) for name in ("duration_s", "talk_s", "wrap_s", "ring_s", "keys")),
        sa.Column("entry_s", sa.Float, nullable=True),
        *_texts("entered_via=''"),
        _number("process_version", "0"),
        _number("score", null=True),
        *_texts("number='' source='' source_call_id=''"),
        _to("follow_up_id", "follow_up"),
        _to("ticket_id", "ticket"),
        *_texts("tags='[]' words='' saved_at deleted_at?"),
    )
    op.create_index("ux_interaction_uid", "interaction", ["uid"], unique=True)
    _index("interaction", "contact", "contact_id", "started_at", "id", "deleted_at", "outcome")
    _index("interaction", "agent", "agent", "started_at", "id", "contact_id")
    facts = (
        "deleted_at",
        "agent",
        "outcome",
        "topic",
        "channel",
        "direction",
        "contact_id",
        "number",
        "duration_s",
    )
    _index("interaction", "started", "started_at", "id", *facts)
    _index("interaction", "ticket", "ticket_id", where="ticket_id IS NOT NULL")
    _index("interaction", "follow_up", "follow_up_id", where="follow_up_id IS NOT NULL")
    _index("interaction", "action", "action_id")
    op.create_index(
        "ux_interaction_source",
        "interaction",
        ["source", "source_call_id"],
        unique=True,
        sqlite_where=sa.text("source <> '' AND deleted_at IS NULL"),
    )


def _follow_ups() -> None:
    _table(
        "follow_up",
        _to("contact_id", "contact", null=False),
        *_texts("reason='' due_on due_time? zone due_key first_due_on first_due_time? assignee state='open'"),
        _number("attempt", "1"),
        _number("attempts_max", null=True),
        *_texts("topic? recurrence?"),
        _to("series_id", "follow_up"),
        *_texts("series_on? series_time? note=''"),
        _number("alarm_minutes", null=True),
        *_texts("remind_at?"),
        _to("call_id", "interaction"),
        _to("ticket_id", "ticket"),
        *_texts("created_at closed_at? closed_reason='' deleted_at?"),
    )
    untimed = sa.text("(due_time IS NULL)")
    _index("follow_up", "open", "assignee", "due_key", untimed, where=_OPEN)
    _index("follow_up", "open_contact", "contact_id", "due_key", where=_OPEN)
    _index("follow_up", "due", "due_key", untimed, where=_OPEN)
    seen = ("remind_at", "contact_id", "due_on", "due_time", "zone", "state", "deleted_at")
    _index("follow_up", "queue", "assignee", untimed, "due_key", "id", *seen, where=_OPEN)
    _index("follow_up", "closed", "state", "due_key", untimed, where="state <> 'open' AND deleted_at IS NULL")
    _index("follow_up", "alarm", "assignee", "due_key", where=f"{_OPEN} AND alarm_minutes IS NOT NULL")
    _index("follow_up", "remind", "assignee", "remind_at", where=f"{_OPEN} AND remind_at IS NOT NULL")
    _index("follow_up", "contact", "contact_id", "id")
    _index("follow_up", "series", "series_id", "id", where="series_id IS NOT NULL")
    _index("follow_up", "ticket", "ticket_id", where="ticket_id IS NOT NULL")
    _index("follow_up", "call", "call_id", where="call_id IS NOT NULL")


def _tickets() -> None:
    _table(
        "ticket",
        *_texts("subject"),
        _to("contact_id", "contact", null=False),
        *_texts("kind? priority='normal' status='open' category='open' assignee? tags='[]' created_at"),
        *_texts("resolved_at? response_due_at? resolution_due_at?"),
        _number("reopened", "0"),
        _to("merged_into", "ticket"),
        *_texts("deleted_at?"),
    )
    _index("ticket", "contact", "contact_id", "id")
    _index("ticket", "category", "category", "assignee", "resolution_due_at")
    _index("ticket", "merged_into", "merged_into", where="merged_into IS NOT NULL")
    _table(
        "ticket_event",
        _to("ticket_id", "ticket", null=False),
        *_texts("at agent kind text=''"),
        _to("call_id", "interaction"),
        *_texts("deleted_at?"),
    )
    _index("ticket_event", "ticket", "ticket_id", "id")
    _index("ticket_event", "call", "call_id", where="call_id IS NOT NULL")


def _agents() -> None:
    _table(
        "agent", *_texts("handle name='' zone? role='agent'"), _number("active", "1"), *_texts("created_at")
    )
    op.create_index("ux_agent_handle", "agent", ["handle"], unique=True)
    _table("session", *_texts("agent started_at ended_at? state='ready'"))
    _index("session", "agent", "agent", "started_at")
    _table(
        "process_version",
        *_texts("at agent text compiled"),
        _number("based_on", null=True),
        *_texts("zone_data=''"),
        key="version",
    )


def _change_log() -> None:
    _table(
        "action",
        *_texts("at agent via verb"),
        _to("undoes", "action"),
        _to("undone_by", "action"),
        _to("redone_by", "action"),
        _number("frozen_clock", "0"),
    )
    _index("action", "agent", "agent", "undone_by", "id")
    _index("action", "undoes", "undoes", where="undoes IS NOT NULL")
    _index("action", "redone", "agent", "redone_by", where="redone_by IS NOT NULL")
    _table(
        "change",
        _to("action_id", "action", null=False),
        *_texts("at agent via verb entity"),
        _number("entity_id"),
        *_texts("digest"),
        key="seq",
    )
    _index("change", "entity", "entity", "entity_id", "seq")
    _index("change", "action", "action_id", "seq")
    op.create_table(
        "change_payload",
        sa.Column("seq", sa.Integer, sa.ForeignKey("change.seq"), primary_key=True, autoincrement=False),
        *_texts("payload"),
    )


def _exchange() -> None:
    _table(
        "import_batch",
        _to("action_id", "action", null=False),
        *_texts("agent file sha256"),
        _number("size"),
        *_texts("format encoding='' mapping='{}' region='' worklist='' state"),
        *(
            _number(name, "0")
            for name in ("rows_done", "added", "updated", "unchanged", "skipped", "refused")
        ),
        *_texts("started_at ended_at? host=''"),
        _number("pid", null=True),
        _to("turn_id", "action"),
        _number("turn_seq", null=True),
    )
    _index("import_batch", "action", "action_id")
    _index("import_batch", "open", "agent", where="state IN ('running', 'undoing', 'redoing')")
    op.create_table(
        "import_mapping",
        sa.Column("signature", sa.Text, primary_key=True, nullable=False),
        *_texts("mapping agent at"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "import_uid",
        sa.Column("entity", sa.Text, primary_key=True, nullable=False),
        sa.Column("uid", sa.Text, primary_key=True, nullable=False),
        _number("entity_id"),
        sqlite_with_rowid=False,
    )
    _table(
        "keep_apart",
        _to("a", "contact", null=False),
        _to("b", "contact", null=False),
        *_texts("agent at deleted_at?"),
    )
    only = sa.text("deleted_at IS NULL")
    op.create_index("ux_keep_apart_pair", "keep_apart", ["a", "b"], unique=True, sqlite_where=only)


def _search() -> None:
    _table(
        "saved_filter",
        *_texts("what name name_key text agent?"),
        _number("members", "0"),
        *_texts("round_at? created_at deleted_at?"),
    )
    op.create_index(
        "ux_saved_filter_name",
        "saved_filter",
        ["what", sa.text("coalesce(agent, '')"), "name_key"],
        unique=True,
        sqlite_where=sa.text("deleted_at IS NULL"),
    )
    op.create_table(
        "spelling",
        sa.Column("deletion", sa.Text, primary_key=True, nullable=False),
        sa.Column("stem", sa.Text, primary_key=True, nullable=False),
        sqlite_with_rowid=False,
    )
    remove = "INSERT INTO contact_fts(contact_fts, rowid, words) VALUES ('delete', old.id, old.words);"
    add = "INSERT INTO contact_fts(rowid, words) VALUES (new.id, new.words);"
    op.execute(
        "CREATE VIRTUAL TABLE contact_fts USING fts5(words, content='contact', content_rowid='id', "
        "tokenize='ascii', prefix='1 2 3', detail=none)"
    )
    op.execute(
        "CREATE TRIGGER contact_fts_update AFTER UPDATE OF words ON contact "
        f"WHEN old.words <> new.words BEGIN {remove} {add} END"
    )
    op.execute(f"CREATE TRIGGER contact_fts_delete AFTER DELETE ON contact BEGIN {remove} END")
    _notes()
    _order_keys()


def _lists() -> None:
    """Who is on a worklist by name, and whom a call is owed."""
    _table(
        "worklist_member",
        _to("saved_filter_id", "saved_filter", null=False),
        _to("contact_id", "contact", null=False),
        _to("import_id", "import_batch"),
        *_texts("agent at deleted_at?"),
    )
    op.create_index(
        "ux_worklist_member_contact",
        "worklist_member",
        ["saved_filter_id", "contact_id"],
        unique=True,
        sqlite_where=sa.text("deleted_at IS NULL"),
    )
    _index("worklist_member", "list", "saved_filter_id", "id", "contact_id", where="deleted_at IS NULL")
    _index("worklist_member", "contact", "contact_id")
    op.create_table(
        "cadence_rule",
        sa.Column("kind", sa.Text, primary_key=True, nullable=False),
        sa.Column("name", sa.Text(collation="NOCASE"), primary_key=True, nullable=False),
        _number("days", null=True),
        sqlite_with_rowid=False,
    )
    _touch_keys()


def _touch_keys() -> None:
    """When somebody is to be called again to keep in touch: so many days after the last talk, else after being made."""
    real = (
        "({0}.direction = 'in' AND {0}.outcome <> 'missed' OR EXISTS"
        " (SELECT 1 FROM cadence_rule r WHERE r.kind = 'spoke' AND r.name = {0}.outcome)"
        " AND ({0}.direction = 'in' OR NOT EXISTS"
        " (SELECT 1 FROM cadence_rule r WHERE r.kind = 'written' AND r.name = {0}.channel)))"
    )
    days = (
        "nullif(min(coalesce(contact.cadence_days, 99999), coalesce((SELECT min(r.days) FROM contact_tag g"
        " JOIN cadence_rule r ON r.kind = 'tag' AND r.name = g.tag WHERE g.contact_id = contact.id), 99999)), 99999)"
    )
    spoken = (
        "UPDATE contact SET spoke_key = coalesce((SELECT i.started_at FROM interaction i WHERE i.contact_id ="
        f" contact.id AND i.deleted_at IS NULL AND {real.format('i')} ORDER BY i.started_at DESC LIMIT 1), '') WHERE id"
    )
    again = (
        "UPDATE contact SET touch_key = coalesce(strftime('%Y-%m-%dT%H:%M:%S.000000Z',"
        f" coalesce(nullif(contact.spoke_key, ''), contact.created_at), '+' || {days} || ' days'), '~') WHERE id"
    )
    op.execute(
        "CREATE TRIGGER contact_spoke_insert AFTER INSERT ON interaction"
        f" WHEN new.deleted_at IS NULL AND {real.format('new')} BEGIN UPDATE contact SET spoke_key = new.started_at"
        " WHERE id = new.contact_id AND spoke_key < new.started_at; END"
    )
    op.execute(
        "CREATE TRIGGER contact_spoke_update AFTER UPDATE OF"
        " contact_id, started_at, deleted_at, direction, outcome, channel ON interaction"
        f" BEGIN {spoken} IN (old.contact_id, new.contact_id); END"
    )
    op.execute(
        f"CREATE TRIGGER contact_spoke_delete AFTER DELETE ON interaction BEGIN {spoken} = old.contact_id; END"
    )
    op.execute(
        "CREATE TRIGGER contact_touch_insert AFTER INSERT ON contact WHEN new.cadence_days IS NOT NULL"
        f" BEGIN {again} = new.id; END"
    )
    op.execute(
        "CREATE TRIGGER contact_touch_update AFTER UPDATE OF cadence_days, spoke_key ON contact"
        " WHEN new.cadence_days IS NOT old.cadence_days OR new.touch_key < '~' AND new.spoke_key <> old.spoke_key"
        f" BEGIN {again} = new.id; END"
    )
    for event, row in (("insert", "new"), ("delete", "old")):
        op.execute(
            f"CREATE TRIGGER contact_touch_tag_{event} AFTER {event.upper()} ON contact_tag WHEN EXISTS"
            f" (SELECT 1 FROM cadence_rule r WHERE r.kind = 'tag' AND r.name = {row}.tag)"
            f" BEGIN {again} = {row}.contact_id; END"
        )


def _order_keys() -> None:
    """What a contact keeps of its calls and follow-ups, for the order of lists."""
    last = (
        "UPDATE contact SET last_call_key = coalesce((SELECT max(i.started_at) FROM interaction i"
        " WHERE i.contact_id = contact.id AND i.deleted_at IS NULL), '') WHERE id IN"
    )
    due = (
        "UPDATE contact SET next_due_key = coalesce((SELECT min(f.due_key) FROM follow_up f WHERE f.contact_id ="
        " contact.id AND f.state = 'open' AND f.deleted_at IS NULL), '~') WHERE id IN"
    )
    op.execute(
        "CREATE TRIGGER contact_last_call_insert AFTER INSERT ON interaction WHEN new.deleted_at IS NULL BEGIN "
        "UPDATE contact SET last_call_key = new.started_at WHERE id = new.contact_id"
        " AND last_call_key < new.started_at; END"
    )
    op.execute(
        "CREATE TRIGGER contact_last_call_update AFTER UPDATE OF contact_id, started_at, deleted_at ON interaction"
        f" BEGIN {last} (old.contact_id, new.contact_id); END"
    )
    op.execute(
        "CREATE TRIGGER contact_last_call_delete AFTER DELETE ON interaction"
        f" BEGIN {last} (old.contact_id); END"
    )
    op.execute(
        "CREATE TRIGGER contact_next_due_insert AFTER INSERT ON follow_up"
        " WHEN new.deleted_at IS NULL AND new.state = 'open' BEGIN UPDATE contact SET next_due_key = new.due_key"
        " WHERE id = new.contact_id AND next_due_key > new.due_key; END"
    )
    op.execute(
        "CREATE TRIGGER contact_next_due_update AFTER UPDATE OF contact_id, due_key, state, deleted_at ON follow_up"
        f" BEGIN {due} (old.contact_id, new.contact_id); END"
    )
    op.execute(
        f"CREATE TRIGGER contact_next_due_delete AFTER DELETE ON follow_up BEGIN {due} (old.contact_id); END"
    )


def _notes() -> None:
    into = "INSERT INTO call_fts(call_fts, rowid, words)"
    op.execute("CREATE VIEW call_words AS SELECT id, words FROM interaction WHERE words <> ''")
    op.execute(
        "CREATE VIRTUAL TABLE call_fts USING fts5(words, content='call_words', content_rowid='id', "
        "tokenize='ascii', prefix='1 2 3', detail=none)"
    )
    op.execute(
        "CREATE TRIGGER call_fts_insert AFTER INSERT ON interaction WHEN new.words <> '' BEGIN "
        "INSERT INTO call_fts(rowid, words) VALUES (new.id, new.words); END"
    )
    op.execute(
        "CREATE TRIGGER call_fts_update AFTER UPDATE OF words ON interaction WHEN old.words <> new.words BEGIN "
        f"{into} SELECT 'delete', old.id, old.words WHERE old.words <> ''; "
        "INSERT INTO call_fts(rowid, words) SELECT new.id, new.words WHERE new.words <> ''; END"
    )
    op.execute(
        "CREATE TRIGGER call_fts_delete AFTER DELETE ON interaction WHEN old.words <> '' BEGIN "
        f"{into} VALUES ('delete', old.id, old.words); END"
    )


# --- short words for columns --------------------------------------------------------------------------------


def _table(name: str, *columns: sa.Column[Any], key: str = "id") -> None:
    """A table whose key is a number that is never given twice."""
    number = sa.Column(key, sa.Integer, primary_key=True, nullable=False)
    op.create_table(name, number, *columns, sqlite_autoincrement=True)


def _texts(names: str) -> Sequence[sa.Column[Any]]:
    """Text columns: ``name`` must be given, ``name?`` may be null, ``name='x'`` has a default."""
    found: list[sa.Column[Any]] = []
    for word in names.split():
        name, _, default = word.partition("=")
        server = sa.text(default) if default else None
        found.append(sa.Column(name.rstrip("?"), sa.Text, nullable=name.endswith("?"), server_default=server))
    return found


def _number(name: str, default: str | None = None, *, null: bool = False) -> sa.Column[Any]:
    server = None if default is None else sa.text(default)
    return sa.Column(name, sa.Integer, nullable=null, server_default=server)


def _key(table: str) -> sa.ForeignKey:
    """A reference that is checked at the commit."""
    return sa.ForeignKey(f"{table}.id", deferrable=True, initially="DEFERRED")


def _to(name: str, table: str, *, null: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer, _key(table), nullable=null)


def _index(table: str, name: str, *columns: str | sa.TextClause, where: str | None = None) -> None:
    only = None if where is None else sa.text(where)
    op.create_index(f"ix_{table}_{name}", table, columns, sqlite_where=only)
