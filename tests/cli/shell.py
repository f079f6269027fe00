"""Runs command lines: within this process (quick) or as a program of its own (for signals, pipes, terminals)."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.prepared import again, put
from tuicrm import i18n
from tuicrm.__main__ import main
from tuicrm.storage.database import Database

NOW = "2026-11-22T09:30:00+03:30"
"""A Sunday morning in Tehran."""


class Result:
    """What a command gave back."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code = code
        self.out = out
        self.err = err

    @property
    def data(self) -> Any:
        """Standard output as JSON."""
        return json.loads(self.out)

    @property
    def error(self) -> Any:
        """The error object of standard error."""
        return json.loads(self.err)["error"]

    def __repr__(self) -> str:
        return f"exit {self.code}\n--- out\n{self.out}\n--- err\n{self.err}"


class Shell:
    """A person at a prompt, with a database, a clock that stands still, and a home of their own."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.database = folder / "crm.db"
        self._patch = monkeypatch
        self.set(
            TUICRM_DB=str(self.database),
            TUICRM_AGENT="sara",
            TUICRM_NOW=NOW,
            TZ="Asia/Tehran",
            XDG_STATE_HOME=str(folder / "state"),
            XDG_CONFIG_HOME=str(folder / "config"),
        )
        # there and empty: most commands do not make one that is named
        put(self.database, "empty", lambda: Database.open(self.database).close())
        self._commands: tuple[tuple[str, ...], ...] = ()

    def set(self, **variables: str) -> None:
        """Sets environment variables until the test is over."""
        for name, value in variables.items():
            self._patch.setenv(name, value)

    def after(self, *commands: tuple[str, ...]) -> Shell:
        """Where one is after these commands in a new database: they are run once, and copied from then on."""
        self._commands += commands
        told = {
            name: value for name, value in os.environ.items() if name.startswith(("TUICRM_", "TZ", "LANG"))
        }
        del told["TUICRM_DB"]

        def run() -> None:
            for command in commands:
                self.ok(*command)

        again(self.database, ("after", self._commands, frozenset(told.items())), run)
        return self

    def __call__(self, *args: str, text: str = "") -> Result:
        """Runs a command within this process; ``text`` is its standard input.

        Its help is told by a process of its own: the words of options are those of the language in which their module
        was first loaded.
        """
        if "--help" in args:
            return self.program(*args, text=text)
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
        with self._patch.context() as patch:
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode()), "utf-8"))
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            code = main(list(args))
        # a process of its own would have ended now
        i18n.use("en")
        i18n.show_in()
        return Result(code, *(stream.buffer.getvalue().decode() for stream in (out, err)))

    def ok(self, *args: str, text: str = "") -> Result:
        """Runs a command that has to work."""
        done = self(*args, text=text)
        assert done.code == 0, done
        return done

    def json(self, *args: str, text: str = "") -> Any:
        """The data that a command prints with ``--json``."""
        return self.ok(*args, "--json", text=text).data

    def program(self, *args: str, text: str = "", **options: Any) -> Result:
        """Runs a command as a process of its own."""
        done = subprocess.run(
            [sys.executable, "-m", "tuicrm", *args],
            input=text, capture_output=True, text=True, check=False, env=dict(os.environ), **options,
        )  # fmt: skip
        return Result(done.returncode, done.stdout, done.stderr)
