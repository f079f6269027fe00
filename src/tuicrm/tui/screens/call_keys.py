"""What is done to one call, in the list and in an open one: edit by a line, delete, log another."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from tuicrm.domain.models import Call, ContactRow
from tuicrm.i18n import t
from tuicrm.tui.screens import reads
from tuicrm.tui.screens.person_keys import PersonKeys, bindings
from tuicrm.tui.widgets import cells


class CallKeys(PersonKeys):
    """A place in which a call is selected or open."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("record.edit", "record.delete")

    @property
    def call(self) -> Call | None:
        """The call selected now."""
        raise NotImplementedError

    async def person(self) -> ContactRow | None:
        """The call's contact as it is now."""
        call = self.call
        if call is None or call.contact is None:
            return None
        return await self.bridge.read(reads.person, call.contact.id)

    def selected_record(self) -> tuple[str, int] | None:
        """The call itself, not whom it was with."""
        return ("call", self.call.id) if self.call else None

    async def action_copy(self) -> None:
        """The number of whom it was with; without a contact the one that the call was with."""
        call, scene = self.call, self.scene
        if call is None or scene is None or call.contact is not None or not call.number:
            await super().action_copy()
            return
        from tuicrm.tui import copying

        shown = cells.phone_words(call.number, scene.region)
        await copying.copy(self, call.number, t("Copied {number}.", number=shown))

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
        self.deleted()

    def deleted(self) -> None:
        """The call is gone: an open one closes."""
