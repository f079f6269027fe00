"""A list that one goes through by days: each day is a filter, written into the search line."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from tuicrm.domain.errors import Invalid
from tuicrm.tui.screens.filter_words import written_days
from tuicrm.tui.screens.saved_filters import HasFilters

if TYPE_CHECKING:
    from tuicrm.services.context import Crm


def days_of(crm: Crm, what: str, filter_text: str) -> tuple[date, date] | None:
    """The first and the last day that a filter is about; None when it is about all or has no end."""
    from tuicrm.services import filter_days

    try:
        return filter_days.of_filter(crm, what, filter_text)
    except Invalid:
        return None


class ByDays(HasFilters):
    """``DAY``: the key of the filter that says the day."""

    DAY: ClassVar[str]

    def shown_day(self) -> date:
        """The day of what is selected, else today."""
        raise NotImplementedError

    def show(self, filter_text: str) -> None:
        """What a key writes into the search line is shown at once."""
        self.searching.put(filter_text)
        self.to_list()

    async def action_day(self, step: int) -> None:
        """The day before (-1) or after; of a week the week. Without days: the one of what is selected."""
        what, filter_text = self.searching.what, self.searching.text
        found = await self.bridge.read(days_of, what, filter_text)
        if found is None:
            first = last = self.shown_day()
        else:
            by = timedelta(days=((found[1] - found[0]).days + 1) * step)
            first, last = found[0] + by, found[1] + by
        self.show(written_days(self.searching.text, what, self.DAY, first, last))
