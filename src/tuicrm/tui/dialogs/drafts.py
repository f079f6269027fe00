"""What was typed and not saved: a list to go on with one, or to throw it away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget

from tuicrm.domain.models import BarDraft, PhoneCall
from tuicrm.i18n import Phrase, t
from tuicrm.tui import keymap, rows, text
from tuicrm.tui.bar import waiting
from tuicrm.tui.rows import Cell, Column, data, words
from tuicrm.tui.screens.dialog import Dialog
from tuicrm.tui.widgets import moments
from tuicrm.tui.widgets.cells import Scene, phone_words
from tuicrm.tui.widgets.record_list import RecordList

if TYPE_CHECKING:
    from tuicrm.services.context import Crm

HIGH = 8


def listed(crm: Crm) -> tuple[list[BarDraft], dict[str, str]]:
    """The agent's drafts, newest first, and the name of each one's contact by the draft's uid."""
    from tuicrm.services import contacts, drafts

    found = drafts.everything(crm)
    names: dict[str, str] = {}
    region = crm.region()
    for draft in found:
        row = contacts.row(crm, draft.contact_id) if draft.contact_id is not None else None
        names[draft.uid] = (row.name or phone_words(row.phone, region)) if row is not None else draft.who_text
    return found, names


class Drafts(Dialog[BarDraft]):
    """Dismissed with the draft to go on with, or None. ``names``: what to call the contact of each, by uid;
    ``calls``: those that wait to be written down, by the key of their draft."""

    scope = "drafts"
    BINDINGS: ClassVar[list[BindingType]] = keymap.bindings("drafts")

    def __init__(
        self,
        drafts: Sequence[BarDraft],
        names: Mapping[str, str],
        scene: Scene,
        calls: Mapping[str, PhoneCall],
    ) -> None:
        super().__init__()
        self._calls = calls
        self._names = names
        self._scene = scene
        self._list: RecordList[BarDraft] = RecordList(
            self._columns(), lambda draft: draft.uid, empty=t("No drafts.")
        )
        self._drafts = list(drafts)

    def heading(self) -> Content:
        return text.phrase(t("Drafts"), style="here")

    def rows(self) -> Iterable[Widget]:
        self._list.styles.height = max(1, min(HIGH, len(self._drafts)))
        yield self._list

    def on_mount(self) -> None:
        self._list.set_rows(self._drafts)
        self._list.focus()

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("who", self._who, 18, grow=1),
            Column("line", self._line, 30, grow=3),
            Column("when", self._when, 12, rank=1),
        )

    def _who(self, draft: BarDraft) -> Cell:
        if draft.key.startswith("form:"):
            return words(_form(draft.key), "dim")
        name = self._names.get(draft.uid, "")
        return data(name, "strong") if name else words(t("nobody yet"), "dim")

    def _line(self, draft: BarDraft) -> Cell:
        call = self._calls.get(draft.key)
        if call is None or draft.line:
            return data(draft.line or draft.who_text)
        return words(waiting.words(call, self._scene), "warn")

    def _when(self, draft: BarDraft) -> Cell:
        return rows.words(moments.ago(draft.saved_at, self._scene.now, self._scene.zone), "dim")

    def on_record_list_chosen(self, event: RecordList.Chosen) -> None:
        event.stop()
        self.dismiss(event.row)

    def action_take(self) -> None:
        self.dismiss(self._list.row)

    def action_move(self, step: int) -> None:
        self._list.move(self._list.window.cursor + step)

    async def action_drop(self) -> None:
        """Throws the selected draft away; of a call that was held it asks first, for nothing brings that back."""
        from tuicrm.tui.bridge import drafts

        draft = self._list.row
        if draft is None:
            return
        if draft.key in self._calls:
            await self._ask_of(draft)
            return
        await self.crm_app.bridge.write(drafts.drop, draft.uid)
        await self.crm_app.bar.drafts.count()
        self._take_out(draft)

    async def _ask_of(self, draft: BarDraft) -> None:
        from tuicrm.tui.dialogs.confirm import Confirm

        async def answered(yes: bool | None) -> None:
            if yes:
                await self.crm_app.bar.drafts.let_go(self._calls[draft.key])
                self._take_out(draft)

        name = self._names.get(draft.uid) or t("somebody")
        question = t("Leave the call with {name} unlogged? It is in no list then.", name=name)
        await self.app.push_screen(Confirm(question), answered)

    def _take_out(self, draft: BarDraft) -> None:
        self._list.take_out(draft.uid)
        if not self._list.rows:
            self.dismiss(None)


def _form(key: str) -> Phrase:
    """Into which form a draft was typed."""
    if key.startswith("form:call/"):
        return t("call form")
    return t("follow-up form") if key.startswith("form:followup/") else t("contact form")
