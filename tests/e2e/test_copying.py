"""What is copied reaches the clipboard of the terminal outside: tmux takes it, and hands it on when told to."""

from __future__ import annotations

import shlex
import time
from pathlib import Path

import pytest

from tests.e2e.conftest import OpenTerminal
from tests.e2e.terminal import PATIENCE_S, TUICRM, Shell, Terminal
from tests.requirements import require_program


def buffer(window: Terminal, expected: str) -> str:
    """What tmux holds as its newest buffer, once it is ``expected`` or the patience is over."""
    ends = time.monotonic() + PATIENCE_S
    held = ""
    while held != expected and time.monotonic() < ends:
        held = window.tmux("show-buffer")
        time.sleep(0.05)
    return held


def test_tmux_gets_the_number_and_the_card(terminal: OpenTerminal) -> None:
    window = terminal(TMUX="inside")
    window.tmux("set", "-s", "set-clipboard", "on")
    window.wait("Contacts")
    window.keys("2")
    window.wait("Leila Karimi")
    window.keys("y")
    assert buffer(window, "+989121234567") == "+989121234567"
    window.wait("Copied")
    window.keys(".")
    window.wait("copy card as text")
    window.keys("c")
    card = "Leila Karimi\n0912 123 4567\n"
    assert buffer(window, card) == card


@pytest.mark.xdist_group("gnu screen")
def test_screen_hands_the_card_on(shell: Shell, sockets: Path, tmp_path: Path) -> None:
    screen = require_program("screen")
    rc = tmp_path / "screenrc"
    rc.write_text("startup_message off\ndefutf8 on\nterm screen\n")
    shell.json("contact", "edit", "contact:1", "--note", "one long note " * 60)
    window = Terminal(shell.env)
    try:
        asked = shlex.join([screen, "-U", "-c", str(rc), *TUICRM])
        window.run(f"exec env SCREENDIR={shlex.quote(str(sockets))} LANG=C.UTF-8 {asked}")
        window.tmux("set", "-s", "set-clipboard", "on")
        window.wait("Contacts")
        window.keys("2")
        window.wait("Leila Karimi")
        window.keys(".")
        window.wait("copy card as text")
        window.keys("c")
        card = "Leila Karimi\n0912 123 4567\n" + ("one long note " * 60).strip() + "\n"
        assert buffer(window, card) == card
        assert "tmux;" not in window.screen()
    finally:
        window.close()


def test_a_command_of_the_settings_gets_the_text_instead(terminal: OpenTerminal, tmp_path: Path) -> None:
    out = tmp_path / "clipboard"
    window = terminal(TUICRM_CLIPBOARD=f"tee {out}")
    window.wait("Contacts")
    window.keys("2")
    window.wait("Leila Karimi")
    window.keys("y")
    window.wait("Copied")
    ends = time.monotonic() + PATIENCE_S
    while (not out.exists() or not out.read_text()) and time.monotonic() < ends:
        time.sleep(0.05)
    assert out.read_text() == "+989121234567"


def test_without_copying_the_number_stands_by_itself_and_the_mouse_marks(terminal: OpenTerminal) -> None:
    window = terminal(TUICRM_CLIPBOARD="off")
    window.wait("Contacts")
    window.keys("2")
    window.wait("Leila Karimi")
    assert window.tmux("display", "-p", "#{mouse_any_flag}").strip() == "1"
    window.keys("y")
    window.wait("Mark it with the mouse")
    assert window.tmux("display", "-p", "#{mouse_any_flag}").strip() == "0"
    window.keys("q")
    window.wait("Leila Karimi")
    ends = time.monotonic() + PATIENCE_S
    while window.tmux("display", "-p", "#{mouse_any_flag}").strip() != "1" and time.monotonic() < ends:
        time.sleep(0.05)
    assert window.tmux("display", "-p", "#{mouse_any_flag}").strip() == "1"
