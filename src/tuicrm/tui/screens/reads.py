"""What a place reads in one go, on a reader thread: its records and the ``Scene`` they are shown in.

Each function takes the ``Crm`` first, like a service, and asks services only. Numbers are put into their
national form here too: the first one loads their plans for 20 ms, which the event loop must not wait for.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from tuicrm.domain.errors import NotFound
from tuicrm.domain.models import Call, Card, Contact, ContactRow, Page, TodayCounts, TodayRow
from tuicrm.domain.people_order import Key, Order
from tuicrm.domain.record import record
from tuicrm.tui.widgets.cells import Scene, phone_words

if TYPE_CHECKING:
    from tuicrm.domain.worklist import Progress, Worklist
    from tuicrm.services.context import Crm

QUEUE: Final = 200
PAGE: Final = 100
FOUND: Final = 200
"""People a search shows at most: more is a question put too widely."""
NONE_YET: Final = TodayCounts(0, 0, 0, 0)


@record
class Day:
    """Today in one read. ``anybody``: whether there is any contact at all; ``progress``: of the worklist;
    ``lists``: whether there are worklists, asked where nobody stands in the queue."""

    scene: Scene
    counts: TodayCounts
    rows: tuple[TodayRow, ...]
    anybody: bool
    progress: Progress | None = None
    lists: bool = False


def scene(crm: Crm) -> Scene:
    """The moment, the zone, the process in force and the country of numbers."""
    return Scene(crm.now(), crm.zone, crm.process(), crm.region(), crm.me)


def day(crm: Crm, worklist: str = "", *, in_vain: bool = False) -> Day:
    """The queue with its counts; with the worklist of that name, if there is one; or what was tried in vain."""
    from tuicrm.services import contacts, today

    progress = None
    queue = today.exhausted(crm, limit=QUEUE) if in_vain else today.queue(crm, worklist=worklist, limit=QUEUE)
    if worklist:
        from tuicrm.services import worklists

        progress = worklists.progress(crm, worklist)
    here = scene(crm)
    _number_forms((row.contact for row in queue), here)
    anybody = bool(queue) or contacts.count(crm, 1) > 0
    return Day(here, today.counts(crm), tuple(queue), anybody, progress, not queue and _worklists(crm))


def _worklists(crm: Crm) -> bool:
    # asked seldom: the language of filters is not loaded for who has promises to keep
    from tuicrm.services import saved_filters

    return bool(saved_filters.page(crm, "contacts"))


def called_since(crm: Crm, contact: ContactRow) -> Call | None:
    """The last call with somebody, if it was held after their row was read."""
    from tuicrm.services import today

    return today.called_since(crm, contact)


def worklist_choices(crm: Crm) -> tuple[list[Worklist], int]:
    """The worklists one may use, and how much was tried in vain."""
    from tuicrm.services import today, worklists

    return worklists.lists(crm), today.counts(crm).exhausted


def card(crm: Crm, contact_id: int, calls: int | None = None) -> tuple[Scene, Card | None]:
    """A contact's card with so many calls, else the usual few; None when there is no such contact any more."""
    from tuicrm.services import contacts

    here = scene(crm)
    try:
        found = contacts.card(crm, contact_id, calls_limit=calls or contacts.CALLS)
    except NotFound:
        return here, None
    for phone in found.contact.phones:
        phone_words(phone.e164 or phone.raw, here.region)
    return here, found


def person(crm: Crm, contact_id: int) -> ContactRow | None:
    """The list line of a contact; None when it is gone."""
    from tuicrm.services import contacts

    return contacts.row(crm, contact_id)


def people(crm: Crm, after: Key | None, backward: bool, order: Order, text: str = "") -> tuple[Scene, Page]:
    """A page of contacts in an order, after (or before) the line with that key; ``text``: of a filter, only those."""
    return scene(crm), _people(crm, after, backward, order, text)


def people_around(crm: Crm, place: int | Key, order: Order, text: str = "") -> tuple[Page, Page]:
    """The contacts before a place in an order, and those from it on: that of the contact with an id, or a key."""
    return _people(crm, place, True, order, text), _people(crm, place, False, order, text, inclusive=True)


def _people(
    crm: Crm, place: int | Key | None, backward: bool, order: Order, text: str, *, inclusive: bool = False
) -> Page:
    from tuicrm.services import contacts, find

    page = contacts.page(
        crm,
        after=place,
        limit=PAGE,
        backward=backward,
        order=order,
        inclusive=inclusive,
        where=find.conditions(crm, text),
    )
    rows = contacts.with_today(crm, page.rows)
    _number_forms(rows, scene(crm))
    return Page(tuple(rows), page.more)


def found(crm: Crm, query: str) -> tuple[Scene, list[ContactRow]]:
    """Who fits what is typed, best first."""
    from tuicrm.services import contacts, find

    rows = contacts.with_today(crm, find.filtered(crm, query, limit=FOUND))
    here = scene(crm)
    _number_forms(rows, here)
    return here, rows


def marked_between(crm: Crm, first: Key, last: Key, order: Order, most: int, text: str = "") -> list[int]:
    """The ids of the contacts from one line of the list to another, at most so many."""
    from tuicrm.services import contacts, find

    where = find.conditions(crm, text)
    return contacts.ids(crm, limit=most, order=order, between=(first, last), where=where)


def everybody(crm: Crm, most: int, text: str = "") -> list[int]:
    """The ids of all contacts, or of those that fit a filter, at most so many."""
    from tuicrm.services import contacts, find

    return contacts.ids(crm, limit=most, where=find.conditions(crm, text))


def editable(crm: Crm, contact_id: int) -> tuple[Contact, str]:
    """A contact with one's own private note, for a form."""
    from tuicrm.services import contacts

    card = contacts.card(crm, contact_id, calls_limit=1)
    return card.contact, card.private_note


def handles(crm: Crm) -> list[str]:
    """Who works here."""
    from tuicrm.services import agents

    found = [agent.handle for agent in agents.everyone(crm) if agent.active]
    return found if crm.me in found else [*found, crm.me]


def colleagues(crm: Crm) -> list[tuple[str, str]]:
    """Who works here: the handle, and the name, ``""`` for one without."""
    from tuicrm.services import agents

    found = [(agent.handle, agent.name) for agent in agents.everyone(crm) if agent.active]
    return found if any(handle == crm.me for handle, _ in found) else [*found, (crm.me, "")]


def agent_word(handle: str, name: str) -> str:
    """``Reza Kiani``: what an agent is called in a sentence; ``@reza`` for one without a name."""
    return name or f"@{handle}"


def handle_and_name(handle: str, name: str) -> str:
    """``@reza  Reza Kiani``: who works here as lists of them say it; the handle alone for one without a name."""
    return f"@{handle}  {name}" if name else f"@{handle}"


def _number_forms(rows: Iterable[ContactRow], here: Scene) -> None:
    """Fills the cache of national forms, so that painting finds them ready."""
    for row in rows:
        phone_words(row.phone, here.region)
