"""A form: fields as data, one below the other, and the keys that all forms share.

``Tab`` and ``Enter`` go to the next field, ``Enter`` on the last saves, as ``Ctrl+S`` does anywhere; in a note of
several lines ``Enter`` is a new line. ``Esc`` leaves and keeps what was typed: only the fields that differ, so that
a draft never undoes what another person changed meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Final, TypeVar

from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from tuicrm import i18n
from tuicrm.domain.errors import CrmError
from tuicrm.i18n import t
from tuicrm.tui import keymap, text
from tuicrm.tui.dialogs.form_draft import FormDraft
from tuicrm.tui.dialogs.form_fields import FieldLines, FormField
from tuicrm.tui.dialogs.form_fields import FieldSpec as FieldSpec
from tuicrm.tui.dialogs.form_fields import note_spec as note_spec
from tuicrm.tui.keymap import FooterKey
from tuicrm.tui.screens.dialog import Dialog
from tuicrm.tui.widgets.footer import Footer
from tuicrm.tui.widgets.line_input import LineInput
from tuicrm.tui.widgets.safe import Words

if TYPE_CHECKING:
    from tuicrm.tui.dialogs.note_field import NoteField

R = TypeVar("R")

BESIDE: Final = 4
"""Lines beside the fields: the title, two of what is said, the keys."""


class Form(Dialog[R]):
    """A subclass gives ``specs``, the ``values`` to begin with, its ``draft_key``, and saves in ``submit``."""

    scope = "form"
    BINDINGS: ClassVar[list[BindingType]] = keymap.bindings("form")

    def __init__(self) -> None:
        super().__init__()
        self._note = Words(id="form-note")
        self._body = Vertical()
        self.lines = FieldLines(self)
        self._start: dict[str, str] = {}
        self._draft = FormDraft(self)
        self._standing = text.blank(0)
        self._says_no = False
        """Whether a refusal stands beneath the fields: it is of the text as it was, and goes with the next key."""

    # --- for subclasses -----------------------------------------------------------------------------------

    def specs(self) -> Sequence[FieldSpec]:
        """The fields, top to bottom."""
        raise NotImplementedError

    def values(self) -> Mapping[str, str]:
        """What the fields hold at first, by name."""
        return {}

    def draft_key(self) -> str:
        """Where its draft is kept; ``""``: nowhere."""
        return ""

    def worth_keeping(self, changed: Mapping[str, str]) -> bool:
        """Whether what was typed is kept when the form is left."""
        return bool(changed)

    def keeps(self) -> bool:
        """Whether leaving is said to keep a draft."""
        return bool(self.draft_key())

    def hidden_keys(self) -> Sequence[str]:
        """Ids of keys of a form that do nothing now."""
        return ("form.known",)

    def draft_name(self) -> str:
        """What the list of drafts calls it."""
        return self.texts().get("name", "")

    def first_field(self) -> int:
        """The number of the field that has the cursor at first."""
        return 0

    def facts(self) -> dict[str, Any]:
        """What the draft must remember beside the texts; JSON."""
        return {}

    def take_facts(self, facts: Mapping[str, Any]) -> None:
        """Takes over what ``facts`` gave when the draft was written."""

    async def submit(self, values: Mapping[str, str]) -> R | None:
        """Saves what was typed, None when that is nothing; raises ``CrmError`` when it is refused."""
        raise NotImplementedError

    async def typed(self, values: Mapping[str, str]) -> None:
        """Something was typed; runs in the background, a later one cancels it."""

    # --- the fields ---------------------------------------------------------------------------------------

    def rows(self) -> Iterable[Widget]:
        self._body = Vertical(*self.lines.build(self.specs(), self.values()), classes="form-body")
        self._start = self.texts()
        yield self._body
        yield self._note

    def on_resize(self) -> None:
        """A form of more lines than there are scrolls; its title, what is said of it and the keys stay."""
        self._body.styles.max_height = max(3, self.size.height - BESIDE)

    async def on_mount(self) -> None:
        # at once: a focus that is asked for comes after what a subclass does with the lines
        self.set_focus(self._fields[self.first_field()], scroll_visible=True)
        self.crm_app.work(self._take_up_draft(), owner=self, group="draft")
        # not by an on_mount of a subclass: Textual calls those of all classes, the subclass's first
        await self.begun()

    async def begun(self) -> None:
        """For subclasses: the fields are there, the cursor is in the first."""

    @property
    def _fields(self) -> Sequence[FormField | NoteField]:
        return self.lines.all

    def texts(self) -> dict[str, str]:
        """What the fields hold now, by name."""
        return self.lines.texts()

    def offer(self, name: str, known: Sequence[str]) -> None:
        """What is known to stand in a field: completed as ghost text while one types."""
        self.lines.offer(name, known)

    async def next_line(self, field: FormField) -> None:
        """A line for one thing more behind this one; the cursor goes there."""
        self.set_focus(await self.lines.split(field), scroll_visible=True)

    async def drop_line(self, field: FormField) -> None:
        """Takes an empty line away; the cursor goes to the one before."""
        before = self.lines.drop(field)
        if before is not None:
            self.set_focus(before, scroll_visible=True)
            self.edited()

    def changed(self) -> dict[str, str]:
        """Only the fields that differ from what they held at first."""
        return {name: value for name, value in self.texts().items() if value != self._start[name]}

    def say(self, content: Content) -> None:
        """What is to be said about the form, beneath it; nothing to say leaves what stands there."""
        said = content if content.plain else self._standing
        self._says_no = False
        self._note.set(said, layout=True)

    def live_keys(self) -> Sequence[FooterKey]:
        """The keys of a form, as far as they do anything now; the one that begins anew only while an older draft
        is in it."""
        hidden = [*self.hidden_keys(), *([] if self._standing.plain else ["form.anew"])]
        more: list[FooterKey] = []
        if self._in_note:
            hidden.append("form.enter")
            more.append(FooterKey(keymap.display("enter"), t("new line"), 25))
        if self._in_choice:
            more.append(FooterKey(keymap.display("space"), t("another value"), 15))
        if len(self._start) == 1:
            hidden += ["form.next", "form.enter"]
        if not self.keeps():
            hidden.append("form.leave")
            leave = keymap.cap(keymap.key("form.leave"))
            more.append(FooterKey(leave, t("leave"), 30))
        return [*keymap.footer_keys(self.scope, hidden), *more]

    @property
    def _in_note(self) -> bool:
        """Whether the cursor is in a field of several lines."""
        return bool(self._fields) and self._fields[self._at()].spec.note

    @property
    def _in_choice(self) -> bool:
        """Whether the cursor is in a field of which only a few values are possible."""
        return bool(self._fields) and bool(self._fields[self._at()].spec.choices)

    def _stand(self, content: Content) -> None:
        """What is said while nothing else is."""
        self._standing = content
        self.say(content)
        self.query_one(Footer).keys_changed()

    # --- keys ---------------------------------------------------------------------------------------------

    def _at(self) -> int:
        return next((at for at, field in enumerate(self._fields) if field is self.focused), 0)

    def _go(self, index: int) -> None:
        field = self._fields[index % len(self._fields)]
        self.set_focus(field, scroll_visible=True)

    def action_next_field(self) -> None:
        self._go(self._at() + 1)

    def action_last_field(self) -> None:
        self._go(self._at() - 1)

    async def action_enter(self) -> None:
        if self._at() + 1 < len(self._fields):
            self.action_next_field()
        else:
            await self.action_save()

    async def action_save(self) -> None:
        try:
            saved = await self.submit(self.texts())
        except CrmError as error:
            self._refused(error)
            return
        self._draft.saved()
        self.dismiss(saved)

    def action_leave(self) -> None:
        self._draft.left()
        self.dismiss(None)

    async def action_anew(self) -> None:
        """Throws away the draft that was taken up: the fields are as at first."""
        if not self._standing.plain:
            return
        for name, value in self._start.items():
            await self.lines.put(name, value)
        self.take_facts(self._draft.facts_at_first)
        self._stand(text.blank(0))
        self._go(0)

    def _refused(self, error: CrmError) -> None:
        """Says why, and goes to the field that is refused."""
        self.crm_app.order.drop()
        refused = {field.field for field in error.fields} | {f"{field.field}s" for field in error.fields}
        self.say(text.phrase(i18n.sentence(error), style="bad"))
        self._says_no = True
        for index, field in enumerate(self._fields):
            if field.spec.name in refused:
                self._go(index)
                break

    # --- what is typed --------------------------------------------------------------------------------------

    def on_input_changed(self, event: LineInput.Changed) -> None:
        event.stop()
        self.edited()

    def on_text_area_changed(self, event: Message) -> None:
        event.stop()
        self.edited()

    def edited(self) -> None:
        """A field has changed: looks at it and writes the draft soon."""
        if self._draft.over or not self.is_mounted:
            return
        if self._says_no:
            self.say(text.blank(0))
        self.crm_app.work(self.typed(self.texts()), owner=self, group="typed", exclusive=True)
        self._draft.soon()

    async def _take_up_draft(self) -> None:
        if told := await self._draft.take_up():
            self._stand(text.phrase(told, style="warn"))
