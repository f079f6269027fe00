"""What may follow in a filter that is being typed: keys, then their values. Pure.

The last token of the line is looked at, for one types at its end. ``offered`` holds the values that are known here, by
key: outcomes, agents, tags; other keys have examples of what may be said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from tuicrm.domain.filter_keys import LISTS, Key, Kind, called, key_of
from tuicrm.domain.filter_values import IN_PERSIAN, PERIODS
from tuicrm.domain.filters import said
from tuicrm.domain.fold import plain
from tuicrm.domain.record import record

EXAMPLES: Final[Mapping[Kind, tuple[str, ...]]] = {
    "day": (*PERIODS, "2026-11-01..2026-11-10", "<30d", ">30d"),
    "since": PERIODS,
    "until": PERIODS,
    "last": ("<30d", ">90d", *PERIODS, '""'),
    "count": ("0", "3..", "3..9", ">3"),
    "length": (">5m", "<30s", "5m..10m", "3:40"),
    "late": ("yes", ">7d", "<30d", "no"),
    "digits": ("4567", "0912"),
    "email": ("leila", "@pars"),
    "field": ("city", "city=tehran"),
    "yes": ("yes", "no"),
}
"""What may stand behind a key that has no list of values."""
LEAST: Final = 2
"""Letters of a word from which a key is offered behind the cursor; before that any word may begin so."""
_TOKEN: Final = re.compile(r'(?:[^\s"]|"[^"]*"|"[^"]*$)+$')
_LAST_VALUE: Final = re.compile(r'(?:.*(?:[,،]|\.\.)|(?:<=|>=|<|>)?)(?P<value>"[^"]*|[^",،]*)$')

_LONG: Final = re.compile(r"(\d+)([dms])\b")
_UNIT: Final = {"d": "روز", "m": "دقیقه", "s": "ثانیه"}
_DIGITS: Final = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


@record
class Value:
    """A value that is known: how it is written, and what else it is called."""

    code: str
    label: str = ""
    names: tuple[str, ...] = ()


Offered = Mapping[str, Sequence[Value]]


@record
class Following:
    """``options``: what may follow, as it is written; ``head``: the line up to there. ``taken``: the whole line with
    the first of them taken, ``""`` when nothing fits. ``ghost``: what that adds behind the line, ``""`` when it does
    not merely add."""

    options: tuple[str, ...] = ()
    taken: str = ""
    ghost: str = ""
    head: str = ""


def following(text: str, what: str, offered: Offered, *, labels: bool = False) -> Following:
    """What may follow behind the end of ``text`` in a filter of the list ``what``; ``labels``: in Persian words, values
    rather by what they are called than by their codes."""
    match = _TOKEN.search(text)
    token = match[0] if match else ""
    head = text[: len(text) - len(token)]
    if token.startswith('"'):
        return Following()
    minus = "-" if token.startswith("-") else ""
    word, colon, rest = token.removeprefix("-").partition(":")
    if not colon:
        return _keys(head + minus, word, what, labels)
    key = key_of(what, word)
    return _values(head + minus + word + ":", rest, key, offered, labels) if key else Following()


def _keys(head: str, word: str, what: str, labels: bool) -> Following:
    typed = _bare(word)
    fitting = [key for key in LISTS[what] if _begins(key, typed)]
    options = tuple(f"{called(key, persian=labels)}:" for key in fitting)
    if len(typed) < LEAST or not fitting:
        every = tuple(f"{called(key, persian=labels)}:" for key in LISTS[what])
        return Following(options if typed and fitting else every, head=head if fitting else f"{head}{word} ")
    # as it is being typed: the English word or the Persian one
    names = [name for name in (fitting[0].name, *fitting[0].also) if _bare(name).startswith(typed)]
    return _taken(head, word, options, f"{names[0]}:")


def _begins(key: Key, typed: str) -> bool:
    return any(_bare(name).startswith(typed) for name in (key.name, *key.also))


def _values(head: str, rest: str, key: Key, offered: Offered, labels: bool) -> Following:
    match = _LAST_VALUE.match(rest)
    value = match["value"] if match else rest
    head += rest[: len(rest) - len(value)]
    known = offered.get(key.name)
    if known is None:
        examples = EXAMPLES.get(key.kind, ()) if not rest else ()
        return Following(tuple(map(_in_persian, examples)) if labels else examples, head=head)
    typed = _bare(value.lstrip('"@'))
    written = [found for each in known if (found := _written(each, typed, labels))]
    if not written or not typed:
        return Following(tuple(written), head=head)
    return _taken(head, value, tuple(written), written[0])


def _in_persian(example: str) -> str:
    """``today`` is ``امروز``, ``<30d`` is ``<۳۰روز``; what has no letters to be put otherwise stays as it is."""
    found = IN_PERSIAN.get(example) or _LONG.sub(_length, example)
    return said("", found).removeprefix(":") if found != '""' else found


def _length(match: re.Match[str]) -> str:
    return match[1].translate(_DIGITS) + _UNIT[match[2]]


def _written(value: Value, typed: str, labels: bool) -> str:
    """How a value is written that begins as typed, by its code or else by that name; ``""``: it does not."""
    first = (value.label, value.code) if labels else (value.code, value.label)
    for name in (*first, *value.names):
        if name and _bare(name).startswith(typed):
            return said("", name).removeprefix(":")
    return ""


def _taken(head: str, typed: str, options: tuple[str, ...], first: str) -> Following:
    line = head + first
    adds = first.lower().startswith(typed.lower()) and len(first) > len(typed)
    return Following(options, line, first[len(typed) :] if adds else "", head)


def _bare(text: str) -> str:
    return "".join(plain(text).split())
