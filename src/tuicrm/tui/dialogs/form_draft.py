"""What is typed into a form and not saved yet: written down soon, there again when the form is opened next."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from tuicrm.domain.models import BarDraft
from tuicrm.i18n import Phrase, t
from tuicrm.tui import keymap
from tuicrm.tui.widgets import moments

if TYPE_CHECKING:
    from textual.timer import Timer

    from tuicrm.tui.dialogs.form import Form

SOON: Final = 0.3
"""Seconds from a change to its draft."""


class FormDraft:
    """The draft of one form. Only the fields that differ are in it, so that it never undoes what another person
    changed meanwhile. A form without ``draft_key`` keeps none."""

    def __init__(self, form: Form[Any]) -> None:
        self._form = form
        self._uid = uuid.uuid4().hex
        self._timer: Timer | None = None
        self._saved = False
        self.over = False
        """Whether the form is saved or left: nothing is written any more."""
        self.facts_at_first: Mapping[str, Any] = {}
        """What the form remembered beside its texts before a draft was taken up."""

    async def take_up(self) -> Phrase:
        """Puts into the fields what was typed and left before, and tells of it; never over what is being typed now.
        Empty when there is nothing."""
        form = self._form
        if not form.draft_key():
            return Phrase()
        from tuicrm.tui.bridge import drafts

        bridge = form.crm_app.bridge
        draft: BarDraft | None = await bridge.read(drafts.take, form.draft_key())
        if draft is None or form.changed():
            return Phrase()
        self._uid = draft.uid
        self.facts_at_first = form.facts()
        form.take_facts(draft.facts)
        for name, value in draft.facts.get("fields", {}).items():
            if name in form.texts():
                await form.lines.put(name, value)
        crm = await bridge.crm()
        since = moments.stamp_short(draft.saved_at, crm.now(), crm.zone)
        cap = keymap.cap(keymap.key("form.anew"))
        return t("This is your draft from {time}, not saved yet. {key} begins anew.", time=since, key=cap)

    def soon(self) -> None:
        """Something was typed."""
        if self._timer is None:
            self._timer = self._form.set_timer(SOON, self._write_now)

    def left(self) -> None:
        """The form is left: what stands there now is kept."""
        self.over = True
        self._write_now()

    def saved(self) -> None:
        """The record is written: no draft is wanted any more, not even one that is just being written."""
        self.over = self._saved = True
        self._stop()
        self._form.crm_app.work(self._drop(), group="draft")

    def _write_now(self) -> None:
        self._stop()
        self._form.crm_app.work(self._write(), group="draft")

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    async def _write(self) -> None:
        form = self._form
        typed = form.changed()
        if not form.draft_key() or not form.worth_keeping(typed):
            await self._drop()
            return
        from tuicrm.tui.bridge import drafts

        bridge = form.crm_app.bridge
        crm = await bridge.crm()
        if self._saved:
            return
        facts: dict[str, Any] = {"fields": typed, **form.facts()}
        draft = BarDraft(
            self._uid, crm.me, form.draft_key(), form.draft_name(), None, "", facts, crm.clock.now()
        )
        await bridge.write(drafts.put, draft)

    async def _drop(self) -> None:
        from tuicrm.tui.bridge import drafts

        await self._form.crm_app.bridge.write(drafts.drop, self._uid)
