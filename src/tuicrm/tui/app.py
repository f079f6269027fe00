"""The application: the places, what the keys everywhere do, messages, and what others changed."""

from __future__ import annotations

import gc
import signal
from collections.abc import Callable, Iterable
from datetime import datetime, tzinfo
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.driver import Driver
from textual.screen import Screen
from textual.signal import Signal

from tuicrm.domain.clock import Clock, SystemClock
from tuicrm.domain.colours import Colours
from tuicrm.i18n import Phrase, t
from tuicrm.settings import Settings
from tuicrm.tui import hangup, keymap
from tuicrm.tui.base_app import BaseApp
from tuicrm.tui.bridge import Bridge
from tuicrm.tui.listening import Listener
from tuicrm.tui.screens.base import Changed, Place
from tuicrm.tui.screens.shell import BarHost, Shell
from tuicrm.tui.text import Role
from tuicrm.tui.widgets.footer import owner_of_keys
from tuicrm.tui.widgets.header import Header

if TYPE_CHECKING:
    from tuicrm.domain.deeds import Turn
    from tuicrm.domain.lesson import Lesson
    from tuicrm.services.context import Crm
    from tuicrm.services.terminal.served import Served
    from tuicrm.tui.attendance import Attendance
    from tuicrm.tui.bar.door import BarDoor
    from tuicrm.tui.calendar_keeper import CalendarKeeper
    from tuicrm.tui.importing.job import Job
    from tuicrm.tui.importing.turning import SlowTurn
    from tuicrm.tui.reminding import Reminding


class CrmApp(BaseApp, inherit_bindings=False):
    """tuicrm in a terminal. ``open_crm`` opens the database, in a thread, after the first paint."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *keymap.bindings("app"),
        Binding("ctrl+c", "help_quit", show=False, system=True),
    ]

    def __init__(
        self,
        open_crm: Callable[[], Crm],
        settings: Settings,
        *,
        clock: Clock | None = None,
        log_file: Path | None = None,
        driver: type[Driver] | None = None,
        colours: Colours = "full",
        lesson: Lesson = "",
    ) -> None:
        super().__init__(settings, log_file, driver, colours)
        self._lesson = lesson
        self.clock = clock or SystemClock()
        self.bridge = Bridge(open_crm)
        self.changed: Signal[Changed] = Signal(self, "changed")
        self.stirred: Signal[None] = Signal(self, "stirred")
        """The database or its live file was written to by anybody: a ringing telephone, a draft, a claim."""
        self.listener = Listener(self)
        self.order.hold()
        self.shell = Shell(self.now)
        self.served: Served | None = None
        """How the terminal is served; None when that was nobody's task."""
        self.importing: Job | None = None
        """The import that is on its way."""
        self.turning: SlowTurn | None = None
        """The import that is being taken back, or done again."""
        self.reminding: Reminding | None = None
        """What falls due while the program is open."""
        self.calendar: CalendarKeeper | None = None
        """The calendar file of the settings."""
        self.attendance: Attendance | None = None
        """From when to when the agent is there."""
        self._quit_asked = False
        self._said_at: events.Key | None = None

    @cached_property
    def bar(self) -> BarDoor:
        """The log bar's door."""
        # it brings the grammar of the line with it: 15 ms that the first picture need not wait for
        from tuicrm.tui.bar.door import BarDoor

        return BarDoor(self)

    def get_default_screen(self) -> Screen[Any]:
        return self.shell

    # --- start and end --------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        self.app_resume_signal.subscribe(self, lambda _: self.refresh(layout=True))
        self.on_signal(signal.SIGTERM, self.exit)
        self.on_signal(signal.SIGHUP, self._line_dropped)

    def _line_dropped(self) -> None:
        """The terminal is gone: what is typed is kept and the database closed as at any end."""
        from tuicrm.tui import modes

        modes.give_back(self)
        hangup.write_to_nobody()
        self.exit(return_code=hangup.EXIT_CODE)

    async def on_ready(self) -> None:
        """The first picture is out: now the database, the first place and the garbage collector may begin."""
        from tuicrm.tui.opening import open_up

        self.work(open_up(self, self._lesson), group="open")
        await self.shell.begin()
        self.order.release()
        if self.served is not None and self.served.asks:
            from tuicrm.tui import modes

            self.work(modes.ask_first(self))
        gc.freeze()
        gc.enable()

    async def action_lesson(self) -> None:
        """Begins the lesson; while it runs: skip, back, leave. Outside the demo it says where it is."""
        from tuicrm.tui.lesson import begin_or_ask

        await begin_or_ask(self, demo=bool(self._lesson))

    async def on_unmount(self) -> None:
        if "bar" in self.__dict__:
            await self.bar.end()
            await self.bar.claiming.end()
        if self.calendar is not None:
            await self.calendar.end()
        if self.attendance is not None:
            await self.attendance.end()
        self.listener.stop()
        self.bridge.close()

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
        if "bar" in self.__dict__:
            # behind the focus that the place has asked for: an open bar keeps the keys
            self.call_later(self.bar.refocus)

    async def on_header_picked(self, event: Header.Picked) -> None:
        await self.action_go(event.place)

    async def open_view(self, view: Place) -> None:
        """Lays a view, such as an open card, over the place in front."""
        await self.shell.open_view(view)

    async def action_back(self) -> None:
        if (self.place is not None and self.place.before_leaving()) or await self.shell.back():
            return
        letter = self.typed.key_name not in ("", "escape")
        if letter and self._quit_asked and self.typed.again:
            self.exit()
        elif letter:
            self.say(t("{key} again quits.", key=keymap.display(self.typed.key_name)))
            self._quit_asked = True

    async def action_reminder(self) -> None:
        if self.reminding is not None:
            await self.reminding.go()

    async def action_suspend_process(self) -> None:  # type: ignore[override]
        from tuicrm.tui.jobs import suspend

        await suspend(self, super().action_suspend_process)

    async def action_quit(self) -> None:
        self.exit()

    def action_help_quit(self) -> None:
        """Ctrl+C: copying is not meant here, and it must not end a day's work."""
        self.say(t("{key} quits.", key=keymap.cap(keymap.key("app.quit"))))

    async def action_help(self) -> None:
        from tuicrm.tui.screens.help import Help, asked

        holder = owner_of_keys(self.screen.focused) or self.place
        await self.push_screen(Help(asked(holder, self._scope(), self.screen.focused)))

    async def action_palette(self) -> None:
        from tuicrm.tui.screens.palette import Command, Palette, commands

        async def act(chosen: Command | None) -> None:
            if chosen is not None:
                await chosen.do()

        if not isinstance(self.screen, Palette):
            offered = commands(self, self._scope(), self.screen.focused)
            await self.push_screen(Palette(offered, records=self.screen is self.shell), act)

    async def action_undo(self) -> None:
        # the keys after it wait: they are meant for the row that comes back
        await self._guarded(self._turn_back("undo"))

    async def action_redo(self) -> None:
        await self._guarded(self._turn_back("redo"))

    async def _turn_back(self, verb: Turn) -> None:
        from tuicrm.tui.taking_back import turn

        about = await turn(self, verb)
        if self.place is not None and verb == "undo" and about is not None:
            await self.place.taken_back(about)

    def _scope(self) -> str:
        owner = owner_of_keys(self.screen.focused)
        return owner.scope if owner else self.shell.current

    # --- telling --------------------------------------------------------------------------------------------

    def say(self, sentence: Phrase, role: Role = "", *, undo: bool = False) -> None:
        """Tells what happened in the message line, or in the bar that covers it; from ``i18n``."""
        if "bar" in self.__dict__ and self.bar.tell(sentence, role):
            return
        # a warning stays its time, whatever is looked at meanwhile
        self._said_at = None if role else self.typed.key
        self.shell.message.say_words(sentence, role, undo=undo)

    def _take(self, event: events.Key) -> None:
        super()._take(event)
        if not self.in_text:
            self.shell.message.pass_by()

    def turned(self) -> None:
        """Another place or view is in front: what an earlier key had to tell is read by now."""
        if self._said_at not in (None, self.typed.key):
            self.shell.message.hush()

    def shown_anew(self) -> None:
        """Dates and numbers are shown otherwise now: what is in front is read and painted again."""
        self.shell.header.refresh()
        if self.place is not None:
            self.place.work(self.place.load(), group="load", exclusive=True)
        self.refresh(layout=True)

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
