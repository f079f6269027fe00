"""Conditions on actions of the change log: by whom, when, which verb, what they touched and whom that was about.

The statements name the action ``a``. Whom an action was about is asked of what it touched: the contact, and their
calls, follow-ups and tickets, deleted ones too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from tuicrm.domain.filter_values import Beginnings, Meaning, Nothing, Person
from tuicrm.storage.queries.filtered_parts import (
    Builder,
    Part,
    about_contact,
    beginnings,
    equal,
    in_notes,
    in_text,
    span,
)

_OF_PEOPLE: Final = (
    ("call", "interaction"),
    ("followup", "follow_up"),
    ("ticket", "ticket"),
    ("private_note", "private_note"),
)


def _touching(builder: Builder, owned: Iterable[str], people: str = "") -> Part:
    """Actions that touched what these statements give as (entity, id), or those people or what is theirs."""
    given = list(owned)
    if people:
        given.append("SELECT 'contact' AS entity, id FROM who")
        given += [
            f"SELECT '{entity}', x.id FROM {table} AS x WHERE x.contact_id IN (SELECT id FROM who)"
            for entity, table in _OF_PEOPLE
        ]
        given.append(
            "SELECT 'ticket_event', e.id FROM ticket AS x JOIN ticket_event AS e ON e.ticket_id = x.id"
            " WHERE x.contact_id IN (SELECT id FROM who)"
        )
    who = f"who(id) AS ({people}), " if people else ""
    # the few that are meant lead to their changes by the index, never the other way round
    ids = (
        f"WITH {who}own(entity, id) AS ({' UNION ALL '.join(given)})"
        " SELECT DISTINCT h.action_id AS id FROM own CROSS JOIN change AS h"
        " ON h.entity = own.entity AND h.entity_id = own.id"
    )
    return Part(builder.set("a.id", ids))


def words(builder: Builder, value: Meaning) -> Part:
    """A word of whom it was about, of what was said, promised, or of a ticket's subject."""
    assert isinstance(value, Beginnings)
    contact = about_contact(builder, value, numbers=True)
    assert contact.set is not None
    own = [f"SELECT 'call' AS entity, id FROM ({in_notes(builder, value)[0]})"]
    for entity, table, column in (("followup", "follow_up", "reason"), ("ticket", "ticket", "subject")):
        fits = in_text(builder, value, f"x.{column}")
        own.append(f"SELECT '{entity}', x.id FROM {table} AS x WHERE x.{column} <> '' AND {fits}")
    return _touching(builder, own, contact.set.ids)


def _contact(builder: Builder, value: Meaning) -> Part:
    if isinstance(value, Nothing):
        kinds = ", ".join(f"'{entity}'" for entity in ("contact", "ticket_event", *dict(_OF_PEOPLE)))
        return Part(
            sql=f"NOT EXISTS (SELECT 1 FROM change AS h WHERE h.action_id = a.id AND h.entity IN ({kinds}))"
        )
    if isinstance(value, Person):
        one = builder.bind(value.id)
        return _touching(
            builder, (), f"SELECT c.id FROM contact AS c WHERE c.id = {one} OR c.merged_into = {one}"
        )
    assert isinstance(value, Beginnings)
    found = about_contact(builder, value)
    assert found.set is not None
    fits = beginnings(builder, value, "spelled(c.name)")[1]
    return _touching(builder, (), f"SELECT c.id FROM contact AS c WHERE c.id IN ({found.set.ids}) AND {fits}")


def _touched(builder: Builder, value: Meaning) -> Part:
    """Of a kind that few actions touched those few are begun with; of others each action is looked at."""
    entity = builder.bind(value)
    ids = f"SELECT h.action_id AS id FROM change AS h WHERE h.entity = {entity}"
    # its own index gives the few changes of one action
    each = f"EXISTS (SELECT 1 FROM change AS h WHERE h.action_id = a.id AND +h.entity = {entity})"
    return Part(builder.set("a.id", ids, each))


KEYS: Final[dict[str, Callable[[Builder, Any], Part]]] = {
    "": words,
    "agent": equal("a.agent"),
    "verb": equal("a.verb"),
    "entity": _touched,
    "day": span("a.at"),
    "from": span("a.at"),
    "to": span("a.at"),
    "contact": _contact,
}
"""What makes a condition of one value, by key."""
