"""A form: fields as data, one below the other, and the keys that all forms share.

``Tab`` and ``Enter`` go to the next field, ``Enter`` on the last saves, as ``Ctrl+S`` does anywhere; in a note of
several lines ``Enter`` is a new line. ``Esc`` leaves and keeps what was typed: only the fields that differ, so that
a draft never undoes what another person changed meanwhile.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final, TypeVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from tuicrm import i18n
from tuicrm.domain.errors import CrmError
from tuicrm.domain.models import BarDraft
from tuicrm.i18n import Phrase, t
from tuicrm.tui import keymap, text
from tuicrm.tui.keymap import FooterKey
from tuicrm.tui.screens.dialog import Dialog
from tuicrm.tui.widgets import moments
from tuicrm.tui.widgets.footer import Footer
from tuicrm.tui.widgets.line_input import LineInput
from tuicrm.tui.widgets.row import Row
from tuicrm.tui.widgets.safe import Words

if TYPE_CHECKING:
    from textual.timer import Timer

    from tuicrm.tui.dialogs.note_field import NoteField

R = TypeVar("R")

SOON: Final = 0.3
"""Seconds from a change to its draft."""
NO_HINT: Final = Phrase()


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field. ``name``: as refusals name it. ``hint``: how to write it, shown while it is empty.

    ``note``: it takes several lines. ``several``: it has a line for each of several things, and these signs begin
    the next one; its text has a line feed between them. ``choices``: codes and what they are called, when only these
    are possible; its text is a code.
    """

    name: str
    label: Phrase
    hint: Phrase = NO_HINT
    note: bool = False
    several: str = ""
    choices: tuple[tuple[str, Phrase], ...] = ()


def note_spec() -> FieldSpec:
    """The field of a note."""
    saves = keymap.cap(keymap.key("form.save"))
    return FieldSpec("note", t("Note"), t("Enter begins a new line, {key} saves", key=saves), note=True)


class FormField(LineInput):
    """A field's text, or one line of it. ``Enter`` is the form's, and acts before the next key is read."""

    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, spec: FieldSpec, value: str, *, first: bool = True) -> None:
        super().__init__(
            value, placeholder=text.sentence(spec.hint), id=f"field-{spec.name}" if first else None
        )
        self.spec = spec

    @property
    def code(self) -> str:
        """What the form takes for the field's value."""
        return self.value

    async def _on_key(self, event: events.Key) -> None:
        form = self.screen
        if not isinstance(form, Form):
            await super()._on_key(event)
            return
        ghost = self._suggestion if self._shows_ghost and self.cursor_position == len(self.value) else ""
        if event.key == "enter":
            await form.action_enter()
        elif ghost and event.key in ("right", "left"):
            self.set_text(ghost)
        elif self.spec.several and event.character and event.character in self.spec.several and self.value:
            await form.next_line(self)
        elif self.spec.several and event.key == "backspace" and not self.value:
            await form.drop_line(self)
        else:
            await super()._on_key(event)
            return
        event.stop()
        event.prevent_default()


class Form(Dialog[R]):
    """A subclass gives ``specs``, the ``values`` to begin with, its ``draft_key``, and saves in ``submit``."""

    scope = "form"
    BINDINGS: ClassVar[list[BindingType]] = keymap.bindings("form")

    def __init__(self) -> None:
        super().__init__()
        self._note = Words(id="form-note")
        self._fields: list[FormField | NoteField] = []
        self._known: dict[str, Sequence[str]] = {}
        self._start: dict[str, str] = {}
        self._uid = uuid.uuid4().hex
        self._timer: Timer | None = None
        self._done = False
        self._standing = text.blank(0)
        self._facts_at_first: Mapping[str, Any] = {}

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
        begun = self.values()
        for spec in self.specs():
            value = begun.get(spec.name, "")
            for place, line in enumerate(value.split("\n") if spec.several else (value,)):
                field = _field(spec, line, first=place == 0)
                self._fields.append(field)
                yield _row(field, spec.label if place == 0 else NO_HINT)
        self._start = self.texts()
        yield self._note

    async def on_mount(self) -> None:
        self._fields[self.first_field()].focus()
        self.crm_app.work(self._restore(), owner=self, group="draft")

    def texts(self) -> dict[str, str]:
        """What the fields hold now, by name."""
        found: dict[str, str] = {}
        for field in self._fields:
            name, value = field.spec.name, field.code
            found[name] = "\n".join(filter(None, (found.get(name), value))) if field.spec.several else value
        return found

    def lines_of(self, name: str) -> list[FormField | NoteField]:
        """The lines of a field, top to bottom: one, but for a field of several things."""
        return [field for field in self._fields if field.spec.name == name]

    def offer(self, name: str, known: Sequence[str]) -> None:
        """What is known to stand in a field: completed as ghost text while one types."""
        self._known[name] = known
        for field in self.lines_of(name):
            self._suggest(field)

    def _suggest(self, field: FormField | NoteField) -> None:
        if isinstance(field, FormField) and (known := self._known.get(field.spec.name)):
            from tuicrm.tui.dialogs.known_words import KnownWords

            field.suggester = KnownWords(known)

    # --- fields of several lines ----------------------------------------------------------------------------

    async def next_line(self, field: FormField) -> None:
        """A line for one thing more behind this one; what stood behind the cursor goes there."""
        at = field.cursor_position
        rest = field.value[at:].strip()
        if rest:
            field.set_text(field.value[:at])
        new = await self._add_line(field, rest)
        new.cursor_position = 0
        self.set_focus(new, scroll_visible=True)

    async def drop_line(self, field: FormField) -> None:
        """Takes an empty line away, unless it is the field's only one; the cursor goes to the one before."""
        lines = self.lines_of(field.spec.name)
        if len(lines) == 1 or field is lines[0]:
            return
        before = self._fields[self._fields.index(field) - 1]
        self._fields.remove(field)
        self.set_focus(before, scroll_visible=True)
        if isinstance(field.parent, Row):
            await field.parent.remove()
        self.edited()

    async def _add_line(self, after: FormField | NoteField, value: str) -> FormField:
        new = FormField(after.spec, value, first=False)
        self._fields.insert(self._fields.index(after) + 1, new)
        self._suggest(new)
        row = after.parent
        assert isinstance(row, Row), "each line stands in a row"
        assert isinstance(row.parent, Widget), "and the rows in the dialog"
        await row.parent.mount(_row(new, NO_HINT), after=row)
        return new

    async def _put(self, name: str, value: str) -> None:
        """Another text for a field, with as many lines as it needs."""
        lines = self.lines_of(name)
        if not lines[0].spec.several:
            lines[0].set_text(value)
            return
        for field in lines[1:]:
            self._fields.remove(field)
            if isinstance(field.parent, Row):
                await field.parent.remove()
        first, *more = value.split("\n")
        lines[0].set_text(first)
        last = lines[0]
        for line in more:
            last = await self._add_line(last, line)

    def changed(self) -> dict[str, str]:
        """Only the fields that differ from what they held at first."""
        return {name: value for name, value in self.texts().items() if value != self._start[name]}

    def say(self, content: Content) -> None:
        """What is to be said about the form, beneath it; nothing to say leaves what stands there."""
        said = content if content.plain else self._standing
        self._note.set(said, layout=True)

    def live_keys(self) -> Sequence[FooterKey]:
        """The keys of a form, as far as they do anything now; the one that begins anew only while an older draft
        is in it."""
        hidden = [*self.hidden_keys(), *([] if self._standing.plain else ["form.anew"])]
        more: list[FooterKey] = []
        if self._in_note:
            hidden.append("form.enter")
            more.append(FooterKey(keymap.display("enter"), t("new line"), 25))
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
        self._done = True
        self._stop()
        self.crm_app.work(self._drop(), group="draft")
        self.dismiss(saved)

    def action_leave(self) -> None:
        self._done = True
        self._stop()
        self.crm_app.work(self._keep(), group="draft")
        self.dismiss(None)

    async def action_anew(self) -> None:
        """Throws away the draft that was taken up: the fields are as at first."""
        if not self._standing.plain:
            return
        for name, value in self._start.items():
            await self._put(name, value)
        self.take_facts(self._facts_at_first)
        self._stand(text.blank(0))
        self._go(0)

    def _refused(self, error: CrmError) -> None:
        """Says why, and goes to the field that is refused."""
        self.crm_app.order.drop()
        refused = {field.field for field in error.fields} | {f"{field.field}s" for field in error.fields}
        self.say(text.phrase(i18n.sentence(error), style="bad"))
        for index, field in enumerate(self._fields):
            if field.spec.name in refused:
                self._go(index)
                break

    # --- drafts -------------------------------------------------------------------------------------------

    def on_input_changed(self, event: LineInput.Changed) -> None:
        event.stop()
        self.edited()

    def on_text_area_changed(self, event: Message) -> None:
        event.stop()
        self.edited()

    def edited(self) -> None:
        """A field has changed: looks at it and writes the draft soon."""
        if self._done or not self.is_mounted:
            return
        self.crm_app.work(self.typed(self.texts()), owner=self, group="typed", exclusive=True)
        if self._timer is None:
            self._timer = self.set_timer(SOON, self._keep_soon)

    def _keep_soon(self) -> None:
        self._stop()
        self.crm_app.work(self._keep(), group="draft")

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    async def _keep(self) -> None:
        from tuicrm.tui.bridge import drafts

        bridge = self.crm_app.bridge
        typed = self.changed()
        if not self.draft_key() or not self.worth_keeping(typed):
            await bridge.write(drafts.drop, self._uid)
            return
        crm = await bridge.crm()
        facts: dict[str, Any] = {"fields": typed, **self.facts()}
        draft = BarDraft(
            self._uid, crm.me, self.draft_key(), self.draft_name(), None, "", facts, crm.clock.now()
        )
        await bridge.write(drafts.put, draft)

    async def _restore(self) -> None:
        """What was typed and left before comes back, and says so; never over what is being typed now."""
        if not self.draft_key():
            return
        from tuicrm.tui.bridge import drafts

        draft: BarDraft | None = await self.crm_app.bridge.read(drafts.take, self.draft_key())
        if draft is None or self.changed():
            return
        self._uid = draft.uid
        self._facts_at_first = self.facts()
        self.take_facts(draft.facts)
        for name, value in draft.facts.get("fields", {}).items():
            if name in self._start:
                await self._put(name, value)
        crm = await self.crm_app.bridge.crm()
        since = moments.stamp_short(draft.saved_at, crm.now(), crm.zone)
        cap = keymap.cap(keymap.key("form.anew"))
        told = t("This is your draft from {time}, not saved yet. {key} begins anew.", time=since, key=cap)
        self._stand(text.phrase(told, style="warn"))

    async def _drop(self) -> None:
        """It is saved now."""
        from tuicrm.tui.bridge import drafts

        await self.crm_app.bridge.write(drafts.drop, self._uid)


def _row(field: FormField | NoteField, label: Phrase) -> Row:
    return Row(
        Words(text.join((text.blank(1), text.phrase(label, style="dim"))), classes="label"),
        field,
        classes="form-row",
    )


def _field(spec: FieldSpec, value: str, *, first: bool) -> FormField | NoteField:
    if spec.choices:
        from tuicrm.tui.dialogs.choice_field import ChoiceField

        return ChoiceField(spec, value)
    if not spec.note:
        return FormField(spec, value, first=first)
    # 30 ms: Textual's text area, which a form of single lines does without
    from tuicrm.tui.dialogs.note_field import NoteField

    return NoteField(spec, value)
