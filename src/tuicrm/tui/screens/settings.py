"""The settings: what is set, where that comes from, and changing it. Made from the one table of settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from tuicrm import i18n, settings_words
from tuicrm.domain.errors import CrmError
from tuicrm.domain.record import record
from tuicrm.i18n import Phrase, t
from tuicrm.settings import Origin, choices
from tuicrm.settings_table import SETTINGS, Setting, checked
from tuicrm.tui import keymap, rows, settings_now, text
from tuicrm.tui.dialogs.form import FieldSpec, Form
from tuicrm.tui.screens.base import Place
from tuicrm.tui.widgets.record_list import RecordList
from tuicrm.tui.widgets.safe import Lines, Rule

if TYPE_CHECKING:
    from tuicrm.tui.app import CrmApp

BY_TEXT: Final = frozenset({"text", "command", "region", "zone"})
"""Kinds of settings that are typed; the others are picked from a list."""
ABOUT: Final = 4
"""Lines beneath the list, about the setting the cursor is on."""
_RULE: Final = 6
"""Cells of a rule around its words."""


@record
class Line:
    """One setting with its value."""

    setting: Setting
    found: Origin

    @property
    def name(self) -> str:
        return self.setting.name


def name_of(line: Line) -> str:
    """A line's identity; a function, so that ``Line.name`` may stay a property."""
    return line.name


def _value(line: Line) -> rows.Cell:
    value = settings_words.spoken(line.setting, settings_words.value(line.setting, line.found))
    role: text.Role = "dim" if line.found.source == "default" else "strong"
    return rows.words(value, role) if isinstance(value, Phrase) else rows.data(value, role)


def _called(row: Setting, value: str) -> str:
    """A value to be picked, as people say it and as the file has it; found by both, and no sentence: a picker shows
    the names of its lines as data, in which isolates have no place."""
    spoken = settings_words.spoken(row, value)
    return value if spoken == value else f"{spoken} ({value})"


COLUMNS: Final = (
    rows.Column("name", lambda line: rows.words(settings_words.label(line.setting), "accent"), 13),
    rows.Column("value", _value, 22, grow=2),
    rows.Column("source", lambda line: rows.words(settings_words.source(line.found), "dim"), 17, grow=1),
    rows.Column(
        "about", lambda line: rows.words(settings_words.about(line.setting), "dim"), 40, grow=4, rank=1
    ),
)


class SettingsView(Place):
    """Over the place in front. ``Enter`` changes the setting, ``Delete`` takes it out of the file."""

    scope = "settings"
    BINDINGS: ClassVar[list[BindingType]] = keymap.bindings("settings")

    def __init__(self) -> None:
        super().__init__()
        self.list: RecordList[Line] = RecordList(COLUMNS, name_of, id="settings-list")
        # what is said about the lit one stands right beneath it where there is room
        self.list.styles.max_height = len(SETTINGS)
        self._about = Lines(id="settings-about")

    def compose(self) -> ComposeResult:
        yield Rule(text.phrase(t("Settings"), style="here"))
        yield self.list
        yield self._about

    def first_focus(self) -> RecordList[Line]:
        return self.list

    async def load(self) -> None:
        found = await settings_now.origins(self.crm_app)
        self.list.set_rows([Line(row, found[row.name]) for row in SETTINGS])
        self._tell()

    # --- about the one the cursor is on ---------------------------------------------------------------------

    def on_record_list_highlighted(self, event: RecordList.Highlighted) -> None:
        event.stop()
        self._tell()
        self.keys_changed()

    def on_resize(self) -> None:
        self._tell()

    def _tell(self) -> None:
        line = self.list.row
        if line is None:
            return
        width = max(20, self.size.width - 2)
        said = [*self._said(line, width)][:ABOUT]
        said += [text.blank(0)] * (ABOUT - len(said))
        self._about.set_lines([text.blank(0), *(text.join((text.blank(1), one)) for one in said)])

    def _said(self, line: Line, width: int) -> Iterable[Content]:
        row = line.setting
        yield from text.phrases(settings_words.about(row), width)
        yield from text.phrases(settings_words.values(row, self.crm_app.settings.file), width, style="dim")
        stronger = settings_words.stronger(row, line.found)
        if stronger is not None:
            yield from text.phrases(stronger, width, style="warn")
        else:
            # one sees here how the file calls it, where the list does not say it
            names = [row.variable] if settings_words.label(row) == row.name else [row.name, row.variable]
            named = t("{name}; {acts}", name=names, acts=settings_words.acts(row))
            yield from text.phrases(named, width, style="dim")

    def relabel(self, id: str) -> Phrase | None:
        return t("change") if id == "list.open" else None

    def hidden_keys(self) -> Iterable[str]:
        line = self.list.row
        gone = () if line is not None and line.found.source == "file" else ("settings.unset",)
        return ("place.undo", "place.redo", "place.menu", *gone)

    # --- changing -------------------------------------------------------------------------------------------

    async def on_record_list_chosen(self, event: RecordList.Chosen) -> None:
        event.stop()
        line: Line = event.row
        if line.name == "theme":
            from tuicrm.tui.dialogs.theme_picker import choose

            await choose(self.crm_app)
        elif line.setting.kind in BY_TEXT:
            await self.app.push_screen(SettingForm(line), self._said_so)
        else:
            await self._pick(line)

    async def _pick(self, line: Line) -> None:
        from tuicrm.tui.dialogs.picker import Option, Picker

        def chosen(value: str | None) -> None:
            if value is not None:
                self.work(self._keep(line.name, value))

        named = choices(line.setting, self.crm_app.settings.file)
        marks = {line.found.value: t("now")}
        options = [Option(one, "", _called(line.setting, one), marks.get(one, Phrase())) for one in named]
        picker = Picker(heading(line.setting, self.app.size.width), options)
        picker.begin_at(named.index(line.found.value) if line.found.value in named else 0)
        await self.app.push_screen(picker, chosen)

    async def _keep(self, name: str, value: str) -> None:
        self._said_so(await settings_now.keep(self.crm_app, name, value))

    def _said_so(self, said: Phrase | None) -> None:
        if said is not None:
            self.say(said)
        self.work(self.load())

    async def action_unset(self) -> None:
        line = self.list.row
        if line is not None and line.found.source == "file":
            self._said_so(await settings_now.take_out(self.crm_app, line.name))


def heading(row: Setting, width: int) -> Phrase:
    """What a setting is for, where that fits into the rule above a dialog; else its name."""
    about = settings_words.about(row)
    return about if text.cells(about) + _RULE <= width else settings_words.label(row)


class SettingForm(Form[Phrase]):
    """One line for a value, checked as it is typed. Dismissed with what is to be said, None when it was left."""

    def __init__(self, line: Line) -> None:
        super().__init__()
        self._line = line

    def heading(self) -> Content:
        return text.phrase(heading(self._line.setting, self.app.size.width), style="here")

    def specs(self) -> Sequence[FieldSpec]:
        row = self._line.setting
        hint = settings_words.values(row, self.crm_app.settings.file)
        return (FieldSpec("value", settings_words.label(row), hint),)

    def values(self) -> Mapping[str, str]:
        return {"value": self._line.found.value if self._line.found.source != "default" else ""}

    async def typed(self, values: Mapping[str, str]) -> None:
        """A value that will be refused is said to be so before anybody presses Enter."""
        value = values["value"].strip()
        try:
            if value:
                checked(self._line.name, value)
        except CrmError as error:
            self.say(text.phrase(i18n.sentence(error), style="warn"))
        else:
            self.say(text.phrase(settings_words.acts(self._line.setting), style="dim"))

    async def submit(self, values: Mapping[str, str]) -> Phrase | None:
        value = values["value"].strip()
        if value == self.values()["value"]:
            return None
        if not value:
            return await settings_now.take_out(self.crm_app, self._line.name)
        return await settings_now.keep(self.crm_app, self._line.name, value)


async def show(app: CrmApp) -> None:
    """The settings, over whatever is in front."""
    if not isinstance(app.place, SettingsView):
        await app.open_view(SettingsView())
