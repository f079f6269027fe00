"""A checked contact of a file, as it is compared with others and written."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from tuicrm.domain.fold import unified
from tuicrm.storage import bulk

company_key = lru_cache(maxsize=2048)(unified)
"""What companies are compared by; a file has few."""
_ENDING: Final = 7
"""Digits by which two numbers of a file may be the same though written with and without their code."""


class PersonRow:
    """A contact ready to be written.

    ``name`` and ``company``: as they are compared; ``numbers``: of each the E.164 form, else its digits from the end;
    ``keys``: what this row and another one have in common when they may be about one person.

    From the process that reads to the one that writes it goes as texts alone: the dictionaries of ``values`` would cost
    more to hand over than all the rest, and are needed only where somebody is there whom the row may be about.
    """

    __slots__ = ("_values", "addresses", "company", "keys", "line", "name", "numbers", "ready")

    def __init__(self, line: int, values: dict[str, Any], company: str) -> None:
        """``values``: the columns of the contact; ``company``: by ``company_key``."""
        self.line = line
        self._values: dict[str, Any] | None = values
        self.company = company
        self.ready = bulk.Ready(values)
        self.name = self.ready.glued if values["name"] else ""
        self.numbers = tuple([phone["e164"] or phone["reversed"] for phone in values["phones"]])
        self.addresses = tuple([email["address"] for email in values["emails"]])
        self.keys = tuple(_keys(self.name, values))

    @property
    def values(self) -> dict[str, Any]:
        """The columns of the contact."""
        if self._values is None:
            self._values = self.ready.values()
        return self._values

    def __reduce__(self) -> tuple[Any, ...]:
        plain = (self.line, self.company, self.name, self.numbers, self.addresses, self.keys)
        return _handed_over, (*plain, *self.ready.plain())


def _handed_over(
    line: int,
    company: str,
    name: str,
    numbers: tuple[str, ...],
    addresses: tuple[str, ...],
    keys: tuple[str, ...],
    *ready: Any,
) -> PersonRow:
    """The row that another process has made."""
    row = PersonRow.__new__(PersonRow)
    row.line, row.company, row.name = line, company, name
    row.numbers, row.addresses, row.keys = numbers, addresses, keys
    row.ready = bulk.Ready.of(*ready)
    row._values = None
    return row


def _keys(name: str, values: Mapping[str, Any]) -> set[str]:
    keys = {f"name {name}"} if name else set()
    for phone in values["phones"]:
        ending = phone["reversed"][:_ENDING]
        keys.add(f"number {ending}" if len(ending) == _ENDING else "number")
    for email in values["emails"]:
        keys.add(f"email {email['address'].lower()}")
    return keys
