"""What a place reads in one go, on a reader thread: its records and the ``Scene`` they are shown in.

Each function takes the ``Crm`` first, like a service, and asks services only. Numbers are put into their
national form here too: the first one loads their plans for 20 ms, which the event loop must not wait for.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from tuicrm.domain.errors import NotFound
from tuicrm.domain.models import Call, Card, ContactRow, Page, TodayCounts, TodayRow
from tuicrm.domain.record import record
from tuicrm.tui.widgets.cells import Scene, phone_words

if TYPE_CHECKING:
    from tuicrm.services.context import Crm

QUEUE: Final = 200
PAGE: Final = 100
FOUND: Final = 200
"""People a search shows at most: more is a question put too widely."""
NONE_YET: Final = TodayCounts(0, 0, 0, 0)


@record
class Day:
    """Today in one read. ``anybody``: whether there is any contact at all."""

    scene: Scene
    counts: TodayCounts
    rows: tuple[TodayRow, ...]
    anybody: bool


def scene(crm: Crm) -> Scene:
    """The moment, the zone, the process in force and the country of numbers."""
    return Scene(crm.now(), crm.zone, crm.process(), crm.region())


def day(crm: Crm) -> Day:
    """The queue with its counts."""
    from tuicrm.services import contacts, today

    rows = today.queue(crm, limit=QUEUE)
    here = scene(crm)
    _number_forms((row.contact for row in rows), here)
    return Day(here, today.counts(crm), tuple(rows), bool(rows) or contacts.count(crm, 1) > 0)


def card(crm: Crm, contact_id: int) -> tuple[Scene, Card | None]:
    """A contact's card; None when there is no such contact any more."""
    from tuicrm.services import contacts

    here = scene(crm)
    try:
        found = contacts.card(crm, contact_id)
    except NotFound:
        return here, None
    for phone in found.contact.phones:
        phone_words(phone.e164 or phone.raw, here.region)
    return here, found


def person(crm: Crm, contact_id: int) -> ContactRow | None:
    """The list line of a contact; None when it is gone."""
    from tuicrm.services import contacts

    return contacts.row(crm, contact_id)


def people(crm: Crm, after: int | None, backward: bool) -> tuple[Scene, Page]:
    """A page of contacts by name, after (or before) the one with that id."""
    from tuicrm.services import contacts

    page = contacts.page(crm, after=after, limit=PAGE, backward=backward)
    here = scene(crm)
    _number_forms(page.rows, here)
    return here, page


def people_around(crm: Crm, contact_id: int) -> tuple[Page, ContactRow | None, Page]:
    """The contacts before one, that one (None: it is gone), and those after it, by name."""
    from tuicrm.services import contacts

    before = contacts.page(crm, after=contact_id, limit=PAGE, backward=True)
    after = contacts.page(crm, after=contact_id, limit=PAGE)
    row = contacts.row(crm, contact_id)
    here = scene(crm)
    _number_forms([*before.rows, *after.rows], here)
    return before, row if row is not None and row.id == contact_id else None, after


def found(crm: Crm, query: str) -> tuple[Scene, list[ContactRow]]:
    """Who fits what is typed, best first."""
    from tuicrm.services import find

    rows = find.find(crm, query, limit=FOUND)
    here = scene(crm)
    _number_forms(rows, here)
    return here, rows


def calls(crm: Crm, before: int | None, backward: bool) -> tuple[Scene, Page]:
    """Calls newest first, older than the one with that id; ``backward``: newer than it, or the oldest."""
    from tuicrm.services import calls as service

    page = service.recent(crm, limit=PAGE, before=before, backward=backward)
    here = scene(crm)
    _call_forms(page.rows, here)
    return here, page


def call(crm: Crm, call_id: int) -> Call | None:
    """One call; None when it was deleted."""
    from tuicrm.services import calls as service

    try:
        found = service.get(crm, call_id)
    except NotFound:
        return None
    return found if found.deleted_at is None else None


def _number_forms(rows: Iterable[ContactRow], here: Scene) -> None:
    """Fills the cache of national forms, so that painting finds them ready."""
    for row in rows:
        phone_words(row.phone, here.region)


def _call_forms(rows: Iterable[Call], here: Scene) -> None:
    for row in rows:
        phone_words(row.number, here.region)
