"""What the program needs of Textual, whatever it shows: keys in order and by position, jobs whose errors are
told, the theme, and an end without a trace on the screen."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import Callable, Coroutine, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from textual import events
from textual.app import App, SystemCommand
from textual.dom import DOMNode
from textual.driver import Driver
from textual.filter import LineFilter, NoColor
from textual.screen import Screen

from tuicrm import i18n
from tuicrm.domain import osc52
from tuicrm.domain.colours import Colours
from tuicrm.domain.errors import CrmError
from tuicrm.i18n import Phrase, t
from tuicrm.services.themes import load, own_folder
from tuicrm.settings import Settings
from tuicrm.tui import keymap, manner, text, themes
from tuicrm.tui.driver import CrmDriver
from tuicrm.tui.keyorder import KeyDone, KeyOrder
from tuicrm.tui.order import UNDECORATED, line_filter, side
from tuicrm.tui.text import Role
from tuicrm.tui.typed import ALONE_S, Typed, by_position

if TYPE_CHECKING:
    from textual.theme import Theme

log = logging.getLogger("tuicrm")

_OURS = str(Path(__file__).parents[1])
"""Where the program's own files are."""
_NO_COLOUR = NoColor()
"""One for all lines: strips are cached by their filters."""

LARGEST = (300, 120)
"""Columns and rows used at most: a client may claim any size, and each cell costs memory."""


class BaseApp(App[None], inherit_bindings=False):
    """The part of the app that knows nothing of contacts and calls."""

    CSS_PATH = "tuicrm.tcss"
    COMMANDS: ClassVar[set[Any]] = set()
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    TITLE = "tuicrm"
    AUTO_FOCUS = ""

    def __init__(
        self,
        settings: Settings,
        log_file: Path | None,
        driver: type[Driver] | None,
        colours: Colours = "full",
    ) -> None:
        manner.use(settings)
        super().__init__(driver_class=driver)
        self.settings = settings
        self.colours = colours
        """How many colours the terminal shows."""
        self.no_color = colours == "none"
        self.typed = Typed()
        self.order = KeyOrder(self)
        self._log_file = log_file
        chosen = themes.begin(settings.theme, own_folder(settings), colours)
        self.theme_trouble = chosen.trouble
        """Why the theme is not the one that was asked for."""
        self._begin_with(chosen.theme)
        if keymap.moved():
            self.set_keymap(dict(keymap.moved()))

    def get_line_filters(self) -> Sequence[LineFilter]:
        order = line_filter(text.mode(), side(), text.quirk())
        filters = [order, *super().get_line_filters(), *([_NO_COLOUR] if self.no_color else [])]
        if manner.plain():
            filters.append(UNDECORATED)
        return filters

    def say(self, sentence: Phrase, role: Role = "", *, undo: bool = False) -> None:
        """Tells what happened in the message line; ``sentence`` comes from ``i18n``."""
        raise NotImplementedError

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """None of Textual's: they write files and show text of their own."""
        del screen
        return ()

    # --- themes ---------------------------------------------------------------------------------------------

    def _begin_with(self, theme: Theme) -> None:
        """The first theme. Set by assignment, it would have all styles parsed twice, 13 ms before one sees
        anything; here is what Textual's watcher does, but for that."""
        self.register_theme(theme)
        self.set_reactive(BaseApp.theme, theme.name)
        self.stylesheet.set_variables(self.get_css_variables())
        classes = {f"-theme-{theme.name}": True, "-dark-mode": theme.dark, "-light-mode": not theme.dark}
        self.update_classes(classes, update=False)
        self._refresh_truecolor_filter(self.ansi_theme)

    def use_theme(self, name: str) -> None:
        """Another theme, for this session; ``theme`` in the settings makes it stay. Raises ``Invalid``
        (``theme_...``). Where the terminal has too few colours for it, the plain one stands in."""
        theme = themes.theme_of(themes.fitting(load(name, own_folder(self.settings)), self.colours))
        self.register_theme(theme)
        self.theme = theme.name

    def ring(self, why: Literal["due", "call"]) -> None:
        """The terminal's bell, when the settings want it for that."""
        if self.settings.bell in (why, "all"):
            self.bell()

    # --- the clipboard --------------------------------------------------------------------------------------

    def copy_to_clipboard(self, text: str) -> None:
        """Copies, in the way that the settings say; what is pasted here is the same whatever the terminal does."""
        self._clipboard = text
        how = self.settings.clipboard
        if how == "osc52":
            if self._driver is not None and (sequence := osc52.sequence(text, os.environ)):
                self._driver.write(sequence)
        elif how != "off":
            self.work(self._hand_over(how, text), group="clipboard")

    async def _hand_over(self, command: str, text: str) -> None:
        # other programs are started by those who ask for one
        from tuicrm.services import programs

        await asyncio.to_thread(programs.copy, command, text, left=lambda: not self.is_running)

    def screen_unknown(self) -> None:
        """The terminal may show anything now, whatever was sent before."""
        if isinstance(self._driver, CrmDriver):
            self._driver.forget()

    # --- ends -----------------------------------------------------------------------------------------------

    def on_signal(self, number: int, act: Callable[[], None]) -> None:
        try:
            asyncio.get_running_loop().add_signal_handler(number, act)
        except (NotImplementedError, RuntimeError, ValueError):
            # not in the main thread: a test, or a server that owns the signals
            return

    def _fatal_error(self) -> None:
        """An error nobody expected: the trace goes to the log file, one sentence to the screen."""
        log.exception("unexpected error")
        self.panic(text.phrase(self._trouble(sys.exc_info()[1])).plain)

    def _trouble(self, error: BaseException | None) -> Phrase:
        """What is said of it. Another version was installed where a file of ours is not as it was."""
        gone = error.filename if isinstance(error, FileNotFoundError) else None
        if (isinstance(error, ImportError) and (error.name or "").startswith("tuicrm")) or (
            gone is not None and str(gone).startswith(_OURS)
        ):
            return t(
                "tuicrm was changed on this machine while it was open. Leave it ({key}) and start it again; what you "
                "typed is kept.",
                key=keymap.named("app.quit"),
            )
        return t("Something went wrong inside tuicrm; the details are in {file}.", file=self._log_name)

    @property
    def _log_name(self) -> str:
        return str(self._log_file) if self._log_file else "tuicrm.log"

    # --- work -----------------------------------------------------------------------------------------------

    def work(
        self,
        job: Coroutine[Any, Any, Any],
        *,
        owner: DOMNode | None = None,
        group: str = "default",
        exclusive: bool = False,
    ) -> None:
        """Runs ``job`` in the background. A refusal is told in the message line; so is an error nobody
        expected, with its trace in the log, and the program goes on."""
        node = owner or self
        guarded = self._guarded(job)
        worker = node.run_worker(guarded, group=group, exclusive=exclusive, exit_on_error=False)
        if worker._task is not None:
            # one that is cancelled before it began would be reported as never awaited
            worker._task.add_done_callback(lambda _: (guarded.close(), job.close()))

    async def _guarded(self, job: Coroutine[Any, Any, Any]) -> None:
        try:
            await job
        except CrmError as error:
            self.say(i18n.sentence(error), "bad")
        except Exception as error:
            log.exception("unexpected error in the background")
            self.say(self._trouble(error), "bad")

    def if_typed_alone(self, act: Callable[[], None]) -> None:
        """Runs ``act`` unless the key being dealt with came in a paste; knows that only ``ALONE_S`` later.

        What ``act`` acts on must be held fast now: the cursor may move before it runs.
        """
        key = self.typed.key
        if key is None:
            act()
            return
        time = key.time

        def decide() -> None:
            if self.typed.alone(time):
                act()
            else:
                self.say(t("Ignored: keys that come this fast are a paste, not outcomes."), "warn")

        self.set_timer(ALONE_S, decide)

    # --- keys -----------------------------------------------------------------------------------------------

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Resize):
            event = _clamped(event)
            self.screen_unknown()
        if not isinstance(event, (events.Key, events.Paste)) or event.is_forwarded:
            await super().on_event(event)
            return
        if isinstance(event, events.Key):
            self.typed.saw(event)
        if not self.order.admit(event):
            return
        if isinstance(event, events.Key):
            self._take(event)
        await super().on_event(event)
        self.order.follow(event)

    @property
    def in_text(self) -> bool:
        """Whether the focus is in a text field, where letters are text."""
        return self.focused is not None and self.focused.check_consume_key("a", "a")

    def _take(self, event: events.Key) -> None:
        """A key's turn has come."""
        self.typed.printed = event.character or ""
        by_position(event, self.settings.keyboard, in_text=self.in_text)
        self.typed.take(event)

    def on_key_done(self, event: KeyDone) -> None:
        self.order.done(event)


def _clamped(event: events.Resize) -> events.Resize:
    """A size no larger than ``LARGEST``."""
    width, height = event.size
    if width <= LARGEST[0] and height <= LARGEST[1]:
        return event
    size = type(event.size)(min(width, LARGEST[0]), min(height, LARGEST[1]))
    return events.Resize(size, size, size)
