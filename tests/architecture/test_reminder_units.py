"""The units in ``docs/reminders.md`` are such as the programs take that they are for."""

from __future__ import annotations

import plistlib
import re
import shlex
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.requirements import require_program

PAGE = (Path(__file__).parents[2] / "docs" / "reminders.md").read_text(encoding="utf-8")
WORDS = ["followup", "due", "--notify"]


def blocks(language: str) -> list[str]:
    """The fenced blocks in that language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def test_systemd_takes_the_timer_and_its_service(tmp_path: Path) -> None:
    program = tmp_path / "tuicrm"
    program.write_text("#!/bin/sh\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    service, timer = blocks("ini")
    names = ("tuicrm-due.service", "tuicrm-due.timer")
    for name, text in zip(names, (service, timer), strict=True):
        assert f"`~/.config/systemd/user/{name}`:" in PAGE
        (tmp_path / name).write_text(text.replace("%h/.local/bin/tuicrm", str(program)))
    done = subprocess.run(
        [require_program("systemd-analyze"), "verify", "--man=no", *(str(tmp_path / name) for name in names)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr.replace(str(tmp_path), "")) == (0, "")
    assert f"tuicrm {' '.join(WORDS)}\n" in service


def test_the_timer_comes_every_minute() -> None:
    done = subprocess.run(
        [require_program("systemd-analyze"), "calendar", "--iterations=2", "minutely"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "*-*-* *:*:00" in done.stdout
    assert "OnCalendar=minutely\n" in blocks("ini")[1]


def test_launchd_gets_a_property_list_with_the_command() -> None:
    (plist,) = blocks("xml")
    read = plistlib.loads(plist.encode())
    assert read["Label"] == "tuicrm.due"
    assert read["ProgramArguments"][0].startswith("/")
    assert read["ProgramArguments"][1:] == WORDS
    assert (read["StartInterval"], read["RunAtLoad"]) == (60, True)


def test_the_line_for_cron_has_five_fields_and_a_command_that_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (line,) = [each for block in blocks("") for each in block.splitlines() if each.startswith("*")]
    *fields, command = line.split(None, 5)
    assert fields == ["*"] * 5
    assert shlex.split(command)[1:] == WORDS
    program = tmp_path / ".local" / "bin" / "tuicrm"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m tuicrm "$@"\n')
    program.chmod(0o755)
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "TUICRM_DB", "TUICRM_NOW"):
        monkeypatch.delenv(name, raising=False)
    # what cron gives a job
    environ = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "LOGNAME": "sara", "SHELL": "/bin/sh"}
    done = subprocess.run(
        ["/bin/sh", "-c", command], env=environ, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
