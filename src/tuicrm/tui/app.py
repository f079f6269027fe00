"""The application: keys as they come in, places, messages, changes, and a clean end whatever happens."""

from __future__ import annotations

import gc
import logging
import signal
from collections.abc import Callable, Coroutine, Iterable
from datetime import datetime, tzinfo
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from textual import events
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.dom import DOMNode
from textual.driver import Driver
from textual.screen import Screen
from textual.signal import Signal

from tuicrm import i18n
from tuicrm.domain.clock import Clock, SystemClock
from tuicrm.domain.errors import CrmError
from tuicrm.i18n import Phrase, t
from tuicrm.settings import Settings
from tuicrm.tui import bridge, hangup, keymap, text, themes, undone
from tuicrm.tui.bridge import Bridge
from tuicrm.tui.keyorder import KeyDone, KeyOrder
from tuicrm.tui.listening import Listener
from tuicrm.tui.screens.base import Changed, Place
from tuicrm.tui.screens.shell import BarHost, Shell
from tuicrm.tui.text import Role
from tuicrm.tui.typed import ALONE_S, Typed, by_position
from tuicrm.tui.widgets.header import Header

if TYPE_CHECKING:
    from textual.theme import Theme

    from tuicrm.services.context import Crm
    from tuicrm.tui.bar.door import BarDoor

log = logging.getLogger("tuicrm")

LARGEST = (300, 120)
"""Columns and rows used at most: a client may claim any size, and each cell costs memory."""


class CrmApp(App[None], inherit_bindings=False):
    """tuicrm in a terminal. ``open_crm`` opens the database, in a thread, after the first paint."""

    CSS_PATH = "tuicrm.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *keymap.bindings("app"),
        Binding("ctrl+c", "help_quit", show=False, system=True),
    ]
    COMMANDS: ClassVar[set[Any]] = set()
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    TITLE = "tuicrm"
    AUTO_FOCUS = ""

    def __init__(
        self,
        open_crm: Callable[[], Crm],
        settings: Settings,
        *,
        clock: Clock | None = None,
        log_file: Path | None = None,
        driver: type[Driver] | None = None,
    ) -> None:
        super().__init__(driver_class=driver)
        self.settings = settings
        self.clock = clock or SystemClock()
        self.bridge = Bridge(open_crm)
        self.changed: Signal[Changed] = Signal(self, "changed")
        self.stirred: Signal[None] = Signal(self, "stirred")
        """The database or its live file was written to by anybody: a ringing telephone, a draft, a claim."""
        self.listener = Listener(self)
        self.typed = Typed()
        self.order = KeyOrder(self)
        self.order.hold()
        self.shell = Shell(self.now)
        self._log_file = log_file
        self._quit_asked = False
        self._begin_with(themes.load(settings.theme or themes.DEFAULT, settings.file.with_name("themes")))
        if keymap.moved():
            self.set_keymap(dict(keymap.moved()))

    def _begin_with(self, theme: Theme) -> None:
        """The first theme. Set by assignment, it would have all styles parsed twice, 13 ms before one sees
        anything; here is what Textual's watcher does, but for that."""
        self.register_theme(theme)
        self.set_reactive(CrmApp.theme, theme.name)
        self.stylesheet.set_variables(self.get_css_variables())
        classes = {f"-theme-{theme.name}": True, "-dark-mode": theme.dark, "-light-mode": not theme.dark}
        self.update_classes(classes, update=False)
        self._refresh_truecolor_filter(self.ansi_theme)

    @cached_property
    def bar(self) -> BarDoor:
        """The log bar's door."""
        # it brings the grammar of the line with it: 15 ms that the first picture need not wait for
        from tuicrm.tui.bar.door import BarDoor

        return BarDoor(self)

    def get_default_screen(self) -> Screen[Any]:
        return self.shell

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """None of Textual's: they write files and show text of their own."""
        del screen
        return ()

    # --- start and end --------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        self.app_resume_signal.subscribe(self, lambda _: self.refresh(layout=True))
        self._loop_handle(signal.SIGTERM, self.exit)
        self._loop_handle(signal.SIGHUP, self._line_dropped)

    def _line_dropped(self) -> None:
        """The terminal is gone: what is typed is kept and the database closed as at any end."""
        hangup.write_to_nobody()
        self.exit(return_code=hangup.EXIT_CODE)

    def _loop_handle(self, number: int, act: Callable[[], None]) -> None:
        import asyncio

        try:
            asyncio.get_running_loop().add_signal_handler(number, act)
        except (NotImplementedError, RuntimeError, ValueError):
            # not in the main thread: a test, or a server that owns the signals
            return

    async def on_ready(self) -> None:
        """The first picture is out: now the database, the first place and the garbage collector may begin."""
        self.work(self._open(), group="open")
        await self.shell.begin()
        self.order.release()
        gc.freeze()
        gc.enable()

    async def _open(self) -> None:
        try:
            crm = await self.bridge.crm()
        except CrmError as error:
            self.exit(return_code=error.exit_code, message=text.phrase(i18n.sentence(error)).plain)
            return
        await self.listener.begin()
        self.shell.header.refresh()
        await self.shell.loaded()
        # the first rows are on the screen: now what can wait
        await self.listener.listen(crm)
        await self.bar.start()

    async def on_unmount(self) -> None:
        if "bar" in self.__dict__:
            await self.bar.end()
        self.listener.stop()
        self.bridge.close()

    def _fatal_error(self) -> None:
        """An error nobody expected: the trace goes to the log file, one sentence to the screen."""
        log.exception("unexpected error")
        sentence = t("Something went wrong inside tuicrm; the details are in {file}.", file=self._log_name)
        self.panic(text.phrase(sentence).plain)

    @property
    def _log_name(self) -> str:
        return str(self._log_file) if self._log_file else "tuicrm.log"

    # --- time -----------------------------------------------------------------------------------------------

    @property
    def zone(self) -> tzinfo | None:
        """The agent's zone once the database is open; before that the system's (None)."""
        crm = self.bridge.opened
        return crm.zone if crm else None

    def now(self) -> datetime:
        """The local moment, for what is shown."""
        return self.clock.now().astimezone(self.zone)

    # --- places ---------------------------------------------------------------------------------------------

    @property
    def place(self) -> Place | None:
        """The place or view in front."""
        return self.shell.front

    @property
    def bar_host(self) -> BarHost:
        """Where the log bar is mounted; it shows while it has the class ``-open``."""
        return self.shell.bar_host

    async def action_go(self, name: str) -> None:
        await self.shell.go(name)

    async def on_header_picked(self, event: Header.Picked) -> None:
        await self.shell.go(event.place)

    async def open_view(self, view: Place) -> None:
        """Lays a view, such as an open card, over the place in front."""
        await self.shell.open_view(view)

    async def action_back(self) -> None:
        if await self.shell.back():
            return
        letter = self.typed.key_name not in ("", "escape")
        if self._quit_asked and letter:
            self.exit()
        elif letter:
            self.say(t("{key} again quits.", key=keymap.display(self.typed.key_name)))
            self._quit_asked = True

    async def action_quit(self) -> None:
        self.exit()

    def action_help_quit(self) -> None:
        """Ctrl+C: copying is not meant here, and it must not end a day's work."""
        self.say(t("{key} quits.", key=keymap.display(keymap.keys_of(keymap.key("app.quit"))[0])))

    async def action_help(self) -> None:
        from tuicrm.tui.screens.help import Help

        await self.push_screen(Help(self._scope()))

    async def action_palette(self) -> None:
        from tuicrm.tui.screens.palette import Command, Palette, commands

        async def act(chosen: Command | None) -> None:
            if chosen is not None:
                await chosen.do()

        if not isinstance(self.screen, Palette):
            await self.push_screen(Palette(commands(self, self._scope(), self.screen.focused)), act)

    async def action_undo(self) -> None:
        self.work(self._turn_back("undo"), group="undo")

    async def action_redo(self) -> None:
        self.work(self._turn_back("redo"), group="undo")

    async def _turn_back(self, verb: Literal["undo", "redo"]) -> None:
        history = bridge.history
        done = await self.bridge.write(history.undo if verb == "undo" else history.redo)
        await self.listener.look()
        self.say(undone.words(done, verb, await self.bridge.read(undone.whom, done)))

    def use_theme(self, name: str) -> None:
        """Another theme, for this session; ``theme`` in the settings makes it stay."""
        self.register_theme(themes.load(name, self.settings.file.with_name("themes")))
        self.theme = name

    def _scope(self) -> str:
        from tuicrm.tui.widgets.footer import owner_of_keys

        owner = owner_of_keys(self.screen.focused)
        return owner.scope if owner else self.shell.current

    # --- telling --------------------------------------------------------------------------------------------

    def say(self, sentence: Phrase, role: Role = "", *, undo: bool = False) -> None:
        """Tells what happened in the message line; ``sentence`` comes from ``i18n``."""
        self.shell.message.say_words(sentence, role, undo=undo)

    def set_live(self, live: Content | None) -> None:
        """Who is on the telephone, for the header."""
        self.shell.header.set_live(live)
        self.keys_changed()

    def keys_changed(self) -> None:
        """The footer looks again which keys act now."""
        self.shell.footer.keys_changed()

    def publish(self, changed: Iterable[tuple[str, int]]) -> None:
        """Tells all who show records that these changed."""
        records = frozenset(changed)
        if not records:
            return
        self.changed.publish(records)
        front = self.place
        if front is not None and any(entity in front.RELOADS_ON for entity, _ in records):
            front.work(front.on_changed(records), group="load", exclusive=True)

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
        node.run_worker(self._guarded(job), group=group, exclusive=exclusive, exit_on_error=False)

    async def _guarded(self, job: Coroutine[Any, Any, Any]) -> None:
        try:
            await job
        except CrmError as error:
            self.say(i18n.sentence(error), "bad")
        except Exception:
            log.exception("unexpected error in the background")
            self.say(
                t("Something went wrong inside tuicrm; the details are in {file}.", file=self._log_name),
                "bad",
            )

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
        by_position(event, self.settings.keyboard, in_text=self.in_text)
        if event.key != self.typed.key_name:
            self._quit_asked = False
        self.typed.key = event

    def on_key_done(self, event: KeyDone) -> None:
        self.order.done(event)


def _clamped(event: events.Resize) -> events.Resize:
    """A size no larger than ``LARGEST``."""
    width, height = event.size
    if width <= LARGEST[0] and height <= LARGEST[1]:
        return event
    size = type(event.size)(min(width, LARGEST[0]), min(height, LARGEST[1]))
    return events.Resize(size, size, size)
