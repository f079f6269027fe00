"""Standard output that is closed, or that a full disk stands behind."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.cli.shell import Result, Shell

pytestmark = pytest.mark.usefixtures("leila")


def redirected(redirection: str, *args: str) -> Result:
    """A command as a shell runs it with ``redirection``; what it says on the other stream."""
    done = subprocess.run(
        ["sh", "-c", f'exec "$@" {redirection}', "sh", sys.executable, "-m", "tuicrm", *args],
        capture_output=True, text=True, check=False, env=dict(os.environ),
    )  # fmt: skip
    return Result(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize(
    "command",
    [("contact", "list"), ("find", "leila"), ("call", "list", "--json"), ("--version",), ("--help",)],
)
@pytest.mark.parametrize("closed", [">&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_closed_streams_are_as_nothing(command: tuple[str, ...], closed: str) -> None:
    done = redirected(closed, *command)
    assert (done.code, done.err) == (0, "")


def test_with_closed_streams_a_call_is_saved_and_the_database_stays_whole(leila: Shell) -> None:
    assert redirected("<&- >&- 2>&-", "log", "leila", "price list sent").code == 0
    assert [call["note"] for call in leila.json("call", "list")] == ["price list sent"]
    assert leila.ok("doctor").code == 0


@pytest.mark.parametrize("closed", ["2>&-", "2>&- <&-"])
def test_a_refusal_with_nobody_to_hear_it_keeps_its_exit_code(closed: str) -> None:
    done = redirected(closed, "contact", "show", "999")
    assert (done.code, done.out) == (4, "")


@pytest.mark.parametrize(
    "command", [("contact", "list"), ("find", "leila"), ("export", "contacts"), ("--version",), ("--help",)]
)
def test_a_full_disk_is_said_in_a_sentence(command: tuple[str, ...]) -> None:
    done = redirected(">/dev/full", *command)
    assert (done.code, done.err) == (8, "Not everything could be written out: the disk is full\n")


def test_a_full_disk_is_said_to_programs() -> None:
    done = redirected(">/dev/full", "contact", "list", "--json")
    assert (done.code, done.error["code"]) == (8, "unavailable")
