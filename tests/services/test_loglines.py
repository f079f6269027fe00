"""The examples of the log line, through the service, the shell and the bar: all three store the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.loglines import EXAMPLES, NOW, REFUSED, TICKET, Stored, fill
from tests.prepared import put_company
from tests.tui.apps import running
from tests.tui.stillness import settled
from tuicrm.domain.clock import FrozenClock
from tuicrm.domain.errors import Invalid
from tuicrm.domain.models import Call, CallDraft, Who
from tuicrm.services import calls, contacts, history
from tuicrm.services.context import Crm, open_crm
from tuicrm.settings import Settings

LINES = [line for line, _ in EXAMPLES]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(database=str(tmp_path / "crm.db"), agent="me", zone="Asia/Tehran")


def opened(settings: Settings) -> Crm:
    clock = FrozenClock(NOW)
    put_company(settings, via="cli", clock=clock)
    return open_crm(settings, via="cli", clock=clock)


def told(crm: Crm, call: Call) -> Stored:
    """A stored call in the words of the examples."""
    due = None
    if call.follow_up is not None:
        at = call.follow_up.due.at
        due = call.follow_up.due.on.isoformat() + (f"T{at:%H:%M}" if at else "")
    ticket: tuple[Any, ...] | None = None
    if call.ticket is not None and call.contact is not None:
        found = next(t for t in contacts.card(crm, call.contact.id).tickets if t.id == call.ticket.id)
        number = found.id if found.id == TICKET else None
        ticket = (number, found.priority, found.subject, found.category)
    return {
        "outcome": call.outcome,
        "note": call.note,
        "due": due,
        "assignee": call.follow_up.assignee if call.follow_up else None,
        "ticket": ticket,
        "topic": call.topic,
        "started": f"{call.started_at.astimezone(crm.zone):%H:%M}",
        "duration": call.duration_s,
    }


@pytest.mark.parametrize(("line", "expected"), EXAMPLES, ids=LINES)
def test_the_service_stores_what_the_example_says(settings: Settings, line: str, expected: Stored) -> None:
    crm = opened(settings)
    leila = fill(crm)
    saved = calls.save(crm, CallDraft(uid="a", who=Who(leila), line=line))
    assert told(crm, calls.get(crm, saved.call.id)) == expected
    history.undo(crm)
    assert calls.recent(crm).rows == ()
    assert [t.category for t in contacts.card(crm, leila).tickets] == ["open"]
    assert contacts.card(crm, leila).follow_ups == ()
    crm.close()


@pytest.mark.parametrize(("line", "expected"), EXAMPLES, ids=LINES)
def test_the_shell_stores_what_the_example_says(settings: Settings, line: str, expected: Stored) -> None:
    crm = opened(settings)
    fill(crm)
    done = log(settings, line)
    assert done.returncode == 0, done.stderr
    assert told(crm, calls.get(crm, json.loads(done.stdout)["id"])) == expected
    crm.close()


@pytest.mark.parametrize(("line", "expected"), EXAMPLES, ids=LINES)
async def test_the_bar_stores_what_the_example_says(tmp_path: Path, line: str, expected: Stored) -> None:
    clock = FrozenClock(NOW)
    async with running(tmp_path, clock=clock, fill=fill, agent="me", zone="Asia/Tehran") as (app, pilot):
        await pilot.press("2")
        await settled(pilot)
        await pilot.press("l")
        await settled(pilot)
        await pilot.press(*("space" if char == " " else char for char in line), "enter")
        await settled(pilot)
        page = await app.bridge.read(calls.recent)
        assert len(page.rows) == 1
        assert await app.bridge.read(told, page.rows[0]) == expected


@pytest.mark.parametrize(("line", "named"), REFUSED)
def test_a_wrong_line_is_refused_by_name_and_saves_nothing(settings: Settings, line: str, named: str) -> None:
    crm = opened(settings)
    leila = fill(crm)
    with pytest.raises(Invalid):
        calls.save(crm, CallDraft(uid="a", who=Who(leila), line=line))
    done = log(settings, line)
    assert done.returncode == 5
    assert done.stdout == ""
    assert named in json.loads(done.stderr)["error"]["message"]
    assert calls.recent(crm).rows == ()
    crm.close()


def test_the_shell_refuses_what_the_bar_asks_about(settings: Settings) -> None:
    crm = opened(settings)
    fill(crm)
    done = log(settings, "no one home /zz")
    assert done.returncode == 5
    error = json.loads(done.stderr)["error"]
    assert (error["code"], error["fields"][0]["token"]) == ("invalid", "/zz")
    assert calls.recent(crm).rows == ()
    assert log(settings, "no one home //zz").returncode == 0
    assert calls.recent(crm).rows[0].note == "no one home /zz"
    crm.close()


def log(settings: Settings, line: str) -> subprocess.CompletedProcess[str]:
    """``tuicrm log leila LINE --json`` as a process of its own."""
    env = {
        **os.environ,
        "TUICRM_DB": settings.database,
        "TUICRM_AGENT": "me",
        "TUICRM_NOW": NOW.isoformat(),
        "TZ": "Asia/Tehran",
    }
    command = [sys.executable, "-m", "tuicrm", "log", "leila", line, "--json"]
    return subprocess.run(command, env=env, text=True, capture_output=True, check=False)
