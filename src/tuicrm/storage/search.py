"""Finding contacts while a person types: words by prefix, joined and parted words, numbers, one slip.

Every function takes folded pieces (``domain.fold``, ``domain.phone``) and gives ids in the order to show, the
agent's own recent contacts before others. Deleted and merged contacts are never found. All statements are
bounded by an index and a limit: no key press scans the contacts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from tuicrm.domain.models import ContactRow
from tuicrm.domain.record import record, replace
from tuicrm.storage.connection import Connection


@record
class Hit:
    """A contact found. ``exact``: its whole name or number is what was typed; ``parted``: only when the spaces are
    put elsewhere (``prsh`` as ``pr sh``); ``near``: only with one slip.
    """

    id: int
    exact: bool = False
    parted: bool = False
    near: bool = False


_LIVING: Final = "c.deleted_at IS NULL AND c.merged_into IS NULL"

# The contacts of the agent's last calls, newest first: an index holds all three columns.
RECENT_CALLS: Final = 300
_RECENT: Final = f"""
WITH recent(contact_id, last) AS (
  SELECT contact_id, max(id) FROM (
    SELECT contact_id, id FROM interaction WHERE agent = :agent ORDER BY id DESC LIMIT {RECENT_CALLS})
  WHERE contact_id IS NOT NULL GROUP BY contact_id)
"""

EXACT: Final = (
    f"SELECT c.id FROM contact c WHERE c.glued = :glued AND {_LIVING} ORDER BY c.id DESC LIMIT :limit"
)

MATCH: Final = f"""
SELECT c.id FROM contact_fts AS f CROSS JOIN contact AS c ON c.id = f.rowid
WHERE f.contact_fts MATCH :query AND {_LIVING} ORDER BY f.rowid DESC LIMIT :limit
"""

RECENT_MATCH: Final = f"""
{_RECENT} SELECT c.id FROM recent AS r CROSS JOIN contact AS c ON c.id = r.contact_id
WHERE {_LIVING} AND NOT EXISTS (
  SELECT 1 FROM json_each(:words) AS w WHERE instr(' ' || c.words, ' ' || w.value) = 0)
ORDER BY r.last DESC LIMIT :limit
"""

# ':' follows '9', and the last code point follows every letter: the ends of the ranges of a beginning.
GLUED_BEGINNING: Final = f"""
SELECT c.id FROM contact AS c WHERE c.glued >= :glued AND c.glued < :glued || char(1114111) AND {_LIVING}
ORDER BY c.glued, c.id LIMIT :limit
"""

_SUFFIX: Final = "p.reversed >= :reversed AND p.reversed < :reversed || ':'"

NUMBER_END: Final = f"""
SELECT c.id, max(p.reversed = :reversed) AS whole
FROM phone AS p CROSS JOIN contact AS c ON c.id = p.contact_id
WHERE {_SUFFIX} AND {_LIVING} GROUP BY c.id ORDER BY whole DESC, c.id DESC LIMIT :limit
"""

RECENT_NUMBER_END: Final = f"""
{_RECENT} SELECT c.id, max(p.reversed = :reversed) AS whole FROM recent AS r
CROSS JOIN phone AS p INDEXED BY ix_phone_contact ON p.contact_id = r.contact_id
CROSS JOIN contact AS c ON c.id = r.contact_id
WHERE +{_SUFFIX} AND {_LIVING} GROUP BY c.id ORDER BY whole DESC, r.last DESC LIMIT :limit
"""

NUMBER_BEGINNING: Final = f"""
SELECT DISTINCT c.id FROM phone AS p CROSS JOIN contact AS c ON c.id = p.contact_id
WHERE p.e164 >= :beginning AND p.e164 < :beginning || ':' AND {_LIVING} LIMIT :limit
"""

SPELLINGS: Final = """
SELECT DISTINCT s.stem FROM json_each(:deletions) AS d CROSS JOIN spelling AS s ON s.deletion = d.value
LIMIT 500
"""

LONGEST_SPLIT: Final = 16
MOST_STEMS: Final = 24


def by_name(
    conn: Connection, words: Sequence[str], glued: str, *, agent: str = "", limit: int = 40, near: bool = True
) -> list[Hit]:
    """What a person typing a name should see: ``by_words``; when that finds nobody, ``by_parting`` and, if ``near``,
    ``by_slip`` after it.
    """
    found = by_words(conn, words, glued, agent=agent, limit=limit)
    if found:
        return found
    found = by_parting(conn, words, glued, limit=limit)
    if near and len(found) < limit:
        known = {hit.id for hit in found}
        slips = by_slip(conn, words, agent=agent, limit=limit)
        found += [hit for hit in slips if hit.id not in known][: limit - len(found)]
    return found


def by_words(
    conn: Connection, words: Sequence[str], glued: str, *, agent: str = "", limit: int = 40
) -> list[Hit]:
    """Contacts with every word at the beginning of a word of theirs; the whole name first, then own recent ones.

    ``words`` and ``glued`` are folded.
    """
    terms = _terms(words)
    if not terms:
        return []
    exact = _ids(conn, EXACT, glued=glued, limit=limit)
    found = dict.fromkeys(exact)
    if agent:
        found |= dict.fromkeys(_ids(conn, RECENT_MATCH, agent=agent, words=_json(terms), limit=limit))
    for query in (_query(terms, star=""), _query(terms, star="*")):
        if len(found) < limit:
            found |= dict.fromkeys(_ids(conn, MATCH, query=query, limit=limit))
    return [Hit(id, exact=id in exact) for id in list(found)[:limit]]


def by_parting(conn: Connection, words: Sequence[str], glued: str, *, limit: int = 40) -> list[Hit]:
    """``prsh`` finds Pars Shimi, ``car fix`` finds Carfix: the same letters with the spaces elsewhere.

    To be asked when ``by_words`` found nobody. A guess, not what was typed: nothing is to be saved on it
    unasked.
    """
    terms = _terms(words)
    found = dict.fromkeys(_ids(conn, GLUED_BEGINNING, glued=glued, limit=limit) if len(glued) > 2 else ())
    variants = [
        [*terms[:i], *other, *terms[i + width :]]
        for i in range(len(terms))
        for width, others in ((1, _splits(terms[i])), (2, [["".join(terms[i : i + 2])]]))
        for other in others
        if i + width <= len(terms)
    ]
    if variants and len(found) < limit:
        query = " OR ".join(f"({_query(variant, star='*')})" for variant in variants)
        found |= dict.fromkeys(_ids(conn, MATCH, query=query, limit=limit))
    return [Hit(id, parted=True) for id in list(found)[:limit]]


def by_slip(conn: Connection, words: Sequence[str], *, agent: str = "", limit: int = 40) -> list[Hit]:
    """Contacts that the words would find with one slip in a word forgiven, marked ``near``.

    Words of three letters and less are taken as they stand.
    """
    terms = _terms(words)
    groups = []
    for term in terms:
        stems = _near_stems(conn, term)
        groups.append("(" + " OR ".join(_prefix(stem) for stem in [term, *stems]) + ")")
    if not terms:
        return []
    found = _ids(conn, MATCH, query=" AND ".join(groups), limit=max(limit, RECENT_CALLS))
    return [Hit(id, near=True) for id in _recent_first(conn, found, agent)[:limit]]


def by_number(
    conn: Connection,
    reversed_digits: str,
    beginnings: Sequence[str] = (),
    *,
    agent: str = "",
    limit: int = 40,
) -> list[Hit]:
    """Contacts with a number that ends in these digits (given reversed) or begins with one of ``beginnings``.

    ``beginnings`` are written as E.164 (``+98912``), for numbers that are typed from their start.
    """
    found: dict[int, bool] = {}
    if reversed_digits:
        params = {"reversed": reversed_digits, "agent": agent, "limit": limit}
        for sql in (RECENT_NUMBER_END, NUMBER_END) if agent else (NUMBER_END,):
            for row in conn.all(sql, params):
                found.setdefault(row["id"], bool(row["whole"]))
    for beginning in beginnings:
        for id in _ids(conn, NUMBER_BEGINNING, beginning=beginning, limit=limit):
            found.setdefault(id, False)
    ordered = sorted(found, key=lambda id: not found[id])
    return [Hit(id, exact=found[id]) for id in ordered[:limit]]


def rows(conn: Connection, hits: Iterable[Hit]) -> list[ContactRow]:
    """The lines to show for what was found, in the same order."""
    from tuicrm.storage.queries import contacts

    listed = list(hits)
    known = contacts.rows(conn, (hit.id for hit in listed))
    return [
        replace(known[hit.id], exact=hit.exact, near=hit.near) if hit.exact or hit.near else known[hit.id]
        for hit in listed
        if hit.id in known
    ]


# --- inside -------------------------------------------------------------------------------------------------


def _splits(term: str) -> list[list[str]]:
    if not 2 < len(term) <= LONGEST_SPLIT:
        return []
    return [[term[:at], term[at:]] for at in range(1, len(term))]


def _near_stems(conn: Connection, term: str) -> list[str]:
    """Beginnings and words of contacts that are one slip away from the word, the longest first."""
    from tuicrm.domain import fold

    if len(term) < fold.STEM_LEAST:
        return []
    cut = term[: fold.STEM_WHOLE]
    rows = conn.all(SPELLINGS, {"deletions": _json(sorted(fold.deletions(cut)))})
    near = [row["stem"] for row in rows if fold.one_slip(cut, row["stem"])]
    return sorted(near, key=lambda stem: (-len(stem), stem))[:MOST_STEMS]


def _recent_first(conn: Connection, ids: list[int], agent: str) -> list[int]:
    if not agent or len(ids) < 2:
        return ids
    recent = _ids(conn, f"{_RECENT} SELECT contact_id FROM recent ORDER BY last DESC", agent=agent)
    place = {id: index for index, id in enumerate(recent)}
    return sorted(ids, key=lambda id: place.get(id, len(place)))


def _terms(words: Sequence[str]) -> list[str]:
    """The words as the full-text index has them: parted at every ASCII sign (a decimal point may stand in one)."""
    parted = "".join(char if char.isalnum() or not char.isascii() else " " for char in " ".join(words))
    return list(dict.fromkeys(parted.split()))


def _query(terms: Sequence[str], *, star: str) -> str:
    return " AND ".join(f'"{term}"{star}' for term in terms)


def _prefix(term: str) -> str:
    return f'"{term}"*'


def _ids(conn: Connection, sql: str, **params: Any) -> list[int]:
    return [row[0] for row in conn.all(sql, params)]


def _json(words: list[str]) -> str:
    import json

    return json.dumps(words, ensure_ascii=False)
