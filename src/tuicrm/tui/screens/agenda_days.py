"""What is known of the days that the agenda shows: how many each has, and whether anything closed is among them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tuicrm.i18n import Phrase
from tuicrm.tui.widgets import agenda_cells
from tuicrm.tui.widgets.cells import Scene

if TYPE_CHECKING:
    from tuicrm.domain.models import FollowUp
    from tuicrm.tui.screens.agenda_reads import Part


class AgendaDays:
    """Learns from each part of the list that is read; what is shown anew begins without any."""

    def __init__(self) -> None:
        self._many: dict[date, int] = {}
        self._most = 0
        self.closed_too = False
        """Whether anything that is not open was among what was read."""

    def forget(self) -> None:
        self._many.clear()
        self.closed_too = False

    def take(self, part: Part) -> bool:
        """Takes over what a part tells; True when a day has more or fewer now than was told before."""
        other = any(self._many.get(day, many) != many for day, many in part.days.items())
        self._many.update(part.days)
        self._most = part.most
        self.closed_too |= any(row.state != "open" for row in part.page.rows)
        return other

    def heading(self, row: FollowUp, scene: Scene) -> Phrase:
        """The line above the first row of a day."""
        on = agenda_cells.day_of(row, scene)
        return agenda_cells.day_heading(on, scene, self._many.get(on), self._most)
