"""A real terminal to run the program in: tmux, on a server of its own, that types keys and reads the screen."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.requirements import require_program

PATIENCE_S = 60.0
"""How long a picture is waited for: a limit for what never comes, no measure of speed."""
TUICRM = (sys.executable, "-m", "tuicrm")


class Terminal:
    """One window of ``columns`` x ``rows`` with the program in it."""

    def __init__(self, env: Mapping[str, str], *, columns: int = 80, rows: int = 24) -> None:
        self._tmux = require_program("tmux")
        self._socket = f"tuicrm-test-{uuid.uuid4().hex[:10]}"
        own = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
        self._env = {**own, **env, "TERM": "tmux-256color", "COLORTERM": "truecolor"}
        self._size = (columns, rows)

    def start(self, *arguments: str) -> Terminal:
        """Starts ``tuicrm ARGUMENTS``."""
        return self.run(f"exec {shlex.join([*TUICRM, *arguments])}")

    def run(self, command: str) -> Terminal:
        """Starts what a shell is told."""
        columns, rows = self._size
        # read before the window is made: a window without a client would shrink to tmux's default size
        options = Path(tempfile.gettempdir(), f"{self._socket}.conf")
        options.write_text(f"set -g status off\nset -s escape-time 0\nset -g default-size {columns}x{rows}\n")
        self._run(
            "-f", str(options), "new-session", "-d", "-s", "s", "-x", str(columns), "-y", str(rows),
            command,
        )  # fmt: skip
        options.unlink()
        return self

    def keys(self, *names: str) -> Terminal:
        """Presses keys by tmux's names (``Enter``, ``Escape``, ``C-t``), all at once."""
        self._run("send-keys", "-t", "s", *names)
        return self

    def type(self, text: str) -> Terminal:
        """Types a text, letter by letter."""
        self._run("send-keys", "-t", "s", "-l", "--", text)
        return self

    def screen(self) -> str:
        """What a person sees, line by line, without colours; bidi isolates and marks left out."""
        shown = self._run("capture-pane", "-p", "-t", "s", check=False).stdout
        return shown.translate(dict.fromkeys((8206, 8207, *range(8294, 8298))))

    def wait(self, text: str, *, gone: bool = False) -> str:
        """The screen once ``text`` stands on it (or no longer does). Fails with the last picture."""
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            shown = self.screen()
            if (text in shown) is not gone:
                return shown
            time.sleep(0.03)
        raise AssertionError(f"{'still' if gone else 'never'} on the screen: {text!r}\n{self.screen()}")

    def resize(self, columns: int, rows: int) -> Terminal:
        """Makes the window another size."""
        self._run("resize-window", "-t", "s", "-x", str(columns), "-y", str(rows))
        return self

    def modes(self) -> dict[str, bool]:
        """What the program has told the terminal, by tmux's names."""
        names = ("alternate_on", "cursor_flag", "wrap_flag", "mouse_any_flag", "mouse_sgr_flag")
        told = self._run(
            "display-message", "-p", "-t", "s", " ".join(f"#{{{name}}}" for name in names)
        ).stdout
        return {name: value == "1" for name, value in zip(names, told.split(), strict=True)}

    def pid(self) -> int:
        """The program's process."""
        return int(self._run("display-message", "-p", "-t", "s", "#{pane_pid}").stdout)

    def kill9(self) -> None:
        """Kills the program without a word."""
        pid = self.pid()
        os.kill(pid, signal.SIGKILL)
        self.close()

    def close(self) -> None:
        """Ends the window and what runs in it. Safe to call twice."""
        self._run("kill-server", check=False)

    def tmux(self, *arguments: str) -> str:
        """What tmux says to a command of its own; ``""`` when it refuses."""
        return self._run(*arguments, check=False).stdout

    def _run(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self._tmux, "-L", self._socket, *arguments],
            env=self._env, text=True, capture_output=True, check=check,
        )  # fmt: skip


class Shell:
    """The same database from the command line."""

    def __init__(self, database: Path, **env: str) -> None:
        self.env = {"TUICRM_DB": str(database), "TUICRM_AGENT": "sara", "TZ": "Asia/Tehran", **env}

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Runs ``tuicrm ARGUMENTS``; whatever its exit code."""
        return subprocess.run(
            [*TUICRM, *arguments], env={**os.environ, **self.env}, text=True, capture_output=True, check=False
        )

    def json(self, *arguments: str) -> Any:
        """What ``tuicrm ARGUMENTS --json`` prints. Fails with its errors when it does not end well."""
        done = self.run(*arguments, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)
