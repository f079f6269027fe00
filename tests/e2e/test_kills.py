"""What was acknowledged survives a kill, and so does what was typed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.e2e.conftest import OpenTerminal
from tests.e2e.terminal import PATIENCE_S, Shell, Terminal
from tests.tui.apps import opener, settings_in
from tuicrm.domain.clock import SystemClock
from tuicrm.services import drafts
from tuicrm.services.context import Crm


@contextmanager
def company(shell: Shell) -> Iterator[Crm]:
    """The same database, from this process."""
    crm = opener(settings_in(Path(shell.env["TUICRM_DB"]).parent), SystemClock())()
    try:
        yield crm
    finally:
        crm.close()


def kept(shell: Shell) -> list[tuple[str, str]]:
    """The drafts: what each is about, and its line."""
    with company(shell) as crm:
        return [(draft.key, draft.line) for draft in drafts.everything(crm)]


def written_down(shell: Shell, line: str) -> None:
    """Waits until that is a draft: typing that is younger than a moment may be lost."""
    until = time.monotonic() + PATIENCE_S
    while line not in [kept_line for _, kept_line in kept(shell)]:
        assert time.monotonic() < until, f"never written down: {line!r}"
        time.sleep(0.05)


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
    written_down(shell, "wants three of them /thu")
    screen.kill9()
    assert kept(shell) == [("contact:1", "wants three of them /thu")]
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
    assert kept(shell) == []


def test_a_kill_straight_after_saved_loses_nothing(shell: Shell, terminal: OpenTerminal) -> None:
    screen = terminal()
    open_bar_for(screen, "Leila Karimi")
    screen.type("price list sent")
    screen.keys("Enter")
    screen.wait("u undo")
    screen.kill9()
    assert [call["note"] for call in shell.json("call", "list")] == ["price list sent"]
    assert kept(shell) == []
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
