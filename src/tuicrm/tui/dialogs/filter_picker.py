"""The filters under a name: one is taken, renamed or deleted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from tuicrm.domain.saved_filter import SavedFilter
from tuicrm.i18n import Phrase, t
from tuicrm.tui import keymap
from tuicrm.tui.dialogs.picker import Option, Picker


def option(it: SavedFilter) -> Option[SavedFilter]:
    """A line of the picker: the name, and what it says."""
    what = it.text or t("by names")
    whose = t("{filter}  everybody's", filter=what) if it.agent is None else t("{filter}", filter=what)
    return Option(it, "", it.name, whose)


def _changed(before: SavedFilter, it: SavedFilter) -> Phrase:
    if it.agent == before.agent:
        return t("Renamed to {name}.", name=it.name)
    if it.agent is None:
        return t("{name} is everybody's now.", name=it.name)
    return t("{name} is yours alone now.", name=it.name)


class FilterPicker(Picker[SavedFilter]):
    """Dismissed with the filter that was taken, or None."""

    scope = "savedfilters"
    BINDINGS: ClassVar[list[BindingType]] = keymap.bindings("savedfilters")

    def __init__(self, filters: Sequence[SavedFilter]) -> None:
        super().__init__(t("Saved filters"), [option(it) for it in filters])

    def action_rename(self) -> None:
        """Asks for another name, and whose it is."""
        from tuicrm.tui.dialogs.filter_form import RenameFilter

        it = self.lit_value
        if it is not None:
            self.app.push_screen(RenameFilter(it), self._renamed)

    def _renamed(self, it: SavedFilter | None) -> None:
        if it is None:
            return
        before = next((one.value for one in self._options if one.value.id == it.id), it)
        self.put_in(it.id, option(it))
        self.crm_app.say(_changed(before, it), undo=True)

    def action_drop(self) -> None:
        """Deletes the lit one; ``u`` brings it back."""
        it = self.lit_value
        if it is not None:
            self.crm_app.work(self._drop(it), owner=self, group="drop")

    async def _drop(self, it: SavedFilter) -> None:
        from tuicrm.tui.bridge import saved_filters

        await self.crm_app.bridge.write(saved_filters.delete, it.id)
        self.put_in(it.id, None)
        self.crm_app.say(t("Deleted the filter {name}.", name=it.name), undo=True)
        if not self._options:
            # an empty list has nothing to take, and stands over the message
            self.dismiss(None)

    @property
    def lit_value(self) -> SavedFilter | None:
        """The filter that is lit."""
        return self._fitting[self._lit].value if self._fitting else None

    def put_in(self, filter_id: int, new: Option[SavedFilter] | None) -> None:
        """Another line for that filter; None takes it out."""
        changed = [(new if one.value.id == filter_id else one) for one in self._options]
        self._options = tuple(one for one in changed if one is not None)
        self._fitting = self._options
        self._lit = min(self._lit, max(0, len(self._fitting) - 1))
        self._show()
