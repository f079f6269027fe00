"""The filter language of ``/`` and ``--where``: words, ``key:value``, ``-`` before either.

``vip -company:"Pars Pump" outcome:n,busy day:2026-11-01..2026-11-10 duration:>5m`` means: every word, every key; of
several values of a key (``a,b``, or the key said twice) any. Pure: what a value means (whose handle, which day, which
outcome) is told by ``services.filtering``, which has the company at hand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal

from tuicrm.domain.errors import Invalid
from tuicrm.domain.filter_keys import LISTS, RANGES, Key, called, key_of, names
from tuicrm.domain.record import record

Sign = Literal["", "<", "<=", ">", ">=", ".."]

_KEY: Final = re.compile(r"(?P<minus>-?)(?P<key>[^\W\d_][\w‌\u064b-\u0652]*):")
_SIGN: Final = re.compile(r"<=|>=|<|>|\.\.")
_QUOTED: Final = re.compile(r'"([^"]*)"')
_PLAIN: Final = re.compile(r'[^\s",،]+')
_IN_RANGE: Final = re.compile(r'(?:(?!\.\.)[^\s",،])+')
_WORD: Final = re.compile(r'(?P<minus>-?)(?:"(?P<quoted>[^"]*)"|(?P<plain>[^\s"]*))')
MOST: Final = 200
"""Words and values in one filter: what somebody pasted by mistake is more, and more than a database takes."""
_BOUNDS: Final = ("<", "<=", ">", ">=")
_COMMA: Final = re.compile("[,،]")


@record
class Value:
    """One value: ``text`` alone, behind a sign, or from ``text`` to ``last`` (``..``; either may be ``""`` for open).

    ``quoted``: to be taken as it stands.
    """

    text: str
    sign: Sign = ""
    last: str = ""
    quoted: bool = False


@record
class Term:
    """One condition. ``key``: the name of a key of the list, ``""`` for a word anywhere (then one value).

    A value is ``""`` only where it was quoted: nothing is there (``owner:""``). ``text``: as it was typed.
    """

    key: str
    values: tuple[Value, ...]
    negated: bool = False
    text: str = ""


def parse(text: str, what: str) -> tuple[Term, ...]:
    """The conditions in a filter of the list ``what``; values of a key that was said several times stand together.

    Raises ``Invalid`` (``filter_key``, ``filter_key_near``, ``filter_value``, ``filter_quote``), naming the token;
    ``filter_long`` for one of more than ``MOST`` words and values.
    """
    found: list[Term] = []
    place = 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        term, place = _term(text, place, what)
        found.append(term)
    if sum(len(term.values) for term in found) > MOST:
        raise Invalid("filter_long", limit=MOST)
    return _gathered(found)


def _gathered(terms: list[Term]) -> tuple[Term, ...]:
    """Said twice, any of the values will do; denied twice, none may be. Bounds hold together: ``>5m`` and ``<10m``."""
    found: dict[tuple[object, ...], Term] = {}
    for place, term in enumerate(terms):
        bound = all(value.sign in _BOUNDS for value in term.values)
        name = (term.key, term.negated) if term.key and not bound else (place,)
        before = found.get(name)
        if before is not None:
            text = f"{before.text} {term.text}"
            term = Term(term.key, (*before.values, *term.values), term.negated, text)
        found[name] = term
    return tuple(found.values())


def _term(text: str, place: int, what: str) -> tuple[Term, int]:
    match = _KEY.match(text, place)
    if match is None:
        return _word(text, place)
    key = key_of(what, match["key"])
    if key is None:
        raise _unknown(match["key"], what)
    values, end = _values(text, match.end(), key, place)
    return Term(key.name, values, bool(match["minus"]), text[place:end]), end


def closed(typed: str) -> str:
    """A filter that is still being typed, with the quotation mark that is to come behind its last phrase."""
    if typed.count('"') % 2 == 0:
        return typed
    return typed[:-1].rstrip() if typed.endswith('"') else f'{typed}"'


def _unknown(word: str, what: str) -> Invalid:
    # imported here: most filters are right
    from difflib import get_close_matches

    near = get_close_matches(
        word.lower(), [*names(what), *(also for key in LISTS[what] for also in key.also)], 1
    )
    meant = key_of(what, near[0]) if near else None
    if meant is not None:
        return Invalid("filter_key_near", key=word, near=meant.name, choices=names(what))
    return Invalid("filter_key", key=word, choices=names(what))


def _word(text: str, place: int) -> tuple[Term, int]:
    match = _WORD.match(text, place)
    assert match is not None, "it matches nothing at all"
    end = match.end()
    if end == place or not _ends(text, end):
        raise Invalid("filter_quote", text=text[place:])
    quoted = match["quoted"]
    value = match["plain"] if quoted is None else quoted
    if not value or (quoted is None and match["minus"] and value[0] in "-("):
        # "--agent:sara" and "-(a b)" are no part of this language
        raise Invalid("filter_value", text=match[0])
    return Term("", (Value(value, quoted=quoted is not None),), bool(match["minus"]), match[0]), end


def _values(text: str, place: int, key: Key, start: int) -> tuple[tuple[Value, ...], int]:
    found: list[Value] = []
    while True:
        value, place = _value(text, place, key, start)
        found.append(value)
        if not _COMMA.match(text, place):
            break
        place += 1
    if not _ends(text, place):
        raise Invalid("filter_quote", text=text[start:])
    return tuple(found), place


def _value(text: str, place: int, key: Key, start: int) -> tuple[Value, int]:
    ranged = key.kind in RANGES
    sign: Sign = ""
    if ranged and (match := _SIGN.match(text, place)):
        sign, place = match[0], match.end()  # type: ignore[assignment]
    first, quoted, place = _atom(text, place, ranged)
    if not first and not quoted:
        raise Invalid("filter_value", text=text[start:place])
    if sign == "..":
        return Value("", "..", first), place
    if not (ranged and not sign and text.startswith("..", place)):
        return Value(first, sign, quoted=quoted), place
    last, _, end = _atom(text, place + 2, ranged)
    return Value(first, "..", last), end


def _atom(text: str, place: int, ranged: bool) -> tuple[str, bool, int]:
    """The text of a value, whether it was quoted, and where it ends."""
    if match := _QUOTED.match(text, place):
        return match[1].strip(), True, match.end()
    if text.startswith('"', place):
        raise Invalid("filter_quote", text=text[place:])
    match = (_IN_RANGE if ranged else _PLAIN).match(text, place)
    return (match[0], False, match.end()) if match else ("", False, place)


def _ends(text: str, place: int) -> bool:
    return place == len(text) or text[place].isspace()


# --- writing ------------------------------------------------------------------------------------------------


def _quoted(text: str) -> str:
    return f'"{text}"' if re.search(r"[\s,،]|\.\.", text) else text


def said(key: str, text: str) -> str:
    """``key:text``, in quotation marks where it has to be; quotation marks in the text are left out."""
    text = text.replace('"', "")
    return f"{key}:{_quoted(text)}" if text else f'{key}:""'


def sought(text: str, what: str, keys: Sequence[str]) -> str:
    """The words that are looked for, also behind these keys, as they were typed: they are to be marked."""
    try:
        terms = parse(text, what)
    except Invalid:
        return ""
    found = [term.values for term in terms if term.key in ("", *keys) and not term.negated]
    return " ".join(value.text for values in found for value in values)


def has_words(text: str, what: str) -> bool:
    """Whether something is looked for by words, not by keys alone. A filter that cannot be read has them."""
    try:
        return any(not term.key and not term.negated for term in parse(text, what))
    except Invalid:
        return True


def with_term(text: str, what: str, key: str, value: str, *, persian: bool = False) -> str:
    """The filter with ``value`` for all values of ``key``; ``""`` takes the key out. What else it says stays as typed.

    ``value`` is written as it is to be read, the key by its name or ``persian``. A filter that cannot be read is
    replaced.
    """
    try:
        terms = parse(text, what)
    except Invalid:
        terms = ()
    kept = [term.text for term in terms if term.key != key or term.negated]
    name = next((called(each, persian=persian) for each in LISTS[what] if each.name == key), key)
    return " ".join([*kept, *([f"{name}:{value}"] if value else [])])


def only_terms(text: str, what: str, key: str) -> str:
    """What the filter says of ``key``, as typed; nothing of one that cannot be read."""
    try:
        terms = parse(text, what)
    except Invalid:
        return ""
    return " ".join(term.text for term in terms if term.key == key)
