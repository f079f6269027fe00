"""The filter language of lists and exports: words, ``key:value``, ``-`` before either.

``vip -company:"Pars Pump" outcome:no_answer from:monday`` means: every word, every key; a key said twice, any of its
values. Pure: what a value means (whose handle, which day) is told by who has the company at hand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from tuicrm.domain.errors import Invalid
from tuicrm.domain.record import record

_PEOPLE: Final = ("name", "company", "tag", "owner", "day", "from", "to")
_WORK: Final = (*_PEOPLE, "agent")
KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "contacts": _PEOPLE,
    "calls": (*_WORK, "outcome", "topic", "channel"),
    "followups": (*_WORK, "topic"),
    "tickets": _WORK,
}
"""The keys of each list. ``day``, ``from`` and ``to`` are about when a contact or ticket was made, a call held, a
follow-up due; ``agent`` is who held the call or whose the follow-up or ticket is; ``name``, ``company`` and ``owner``
are the contact's; ``tag`` is the call's or ticket's own, else the contact's."""

_TERM: Final = re.compile(
    r"""(?P<minus>-)? (?:(?P<key>[^\W\d_]+):)? (?: "(?P<quoted>[^"]*)" | (?P<plain>[^\s"]*) )""", re.VERBOSE
)


@record
class Term:
    """One condition. ``key``: one of ``KEYS``, ``""`` for words anywhere. ``value`` is ``""`` only where it was
    quoted: nothing is there (``owner:""``)."""

    key: str
    value: str
    negated: bool = False


def parse(text: str, what: str) -> tuple[Term, ...]:
    """The conditions in a filter of the list ``what``. Raises ``Invalid`` (``filter_key``, ``filter_value``,
    ``filter_quote``)."""
    found: list[Term] = []
    place, end = 0, len(text)
    while place < end:
        if text[place].isspace():
            place += 1
            continue
        match = _TERM.match(text, place)
        if match is None or match.end() == place or not _ends(text, match.end()):
            raise Invalid("filter_quote", text=text[place:])
        found.append(_term(match, what))
        place = match.end()
    return tuple(found)


def _ends(text: str, place: int) -> bool:
    return place == len(text) or text[place].isspace()


def _term(match: re.Match[str], what: str) -> Term:
    key = (match["key"] or "").lower()
    if key and key not in KEYS[what]:
        raise Invalid("filter_key", key=key, choices=KEYS[what])
    value = match["plain"] if match["quoted"] is None else match["quoted"]
    if not value and (match["quoted"] is None or not key):
        raise Invalid("filter_value", text=match[0])
    return Term(key, value, match["minus"] is not None)
