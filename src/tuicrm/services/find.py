"""Finding people: as one types (forgiving), and for the command line (strict: exactly one, or nobody)."""

from __future__ import annotations

from collections.abc import Collection

from tuicrm.domain.errors import Ambiguous, Candidate, NotFound
from tuicrm.domain.fold import glued, words
from tuicrm.domain.matching import WhoText, capitalised, has_words, parse_who, spelled_together
from tuicrm.domain.models import ContactRow, NewContact, Who
from tuicrm.domain.phone import LOOKING_DIGITS, SAVING_DIGITS, digits, looks_like_number, suffix_query
from tuicrm.services import telephone
from tuicrm.services.context import Crm
from tuicrm.storage import search
from tuicrm.storage.connection import Connection
from tuicrm.storage.queries import chosen, contacts
from tuicrm.storage.queries.chosen import Where
from tuicrm.storage.search import Hit

NARROWED = 2_000
"""People found by words whom keys then narrow."""
SEVERAL = 20
"""How many of those who fit a refusal lists."""
NEAR_NAMES = 5
"""How many near names a refusal lists."""


def find(crm: Crm, query: str, *, limit: int = 40, near: bool = True) -> list[ContactRow]:
    """Contacts for what is typed: words by their beginnings in any order, joined or parted; three or more digits
    of a number. Exact ones first, then the agent's own recent ones.

    ``near``: when nobody is found, those a single slip away, marked so.
    """
    with crm.database.reader() as conn:
        if reference := _referred(conn, crm, query):
            return reference
        hits = _hits(conn, crm, query, limit)
        if not hits:
            hits = search.by_name(conn, words(query), glued(query), agent=crm.me, limit=limit, near=near)
        return search.rows(conn, hits)


def filtered(crm: Crm, text: str, *, limit: int = 40, near: bool = True) -> list[ContactRow]:
    """What a filter finds: by its words as ``find``, the best first, of those whom its keys allow; without words by
    name. Raises ``Invalid`` for a filter that says nothing.
    """
    query, where = _parts(crm, text)
    if not where.conditions:
        return find(crm, query, limit=limit, near=near)
    if query:
        found = find(crm, query, limit=NARROWED, near=near)
        kept = _allowed(crm, found, where)
        if kept or len(found) < NARROWED:
            return kept[:limit]
        # so many have the words that who fits may not be among the first of them
        where = conditions(crm, text)
    with crm.database.reader() as conn:
        page = contacts.page(conn, after=None, limit=limit, backward=False, chosen=where)
    return [row for _, row in page]


def near_names(crm: Crm, text: str, *, limit: int = NEAR_NAMES) -> list[ContactRow]:
    """Contacts a single slip away from what is typed, marked ``near``; keys narrow them."""
    query, where = _parts(crm, text)
    with crm.database.reader() as conn:
        found = search.rows(conn, search.by_slip(conn, words(query), agent=crm.me, limit=limit))
    return _allowed(crm, found, where) if where.conditions else found


def _parts(crm: Crm, text: str) -> tuple[str, Where]:
    """What is searched, and the conditions on who is found. Of words alone nothing of the filter language is loaded."""
    if not any(sign in text for sign in ':"-') or text.startswith("contact:"):
        return text, chosen.ALL
    from tuicrm.services import filtering

    return filtering.split(crm, text)


def conditions(crm: Crm, text: str) -> Where:
    """The conditions of a filter of contacts; of an empty one nothing of its language is loaded."""
    if not text:
        return chosen.ALL
    from tuicrm.services import filtering

    return filtering.where(crm, "contacts", text)


def fitting(crm: Crm, ids: Collection[int], text: str) -> set[int]:
    """Those of the contacts who fit a filter."""
    return _fitting(crm, ids, conditions(crm, text))


def _fitting(crm: Crm, ids: Collection[int], where: Where) -> set[int]:
    with crm.database.reader() as conn:
        return set(contacts.ids(conn, limit=len(ids), chosen=chosen.among(where, "c.id", ids)))


def _allowed(crm: Crm, found: list[ContactRow], where: Where) -> list[ContactRow]:
    """Those of the found ones who fit, in their order."""
    kept = _fitting(crm, [row.id for row in found], where)
    return [row for row in found if row.id in kept]


def by_number(crm: Crm, number: str) -> list[ContactRow]:
    """Everybody with this number: whole, else by its last seven or more digits."""
    with crm.database.reader() as conn:
        return telephone.people_with(conn, crm.region(), number)


def who(crm: Crm, text: str, *, new: bool = False) -> Who:
    """The one contact that ``text`` names: ``contact:12``, a number, or words.

    One whose whole name was typed is meant even when longer names begin the same, one who has the words whole when
    those of others only begin so (``رضا`` is no ``رضایی``). Raises ``Ambiguous`` with the
    candidates when several fit (``more``: not all of them); ``NotFound`` with the near names when nobody does, unless
    ``new``: then a contact to be made. A mistyped name never hits somebody else.
    """
    asked = parse_who(text, crm.region())
    with crm.database.reader() as conn:
        if asked.contact_ref is not None:
            return Who(contact_id=_living(conn, asked.contact_ref))
        rows = _meant(conn, crm, text, asked)
    if len(rows) == 1:
        return Who(contact_id=rows[0].id)
    if rows:
        fit = [candidate(row) for row in rows[:SEVERAL]]
        raise Ambiguous("several_contacts", candidates=fit, text=text, more=len(rows) > SEVERAL)
    few = _short_number(text)
    if new and not few and (asked.name or asked.number):
        return Who(new=new_contact(asked))
    near = find(crm, text, limit=NEAR_NAMES)
    code = "number_short" if few else "nobody"
    raise NotFound(code, candidates=[candidate(row) for row in near], text=text, least=SAVING_DIGITS)


def new_contact(asked: WhoText) -> NewContact:
    """The contact that a typed Who would make."""
    return NewContact(
        name=capitalised(asked.name),
        company=asked.company,
        phones=(asked.number,) if asked.number else (),
    )


def candidate(row: ContactRow) -> Candidate:
    """A list line as what tells namesakes apart."""
    return Candidate(row.id, row.name, row.company, row.phone)


def _hits(conn: Connection, crm: Crm, query: str, limit: int) -> list[Hit]:
    if looks_like_number(query, least=LOOKING_DIGITS):
        hits = search.by_number(conn, suffix_query(query), beginnings(crm, query), agent=crm.me, limit=limit)
        if hits:
            return hits
    return search.by_words(conn, words(query), glued(query), agent=crm.me, limit=limit)


def beginnings(crm: Crm, query: str) -> tuple[str, ...]:
    """A number typed from its start, as E.164 would begin; nothing when too short to tell."""
    typed = digits(query)
    if len(typed) < LOOKING_DIGITS + 1:
        return ()
    if query.strip().startswith("+"):
        return (f"+{typed}",)
    if typed.startswith("00"):
        return (f"+{typed[2:]}",)
    if typed.startswith("0"):
        # phonenumbers costs 21 ms at its first use; only for numbers typed from their start
        from tuicrm.domain.phone import country_code

        return (f"+{country_code(crm.region())}{typed[1:]}",)
    return ()


def _meant(conn: Connection, crm: Crm, text: str, asked: WhoText) -> list[ContactRow]:
    """Who may be meant when something will be saved: a number whole, or every word as it was typed."""
    if asked.number is not None:
        rows = telephone.people_with(conn, crm.region(), asked.number.raw)
        if asked.name:
            named = {hit.id for hit in search.by_words(conn, words(asked.name), glued(asked.name), limit=200)}
            rows = [row for row in rows if row.id in named]
        return rows
    if _short_number(text):
        return []
    rows = search.rows(conn, search.by_words(conn, words(text), glued(text), agent=crm.me, limit=40))
    if not rows:
        near = find(crm, text, limit=40)
        rows = [row for row in near if spelled_together(row.name, row.company, text)]
    exact = [row for row in rows if row.exact]
    return exact or [row for row in rows if has_words(row.name, row.company, text)] or rows


def _short_number(text: str) -> bool:
    """Whether it is digits enough to look for somebody, too few to save by."""
    return looks_like_number(text, least=LOOKING_DIGITS) and len(digits(text)) < SAVING_DIGITS


def _living(conn: Connection, contact_id: int) -> int:
    heir = contacts.heir(conn, contact_id)
    if not contacts.living(conn, heir):
        raise NotFound("no_contact", ref=f"contact:{contact_id}")
    return heir


def _referred(conn: Connection, crm: Crm, query: str) -> list[ContactRow]:
    """``contact:12`` typed in a finder."""
    reference = parse_who(query, crm.region()).contact_ref if query.startswith("contact:") else None
    if reference is None:
        return []
    heir = contacts.heir(conn, reference)
    return list(contacts.rows(conn, [heir]).values())
