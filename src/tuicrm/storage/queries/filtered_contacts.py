"""Conditions on whom a record is with: the contact's own columns, lists, calls and promises."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final

from tuicrm.domain.filter_values import (
    Beginnings,
    Digits,
    Last,
    Meaning,
    Nothing,
    OnList,
    OwnField,
    Person,
    Span,
    Tags,
)
from tuicrm.domain.fold import fold
from tuicrm.storage.living import LIVING
from tuicrm.storage.queries.filtered_parts import (
    Builder,
    Part,
    about_contact,
    beginnings,
    nothing_in,
    number_ends,
    within,
)
from tuicrm.storage.search_index import TAG_MARK

Make = Callable[[Builder, Any], Part]


def _word_in(column: str) -> Make:
    """Words in one column of the contact: those who have them anywhere, then the column itself."""

    def make(builder: Builder, value: Meaning) -> Part:
        if isinstance(value, Nothing):
            return Part(sql=nothing_in(column))
        assert isinstance(value, Beginnings)
        found = about_contact(builder, value)
        return Part(found.set, beginnings(builder, value, f"spelled({column})")[1])

    return make


def _contact(builder: Builder, value: Meaning) -> Part:
    if isinstance(value, Person):
        return Part(sql=f"{builder.contact} = {builder.bind(value.id)}")
    if isinstance(value, Nothing):
        return Part(sql=f"{builder.contact} IS NULL")
    return _word_in("c.name")(builder, value)


def _tag(builder: Builder, value: Meaning) -> Part:
    """A tag of the contact; of calls and tickets one of their own too."""
    if isinstance(value, Nothing):
        return _no_tag(builder)
    assert isinstance(value, Tags)
    tags = builder.bind(json.dumps(value.stored))
    theirs = f"SELECT contact_id AS id FROM contact_tag WHERE tag IN (SELECT value FROM json_each({tags}))"
    if builder.what == "calls":
        mark = TAG_MARK + value.folded.replace(" ", "")
        own = (
            f"SELECT rowid AS id FROM call_fts WHERE call_fts MATCH {builder.bind(chr(34) + mark + chr(34))}"
        )
        each = f"instr(' ' || i.words || ' ', {builder.bind(f' {mark} ')}) > 0 OR i.contact_id IN ({theirs})"
        calls = f"SELECT x.id FROM interaction x WHERE x.contact_id IN ({theirs})"
        return Part(builder.set("i.id", f"{own} UNION ALL {calls}", each))
    found = builder.contacts(theirs)
    if builder.what == "tickets":
        label = builder.bind(value.folded)
        own = f"EXISTS (SELECT 1 FROM json_each(t.tags) j WHERE folded(j.value) = {label})"
        return Part(sql=f"{own} OR {found.inside}")
    return Part(found)


def _no_tag(builder: Builder) -> Part:
    theirs = f"NOT EXISTS (SELECT 1 FROM contact_tag g WHERE g.contact_id = {builder.contact})"
    own = {"calls": "i.tags = '[]' AND ", "tickets": "t.tags = '[]' AND "}
    return Part(sql=own.get(builder.what, "") + theirs)


def _owner(builder: Builder, value: Meaning) -> Part:
    if isinstance(value, Nothing):
        return Part(sql=nothing_in("c.owner"))
    return Part(builder.contacts(f"SELECT id FROM contact WHERE owner = {builder.bind(value)}"))


def _phone(builder: Builder, value: Meaning) -> Part:
    if isinstance(value, Nothing):
        return Part(sql="NOT EXISTS (SELECT 1 FROM phone n WHERE n.contact_id = c.id)")
    assert isinstance(value, Digits)
    return Part(builder.contacts(_numbers(builder, value)))


def _numbers(builder: Builder, value: Digits) -> str:
    found = [number_ends(builder, value.reversed)]
    for beginning in value.beginnings:
        low = builder.bind(beginning)
        found.append(f"SELECT contact_id AS id FROM phone WHERE e164 >= {low} AND e164 < {low} || ':'")
    return " UNION ALL ".join(found)


def _number(builder: Builder, value: Meaning) -> Part:
    """The number that a call was with, or one of the contact's."""
    if isinstance(value, Nothing):
        return Part(
            sql="i.number = '' AND NOT EXISTS (SELECT 1 FROM phone n WHERE n.contact_id = i.contact_id)"
        )
    assert isinstance(value, Digits)
    end = builder.bind("%" + value.reversed[::-1])
    return Part(sql=f"i.number LIKE {end} OR +i.contact_id IN ({_numbers(builder, value)})")


def _email(builder: Builder, value: Meaning) -> Part:
    if isinstance(value, Nothing):
        return Part(sql="NOT EXISTS (SELECT 1 FROM email e WHERE e.contact_id = c.id)")
    assert isinstance(value, str)
    found = about_contact(builder, Beginnings(tuple(fold(value).split())))
    part = builder.bind(value.lower())
    row = f"SELECT 1 FROM email e WHERE e.contact_id = c.id AND instr(lower(e.address), {part}) > 0"
    return Part(found.set, f"EXISTS ({row})")


def _field(builder: Builder, value: Meaning) -> Part:
    assert isinstance(value, OwnField)
    names = ", ".join(builder.bind(name) for name in value.names)
    has = f"lower(j.key) IN ({names}) AND j.value <> ''"
    if value.words == ():
        return Part(sql=f"NOT EXISTS (SELECT 1 FROM json_each(c.fields) j WHERE {has})")
    if value.words:
        has += f" AND {beginnings(builder, Beginnings(value.words), 'spelled(j.value)')[1]}"
    return Part(sql=f"c.fields <> '{{}}' AND EXISTS (SELECT 1 FROM json_each(c.fields) j WHERE {has})")


def _do_not_call(builder: Builder, value: Meaning) -> Part:
    if not value:
        return Part(sql="c.do_not_call = 0")
    return Part(builder.contacts("SELECT id FROM contact WHERE do_not_call = 1"))


def _called(builder: Builder, value: Meaning) -> Part:
    """The last call of any outcome."""
    if isinstance(value, Nothing):
        return Part(sql="c.last_call_key = ''")
    assert isinstance(value, Last)
    within_ = within(builder, value.span, "last_call_key")
    return Part(builder.contacts(f"SELECT id FROM contact WHERE last_call_key <> '' AND {within_}"))


def _spoke(builder: Builder, value: Meaning) -> Part:
    """The last call of an outcome that says somebody was spoken to."""
    assert isinstance(value, Last)
    outcomes = builder.bind(json.dumps(value.outcomes or ()))
    call = f"x.deleted_at IS NULL AND x.outcome IN (SELECT value FROM json_each({outcomes}))"
    theirs = f"SELECT 1 FROM interaction x WHERE x.contact_id = c.id AND {call}"
    low, high = value.span.low, value.span.high
    if low is None and high is None:
        return Part(sql=f"NOT EXISTS ({theirs})")
    bounds: list[str] = []
    since = None
    if low is not None:
        ids = f"SELECT x.contact_id AS id FROM interaction x WHERE x.started_at >= {builder.bind(low)} AND {call}"
        since = builder.contacts(f"SELECT DISTINCT id FROM ({ids}) WHERE id IS NOT NULL")
    if high is not None:
        end = builder.bind(high)
        bounds.append(f"NOT EXISTS ({theirs} AND x.started_at >= {end})")
        bounds.append(f"EXISTS ({theirs} AND x.started_at < {end})")
    return Part(since, " AND ".join(bounds))


def _owed(builder: Builder, value: Meaning) -> Part:
    """Since when a call is owed to keep in touch; nobody is owed one who asked not to be called."""
    assert isinstance(value, Span)
    owed = f"c.touch_key < '~' AND c.do_not_call = 0 AND {within(builder, value, 'c.touch_key')}"
    return Part(builder.contacts(f"SELECT c.id FROM contact c WHERE {owed} AND {LIVING}", owed))


def _member(builder: Builder, value: Meaning) -> Part:
    """Who was put on a worklist by name."""
    assert isinstance(value, OnList)
    ids = "SELECT contact_id AS id FROM worklist_member WHERE saved_filter_id = {} AND deleted_at IS NULL"
    return Part(builder.contacts(ids.format(builder.bind(value.id))))


def _due(builder: Builder, value: Meaning) -> Part:
    """The next promise to the contact."""
    if isinstance(value, Nothing):
        return Part(sql="c.next_due_key = '~'")
    assert isinstance(value, Span)
    within_ = within(builder, value, "next_due_key")
    return Part(builder.contacts(f"SELECT id FROM contact WHERE next_due_key < '~' AND {within_}"))


def _count(statement: str) -> Make:
    def make(builder: Builder, value: Meaning) -> Part:
        assert isinstance(value, Span)
        return Part(sql=within(builder, value, f"(SELECT count(*) FROM {statement})"))

    return make


KEYS: Final[dict[str, Make]] = {
    "name": _word_in("c.name"),
    "company": _word_in("c.company"),
    "tag": _tag,
    "owner": _owner,
    "contact": _contact,
    "phone": _phone,
    "number": _number,
    "email": _email,
    "field": _field,
    "dnc": _do_not_call,
    "called": _called,
    "spoke": _spoke,
    "owed": _owed,
    "saved": _member,
    "due": _due,
    "calls": _count("interaction x WHERE x.contact_id = c.id AND x.deleted_at IS NULL"),
    "followups": _count(
        "follow_up x WHERE x.contact_id = c.id AND x.state = 'open' AND x.deleted_at IS NULL"
    ),
    "tickets": _count(
        "ticket x WHERE x.contact_id = c.id AND x.category <> 'resolved' AND x.deleted_at IS NULL"
        " AND x.merged_into IS NULL"
    ),
}
