"""Reads a process file: TOML to values, every problem with its line.

Only ``process.check`` and ``process.load`` come here: a start reads the compiled form. What a value must be is
written in one table per section; what the whole must be is ``process_check``'s.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tuicrm.domain.process import (
    LATER_SECTIONS,
    Channel,
    Defaults,
    FileProblem,
    Outcome,
    Priority,
    Process,
    Status,
    Topic,
)
from tuicrm.domain.process_values import DEFAULT_RULES, SECTIONS, Bad, Rule, want_texts


class Lines:
    """Where things stand in the text: the line of a table, and of a key in it. Counts from 1, 0 for not found."""

    def __init__(self, text: str) -> None:
        self._found: dict[tuple[str, int, str], int] = {}
        table, count = "", {"": 0}
        for number, line in enumerate(text.splitlines(), start=1):
            header = re.match(r"\s*(\[\[?)\s*([^\]\s]+)\s*\]\]?\s*(#.*)?$", line)
            if header is not None:
                table = header[2].strip("\"'")
                count[table] = count.get(table, -1) + 1
                self._found[table, count[table], ""] = number
                continue
            key = re.match(r"\s*([\w-]+|\"[^\"]*\"|'[^']*')\s*=", line)
            if key is not None:
                self._found.setdefault((table, count[table], key[1].strip("\"'")), number)

    def of(self, table: str, index: int = 0, key: str = "") -> int:
        """The line of ``key`` in the ``index``-th table of that name; of the table where the key has none."""
        return self._found.get((table, index, key)) or self._found.get((table, index, "")) or self._top(table)

    def _top(self, table: str) -> int:
        return self._found.get(("", 0, table), 0)


@dataclass
class Reading:
    """What has been read so far, and what was wrong with it."""

    lines: Lines
    problems: list[FileProblem] = field(default_factory=list)

    def wrong(self, line: int, code: str, /, **params: Any) -> None:
        """Adds a problem; ``params`` fill its sentence."""
        self.problems.append(FileProblem(line, code, params))


def read(text: str, version: int = 0) -> tuple[Process | None, list[FileProblem]]:
    """The process of a file, and its problems by line; no process if there are any."""
    # Imported here: it needs the whole grammar of the line, which in turn needs processes.
    from tuicrm.domain.process_check import check_whole

    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return None, [_syntax(str(error))]
    except RecursionError:
        return None, [FileProblem(0, "process_syntax", {"reason": "nested too deeply"})]
    reading = Reading(Lines(text))
    process = _process(raw, version, reading)
    if not reading.problems:
        check_whole(process, reading)
    problems = sorted(reading.problems, key=lambda problem: problem.line)
    return (None if problems else process), problems


def _syntax(message: str) -> FileProblem:
    place = re.search(r"\(at line (\d+), column (\d+)\)", message)
    reason = re.sub(r"\s*\(at .*\)$", "", message)
    return FileProblem(int(place[1]) if place else 0, "process_syntax", {"reason": reason})


def _process(raw: Mapping[str, Any], version: int, reading: Reading) -> Process:
    # Imported here: they read their tables with this module.
    from tuicrm.domain.process_cadence import read_cadences
    from tuicrm.domain.process_calendar import read_calendar

    known = {"cadence", "calendar", "defaults", "snippets", "abbreviations", *SECTIONS} | LATER_SECTIONS
    for name in raw:
        if name not in known:
            reading.wrong(reading.lines.of(name), "process_section_unknown", section=name)
    snippets = _table(raw, "snippets", {"texts": want_texts}, reading)
    return Process(
        version=version,
        outcomes=_tables(raw, "outcome", Outcome, reading),
        topics=_tables(raw, "topic", Topic, reading),
        channels=_tables(raw, "channel", Channel, reading),
        priorities=_tables(raw, "priority", Priority, reading),
        statuses=_tables(raw, "status", Status, reading),
        snippets=snippets.get("texts", ()),
        abbreviations=_abbreviations(raw, reading),
        defaults=_defaults(raw, reading),
        calendar=read_calendar(raw, reading),
        cadences=read_cadences(raw, reading),
        later={name: _storable(raw[name]) for name in sorted(LATER_SECTIONS) if name in raw},
    )


def _tables(raw: Mapping[str, Any], name: str, make: Callable[..., Any], reading: Reading) -> tuple[Any, ...]:
    """Every ``[[name]]`` as one ``make(...)``; those without a usable code are left out."""
    tables = raw.get(name, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        reading.wrong(reading.lines.of(name), "process_want_tables", section=name)
        return ()
    made = []
    for index, table in enumerate(tables):
        values = table_values(table, name, index, SECTIONS[name], reading)
        if "code" not in table:
            reading.wrong(reading.lines.of(name, index), "process_code_missing", section=name)
        elif "code" in values:
            made.append(make(**values))
    return tuple(made)


def _table(raw: Mapping[str, Any], name: str, rules: Mapping[str, Rule], reading: Reading) -> dict[str, Any]:
    table = raw.get(name, {})
    if not isinstance(table, dict):
        reading.wrong(reading.lines.of(name), "process_want_table", section=name)
        return {}
    return table_values(table, name, 0, rules, reading)


def table_values(
    table: Mapping[str, Any], name: str, index: int, rules: Mapping[str, Rule], reading: Reading
) -> dict[str, Any]:
    """The keys of one table as values; a refused one becomes a problem and is left out."""
    found = {}
    for key, value in table.items():
        line = reading.lines.of(name, index, key)
        if key not in rules:
            reading.wrong(line, "process_key_unknown", key=key, section=name)
            continue
        read = rules[key](value)
        if isinstance(read, Bad):
            reading.wrong(line, read.code, key=key, **read.params)
        else:
            found["label_en" if key == "label" else key] = read
    return found


def _defaults(raw: Mapping[str, Any], reading: Reading) -> Defaults:
    return Defaults(**_table(raw, "defaults", DEFAULT_RULES, reading))


def _abbreviations(raw: Mapping[str, Any], reading: Reading) -> dict[str, str]:
    table = raw.get("abbreviations", {})
    if not isinstance(table, dict):
        reading.wrong(reading.lines.of("abbreviations"), "process_want_table", section="abbreviations")
        return {}
    found = {}
    for short, long in table.items():
        line = reading.lines.of("abbreviations", 0, short)
        if not isinstance(long, str) or not long.strip():
            reading.wrong(line, "process_want_text", key=short)
        elif not short or any(char.isspace() for char in short) or not short[0].isalnum():
            reading.wrong(line, "process_abbreviation_word", key=short)
        else:
            found[short.casefold()] = long.strip()
    return found


def _storable(value: Any) -> Any:
    """A value of a later section in JSON's types: dates and times as their text."""
    if isinstance(value, dict):
        return {key: _storable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_storable(item) for item in value]
    return value.isoformat() if hasattr(value, "isoformat") else value
