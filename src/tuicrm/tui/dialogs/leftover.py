"""An import that was killed: go on with it, take it back, keep what is in, or decide later."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final, Literal

from textual.binding import BindingType
from textual.content import Content

from tuicrm.i18n import Phrase, nt, t
from tuicrm.tui import keymap, text
from tuicrm.tui.bridge import importing
from tuicrm.tui.dialogs.question import Question
from tuicrm.tui.importing.job import Job
from tuicrm.tui.importing.turning import begin
from tuicrm.tui.keymap import FooterKey

if TYPE_CHECKING:
    from tuicrm.services.interrupted import Unfinished
    from tuicrm.tui.app import CrmApp

Answer = Literal["on", "back", "keep", "later"]
WAIT_S: Final = 0.02
STANDARD_INPUT: Final = "-"
"""What an import has for its file that was none."""


class Leftover(Question[Answer]):
    """Dismissed with what to do about ``it``."""

    scope = "leftover"
    BINDINGS: ClassVar[list[BindingType]] = keymap.bindings("leftover")

    def __init__(self, it: Unfinished) -> None:
        super().__init__()
        self._it = it

    def heading(self) -> Content:
        return text.phrase(t("An import was interrupted"), style="here")

    def live_keys(self) -> Sequence[FooterKey]:
        hidden = [
            *(() if self._back else ("leftover.back",)),
            *(() if self._on else ("leftover.on",)),
        ]
        return keymap.footer_keys(self.scope, hidden)

    @property
    def _back(self) -> bool:
        return self._it.doing == "import"

    @property
    def _on(self) -> bool:
        """Whether what it was read from is still to be read: of standard input nothing is."""
        return self._it.doing != "import" or self._it.file != STANDARD_INPUT

    def question(self) -> Phrase:
        if not self._on:
            return nt(
                "The import of standard input stopped after {n} row. tuicrm import - with the same input goes on."
                " Take it back, or later?",
                "The import of standard input stopped after {n} rows. tuicrm import - with the same input goes on."
                " Take it back, or later?",
                self._it.rows_done,
            )
        file = Path(self._it.file).name
        if self._it.doing == "import":
            return nt(
                "The import of {file} stopped after {n} row. Go on, take it back, or later?",
                "The import of {file} stopped after {n} rows. Go on, take it back, or later?",
                self._it.rows_done,
                file=file,
            )
        if self._it.doing == "undo":
            return t("Taking back the import of {file} stopped. Go on, or later?", file=file)
        return t("Doing the import of {file} again stopped. Go on, or later?", file=file)

    def action_answer(self, answer: Answer) -> None:
        if (answer != "back" or self._back) and (answer != "on" or self._on):
            self.dismiss(answer)


async def ask(app: CrmApp, found: Sequence[Unfinished]) -> None:
    """Asks about each, one after the other, behind the keys typed so far: they are no answers."""
    while app.order.busy:
        await asyncio.sleep(WAIT_S)
    first, rest = found[0], found[1:]

    async def answered(answer: Answer | None) -> None:
        _act(app, first, answer or "later")
        if rest:
            await ask(app, rest)

    await app.push_screen(Leftover(first), answered)


def _act(app: CrmApp, it: Unfinished, answer: Answer) -> None:
    if answer == "on" and it.doing == "import":
        Job(app, Path(it.file)).go_on(it.batch_id)
    elif answer == "on":
        begin(app, "undo" if it.doing == "undo" else "redo", it.action_id)
    elif answer == "back":
        begin(app, "undo", it.action_id)
    elif answer == "keep":
        app.work(app.bridge.write(importing.leave, it.batch_id))
