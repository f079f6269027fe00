"""Editing a call: its note, and one line for what else was different, in the tokens of the log line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.content import Content

from tuicrm.domain.models import Call
from tuicrm.domain.process import Process
from tuicrm.i18n import t
from tuicrm.tui import text
from tuicrm.tui.dialogs.form import FieldSpec, Form, note_spec


def as_line(call: Call, process: Process) -> str:
    """The call as the tokens of a log line: ``/v /in =3:40 .q #vip``."""
    outcome = process.outcome(call.outcome)
    topic = process.topic(call.topic) if call.topic else None
    parts = [f"/{outcome.key or outcome.code}", f"/{call.direction}"]
    if call.channel != process.defaults.channel:
        parts.append(f"/{call.channel}")
    if call.duration_s:
        parts.append(f"={call.duration_s // 60}:{call.duration_s % 60:02}")
    if topic is not None:
        parts.append(f".{topic.key or topic.code}")
    return " ".join([*parts, *(f"#{tag}" for tag in call.tags)])


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
        crm = self.crm_app.bridge.opened
        assert crm is not None, "the call was read from it"
        hint = t("now {line}; what was different", line=as_line(self._call, crm.process()))
        return (note_spec(), FieldSpec("line", t("Change"), hint))

    def values(self) -> Mapping[str, str]:
        return {"note": self._call.note}

    def first_field(self) -> int:
        """The line: most changes are a token and Enter."""
        return 1

    def draft_key(self) -> str:
        return f"form:call/{self._call.id}"

    def draft_name(self) -> str:
        return self._named

    def worth_keeping(self, changed: Mapping[str, str]) -> bool:
        """A token is typed again as fast as a draft is thrown away; a note is not."""
        return "note" in changed

    def keeps(self) -> bool:
        return self._in_note or self.worth_keeping(self.changed())

    async def submit(self, values: Mapping[str, str]) -> Call | None:
        from tuicrm.tui.bridge import calls

        line, note = values["line"].strip(), self.changed().get("note")
        if not line and note is None:
            return None
        return await self.crm_app.bridge.write(calls.edit, self._call.id, line, note=note, keep_note=True)
