"""Whether a process is whole and at peace with the grammar of the log line.

Each value for itself is right already (``process_values``). Here: what must be there, what refers to something,
and that no key, code, label or alias has a second meaning, among themselves or in the line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tuicrm.domain.fold import glued
from tuicrm.domain.logline_names import word_key
from tuicrm.domain.logline_words import read_form
from tuicrm.domain.process import CONNECTED, MISSED, Named, Process
from tuicrm.domain.tokens import LineContext
from tuicrm.domain.when import DAY_WORDS, WhenSettings

if TYPE_CHECKING:
    from tuicrm.domain.process_toml import Reading

RESERVED_KEYS = frozenset("txs")
"""``/t``, ``/x`` and ``/s5`` are tickets and scores."""
TICKET_LETTERS = frozenset("o")
"""``/to`` is the contact's only open ticket."""


def check_whole(process: Process, reading: Reading) -> None:
    """Adds everything that is wrong to the reading's problems."""
    _needed(process, reading)
    _references(process, reading)
    _reserved_keys(process, reading)
    _clashes_with_grammar(process, reading)
    _unique(("outcome", process.outcomes), ("channel", process.channels), reading=reading)
    _unique(("topic", process.topics), reading=reading)
    for section, things in (("priority", process.priorities), ("status", process.statuses)):
        _unique((section, things), reading=reading)
    _ticket_letters(process, reading)


def _needed(process: Process, reading: Reading) -> None:
    codes = {outcome.code for outcome in process.outcomes}
    for code in (CONNECTED, MISSED):
        if code not in codes:
            reading.wrong(0, "process_outcome_needed", value=code)
    categories = {status.category for status in process.statuses}
    for category in ("open", "resolved"):
        if category not in categories:
            reading.wrong(0, "process_status_needed", value=category)
    for section, things in (("channel", process.channels), ("priority", process.priorities)):
        code = getattr(process.defaults, section)
        if code not in {thing.code for thing in things}:
            line = reading.lines.of("defaults", 0, section)
            reading.wrong(line, "process_default_unknown", key=section, value=code)
    for index, priority in enumerate(process.priorities):
        if not priority.key and priority.code != process.defaults.priority:
            reading.wrong(reading.lines.of("priority", index), "process_letter_needed", value=priority.code)


def _references(process: Process, reading: Reading) -> None:
    topics = {topic.code for topic in process.topics}
    for index, outcome in enumerate(process.outcomes):
        if outcome.topic is not None and outcome.topic not in topics:
            line = reading.lines.of("outcome", index, "topic")
            reading.wrong(line, "process_topic_unknown", value=outcome.topic)


def _reserved_keys(process: Process, reading: Reading) -> None:
    for index, outcome in enumerate(process.outcomes):
        if outcome.key in RESERVED_KEYS:
            reading.wrong(
                reading.lines.of("outcome", index, "key"), "process_key_reserved", value=outcome.key
            )


def _ticket_letters(process: Process, reading: Reading) -> None:
    """Letters of priorities and statuses share ``/t``; ``o`` is taken."""
    taken = dict.fromkeys(TICKET_LETTERS, "/to")
    letters = [("priority", index, thing.key, thing.code) for index, thing in enumerate(process.priorities)]
    letters += [("status", index, thing.key, thing.code) for index, thing in enumerate(process.statuses)]
    for section, index, letter, code in letters:
        if letter and letter in taken:
            line = reading.lines.of(section, index, "key")
            reading.wrong(line, "process_letter_twice", value=letter, other=taken[letter])
        elif letter:
            taken[letter] = code


# --- names --------------------------------------------------------------------------------------------------


def _spellings(thing: Named) -> Iterable[tuple[str, str]]:
    """(key in the file, what is written there), all of a thing."""
    yield "code", thing.code
    key = getattr(thing, "key", "")
    if key:
        yield "key", key
    for where, name in (("label", thing.label_en), ("label_fa", thing.label_fa)):
        if name:
            yield where, name
    for alias in thing.aliases:
        yield "aliases", alias


def _clashes_with_grammar(process: Process, reading: Reading) -> None:
    """No name of an outcome or channel may be a word or form of the line, a day, or no word at all."""
    ctx = LineContext(datetime(2026, 1, 15, 12, tzinfo=UTC), process, _settings())
    for section, things in _slash_sections(process):
        for index, thing in enumerate(things):
            for where, name in _spellings(thing):
                if where != "key" and _is_taken(name, ctx):
                    line = reading.lines.of(section, index, where)
                    reading.wrong(line, "process_word_taken", value=name)
    for section, things in (*_slash_sections(process), ("topic", process.topics)):
        for index, thing in enumerate(things):
            for where, name in _spellings(thing):
                if not word_key(name):
                    reading.wrong(reading.lines.of(section, index, where), "process_word_signs", value=name)


def _slash_sections(process: Process) -> tuple[tuple[str, Sequence[Named]], ...]:
    return (("outcome", process.outcomes), ("channel", process.channels))


def _is_taken(name: str, ctx: LineContext) -> bool:
    key = glued(name)
    return key in DAY_WORDS or read_form(key, ctx) is not None


def _settings() -> WhenSettings:
    from zoneinfo import ZoneInfo

    return WhenSettings(zone=ZoneInfo("UTC"))


def _unique(*sections: tuple[str, Sequence[Named]], reading: Reading) -> None:
    """No spelling means two things among these sections. A thing may repeat its own."""
    first: dict[str, tuple[str, str]] = {}
    for section, things in sections:
        for index, thing in enumerate(things):
            _repeated_code(section, index, things, reading)
            for where, name in _spellings(thing):
                if where == "key" and section in ("priority", "status"):
                    continue
                owner = first.setdefault(glued(name), (section, thing.code))
                if owner != (section, thing.code):
                    line = reading.lines.of(section, index, where)
                    reading.wrong(line, "process_word_twice", value=name, other=owner[1])


def _repeated_code(section: str, index: int, things: Sequence[Named], reading: Reading) -> None:
    code = things[index].code
    if any(thing.code == code for thing in things[:index]):
        reading.wrong(reading.lines.of(section, index, "code"), "process_code_twice", value=code)
