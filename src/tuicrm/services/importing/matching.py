"""Known or new: whom the rows of a file are about.

A row is a known contact's when the name is the same (joined or parted, in any spelling), no other company is
named, and a number or address is in common. Where one side has none of these, the company says so too. A name alone
does only of a contact of whom no company, number or address is known and nothing else that the row has otherwise; or
when the row says nothing that the contact does not: then it was read before.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from tuicrm.domain.fold import fold
from tuicrm.domain.likeness import likeness, look
from tuicrm.domain.models import EmailAddress, NewContact, PhoneNumber
from tuicrm.domain.phone import SAVING_DIGITS
from tuicrm.services.importing.met import Met
from tuicrm.services.importing.namesakes import BOTH, Namesakes, crowded
from tuicrm.services.importing.person import PersonRow, company_key
from tuicrm.storage.connection import Connection
from tuicrm.storage.queries import contacts, known
from tuicrm.storage.queries.known import Known

_REACHED_BY: Final = ("number", "ending", "email")
"""Why a row is told to be like a contact."""
_LOOKED_AT: Final = 24
"""Contacts with one number or address that are compared with a row."""


class Match:
    """Whom a row is about. ``led_on``: the merged contact that led to ``known``, its heir."""

    __slots__ = ("known", "led_on")

    def __init__(self, found: Known, led_on: int | None = None) -> None:
        self.known = found
        self.led_on = led_on


class Matcher:
    """Looks up everybody whom some rows may be about, at once. ``rows``: those that can be dealt with in one go,
    which is up to the first that has something in common with one before it."""

    def __init__(
        self, sources: Sequence[Connection], rows: Sequence[PersonRow], met: Met, namesakes: Namesakes
    ) -> None:
        """``sources``: where contacts are; what a later one has of a contact is newer. ``met``: whom rows before these
        were about. ``namesakes``: of names that many have, kept from one call to the next."""
        self.rows = _apart(rows)
        self._sources = sources
        self._met = met
        self._namesakes = namesakes
        self._reached: dict[str, list[int]] = {}
        self._people: dict[int, Known] = {}
        self._unmade: set[int] = set()
        self._named = self._by_name()
        self._reach()
        reached = {i for ids in self._reached.values() for i in ids}
        self._load(reached | self._possible(self._named, reached))
        self._gone = self._by_name_gone()

    def match(self, row: PersonRow) -> Match | None:
        """The living contact that a row is about, else the heir of a merged one, else a deleted one; else None. Of
        several one with a number or address in common, and of these one to whom the row is nothing new."""
        fitting = [
            found
            for contact_id in self._candidates(row)
            if (found := self._people.get(contact_id)) is not None and self._fits(row, found)
        ]
        living = [found for found in fitting if not found.gone and found.merged_into is None]
        if len(living) > 1:
            living.sort(key=lambda found: (not _reached(row, found), not self._nothing_new(row, found)))
        if living:
            return Match(living[0])
        return self._led_on(fitting[0]) if fitting else None

    def like(self, row: PersonRow, limit: int) -> dict[int, str]:
        """Living contacts that ``contact duplicates`` will tell as likely the same because of a number or an address,
        and which of these it is. ``limit``: more are not looked for."""
        like: dict[int, str] = {}
        if not self._reached:
            return like
        # nearly all rows are like nobody, and to be compared costs
        own = None
        seen: set[int] = set()
        for contact_id in self._reached_by((*row.numbers, *row.addresses)):
            found = self._people.get(contact_id)
            if contact_id in seen or found is None or found.gone or found.merged_into is not None:
                continue
            seen.add(contact_id)
            own = own or look(_person(row.values))
            alike = likeness(own, look(_person(found.values)))
            if alike.likely and (why := [each for each in alike.why if each in _REACHED_BY]):
                like[contact_id] = why[0]
            if len(like) == limit or len(seen) == _LOOKED_AT:
                break
        return like

    def _candidates(self, row: PersonRow) -> Iterable[int]:
        reached = self._reached_by((*row.numbers, *row.addresses)) if self._reached else ()
        named = (*self._named.get(row.name, ()), *self._gone.get(row.name, ())) if row.name else ()
        return sorted({*reached, *named} - self._unmade) if reached or named else ()

    def _reached_by(self, keys: Iterable[str]) -> list[int]:
        return [i for key in keys for i in self._reached.get(key, ())]

    def _led_on(self, gone: Known) -> Match:
        if gone.merged_into is None:
            return Match(gone)
        heir = contacts.heir(self._sources[0], gone.id)
        self._read({heir})
        found = self._people[heir]
        return Match(found, None if found.gone else gone.id)

    # --- looking up -----------------------------------------------------------------------------------------

    def _by_name(self) -> dict[str, list[int]]:
        names = {row.name for row in self.rows if row.name}
        found = _merged(known.by_name(source, names) for source in self._sources)
        for row in self.rows:
            if crowded(found.get(row.name, ())) and not (row.numbers or row.addresses):
                found[row.name] = self._namesakes.like(self._sources, row) or found[row.name]
        return found

    def _by_name_gone(self) -> dict[str, list[int]]:
        """Deleted and merged namesakes, of rows for which nobody living was found."""
        names = {row.name for row in self.rows if row.name and self._nobody(row)}
        found = known.by_name(self._sources[0], names, gone=True)
        self._load(self._possible(found, self._people.keys() | self._unmade))
        return found

    def _possible(self, named: Mapping[str, Sequence[int]], reached: Collection[int]) -> set[int]:
        """Namesakes whom a row may be about: of a row with a number, those that have it or have none.

        A file of Persian or English names has dozens of namesakes for each row; nearly all have another number.
        """
        possible: set[int] = set()
        unsure: set[int] = set()
        for row in self.rows:
            if (ids := named.get(row.name)) is None or not row.name:
                continue
            keys = (*row.numbers, *row.addresses)
            # of a number that very many have not all were looked up
            crowded = any(len(self._reached.get(key, ())) >= known.NAMESAKES for key in keys)
            (possible if crowded or not keys else unsure).update(ids)
        unsure -= possible
        unsure.difference_update(reached)
        return possible.union(*(known.unreached(source, unsure) for source in self._sources))

    def _nobody(self, row: PersonRow) -> bool:
        named = self._named.get(row.name)
        return not named or not any(self._fits(row, self._people[i]) for i in named if i in self._people)

    def _fits(self, row: PersonRow, found: Known) -> bool:
        """Whether the row may be about this contact."""
        if found.glued != row.name:
            return False
        theirs = found.values["company"]
        if row.company and theirs and company_key(theirs) != row.company:
            return False
        if _reached(row, found):
            return True
        reachable = bool(found.values["phones"] or found.values["emails"])
        if not row.name or (reachable and (row.numbers or row.addresses)):
            return False
        if row.company and theirs:
            return not _contradict(row, found, _TELLING)
        if _contradict(row, found):
            return False
        return not (theirs or reachable) or self._nothing_new(row, found)

    def _nothing_new(self, row: PersonRow, found: Known) -> bool:
        return not changes(found.values, row.values, again=found.id in self._met)

    def _reach(self) -> None:
        """Everybody with one of the numbers (whole) or addresses."""
        numbers = {number for row in self.rows for number in row.numbers}
        e164 = {number for number in numbers if number[:1] == "+"}
        ends = numbers - e164 - {""}
        mails = {address for row in self.rows for address in row.addresses}
        for source in self._sources:
            for look_up, keys in ((known.by_e164, e164), (known.by_ending, ends), (known.by_email, mails)):
                for key, ids in look_up(source, keys).items():
                    self._reached.setdefault(key, []).extend(ids)

    def _load(self, ids: set[int]) -> None:
        """Reads contacts, but none whose making was taken back: of a file that comes in once more after its undo each
        row finds one by name and number, and is about nobody there."""
        self._unmade |= known.unmade(self._sources[0], ids)
        self._read(ids - self._unmade)

    def _read(self, ids: set[int]) -> None:
        for source in self._sources:
            self._people.update(
                known.records(source, ids if source is not self._sources[0] else ids - set(self._people))
            )


def _apart(rows: Sequence[PersonRow]) -> Sequence[PersonRow]:
    """The rows up to the first that may be about the same person as one before it."""
    seen: set[str] = set()
    for place, row in enumerate(rows):
        if not seen.isdisjoint(row.keys):
            return rows[:place]
        seen.update(row.keys)
    return rows


def _merged(found: Iterable[dict[str, list[int]]]) -> dict[str, list[int]]:
    merged: dict[str, list[int]] = {}
    for one in found:
        for key, ids in one.items():
            merged.setdefault(key, []).extend(ids)
    return merged


def _person(values: Mapping[str, Any]) -> NewContact:
    """What of the columns of a contact is compared."""
    phones = tuple(PhoneNumber(each["raw"], each["e164"], each["ext"]) for each in values["phones"])
    emails = tuple(EmailAddress(each["address"]) for each in values["emails"])
    return NewContact(values["name"], values["company"], phones, emails)


_TELLING: Final = frozenset(
    ("birthday", "id", "uid", "record id", "contact id", "customer id", "شناسه", "کد ملی")
)
"""Fields, as ``fold`` gives them, by which two of one name in one company are told apart."""


def _contradict(row: PersonRow, found: Known, told_by: Collection[str] | None = None) -> bool:
    """Whether a field (of ``told_by``, else any) that both have is another one in each."""
    theirs: Mapping[str, str] = found.values["fields"]
    if not theirs:
        return False
    mine: Mapping[str, str] = row.values["fields"]
    return any(
        name in mine
        and mine[name] != value
        and (told_by is None or fold(name) in told_by)
        and set(value.split(BOTH)).isdisjoint(mine[name].split(BOTH))
        for name, value in theirs.items()
    )


def _reached(row: PersonRow, found: Known) -> bool:
    """Whether they have a number or an address in common."""
    if not (row.numbers or row.addresses):
        return False
    return _in_common(row.values["phones"], row.values["emails"], found.values)


def _in_common(
    phones: Sequence[Mapping[str, Any]], emails: Sequence[Mapping[str, Any]], values: Mapping[str, Any]
) -> bool:
    for mine in phones:
        for theirs in values["phones"]:
            if mine["e164"]:
                same = mine["e164"] == theirs["e164"]
            else:
                same = bool(mine["reversed"]) and theirs["reversed"].startswith(mine["reversed"])
            if same:
                return True
    addresses = {theirs["address"].lower() for theirs in values["emails"]}
    return any(mine["address"].lower() in addresses for mine in emails)


# --- what a row adds ----------------------------------------------------------------------------------------


def changes(old: Mapping[str, Any], new: Mapping[str, Any], *, again: bool = False) -> dict[str, Any]:
    """What a row adds to a known contact, as columns; nothing that is there is lost but a free field's old value.

    ``again``: a row before it was about the same contact. Then the old value may be of that row, and both stay; so
    the same file read once more finds what it says.
    """
    changed: dict[str, Any] = {}
    if new["company"] and not old["company"]:
        changed["company"] = new["company"]
    for column, key in _LISTS:
        there = {key(item) for item in old[column]}
        more = [item for item in new[column] if key(item) not in there]
        if more:
            changed[column] = [*old[column], *more]
    fields = {**old["fields"], **new["fields"]}
    if fields != old["fields"] and (said := _fields(old["fields"], fields, again)) != old["fields"]:
        changed["fields"] = said
    if new["note"] and new["note"] not in old["note"]:
        changed["note"] = f"{old['note']}\n{new['note']}" if old["note"] else new["note"]
    if new.get("owner") is not None and new["owner"] != old["owner"] and not (again and old["owner"]):
        changed["owner"] = new["owner"]
    often = new.get("cadence_days")
    if often is not None and often != old["cadence_days"] and not (again and old["cadence_days"]):
        changed["cadence_days"] = often
    if new.get("do_not_call") and not old["do_not_call"]:
        changed["do_not_call"] = True
    return changed


def _fields(old: Mapping[str, str], new: Mapping[str, str], again: bool) -> dict[str, str]:
    """``new``, with what is one of several values already, and with both where ``again`` forbids to overwrite."""
    said = {}
    for name, value in new.items():
        there = old.get(name, "").split(BOTH)
        more = [part for part in value.split(BOTH) if part not in there]
        if not more:
            value = old[name]
        elif again and name in old:
            value = BOTH.join([old[name], *more])
        said[name] = value
    return said


def _same_phone(phone: Mapping[str, Any]) -> str:
    return str(
        phone["e164"] or (phone["reversed"] if len(phone["reversed"]) >= SAVING_DIGITS else phone["raw"])
    )


def _same_email(email: Mapping[str, Any]) -> str:
    return str(email["address"]).lower()


_LISTS: Final[tuple[tuple[str, Callable[[Any], str]], ...]] = (
    ("phones", _same_phone),
    ("emails", _same_email),
    ("tags", str),
)
