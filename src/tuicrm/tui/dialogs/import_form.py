"""Which file to import: one line for its name, which ``Tab`` completes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget

from tuicrm import i18n
from tuicrm.domain.errors import CrmError
from tuicrm.i18n import t
from tuicrm.tui import keymap, text
from tuicrm.tui.bridge import importing
from tuicrm.tui.importing import paths
from tuicrm.tui.importing.view import ImportView
from tuicrm.tui.screens.dialog import Dialog
from tuicrm.tui.widgets.line_input import LineInput
from tuicrm.tui.widgets.row import Row
from tuicrm.tui.widgets.safe import Lines, Words

if TYPE_CHECKING:
    from tuicrm.services.importing import Look
    from tuicrm.tui.app import CrmApp

SHOWN: Final = 8
"""Names that are shown at once."""


class PathField(LineInput):
    """Where the file is named."""

    scope = "path"
    beside = True
    BINDINGS: ClassVar[list[BindingType]] = keymap.bindings("path")

    def live_keys(self) -> Sequence[keymap.FooterKey]:
        """What the footer shows while one types here."""
        return keymap.footer_keys(self.scope)

    async def action_take(self) -> None:
        await self._form.take(self.value)

    async def action_complete(self) -> None:
        await self._form.complete(self.value)

    def action_leave(self) -> None:
        self._form.action_leave()

    @property
    def _form(self) -> ImportForm:
        form = self.screen
        assert isinstance(form, ImportForm), "it is made there"
        return form


class ImportForm(Dialog["Look"]):
    """Dismissed with what the file is, None when it was left; the name of a refused one stays."""

    scope = "path"

    def __init__(self) -> None:
        super().__init__()
        self._field = PathField(placeholder=text.sentence(t("such as people.csv")))
        self._names = Lines(id="path-names")

    def heading(self) -> Content:
        said = t("Import a file: people, calls or dates, from whatever program wrote it")
        return text.phrase(said, style="here")

    def rows(self) -> Iterable[Widget]:
        ask = Words(text.phrase(t("File"), style="dim"), classes="label")
        yield Row(ask, self._field, classes="form-row")
        yield self._names

    def on_mount(self) -> None:
        self._field.focus()

    async def complete(self, typed: str) -> None:
        """Writes on as far as there is one way only; shows the names when there are several."""
        longer, names = await asyncio.to_thread(paths.complete, typed)
        if self._field.value != typed:
            return
        if longer != typed:
            self._field.set_text(longer)
        if not names:
            self._names.set_lines([text.phrase(t("No file is called that."), style="warn")])
            return
        lines = [text.show(name, width=max(10, self.size.width - 4)) for name in names[:SHOWN]]
        if len(names) > SHOWN:
            lines.append(text.phrase(t("and {n} more", n=len(names) - SHOWN), style="dim"))
        self._names.set_lines(lines if len(names) > 1 else [])

    async def take(self, typed: str) -> None:
        """Looks at the file; what it is goes to who asked."""
        if typed.strip():
            self._names.set_lines([text.phrase(t("Reading {file}…", file=typed.strip()), style="dim")])
            self.crm_app.work(self._look(typed), owner=self, group="look", exclusive=True)

    async def _look(self, typed: str) -> None:
        try:
            found = await self.crm_app.bridge.long(importing.look, paths.full(typed))
        except CrmError as error:
            width = max(10, self.size.width - 2)
            self._names.set_lines(text.phrases(i18n.sentence(error), width, style="bad"))
            return
        self.dismiss(found)


async def ask(app: CrmApp) -> None:
    """Asks for a file and shows what it would do; while one is imported, shows that."""
    job = app.importing
    if job is not None:
        await app.open_view(ImportView(None, job))
        return

    async def show(found: Look | None) -> None:
        if found is not None:
            await app.open_view(ImportView(found))

    await app.push_screen(ImportForm(), show)
