"""What the agenda reads, each in one go, on a reader thread."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from tuicrm.domain.models import FollowUp, Page
from tuicrm.domain.record import record
from tuicrm.tui.screens import reads
from tuicrm.tui.widgets.agenda_cells import day_of
from tuicrm.tui.widgets.cells import Scene

if TYPE_CHECKING:
    from tuicrm.services.agenda import Totals
    from tuicrm.services.context import Crm


@record
class Part:
    """A page, the days it shows with how many stand under each, counted to one more than ``most``, and whether those
    before the first row are more."""

    scene: Scene
    page: Page
    days: Mapping[date, int]
    most: int
    before: bool = False


def part(crm: Crm, after: FollowUp | None, backward: bool, text: str) -> Part:
    """Follow-ups that fit, behind one where it stood; ``backward``: before it, or the last ones."""
    from tuicrm.services import agenda

    page = agenda.page(crm, text, limit=reads.PAGE, after=after, backward=backward)
    return _counted(crm, text, page, before=False)


def around(crm: Crm, row: FollowUp, text: str) -> Part:
    """Those before and behind one where it stood, and it if it still stands there."""
    from tuicrm.services import agenda

    before = agenda.page(crm, text, limit=reads.PAGE, after=row, backward=True)
    after = agenda.page(crm, text, limit=reads.PAGE, after=row)
    now = agenda.one(crm, row.id, text)
    own = (now,) if now is not None and now.due_key == row.due_key else ()
    page = Page((*before.rows, *own, *after.rows), after.more)
    return _counted(crm, text, page, before=before.more)


def _counted(crm: Crm, text: str, page: Page, *, before: bool) -> Part:
    from tuicrm.services import agenda

    here = reads.scene(crm)
    days = agenda.day_counts(crm, {day_of(row, here) for row in page.rows}, text)
    return Part(here, page, days, agenda.DAY_MOST, before)


def totals(crm: Crm, text: str) -> Totals:
    """The whole list in numbers."""
    from tuicrm.services import agenda

    return agenda.totals(crm, text)
