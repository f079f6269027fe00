"""The terminal's bell, in bytes: one when a follow-up falls due, and a picture of few bytes beside it."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from tests.tui.apps import opener, settings_in
from tests.tui.ptys import Terminal, terminal

from tuicrm.domain.clock import SystemClock
from tuicrm.domain.models import NewContact
from tuicrm.services import contacts, promises

POINTER = re.compile(b"\x1b\\]22;[a-z]*\x07")
"""Another shape of the mouse pointer ends with the same sign."""


def promised(folder: Path) -> Path:
    """Leila is to be called in a week."""
    crm = opener(settings_in(folder), SystemClock())()
    promises.add(crm, contacts.add(crm, NewContact("Leila Karimi")).id, "in 1 week 10:00", "price")
    crm.close()
    return folder / "crm.db"


def ring(folder: Path, program: Terminal) -> bytes:
    """Another session has it ring in a second; what the terminal got for that."""
    before = len(program.sent)
    crm = opener(settings_in(folder), SystemClock())()
    with crm.database.transaction(crm.actor, "followup.snooze") as tx:
        tx.update("followup", 1, {"remind_at": crm.clock.now() + timedelta(seconds=1)})
    crm.close()
    program.wait_for("Put off until now")
    program.read()
    return POINTER.sub(b"", program.sent[before:])


@pytest.mark.parametrize(("bell", "many"), [("off", 0), ("due", 1), ("all", 1)])
def test_it_rings_once_and_nothing_is_painted_anew(tmp_path: Path, bell: str, many: int) -> None:
    with terminal(promised(tmp_path), environ={"TUICRM_BELL": bell}) as program:
        program.wait_for("calls today")
        program.read(1.0)
        sent = ring(tmp_path, program)
    assert sent.count(b"\x07") == many
    assert b"1 due" in sent
    # the line, the mark and the row that comes into the queue with its card; the whole screen is over 4,000
    assert len(sent) < 2_000
