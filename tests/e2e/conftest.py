"""A company with three people, reachable from a terminal and from the shell."""

from __future__ import annotations

import os
import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.e2e.terminal import Shell, Terminal

OpenTerminal = Callable[..., Terminal]


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    shell = Shell(tmp_path / "crm.db")
    for name, phone in (
        ("Leila Karimi", "0912 123 4567"),
        ("Reza Ahmadi", "0912 000 1111"),
        ("مریم رستمی", "0935 000 2345"),
    ):
        shell.json("contact", "add", name, "--phone", phone)
    return shell


@pytest.fixture
def sockets() -> Iterator[Path]:
    """A folder of one's own for a socket: GNU screen takes none whose path is long, and a test's folder is.

    A screen is left, not ended, by who closes the window: the ones that stand there (``PID.NAME``) are ended here.
    """
    with tempfile.TemporaryDirectory(prefix="s", dir="/tmp") as folder:
        yield Path(folder)
        for socket in Path(folder).iterdir():
            with suppress(ProcessLookupError):
                os.kill(int(socket.name.partition(".")[0]), signal.SIGTERM)


@pytest.fixture
def terminal(shell: Shell) -> Iterator[OpenTerminal]:
    """Opens the program at 80x24 (or another size) on the company of ``shell``."""
    opened: list[Terminal] = []

    def open_one(*arguments: str, columns: int = 80, rows: int = 24, **env: str) -> Terminal:
        window = Terminal({**shell.env, **env}, columns=columns, rows=rows)
        opened.append(window)
        return window.start(*arguments)

    yield open_one
    for window in opened:
        window.close()
