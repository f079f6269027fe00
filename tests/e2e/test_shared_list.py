"""Several work one list in terminals of their own: nobody is called twice, nobody's keys stick; a killed call waits."""

from __future__ import annotations

import time
from pathlib import Path

from tests.e2e.conftest import OpenTerminal
from tests.e2e.terminal import Shell, Terminal

READ_S = 0.4
"""Somebody who reads what is said presses no key sooner."""


def pick(window: Terminal) -> Terminal:
    """The cursor on the first of the list."""
    window.wait("Nobody is waiting. p picks a worklist")
    window.keys("p")
    window.wait("Whom to call after the promises")
    window.type("fair")
    window.keys("Enter")
    window.wait("Worklist fair 2026: 0 of 3 done")
    return window


def test_who_presses_one_key_after_a_colleague_goes_on_and_everybody_is_called_once(
    shell: Shell, terminal: OpenTerminal
) -> None:
    for number in (1, 2, 3):
        done = shell.run("worklist", "add", "fair 2026", f"contact:{number}", "--shared")
        assert done.returncode == 0, done.stderr
    noon = "2026-11-22T12:00:00+03:30"
    windows = {who: pick(terminal(TUICRM_AGENT=who, TUICRM_NOW=noon)) for who in ("sara", "omid")}
    sara, omid = windows["sara"], windows["omid"]
    sara.type("n")
    sara.wait("Leila Karimi: no answer, follow-up")
    omid.wait("sara called Leila Karimi just now. Next: Reza Ahmadi.")
    omid.type("n")
    omid.wait("The cursor came to Reza Ahmadi by itself: n again logs it.")
    time.sleep(READ_S)
    omid.type("n")
    omid.wait("Reza Ahmadi: no answer, follow-up")
    sara.wait("omid called Reza Ahmadi just now. Next:")
    calls = shell.json("call", "list", "--all")
    assert sorted((call["agent"], call["contact"]["id"]) for call in calls) == [("omid", 2), ("sara", 1)]


def test_a_call_that_ran_when_its_session_was_killed_waits_and_claims_nobody(
    shell: Shell, terminal: OpenTerminal
) -> None:
    noon = "2026-11-22T12:0{}:00+03:30"
    earlier = Shell(Path(shell.env["TUICRM_DB"]), TUICRM_NOW=noon.format(0))
    assert earlier.run("followup", "add", "leila", "2026-11-22", "call", "back").returncode == 0
    sara = terminal(TUICRM_NOW=noon.format(0))
    sara.wait("call back")
    sara.type("d")
    sara.wait("● running")
    sara.kill9()
    again = terminal(TUICRM_NOW=noon.format(5))
    again.wait("The call with Leila Karimi is not logged yet: . D lists it.")
    assert "●" not in again.wait("1 draft")
    omid = terminal(TUICRM_AGENT="omid", TUICRM_NOW=noon.format(5))
    omid.wait("Today")
    omid.type("2")
    omid.wait("Leila Karimi")
    assert "with sara now" not in omid.screen()
