"""Editing a call by one line: what was different, in the tokens of the log line, or another note."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.content import Content

from tuicrm.domain.models import Call
from tuicrm.i18n import t
from tuicrm.tui import text
from tuicrm.tui.dialogs.form import FieldSpec, Form


class CallForm(Form[Call]):
    """Dismissed with the call as changed, or None. ``named``: whom it was with, ``""`` for nobody."""

    def __init__(self, call: Call, named: str) -> None:
        super().__init__()
        self._call = call
        self._named = named

    def heading(self) -> Content:
        whom = self._named or t("nobody")
        return text.phrase(t("Edit the call with {name}", name=whom), style="here")

    def specs(self) -> Sequence[FieldSpec]:
        return (FieldSpec("line", t("Change"), t("what was different: /v or =4 or #vip, or a new note")),)

    async def submit(self, values: Mapping[str, str]) -> Call | None:
        from tuicrm.tui.bridge import calls

        line = values["line"].strip()
        if not line:
            return None
        return await self.crm_app.bridge.write(calls.edit, self._call.id, line)
