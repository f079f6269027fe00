"""What a person is asked about a file: what a column holds, what its field is called, whose numbers these are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from textual.content import Content

from tuicrm.i18n import t
from tuicrm.tui import text
from tuicrm.tui.bridge import importing
from tuicrm.tui.dialogs.form import FieldSpec, Form
from tuicrm.tui.dialogs.picker import Option, Picker
from tuicrm.tui.importing import said

if TYPE_CHECKING:
    from tuicrm.tui.app import CrmApp

Chosen = Callable[[str], None]


class FieldName(Form[str]):
    """What the field is called that a column becomes. Dismissed with the name."""

    def __init__(self, heading: str, name: str) -> None:
        super().__init__()
        self._column = heading
        self._called = name

    def heading(self) -> Content:
        return text.phrase(
            t("What is {column} to be called on a contact?", column=self._column), style="here"
        )

    def specs(self) -> Sequence[FieldSpec]:
        return (FieldSpec("name", t("Name")),)

    def values(self) -> Mapping[str, str]:
        return {"name": self._called}

    async def submit(self, values: Mapping[str, str]) -> str | None:
        return " ".join(values["name"].split()) or None


async def target(app: CrmApp, column: Any, chosen: Chosen) -> None:
    """Asks what a column holds; ``chosen`` gets it as a mapping says it."""
    options = [Option(name, "", words()) for name, words in said.TARGETS.items()]

    async def answered(target: str | None) -> None:
        if target == "field":
            await field_name(app, column, chosen)
        elif target is not None:
            chosen(target)

    picker: Picker[str] = Picker(t("What does {column} hold?", column=column.heading), options)
    picker.begin_at(next((n for n, one in enumerate(options) if one.value == column.target), 0))
    await app.push_screen(picker, answered)


async def field_name(app: CrmApp, column: Any, chosen: Chosen) -> None:
    """Asks what the field is called."""

    def answered(name: str | None) -> None:
        if name:
            chosen("field" if name == column.heading else f"field:{name}")

    await app.push_screen(FieldName(column.heading, column.field or column.heading), answered)


class WorklistName(Form[str]):
    """Which worklist the people of the file come to. Dismissed with its name, ``""`` for none."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._called = name

    def heading(self) -> Content:
        return text.phrase(t("Which worklist do the people of this file come to?"), style="here")

    def specs(self) -> Sequence[FieldSpec]:
        return (FieldSpec("name", t("Worklist"), t("a new name, or one of yours; empty: none")),)

    def values(self) -> Mapping[str, str]:
        return {"name": self._called}

    async def begun(self) -> None:
        self.crm_app.work(self._know(), owner=self, group="known")

    async def _know(self) -> None:
        self.offer("name", await self.crm_app.bridge.read(importing.worklists_by_name))

    async def submit(self, values: Mapping[str, str]) -> str:
        name = values["name"].strip()
        # refused here, where the name can be written anew
        return await self.crm_app.bridge.read(importing.worklist_name, name) if name else ""


async def worklist(app: CrmApp, here: str, chosen: Chosen) -> None:
    """Asks for the worklist of the people of a file."""

    def answered(name: str | None) -> None:
        if name is not None:
            chosen(name)

    await app.push_screen(WorklistName(here), answered)


class EncodingPicker(Picker[str]):
    """Which languages an encoding is for is said whole."""

    short_names = True


async def encoding(app: CrmApp, here: str, chosen: Chosen) -> None:
    """Asks how a file is encoded; ``""`` stands for what it shows."""
    options = [Option("", "", t("found by itself"))]
    options += [Option(name, "", name, said.WRITTEN_IN[name]()) for name in importing.ENCODINGS]

    def answered(name: str | None) -> None:
        if name is not None:
            chosen(name)

    picker = EncodingPicker(t("How is this file encoded?"), options)
    picker.begin_at(next((n for n, one in enumerate(options) if one.value == here), 0))
    await app.push_screen(picker, answered)


async def region(app: CrmApp, here: str, chosen: Chosen) -> None:
    """Asks for the country of numbers that do not say theirs."""
    # imported here: the calling codes come with the library of numbers
    from tuicrm.domain.countries import countries

    found = await app.bridge.aside(countries)
    options = [Option(one.code, one.code, one.name, t("{word}", word=f"+{one.calling}")) for one in found]

    def answered(code: str | None) -> None:
        if code is not None:
            chosen(code)

    picker: Picker[str] = Picker(t("Which country are numbers of that do not say theirs?"), options)
    picker.begin_at(next((n for n, one in enumerate(options) if one.value == here), 0))
    await app.push_screen(picker, answered)
