"""The kinds of records and the tables behind them, in one place.

``Transaction`` writes and undo puts back only what stands here, so a column name from outside never reaches
SQL.
"""

from __future__ import annotations

from typing import Final


class Entity:
    """One kind of record as the change log knows it.

    ``columns``: what callers may write and the log keeps. ``stamps``: columns filled with the transaction's
    moment when a new record does not give them. ``gone``: the column (and its values for "there" and "gone")
    that takes a record out of every list; None when the record can never go. ``lists``: child tables kept as
    lists of the record. ``used_by``: (table, column) pairs that refer to the record. ``derived``: columns that follow
    from others, so that who takes something back does not mind that they have moved.
    """

    __slots__ = (
        "columns",
        "derived",
        "flags",
        "gone",
        "json",
        "key",
        "lists",
        "name",
        "stamps",
        "table",
        "touched",
        "undoable",
        "used_by",
    )

    def __init__(
        self,
        name: str,
        table: str,
        columns: str,
        *,
        json: str = "",
        flags: str = "",
        stamps: str = "created_at",
        touched: str = "",
        gone: tuple[str, object, object] | None = ("deleted_at", None, "now"),
        lists: tuple[str, ...] = (),
        used_by: tuple[tuple[str, str], ...] = (),
        key: str = "id",
        derived: str = "",
        undoable: bool = True,
    ) -> None:
        self.name = name
        self.table = table
        self.columns = tuple(columns.split())
        self.json = frozenset(json.split())
        self.flags = frozenset(flags.split())
        self.stamps = tuple(stamps.split())
        self.touched = touched
        self.gone = gone
        self.lists = lists
        self.used_by = used_by
        self.key = key
        self.undoable = undoable
        self.derived = frozenset(derived.split())


CHILD_LISTS: Final = {
    "phones": ("phone", ("raw", "e164", "ext", "label", "reversed")),
    "emails": ("email", ("address", "label")),
    "tags": ("contact_tag", ("tag",)),
}
"""A contact's lists: table and columns of each; ``contact_id`` and ``position`` come from the list itself."""

_ALL = (
    Entity(
        "contact",
        "contact",
        "name company note fields do_not_call owner cadence_days created_at deleted_at merged_into",
        json="fields",
        flags="do_not_call",
        touched="updated_at",
        lists=("phones", "emails", "tags"),
        used_by=(
            ("interaction", "contact_id"),
            ("follow_up", "contact_id"),
            ("ticket", "contact_id"),
            ("contact", "merged_into"),
        ),
    ),
    Entity(
        "call",
        "interaction",
        "uid action_id contact_id agent channel direction outcome topic topic_guessed note started_at duration_s"
        " talk_s wrap_s ring_s keys entry_s entered_via process_version score number source source_call_id"
        " follow_up_id ticket_id tags saved_at deleted_at",
        json="tags",
        flags="topic_guessed",
        stamps="saved_at",
        used_by=(("follow_up", "call_id"), ("ticket_event", "call_id")),
    ),
    Entity(
        "followup",
        "follow_up",
        "contact_id reason due_on due_time zone due_key first_due_on first_due_time assignee state attempt"
        " attempts_max topic recurrence series_id series_on series_time note alarm_minutes remind_at call_id ticket_id"
        " created_at closed_at closed_reason deleted_at",
        used_by=(("interaction", "follow_up_id"), ("follow_up", "series_id")),
        derived="due_key",
    ),
    Entity(
        "ticket",
        "ticket",
        "subject contact_id kind priority status category assignee tags created_at resolved_at response_due_at"
        " resolution_due_at reopened merged_into deleted_at",
        json="tags",
        used_by=(("interaction", "ticket_id"), ("follow_up", "ticket_id"), ("ticket_event", "ticket_id")),
    ),
    Entity("ticket_event", "ticket_event", "ticket_id at agent kind text call_id deleted_at", stamps="at"),
    Entity(
        "agent",
        "agent",
        "handle name zone role active created_at",
        flags="active",
        gone=("active", 1, 0),
    ),
    Entity("private_note", "private_note", "contact_id agent text created_at deleted_at"),
    Entity(
        "saved_filter",
        "saved_filter",
        "what name name_key text agent members round_at created_at deleted_at",
        flags="members",
        used_by=(("worklist_member", "saved_filter_id"),),
    ),
    Entity(
        "member", "worklist_member", "saved_filter_id contact_id import_id agent at deleted_at", stamps="at"
    ),
    Entity("apart", "keep_apart", "a b agent at deleted_at", stamps="at"),
    Entity(
        "process",
        "process_version",
        "at agent text compiled based_on zone_data",
        json="compiled",
        stamps="at",
        gone=None,
        key="version",
        undoable=False,
    ),
)

ENTITIES: Final = {entity.name: entity for entity in _ALL}
BY_TABLE: Final = {entity.table: entity for entity in _ALL}
