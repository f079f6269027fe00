"""What every command prints in Persian on a terminal: nothing of ours is cleaned away, and isolates are whole."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import struct
import sys
import termios
import threading
from collections.abc import Iterator

import pytest

from tests.cli.shell import Shell
from tuicrm import i18n
from tuicrm.__main__ import main
from tuicrm.cli import say

OPENING, CLOSING = "\u2066\u2067", "\u2069"

DONE = (
    "contact add لیلا_کریمی --phone ۰۹۱۲۱۲۳۴۵۶۷ --company پمپ_پارس --tag vip --email leila@example.org"
    " --note بعد_از_۱۷ --field birthday=1365/12/29 --field city=تهران --every 90d",
    "contact add رضا --phone 0935000",
    "contact add لیلا_کریمی2 --phone 09121234567",
    "contact add George --phone +442079460991",
    "agent add reza --name رضا_کیانی",
    "log contact:1 -9:05_=3:40_قیمت_P40_را_پرسید_.q_/t_/فردا_۱۰",
    "log contact:2 نیست_/n",
    "log contact:4 /b",
    "followup add contact:1 فردا گزارش --every هر_ماه",
    "followup add contact:2 ۱۴۰۶/۰۱/۱۵ قرارداد",
    "followup add contact:4 امروز visit",
    "followup snooze 1 ۲_ساعت",
    "followup done 5",
    "followup add contact:1 فردا بازدید",
    "followup edit 6 --reason دیدن",
    "followup move 6 پس‌فردا",
    "followup assign 6 reza",
    "followup cancel 6 نخواست",
    "followup skip 3",
    "followup reopen 6",
    "ticket new contact:1 نشتی",
    "call edit 1 قیمت_گفته_شد_=۴",
    "worklist save ویژه --where tag:vip",
    "worklist add نمایشگاه contact:1 contact:2",
    "contact edit contact:1 --company شیراز",
)
SHOWN = (
    "find لیلا",
    "find ۹۱۲۱",
    "contact show contact:1",
    "contact show contact:2",
    "contact list",
    "contact list --where tag:vip",
    "contact duplicates",
    "call list",
    "call show 1",
    "call show 2",
    "followup list",
    "followup list --state لغو",
    "followup due",
    "followup sheet",
    "ticket list",
    "worklist list",
    "worklist show ویژه",
    "worklist show نمایشگاه --left",
    "worklist show owed",
    "worklist progress نمایشگاه",
    "worklist report نمایشگاه",
    "process check process.toml",
    "agent list",
    "config show",
    "config path",
    "keys list",
    "keys presets",
    "keys path",
    "history",
    "history contact:1",
    "history call:1",
    "undo --list",
    "undo --dry-run",
    "doctor",
    "find nobodyofthisname",
    "contact show contact:99",
    "followup list --where فلان:۳",
    "log لیلا سلام",
    "log contact:1 /zz",
)


class Terminal:
    """A pty in place of the standard streams, eighty cells wide, for as long as a command runs."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._patch = patch

    def told(self, *args: str) -> str:
        """What a command printed."""
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        pieces: list[bytes] = []

        def read() -> None:
            with contextlib.suppress(OSError):
                while piece := os.read(ours, 65536):
                    pieces.append(piece)

        reader = threading.Thread(target=read)
        reader.start()
        with self._patch.context() as patch, open(theirs, "w", encoding="utf-8") as stream:
            patch.setattr(sys, "stdout", stream)
            patch.setattr(sys, "stderr", stream)
            main(list(args))
            stream.flush()
        reader.join()
        os.close(ours)
        i18n.use("en")
        i18n.show_in()
        return b"".join(pieces).decode()


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    monkeypatch.setenv("TERM", "xterm-256color")
    yield Terminal(monkeypatch)
    say._screen.isolate = say._screen.visual = False


def words(command: str) -> list[str]:
    """A command's words; a line below stands for a blank."""
    return [word.replace("_", " ") for word in command.split(" ")]


def balanced(line: str) -> bool:
    """Whether each isolate that is opened is closed."""
    depth = 0
    for sign in line:
        depth += (sign in OPENING) - (sign in CLOSING)
        if depth < 0:
            return False
    return depth == 0


def test_nothing_is_cleaned_twice_and_isolates_are_whole(
    shell: Shell, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shell.folder)
    (shell.folder / "process.toml").write_text(shell.ok("process", "show").out, encoding="utf-8")
    shell.set(TUICRM_LANG="fa")
    said = {command: terminal.told(*words(command)) for command in (*DONE, *SHOWN)}
    assert {command: told for command, told in said.items() if "\ufffd" in told} == {}
    loose = {
        command: line for command, told in said.items() for line in told.split("\n") if not balanced(line)
    }
    assert loose == {}
    assert "زادروز" in said["contact show contact:1"]
    assert "هر \u2066۹۰\u2069 روز" in said["contact show contact:1"]
    assert "\u2066۲\u2069 نفر" in said["worklist list"]
