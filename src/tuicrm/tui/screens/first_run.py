"""An empty database: what to do first, in one calm panel over Today."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget

from tuicrm import i18n
from tuicrm.domain.models import Contact
from tuicrm.i18n import Phrase, nt, t
from tuicrm.tui import keymap, text
from tuicrm.tui.keymap import FooterKey
from tuicrm.tui.screens.person_keys import PersonKeys
from tuicrm.tui.widgets.line_input import LineInput
from tuicrm.tui.widgets.row import Row
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
            t("CSV with a line of headings, or tuicrm's own JSON. One undo takes it all back."),
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
    out = [text.blank(0), *_paragraph(t("Nobody is in here yet. Four ways to begin:"), room, "strong")]
    for id, what, about in ways():
        cap = text.number(keymap.display(keymap.keys_of(keymap.key(id))[0]), style="key")
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


class PathLine(LineInput):
    """Where the file to import is named."""

    scope = "path"
    BINDINGS: ClassVar[list[BindingType]] = keymap.bindings("path")

    def live_keys(self) -> Sequence[FooterKey]:
        """What the footer shows while one types here."""
        return keymap.footer_keys(self.scope)

    async def action_take(self) -> None:
        place = next(node for node in self.ancestors if isinstance(node, FirstRun))
        await place.import_from(self.value)

    def action_leave(self) -> None:
        place = next(node for node in self.ancestors if isinstance(node, FirstRun))
        place.ask_path(False)


class FirstRun(PersonKeys):
    """Lies over Today until somebody is there, or until it is closed."""

    scope = "firstrun"
    BINDINGS: ClassVar[list[BindingType]] = keymap.bindings("firstrun")
    RELOADS_ON: ClassVar[frozenset[str]] = frozenset({"contact"})

    def __init__(self) -> None:
        super().__init__()
        self._panel = Welcome(classes="first-run")
        self._path = PathLine(placeholder=t("such as people.csv"))
        self._path_row = Row(
            Words(text.phrase(t("File"), style="dim"), classes="ask"), self._path, classes="search-row"
        )

    def compose(self) -> ComposeResult:
        yield self._panel
        yield self._path_row

    def on_mount(self) -> None:
        self._path_row.display = False

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

    def action_import_file(self) -> None:
        self.ask_path(True)

    def ask_path(self, asked: bool) -> None:
        """Shows or hides the line for the file's name, and moves the focus."""
        self._path_row.display = asked
        (self._path if asked else self._panel).focus(scroll_visible=False)

    async def import_from(self, path: str) -> None:
        """Reads the file; the line stays when it is refused."""
        if path.strip():
            self.say(t("Reading {file}…", file=path.strip()))
            job = import_file(self.crm_app, Path(path.strip()).expanduser())
            self.work(job, group="import", exclusive=True)

    # --- the demo -------------------------------------------------------------------------------------------

    async def action_demo(self) -> None:
        await open_demo(self.crm_app)


async def open_demo(app: CrmApp) -> None:
    """Runs the demo in this terminal; when it is quit, what was shown is back."""
    try:
        with app.suspend():
            subprocess.run([sys.executable, "-m", "tuicrm", "demo"], check=False)
    except SuspendNotSupported:
        app.say(t("Quit, then type: {command}", command=DEMO))
    await asyncio.sleep(0)
    app.refresh(layout=True)


async def import_file(app: CrmApp, file: Path) -> None:
    """Reads a file of people and tells what came of it. Raises what ``transfer.import_file`` raises."""
    from tuicrm.tui.bridge import transfer

    report = await app.bridge.write(transfer.import_file, file)
    said = report_words(report.added, len(report.refused))
    if report.refused:
        first = report.refused[0]
        why = t("Line {line}: {reason}", line=first.line, reason=i18n.sentence(first))
        said = t("{said} {why}", said=said, why=why)
    app.say(said, "warn" if report.refused else "", undo=report.added > 0)
    await app.listener.look()


def report_words(added: int, refused: int) -> Phrase:
    """``400 contacts imported, 3 lines refused.``"""
    if not refused:
        return nt("{n} contact imported.", "{n} contacts imported.", added)
    lines = nt("{n} line refused", "{n} lines refused", refused)
    return nt("{n} contact imported, {lines}.", "{n} contacts imported, {lines}.", added, lines=lines)
