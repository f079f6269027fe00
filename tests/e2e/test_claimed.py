"""Two sessions in two terminals: whom one has open the other is told of at once, also when it is killed."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.e2e.conftest import OpenTerminal
from tests.e2e.terminal import Shell

NOON = "2026-11-22T12:0{}:{:02}+03:30"
"""``TUICRM_NOW``: a session whose clock stands still there."""


def database(shell: Shell) -> Path:
    return Path(shell.env["TUICRM_DB"])


def promise(shell: Shell, when: str = "2026-11-22", **env: str) -> None:
    """Both agents are to call Leila today."""
    for agent in ("sara", "omid"):
        one = Shell(database(shell), TUICRM_AGENT=agent, **env)
        done = one.run("followup", "add", "leila", when, "call", "back")
        assert done.returncode == 0, done.stderr


def test_the_row_that_one_opens_names_them_in_the_others_terminal_and_is_free_when_they_leave(
    shell: Shell, terminal: OpenTerminal
) -> None:
    promise(shell, TUICRM_NOW=NOON.format(0, 0))
    now = NOON.format(1, 0)
    sara, omid = terminal(TUICRM_NOW=now), terminal(TUICRM_AGENT="omid", TUICRM_NOW=now)
    omid.wait("call back")
    sara.wait("call back")
    sara.type("l")
    omid.wait("with sara now")
    omid.type("l")
    omid.wait("sara has been with Leila Karimi since 12:01. l takes over.")
    sara.keys("Escape")
    omid.wait("with sara now", gone=True)
    omid.type("l")
    omid.wait("Log a call")
    sara.wait("with omid now")
    omid.keys("Escape")
    sara.wait("with omid now", gone=True)


def test_who_takes_over_is_named_in_the_bar_of_who_had_the_person(
    shell: Shell, terminal: OpenTerminal
) -> None:
    promise(shell, TUICRM_NOW=NOON.format(0, 0))
    now = NOON.format(1, 0)
    sara, omid = terminal(TUICRM_NOW=now), terminal(TUICRM_AGENT="omid", TUICRM_NOW=now)
    sara.wait("call back")
    sara.type("l")
    sara.wait("Log a call")
    omid.wait("with sara now")
    omid.type("l")
    omid.wait("l takes over")
    # nobody who reads that presses again sooner
    time.sleep(0.5)
    omid.type("l")
    omid.wait("Log a call")
    sara.wait("omid has taken over Leila Karimi.")


@pytest.mark.parametrize("way", ["its key", "a dropped line"])
def test_a_session_that_is_left_gives_its_row_back_at_once(
    shell: Shell, terminal: OpenTerminal, way: str
) -> None:
    promise(shell, TUICRM_NOW=NOON.format(0, 0))
    # clocks that stand still: no lease runs out here
    now = NOON.format(1, 0)
    sara, omid = terminal(TUICRM_NOW=now), terminal(TUICRM_AGENT="omid", TUICRM_NOW=now)
    sara.wait("call back")
    sara.type("l")
    sara.wait("Log a call")
    omid.wait("with sara now")
    if way == "its key":
        sara.keys("C-q")
    else:
        sara.close()
    omid.wait("with sara now", gone=True)


def test_a_session_that_was_killed_keeps_its_row_for_sixty_seconds_and_not_longer(
    shell: Shell, terminal: OpenTerminal
) -> None:
    promise(shell, TUICRM_NOW=NOON.format(0, 0))
    sara = terminal(TUICRM_NOW=NOON.format(1, 0))
    sara.wait("call back")
    sara.type("l")
    sara.wait("Log a call")
    sara.kill9()
    soon = terminal(TUICRM_AGENT="omid", TUICRM_NOW=NOON.format(1, 59))
    soon.wait("with sara now")
    soon.type("l")
    soon.wait("sara has been with Leila Karimi since 12:01. l takes over.")
    after = terminal(TUICRM_AGENT="omid", TUICRM_NOW=NOON.format(2, 0))
    after.wait("call back")
    after.type("l")
    after.wait("Log a call")


@pytest.mark.long
def test_the_row_of_a_killed_session_becomes_free_by_itself(shell: Shell, terminal: OpenTerminal) -> None:
    promise(shell, "today")
    sara, omid = terminal(), terminal(TUICRM_AGENT="omid")
    sara.wait("call back")
    omid.wait("call back")
    sara.type("l")
    omid.wait("with sara now")
    began = time.monotonic()
    sara.kill9()
    while "with sara now" in omid.screen():
        assert time.monotonic() - began < 120, omid.screen()
        time.sleep(0.2)
    # renewed at most twenty seconds before the kill, by nobody since
    assert time.monotonic() - began > 39
