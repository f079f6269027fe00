"""Asks the terminal who reorders right-to-left text and what it is called; one round trip, before the screens.

All terminals answer the last question (DA1), so nobody waits for the answers of those that do not know the others.
What is typed meanwhile comes through the same door: ``Sieve`` parts the two, also when answers come late.
"""

from __future__ import annotations

import os
import re
import select
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from tuicrm.domain.terminals import name_of

QUESTIONS: Final = b"\x1b7\x1b[8$p\x1b[>q\x1b[>c\x1b[c\x1b8\x1b[K"
"""Mode 8, name (XTVERSION), kind (DA2), and the fence (DA1). Terminal.app prints the ``p``: it is wiped away."""
WAIT_S: Final = 0.3
"""Longest wait for the fence."""

_PATIENCE: Final = 10
"""How often ``Sieve.idle`` is called before the rest of an answer is given up."""

_ANSWER: Final = re.compile(
    rb"\x1b\[8;(?P<mode8>\d)\$y"
    rb"|\x1bP>\|(?P<version>[^\x1b\x07]*)(?:\x1b\\|\x07)"
    rb"|\x1b\[>(?P<device>[\d;]*)c"
    rb"|(?P<fence>\x1b\[\?[\d;]*c)"
)
_BEGUN: Final = re.compile(
    rb"\x1b(?:\[(?:8(?:;\d?\$?)?|[>?][\d;]*)?|P(?:>(?:\|[^\x1b\x07]{0,80}\x1b?)?)?)?\Z"
)
"""The beginning of an answer, at the end of what was read."""


class Sieve:
    """Takes the terminal's answers out of what is typed."""

    def __init__(self) -> None:
        self.mode8: int | None = None
        self.version = ""
        self.device = ""
        self.complete = False
        """Whether the last answer came; from then on nothing is held back."""
        self._held = b""
        self._looked = 0

    @property
    def name(self) -> str:
        """What the terminal calls itself; ``""`` when it did not say."""
        return name_of(self.version, self.device)

    def feed(self, data: bytes) -> bytes:
        """What of ``data`` was typed. An answer that is not whole yet is held until the rest comes."""
        if self.complete:
            return data
        self._looked = 0
        data = _ANSWER.sub(self._take, self._held + data)
        begun = None if self.complete else _BEGUN.search(data)
        at = begun.start() if begun else len(data)
        self._held = data[at:]
        return data[:at]

    def idle(self) -> bytes:
        """To be called now and then when nothing comes: gives what was held and turns out to be typed.

        An Escape is one at once; what looks like more of an answer may be on its way for a while.
        """
        self._looked += 1
        return self.rest() if len(self._held) <= 2 or self._looked > _PATIENCE else b""

    def rest(self) -> bytes:
        """What was held: nothing more will come."""
        held, self._held = self._held, b""
        return held

    def _take(self, found: re.Match[bytes]) -> bytes:
        if found["mode8"] is not None:
            self.mode8 = int(found["mode8"])
        elif found["version"] is not None:
            self.version = found["version"].decode("utf-8", "replace")
        elif found["device"] is not None:
            self.device = found["device"].decode("ascii")
        else:
            self.complete = True
        return b""


def ask(keyboard: int, screen: int, wait_s: float = WAIT_S) -> tuple[Sieve, bytes]:
    """Asks the terminal; gives its answers so far and what was typed meanwhile.

    ``keyboard``, ``screen``: file descriptors of the terminal to read from and to write to. Returns after
    ``wait_s`` seconds at the latest; what comes then must go through the ``Sieve``. Raises ``OSError`` when the
    terminal is gone.
    """
    sieve = Sieve()
    typed = b""
    with _quiet(keyboard):
        os.write(screen, QUESTIONS)
        until = time.monotonic() + wait_s
        while not sieve.complete and (left := until - time.monotonic()) > 0:
            if select.select([keyboard], [], [], left)[0]:
                data = os.read(keyboard, 4096)
                if not data:
                    break
                typed += sieve.feed(data)
    return sieve, typed


@contextmanager
def _quiet(keyboard: int) -> Iterator[None]:
    """The terminal neither shows what comes in nor waits for a whole line; Enter is what the screens expect."""
    try:
        before = termios.tcgetattr(keyboard)
    except termios.error as error:
        raise OSError(*error.args) from None
    quiet = [*before[:6], list(before[6])]
    quiet[0] &= ~(termios.ICRNL | termios.INLCR | termios.IGNCR)
    quiet[3] &= ~(termios.ECHO | termios.ICANON)
    quiet[6][termios.VMIN], quiet[6][termios.VTIME] = 1, 0
    termios.tcsetattr(keyboard, termios.TCSANOW, quiet)
    try:
        yield
    finally:
        termios.tcsetattr(keyboard, termios.TCSANOW, before)
