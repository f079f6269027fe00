"""A form's field of several lines."""

from __future__ import annotations

from tuicrm.tui import text
from tuicrm.tui.dialogs.form_fields import FieldSpec
from tuicrm.tui.widgets.note_area import NoteArea


class NoteField(NoteArea):
    """A field's text, as in ``FormField``; ``Enter`` is a new line."""

    def __init__(self, spec: FieldSpec, value: str) -> None:
        super().__init__(value, placeholder=text.sentence(spec.hint), id=f"field-{spec.name}")
        self.spec = spec

    @property
    def code(self) -> str:
        """What the form takes for the field's value."""
        return self.value
