"""Which list stands behind the promises of the queue, or in place of them; the next start shows a picked one again."""

from __future__ import annotations

from tuicrm import i18n
from tuicrm.domain.errors import Invalid, NotFound
from tuicrm.tui.screens import queue_words as words
from tuicrm.tui.screens.queue_deeds import QueueDeeds
from tuicrm.tui.screens.queue_words import EVERYTHING, Shown
from tuicrm.tui.widgets.safe import Rule


class QueueLists(QueueDeeds):
    """A place with the queue. ``list_title``: the line that says which list it is."""

    list_title: Rule
    _picked = EVERYTHING
    """What to go back to from what was tried in vain."""
    _recalled = False

    def show_list(self, shown: Shown) -> None:
        self.shown = shown
        self.list_title.set_title(words.title(shown))

    async def recall(self) -> None:
        """At first the list that was worked when the program was last here; one that is gone is told."""
        if self._recalled:
            return
        self._recalled = True
        from tuicrm.tui.bridge import picked

        try:
            self._picked = Shown(await self.bridge.read(picked.name))
        except NotFound as gone:
            await self.leave_list(gone)
        if not self.shown.in_vain:
            self.show_list(self._picked)

    async def leave_list(self, gone: Invalid | NotFound) -> None:
        """Tells that a worklist is not there any more, and forgets it."""
        self.say(i18n.sentence(gone), "warn")
        await self._pick(EVERYTHING)
        self.show_list(EVERYTHING)

    async def action_pick_list(self) -> None:
        """Picks the worklist that is worked behind the promises, or what was tried in vain."""
        from tuicrm.tui.dialogs.queue_picker import pick

        await pick(self, self.shown, lambda shown: self.work(self._change(shown), group="load"))

    async def action_restart_list(self) -> None:
        """Asks, and begins a new round of the worklist: everybody on it is called once more."""
        from tuicrm.tui.dialogs.queue_picker import restart

        await restart(self, self.shown, lambda: self._change(self.shown))

    def before_leaving(self) -> bool:
        """``q`` and ``Esc`` go back from what was tried in vain to the queue, with the list that was picked before."""
        if super().before_leaving():
            return True
        if not self.shown.in_vain:
            return False
        self.work(self._change(self._picked), group="load")
        return True

    async def show_in_vain(self) -> None:
        """What was tried in vain, in place of the queue."""
        await self._change(Shown(in_vain=True))

    async def _change(self, shown: Shown) -> None:
        if not shown.in_vain:
            await self._pick(shown)
        self.show_list(shown)
        # no row of the old list stays for the cursor's sake
        self.list.set_rows([])
        await self.load()
        self.list.action_first()

    async def _pick(self, shown: Shown) -> None:
        """A worklist, or none: for now, and for the next start."""
        from tuicrm.tui.bridge import picked

        self._picked = shown
        await self.bridge.write(picked.keep, shown.worklist)
