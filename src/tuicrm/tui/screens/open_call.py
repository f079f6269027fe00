"""An open call: all that is known of it, over the list it was opened from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message

from tuicrm import told
from tuicrm.domain.models import Call
from tuicrm.i18n import Phrase, t
from tuicrm.tui import keymap, text
from tuicrm.tui.screens import call_reads
from tuicrm.tui.screens.call_keys import CallKeys
from tuicrm.tui.screens.call_reads import Whole
from tuicrm.tui.widgets import call_lines, moments
from tuicrm.tui.widgets.card import CardPane


class CallPane(CardPane):
    """The lines of a call; ``Enter`` asks for whom it was with."""

    class Asked(Message):
        """``Enter``."""

    def action_open(self) -> None:
        self.post_message(self.Asked())


class OpenCall(CallKeys):
    """The call with that id; ``filter_text``: the list it was opened from, through which ``[ ]`` go."""

    scope = "call"
    BINDINGS: ClassVar[list[BindingType]] = keymap.bindings("opencall")
    RELOADS_ON: ClassVar[frozenset[str]] = frozenset({"contact", "call", "followup", "ticket", "process"})

    def __init__(self, call_id: int, filter_text: str = "") -> None:
        super().__init__()
        self._call_id = call_id
        self._filter = filter_text
        self._whole: Whole | None = None
        self.card = CallPane(always_full=True, id="open-call")

    def compose(self) -> ComposeResult:
        yield self.card

    @property
    def call(self) -> Call | None:
        """The call shown, None when it is gone or not read yet."""
        return self._whole.call if self._whole else None

    async def load(self) -> None:
        """Reads the call anew; it stays scrolled where it was."""
        self._whole = await self.bridge.read(call_reads.whole, self._call_id)
        self.scene = self._whole.scene
        self._show()
        self.keys_changed()

    def _show(self) -> None:
        if self._whole is None:
            return
        call, scene = self._whole.call, self._whole.scene
        if call is None:
            self.card.show_lines(
                text.blank(0), [text.phrase(t("This call is not there any more."), style="dim")]
            )
            return
        width = max(20, self.card.size.width - 2)
        lines = call_lines.whole(call, scene, width, done(self._whole))
        self.card.show_lines(call_lines.title(call, scene), lines, keep=True)

    def on_resize(self) -> None:
        self.call_after_refresh(self._show)

    async def open_card(self) -> None:
        """Whom the call was with."""
        call = self.call
        if call is not None and call.contact is not None:
            from tuicrm.tui.screens.open_card import OpenCard

            await self.crm_app.open_view(OpenCard(call.contact.id))

    async def on_call_pane_asked(self, event: CallPane.Asked) -> None:
        event.stop()
        await self.open_card()

    async def action_go(self, step: int) -> None:
        """The next call of the list, or the one before it."""
        found = await self.bridge.read(call_reads.beside, self._call_id, self._filter, step)
        if found is None:
            self.say(
                t("There is no call behind this one.") if step > 0 else t("There is no call before this one.")
            )
            return
        self._call_id = found
        self.card.action_first()
        await self.load()

    def deleted(self) -> None:
        self.close_soon()

    def relabel(self, id: str) -> Phrase | None:
        """``Enter`` opens the person."""
        words = {"record.add": t("log a past call"), "card.open": t("card")}
        return words.get(id) or super().relabel(id)

    def hidden_keys(self) -> Iterable[str]:
        person = ("card.open", "work.follow_up", "work.ticket")
        if self.call is None:
            return ("record.edit", "record.delete", "record.copy", *person)
        return () if self.call.contact else person


def done(it: Whole) -> list[Phrase]:
    """``today 09:31  sara  outcome: connected → voicemail``, newest first."""
    seen, scene = it.seen, it.scene
    if seen is None:
        return []
    return [
        t(
            "{when}  {agent}  {what}",
            when=moments.stamp(deed.at, scene.now, scene.zone),
            agent=deed.agent,
            what=told.headline(deed, seen, ("call", it.call.id if it.call else 0)),
        )
        for deed in it.deeds
    ]
