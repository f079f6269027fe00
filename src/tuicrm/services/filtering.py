"""A filter as a person types it, over the lists of this company."""

from __future__ import annotations

from typing import Final

from tuicrm.domain.filters import Term, parse
from tuicrm.domain.record import replace
from tuicrm.services.context import Crm
from tuicrm.storage.instants import to_text
from tuicrm.storage.queries.chosen import ALL, Where
from tuicrm.storage.queries.filtered import compiled

_HANDLES: Final = ("agent", "owner")


def where(crm: Crm, what: str, text: str | None) -> Where:
    """The conditions that a filter of the list ``what`` means. Raises ``Invalid`` as ``domain.filters.parse``, and for
    a day that is none."""
    if not text or not text.strip():
        return ALL
    return compiled(what, [_meant(crm, term) for term in parse(text, what)])


def _meant(crm: Crm, term: Term) -> Term:
    """The term with its value as it is stored: a handle, a code (given by its key too), an instant."""
    return replace(term, value=_value(crm, term.key, term.value))


def _value(crm: Crm, key: str, value: str) -> str:
    if key in _HANDLES:
        value = value.lstrip("@").lower()
        return crm.me if value == "me" else value
    if key == "outcome":
        by_key = crm.process().outcome_by_key(value)
        return by_key.code if by_key else value
    if key == "topic":
        known = crm.process().topic(value)
        return known.code if known else value
    if key in ("from", "to", "day"):
        # imported here: most filters name no day
        from tuicrm.services.moments import moment

        first = to_text(moment(crm, value, end=key == "to"))
        return f"{first} {to_text(moment(crm, value, end=True))}" if key == "day" else first
    return value
