"""The agenda: what is promised, by due, as far as a filter chooses it; what is open, unless that asks for a state."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from tuicrm.domain.filter_values import Meant
from tuicrm.domain.models import FollowUp, Page
from tuicrm.domain.people_order import MOST_AT_ONCE
from tuicrm.domain.record import record
from tuicrm.services import filtering
from tuicrm.services.context import Crm
from tuicrm.services.today import moment
from tuicrm.storage.instants import to_text
from tuicrm.storage.queries import agenda
from tuicrm.storage.queries.filtered import compiled

MOST_COUNTED: Final = 20_000
"""Follow-ups that the line above the list counts, so that no key press reads a million."""
DAY_MOST: Final = 999
"""Follow-ups of one day that its heading counts."""


@record
class Totals:
    """``follow_ups``: how many fit; of the open ones ``waiting`` for their reminder, of the others ``overdue`` and due
    ``today``, by the rule of the queue. ``more``: there are more than were counted."""

    follow_ups: int
    overdue: int
    today: int
    waiting: int
    more: bool


def page(
    crm: Crm, text: str = "", *, limit: int = 100, after: FollowUp | None = None, backward: bool = False
) -> Page:
    """Follow-ups by due, behind ``after`` where it stood, or before it; from an end without one. Raises ``Invalid``."""
    chosen = _chosen(crm, text)
    place = None if after is None else agenda.place(after)
    with crm.database.reader() as conn:
        found = agenda.page(conn, chosen, after=place, backward=backward, limit=limit + 1)
    more = len(found) > limit
    if more:
        found = found[1:] if backward else found[:limit]
    return Page(tuple(found), more)


def one(crm: Crm, follow_up_id: int, text: str = "") -> FollowUp | None:
    """The follow-up as it is now, if it fits the filter."""
    with crm.database.reader() as conn:
        return agenda.one(conn, _chosen(crm, text), follow_up_id)


def ids(crm: Crm, text: str = "", *, between: tuple[FollowUp, FollowUp] | None = None) -> list[int]:
    """The ids of those that fit, or of those from one to another; never more than can be dealt with at once."""
    places = None if between is None else (agenda.place(between[0]), agenda.place(between[1]))
    with crm.database.reader() as conn:
        return agenda.ids(conn, _chosen(crm, text), limit=MOST_AT_ONCE + 1, between=places)


def day_counts(crm: Crm, days: Iterable[date], text: str = "") -> dict[date, int]:
    """How many stand under each of these days, counted to one more than ``DAY_MOST``."""
    chosen = _chosen(crm, text)
    with crm.database.reader() as conn:
        return {
            day: agenda.in_span(
                conn,
                chosen,
                _midnight(crm, day),
                _midnight(crm, day + timedelta(days=1)),
                DAY_MOST + 1,
            )
            for day in days
        }


def totals(crm: Crm, text: str = "") -> Totals:
    """The whole list in numbers. Raises ``Invalid``."""
    at = moment(crm)
    with crm.database.reader() as conn:
        found = agenda.counted(conn, _chosen(crm, text), at, most=MOST_COUNTED + 1)
    return Totals(
        min(found.all, MOST_COUNTED), found.late, found.today, found.waiting, found.all > MOST_COUNTED
    )


def _chosen(crm: Crm, text: str) -> agenda.Chosen:
    terms = filtering.meant(crm, "followups", text)
    return agenda.Chosen(_state(terms), compiled("followups", terms))


def _state(terms: Sequence[Meant]) -> agenda.State:
    """Open ones, unless a state is asked for: then what the filter says, by the index of the closed where it can be."""
    asked = [term for each in terms for term in _flat(each) if term.key == "state"]
    if not asked:
        return "open"
    if any(term.negated or "open" in term.options for term in asked) or len(asked) > 1:
        return "any"
    return "closed"


def _flat(term: Meant) -> list[Meant]:
    """A term, and those of the saved filters that it names."""
    return [term, *(found for inner in term.inner for each in inner for found in _flat(each))]


def _midnight(crm: Crm, day: date) -> str:
    return to_text(datetime.combine(day, time(), crm.zone))
