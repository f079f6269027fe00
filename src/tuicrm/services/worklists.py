"""Worklists: people to be called one after the other, round by round; and the people one owes a call.

A worklist is a filter of contacts under a name (``services.saved_filters``), or a list of people who were put on it by
name. One that is always there holds those to whom a call is owed to keep in touch (``services.owed``).

A round begins when the list is made, and again by ``restart``. In it everybody is called until somebody was spoken to,
a call settled it (a wrong number), or the attempts are used up, of a promise made before the list too; ``restart``
calls these once more as well. Who has an open follow-up is left to it.
"""

from __future__ import annotations

from typing import Final
from weakref import WeakKeyDictionary

from tuicrm.domain.errors import Conflict, Invalid
from tuicrm.domain.record import replace
from tuicrm.domain.saved_filter import SavedFilter
from tuicrm.domain.worklist import Place, Progress, Worklist, WorkPage, WorkRow
from tuicrm.services import filtering, owed, saved_filters
from tuicrm.services.agents import ensure_self
from tuicrm.services.context import Crm
from tuicrm.storage import changes
from tuicrm.storage.connection import Connection
from tuicrm.storage.instants import from_text, to_text
from tuicrm.storage.queries import calls, contacts
from tuicrm.storage.queries import worklists as queries
from tuicrm.storage.queries.chosen import Where

PAGE: Final = owed.PAGE
LISTS: Final = "contacts"
_COUNTED: Final[WeakKeyDictionary[Crm, tuple[object, Progress]]] = WeakKeyDictionary()
"""The worklist that was last counted, until anything is changed: Today asks again for whatever stirs, and among 100,000
people it takes 0.2 s."""


def lists(crm: Crm) -> list[Worklist]:
    """All worklists one may use, each with its count: one's own first, then everybody's, who is owed a call last."""
    found = [Worklist(it, _people(crm, it)) for it in saved_filters.page(crm, LISTS)]
    return [*found, Worklist(saved_filters.owed_list(), owed.count(crm))]


def get(crm: Crm, name: str) -> SavedFilter:
    """The worklist of that name. Raises ``NotFound``."""
    return saved_filters.get(crm, LISTS, name)


def page(crm: Crm, name: str, after: Place | None = None, *, limit: int = PAGE) -> WorkPage:
    """Who of a worklist is to be called, after the end of another page. Raises ``NotFound``, ``Invalid``.

    First those who were not called in this round: of a filter who was not called for the longest time, of a list by
    names in the order of the list. Then those who were called in vain and have no follow-up.
    """
    it = get(crm, name)
    if it.built_in:
        return owed.page(crm, after, limit)
    chosen = where(crm, it)
    with crm.database.reader() as conn:
        current = _round(crm, it)
        # a page is of one half at a time; the first number of a place says of which
        half, place = (int(after[0]), after[1:] or None) if after else (0, None)
        found: list[tuple[Place, int]] = []
        if half == 0:
            found = _first_half(conn, current, it, chosen, place, limit)
            found = [((0, *key), contact_id) for key, contact_id in found]
            place = None
        if len(found) < limit:
            rest = queries.to_call_again(conn, current, chosen, place, limit - len(found))
            found += [((1, *key), contact_id) for key, contact_id in rest]
        rows = _rows(conn, [contact_id for _, contact_id in found], current)
    return WorkPage(tuple(rows), found[-1][0] if len(found) == limit else None)


def progress(crm: Crm, name: str, *, outcomes: bool = False) -> Progress:
    """How far the round of a worklist has come; ``outcomes``: with the people by outcome. Raises as ``page``."""
    it = get(crm, name)
    if it.built_in:
        many = owed.count(crm)
        return Progress(people=many, left=many)
    chosen = where(crm, it)
    with crm.database.reader() as conn:
        current = _round(crm, it)
        # read within the same state of the database as what it stands for
        asked = (chosen, current, changes.last_seq(conn))
        known = _COUNTED.get(crm)
        if known is not None and known[0] == asked and not outcomes:
            return known[1]
        states = queries.states(conn, current, chosen)
        ended = queries.outcomes(conn, current, chosen) if outcomes else {}
    people = sum(many for state, many in states.items() if state != "unwanted")
    counted = Progress(people, outcomes=ended, since=from_text(current.since), **states)
    if not outcomes:
        _COUNTED[crm] = (asked, counted)
    return counted


def left(crm: Crm, name: str, most: int = 1000) -> int:
    """How many are still to be called, counted no further than ``most``. Raises as ``page``."""
    return len(page(crm, name, limit=most).rows)


def where(crm: Crm, it: SavedFilter) -> Where:
    """The condition that a contact is on the list. Raises ``Invalid`` for a filter that means nothing any more."""
    return queries.on_list(it.id) if it.members else filtering.where(crm, LISTS, it.text)


def restart(crm: Crm, name: str) -> SavedFilter:
    """Begins a new round: everybody on the list is called once more. Raises ``NotFound``, and
    ``Conflict("worklist_built_in")`` for the one of those who are owed a call."""
    it = _changeable(crm, name)
    ensure_self(crm)
    with crm.database.transaction(crm.actor, "worklist.restart") as tx:
        tx.update("saved_filter", it.id, {"round_at": tx.now})
    return replace(it, round_at=crm.clock.now())


# --- inside -------------------------------------------------------------------------------------------------


def _changeable(crm: Crm, name: str) -> SavedFilter:
    it = get(crm, name)
    if it.built_in:
        raise Conflict("worklist_built_in", name=it.name)
    return it


def _people(crm: Crm, it: SavedFilter) -> int | None:
    try:
        chosen = where(crm, it)
    except Invalid:
        return None
    with crm.database.reader() as conn:
        return queries.count(conn, chosen)


def _round(crm: Crm, it: SavedFilter) -> queries.Round:
    ends = tuple(each.code for each in crm.process().outcomes if each.closes or each.do_not_call)
    again = to_text(it.round_at) if it.round_at else ""
    return queries.Round(to_text(it.round_at or it.created_at), ends, again)


def _first_half(
    conn: Connection,
    current: queries.Round,
    it: SavedFilter,
    chosen: Where,
    place: Place | None,
    limit: int,
) -> list[tuple[Place, int]]:
    if it.members:
        return queries.members_not_called(conn, current, it.id, place, limit)
    return queries.not_called(conn, current, chosen, place, limit)


def _rows(conn: Connection, ids: list[int], current: queries.Round) -> list[WorkRow]:
    rows, ended = contacts.rows(conn, ids), calls.last_outcomes(conn, ids)
    attempts = contacts.calls_since(conn, ids, current.since)
    return [WorkRow(rows[each], ended.get(each), attempts.get(each, 0)) for each in ids]
