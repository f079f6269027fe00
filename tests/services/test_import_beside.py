"""Somebody saves while an import runs: it waits for the chunk that is being written, and for no other."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from types import SimpleNamespace

import pytest

from tests.services.people_files import people, read, sound, value
from tests.storage.queues import LONGEST_S, wait_for_a_waiter
from tuicrm.domain.models import CallDraft, NewContact, Who
from tuicrm.services import calls, contacts
from tuicrm.services.context import Crm
from tuicrm.services.importing import engine
from tuicrm.services.importing.pace import Pace

OpenCrm = Callable[..., Crm]
CHUNK, CHUNKS = 10, 4


@pytest.mark.skipif(sys.platform != "linux", reason="who waits is read from /proc/locks")
def test_a_call_saved_while_a_chunk_is_written_comes_before_the_next_one(
    crm: Crm, open_as: OpenCrm, monkeypatch: pytest.MonkeyPatch
) -> None:
    leila = contacts.add(crm, NewContact("Leila Karimi")).id
    omid = open_as("omid")
    saved = threading.Event()
    written, breaths = [], []

    def save() -> None:
        calls.save(omid, CallDraft("u1", Who(leila), "price list sent"))
        saved.set()

    def commits(pace: Pace) -> None:
        """The second chunk is written and still holds the lock when somebody asks for it."""
        written.append(pace)
        if len(written) == 2:
            threading.Thread(target=save).start()
            wait_for_a_waiter(crm.database)

    def breathe(seconds: float) -> None:
        breaths.append(seconds)
        if len(breaths) == 2:
            assert saved.wait(LONGEST_S), "who waits gets the lock between two chunks"

    monkeypatch.setattr(engine, "CHUNK_ROWS", CHUNK)
    monkeypatch.setattr(Pace, "commits", commits)
    monkeypatch.setattr(engine, "time", SimpleNamespace(sleep=breathe, monotonic=time.monotonic))
    assert read(crm, people(CHUNK * CHUNKS)).added == CHUNK * CHUNKS
    assert breaths == [engine.BREATH_S] * CHUNKS
    call = value(crm, "SELECT max(seq) FROM change WHERE entity = 'call'")
    earlier = "SELECT count(*) FROM change WHERE verb = 'import' AND seq < :call"
    assert value(crm, earlier, call=call) == 2 * CHUNK
    sound(crm)
