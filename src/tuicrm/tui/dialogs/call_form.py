"""Editing a call: its note, and one line for what else was different, in the tokens of the log line.

The cursor begins in the note, which stands first: words are what is added most. A token typed there is asked about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from tuicrm.domain.errors import FieldProblem, Invalid
from tuicrm.domain.models import Call
from tuicrm.domain.process import Process
from tuicrm.i18n import t
from tuicrm.tui import keymap, text
from tuicrm.tui.bar import panel
from tuicrm.tui.dialogs.form import FieldSpec, Form, note_spec
from tuicrm.tui.dialogs.form_fields import FormField
from tuicrm.tui.screens import reads

if TYPE_CHECKING:
    from tuicrm.tui.dialogs.call_line import CallLine


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
        self._panel = panel.Panel()
        self._line: CallLine | None = None
        """What reads the line, once its facts are known."""
        self._told = ""
        """The note of which it was said that tokens in it stay text."""

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

    def rows(self) -> Iterable[Widget]:
        return (self._panel, *super().rows())

    async def begun(self) -> None:
        self.crm_app.work(self._know(), owner=self, group="known")

    async def _know(self) -> None:
        reader = await self._reader()
        for field in self.lines.of("line"):
            if isinstance(field, FormField):
                field.suggester = reader
        await self.typed(self.texts())

    async def _reader(self) -> CallLine:
        """Reads the facts of the line when they are first needed."""
        if self._line is None:
            # who only corrects the note needs none of it for the first picture
            from tuicrm.tui.bridge import calls
            from tuicrm.tui.dialogs.call_line import CallLine

            bridge, whom = self.crm_app.bridge, self._call.contact
            facts = await bridge.read(calls.context, whom.id if whom else None)
            self._line = CallLine(facts.line, reads.scene(await bridge.crm()))
        return self._line

    async def typed(self, values: Mapping[str, str]) -> None:
        """Under the fields what the line will change, above them what a sign alone can start."""
        line, field = values["line"], next(iter(self.lines.of("line")), None)
        if self._line is None or not isinstance(field, FormField):
            return
        at = min(field.cursor_position, len(line))
        offers = panel.suggestion_rows(self._line.offers(line, at))
        self._panel.show_rows(offers, panel.suggestion_columns(offers, self._line.today))
        self.say(self._line.said(line, at, self.size.width))

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
        if note is not None and note != self._told:
            await self._ask_of(note)
        return await self.crm_app.bridge.write(calls.edit, self._call.id, line, note=note, keep_note=True)

    async def _ask_of(self, note: str) -> None:
        """Raises ``Invalid`` once for a note with tokens that it did not have: they may be meant for the line."""
        reader = await self._reader()
        before = reader.tokens(self._call.note)
        # the cursor stood behind the last word: what is typed there at once has no space before it
        added = reader.tokens(note.removeprefix(self._call.note))
        new = [token for token in (*added, *reader.tokens(note)) if token not in before]
        if not new:
            return
        self._told = note
        problem = FieldProblem("note", new[0], "edit_note_tokens")
        key = keymap.named("form.save")
        raise Invalid("edit_note_tokens", fields=(problem,), token=new[0], key=key)
