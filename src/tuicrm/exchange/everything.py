"""One JSON document with all that a company has: written row by row, read row by row, in any layout.

``{"tuicrm": 1, "last_ids": {TABLE: ID}, "tables": {TABLE: [ROW, ...]}}``; a row has the columns of its table
(``docs/data.md``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, TextIO

from tuicrm.domain.errors import Invalid

VERSION: Final = 1
_SPACE: Final = re.compile(r"[ \t\r\n]*")
_START: Final = re.compile(r'\s*\{\s*"tuicrm"\s*:')


def is_one(text: str) -> bool:
    """Whether a text is such a document, by how it begins."""
    return _START.match(text) is not None


def write(
    stream: TextIO, last_ids: Mapping[str, int], tables: Iterable[tuple[str, Iterable[Mapping[str, Any]]]]
) -> int:
    """Writes the document, one row a line; gives how many rows."""
    many = 0
    stream.write(f'{{"tuicrm": {VERSION},\n"last_ids": {json.dumps(last_ids)},\n"tables": {{')
    for place, (table, rows) in enumerate(tables):
        stream.write(f"{',' if place else ''}\n{json.dumps(table)}: [")
        separator = "\n"
        for row in rows:
            stream.write(f"{separator}{json.dumps(row, ensure_ascii=False)}")
            separator = ",\n"
            many += 1
        stream.write("\n]" if separator == ",\n" else "]")
    stream.write("\n}}\n")
    return many


def contacts(text: str, name: str) -> Iterator[dict[str, Any]]:
    """The contacts of a document in the shape of an export of contacts. Raises ``Invalid`` as ``Document``."""
    document = Document(text, name)
    lists: dict[str, dict[Any, list[Any]]] = {"phones": {}, "emails": {}, "tags": {}}
    for key, table in (("phones", "phone"), ("emails", "email"), ("tags", "contact_tag")):
        for row in document.rows(table):
            kept = row.get("tag") if key == "tags" else row
            lists[key].setdefault(row.get("contact_id"), []).append(kept)
    for row in document.rows("contact"):
        yield row | {key: found.get(row.get("id"), []) for key, found in lists.items()}


class Document:
    """A document in memory as text. ``last_ids``; ``rows(table)`` reads one table, as often as wanted.

    Raises ``Invalid``: ``json_bad`` for what is no JSON or of another shape, ``everything_newer``.
    """

    def __init__(self, text: str, name: str) -> None:
        self.last_ids: dict[str, int] = {}
        self._text = text
        self._name = name
        self._decoder = json.JSONDecoder()
        self._starts: dict[str, int] = {}
        self._look()

    def rows(self, table: str) -> Iterator[dict[str, Any]]:
        """The rows of a table; none when the document does not have it."""
        if table in self._starts:
            yield from (row for row, _ in self._items(self._starts[table]))

    # --- walking ----------------------------------------------------------------------------------------------

    def _look(self) -> None:
        """Finds where each table begins; checks the whole document on the way."""
        version = 0
        place = 0
        for key, place in self._keys(self._mark(0, "{")):
            if key == "tables":
                end = self._tables(place)
            else:
                value, end = self._value(place)
                version = value if key == "tuicrm" else version
                if key == "last_ids":
                    self.last_ids = self._ids(value, place)
            self._end = end
        if type(version) is not int or version < 1 or not self._starts:
            raise self._bad("tables", place)
        if version > VERSION:
            raise Invalid("everything_newer", file=self._name, found=version, known=VERSION)

    def _tables(self, place: int) -> int:
        for table, start in self._keys(self._mark(place, "{")):
            self._starts[table] = start
            self._end = self._after(start)
        return self._end

    def _after(self, start: int) -> int:
        end = self._mark(start, "[")
        for _, behind in self._items(start):
            end = behind
        return self._mark(end, "]")

    def _items(self, start: int) -> Iterator[tuple[dict[str, Any], int]]:
        """The objects of a list, each with the place behind it (and behind its comma)."""
        place = self._mark(start, "[")
        while self._sign(place) != "]":
            value, place = self._value(place)
            if not isinstance(value, dict):
                raise self._bad("{", place)
            if self._sign(place) == ",":
                place = self._mark(place, ",")
                if self._sign(place) == "]":
                    raise self._bad("{", place)
            elif self._sign(place) != "]":
                raise self._bad("]", place)
            yield value, place

    def _keys(self, place: int) -> Iterator[tuple[str, int]]:
        """The keys of an object, each with the place of its value. Whoever reads the value says in ``_end`` where it
        ended."""
        self._end = place
        while self._sign(self._end) != "}":
            key, place = self._value(self._end)
            if not isinstance(key, str):
                raise self._bad('"', place)
            yield key, self._mark(place, ":")
            if self._sign(self._end) == ",":
                self._end = self._mark(self._end, ",")
            elif self._sign(self._end) != "}":
                raise self._bad("}", self._end)
        self._end = self._mark(self._end, "}")

    def _ids(self, value: Any, place: int) -> dict[str, int]:
        if not isinstance(value, dict) or any(type(last) is not int for last in value.values()):
            raise self._bad("last_ids", place)
        return value

    def _value(self, place: int) -> tuple[Any, int]:
        start = self._skip(place)
        try:
            return self._decoder.raw_decode(self._text, start)
        except (ValueError, RecursionError) as error:
            line = self._text.count("\n", 0, start) + 1
            reason = f"line {line}: {getattr(error, 'msg', '') or 'nested too deeply'}"
            raise Invalid("json_bad", file=self._name, reason=reason) from None

    def _skip(self, place: int) -> int:
        found = _SPACE.match(self._text, place)
        return found.end() if found else place

    def _sign(self, place: int) -> str:
        start = self._skip(place)
        return self._text[start : start + 1]

    def _mark(self, place: int, mark: str) -> int:
        if self._sign(place) != mark:
            raise self._bad(mark, place)
        return self._skip(place) + 1

    def _bad(self, wanted: str, place: int) -> Invalid:
        line = self._text.count("\n", 0, place) + 1
        return Invalid("json_bad", file=self._name, reason=f"line {line}: {wanted}")
