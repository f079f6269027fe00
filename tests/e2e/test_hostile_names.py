"""Names that would be markup, actions or terminal commands are letters, everywhere, byte by byte."""

from __future__ import annotations

import pytest

from tests.e2e.conftest import OpenTerminal
from tests.e2e.terminal import Shell

NAMES = ("[/]", "Acme [eu] [@click=app.quit]x[/]", "\x1b]52;c;aGVsbG8=\x07\x1b[31mRed\x9b2J")
NOON = "2026-11-22T12:00:00+03:30"


@pytest.fixture
def hostile(shell: Shell) -> Shell:
    for number, name in enumerate(NAMES):
        shell.json("contact", "add", name, "--phone", f"0912 345 670{number}", "--tag", "[/b]")
    return shell


def test_hostile_names_are_shown_literally_on_every_screen(hostile: Shell, terminal: OpenTerminal) -> None:
    screen = terminal(columns=120, rows=40, TUICRM_NOW=NOON)
    screen.wait("Today")
    screen.type("2")
    screen.wait("Acme [eu] [@click")
    for who in ("acme", "3456700", "31mred"):
        screen.type("l")
        screen.wait("Log a call")
        screen.keys("BSpace")
        screen.wait("Who")
        screen.type(who)
        screen.keys("Tab")
        screen.wait("Who", gone=True)
        screen.type("[/] [@click=app.quit]note[/] /tod /th")
        screen.keys("Enter")
        screen.wait("Log a call", gone=True)
    assert "[@click=app.quit]note[/]" in screen.wait("[@click=app.quit]note[/]")
    for key, place in (("1", "3 calls today"), ("3", "[@click=app.quit]note[/]"), ("2", "Acme [eu] [@click")):
        screen.type(key)
        screen.wait(place)
        screen.wait("[/]")
    screen.type("?")
    screen.wait("What a log line can say")
    screen.keys("Escape")
    assert len(hostile.json("call", "list", "--all")) == 3


def test_no_control_of_theirs_reaches_the_shell(hostile: Shell) -> None:
    for arguments in (("contact", "list"), ("find", "31mred"), ("contact", "show", "6"), ("history",)):
        printed = hostile.run(*arguments).stdout
        assert "Red" in printed or arguments == ("history",)
        assert not {char for char in printed if (ord(char) < 32 and char != "\n") or 0x7F <= ord(char) < 0xA0}
