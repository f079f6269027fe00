"""Whose a number, an address or a name is: for many rows of a file at once, living contacts only."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from tuicrm.domain.phone import SAVING_DIGITS, digits, parse_phone, suffix_query
from tuicrm.storage.connection import Connection
from tuicrm.storage.queries import known


class Number:
    """A number of a file as it is looked for: ``e164`` when it is valid, its ending (reversed) when it is long
    enough. ``kept``: as it is stored with a call."""

    __slots__ = ("e164", "ending", "kept")

    def __init__(self, raw: str, region: str) -> None:
        phone = parse_phone(raw, region)
        self.e164 = phone.e164 or ""
        self.ending = suffix_query(raw) if len(digits(raw)) >= SAVING_DIGITS else ""
        self.kept = phone.e164 or raw


class Whose:
    """Everybody who has one of these numbers, addresses or names."""

    def __init__(
        self,
        conn: Connection,
        numbers: Collection[Number],
        emails: Collection[str] = (),
        names: Collection[str] = (),
    ) -> None:
        """``names``: as ``fold.unified`` gives them."""
        self._exact = known.by_e164(conn, {each.e164 for each in numbers if each.e164})
        self._ending = known.by_ending(conn, {each.ending for each in numbers if each.ending})
        self._email = known.by_email(conn, set(emails))
        self._name = known.by_name(conn, set(names) - {""})
        found = (self._exact, self._ending, self._email, self._name)
        self._living = known.living(conn, {i for one in found for ids in one.values() for i in ids})

    def number(self, number: Number) -> list[int]:
        """Contacts with this number: those that have it wholly, else by its last digits."""
        return self._of(self._exact, number.e164) or self._of(self._ending, number.ending)

    def email(self, address: str) -> list[int]:
        return self._of(self._email, address)

    def name(self, unified: str) -> list[int]:
        return self._of(self._name, unified)

    def _of(self, found: Mapping[str, list[int]], key: str) -> list[int]:
        return [each for each in found.get(key, ()) if each in self._living] if key else []
