"""What conditions of filters are made of: bound values, sets of ids, words, spans."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from tuicrm.domain.filter_values import Beginnings, Meaning, Nothing, Span
from tuicrm.domain.phone import LOOKING_DIGITS
from tuicrm.domain.record import record
from tuicrm.storage.queries.chosen import IdSet

CONTACT_ID: Final = {
    "contacts": "c.id",
    "calls": "i.contact_id",
    "followups": "f.contact_id",
    "tickets": "t.contact_id",
    "history": "a.id",
}
"""The column of a list that says whose a record is; an action is about whom it touched (``filtered_history``)."""


@record
class Part:
    """What one value asks: that the record is in a set, that a condition on its row holds, or both."""

    set: IdSet | None = None
    sql: str = ""


class Builder:
    """Binds values and names sets while the conditions of one list are made."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.params: dict[str, Any] = {}
        self.sets: list[IdSet] = []

    @property
    def contact(self) -> str:
        """The column that says whose a record is."""
        return CONTACT_ID[self.what]

    def bind(self, value: Any) -> str:
        """A value as a parameter."""
        name = f"w{len(self.params)}"
        self.params[name] = value
        return f":{name}"

    def set(self, column: str, ids: str, each: str = "") -> IdSet:
        """A set of ids, to be used where its mark stands."""
        made = IdSet(f"<set {len(self.sets)}>", column, ids, each)
        self.sets.append(made)
        return made

    def contacts(self, ids: str, each: str = "") -> IdSet:
        """A set of contacts."""
        return self.set(self.contact, ids, each)


def nothing_in(column: str) -> str:
    """That nothing is there."""
    return f"coalesce({column}, '') = ''"


def equal(column: str) -> Callable[[Builder, Meaning], Part]:
    """A column that holds exactly the value."""

    def make(builder: Builder, value: Meaning) -> Part:
        if isinstance(value, Nothing):
            return Part(sql=nothing_in(column))
        return Part(sql=f"{column} = {builder.bind(value)}")

    return make


def span(column: str) -> Callable[[Builder, Meaning], Part]:
    """A column whose value lies in a span."""

    def make(builder: Builder, value: Meaning) -> Part:
        if isinstance(value, Nothing):
            return Part(sql=f"{column} IS NULL")
        assert isinstance(value, Span)
        return Part(sql=within(builder, value, column))

    return make


def within(builder: Builder, value: Span, column: str) -> str:
    """``column >= :low AND column < :high``, without what is open."""
    bounds = ((">=", value.low), ("<", value.high))
    found = [f"{column} {sign} {builder.bind(bound)}" for sign, bound in bounds if bound is not None]
    return " AND ".join(found) or f"{column} IS NOT NULL"


def beginnings(builder: Builder, value: Beginnings, column: str) -> tuple[str, str]:
    """Words as a full text query (bound), and as a condition on a column of words; two Persian neighbours also as the
    one word that others write."""
    # imported here: a list without words needs nothing of the search
    from tuicrm.domain.fold import joinings
    from tuicrm.storage.search import any_beginnings, spellings_of

    if not value.words:
        return builder.bind('"\ue000"'), "0"
    spelled = spellings_of(value.words)
    spelled += [list(joined) for joined in joinings(value.words, value.before)]
    texts = []
    for words in spelled:
        found = [f"instr(' ' || {column}, {builder.bind(' ' + word)}) > 0" for word in words]
        texts.append(" AND ".join(found))
    return builder.bind(any_beginnings(spelled)), "(" + " OR ".join(f"({text})" for text in texts) + ")"


def in_notes(builder: Builder, value: Beginnings) -> tuple[str, str]:
    """Words of what was said: a statement of the calls ``i`` that have them, and the same as a condition on a call.

    One Persian word is also found where it is written as two. The index has no places, so that both stand in the note
    is asked of it, and that they are neighbours of the note itself, without its spaces, in the letters that are folded.
    """
    from tuicrm.domain.fold import partings

    query, each = beginnings(builder, value, "i.words")
    ids = f"SELECT rowid AS id FROM call_fts WHERE call_fts MATCH {query}"
    parted = partings(value.words[0]) if len(value.words) == 1 else ()
    if not parted:
        return ids, each
    word = builder.bind(value.words[0])
    both = builder.bind(" OR ".join(f'("{first}" AND "{rest}"*)' for first, rest in parted))
    note = _GLUED_NOTE.format(call="x")
    ids += (
        f" UNION SELECT x.id FROM call_fts AS parted CROSS JOIN interaction AS x ON x.id = parted.rowid"
        f" WHERE parted.call_fts MATCH {both} AND instr({note}, {word}) > 0"
    )
    beside = [
        f"(instr(' ' || i.words || ' ', {builder.bind(f' {first} ')}) > 0"
        f" AND instr(' ' || i.words, {builder.bind(f' {rest}')}) > 0)"
        for first, rest in parted
    ]
    glued = f"instr({_GLUED_NOTE.format(call='i')}, {word}) > 0 AND ({' OR '.join(beside)})"
    return ids, f"({each} OR ({glued}))"


def in_text(builder: Builder, value: Beginnings, column: str) -> str:
    """Words in a text that has no index; one Persian word also where it is written as two."""
    from tuicrm.domain.fold import partings

    text = f"spelled({column})"
    found = beginnings(builder, value, text)[1]
    parted = partings(value.words[0]) if len(value.words) == 1 else ()
    more = [f"instr({text}, {builder.bind(f' {first} {rest}')}) > 0" for first, rest in parted]
    return f"({' OR '.join([found, *more])})"


_GLUED_NOTE: Final = (
    "replace(replace(replace(replace({call}.note, ' ', ''), char(8204), ''), char(1610), char(1740)),"
    " char(1603), char(1705))"
)
"""A note without spaces and half-spaces, with the Persian yeh and kaf."""


def about_contact(builder: Builder, value: Beginnings, *, numbers: bool = False) -> Part:
    """Contacts that have the words among theirs; ``numbers``: or a number that ends in them."""
    query, each = beginnings(builder, value, "c.words")
    ids = f"SELECT rowid AS id FROM contact_fts WHERE contact_fts MATCH {query}"
    word = value.words[0] if len(value.words) == 1 else ""
    if numbers and word.isdecimal() and len(word) >= LOOKING_DIGITS:
        ends = number_ends(builder, word[::-1])
        ids += f" UNION ALL {ends}"
        each = f"({each} OR {builder.contact} IN ({ends}))"
    return Part(builder.contacts(ids, each))


def number_ends(builder: Builder, reversed_digits: str) -> str:
    """The contacts with a number that ends so."""
    low = builder.bind(reversed_digits)
    return f"SELECT contact_id AS id FROM phone WHERE reversed >= {low} AND reversed < {low} || ':'"
