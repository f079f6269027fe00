"""The fields of a form: what they are, a line that is typed into, and how many lines they have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final, Protocol

from textual import events
from textual.binding import BindingType
from textual.widget import Widget

from tuicrm.i18n import Phrase, t
from tuicrm.tui import keymap, text
from tuicrm.tui.widgets.line_input import LineInput
from tuicrm.tui.widgets.row import Row
from tuicrm.tui.widgets.safe import Words

if TYPE_CHECKING:
    from tuicrm.tui.dialogs.note_field import NoteField

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


class Holder(Protocol):
    """What a field asks of its form."""

    async def action_enter(self) -> None: ...

    async def next_line(self, field: FormField) -> None: ...

    async def drop_line(self, field: FormField) -> None: ...


class FormField(LineInput):
    """A field's text, or one line of it. ``Enter`` is the form's, and acts before the next key is read."""

    BINDINGS: ClassVar[list[BindingType]] = []
    beside = True

    def __init__(self, spec: FieldSpec, value: str, *, first: bool = True) -> None:
        super().__init__(
            value, placeholder=text.sentence(spec.hint), id=f"field-{spec.name}" if first else None
        )
        self.spec = spec
        self.holder: Holder | None = None
        """The form that it belongs to."""

    @property
    def code(self) -> str:
        """What the form takes for the field's value."""
        return self.value

    async def _on_key(self, event: events.Key) -> None:
        form = self.holder
        if form is None:
            await super()._on_key(event)
            return
        ghost = self._suggestion if self._shows_ghost and self.cursor_position == len(self.value) else ""
        if event.key == "enter":
            await form.action_enter()
        elif ghost and event.key in ("right", "left"):
            self.set_text(ghost)
        elif self.spec.several and event.character and event.character in self.spec.several and self.value:
            await form.next_line(self)
        elif self.spec.several and event.key == "space" and not self.value:
            # the one behind the comma
            pass
        elif self.spec.several and event.key == "backspace" and not self.value:
            await form.drop_line(self)
        else:
            await super()._on_key(event)
            return
        event.stop()
        event.prevent_default()


class FieldLines:
    """All lines of a form, top to bottom; a field of several things has more than one."""

    def __init__(self, holder: Holder) -> None:
        self.all: list[FormField | NoteField] = []
        self._holder = holder
        self._known: dict[str, Sequence[str]] = {}

    def build(self, specs: Sequence[FieldSpec], begun: Mapping[str, str]) -> list[Row]:
        """Makes the fields with the texts they begin with, and their rows."""
        rows = []
        for spec in specs:
            value = begun.get(spec.name, "")
            for place, line in enumerate(value.split("\n") if spec.several else (value,)):
                field = _field(spec, line, first=place == 0)
                self._take(field)
                self.all.append(field)
                rows.append(_row(field, spec.label if place == 0 else NO_HINT))
        return rows

    def _take(self, field: FormField | NoteField) -> None:
        if isinstance(field, FormField):
            field.holder = self._holder
            if known := self._known.get(field.spec.name):
                from tuicrm.tui.dialogs.known_words import KnownWords

                field.suggester = KnownWords(known)

    def texts(self) -> dict[str, str]:
        """What the fields hold now, by name; of several things one on each line."""
        found: dict[str, str] = {}
        for field in self.all:
            name, value = field.spec.name, field.code
            found[name] = "\n".join(filter(None, (found.get(name), value))) if field.spec.several else value
        return found

    def of(self, name: str) -> list[FormField | NoteField]:
        """The lines of a field, top to bottom."""
        return [field for field in self.all if field.spec.name == name]

    def offer(self, name: str, known: Sequence[str]) -> None:
        """What is known to stand in a field: completed as ghost text while one types."""
        self._known[name] = known
        for field in self.of(name):
            self._take(field)

    async def split(self, field: FormField) -> FormField:
        """A line for one thing more behind this one; what stood behind the cursor goes there."""
        at = field.cursor_position
        rest = field.value[at:].strip()
        if rest:
            field.set_text(field.value[:at])
        new = await self._add(field, rest)
        new.cursor_position = 0
        return new

    def drop(self, field: FormField) -> FormField | NoteField | None:
        """Takes a line away, unless it is the field's first; gives the one before it.

        Not waited for: the line that hears the key would wait for its own end.
        """
        if field is self.of(field.spec.name)[0]:
            return None
        before = self.all[self.all.index(field) - 1]
        self._remove(field)
        return before

    async def put(self, name: str, value: str) -> None:
        """Another text for a field, with as many lines as it needs."""
        first, *others = self.of(name)
        if not first.spec.several:
            first.set_text(value)
            return
        for field in others:
            self._remove(field)
        begin, *more = value.split("\n")
        first.set_text(begin)
        last: FormField | NoteField = first
        for line in more:
            last = await self._add(last, line)

    async def _add(self, after: FormField | NoteField, value: str) -> FormField:
        new = FormField(after.spec, value, first=False)
        self._take(new)
        self.all.insert(self.all.index(after) + 1, new)
        row = after.parent
        assert isinstance(row, Row), "each line stands in a row"
        assert isinstance(row.parent, Widget), "and the rows in the form"
        await row.parent.mount(_row(new, NO_HINT), after=row)
        return new

    def _remove(self, field: FormField | NoteField) -> None:
        self.all.remove(field)
        if isinstance(field.parent, Row):
            field.parent.remove()


def _row(field: FormField | NoteField, label: Phrase) -> Row:
    return Row(
        Words(text.phrase(label, style="dim"), classes="label"),
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
