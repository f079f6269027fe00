"""Who is in the book twice: pairs of contacts that are likely one, with score and reason; and keeping them apart.

Candidates share a key: a number's last digits, an address, a name, or a company with a name one slip away. Each
kind is one pass over the contacts, so 100,000 take seconds; only candidates are compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations, pairwise
from typing import Final

from tuicrm.domain.errors import Conflict, NotFound
from tuicrm.domain.fold import deletions, one_spelling, out_of_order, unified
from tuicrm.domain.likeness import Likeness, Look, likeness, look, name_reason
from tuicrm.domain.models import Contact, ContactRow, NewContact
from tuicrm.domain.phone import SAVING_DIGITS, numbers_in, parse_phone, suffix_query
from tuicrm.domain.record import record, replace
from tuicrm.services.agents import ensure_self
from tuicrm.services.context import Crm
from tuicrm.storage import search
from tuicrm.storage.connection import Connection
from tuicrm.storage.queries import contacts, doubles

Ids = tuple[int, int]

CROWD: Final = 12
"""Contacts that share one key and are compared each with each. Of more (a switchboard's number, a company's
address) only those are compared whose names are alike too: the key alone says nothing any more."""
_SLICE: Final = 5_000
"""Pairs that are compared at a time: so many contacts are held in memory."""
_COMPANIES: Final = 50_000
"""Spellings of companies whose folded form is remembered during a pass."""
_TYPED: Final = 20
"""Candidates that are looked at while somebody types."""


@record
class Pair:
    """Two contacts that are likely one, ``a`` the lower id. ``why``: codes of ``likeness``, the strongest first."""

    a: int
    b: int
    score: int
    why: tuple[str, ...]


@record
class Likely:
    """Somebody who may be the one that is being written down."""

    row: ContactRow
    score: int
    why: tuple[str, ...]


def duplicates(crm: Crm, *, limit: int | None = None, after: Ids | None = None) -> list[Pair]:
    """Pairs that are likely one, the likeliest first, each once; none that is kept apart, deleted or merged.

    ``after``: behind that pair, which need not be among them any more. Raises ``NotFound`` when there never were
    such contacts.
    """
    with crm.database.reader() as conn:
        found = sorted(_pairs(conn), key=_order)
        if after is not None:
            last = _order(_judged(conn, after))
            found = [pair for pair in found if _order(pair) > last]
    return found if limit is None else found[:limit]


def pair(crm: Crm, a: int, b: int) -> Pair | None:
    """The two as a pair, whether they are alike or not; None when one is gone or they are kept apart."""
    low, high = min(a, b), max(a, b)
    with crm.database.reader() as conn:
        if low == high or doubles.apart_pair(conn, low, high) is not None:
            return None
        people = doubles.people(conn, (low, high))
    if len(people) < 2:
        return None
    return _pair((low, high), likeness(look(people[low]), look(people[high])))


def likely(crm: Crm, new: NewContact, *, but: int | None = None) -> list[Likely]:
    """Who may be the same person as one that is being written down, the likeliest first.

    ``but``: the contact itself, when it is one that is there already; who is kept apart from it is left out.
    """
    region = crm.region()
    raws = (raw for phone in new.phones if phone.raw.strip() for raw in numbers_in(phone.raw, region))
    read = replace(new, phones=tuple(parse_phone(raw, region) for raw in raws))
    with crm.database.reader() as conn:
        return likely_in(conn, read, but=but)


def likely_in(conn: Connection, new: NewContact, *, but: int | None = None) -> list[Likely]:
    """``likely`` of a contact whose numbers are read, within a transaction."""
    own = look(new)
    ids = _near(conn, new, own) - ({but} if but is not None else set())
    if but is not None and ids:
        ids -= doubles.kept_apart(conn, but, ids)
    people = doubles.people(conn, ids)
    scored = [(likeness(own, look(person)), contact_id) for contact_id, person in people.items()]
    rows = contacts.rows(conn, [contact_id for found, contact_id in scored if found.likely])
    scored.sort(key=lambda one: (-one[0].score, one[1]))
    return [Likely(rows[id], found.score, found.why) for found, id in scored if id in rows]


def like(crm: Crm, contact_id: int) -> list[Likely]:
    """Who may be the same person as a contact that is there. Raises ``NotFound``."""
    with crm.database.reader() as conn:
        known = contacts.record(conn, contacts.heir(conn, contact_id))
    if known is None:
        raise NotFound("no_contact", ref=f"contact:{contact_id}")
    return likely(crm, _as_new(known), but=known.id)


def keep_apart(crm: Crm, a: int, b: int) -> Ids:
    """Remembers that the two are two, the heirs of merged ones; gives their ids, the lower first. Undo forgets it.

    Raises ``NotFound``, and ``Conflict`` when they are one contact or one of them is deleted.
    """
    ensure_self(crm)
    with crm.database.transaction(crm.actor, "contact.apart") as tx:
        first, second = (_living(tx, contact_id) for contact_id in (a, b))
        if first.id == second.id:
            raise Conflict("apart_itself", id=first.id, name=first.name)
        low, high = min(first.id, second.id), max(first.id, second.id)
        if doubles.apart_pair(tx, low, high) is None:
            tx.insert("apart", {"a": low, "b": high, "agent": crm.me})
    return low, high


def _living(conn: Connection, contact_id: int) -> Contact:
    found = contacts.record(conn, contacts.heir(conn, contact_id))
    if found is None:
        raise NotFound("no_contact", ref=f"contact:{contact_id}")
    if found.deleted_at is not None:
        raise Conflict("contact_deleted", id=found.id, name=found.name)
    return found


def _as_new(known: Contact) -> NewContact:
    return NewContact(known.name, known.company, known.phones, known.emails)


# --- all of them --------------------------------------------------------------------------------------------


def _order(it: Pair) -> tuple[int, int, int]:
    return -it.score, it.a, it.b


def _pair(ids: Ids, found: Likeness) -> Pair:
    return Pair(*ids, found.score, found.why)


def _judged(conn: Connection, ids: Ids) -> Pair:
    """A pair with its score, gone or not, so that a list goes on behind it."""
    known = [contacts.record(conn, contact_id) for contact_id in sorted(ids)]
    for contact_id, contact in zip(sorted(ids), known, strict=True):
        if contact is None:
            raise NotFound("no_contact", ref=f"contact:{contact_id}")
    a, b = (look(_as_new(contact)) for contact in known if contact is not None)
    return _pair((min(ids), max(ids)), likeness(a, b))


def _pairs(conn: Connection) -> list[Pair]:
    apart = doubles.apart(conn)
    candidates, crowded = _candidates(conn)
    found: list[Pair] = []
    for part in _slices(sorted((candidates | crowded) - apart)):
        people = doubles.people(conn, {contact_id for ids in part for contact_id in ids})
        looks = {contact_id: look(person) for contact_id, person in people.items()}
        for ids in part:
            if ids[0] in looks and ids[1] in looks:
                alike = likeness(looks[ids[0]], looks[ids[1]])
                if alike.likely:
                    found.append(_pair(ids, alike))
    return found


def _slices(pairs: Sequence[Ids]) -> Iterator[Sequence[Ids]]:
    for start in range(0, len(pairs), _SLICE):
        yield pairs[start : start + _SLICE]


def _candidates(conn: Connection) -> tuple[set[Ids], set[Ids]]:
    """Pairs that share a key; and those of crowds, whose names are alike besides."""
    plain: set[Ids] = set()
    crowds: list[list[int]] = []
    for sql in (doubles.SAME_NAME, doubles.SAME_EMAIL, doubles.SAME_ENDING):
        for ids in doubles.groups(conn, sql):
            if len(ids) <= CROWD:
                plain.update(combinations(sorted(ids), 2))
            elif sql is doubles.SAME_NAME:
                # all of one name: what else they share makes them pairs, by its own key
                plain.update(_chained(sorted(ids)))
            else:
                crowds.append(ids)
    return plain, _by_names(conn, crowds)


def _chained(ids: Sequence[int]) -> Iterator[Ids]:
    """Each with the one after it: of a hundred namesakes 99 pairs instead of 4950."""
    return pairwise(ids)


Named = tuple[int, tuple[str, ...]]
"""A contact's id and the words of its name."""


def _by_names(conn: Connection, crowds: Iterable[Sequence[int]]) -> set[Ids]:
    """Pairs whose names are swapped; in one company or crowd also those a slip away, or with initials."""
    swapped: dict[str, list[int]] = defaultdict(list)
    firms: dict[str, list[Named]] = defaultdict(list)
    crowded = [set(ids) for ids in crowds]
    wanted = set[int]().union(*crowded)
    named: dict[int, tuple[str, ...]] = {}
    folded = lru_cache(maxsize=_COMPANIES)(unified)
    for contact_id, name_key, company in doubles.names(conn):
        parts = one_spelling(out_of_order(name_key).split())
        if len(parts) > 1:
            swapped[" ".join(sorted(parts))].append(contact_id)
        if company:
            firms[folded(company)].append((contact_id, parts))
        if contact_id in wanted:
            named[contact_id] = parts
    firms.pop("", None)
    found: set[Ids] = set()
    for ids in swapped.values():
        found.update(combinations(ids, 2) if len(ids) <= CROWD else _chained(ids))
    for people in firms.values():
        found |= _alike(people)
    for crowd in crowded:
        found |= _alike([(id, named[id]) for id in sorted(crowd) if id in named])
    return {(min(ids), max(ids)) for ids in found}


def _alike(people: Sequence[Named]) -> set[Ids]:
    """Pairs among contacts that share something else, whose names are the same, swapped, one slip away or initials."""
    if len(people) <= CROWD:
        return {(a, b) for (a, x), (b, y) in combinations(people, 2) if name_reason(x, y)}
    found: set[Ids] = set()
    # two alike names share many keys: the couple is compared at the first
    compared: set[Ids] = set()
    for keys in (_slip_keys, _initial_keys):
        for group in _grouped(people, keys):
            for (a, x), (b, y) in combinations(group, 2) if len(group) <= CROWD else _neighbours(group):
                if (a, b) not in compared:
                    compared.add((a, b))
                    if name_reason(x, y):
                        found.add((a, b))
    return found


def _grouped(
    people: Sequence[Named], keys: Callable[[Sequence[str]], Iterable[str]]
) -> Iterable[list[Named]]:
    """The groups of two and more that share a key. Nearly all keys have one holder, who costs no list."""
    first: dict[str, Named] = {}
    groups: dict[str, list[Named]] = {}
    for one in people:
        for key in keys(one[1]):
            other = first.setdefault(key, one)
            if other is not one:
                groups.setdefault(key, [other]).append(one)
    return groups.values()


def _neighbours(group: Sequence[Named]) -> Iterator[tuple[Named, Named]]:
    ordered = sorted(group, key=lambda one: one[1])
    return pairwise(ordered)


def _slip_keys(parts: Sequence[str]) -> Iterable[str]:
    """Names that share one are a slip or two apart, or swapped."""
    return {*deletions("".join(parts)), " ".join(sorted(parts))}


def _initial_keys(parts: Sequence[str]) -> Iterable[str]:
    """Names that share one may be the same but for initials: the first letters, and one word whole."""
    first = "".join(part[0] for part in parts)
    return (
        {f"{place}{first}{part}" for place, part in enumerate(parts) if len(part) > 1}
        if len(parts) > 1
        else ()
    )


# --- while somebody types -----------------------------------------------------------------------------------


def _near(conn: Connection, asked: NewContact, own: Look) -> set[int]:
    """Contacts to compare with one that is being typed: a few look-ups of an index each."""
    ids: set[int] = set()
    for phone in asked.phones:
        digits = suffix_query(phone.e164 or phone.raw)
        for key in {digits, digits[:SAVING_DIGITS]} if len(digits) >= SAVING_DIGITS else ():
            ids.update(contacts.with_number(conn, key))
    for email in asked.emails:
        ids.update(contacts.with_email(conn, email.address.strip()))
    if own.name:
        ids.update(contacts.with_glued(conn, own.name))
        ids.update(hit.id for hit in search.by_slip(conn, own.words, limit=_TYPED))
        if len(own.words) > 1:
            ids.update(hit.id for hit in search.by_words(conn, own.words, own.name, limit=_TYPED))
    return ids
