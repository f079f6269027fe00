"""What the list of calls and an open call read, each in one go, on a reader thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuicrm import told
from tuicrm.domain.deeds import Deed
from tuicrm.domain.errors import NotFound
from tuicrm.domain.models import Call, Page
from tuicrm.domain.record import record
from tuicrm.tui.screens import reads
from tuicrm.tui.widgets.cells import Scene, phone_words

if TYPE_CHECKING:
    from tuicrm.services.calls import Totals
    from tuicrm.services.context import Crm


@record
class Whole:
    """A call with all that was done to it; ``call`` is None when it is gone."""

    scene: Scene
    call: Call | None
    deeds: tuple[Deed, ...] = ()
    seen: told.Seen | None = None


def calls(crm: Crm, before: int | None, backward: bool, text: str) -> tuple[Scene, Page]:
    """Calls that fit a filter, newest first, behind the one with that id; ``backward``: before it, or the oldest."""
    from tuicrm.services import calls as service
    from tuicrm.services import filtering

    where = filtering.where(crm, "calls", text)
    page = service.recent(crm, limit=reads.PAGE, before=before, backward=backward, where=where)
    here = reads.scene(crm)
    for row in page.rows:
        phone_words(row.number, here.region)
    return here, page


def totals(crm: Crm, text: str) -> Totals:
    """How many fit a filter, and how long they took."""
    from tuicrm.services import calls as service
    from tuicrm.services import filtering

    return service.totals(crm, filtering.where(crm, "calls", text))


def fits(crm: Crm, call_id: int, text: str) -> Call | None:
    """The call as it is now, if it is there and fits the filter."""
    from tuicrm.services import calls as service
    from tuicrm.services import filtering

    return service.one(crm, call_id, filtering.where(crm, "calls", text))


def whole(crm: Crm, call_id: int) -> Whole:
    """A call and what was done to it, newest first."""
    from tuicrm.services import calls as service
    from tuicrm.services import history

    here = reads.scene(crm)
    try:
        call = service.get(crm, call_id)
    except NotFound:
        return Whole(here, None)
    done = history.of_record(crm, ("call", call_id))
    seen = told.Seen(crm.process(), crm.zone, crm.now(), crm.region(), done.names)
    phone_words(call.number, here.region)
    return Whole(here, call, done.deeds, seen)


def beside(crm: Crm, call_id: int, text: str, step: int) -> int | None:
    """The next call of the list (1), or the one before it (-1); None at its end."""
    from tuicrm.services import calls as service
    from tuicrm.services import filtering

    where = filtering.where(crm, "calls", text)
    page = service.recent(crm, limit=1, before=call_id, backward=step < 0, where=where)
    rows: tuple[Call, ...] = page.rows
    return rows[0].id if rows else None
