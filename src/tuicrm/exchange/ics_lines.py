"""The components of an iCalendar file (RFC 5545), each with its line; folding of all kinds is undone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from tuicrm.domain.record import record

_LINE: Final = re.compile(r"([^\r\n]*+)(\r\n?|\n|$)")
_PROPERTY: Final = re.compile(
    r"([A-Za-z0-9-]{1,64})((?:\s*;[^:;\"]*+(?:\"[^\"]*+\"[^:;\"]*+)*+)*+)\s*:(.*)", re.DOTALL
)
_PARAMETER: Final = re.compile(r"\s*;\s*([A-Za-z0-9-]+)\s*=\s*(\"[^\"]*+\"|[^;\"]*+)")
_ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)
_LONGEST: Final = 200_000
"""Characters of one value; what is beyond (a picture) is cut."""
_MOST: Final = 20_000
"""Lines of one component."""


@record
class Property:
    """``NAME;PARAM=value:value``: name and parameters' names in capitals, the value as it stands."""

    name: str
    params: Mapping[str, str]
    value: str

    @property
    def text(self) -> str:
        """The value of a property that is text."""
        return _ESCAPE.sub(lambda it: "\n" if it[1] in "nN" else it[1], self.value).strip()


class Component:
    """One component: its kind in capitals, its line (from 1), its properties and the components in it.

    ``problem``: why it cannot be used (a code of ``messages``), or ``""``.
    """

    __slots__ = ("kind", "line", "parts", "problem", "properties")

    def __init__(self, kind: str, line: int) -> None:
        self.kind = kind
        self.line = line
        self.properties: list[Property] = []
        self.parts: list[Component] = []
        self.problem = ""

    def first(self, *names: str) -> Property | None:
        """The first property with the first of these names that has a value."""
        for name in names:
            for each in self.properties:
                if each.name == name and each.value.strip():
                    return each
        return None

    def all(self, name: str) -> list[Property]:
        return [each for each in self.properties if each.name == name]

    def text(self, name: str) -> str:
        """The text of a property; ``""`` when there is none."""
        found = self.first(name)
        return found.text if found else ""


def components(text: str) -> Iterator[Component]:
    """The components of every calendar, in order: events, tasks, zones and what else there is.

    One that does not end is given with its ``problem``. What stands outside is left out: it is about the calendar.
    """
    reader = _Reader()
    for line, content in _unfolded(text):
        yield from reader.line(line, content)
    yield from reader.end()


class _Reader:
    """Puts lines together to components."""

    def __init__(self) -> None:
        self._open: Component | None = None
        self._inner: list[Component] = []
        self._lines = 0

    def line(self, number: int, content: str) -> Iterator[Component]:
        word, _, name = content.partition(":")
        word, name = word.strip().upper(), name.strip().upper()
        if word == "BEGIN":
            yield from self._begin(name, number)
        elif word == "END":
            yield from self._end(name)
        elif self._open is not None:
            self._add(content)

    def end(self) -> Iterator[Component]:
        if self._open is not None:
            self._open.problem = self._open.problem or "ics_no_end"
            yield self._open
            self._open = None

    def _begin(self, name: str, number: int) -> Iterator[Component]:
        if name in ("VCALENDAR", "VEVENT", "VTODO", "VJOURNAL", "VTIMEZONE"):
            # none of them stands in another one: the one before did not end
            yield from self.end()
        if name == "VCALENDAR":
            return
        made = Component(name, number)
        if self._open is None:
            self._open, self._inner, self._lines = made, [], 0
        elif len(self._inner) < 8:
            (self._inner[-1] if self._inner else self._open).parts.append(made)
            self._inner.append(made)
        else:
            self._open.problem = "ics_too_deep"

    def _end(self, name: str) -> Iterator[Component]:
        if self._open is None:
            return
        if self._inner and self._inner[-1].kind == name:
            self._inner.pop()
        elif name == self._open.kind:
            closed, self._open = self._open, None
            yield closed
        elif name == "VCALENDAR":
            yield from self.end()

    def _add(self, content: str) -> None:
        assert self._open is not None, "asked for by the caller"
        self._lines += 1
        if self._lines > _MOST:
            self._open.problem = "ics_too_long"
            return
        target = self._inner[-1] if self._inner else self._open
        found = _PROPERTY.match(content)
        if found is not None:
            params = {it[1].upper(): it[2].strip().strip('"') for it in _PARAMETER.finditer(found[2])}
            target.properties.append(Property(found[1].upper(), params, found[3][:_LONGEST]))
        elif content.strip() and target.properties:
            # a line of a text that was not folded: programs that do not escape line ends write it so
            last = target.properties[-1]
            if len(last.value) < _LONGEST:
                value = f"{last.value}\\n{content}"[:_LONGEST]
                target.properties[-1] = Property(last.name, last.params, value)


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Content lines with the physical line each begins on."""
    parts: list[str] = []
    begun = number = 0
    for found in _LINE.finditer(text):
        line = found[1]
        number += 1
        if line[:1] in (" ", "\t") and parts:
            parts.append(line[1:])
            continue
        if parts:
            yield begun, "".join(parts)
        begun, parts = number, [line]
    if parts:
        yield begun, "".join(parts)
