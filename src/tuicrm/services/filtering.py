"""A filter as a person types it, over the lists of this company: what its values mean here, and now."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, time, timedelta
from typing import Final

from tuicrm.domain.errors import Invalid
from tuicrm.domain.filter_complete import Value as Choice
from tuicrm.domain.filter_keys import RANGES, Kind, key_of
from tuicrm.domain.filter_values import (
    NOTHING,
    Beginnings,
    Digits,
    Last,
    Meaning,
    Meant,
    OnList,
    OwnField,
    Person,
    Span,
    Tags,
    whole,
    yes_no,
)
from tuicrm.domain.filter_values import days as day_count
from tuicrm.domain.filter_values import seconds as length
from tuicrm.domain.filters import Term, Value, parse
from tuicrm.domain.fold import fold, words
from tuicrm.domain.keyboard import to_us
from tuicrm.domain.record import replace
from tuicrm.services import filter_choices
from tuicrm.services.context import Crm
from tuicrm.services.filter_days import days
from tuicrm.storage.instants import to_text
from tuicrm.storage.queries.chosen import ALL, Where
from tuicrm.storage.queries.filtered import compiled

DEEPEST: Final = 5
"""Saved filters that name one another."""


def where(crm: Crm, what: str, text: str | None) -> Where:
    """The conditions that a filter of the list ``what`` means.

    Raises ``Invalid`` as ``domain.filters.parse``, and for a value that is none (``filter_no_value``,
    ``filter_several``, ``filter_range``, what days raise), naming it and what is like it.
    """
    if not text or not text.strip():
        return ALL
    return of_terms(crm, what, parse(text, what))


def meant(crm: Crm, what: str, text: str) -> tuple[Meant, ...]:
    """The terms of a filter with their values as they are stored. Raises ``Invalid`` as ``where``."""
    return _all_meant(crm, what, parse(text, what)) if text.strip() else ()


def of_terms(crm: Crm, what: str, terms: Iterable[Term]) -> Where:
    """The same for terms that were read already."""
    return compiled(what, _all_meant(crm, what, terms))


def split(crm: Crm, text: str) -> tuple[str, Where]:
    """A filter of contacts as the words to be searched, which forgive a slip, and the conditions on who is found.

    Raises ``Invalid`` as ``where``.
    """
    terms = parse(text, "contacts")
    sought = [term for term in terms if not term.key and not term.negated]
    rest = [term for term in terms if term not in sought]
    return " ".join(term.values[0].text for term in sought), of_terms(crm, "contacts", rest)


def _all_meant(crm: Crm, what: str, terms: Iterable[Term], depth: int = 0) -> tuple[Meant, ...]:
    """The terms in their order. A word knows the one typed before it: others may write the two as one."""
    found: list[Meant] = []
    before = ""
    for term in terms:
        found.append(_meant(crm, what, term, depth, before))
        own = words(term.values[0].text) if not term.key and not term.negated else ()
        before = own[-1] if own else ""
    return tuple(found)


def _meant(crm: Crm, what: str, term: Term, depth: int, before: str = "") -> Meant:
    """The term with its values as they are stored: a handle, a code, an instant."""
    if not term.key:
        return Meant("", (Beginnings(words(term.values[0].text), before),), term.negated)
    key = key_of(what, term.key)
    assert key is not None, "parsed for this list"
    if key.kind == "saved":
        inner = tuple(_saved(crm, what, value.text, depth) for value in term.values)
        return Meant(key.name, negated=term.negated, inner=inner)
    if key.name in ("overdue", "snoozed"):
        return _as_of_now(crm, key.name, term)
    if key.kind == "late" and any(_answer(value) is False for value in term.values):
        return _not_owed(crm, term)
    options = [_value(crm, what, key.name, key.kind, value) for value in _shared_field(term)]
    return Meant(key.name, tuple(options), term.negated)


def _saved(crm: Crm, what: str, name: str, depth: int) -> tuple[Meant, ...]:
    """The terms of a filter that was saved; they may name others."""
    from tuicrm.services import saved_filters

    if depth >= DEEPEST:
        raise Invalid("filter_round", name=name)
    found = saved_filters.part(crm, what, name)
    if found.members:
        return (Meant("saved", (OnList(found.id),)),)
    return _all_meant(crm, what, parse(found.text, what), depth + 1)


def _as_of_now(crm: Crm, name: str, term: Term) -> Meant:
    now = crm.now()
    moment = Span(to_text(now), now.date().isoformat())
    answers = [yes_no(value.text) for value in term.values]
    if None in answers:
        raise Invalid("filter_yes_no", text=term.text)
    return Meant(name, (moment,), term.negated != (not answers[0]))


def _not_owed(crm: Crm, term: Term) -> Meant:
    """``owed:no``: nothing else may stand beside it."""
    if any(_answer(value) is not False for value in term.values):
        raise Invalid("filter_yes_no", text=term.text)
    return Meant("owed", (_late(crm, Value("yes")),), not term.negated)


def _answer(value: Value) -> bool | None:
    """Yes or no; None for what says how late, as a number alone does."""
    return None if value.sign or whole(value.text) is not None else yes_no(value.text)


def _shared_field(term: Term) -> list[Value]:
    """``field:city=a,b``: the second value is of the same field."""
    found: list[Value] = []
    for value in term.values:
        if term.key == "field" and found and "=" not in value.text:
            name = found[0].text.partition("=")[0]
            value = replace(value, text=f"{name}={value.text}")
        found.append(value)
    return found


def _value(crm: Crm, what: str, key: str, kind: Kind, value: Value) -> Meaning:
    if not value.text and not value.sign:
        return _nothing(crm, key, kind)
    if kind in RANGES or kind in ("since", "until"):
        return _ranged(crm, what, key, kind, value)
    return _PLAIN[kind](crm, what, key, value)


def _nothing(crm: Crm, key: str, kind: Kind) -> Meaning:
    if key == "spoke":
        return Last(Span(), _spoken(crm))
    if kind == "count":
        return Span(0, 1)
    if kind in ("yes", "late", "since", "until", "field") or key in (
        "created",
        "day",
        "agent",
        "direction",
        "channel",
        "verb",
        "entity",
    ):
        raise Invalid("filter_nothing", key=key)
    return NOTHING


# --- values with an order -----------------------------------------------------------------------------------


def _ranged(crm: Crm, what: str, key: str, kind: Kind, value: Value) -> Meaning:
    if kind in ("since", "until"):
        found = days(crm, value, ahead=what == "followups")
        return Span(low=to_text(_first(found))) if kind == "since" else Span(high=to_text(_end(found)))
    if kind == "late":
        return _late(crm, value)
    if kind in ("day", "last"):
        low, high = days(crm, value, ahead=key == "due")
        span = Span(to_text(low) if low else None, to_text(high) if high else None)
        if kind == "day":
            return span
        return Last(span, _spoken(crm) if key == "spoke" else None)
    return _numbers(value, whole if kind == "count" else length, step=1)


def _late(crm: Crm, value: Value) -> Meaning:
    """``yes``, or late by so many days: since when a call is owed."""
    late = Span() if _answer(value) else _numbers(value, day_count, step=1)

    def day(late_days: int) -> str:
        """The first moment of the day from which one would be so late."""
        return to_text(datetime.combine(crm.now().date() - timedelta(days=late_days), time(), crm.zone))

    first = day(int(late.high) - 1) if late.high is not None else None
    return Span(first, day(int(late.low or 0) - 1))


def _first(found: tuple[datetime | None, datetime | None]) -> datetime:
    moment = found[0] or found[1]
    assert moment is not None, "one end is always there"
    return moment


def _end(found: tuple[datetime | None, datetime | None]) -> datetime:
    moment = found[1] or found[0]
    assert moment is not None, "one end is always there"
    return moment


def _spoken(crm: Crm) -> tuple[str, ...]:
    """The outcomes that say that somebody was spoken to."""
    return tuple(each.code for each in crm.process().outcomes if each.contact)


def _numbers(value: Value, read: Callable[[str], int | None], *, step: int) -> Span:
    def number(text: str) -> int:
        found = read(text)
        if found is None:
            raise Invalid("filter_number", text=text)
        return found

    if value.sign == "..":
        low = number(value.text) if value.text else None
        last = number(value.last) if value.last else None
        if low is not None and last is not None and last < low:
            # the other way round it is the same range
            low, last = last, low
        return Span(low, None if last is None else last + step)
    found = number(value.text)
    return {
        "": Span(found, found + step),
        "<": Span(high=found),
        "<=": Span(high=found + step),
        ">": Span(low=found + step),
        ">=": Span(low=found),
    }[value.sign]


# --- values without one -------------------------------------------------------------------------------------


def _text(crm: Crm, what: str, key: str, value: Value) -> Meaning:
    del crm, what, key
    return Beginnings(words(value.text))


def _tag(crm: Crm, what: str, key: str, value: Value) -> Meaning:
    del what, key
    folded = fold(value.text.lstrip("#"))
    return Tags(folded, tuple(tag for tag in filter_choices.tags(crm) if fold(tag) == folded))


def _contact(crm: Crm, what: str, key: str, value: Value) -> Meaning:
    del what, key
    number = value.text.removeprefix("contact:")
    if number.isdecimal():
        from tuicrm.services import contacts

        return Person(contacts.heir(crm, int(number)))
    return Beginnings(words(value.text))


def _digits(crm: Crm, what: str, key: str, value: Value) -> Meaning:
    del what, key
    from tuicrm.domain.phone import suffix_query
    from tuicrm.services.find import beginnings

    reversed_digits = suffix_query(value.text)
    if len(reversed_digits) < 2:
        raise Invalid("filter_digits", text=value.text)
    return Digits(reversed_digits, beginnings(crm, value.text))


def _email(crm: Crm, what: str, key: str, value: Value) -> Meaning:
    del crm, what, key
    return value.text


def _field(crm: Crm, what: str, key: str, value: Value) -> Meaning:
    del crm, what, key
    name, equals, said = value.text.partition("=")
    # imported here: few filters ask for a field
    from tuicrm.labels import kept_field

    name = name.strip()
    names = dict.fromkeys((name.lower(), kept_field(name).lower()))
    return OwnField(tuple(names), tuple(words(said)) if equals else None)


def _yes(crm: Crm, what: str, key: str, value: Value) -> Meaning:
    del crm, what
    answer = yes_no(value.text)
    if answer is None:
        raise Invalid("filter_yes_no", text=f"{key}:{value.text}")
    return answer


def _named(crm: Crm, what: str, key: str, value: Value) -> Meaning:
    del what
    known = filter_choices.choices(crm, key)
    try:
        return filter_choices.meant(key, _as_key(value.text, known, crm.settings.keyboard), known)
    except Invalid:
        # a code of an older process file, somebody who is not here any more
        if value.quoted:
            return value.text
        raise


def _as_key(text: str, known: Iterable[Choice], layout: str) -> str:
    """One letter that is no name here is the key at its place (``نتیجه:د`` is ``outcome:n``), as in the log line."""
    if len(text) != 1 or any(text in (each.code, *each.names) for each in known):
        return text
    return to_us(text, layout)


_PLAIN: Final[dict[Kind, Callable[[Crm, str, str, Value], Meaning]]] = {
    "text": _text,
    "tag": _tag,
    "agent": _named,
    "digits": _digits,
    "email": _email,
    "field": _field,
    "contact": _contact,
    "yes": _yes,
    "code": _named,
}
