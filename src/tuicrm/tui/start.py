"""From settings to a running app: the log file, how the terminal is served, the user's keys, the theme."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tuicrm import i18n, paths
from tuicrm.domain.clock import Clock, clock_from_environment
from tuicrm.domain.colours import colours
from tuicrm.domain.errors import Usage
from tuicrm.domain.terminals import quirk
from tuicrm.i18n import Phrase, t
from tuicrm.services.terminal import served as terminal
from tuicrm.settings import Settings
from tuicrm.tui import keymap, text
from tuicrm.tui.app import CrmApp
from tuicrm.tui.driver import CrmDriver, Line

if TYPE_CHECKING:
    from tuicrm.domain.lesson import Lesson
    from tuicrm.services.context import Crm
    from tuicrm.services.terminal.query import Sieve


def start(
    settings: Settings, open_crm: Callable[[], Crm] | None, clock: Clock | None, lesson: Lesson = ""
) -> int:
    """Runs the app; returns its exit code. Raises ``Usage`` (``terminal_dumb``)."""
    if os.environ.get("TERM") == "dumb":
        raise Usage("terminal_dumb")
    clock = clock or clock_from_environment()
    log_file = _log_to(paths.log_file())
    served = terminal.serve(settings, i18n.language())
    text.use(served.choice.mode, quirk=quirk(served.facts))
    i18n.use(i18n.language(), isolate=True)
    told = _users_keys(settings)
    line = Line(served.typed, served.sieve)
    opener = open_crm or _opener(settings, clock)
    shown = colours(os.environ)
    # known from here on: Textual would show greys where no colours are wanted
    os.environ.pop("NO_COLOR", None)
    driver = CrmDriver.on(line)
    app = CrmApp(
        opener, settings, clock=clock, log_file=log_file, driver=driver, colours=shown, lesson=lesson
    )
    app.served = served
    line.told = partial(_late, app)
    if app.theme_trouble is not None:
        told = joined(told, i18n.sentence(app.theme_trouble))
    if told:
        app.call_later(app.say, told, "warn")
    elif open_crm is None and (new := settings.missing_database) is not None:
        app.call_later(app.say, t("The database is new: {path}", path=str(new)))
    try:
        app.run(mouse=True)
    finally:
        line.give_back()
    return app.return_code or 0


def joined(*sentences: Phrase | None) -> Phrase:
    """Sentences one behind the other; those that are none left out."""
    return Phrase(" ".join(said for said in sentences if said))


def _late(app: CrmApp, sieve: Sieve) -> None:
    # hardly ever: the line was slower than the start
    from tuicrm.tui import modes

    modes.late(app, sieve)


def _opener(settings: Settings, clock: Clock) -> Callable[[], Crm]:
    def open_it() -> Crm:
        # in the writer thread, after the first paint
        from tuicrm.services.context import open_crm

        return open_crm(settings, via="tui", clock=clock)

    return open_it


def _users_keys(settings: Settings) -> Phrase | None:
    """Takes the preset and the user's keymap into use; a sentence when the latter was refused: without it then."""
    file = paths.keymap_file(settings.file)
    error = keymap.begin(file, settings.keys)
    if error is None:
        return None
    reason = i18n.sentence(error.fields[0] if error.fields else error)
    return t("{file} is not used. {reason}", file=file.name, reason=reason)


def _log_to(file: Path) -> Path:
    """Unexpected errors go there; the file is made when the first one comes."""

    class Late(logging.Handler):
        def emit(self, entry: logging.LogRecord) -> None:
            paths.private_folder(file.parent)
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(handle, "a", encoding="utf-8", errors="replace") as out:
                out.write(self.format(entry) + "\n")

    handler = Late(level=logging.WARNING)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger("tuicrm").addHandler(handler)
    return file
