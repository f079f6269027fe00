"""What follow-ups are sorted by, when the calendar, the rules of a zone or the clock of the machine is another."""

from __future__ import annotations

import os
import sqlite3
import struct
import subprocess
import sys
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from tests.services.conftest import NOW, OpenCrm
from tuicrm.domain.clock import FrozenClock
from tuicrm.domain.errors import Unavailable
from tuicrm.domain.models import CallDraft, Due, FollowUp, NewContact, Who
from tuicrm.domain.zone_data import zone_data
from tuicrm.services import calls, contacts, due_keys, history, process, promises
from tuicrm.services.context import Crm
from tuicrm.storage.database import Actor, Database
from tuicrm.storage.queries import due_keys as stored


@pytest.fixture
def leila(crm: Crm) -> int:
    return contacts.add(crm, NewContact("Leila Karimi")).id


def at(crm: Crm, follow_up: FollowUp) -> str:
    """When it is due, as the agent's clock shows it."""
    return f"{promises.get(crm, follow_up.id).due_key.astimezone(crm.zone):%m-%d %H:%M}"


def work(crm: Crm, hours: str, *more: str) -> None:
    """Puts other hours in force."""
    text = process.show(crm)[0].text
    line = next(line for line in text.splitlines() if line.startswith("hours"))
    process.apply(crm, text.replace(line, "\n".join([f'hours = "{hours}"', *more]), 1))


def test_a_day_without_a_time_is_due_when_work_begins_under_the_new_hours(crm: Crm, leila: int) -> None:
    day, timed = promises.add(crm, leila, "2026-11-26"), promises.add(crm, leila, "2026-11-26 10")
    saturday = promises.add(crm, leila, "2026-11-28")
    assert at(crm, day) == "11-26 09:00"
    work(crm, "08:00-12:00, 13:00-16:00", 'thu = "10:30-12:00"')
    assert [at(crm, one) for one in (day, timed, saturday)] == ["11-26 10:30", "11-26 10:00", "11-28 08:00"]
    assert promises.get(crm, day.id).due == Due(date(2026, 11, 26))
    row = contacts.row(crm, leila)
    assert row is not None
    assert row.next_follow_up == timed.due


def test_a_file_with_the_same_calendar_moves_nothing_and_is_not_asked_about_again(crm: Crm) -> None:
    process.apply(crm, process.show(crm)[0].text + "\n# a remark\n")
    with crm.database.reader() as conn:
        assert stored.basis(conn) == (2, zone_data())


def test_closed_ones_stay_where_they_were(crm: Crm, leila: int) -> None:
    done = promises.done(crm, promises.add(crm, leila, "2026-11-26").id)
    work(crm, "07:00-15:00")
    assert at(crm, done) == "11-26 09:00"


def test_what_is_taken_back_is_due_under_the_calendar_of_now(crm: Crm, leila: int) -> None:
    made = promises.add(crm, leila, "2026-11-26")
    promises.move(crm, made.id, "2026-12-02")
    work(crm, "07:00-15:00")
    history.undo(crm)
    assert promises.get(crm, made.id).due == Due(date(2026, 11, 26))
    assert at(crm, made) == "11-26 07:00"
    history.redo(crm)
    assert at(crm, made) == "12-02 07:00"


def test_a_change_of_the_calendar_that_was_killed_is_finished_at_the_next_opening(
    crm: Crm, leila: int, open_as: OpenCrm, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [promises.add(crm, leila, "2026-11-26") for _ in range(3)]
    monkeypatch.setattr("tuicrm.services.process.refresh", lambda _: None)
    work(crm, "07:00-15:00")
    assert {at(crm, one) for one in made} == {"11-26 09:00"}
    again = open_as()
    assert {at(again, one) for one in made} == {"11-26 07:00"}
    with again.database.reader() as conn:
        assert stored.basis(conn) == (2, zone_data())


def test_who_does_not_get_the_lock_leaves_it_to_the_next_opening(
    crm: Crm, leila: int, open_as: OpenCrm, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = promises.add(crm, leila, "2026-11-26")
    with monkeypatch.context() as patch:
        patch.setattr(Database, "transaction", _locked)
        patch.setattr("tuicrm.services.context.zone_data", lambda: "9999z")
        waiting = open_as()
        assert at(waiting, made) == "11-26 09:00"
    with crm.database.reader() as conn:
        assert stored.basis(conn) == (1, zone_data())


def _locked(*_: object, **__: object) -> None:
    raise Unavailable("database_locked", holder="reza", seconds=1)


def test_whoever_applies_it_is_told_how_many_moved(crm: Crm, leila: int) -> None:
    for when in ("2026-11-26", "2026-11-28", "2026-11-26 10"):
        promises.add(crm, leila, when)
    text = process.show(crm)[0].text
    assert process.apply(crm, text.replace('hours = "09:00-17:00"', 'hours = "08:00-17:00"', 1)).moved == 2
    assert process.apply(crm, text).moved == 2
    assert process.apply(crm, text + "\n# a remark\n").moved == 0


def test_thousands_are_moved_chunk_by_chunk(crm: Crm, leila: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(due_keys, "CHUNK", 2)
    made = [promises.add(crm, leila, f"2026-11-{day}") for day in range(23, 30)]
    work(crm, "07:00-15:00")
    assert {at(crm, one)[6:] for one in made} == {"07:00"}


def test_the_change_log_has_the_file_and_that_the_moments_were_made_and_no_follow_up(
    crm: Crm, leila: int
) -> None:
    made = promises.add(crm, leila, "2026-11-26")
    before = history.changes(crm, limit=1).rows[0].seq
    work(crm, "07:00-15:00")
    new = [row for row in history.changes(crm, limit=5).rows if row.seq > before]
    assert [(row.entity, row.verb, row.agent) for row in new] == [
        ("process", "followup.keys", "tuicrm"),
        ("process", "process.apply", "sara"),
    ]
    history.undo(crm)
    assert not [one for one in contacts.card(crm, leila).follow_ups if one.id == made.id]


# --- zone rules that change ---------------------------------------------------------------------------------


def _zone_file(hours: float) -> bytes:
    """The rules of a zone without changes, as the zone data has them (RFC 8536)."""
    minutes = int(hours * 60)
    head = struct.pack(">4sc15x6l", b"TZif", b"2", 0, 0, 0, 0, 1, 4)
    body = struct.pack(">lbb4s", minutes * 60, 0, 0, b"XST\0")
    footer = f"\n<+{minutes // 60:02}{minutes % 60:02}>-{minutes // 60}:{minutes % 60:02}\n".encode()
    return head + body + head + body + footer


def test_a_government_moves_the_clocks_and_what_was_promised_for_ten_stays_at_ten(
    crm: Crm, leila: int, tmp_path: Path
) -> None:
    timed, day = promises.add(crm, leila, "2026-11-26 10"), promises.add(crm, leila, "2026-11-26")
    assert timed.due_key == datetime(2026, 11, 26, 6, 30, tzinfo=UTC)
    newer, older = tmp_path / "newer", tmp_path / "older"
    for folder, release, hours in ((newer, "2099a", 4.5), (older, "1999a", 2.5)):
        (folder / "Asia").mkdir(parents=True)
        (folder / "Asia" / "Tehran").write_bytes(_zone_file(hours))
        (folder / "tzdata.zi").write_text(f"# version {release}\n")
    assert _opened_with(newer, crm.database.path) == ["2026-11-26T04:30", "2026-11-26T05:30"]
    # A machine that has not been updated does not take it back.
    assert _opened_with(older, crm.database.path) == ["2026-11-26T04:30", "2026-11-26T05:30"]
    assert promises.get(crm, timed.id).due == Due(date(2026, 11, 26), time(10))
    assert promises.get(crm, day.id).due == Due(date(2026, 11, 26))


def _opened_with(zones: Path, database: Path) -> list[str]:
    """The moments (UTC) that are stored after a program with these zone rules has opened the database."""
    own = {"PYTHONTZPATH": str(zones), "TZ": "Asia/Tehran", "TUICRM_AGENT": "sara", "TUICRM_NOW": NOW}
    subprocess.run(
        [sys.executable, "-m", "tuicrm", "--db", str(database), "followup", "list"],
        env=os.environ | own,
        check=True,
        capture_output=True,
    )
    raw = sqlite3.connect(database)
    try:
        rows = raw.execute("SELECT due_key FROM follow_up ORDER BY due_key").fetchall()
    finally:
        raw.close()
    return [row[0][:16] for row in rows]


def test_a_zone_that_this_machine_does_not_know_keeps_its_moment(crm: Crm, leila: int) -> None:
    made = promises.add(crm, leila, "2026-11-26 10")
    with crm.database.transaction(Actor("sara", "cli"), "followup.edit") as tx:
        tx.update("followup", made.id, {"zone": "Mars/Base"})
    assert due_keys.refresh(crm) == 0
    assert at(crm, made) == "11-26 10:00"


# --- a clock that is moved ----------------------------------------------------------------------------------


def test_a_clock_set_back_loses_no_promise_and_takes_back_what_was_done_last(
    crm: Crm, clock: FrozenClock, leila: int
) -> None:
    first = promises.add(crm, leila, "tomorrow 10", "first")
    clock.advance(-3 * 24 * 3600)
    later = promises.add(crm, leila, "2026-11-23 11", "second")
    assert at(crm, first) == "11-23 10:00"
    history.undo(crm)
    assert [one.id for one in contacts.card(crm, leila).follow_ups] == [first.id]
    history.redo(crm)
    assert [one.id for one in contacts.card(crm, leila).follow_ups] == [first.id, later.id]


def test_a_call_under_a_clock_set_back_moves_its_promise_ahead_of_that_clock(
    crm: Crm, clock: FrozenClock, leila: int
) -> None:
    made = promises.add(crm, leila, "tomorrow 10")
    clock.advance(-4 * 24 * 3600)
    saved = calls.save(crm, CallDraft("u1", Who(contact_id=leila), "/n", follow_up_id=made.id))
    assert saved.follow_up is not None
    assert (saved.follow_up.id, saved.follow_up.attempt) == (made.id, 2)
    assert saved.follow_up.due == Due(date(2026, 11, 21), time(10))
    clock.advance(4 * 24 * 3600)
    assert promises.get(crm, made.id).due_key < crm.now()
