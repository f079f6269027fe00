"""One start of a terminal emulator: the program in it, through the scenes; or what it tells of itself."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from tools.terminals.display import PATIENCE_S, Display
from tools.terminals.emulators import Command, Emulator, Size
from tools.terminals.office import environment, open_office, program
from tools.terminals.scenes import QUESTION, Scene

SIZE: Final = (80, 24)
WIDE: Final = (140, 40)
_TUICRM: Final = (sys.executable, "-m", "tuicrm")
_FROM_A_SHELL: Final = ("sh", "-c", "printf '\\n\\n\\n'; exec \"$@\"", "sh", *_TUICRM)
"""Started some lines down: a terminal's first line alone is still as it was made (VTE keeps who orders by line)."""
_TOLD: Final = "doctor.txt"
_ABOUT_BIDI: Final = re.compile(r"^\w+ +right-to-left( by)? +(.+?)\r?$", re.MULTILINE)


def pictures(
    display: Display, emulator: Emulator, language: str, scenes: Sequence[Scene], out: Path
) -> Iterator[Path]:
    """Takes the scenes, all of one size, one after the other; gives each file when it is there.

    A terminal of which nobody knows is asked about at a first start in Persian: it is answered.
    """
    size = WIDE if scenes[0].wide else SIZE
    with _running(display, emulator, language, list(_FROM_A_SHELL), size):
        display.take_window()
        display.settle()
        asks = language == "fa" and bool(emulator.answer)
        if asks and QUESTION not in scenes:
            _press(display, emulator.answer)
        for scene in scenes:
            answers = asks and scene is QUESTION
            _press(display, *(() if answers else scene.keys))
            path = out / file_name(emulator, scene, language)
            display.picture(path)
            yield path
            _press(display, *((emulator.answer,) if answers else scene.back))


def file_name(emulator: Emulator, scene: Scene, language: str) -> str:
    """The name of a picture."""
    return f"{emulator.name}-{scene.name}-{language}.png"


def choice(display: Display, emulator: Emulator) -> list[str]:
    """What ``tuicrm doctor`` says in that terminal of right-to-left text: the mode, what decided, advice."""
    doctor: Command = ["script", "-qc", shlex.join([*_TUICRM, "doctor"]), _TOLD]
    said: list[str] = []
    with _running(display, emulator, "en", doctor, WIDE) as folder:
        until = time.monotonic() + PATIENCE_S
        while len(said) < 2 and time.monotonic() < until:
            time.sleep(0.2)
            with suppress(FileNotFoundError):
                said = [found[2] for found in _ABOUT_BIDI.finditer((folder / _TOLD).read_text("utf-8"))]
    return said


def _press(display: Display, *steps: str) -> None:
    """Types each step once what the step before painted has come to rest."""
    for keys in steps:
        display.type(keys)
        display.settle()


@contextmanager
def _running(
    display: Display, emulator: Emulator, language: str, command: Command, size: Size
) -> Iterator[Path]:
    """The terminal with a command in it, on a new office; gives the folder of its files."""
    with tempfile.TemporaryDirectory(prefix="tuicrm-terminals-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        open_office(folder / "office.db")
        environ = program(os.environ) | environment(folder, language) | dict(emulator.environ)
        environ |= {"HOME": name, "XDG_RUNTIME_DIR": name, "DISPLAY": display.name}
        started = subprocess.Popen(
            emulator.start(size, command, folder),
            env=environ, cwd=name, start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            yield folder
        finally:
            _end(started)
            display.wait_gone()


def _end(started: subprocess.Popen[bytes]) -> None:
    """Ends the terminal and all that it started."""
    for how in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(started.pid, how)
        with suppress(subprocess.TimeoutExpired):
            started.wait(5)
            return
