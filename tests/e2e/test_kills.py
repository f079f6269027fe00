"""What was acknowledged survives a kill, and so does what was typed."""

from __future__ import annotations

import time

from tests.e2e.conftest import OpenTerminal
from tests.e2e.terminal import Shell, Terminal

AT_MOST_LOST_S = 0.6
"""Typing younger than half a second may be lost."""


def open_bar_for(screen: Terminal, name: str, *, typed: str = "") -> None:
    """Finds the person in Contacts and opens the bar with them."""
    screen.wait("Today")
    screen.type("2")
    screen.wait("Search")
    screen.type("/")
    screen.keys("C-u")
    screen.type(name)
    screen.keys("Enter")
    screen.wait("▌ " + name)
    screen.type("l")
    screen.wait(f"{name} › {typed}".rstrip())


def test_a_kill_while_typing_brings_the_draft_back_for_that_contact_only(
    shell: Shell, terminal: OpenTerminal
) -> None:
    screen = terminal()
    open_bar_for(screen, "Leila Karimi")
    screen.type("wants three of them /thu")
    screen.wait("wants three of them /thu")
    time.sleep(AT_MOST_LOST_S)
    screen.kill9()
    assert shell.json("call", "list") == []

    screen = terminal()
    open_bar_for(screen, "Reza Ahmadi")
    assert "wants three" not in screen.screen()
    screen.keys("Escape")
    screen.wait("Log a call", gone=True)
    open_bar_for(screen, "Leila Karimi", typed="wants three of them /thu")
    screen.keys("Enter")
    screen.wait("u undo")
    assert [call["note"] for call in shell.json("call", "list")] == ["wants three of them"]


def test_a_kill_straight_after_saved_loses_nothing(shell: Shell, terminal: OpenTerminal) -> None:
    screen = terminal()
    open_bar_for(screen, "Leila Karimi")
    screen.type("price list sent")
    screen.keys("Enter")
    screen.wait("u undo")
    screen.kill9()
    assert [call["note"] for call in shell.json("call", "list")] == ["price list sent"]
    assert shell.run("doctor").returncode == 0


def test_enter_and_three_keys_at_once_loses_none(shell: Shell, terminal: OpenTerminal) -> None:
    screen = terminal()
    open_bar_for(screen, "Leila Karimi")
    screen.type("price list sent")
    # saves, then: the calls screen, the bar again on its first row, a letter of the next note
    screen.keys("Enter", "3", "l", "x")
    screen.wait("Log a call")
    shown = screen.wait("› x")
    assert "Leila Karimi" in shown
    assert [call["note"] for call in shell.json("call", "list")] == ["price list sent"]
