"""Filters as conditions: what ``services.filtering`` found the terms to mean, over the statements of the lists.

Values are always bound. Words are compared in their folded form, at the beginnings of words. The statements name the
contact ``c``, the call ``i``, the follow-up ``f``, the ticket ``t``, the action ``a``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from tuicrm.domain.filter_values import Beginnings, Meaning, Meant, Nothing
from tuicrm.storage.queries import filtered_history
from tuicrm.storage.queries.chosen import IdSet, Where
from tuicrm.storage.queries.filtered_parts import (
    Builder,
    Part,
    about_contact,
    equal,
    in_notes,
    in_text,
    nothing_in,
    span,
)

Make = Callable[[Builder, Any], Part]


def _words(builder: Builder, value: Meaning) -> Part:
    """A word anywhere in what the list shows of a record."""
    assert isinstance(value, Beginnings)
    return _ANYWHERE[builder.what](builder, value)


def _in_contacts(builder: Builder, value: Beginnings) -> Part:
    return about_contact(builder, value, numbers=True)


def _in_calls(builder: Builder, value: Beginnings) -> Part:
    said, each = in_notes(builder, value)
    contact = about_contact(builder, value, numbers=True)
    assert contact.set is not None
    ids = f"{said} UNION ALL SELECT x.id FROM interaction x WHERE x.contact_id IN ({contact.set.ids})"
    return Part(builder.set("i.id", ids, f"{each} OR {contact.set.each}"))


def _in_text(column: str) -> Callable[[Builder, Beginnings], Part]:
    """In words of the contact, or in a text of the record that has no index."""

    def make(builder: Builder, value: Beginnings) -> Part:
        own = in_text(builder, value, column)
        contact = about_contact(builder, value, numbers=True)
        assert contact.set is not None
        return Part(sql=f"{own} OR {contact.set.inside}")

    return make


_ANYWHERE: Final[dict[str, Callable[[Builder, Beginnings], Part]]] = {
    "contacts": _in_contacts,
    "calls": _in_calls,
    "followups": _in_text("f.reason"),
    "tickets": _in_text("t.subject"),
}


def _note(builder: Builder, value: Meaning) -> Part:
    if isinstance(value, Nothing):
        return Part(sql="i.note = ''")
    assert isinstance(value, Beginnings)
    ids, each = in_notes(builder, value)
    return Part(builder.set("i.id", ids, each), in_text(builder, value, "i.note"))


def _of_contact(name: str) -> Make:
    def make(builder: Builder, value: Meaning) -> Part:
        # imported here: most filters of calls ask nothing of the contact
        from tuicrm.storage.queries import filtered_contacts

        return filtered_contacts.KEYS[name](builder, value)

    return make


def _text(column: str) -> Make:
    def make(builder: Builder, value: Meaning) -> Part:
        if isinstance(value, Nothing):
            return Part(sql=nothing_in(column))
        assert isinstance(value, Beginnings)
        return Part(sql=in_text(builder, value, column))

    return make


def _late_follow_up(builder: Builder, value: Any) -> Part:
    now, today = builder.bind(value.low), builder.bind(value.high)
    late = f"(f.due_time IS NOT NULL AND f.due_key < {now}) OR (f.due_time IS NULL AND f.due_on < {today})"
    return Part(sql=f"f.state = 'open' AND ({late})")


def _waits(builder: Builder, value: Any) -> Part:
    return Part(sql=f"f.state = 'open' AND f.remind_at > {builder.bind(value.low)}")


def _repeats(builder: Builder, value: Any) -> Part:
    del builder
    return Part(sql=f"f.recurrence IS {'NOT ' if value else ''}NULL")


def _late_ticket(builder: Builder, value: Any) -> Part:
    return Part(sql=f"t.category <> 'resolved' AND t.resolution_due_at < {builder.bind(value.low)}")


_CONTACT: Final = ("name", "company", "tag", "owner")
_SPANS: Final = {
    "contacts": "c.created_at",
    "calls": "i.started_at",
    "followups": "f.due_key",
    "tickets": "t.created_at",
}
_OWN: Final[dict[str, dict[str, Make]]] = {
    "contacts": {
        name: _of_contact(name)
        for name in (
            "phone",
            "email",
            "field",
            "dnc",
            "called",
            "spoke",
            "owed",
            "saved",
            "due",
            "calls",
            "followups",
            "tickets",
            "contact",
        )
    }
    | {"created": span("c.created_at")},
    "calls": {
        "agent": equal("i.agent"),
        "outcome": equal("i.outcome"),
        "topic": equal("i.topic"),
        "channel": equal("i.channel"),
        "direction": equal("i.direction"),
        "day": span("i.started_at"),
        "note": _note,
        "duration": span("i.duration_s"),
        "number": _of_contact("number"),
        "contact": _of_contact("contact"),
    },
    "followups": {
        "agent": equal("f.assignee"),
        "state": equal("f.state"),
        "due": span("f.due_key"),
        "topic": equal("f.topic"),
        "reason": _text("f.reason"),
        "attempt": span("f.attempt"),
        "overdue": _late_follow_up,
        "repeats": _repeats,
        "snoozed": _waits,
        "dnc": _of_contact("dnc"),
        "contact": _of_contact("contact"),
    },
    "tickets": {
        "agent": equal("t.assignee"),
        "status": equal("t.status"),
        "category": equal("t.category"),
        "priority": equal("t.priority"),
        "kind": _text("t.kind"),
        "subject": _text("t.subject"),
        "created": span("t.created_at"),
        "due": span("t.resolution_due_at"),
        "overdue": _late_ticket,
        "contact": _of_contact("contact"),
    },
}
KEYS: Final[dict[str, dict[str, Make]]] = {
    what: {"": _words, "from": span(_SPANS[what]), "to": span(_SPANS[what])}
    | {name: _of_contact(name) for name in _CONTACT}
    | own
    for what, own in _OWN.items()
} | {"history": filtered_history.KEYS}
"""What makes a condition of one value, by list and key. ``saved`` is its terms; of contacts also a list by names."""


def compiled(what: str, terms: Iterable[Meant]) -> Where:
    """The conditions that the terms of a filter of the list ``what`` are."""
    builder = Builder(what)
    conditions = [text for term in terms for text in _conditions(builder, term)]
    used = tuple(each for each in builder.sets if any(each.mark in text for text in conditions))
    return Where(tuple(conditions), builder.params, used)


def _conditions(builder: Builder, term: Meant) -> list[str]:
    """The conditions of one term, all of which must hold. A set that all of them need may be begun with."""
    if not term.negated and len(term.inner) == 1:
        return [text for inner in term.inner[0] for text in _conditions(builder, inner)]
    parts = [KEYS[builder.what][term.key](builder, value) for value in term.options]
    if not term.negated and len(parts) == 1:
        return _apart(parts[0])
    if not term.negated and (one := _united(builder, parts)):
        return [one.mark, *_any([part.sql or "1" for part in parts], needed=any(part.sql for part in parts))]
    texts = [_whole(part) for part in parts]
    texts += [
        " AND ".join(f"({_inside(builder, text)})" for each in inner for text in _conditions(builder, each))
        or "1"
        for inner in term.inner
    ]
    found = " OR ".join(f"({text})" for text in texts)
    # what is unknown does not fit, so its opposite does
    return [f"NOT coalesce(({found}), 0)" if term.negated else f"({found})"]


def _apart(part: Part) -> list[str]:
    return [*([part.set.mark] if part.set else []), *([f"({part.sql})"] if part.sql else [])]


def _any(texts: Sequence[str], *, needed: bool) -> list[str]:
    return ["(" + " OR ".join(f"({text})" for text in texts) + ")"] if needed else []


def _united(builder: Builder, parts: Sequence[Part]) -> IdSet | None:
    """One set of several that are all of one column and have no other condition; None when they are not so."""
    sets = [part.set for part in parts if part.set is not None and not part.sql]
    if len(sets) != len(parts) or not sets or len({each.column for each in sets}) > 1:
        return None
    ids = " UNION ALL ".join(f"SELECT id FROM ({each.ids})" for each in sets)
    each = " OR ".join(one.each for one in sets) if all(one.each for one in sets) else ""
    return builder.set(sets[0].column, ids, each)


def _whole(part: Part) -> str:
    texts = [*([part.set.inside] if part.set else []), *([f"({part.sql})"] if part.sql else [])]
    return " AND ".join(texts)


def _inside(builder: Builder, text: str) -> str:
    """A condition with its sets written out."""
    for each in builder.sets:
        text = text.replace(each.mark, each.inside)
    return text
