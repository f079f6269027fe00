"""The bell reaches whoever sits before tmux or GNU screen: it is the plain one, which both hand on."""

from __future__ import annotations

import shlex
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.e2e.conftest import OpenTerminal
from tests.e2e.terminal import PATIENCE_S, TUICRM, Shell, Terminal
from tests.requirements import require_program
from tests.tui.apps import opener, settings_in
from tuicrm.domain.clock import SystemClock


def rings(window: Terminal, folder: Path) -> bool:
    """Whether tmux notices a bell when a follow-up of Leila's falls due, a second from now."""
    rang = folder / "rang"
    window.tmux("set-option", "-g", "monitor-bell", "on")
    window.tmux("set-option", "-g", "bell-action", "any")
    window.tmux("set-hook", "-g", "alert-bell", f"run-shell 'touch {rang}'")
    crm = opener(settings_in(folder), SystemClock())()
    with crm.database.transaction(crm.actor, "followup.snooze") as tx:
        tx.update("followup", 1, {"remind_at": datetime.now(UTC) + timedelta(seconds=1)})
    crm.close()
    window.wait("Put off until now: Leila Karimi, price")
    until = time.monotonic() + PATIENCE_S
    while not rang.exists() and time.monotonic() < until:
        time.sleep(0.05)
    return rang.exists()


@pytest.fixture
def promised(shell: Shell) -> Shell:
    """Leila is to be called in a week."""
    shell.json("followup", "add", "leila", "in 1 week 10:00", "price")
    return shell


@pytest.mark.usefixtures("promised")
def test_tmux_notices_the_bell_of_a_follow_up(terminal: OpenTerminal, tmp_path: Path) -> None:
    window = terminal(TUICRM_BELL="due")
    window.wait("calls today")
    assert rings(window, tmp_path)


@pytest.mark.xdist_group("gnu screen")
def test_gnu_screen_hands_it_on(promised: Shell, sockets: Path, tmp_path: Path) -> None:
    screen = require_program("screen")
    settings = tmp_path / "screenrc"
    settings.write_text("startup_message off\ndefutf8 on\nterm screen\nvbell off\n")
    window = Terminal({**promised.env, "TUICRM_BELL": "due"})
    asked = shlex.join([screen, "-U", "-c", str(settings), *TUICRM])
    try:
        window.run(f"exec env SCREENDIR={shlex.quote(str(sockets))} LANG=C.UTF-8 {asked}")
        window.wait("calls today")
        assert rings(window, tmp_path)
        window.keys("C-q")
    finally:
        window.close()
