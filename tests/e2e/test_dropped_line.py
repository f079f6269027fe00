"""A dropped connection ends the session by itself and keeps what was typed."""

from __future__ import annotations

import os
import time

from tests.e2e.conftest import OpenTerminal
from tests.e2e.terminal import PATIENCE_S, Shell
from tests.e2e.test_kills import open_bar_for, written_down


def test_a_dropped_line_ends_the_session_and_keeps_the_draft(shell: Shell, terminal: OpenTerminal) -> None:
    screen = terminal()
    open_bar_for(screen, "Leila Karimi")
    screen.type("wants three")
    screen.wait("wants three")
    written_down(shell, "wants three")
    pid = screen.pid()
    screen.close()
    until = time.monotonic() + PATIENCE_S
    while os.path.exists(f"/proc/{pid}") and _running(pid) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _running(pid)
    open_bar_for(terminal(), "Leila Karimi", typed="wants three")
    assert shell.json("call", "list") == []


def _running(pid: int) -> bool:
    """Whether the process is there and no zombie."""
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
