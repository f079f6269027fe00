"""``followup calendar`` and the calendar file that the settings name."""

from __future__ import annotations

import os
import stat
from datetime import datetime
from pathlib import Path
from typing import Any

import icalendar
import pytest

from tests.cli.shell import Shell
from tuicrm.domain.clock import FrozenClock
from tuicrm.services.demo import open_demo
from tuicrm.settings import Settings


@pytest.fixture
def due(leila: Shell) -> Shell:
    """Leila is to be called tomorrow at ten."""
    leila.ok("followup", "add", "leila", "tomorrow 10:00", "price", "of", "pump")
    return leila


def events(file: Path, kind: str = "VEVENT") -> list[Any]:
    return list(icalendar.Calendar.from_ical(file.read_bytes()).walk(kind))


def test_it_is_written_for_its_owner_only_and_said(due: Shell, tmp_path: Path) -> None:
    file = tmp_path / "calls.ics"
    assert due.ok("followup", "calendar", str(file)).out == f"1 follow-up is in {file}.\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    (event,) = events(file)
    assert str(event["SUMMARY"]) == "Leila Karimi: price of pump"
    assert due.json("followup", "calendar", str(file)) == {"path": str(file), "rows": 1}
    assert list(tmp_path.glob(".calls*")) == []


def test_the_uid_stays_and_the_sequence_grows_when_it_is_moved(due: Shell, tmp_path: Path) -> None:
    file = tmp_path / "calls.ics"
    due.ok("followup", "calendar", str(file))
    (first,) = events(file)
    due.set(TUICRM_NOW="2026-11-22T11:00:00+03:30")
    due.ok("followup", "move", "1", "thursday 11:00")
    due.ok("contact", "add", "Leila K.")
    due.ok("contact", "merge", "2", "1")
    due.ok("followup", "calendar", str(file))
    (second,) = events(file)
    assert second["UID"] == first["UID"]
    assert second["SEQUENCE"] > first["SEQUENCE"] == 0
    assert second["LAST-MODIFIED"].dt > first["LAST-MODIFIED"].dt
    assert second["DTSTART"].dt > first["DTSTART"].dt


def test_another_name_of_the_contact_is_a_newer_event(due: Shell, tmp_path: Path) -> None:
    file = tmp_path / "calls.ics"
    due.ok("followup", "calendar", str(file))
    (first,) = events(file)
    due.set(TUICRM_NOW="2026-11-22T11:00:00+03:30")
    due.ok("contact", "edit", "1", "--company", "Atlas")
    due.ok("followup", "calendar", str(file))
    assert events(file)[0]["LAST-MODIFIED"].dt > first["LAST-MODIFIED"].dt


@pytest.mark.parametrize("deed", [("cancel", "1", "no more"), ("done", "1"), ("assign", "1", "omid")])
def test_what_is_settled_vanishes(due: Shell, tmp_path: Path, deed: tuple[str, ...]) -> None:
    file = tmp_path / "calls.ics"
    due.ok("agent", "add", "omid")
    due.ok("followup", *deed)
    due.ok("followup", "calendar", str(file))
    assert events(file) == []


def test_tasks_and_another_agent_on_request(due: Shell, tmp_path: Path) -> None:
    file = tmp_path / "calls.ics"
    due.ok("agent", "add", "omid")
    due.ok("followup", "assign", "1", "omid")
    due.ok("followup", "calendar", str(file), "--agent", "@omid", "--todo")
    assert len(events(file, "VTODO")) == 1
    assert due("followup", "calendar", str(file), "--agent", "nobody").code == 4


def test_standard_output_gets_the_calendar_alone(due: Shell) -> None:
    out = due.ok("followup", "calendar", "-").out
    assert out.startswith("BEGIN:VCALENDAR")
    assert out.rstrip().endswith("END:VCALENDAR")


def test_a_file_that_is_no_calendar_is_not_replaced(due: Shell, tmp_path: Path) -> None:
    file = tmp_path / "thesis.txt"
    file.write_text("years of work")
    assert due("followup", "calendar", str(file)).code == 6
    assert file.read_text() == "years of work"


def test_a_folder_that_is_not_there_is_said(due: Shell, tmp_path: Path) -> None:
    assert due("followup", "calendar", str(tmp_path / "no" / "calls.ics")).code == 8


# --- the setting --------------------------------------------------------------------------------------------


def test_every_command_that_writes_keeps_it_current(due: Shell, tmp_path: Path) -> None:
    file = tmp_path / "calls.ics"
    due.ok("config", "set", "calendar_file", str(file))
    due.ok("log", "leila", "asks for an offer /wed 15:00")
    assert [str(each["SUMMARY"]) for each in events(file)] == [
        "Leila Karimi: price of pump",
        "Leila Karimi: asks for an offer",
    ]
    due.ok("undo")
    assert [str(each["SUMMARY"]) for each in events(file)] == ["Leila Karimi: price of pump"]


def test_nothing_is_written_when_nothing_changed(due: Shell, tmp_path: Path) -> None:
    file = tmp_path / "calls.ics"
    due.set(TUICRM_CALENDAR_FILE=str(file))
    due.ok("find", "leila")
    assert not file.exists()
    due.ok("contact", "edit", "1", "--note", "x")
    before = file.stat()
    due.ok("contact", "add", "Somebody else")
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_link_stays_one(due: Shell, tmp_path: Path) -> None:
    (tmp_path / "public").mkdir()
    link = tmp_path / "calls.ics"
    link.symlink_to(tmp_path / "public" / "calls.ics")
    due.set(TUICRM_CALENDAR_FILE=str(link))
    due.ok("followup", "move", "1", "thursday")
    assert link.is_symlink()
    assert len(events(tmp_path / "public" / "calls.ics")) == 1


def test_a_failure_is_one_line_and_the_save_stands(due: Shell, tmp_path: Path) -> None:
    due.set(TUICRM_CALENDAR_FILE=str(tmp_path / "no" / "calls.ics"))
    done = due.ok("followup", "move", "1", "saturday 9:00")
    assert "2026-11-28 09:00" in done.out
    assert done.err.count("\n") == 1
    assert "cannot be written" in done.err
    assert due.json("followup", "list")[0]["due_on"] == "2026-11-28"


@pytest.mark.parametrize("value", ["calls.ics", "-"])
def test_a_file_without_a_place_is_refused(due: Shell, value: str) -> None:
    assert due("config", "set", "calendar_file", value).code == 5


def test_home_is_understood(due: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    due.set(TUICRM_CALENDAR_FILE="~/calls.ics")
    due.ok("followup", "move", "1", "thursday")
    assert os.path.getsize(tmp_path / "calls.ics") > 0


def test_a_file_of_another_agent_or_database_stays_until_it_is_replaced_by_name(
    due: Shell, tmp_path: Path
) -> None:
    file = tmp_path / "calls.ics"
    due.set(TUICRM_CALENDAR_FILE=str(file))
    due.ok("agent", "add", "reza")
    due.ok("followup", "move", "1", "thursday")
    mine = file.read_bytes()
    other = due.ok("--as", "reza", "followup", "add", "leila", "friday 10", "OTHER")
    assert f"{file} is the calendar of sara, so it stays." in other.err
    elsewhere = due.ok("--db", str(tmp_path / "other.db"), "contact", "add", "Omid")
    assert f"{file} is not a calendar of this database, so it stays." in elsewhere.err
    assert file.read_bytes() == mine
    due.ok("--as", "reza", "followup", "calendar", str(file))
    assert [str(each["SUMMARY"]) for each in events(file)] == ["Leila Karimi: OTHER"]


def test_the_calendar_of_another_program_stays(due: Shell, tmp_path: Path) -> None:
    file = tmp_path / "home.ics"
    file.write_text("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n")
    due.set(TUICRM_CALENDAR_FILE=str(file))
    assert "so it stays" in due.ok("followup", "move", "1", "thursday").err
    assert events(file) == []


def test_a_demo_never_writes_it(shell: Shell, tmp_path: Path) -> None:
    file, kept = tmp_path / "calls.ics", tmp_path / "demo.db"
    clock = FrozenClock(datetime.fromisoformat("2026-11-22T09:30:00+03:30"))
    open_demo(Settings(database=str(kept), agent="sara"), clock, kept).close()
    shell.set(TUICRM_CALENDAR_FILE=str(file))
    done = shell.ok("--db", str(kept), "contact", "add", "Omid")
    assert done.err == ""
    assert not file.exists()
