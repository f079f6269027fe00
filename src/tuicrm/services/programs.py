"""Other programs that are started for a person: a dialler, a clipboard, what opens a link.

Never by a shell, never on the screen: they get no terminal, what they write goes to the log, and one that does not come
back is ended with all it has started.
"""

from __future__ import annotations

import logging
import os
import shlex
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Final

from tuicrm.domain import commands
from tuicrm.domain.errors import Unavailable

log = logging.getLogger("tuicrm")

WAITS_S: Final = 10.0
"""Seconds a program has to come back."""
_LOOKS_S: Final = 0.2
"""Seconds between two looks at whether anybody still waits."""
_KEPT: Final = 2_000
"""Bytes of what a program wrote that go to the log."""


Left = Callable[[], bool]


def run(
    argv: Sequence[str],
    *,
    text: str | None = None,
    seconds: float = WAITS_S,
    left: Left = lambda: False,
    environ: Mapping[str, str] | None = None,
) -> None:
    """Runs a program to its end; ``text`` is its standard input. ``left``: once it says True nobody waits any more, and
    the program goes on by itself. ``environ``: its variables; None for our own.

    Raises ``Unavailable``: ``program_missing``, ``program_failed`` (its exit code), ``program_slow``.
    """
    name = os.path.basename(argv[0]) or argv[0]
    # a file, not a pipe: what the program leaves behind may hold it open for ever
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as given:
        given.write((text or "").encode())
        given.seek(0)
        try:
            process = subprocess.Popen(
                list(argv),
                stdin=given,
                stdout=said,
                stderr=said,
                start_new_session=True,
                close_fds=True,
                env=environ,
            )
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else None
            raise Unavailable("program_missing", program=name, reason=reason or "") from None
        code = _waited(process, seconds, left)
        if code is None and left():
            return
        if code is None:
            _end(process)
            raise Unavailable("program_slow", program=name, seconds=round(seconds))
        said.seek(0)
        told = said.read(_KEPT).decode("utf-8", "replace")
    if told.strip():
        log.info("%s (exit code %s) said: %s", name, code, told.strip())
    if code:
        raise Unavailable("program_failed", program=name, code=code)


def _waited(process: subprocess.Popen[bytes], seconds: float, left: Left) -> int | None:
    """The exit code; None when it did not come in time, or is not waited for."""
    ends = time.monotonic() + seconds
    while not left() and (rest := ends - time.monotonic()) > 0:
        with suppress(subprocess.TimeoutExpired):
            return process.wait(min(rest, _LOOKS_S))
    return process.poll()


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends a program and what it has started."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def dial(
    template: str,
    *,
    number: str,
    e164: str | None,
    name: str,
    contact: int | None,
    left: Left = lambda: False,
) -> None:
    """Hands a number to the dialler of the settings. Raises as ``run`` does."""
    plain = commands.dialled(number)
    values = {
        "number": plain,
        "e164": e164 or plain,
        "name": name,
        "contact": str(contact) if contact is not None else "",
    }
    run(commands.filled(commands.words(template, commands.DIALLER), values), left=left)


def copy(command: str, text: str, left: Left = lambda: False) -> None:
    """Hands a text to the clipboard's command of the settings. Raises as ``run`` does."""
    run(shlex.split(command), text=text, left=left)


def opener(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> str | None:
    """The program that opens a link here; None where there is no display to show it on."""
    far = bool(environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"))
    if platform == "darwin":
        return None if far else "open"
    return "xdg-open" if environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY") else None


def open_link(link: str, environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> bool:
    """Opens a link; False where there is no display. Raises as ``run`` does."""
    program = opener(environ, platform)
    if program is None:
        return False
    run([program, link])
    return True
