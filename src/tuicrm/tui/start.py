"""From settings to a running app: the log file, the bidi mode, the user's keys, the theme."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from textual.driver import Driver

from tuicrm import i18n, paths
from tuicrm.domain.clock import Clock, clock_from_environment
from tuicrm.domain.errors import CrmError
from tuicrm.i18n import Phrase, t
from tuicrm.settings import Settings
from tuicrm.tui import keymap, text
from tuicrm.tui.app import CrmApp
from tuicrm.tui.sgr import compact

if TYPE_CHECKING:
    from tuicrm.services.context import Crm


def start(settings: Settings, open_crm: Callable[[], Crm] | None, clock: Clock | None) -> int:
    """Runs the app; returns its exit code. Raises ``CrmError`` for a theme that cannot be used."""
    clock = clock or clock_from_environment()
    text.use(bidi_mode(settings, os.environ))
    i18n.use(i18n.language(), isolate=True)
    log_file = _log_to(paths.log_file())
    told = _users_keys(settings)
    app = CrmApp(
        open_crm or _opener(settings, clock), settings, clock=clock, log_file=log_file, driver=_driver()
    )
    if told:
        app.call_later(app.say, told, "warn")
    app.run(mouse=True)
    return app.return_code or 0


def _driver() -> type[Driver]:
    """Textual's own driver for this system, sending the same picture in fewer bytes."""
    from textual.drivers.linux_driver import LinuxDriver

    class CompactDriver(LinuxDriver):
        def write(self, data: str) -> None:
            super().write(compact(data))

    return CompactDriver


def _opener(settings: Settings, clock: Clock) -> Callable[[], Crm]:
    def open_it() -> Crm:
        # in the writer thread, after the first paint
        from tuicrm.services.context import open_crm

        return open_crm(settings, via="tui", clock=clock)

    return open_it


def bidi_mode(settings: Settings, environ: Mapping[str, str]) -> text.Mode:
    """The setting, else what the environment tells of the terminal: those that reorder by themselves get
    ``logical``, the rest ``visual``."""
    if settings.bidi != "auto":
        return settings.bidi
    reorders = (
        "KONSOLE_VERSION" in environ
        or environ.get("TERM_PROGRAM") == "Apple_Terminal"
        or ("VTE_VERSION" in environ and ("TMUX" in environ or "STY" in environ))
    )
    return "logical" if reorders else "visual"


def _users_keys(settings: Settings) -> Phrase | None:
    """Takes the user's keymap into use; a sentence when it was refused, and then the shipped keys act."""
    file = settings.file.with_name("keys.toml")
    try:
        keymap.use(keymap.load(file))
    except CrmError as error:
        reasons = [i18n.sentence(problem) for problem in error.fields or [error]]
        return t("{file} is not used. {reason}", file=file.name, reason=reasons[0])
    return None


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
