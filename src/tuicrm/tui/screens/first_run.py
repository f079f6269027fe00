"""An empty database: what to do first, in one calm panel over Today."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar, Final

from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget

from tuicrm.domain.models import Contact
from tuicrm.i18n import Phrase, t
from tuicrm.tui import keymap, text
from tuicrm.tui.screens.person_keys import PersonKeys
from tuicrm.tui.widgets.safe import Words

if TYPE_CHECKING:
    from tuicrm.tui.app import CrmApp

WIDEST: Final = 76
"""Cells a line of the panel has at most: longer ones are tiring to read."""
MARGIN: Final = 2
DEMO: Final = "tuicrm demo"


def ways() -> Sequence[tuple[str, Phrase, Phrase]]:
    """The keys' ids, what each does, and a sentence about it."""
    return (
        (
            "record.add",
            t("add the first contact"),
            t("A name or a number is enough; all the rest can wait."),
        ),
        (
            "firstrun.import",
            t("import a file"),
            t("An address book, a table or another program's export. One undo takes it all back."),
        ),
        (
            "firstrun.learn",
            t("learn it in five minutes"),
            t("By doing: three calls, an old note, an undo. In the demo, so nothing of yours is touched."),
        ),
        (
            "firstrun.demo",
            t("open the demo"),
            t(
                "400 made-up people and 90 days of calls, in a database of its own that is gone when you "
                "quit it. From the shell: {command}",
                command=DEMO,
            ),
        ),
        (
            "record.log",
            t("log a call"),
            t("With somebody new: the contact is made with the call."),
        ),
    )


def panel(width: int) -> list[Content]:
    """The panel's lines for a place ``width`` cells wide."""
    room = min(width, WIDEST) - 2 * MARGIN
    out = [text.blank(0), *_paragraph(t("Nobody is in here yet. Five ways to begin:"), room, "strong")]
    for id, what, about in ways():
        cap = text.number(keymap.cap(keymap.key(id)), style="key")
        out += [text.blank(0), text.join((text.blank(MARGIN), cap, text.blank(2), text.phrase(what)))]
        out += [text.join((text.blank(3), line)) for line in _paragraph(about, room - 3, "dim")]
    return out


def _paragraph(sentence: Phrase, width: int, style: text.Role) -> list[Content]:
    return [text.join((text.blank(MARGIN), line)) for line in text.phrases(sentence, width, style=style)]


class Welcome(Words):
    """The ways to begin. It has the focus, so that their keys act."""

    can_focus = True

    def render(self) -> Content:
        return text.join(panel(self.size.width), "\n")


class FirstRun(PersonKeys):
    """Lies over Today until somebody is there, or until it is closed."""

    scope = "firstrun"
    BINDINGS: ClassVar[list[BindingType]] = keymap.bindings("firstrun")
    RELOADS_ON: ClassVar[frozenset[str]] = frozenset({"contact"})

    def __init__(self) -> None:
        super().__init__()
        self._panel = Welcome(classes="first-run")

    def compose(self) -> ComposeResult:
        yield self._panel

    def first_focus(self) -> Widget:
        return self._panel

    async def person(self) -> None:
        return None

    def hidden_keys(self) -> Iterable[str]:
        return ("record.dial", "record.copy")

    async def load(self) -> None:
        """Closes when somebody has come in."""
        from tuicrm.tui.bridge import contacts

        if await self.bridge.read(contacts.count, 1):
            self.close_soon()

    async def added(self, contact: Contact) -> None:
        del contact
        await self.load()

    # --- a file ---------------------------------------------------------------------------------------------

    async def action_import_file(self) -> None:
        from tuicrm.tui.dialogs.import_form import ask

        await ask(self.crm_app)

    # --- the demo -------------------------------------------------------------------------------------------

    async def action_demo(self) -> None:
        await open_demo(self.crm_app)

    async def action_learn(self) -> None:
        await open_demo(self.crm_app, "--learn")


async def open_demo(app: CrmApp, *options: str) -> None:
    """Runs the demo in this terminal; when it is quit, what was shown is back."""
    try:
        with app.suspend():
            subprocess.run([sys.executable, "-m", "tuicrm", "demo", *options], check=False)
    except SuspendNotSupported:
        app.say(t("Quit, then type: {command}", command=DEMO))
    await asyncio.sleep(0)
    app.refresh(layout=True)
