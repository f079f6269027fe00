"""Calls: what was said? Every interaction, newest first; the selected one in full beside or beneath the list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical

from tuicrm.domain.models import Call, ContactRow, Page
from tuicrm.i18n import Phrase, t
from tuicrm.tui.rows import Column
from tuicrm.tui.screens import reads
from tuicrm.tui.screens.base import Changed
from tuicrm.tui.screens.people import PeoplePlace
from tuicrm.tui.screens.person_keys import bindings
from tuicrm.tui.widgets import call_lines, cells
from tuicrm.tui.widgets.card import CardPane
from tuicrm.tui.widgets.cells import Scene
from tuicrm.tui.widgets.record_list import RecordList
from tuicrm.tui.widgets.split import Split


def row_key(row: Call) -> int:
    return row.id


class CallsPlace(PeoplePlace):
    """The third place."""

    scope = "calls"
    BINDINGS = bindings("record.edit", "record.delete", "record.search")
    RELOADS_ON: ClassVar[frozenset[str]] = frozenset({"contact", "call", "followup", "ticket", "process"})

    def __init__(self) -> None:
        super().__init__()
        self.list: RecordList[Call] = RecordList((), row_key, self._page, id="calls")
        self.list.window.stays_at_start = True
        self.card = CardPane(classes="card-side")
        self.split = Split(Vertical(self.list, classes="list-side"), self.card)

    def compose(self) -> ComposeResult:
        yield self.split

    @property
    def call(self) -> Call | None:
        """The selected call."""
        return self.list.row

    async def person(self) -> ContactRow | None:
        """The selected call's contact as it is now."""
        call = self.call
        if call is None or call.contact is None:
            return None
        return await self.bridge.read(reads.person, call.contact.id)

    def person_id(self) -> int | None:
        call = self.call
        return call.contact.id if call and call.contact else None

    # --- reading --------------------------------------------------------------------------------------------

    async def load(self) -> None:
        if self.list.row is None or self.list.window.top == 0:
            await self.list.reload()
        self.want_card()

    async def on_changed(self, changed: Changed) -> None:
        """New calls come at the top; those that changed are read again where they stand."""
        for entity, record_id in changed:
            if entity == "call" and self.list.find(record_id) is not None:
                call = await self.bridge.read(reads.call, record_id)
                if call is None:
                    self.list.take_out(record_id)
                else:
                    self.list.patch(call)
        await self.load()

    async def _page(self, row: Call | None, backward: bool) -> Page:
        scene, page = await self.bridge.read(reads.calls, row.id if row else None, backward)
        self.look(scene)
        return page

    def columns(self, scene: Scene) -> Sequence[Column]:
        return cells.call_columns(scene)

    def look(self, scene: Scene) -> None:
        super().look(scene)
        self.list.set_empty(t("No calls yet. l logs one."))

    # --- the call in full -----------------------------------------------------------------------------------

    async def load_card(self) -> None:
        """The call itself, every fact of it; not the person's card, which ``Enter`` opens."""
        call, scene = self.call, self.scene
        if scene is None:
            return
        if call is None:
            self.card.show_lines(*call_lines.nothing())
            return
        width = max(20, self.card.size.width - 2)
        self.card.show_lines(call_lines.title(call, scene), call_lines.full(call, scene, width))

    # --- keys -----------------------------------------------------------------------------------------------

    async def action_add(self) -> None:
        """A call that was held already: the bar, which asks who and takes ``-9:40`` for when."""
        await self.crm_app.bar.open_finder()

    async def action_edit(self) -> None:
        """A line that says what was different: tokens, or a new note."""
        call, scene = self.call, self.scene
        if call is None or scene is None:
            return
        from tuicrm.tui.dialogs.call_form import CallForm

        await self.app.push_screen(CallForm(call, cells.call_with(call, scene)), self._edited)

    def _edited(self, call: Call | None) -> None:
        if call is not None:
            self.say(t("Call changed."), undo=True)
            self.work(self.crm_app.listener.look())

    async def action_delete(self) -> None:
        """Asks, then takes the call out of every list."""
        call, scene = self.call, self.scene
        if call is None or scene is None:
            return
        from tuicrm.tui.dialogs.confirm import Confirm

        def answered(yes: bool | None) -> None:
            if yes:
                self.work(self._delete(call))

        named = cells.call_with(call, scene) or t("nobody")
        question = t(
            "Delete the call with {name}? What it set in motion stays; u brings it back.", name=named
        )
        await self.app.push_screen(Confirm(question), answered)

    async def _delete(self, call: Call) -> None:
        from tuicrm.tui.bridge import calls

        await self.bridge.write(calls.delete, call.id)
        self.say(t("Call deleted."), undo=True)
        await self.crm_app.listener.look()

    def relabel(self, id: str) -> Phrase | None:
        """``a`` logs a call here, and ``Enter`` opens the person."""
        words = {"record.add": t("log a past call"), "list.open": t("card")}
        return words.get(id) or super().relabel(id)

    def hidden_keys(self) -> Iterable[str]:
        if self.call is None:
            return ("list.open", "record.copy", "record.edit", "record.delete")
        return () if self.call.contact else ("list.open", "record.copy")
