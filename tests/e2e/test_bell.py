"""The bell reaches whoever sits before tmux or GNU screen: it is the plain one, which both hand on."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.e2e.terminal import PATIENCE_S, Shell, Terminal
from tests.tui.apps import opener, settings_in
from tuicrm.domain.clock import SystemClock


def test_tmux_notices_the_bell_of_a_follow_up(tmp_path: Path) -> None:
    database = tmp_path / "crm.db"
    shell = Shell(database)
    shell.run("contact", "add", "Leila Karimi")
    shell.run("followup", "add", "leila", "in 1 week 10:00", "price")
    rang = tmp_path / "rang"
    one = Terminal({**shell.env, "TUICRM_BELL": "due"}).start()
    try:
        one.wait("calls today")
        one.tmux("set-option", "-g", "monitor-bell", "on")
        one.tmux("set-option", "-g", "bell-action", "any")
        one.tmux("set-hook", "-g", "alert-bell", f"run-shell 'touch {rang}'")
        crm = opener(settings_in(tmp_path), SystemClock())()
        with crm.database.transaction(crm.actor, "followup.snooze") as tx:
            tx.update("followup", 1, {"remind_at": datetime.now(UTC) + timedelta(seconds=1)})
        crm.close()
        one.wait("Put off until now: Leila Karimi, price")
        until = time.monotonic() + PATIENCE_S
        while not rang.exists() and time.monotonic() < until:
            time.sleep(0.05)
        assert rang.exists()
    finally:
        one.close()
