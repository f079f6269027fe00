"""The program is killed in the middle of things, in a real terminal: nothing that was typed or saved is lost."""

from __future__ import annotations

import fcntl
import os
import pty
import signal
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.tui.bars import LEILA, add_people

from tuicrm.domain.clock import SystemClock
from tuicrm.services import calls, drafts
from tuicrm.services.context import Crm, open_crm
from tuicrm.settings import Settings

PATIENCE_S = 30.0


class Terminal:
    """tuicrm in a terminal of its own."""

    def __init__(self, folder: Path) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        environ = os.environ | {
            "TERM": "xterm-256color",
            "HOME": str(folder),
            "XDG_CONFIG_HOME": str(folder),
            "XDG_STATE_HOME": str(folder),
            "TUICRM_REGION": "IR",
        }
        environ.pop("TUICRM_NOW", None)
        command = [sys.executable, "-m", "tuicrm", "--db", str(folder / "crm.db"), "--as", "sara"]
        self._process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env=environ, start_new_session=True
        )
        os.close(slave)
        self._seen = b""
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        while True:
            try:
                data = os.read(self._master, 65536)
            except OSError:
                return
            if not data:
                return
            self._seen += data

    def wait_for(self, words: str) -> None:
        """Until the words were written to the terminal since the last call."""
        end = time.monotonic() + PATIENCE_S
        while words.encode() not in self._seen:
            assert time.monotonic() < end, self._seen[-2000:]
            time.sleep(0.02)
        self._seen = b""

    def type(self, text: str) -> None:
        os.write(self._master, text.encode())

    def kill(self) -> None:
        """``kill -9``: nothing can be tidied up."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        os.close(self._master)


@contextmanager
def opened(folder: Path) -> Iterator[Crm]:
    """The same database, from this process."""
    settings = Settings(database=str(folder / "crm.db"), agent="sara", region="IR", file=folder / "none.toml")
    crm = open_crm(settings, via="tui", clock=SystemClock())
    try:
        yield crm
    finally:
        crm.close()


def started(folder: Path) -> Terminal:
    """On Contacts, the cursor on Leila Karimi (after George Webb)."""
    terminal = Terminal(folder)
    terminal.wait_for("Today")
    time.sleep(0.5)
    terminal.type("2")
    terminal.wait_for("George Webb")
    terminal.type("j")
    return terminal


def test_a_kill_in_the_middle_of_typing_loses_no_more_than_half_a_second(tmp_path: Path) -> None:
    with opened(tmp_path) as crm:
        add_people(crm)
    terminal = started(tmp_path)
    terminal.type("l")
    terminal.wait_for("Log a call")
    terminal.type("half a not")
    time.sleep(1.5)
    terminal.kill()
    with opened(tmp_path) as crm:
        stored = drafts.everything(crm)
        assert [(draft.key, draft.line) for draft in stored] == [(f"contact:{LEILA}", "half a not")]
    terminal = started(tmp_path)
    terminal.type("jl")
    terminal.wait_for("Leila Kazemi")
    terminal.type("other\r")
    terminal.wait_for("undo")
    terminal.type("kl")
    terminal.wait_for("half a not")
    terminal.type("e\r")
    terminal.wait_for("undo")
    terminal.kill()
    with opened(tmp_path) as crm:
        assert [call.note for call in calls.recent(crm).rows] == ["half a note", "other"]
        assert drafts.everything(crm) == []


def test_a_kill_straight_after_saved_was_said_loses_nothing(tmp_path: Path) -> None:
    with opened(tmp_path) as crm:
        add_people(crm)
    terminal = started(tmp_path)
    terminal.type("l")
    terminal.wait_for("Log a call")
    terminal.type("spoke\r")
    terminal.wait_for("undo")
    terminal.kill()
    with opened(tmp_path) as crm:
        stored = calls.recent(crm).rows
        assert [call.note for call in stored] == ["spoke"]
        assert drafts.everything(crm) == []
