"""The real program in a pseudo-terminal: what it sends, byte by byte."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

MARKS = (
    *("ALACRITTY_WINDOW_ID", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "LC_TERMINAL", "MLTERM", "SSH_CONNECTION"),
    *("SSH_TTY", "STY", "TERM_PROGRAM", "TMUX", "VTE_VERSION", "WT_SESSION", "XTERM_VERSION"),
)
QUIET_S = 0.35
"""The program has nothing more to say when it was silent, and at rest, for so long."""
LOOKS = 7
"""How often it is looked at in that time."""


class Terminal:
    """A running program. ``send`` presses keys, and gives what was painted in answer."""

    def __init__(self, pid: int, handle: int, answer: Callable[[bytes], bytes]) -> None:
        self.pid = pid
        self._handle = handle
        self._answer = answer
        self.sent = b""
        """Everything the program has written so far."""

    def read(self, quiet: float = QUIET_S, longest: float = 60.0) -> bytes:
        """What the program writes until it is silent for ``quiet`` seconds, with nothing left to do.

        That it is silent is not enough: on a busy machine it may be waiting for its turn.
        """
        out = b""
        looks = 0
        until = time.monotonic() + longest
        while looks < LOOKS and time.monotonic() < until:
            ready, _, _ = select.select([self._handle], [], [], quiet / LOOKS)
            if not ready:
                looks = 0 if working(self.pid) else looks + 1
                continue
            looks = 0
            try:
                piece = os.read(self._handle, 65536)
            except OSError:
                break
            if not piece:
                break
            out += piece
            if answer := self._answer(piece):
                os.write(self._handle, answer)
        self.sent += out
        return out

    def wait_for(self, text: str, longest: float = 60.0) -> None:
        """Waits until ``text`` was painted."""
        until = time.monotonic() + longest
        while text.encode() not in self.sent:
            assert time.monotonic() < until, f"{text!r} never came: {self.sent[-2000:]!r}"
            self.read(0.05, 1.0)

    def send(self, keys: str | bytes) -> bytes:
        """Presses keys in one burst; what was painted in answer."""
        os.write(self._handle, keys.encode() if isinstance(keys, str) else keys)
        return self.read()

    def kill(self, number: int) -> None:
        """Sends a signal."""
        os.kill(self.pid, number)

    def stopped(self, longest: float = 60.0) -> bool:
        """Whether the program stands still, as after Ctrl+Z, within ``longest`` seconds. All it said is read."""
        until = time.monotonic() + longest
        while time.monotonic() < until:
            self.read(0.02, 0.2)
            if self.stands_still():
                self.read(0.02)
                return True
        return False

    def stands_still(self) -> bool:
        """Whether it is stopped at this moment."""
        return Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"

    def ended(self, longest: float = 60.0) -> bool:
        """Whether the program ends within ``longest`` seconds."""
        until = time.monotonic() + longest
        while time.monotonic() < until:
            self.read(0.02, 0.2)
            if os.waitpid(self.pid, os.WNOHANG)[0]:
                self.pid = 0
                # its last words may have come between the look and the end
                self.read()
                return True
        return False


def working(pid: int) -> bool:
    """Whether a thread of the process runs, or would if it had its turn. ``False`` where that cannot be known."""
    for thread in Path(f"/proc/{pid}/task").glob("*"):
        with suppress(OSError):
            # the name stands in brackets and may hold anything
            if (thread / "stat").read_text().rpartition(")")[2].split()[0] in ("R", "D"):
                return True
    return False


@contextmanager
def terminal(
    database: Path,
    *,
    size: tuple[int, int] = (80, 24),
    theme: str = "dark",
    agent: str = "sara",
    before: str = "",
    shell: bool = False,
    answer: Callable[[bytes], bytes] = lambda _: b"",
    environ: Mapping[str, str] | None = None,
) -> Iterator[Terminal]:
    """tuicrm on ``database`` in a terminal of ``size`` columns and rows. ``before`` is Python to run first.

    ``answer``: what the terminal sends back to a piece of what the program wrote. ``environ``: variables for it;
    those by which it would know the terminal that the tests run in are taken away. ``shell``: it is the job of
    something that stays, as it is when somebody has typed its name.
    """
    told, tell = os.pipe()
    pid, handle = pty.fork()
    if pid == 0:
        os.close(told)
        # here and not outside: the program must not begin in a terminal that has no size yet
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        _become_job(tell) if shell else os.close(tell)
        for name in (*MARKS, "COLUMNS", "LINES"):
            os.environ.pop(name, None)
        os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", TUICRM_THEME=theme)
        os.environ.update(environ or {})
        code = f"{before}\nimport sys\nfrom tuicrm.__main__ import main\nsys.exit(main())"
        # readline writes a size of its own into the environment that is passed on, past ``os.environ``
        program = [sys.executable, "-c", code, "--db", str(database), "--as", agent]
        os.execve(sys.executable, program, dict(os.environ))
    os.close(tell)
    job = int(os.read(told, 20)) if shell else pid
    os.close(told)
    found = Terminal(job, handle, answer)
    try:
        yield found
    finally:
        if shell:
            # what it started goes with it: the terminal hangs up
            os.kill(found.pid, signal.SIGKILL)
        if found.pid:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        os.close(handle)


def _become_job(tell: int) -> None:
    """Goes on in a child with a group of its own that has the terminal; tells its id."""
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    job = os.fork()
    if job:
        os.setpgid(job, job)
        os.tcsetpgrp(0, job)
        os.write(tell, str(job).encode())
        os.close(tell)
        while True:
            signal.pause()
    os.setpgid(0, 0)
    os.close(tell)
    while os.tcgetpgrp(0) != os.getpgrp():
        time.sleep(0.01)
    signal.signal(signal.SIGTTOU, signal.SIG_DFL)
