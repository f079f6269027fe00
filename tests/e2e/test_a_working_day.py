"""Real work in a real terminal, by keyboard alone, checked from the shell."""

from __future__ import annotations

import time

from tests.e2e.conftest import OpenTerminal
from tests.e2e.terminal import PATIENCE_S, Shell, Terminal

# what is typed in Who, the line, and what must be stored: outcome, note, follow-up?, ticket priority, topic, tags
CALLS = (
    ("lei", "price list sent /2d", ("connected", "price list sent", True, None, None)),
    ("reza", "n", ("no_answer", "", True, None, None)),
    ("مریم", "قیمت فرستادم /فردا", ("connected", "قیمت فرستادم", True, None, None)),
    ("4567", "b", ("busy", "", True, None, None)),
    ("karimi", "boiler dead .f/th/sat10", ("connected", "boiler dead", True, "high", "fault")),
    ("ahmadi", "/v", ("voicemail", "", True, None, None)),
    ("leila", "/n /-", ("no_answer", "", False, None, None)),
    ("1111", "50/50 deal, -5% off", ("connected", "50/50 deal, -5% off", False, None, None)),
    ("رستمی", "/۲ی قیمت خواست", ("connected", "قیمت خواست", True, None, None)),
    ("reza", "wants /sat 10 boxes", ("connected", "wants /sat 10 boxes", False, None, None)),
    ("lei", "invoice again .i", ("connected", "invoice again", False, None, "invoice")),
    ("2345", "leak in the cellar /tu", ("connected", "leak in the cellar", False, "urgent", None)),
    ("ahmadi", "ring back /9", ("connected", "ring back", True, None, None)),
    ("karimi", "paid #vip", ("connected", "paid", False, None, None)),
    ("reza", "asks for prices /in", ("connected", "asks for prices", False, None, None)),
    ("مریم", "w", ("wrong_number", "", False, None, None)),
    ("lei", "will think about it /1mo", ("connected", "will think about it", True, None, None)),
    ("1111", "/cb", ("callback", "", True, None, None)),
    ("2345", "photo received /email", ("connected", "photo received", False, None, None)),
    ("leila", "happy with the service /s5", ("connected", "happy with the service", False, None, None)),
)


def log_one(screen: Terminal, who: str, line: str) -> None:
    """One call from the contacts list: bar, Who, line, Enter; returns when it is saved."""
    screen.type("l")
    screen.wait("Log a call")
    # whom the cursor is on is not meant
    screen.keys("BSpace")
    screen.wait("Who")
    screen.type(who)
    screen.keys("Tab")
    screen.wait("Who", gone=True)
    screen.type(line)
    screen.keys("Enter")
    screen.wait("Log a call", gone=True)


def test_twenty_calls_by_keyboard_are_all_stored_right_and_undone_one_by_one(
    shell: Shell, terminal: OpenTerminal
) -> None:
    # in the morning, when "busy" is tried again within the hour: what is agreed for later is asked about
    screen = terminal(TUICRM_NOW="2026-11-22T09:30:00+03:30")
    screen.wait("Today")
    screen.type("2")
    screen.wait("Leila Karimi")
    for who, line, _ in CALLS:
        log_one(screen, who, line)
    stored = shell.json("call", "list", "--all")[::-1]
    found = [
        (
            call["outcome"],
            call["note"],
            (call["follow_up"] is not None and call["outcome"] != "connected") or _made(call),
            call["ticket"]["priority"] if call["ticket"] else None,
            call["topic"],
        )
        for call in stored
    ]
    wanted = [want for _, _, want in CALLS]
    for number, (have, want) in enumerate(zip(found, wanted, strict=True)):
        assert have[:2] == want[:2], CALLS[number]
        assert have[3] == want[3], CALLS[number]
        if want[4] is not None:
            assert have[4] == want[4], CALLS[number]
        if want[2]:
            assert have[2], CALLS[number]
    assert stored[13]["tags"] == ["vip"]
    assert stored[14]["direction"] == "in"
    assert stored[18]["channel"] == "email"

    for left in range(19, 9, -1):
        screen.type("u")
        _wait_for_calls(shell, left)
    for left in range(9, -1, -1):
        assert shell.run("undo").returncode == 0
        _wait_for_calls(shell, left)
    assert shell.json("contact", "show", "1")["tags"] == []


def _made(call: dict[str, object]) -> bool:
    return call["follow_up"] is not None


def _wait_for_calls(shell: Shell, count: int) -> None:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        if len(shell.json("call", "list", "--all")) == count:
            return
        time.sleep(0.05)
    assert len(shell.json("call", "list", "--all")) == count
