"""``followup due --notify``: on the desktop or printed, each moment once, and never lost."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.shell import Shell
from tests.services.test_desktop import program

LATER = "2026-11-22T10:00:30+03:30"


@pytest.fixture
def due(leila: Shell, tmp_path: Path) -> Shell:
    """Leila is to be called at ten; it is ten and half a minute. There is no desktop."""
    leila.ok("followup", "add", "leila", "10:00", "price", "of", "pump")
    leila.set(
        TUICRM_NOW=LATER, XDG_RUNTIME_DIR=str(tmp_path / "run"), PATH=f"{tmp_path / 'run'}:/usr/bin:/bin"
    )
    for name in ("DBUS_SESSION_BUS_ADDRESS", "SSH_CONNECTION", "SSH_TTY"):
        leila._patch.delenv(name, raising=False)
    return leila


@pytest.fixture
def desk(due: Shell, tmp_path: Path) -> Path:  # noqa: ARG001 - after it
    """What the desktop's notifier was told, one word a line."""
    program(tmp_path / "run", "notify-send")
    (tmp_path / "run" / "bus").touch()
    return tmp_path / "run" / "out"


def notify(shell: Shell, *more: str) -> str:
    return shell.ok("followup", "due", "--notify", *more).out


def test_without_a_desktop_it_is_printed_once(due: Shell) -> None:
    assert notify(due) == "Now: Leila Karimi, price of pump\n"
    assert notify(due) == ""


def test_with_a_desktop_nothing_is_printed_and_the_number_is_in_the_notification(
    due: Shell, desk: Path
) -> None:
    assert notify(due) == ""
    assert desk.read_text(encoding="utf-8").splitlines() == [
        "<--app-name=tuicrm>",
        "<-->",
        "<Leila Karimi>",
        "<Now: Leila Karimi, price of pump",
        "0912 123 4567>",
    ]
    notify(due)
    assert len(desk.read_text(encoding="utf-8").splitlines()) == 5


def test_a_notifier_that_fails_does_not_lose_the_reminder(due: Shell, desk: Path) -> None:
    program(desk.parent, "notify-send", "exit 1")
    done = due.ok("followup", "due", "--notify")
    assert done.out == "Now: Leila Karimi, price of pump\n"
    assert "notify-send" in done.err
    assert notify(due) == ""


def test_what_could_not_be_printed_is_told_the_next_time(due: Shell) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run(
        [sys.executable, "-m", "tuicrm", "followup", "due", "--notify"],
        stdout=writing, stderr=subprocess.DEVNULL, env=dict(os.environ), check=False,
    )  # fmt: skip
    os.close(writing)
    assert ended.returncode == 141
    assert "Leila Karimi" in notify(due)


def test_within_tells_ahead_and_then_not_again(due: Shell) -> None:
    due.set(TUICRM_NOW="2026-11-22T09:46:00+03:30")
    assert notify(due) == ""
    assert notify(due, "--within", "15m") == "10:00: Leila Karimi, price of pump\n"
    due.set(TUICRM_NOW=LATER)
    assert notify(due) == ""


def test_json_gives_the_records_for_a_notifier_of_ones_own(due: Shell, desk: Path) -> None:
    (one,) = due.json("followup", "due", "--notify")
    assert (one["reason"], one["contact"]["name"]) == ("price of pump", "Leila Karimi")
    assert due.json("followup", "due", "--notify") == []
    assert not desk.exists()


def test_many_at_once_are_one_notification(due: Shell, desk: Path) -> None:
    for minute in range(50, 59):
        due.ok("followup", "add", "leila", f"2026-11-22 10:{minute}", f"reason {minute}")
    due.set(TUICRM_NOW="2026-11-22T11:00:30+03:30")
    notify(due)
    told = desk.read_text(encoding="utf-8")
    assert "<10 follow-ups>" in told
    assert "reason 50" in told


def test_another_agents_are_told_by_name_and_apart(due: Shell) -> None:
    due.ok("agent", "add", "omid")
    due.ok("followup", "assign", "1", "omid")
    assert notify(due) == ""
    assert "Leila Karimi" in notify(due, "--agent", "@omid")
    assert notify(due, "--agent", "omid") == ""


def test_nobody_by_name_is_called_by_the_number(due: Shell) -> None:
    due.ok("contact", "add", "", "--phone", "09350002345")
    due.ok("followup", "add", "contact:2", "2026-11-22 10:01")
    due.set(TUICRM_NOW="2026-11-22T10:02:30+03:30")
    assert "Since 10:01: 0935 000 2345" in notify(due)


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("--notify", "--within", "soon"), 5),
        (("--notify", "--within", "400h x"), 5),
        (("--within", "15m"), 2),
        (("--notify", "--state", "done"), 2),
        (("--notify", "--limit", "3"), 2),
        (("--notify", "leila"), 2),
    ],
)
def test_what_makes_no_sense_is_refused(due: Shell, args: tuple[str, ...], code: int) -> None:
    assert due("followup", "due", *args).code == code
    assert "Leila" in notify(due), "nothing was told by it"


def test_persian_is_told_in_persian(due: Shell) -> None:
    due.set(TUICRM_LANG="fa", TUICRM_NOW="2026-11-22T10:05:30+03:30")
    said = notify(due)
    assert "۱۰:۰۰" in said
    assert "Since" not in said
