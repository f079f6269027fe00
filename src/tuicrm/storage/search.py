"""Finding contacts while a person types: words by prefix, joined and parted words, numbers, one slip.

Every function takes folded pieces (``domain.fold``, ``domain.phone``) and gives ids in the order to show, the
agent's own recent contacts before others. Deleted and merged contacts are never found. All statements are
bounded by an index and a limit: no key press scans the contacts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from tuicrm.domain.fold import joined_initials, one_spelling
from tuicrm.domain.models import ContactRow
from tuicrm.domain.record import record, replace
from tuicrm.storage.connection import Connection
from tuicrm.storage.living import LIVING


@record
class Hit:
    """A contact found. ``exact``: its whole name or number is what was typed; ``parted``: only when the spaces are
    put elsewhere (``prsh`` as ``pr sh``); ``near``: only with one slip.
    """

    id: int
    exact: bool = False
    parted: bool = False
    near: bool = False


# The agent's last calls, newest first: the index holds the contact too.
RECENT_CALLS: Final = 200
RECENT: Final = f"""
SELECT contact_id FROM interaction WHERE agent = :agent AND contact_id IS NOT NULL
ORDER BY started_at DESC, id DESC LIMIT {RECENT_CALLS}
"""

EXACT: Final = (
    f"SELECT c.id FROM contact c WHERE c.glued = :glued AND {LIVING} ORDER BY c.id DESC LIMIT :limit"
)

MATCH: Final = f"""
SELECT c.id FROM contact_fts AS f CROSS JOIN contact AS c ON c.id = f.rowid
WHERE f.contact_fts MATCH :query AND {LIVING} ORDER BY f.rowid DESC LIMIT :limit
"""

# Which of these contacts have every word at the beginning of a word: for the few recent ones, when a common
# beginning has more hits than are listed.
OF_THESE: Final = f"""
SELECT c.id FROM json_each(:ids) AS r CROSS JOIN contact AS c ON c.id = r.value WHERE {LIVING}
"""
HAS_WORD: Final = " AND instr(' ' || c.words, ' ' || :word{place}) > 0"

# ':' follows '9', and the last code point follows every letter: the ends of the ranges of a beginning.
GLUED_BEGINNING: Final = f"""
SELECT c.id FROM contact AS c WHERE c.glued >= :glued AND c.glued < :glued || char(1114111) AND {LIVING}
ORDER BY c.glued, c.id LIMIT :limit
"""

# A whole number is the first of its range. A short end has thousands of hits at a million contacts: the first
# of them are enough to choose from.
MOST_NUMBERS: Final = 200
NUMBER_END: Final = f"""
SELECT c.id, max(p.reversed = :reversed) AS whole FROM (
  SELECT contact_id, reversed FROM phone
  WHERE reversed >= :reversed AND reversed < :reversed || ':' ORDER BY reversed LIMIT {MOST_NUMBERS}) AS p
CROSS JOIN contact AS c ON c.id = p.contact_id WHERE {LIVING}
GROUP BY c.id ORDER BY whole DESC, c.id DESC LIMIT :limit
"""

NUMBER_END_OF_THESE: Final = f"""
SELECT c.id, max(p.reversed = :reversed) AS whole FROM json_each(:ids) AS r
CROSS JOIN phone AS p INDEXED BY ix_phone_contact ON p.contact_id = r.value
CROSS JOIN contact AS c ON c.id = r.value
WHERE p.reversed >= :reversed AND p.reversed < :reversed || ':' AND {LIVING} GROUP BY c.id
"""

NUMBER_BEGINNING: Final = f"""
SELECT DISTINCT c.id FROM phone AS p CROSS JOIN contact AS c ON c.id = p.contact_id
WHERE p.e164 >= :beginning AND p.e164 < :beginning || ':' AND {LIVING} LIMIT :limit
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
    spellings = _spellings(words)
    if not spellings:
        return []
    exact = [id for key in _keys(words, glued) for id in _ids(conn, EXACT, glued=key, limit=limit)]
    found = dict.fromkeys(exact)
    for query in (_any_of(spellings, star=""), _any_of(spellings, star="*")):
        if len(found) < limit:
            found |= dict.fromkeys(_ids(conn, MATCH, query=query, limit=limit))
    recent = _recent(conn, agent) if len(found) > 1 else []
    if recent and len(found) >= limit:
        recent = _having(conn, recent, spellings)
        found |= dict.fromkeys(recent)
    ordered = [*exact, *(id for id in recent if id in found), *found]
    return [Hit(id, exact=id in exact) for id in list(dict.fromkeys(ordered))[:limit]]


def by_parting(conn: Connection, words: Sequence[str], glued: str, *, limit: int = 40) -> list[Hit]:
    """``prsh`` finds Pars Shimi, ``car fix`` finds Carfix: the same letters with the spaces elsewhere.

    To be asked when ``by_words`` found nobody. A guess, not what was typed: nothing is to be saved on it
    unasked.
    """
    terms = _terms(words)
    found: dict[int, None] = {}
    for key in _keys(words, glued):
        if len(key) > 2:
            found |= dict.fromkeys(_ids(conn, GLUED_BEGINNING, glued=key, limit=limit))
    variants = [
        [*terms[:i], *other, *terms[i + width :]]
        for i in range(len(terms))
        for width, others in ((1, _splits(terms[i])), (2, [["".join(terms[i : i + 2])]]))
        for other in others
        if i + width <= len(terms)
    ]
    initials = list(joined_initials(terms))
    variants += [initials] if initials != terms else []
    if variants and len(found) < limit:
        query = _any_of(variants, star="*")
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
    found = _ids(conn, MATCH, query=" AND ".join(groups), limit=limit)
    return [Hit(id, near=True) for id in _first(_recent(conn, agent), found)]


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
    recent = _recent(conn, agent)
    if reversed_digits:
        params = {"reversed": reversed_digits, "ids": _json(recent), "limit": limit}
        rows = conn.all(NUMBER_END, params)
        if recent and len(rows) >= limit:
            rows += conn.all(NUMBER_END_OF_THESE, params)
        found = {row["id"]: bool(row["whole"]) for row in rows}
    for beginning in beginnings:
        for id in _ids(conn, NUMBER_BEGINNING, beginning=beginning, limit=limit):
            found.setdefault(id, False)
    ordered = sorted(_first(recent, list(found)), key=lambda id: not found[id])
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


def any_beginnings(spellings: Sequence[Sequence[str]]) -> str:
    """Words in several spellings as a full text query: each the beginning of a word."""
    return _any_of(spellings, star="*")


def spellings_of(words: Sequence[str]) -> list[list[str]]:
    """Folded words as typed and, where that differs, in their one spelling, as the indexes have them."""
    return _spellings(words)


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


def _recent(conn: Connection, agent: str) -> list[int]:
    """The contacts of the agent's last calls, newest first."""
    return list(dict.fromkeys(_ids(conn, RECENT, agent=agent))) if agent else []


def _having(conn: Connection, ids: list[int], spellings: Sequence[Sequence[str]]) -> list[int]:
    """Those of the contacts that have every word of one of the spellings, in the given order."""
    fitting: set[int] = set()
    for terms in spellings:
        words = {f"word{place}": term for place, term in enumerate(terms)}
        sql = OF_THESE + "".join(HAS_WORD.format(place=place) for place in range(len(terms)))
        fitting |= set(_ids(conn, sql, ids=_json(ids), **words))
    return [id for id in ids if id in fitting]


def _first(recent: list[int], ids: list[int]) -> list[int]:
    """The ids with the recent ones before the others."""
    known = set(ids)
    return list(dict.fromkeys([*(id for id in recent if id in known), *ids]))


def _terms(words: Sequence[str]) -> list[str]:
    """The words as the full-text index has them: parted at every ASCII sign (a decimal point may stand in one)."""
    parted = "".join(char if char.isalnum() or not char.isascii() else " " for char in " ".join(words))
    return list(dict.fromkeys(parted.split()))


def _keys(words: Sequence[str], glued: str) -> list[str]:
    """A whole name as typed and in the one spelling that the column ``glued`` holds, where that differs."""
    return list(dict.fromkeys((glued, "".join(one_spelling(words)))))


def _spellings(words: Sequence[str]) -> list[list[str]]:
    """The words as typed and, where that differs, in their one spelling; both as the index has them."""
    both = (_terms(words), _terms(one_spelling(words)))
    return [terms for place, terms in enumerate(both) if terms and terms not in both[:place]]


def _any_of(spellings: Sequence[Sequence[str]], *, star: str) -> str:
    return " OR ".join(f"({_query(terms, star=star)})" for terms in spellings)


def _query(terms: Sequence[str], *, star: str) -> str:
    return " AND ".join(f'"{term}"{star}' for term in terms)


def _prefix(term: str) -> str:
    return f'"{term}"*'


def _ids(conn: Connection, sql: str, **params: Any) -> list[int]:
    return [row[0] for row in conn.all(sql, params)]


def _json(values: Sequence[object]) -> str:
    import json

    return json.dumps(values, ensure_ascii=False)
