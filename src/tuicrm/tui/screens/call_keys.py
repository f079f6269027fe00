"""What is done to one call, in the list and in an open one: edit by a line, delete, log another."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from tuicrm.domain.models import Call, ContactRow
from tuicrm.i18n import t
from tuicrm.tui.screens import reads
from tuicrm.tui.screens.person_keys import PersonKeys, bindings
from tuicrm.tui.widgets import cells, moments


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

        def edited(now: Call | None) -> None:
            if now is not None:
                self.work(self._tell_changed(now, outcome=now.outcome != call.outcome))

        await self.app.push_screen(CallForm(call, cells.call_with(call, scene)), edited)

    async def _tell_changed(self, call: Call, *, outcome: bool) -> None:
        """``outcome``: it has another one, by which it would have promised something else."""
        from tuicrm.tui.bridge import calls

        stays = await self.bridge.read(calls.still_promised, call) if outcome else ()
        scene = self.scene
        if stays and scene is not None:
            due = moments.due_words(moments.due_in(stays[0], scene.zone), scene.now.date())
            self.say(t("Call changed. What it promised stays: {due}.", due=due), undo=True)
        else:
            self.say(t("Call changed."), undo=True)
        await self.crm_app.listener.look()

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
