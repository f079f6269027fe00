"""The way to and from the terminal: the picture in few bytes, who orders right-to-left text, late answers, Ctrl+Z.

In visual mode the terminal is told ``CSI 8 l`` (the program orders the letters) whenever the screens begin, also
after Ctrl+Z and ``fg``, and ``CSI 8 h`` whenever they end; in the other modes it is told nothing. Terminals that
know no mode 8 pass over both.
"""

from __future__ import annotations

import os
import select
import signal
import time
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events
from textual._ansi_sequences import SYNC_END, SYNC_START
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from tuicrm.tui import manner, text
from tuicrm.tui.pasting import END, SILENCE_S, Pastes
from tuicrm.tui.sgr import compact
from tuicrm.tui.sparing import Sparing, fills

if TYPE_CHECKING:
    from tuicrm.services.terminal.query import Sieve

PROGRAM_ORDERS: Final = "\x1b[8l"
TERMINAL_ORDERS: Final = "\x1b[8h"
SHOW_CURSOR: Final = "\x1b[?25h"
"""Screen readers follow the terminal's own cursor."""
HOME: Final = "\x1b[H"
"""VTE keeps for each line who orders it, and takes that over where the cursor is at a line's beginning."""
POINTER: Final = "\x1b]22;"
"""Another shape of the mouse pointer: terminals too old for colours would print it."""
BELL: Final = "\a"
LATE_S: Final = 10.0
"""Seconds after the first read within which the terminal's answers may still come."""
ONE_PIECE: Final = 1_300
"""So many bytes come over any line at once: the terminal need not be told when the picture is whole."""
_TICK_S: Final = 0.1
"""How often Textual's parser is asked whether an Escape stands alone."""
_REST_S: Final = 0.01
"""How long the rest of a mark is awaited of which the beginning came."""
_PIECE: Final = 4096
"""Bytes read at once."""


class Line:
    """What the driver shares with those who were there before the screens and those who come after.

    ``typed``: what was typed before the screens. ``sieve``: parts late answers from what is typed.
    """

    def __init__(self, typed: bytes = b"", sieve: Sieve | None = None) -> None:
        self.typed = typed
        self.sieve = sieve
        self.told: Callable[[Sieve], None] | None = None
        """Called in the app's loop when the terminal's last answer has come."""
        self.ordering: int | None = None
        """The terminal's file descriptor while it leaves the order to the program."""

    def give_back(self) -> None:
        """Has the terminal order again, past everything that may have broken. Never waits, never fails."""
        handle, self.ordering = self.ordering, None
        if handle is None:
            return
        try:
            if select.select([], [handle], [], 0)[1]:
                os.write(handle, TERMINAL_ORDERS.encode())
        except (OSError, ValueError):
            return


class CrmDriver(LinuxDriver):
    """Textual's driver for Linux and macOS. ``on`` gives the class its line."""

    line: ClassVar[Line]
    _begun = False
    _sparing: Sparing | None = None
    """What the terminal shows."""
    _opening = ""
    """The mark before a picture, until something of it is to be sent."""

    @classmethod
    def on(cls, line: Line) -> type[CrmDriver]:
        """The driver for one line, as a class: Textual makes the driver itself."""
        return type("CrmDriver", (cls,), {"line": line})

    def write(self, data: str) -> None:
        if data.startswith(POINTER) and getattr(self._app, "colours", "full") in ("none", "16"):
            return
        if data == BELL:
            # no picture: what the terminal shows stays known
            super().write(data)
            return
        if self._sparing is None:
            self._send(compact(data))
            return
        # what the terminal tells of itself late may change it
        self._sparing.orders = text.mode() != "visual"
        self._sparing.columns = self._app.size.width
        self._send(self._sparing.less(data))

    def _send(self, data: str) -> None:
        """Sends it. A picture of which nothing differs is not even begun, one that comes in a piece needs no marks."""
        if data == SYNC_START:
            self._opening = data
        elif data == SYNC_END and self._opening:
            self._opening = ""
        elif len(data.encode()) <= ONE_PIECE:
            super().write(data)
        else:
            super().write(self._opening + data)
            self._opening = ""

    def forget(self) -> None:
        """The terminal may show anything now: what comes next is sent whole."""
        if self._sparing is not None:
            self._sparing.forget()

    # --- who orders -----------------------------------------------------------------------------------------

    def start_application_mode(self) -> None:
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self._begun = True
        self._sparing = Sparing(erases=fills(), followed=manner.plain())
        if manner.plain():
            self.write(SHOW_CURSOR)
        # always: what ran meanwhile, or the shell, may have told the terminal otherwise
        if text.mode() == "visual":
            self._tell(True)

    def stop_application_mode(self) -> None:
        self.program_orders(False)
        self._begun = False
        super().stop_application_mode()

    def program_orders(self, wanted: bool) -> None:
        """Tells the terminal who orders from now on, unless it knows."""
        if self._begun and wanted != (self.line.ordering is not None):
            self._tell(wanted)

    def _tell(self, wanted: bool) -> None:
        if self._file is not None and self._file.isatty():
            self.write(HOME + (PROGRAM_ORDERS if wanted else TERMINAL_ORDERS))
            self.line.ordering = self._file.fileno() if wanted else None

    def _get_terminal_size(self) -> tuple[int, int]:
        """Columns and rows, by the environment or the terminal. Textual loads ``shutil`` for it, 0.2 MB."""
        try:
            size = os.get_terminal_size(self.fileno)
        except OSError:
            size = os.terminal_size((80, 25))
        told = [os.environ.get(name, "") for name in ("COLUMNS", "LINES")]
        columns, rows = (int(text) if text.isdecimal() else 0 for text in told)
        return columns or size.columns or 80, rows or size.lines or 25

    # --- to the shell and back ------------------------------------------------------------------------------

    @property
    def has_shell(self) -> bool:
        """Whether a shell waits that can call the program back: one of its jobs has a group of its own. Started
        by ``ssh -t``, tmux or a window, the program is its session's first, and stopped it would stay so."""
        return os.getsid(0) != os.getpgrp()

    def _sigtstp_application(self, *_: object) -> None:
        """Ctrl+Z, or the signal from elsewhere. Textual would stop itself alone and by force: a wrapper that
        waits for it (``uv run``) would stay, and with it the shell behind it."""
        if not self.has_shell:
            return
        if self._auto_restart:
            self.suspend_application_mode()
            self._must_signal_resume = True
        before = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.killpg(0, signal.SIGTSTP)
        # here it goes on after fg
        signal.signal(signal.SIGTSTP, before)

    def _sigcont_application(self, *_: object) -> None:
        """Goes on after ``fg``. Where the screens never ended, a stop by force was not seen (the shell had the
        terminal meanwhile), or there was none: a terminal that hangs up sends the same signal. They end first, so
        that never two read its keys, and one that is gone is left to the hang-up."""
        if self._begun:
            if not os.isatty(self.fileno):
                return
            self.suspend_application_mode()
            self._must_signal_resume = True
        super()._sigcont_application()

    # --- keys and late answers ------------------------------------------------------------------------------

    def run_input_thread(self) -> None:
        """Reads keys until the screens end. A byte that is no letter is shown as one that is not known, and no reason
        to stop."""
        typed, self.line.typed = self.line.typed, b""
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode
        pastes = Pastes()
        for data in chain([typed], self._read(pastes)):
            came = pastes.feed(decode(data), more=len(data) == _PIECE) if data else pastes.idle()
            for letters, pasted in came:
                for message in [events.Paste(letters)] if pasted else parser.feed(letters):
                    self.process_message(message)
            for message in parser.tick():
                self.process_message(message)

    def _read(self, pastes: Pastes) -> Iterator[bytes]:
        """What is typed, as it comes, and nothing ten times a second; ends with the screens or the terminal."""
        began = heard = time.monotonic()
        while not self.exit_event.is_set():
            data = b""
            if select.select([self.fileno], [], [], _REST_S if pastes.waits else _TICK_S)[0]:
                try:
                    data = os.read(self.fileno, _PIECE)
                except OSError:
                    return
                if not data:
                    return
                heard = time.monotonic()
            elif pastes.open and time.monotonic() > heard + SILENCE_S:
                data = END.encode()
            yield self._sifted(data, late=time.monotonic() > began + LATE_S)

    def _sifted(self, data: bytes, *, late: bool) -> bytes:
        """``data`` without the answers of the terminal, as long as any are awaited."""
        sieve = self.line.sieve
        if sieve is None:
            return data
        typed = sieve.feed(data) if data else sieve.idle()
        if sieve.complete and self.line.told is not None:
            self._loop.call_soon_threadsafe(self.line.told, sieve)
        if sieve.complete or late:
            self.line.sieve = None
            typed += sieve.rest()
        return typed
