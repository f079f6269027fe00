"""People of a name that many have, by what else is known of them: so that a file in which thousands are called the same
finds each of them again without looking at all the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sized
from typing import Any, Final

from tuicrm.services.importing.person import PersonRow, company_key
from tuicrm.storage.connection import Connection
from tuicrm.storage.queries import known

BOTH: Final = " | "
"""Between the values that a file gives one free field of one person."""
_MOST: Final = known.NAMESAKES


def crowded(found: Sized) -> bool:
    """Whether so many have a name that not all of them were looked up."""
    return len(found) >= _MOST


class _Name:
    """Those of one name. ``alike``: by all that is known of them, and whether they can be reached; ``by``: by each
    thing that is."""

    __slots__ = ("alike", "by")

    def __init__(self) -> None:
        self.alike: dict[int, list[int]] = {}
        self.by: dict[int, list[int]] = {}

    def add(self, contact_id: int, facts: frozenset[int], reachable: bool) -> None:
        self.alike.setdefault(hash((facts, reachable)), []).append(contact_id)
        for fact in facts:
            self.by.setdefault(fact, []).append(contact_id)


class Namesakes:
    """Filled as names turn out to be crowded, and kept through an import. What others write meanwhile is not in it, so
    whoever is found here is looked at in the database before a row is taken for theirs."""

    def __init__(self) -> None:
        self._names: dict[str, _Name] = {}

    def like(self, sources: Iterable[Connection], row: PersonRow) -> list[int]:
        """Of the row's name, which says neither number nor address: some of whom the same is known and no more; else
        some who have one, and some who have the row's rarest value."""
        name = self._names.get(row.name)
        if name is None:
            name = self._names[row.name] = _Name()
            everybody = {each[0]: each for source in sources for each in known.namesakes(source, row.name)}
            for contact_id, company, fields, reachable in everybody.values():
                name.add(contact_id, _facts(company_key(company), fields), reachable)
        facts = _facts(row.company, row.values["fields"])
        if same := name.alike.get(hash((facts, False))):
            return same[:_MOST]
        rarest = min((name.by[fact] for fact in facts if fact in name.by), key=len, default=[])
        return [*name.alike.get(hash((facts, True)), ())[:_MOST], *rarest[:_MOST]]

    def add(self, row: PersonRow, contact_id: int) -> None:
        """A row that was taken in, for that contact."""
        if (name := self._names.get(row.name)) is not None:
            reachable = bool(row.numbers or row.addresses)
            name.add(contact_id, _facts(row.company, row.values["fields"]), reachable)


def _facts(company: str, fields: Mapping[str, Any]) -> frozenset[int]:
    """Each value as a number, which a million of them are small enough as."""
    facts = {hash((name, part)) for name, value in fields.items() for part in str(value).split(BOTH)}
    return frozenset(facts | {hash(company)} if company else facts)
