"""What the readers of the log line share: the readings of a word, and every name that a word can begin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tuicrm.domain.fold import glued, plain, words
from tuicrm.domain.process import Named, Process
from tuicrm.domain.record import record
from tuicrm.domain.tokens import TokenKind
from tuicrm.domain.when import DAY_WORDS, WhenRefused

DIRECTIONS = {"in": "in", "out": "out"}
LEAST_BEGINNING = 2
LEAST_LAST = 3
"""Letters of the last word of a name in several that is not typed whole: fewer begin too many words of a note."""


@record
class Sense:
    """What a part of a word says. ``value`` by kind: a code, a ``Due``, a ``TicketWish``, seconds, ..."""

    kind: TokenKind
    value: Any
    meaning: str
    opens: str = ""
    """``day``, ``past``: a time may follow as its own word. Else the token itself, if a number must not (``/th``)."""
    day: str = ""
    """The day word's key for ``day_due``, which knows what a time after it means (``/eve 9`` is 21:00); of a day that
    was how long ago it is (``2d``)."""


@record
class Refused:
    """A wrong value: the line stays."""

    code: str
    params: dict[str, Any]
    choices: tuple[str, ...] = ()
    opens: str = ""


@record
class Several:
    """Several meanings: what they are, as typed."""

    choices: tuple[str, ...]


Reading = Sense | Refused | Several | None


def refused(code: str, choices: tuple[str, ...] = (), **params: Any) -> Refused:
    """A refusal by the log line's own rules."""
    return Refused(code, params, choices)


def refusal(problem: WhenRefused) -> Refused:
    """A refusal by ``when``. Five minutes were meant as five months."""
    choices = (f"/{problem.params['n']}mo",) if problem.code == "when_minutes_few" else ()
    return Refused(problem.code, dict(problem.params), choices)


# --- names of the process and of days -----------------------------------------------------------------------


@record
class Name:
    """One spelling of something that can be typed: folded and glued, what it leads to, and in what order."""

    glued: str
    kind: TokenKind
    code: str
    shown: str
    """How it is offered among choices: the spelling itself, as one word."""


class Names:
    """Every spelling that a process and the calendar give a meaning, for exact and beginning matches."""

    def __init__(self, process: Process) -> None:
        self.codes = [
            *_coded("outcome", process.outcomes),
            *_coded("channel", process.channels),
        ]
        self.labels = [*_named("outcome", process.outcomes), *_named("channel", process.channels)]
        self.days = [Name(glued(word), "due", day, one_word(word)) for word, day in DAY_WORDS.items()]
        grammar = [Name(word, "direction", code, word) for word, code in DIRECTIONS.items()]
        self.slash = [*grammar, *self.codes, *self.labels, *self.days]
        self.topics = [*_coded("topic", process.topics), *_named("topic", process.topics)]


def _coded(kind: TokenKind, things: tuple[Named, ...]) -> Iterator[Name]:
    return (Name(glued(thing.code), kind, thing.code, thing.code) for thing in things)


def _named(kind: TokenKind, things: tuple[Named, ...]) -> Iterator[Name]:
    for thing in things:
        for name in thing.names:
            yield Name(glued(name), kind, thing.code, one_word(name))


def named_agent(typed: str, names: Mapping[str, str]) -> str | None:
    """The handle of the one agent whose name has all the words typed, else None. ``names``: by handle."""
    sought = set(words(typed))
    found = [handle for handle, name in names.items() if sought and sought <= set(words(name))]
    return found[0] if len(found) == 1 else None


def named_off(typed: str, off: Mapping[str, str]) -> str | None:
    """The handle of one who is switched off, by the handle or by the name, as who is at work is named."""
    handles = {plain(handle): handle for handle in off}
    return handles.get(plain(typed)) or named_agent(typed, off)


def one_word(name: str) -> str:
    """A name as it can be typed in one word: ``no-answer``; in Persian with half-spaces."""
    return name.replace(" ", "-" if name.isascii() else "\u200c")


def typed_word(thing: Named, lang: str) -> str:
    """What is typed for a thing without a key: its code, which is English; to who reads Persian its Persian name."""
    label = thing.label(lang)
    return label if lang == "fa" and not label.isascii() and word_key(label) else thing.code


_last_names: tuple[Process, Names] | None = None


def names_of(process: Process) -> Names:
    """The names of ``process``, kept for the one used last: a bar asks at every key."""
    global _last_names
    if _last_names is None or _last_names[0] is not process:
        _last_names = (process, Names(process))
    return _last_names[1]


def word_key(text: str) -> str:
    """The glued form of a word made of letters, digits and inner ``-``, ``_`` or half-spaces; else ``""``.

    So that ``/no-answer`` is ``/noanswer``, but ``/n,`` is not ``/n``.
    """
    key = glued(text)
    inner = plain(text).replace("-", "").replace("_", "").replace(" ", "")
    if not key or inner != key or not (text[0].isalnum() and text[-1] not in "-_"):
        return ""
    return key


def exact(key: str, names: list[Name]) -> Name | None:
    return next((name for name in names if name.glued == key), None) if key else None


def beginning(key: str, names: list[Name]) -> Name | tuple[str, ...] | None:
    """The one thing of which a name begins with ``key``; or the shortest such name of each of several."""
    if len(key) < LEAST_BEGINNING or not key[0].isalpha():
        return None
    found = begun_by(key, names)
    return found[0] if len(found) == 1 else tuple(name.shown for name in found) or None


def begun_by(key: str, names: list[Name]) -> list[Name]:
    """The shortest name of each thing of which one begins with ``key``."""
    found: dict[tuple[str, str], Name] = {}
    for name in names:
        if name.glued.startswith(key):
            thing = (name.kind, name.code)
            if thing not in found or len(name.shown) < len(found[thing].shown):
                found[thing] = name
    return list(found.values())


def of_several_words(text: str, names: list[Name]) -> Name | None:
    """The thing that has ``text``, two words or more, for a name, or as the unique beginning of one."""
    typed = text.split()
    key = word_key(" ".join(typed))
    found = exact(key, names)
    if found is not None or not key or len(typed[-1]) < LEAST_LAST:
        return found
    begun = beginning(key, names)
    return begun if isinstance(begun, Name) else None
