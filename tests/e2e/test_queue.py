"""A queue of thirty people worked through in a real terminal by keyboard alone: who does not answer costs one key."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.conftest import OpenTerminal
from tests.e2e.terminal import Shell

PEOPLE = 30
NOW = "2026-11-22T09:31:00+03:30"
SPOKE, BUSY, SNOOZED, KEPT = 4, 9, 14, 19
"""Whom something else happens with than that nobody answers."""


def crowd(folder: Path) -> Shell:
    """Thirty promises for this morning, ten minutes apart."""
    shell = Shell(folder / "queue.db", TUICRM_NOW=NOW)
    rows = [f"Person {number:02},0912 000 00{number:02}" for number in range(PEOPLE)]
    (folder / "people.csv").write_text("name,phone\n" + "\n".join(rows) + "\n")
    shell.json("import", str(folder / "people.csv"))
    for number in range(PEOPLE):
        at = f"2026-11-22 {10 + number // 6}:{number % 6}0"
        shell.json("followup", "add", f"Person {number:02}", at, "offer")
    return shell


def test_thirty_people_are_called_by_keyboard_and_no_answer_costs_one_key(
    tmp_path: Path, terminal: OpenTerminal
) -> None:
    shell = crowd(tmp_path)
    screen = terminal(**shell.env)
    screen.wait("Person 00")
    screen.wait("30 due today")
    keys = 0
    for number in range(PEOPLE):
        screen.wait(f"▌ {10 + number // 6}:{number % 6}0   Person {number:02}")
        if number == SPOKE:
            screen.type("c")
            screen.wait("Log a call")
            screen.type("wants two /thu")
            screen.keys("Enter")
        elif number == SNOOZED:
            screen.type("s")
            screen.wait("tomorrow")
            screen.keys("Enter")
        elif number == KEPT:
            screen.type("x")
        else:
            screen.type("b" if number == BUSY else "n")
            keys += 1
        screen.wait(f" Person {number:02}: ")
    # who was busy is tried again in an hour
    screen.wait(" 1 due today")

    called = shell.json("call", "list", "--all")
    assert keys == sum(call["outcome"] in ("no_answer", "busy") for call in called) == PEOPLE - 3
    assert len({call["contact"]["id"] for call in called}) == PEOPLE - 2
    promised = {each["contact"]["name"]: each for each in shell.json("followup", "list", "--all")}
    assert {name for name, each in promised.items() if each["attempt"] == 2} == {
        f"Person {number:02}" for number in range(PEOPLE) if number not in (SPOKE, SNOOZED, KEPT)
    }
    assert promised[f"Person {SPOKE:02}"]["reason"] == "wants two"
    assert promised[f"Person {SNOOZED:02}"]["due_on"] == "2026-11-22"
    assert promised[f"Person {KEPT:02}"]["state"] == "done"
