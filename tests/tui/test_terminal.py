"""What goes over the line: nothing of anybody's making but ours, and little of it."""

from __future__ import annotations

import re
import signal
import sqlite3
import sys
import time
from pathlib import Path

import pytest
from tests.tui.apps import opener, settings_in
from tests.tui.ptys import terminal

from tuicrm.domain.clock import SystemClock
from tuicrm.domain.models import NewContact, PhoneNumber
from tuicrm.services import contacts

HOSTILE = "\x1b[35;5mA\x1b]2;pwned\x07\x9b41mB\u202eC\x00[/][@click=app.quit]x[/]"
"""Colours, a window title, a C1 control, an override, a NUL, markup: as older rows may hold them."""


def people(folder: Path, count: int) -> Path:
    """A database with so many people."""
    settings = settings_in(folder)
    crm = opener(settings, SystemClock())()
    for number in range(count):
        phone = PhoneNumber(f"021 0000 {number:04}", None)
        contacts.add(crm, NewContact(f"Person {number:03}", f"Company {number}", (phone,)))
    crm.close()
    return folder / "crm.db"


def poisoned(folder: Path) -> Path:
    """A database whose rows were written by something that cleaned nothing."""
    path = people(folder, 3)
    with sqlite3.connect(path) as conn:
        conn.execute("UPDATE contact SET name = ?, company = ?, note = ?", (f"AAA {HOSTILE}",) * 3)
        conn.execute("UPDATE phone SET raw = ?, label = ?, e164 = NULL", (HOSTILE, HOSTILE))
        conn.execute("INSERT INTO contact_tag (contact_id, tag, position) VALUES (1, ?, 0)", (HOSTILE,))
    return path


def test_hostile_data_is_shown_and_never_sent(tmp_path: Path) -> None:
    with terminal(poisoned(tmp_path)) as program:
        program.wait_for("calls today")
        for keys in ["2", "j", "\r", "q", "l", "\x1b", "/", "aaa", "\r", "\x10", "\x1b", "?", "q", "3"]:
            program.send(keys)
        sent = re.sub("\x1b\\]22;[a-z]*\x07", "", program.sent.decode("utf-8", "replace"))
    assert "AAA" in sent, "the name was on the screen"
    for sign in ("\x1b[35;5m", "\x1b]2;", "\x07", "\x9b", "\u202e", "\x00"):
        assert sign not in sent
    assert "[/][@click=app.quit]x[/]" in re.sub("\x1b\\[[0-9;]*m", "", sent)


@pytest.mark.parametrize("theme", ["dark", "ansi"])
def test_keys_cost_few_bytes(tmp_path: Path, theme: str) -> None:
    """At 80x24, the card beneath the list included; a fifth of what whole lines would cost."""
    path = people(tmp_path, 300)
    with terminal(path, theme=theme) as program:
        program.wait_for("calls today")
        program.read(0.5)
        assert len(program.send("2")) < 4_000, "another place"
        # four together: what else is painted meanwhile, such as the clock at a new minute, falls into one of them
        assert sum(len(program.send("j")) for _ in range(4)) < 4 * 500, "a row down, with its card"
        assert len(program.send("\x1b[6~")) < 2_000, "a page"
        idle = program.read(1.0)
        # a minute may have begun meanwhile: the clock, and nothing else
        assert len(idle) < 60
        assert not idle or idle.startswith(b"\x1b[1;")
        program.send("g")
        # twice: a minute begins in one of them at most
        assert b"" in (program.send("g"), program.send("g")), (
            "a picture of which nothing differs is not begun"
        )
        assert len(program.send("l")) < 3_000, "the bar opened"


@pytest.mark.skipif(sys.platform != "linux", reason="what a process has loaded is read from /proc")
def test_a_session_has_not_loaded_openssl(tmp_path: Path) -> None:
    with terminal(people(tmp_path, 1)) as program:
        program.wait_for("calls today")
        loaded = Path(f"/proc/{program.pid}/maps").read_text()
    assert "sqlite" in loaded
    assert "ssl" not in loaded


def test_a_term_signal_leaves_the_terminal_as_it_was(tmp_path: Path) -> None:
    with terminal(people(tmp_path, 1)) as program:
        program.wait_for("calls today")
        program.kill(signal.SIGTERM)
        assert program.ended()
        assert b"\x1b[?1049l" in program.sent
        assert b"Traceback" not in program.sent


def test_it_stops_on_ctrl_z_and_goes_on(tmp_path: Path) -> None:
    with terminal(people(tmp_path, 1), shell=True) as program:
        program.wait_for("calls today")
        program.send("\x1a")
        assert program.stopped()
        program.sent = b""
        program.kill(signal.SIGCONT)
        program.wait_for("calls today")


@pytest.mark.skipif(sys.platform != "linux", reason="threads are counted in /proc")
def test_being_told_to_go_on_without_a_stop_leaves_one_reader_of_keys(tmp_path: Path) -> None:
    """GNU screen says so to its windows when it ends; two readers of one terminal that was gone never ended."""
    with terminal(people(tmp_path, 1)) as program:
        program.wait_for("calls today")
        program.read(0.5)
        threads = len(list(Path(f"/proc/{program.pid}/task").iterdir()))
        for _ in range(3):
            program.sent = b""
            program.kill(signal.SIGCONT)
            program.wait_for("calls today")
            program.read(0.5)
        # one that was idle when it was counted first may have got company, but not thrice
        assert len(list(Path(f"/proc/{program.pid}/task").iterdir())) < threads + 3
        assert b"Person 000" in program.send("2")


def test_without_a_shell_to_call_it_back_it_does_not_stop(tmp_path: Path) -> None:
    """As with ``ssh -t host tuicrm``: there it would stay stopped for ever."""
    with terminal(people(tmp_path, 1)) as program:
        program.wait_for("calls today")
        program.send("\x1a")
        program.wait_for("no shell to go to")
        program.kill(signal.SIGTSTP)
        assert b"Contacts" in program.send("2")
        assert not program.stands_still()


def test_a_bug_ends_in_one_sentence_and_its_trace_is_in_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    bug = """
from tuicrm.tui.screens.shell import Shell
async def begin(self):
    secret = "0912 123 4567"
    raise ZeroDivisionError("hidden detail")
Shell.begin = begin
"""
    with terminal(people(tmp_path, 1), before=bug) as program:
        assert program.ended()
        said = program.sent.decode("utf-8", "replace").rpartition("\x1b[?1049l")[2]
    assert "Something went wrong inside tuicrm" in said
    assert "hidden detail" not in said
    assert "0912 123 4567" not in said
    log = tmp_path / "state" / "tuicrm" / "tuicrm.log"
    assert "hidden detail" in log.read_text()
    assert log.stat().st_mode & 0o777 == 0o600


def test_alt_with_a_digit_changes_screens_from_within_the_bar(tmp_path: Path) -> None:
    """In bytes: by name such a key always arrives, but Textual takes a terminal's bytes for it for a sign."""
    with terminal(people(tmp_path, 3)) as program:
        program.wait_for("calls today")
        program.send("2")
        program.wait_for("last call")
        program.send("l")
        program.wait_for("Log a call")
        for digit in "456":
            program.send(f"\x1b{digit}")
        sent = program.sent.decode("utf-8", "replace")
        assert not set("¡™£¢∞§") & set(sent)
        assert b"calls today" in program.send("\x1b1")


def notes(database: Path) -> list[str]:
    """The notes of all calls."""
    with sqlite3.connect(database) as rows:
        return [note for (note,) in rows.execute("SELECT note FROM interaction")]


def test_a_byte_that_is_no_letter_ends_nothing(tmp_path: Path) -> None:
    database = people(tmp_path, 1)
    with terminal(database) as program:
        program.wait_for("calls today")
        program.send(b"\xe9")
        program.send("2")
        program.wait_for("Person 000")
        program.send("l")
        program.read(0.5)
        program.send(b"caf\xe9 ok\xff")
        program.send("\r")
        until = time.monotonic() + 60
        while not notes(database) and time.monotonic() < until:
            program.read(0.1)
    assert notes(database) == ["caf\ufffd ok\ufffd"]


def test_a_paste_with_escape_codes_is_text_of_the_line_and_saves_nothing(tmp_path: Path) -> None:
    database = people(tmp_path, 1)
    with terminal(database) as program:
        program.wait_for("calls today")
        program.send("2")
        program.wait_for("Person 000")
        program.send("l")
        program.wait_for("Esc")
        program.send(b"\x1b[200~aaa \x1b[1mbbb\x1b[0m\rzzz\x1b[201~")
        program.wait_for("aaa bbb zzz")
        program.read(0.5)
    assert notes(database) == []
