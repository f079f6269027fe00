"""Filters as conditions: what ``domain.filters`` read, over the statements of the lists.

Values are always bound. Words are compared in their folded form, at the beginnings of words: the contact's own are
stored so, a note or subject is folded as it is read.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from tuicrm.domain.filters import Term
from tuicrm.domain.fold import fold
from tuicrm.storage.queries.chosen import Where

_WORD: Final = "instr(' ' || {}, ' ' || :{{p}}) > 0"
_LABELS: Final = "EXISTS (SELECT 1 FROM json_each({}) j WHERE folded(j.value) = :{{p}})"
_OWN_TAG: Final = "EXISTS (SELECT 1 FROM contact_tag g WHERE g.contact_id = c.id AND folded(g.tag) = :{p})"
_NUMBER: Final = (
    "EXISTS (SELECT 1 FROM phone n WHERE n.contact_id = c.id"
    " AND n.reversed >= :{p}_r AND n.reversed < :{p}_r || ':')"
)
_CONTACT: Final = {
    "name": _WORD.format("folded(c.name)"),
    "company": _WORD.format("folded(c.company)"),
    "owner": "coalesce(c.owner, '') = :{p}",
    "tag": _OWN_TAG,
}
_TIMES: Final = {"day": "{0} >= :{{p}} AND {0} < :{{p}}_end", "from": "{0} >= :{{p}}", "to": "{0} < :{{p}}"}
_FOLDED: Final = frozenset({"", "name", "company", "tag"})
_ONE: Final = frozenset({"agent", "outcome", "topic", "channel", "owner", "day"})
"""Keys that a record has one value of: said twice, any of them will do."""


def _times(column: str) -> dict[str, str]:
    return {key: text.format(column) for key, text in _TIMES.items()}


_SQL: Final[dict[str, dict[str, str]]] = {
    "contacts": _CONTACT | _times("c.created_at") | {"": _WORD.format("c.words")},
    "calls": _CONTACT
    | _times("i.started_at")
    | {
        "": f"{_WORD.format('c.words')} OR {_WORD.format('folded(i.note)')}",
        "agent": "i.agent = :{p}",
        "outcome": "i.outcome = :{p}",
        "topic": "coalesce(i.topic, '') = :{p}",
        "channel": "i.channel = :{p}",
        "tag": _LABELS.format("i.tags"),
    },
    "followups": _CONTACT
    | _times("f.due_key")
    | {
        "": f"{_WORD.format('c.words')} OR {_WORD.format('folded(f.reason)')}",
        "agent": "f.assignee = :{p}",
        "topic": "coalesce(f.topic, '') = :{p}",
    },
    "tickets": _CONTACT
    | _times("t.created_at")
    | {
        "": f"{_WORD.format('c.words')} OR {_WORD.format('folded(t.subject)')}",
        "agent": "coalesce(t.assignee, '') = :{p}",
        "tag": _LABELS.format("t.tags"),
    },
}


def compiled(what: str, terms: Iterable[Term]) -> Where:
    """The conditions of a list. Values are ready to be compared: codes, handles, instants as stored text (of
    ``day`` the first and the last with a space between)."""
    conditions: list[str] = []
    params: dict[str, Any] = {}
    any_of: dict[str, list[str]] = {}
    for place, term in enumerate(terms):
        sql = _condition(what, term, f"w{place}", params)
        if term.key in _ONE and not term.negated:
            any_of.setdefault(term.key, []).append(sql)
        else:
            # what is unknown does not fit, so its opposite does
            conditions.append(f"NOT coalesce(({sql}), 0)" if term.negated else f"({sql})")
    conditions += [f"({' OR '.join(f'({sql})' for sql in several)})" for several in any_of.values()]
    return Where(tuple(conditions), params)


def _condition(what: str, term: Term, name: str, params: dict[str, Any]) -> str:
    sql = _SQL[what][term.key]
    if term.key in _FOLDED:
        return _folded(sql, term, name, params)
    first, _, last = term.value.partition(" ")
    if term.key == "day":
        params[f"{name}_end"] = last
    params[name] = first if term.key == "day" else term.value
    return sql.format(p=name)


def _folded(sql: str, term: Term, name: str, params: dict[str, Any]) -> str:
    """A condition on words: each word of the value somewhere (of ``tag``: the whole value)."""
    value = fold(term.value)
    if not value:
        return {"name": "c.name = ''", "company": "c.company = ''"}.get(term.key, "0")
    if term.key == "tag":
        params[name] = value
        return sql.format(p=name)
    parts = []
    for place, word in enumerate(value.split(" ")):
        one = f"{name}_{place}"
        params[one] = word
        part = sql.format(p=one)
        if not term.key and word.isdecimal() and len(word) >= 3:
            params[f"{one}_r"] = word[::-1]
            part = f"{part} OR {_NUMBER.format(p=one)}"
        parts.append(f"({part})")
    return " AND ".join(parts)
