"""The search line of a list, and filters under a name: saved, picked, renamed, deleted."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import BindingType

from tuicrm.domain.filters import said
from tuicrm.domain.saved_filter import SavedFilter
from tuicrm.i18n import t
from tuicrm.tui import keymap
from tuicrm.tui.screens.base import Place
from tuicrm.tui.widgets.search_row import SearchRow

if TYPE_CHECKING:
    from tuicrm.services.context import Crm

REST_S: Final = 0.3
"""What is listed is counted when nothing has been typed for so long."""


def own(crm: Crm, what: str) -> list[SavedFilter]:
    """The filters that may be used here."""
    from tuicrm.services import saved_filters

    return saved_filters.page(crm, what)


class HasSearch(Place):
    """A place with a search line above its list."""

    searching: SearchRow

    def to_list(self) -> None:
        """Out of the search line, into the list; at once, so that the next key finds it there."""
        self.screen.set_focus(self.first_focus())

    async def action_search(self) -> None:
        """Into the search line; what stands there is selected, so that what is typed begins anew."""
        self.screen.set_focus(self.searching.line)
        self.searching.line.action_select_all()


class HasFilters(HasSearch):
    """A place whose list is narrowed by a filter, which may be one of those under a name."""

    BINDINGS: ClassVar[list[BindingType]] = keymap.bindings("filter")
    _counted = _waiting = False
    _counting: str | None = None
    """The filter whose list is counted."""

    def count(self) -> None:
        """Says how many there are, once the typing rests; at first at once. Until then no other list's number stands
        there."""
        if self.searching.text != self._counting:
            self._counting = self.searching.text
            self.searching.untell()
        elif self._waiting:
            # begun anew by every change, a list that others work on would never be counted
            return
        self._waiting = True
        self.work(self._count_at_rest(), group="totals", exclusive=True)

    async def _count_at_rest(self) -> None:
        if self._counted:
            await asyncio.sleep(REST_S)
        self._counted, self._waiting = True, False
        await self.tell_totals(self.searching.text)

    async def tell_totals(self, filter_text: str) -> None:
        """Counts what the filter chooses, and says it beside the search line."""
        raise NotImplementedError

    async def action_save_filter(self) -> None:
        """Asks for the name under which what is shown now is found again."""
        from tuicrm.tui.dialogs.filter_form import FilterForm

        if not self.searching.text:
            self.say(t("There is no filter to save: type one into the search first."), "warn")
            return
        await self.app.push_screen(FilterForm(self.searching.what, self.searching.text), self._saved)

    def _saved(self, it: SavedFilter | None) -> None:
        if it is not None:
            words = {"name": it.name, "filter": said("saved", it.name)}
            done = t("Saved as {name}: {filter}", **words)
            if it.replaced:
                done = t("Saved as {name}, in place of {old}: {filter}", old=it.replaced, **words)
            self.say(done, undo=True)
            self.work(self.crm_app.listener.look())

    async def action_pick_filter(self) -> None:
        """One of the saved filters takes the place of what is shown."""
        from tuicrm.tui.dialogs.filter_picker import FilterPicker

        found = await self.bridge.read(own, self.searching.what)
        if not found:
            self.say(
                t("No filter is saved yet. Type one into the search; the menu (.) saves it, by W."), "warn"
            )
            return
        await self.app.push_screen(FilterPicker(found), self._chosen)

    def _chosen(self, it: SavedFilter | None) -> None:
        if it is not None:
            self.searching.put(said("saved", it.name) if it.members else it.text)
            self.screen.set_focus(self.first_focus())
