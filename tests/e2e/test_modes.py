"""Byte by byte: what each mode sends for a Persian contact, and who is told to order the letters, when."""

from __future__ import annotations

import re
import signal
import time
from pathlib import Path
from typing import cast

import pytest

from tests.e2e.emulator import ISOLATES, PROGRAM_ORDERS, QUESTION, TERMINAL_ORDERS, look
from tests.e2e.terminal import PATIENCE_S
from tests.tui.apps import opener, settings_in
from tests.tui.ptys import Terminal, terminal
from tuicrm.domain.clock import SystemClock
from tuicrm.domain.models import NewContact
from tuicrm.domain.terminals import Mode
from tuicrm.services import contacts

MARYAM = "مریم رستمی"
NUMBERED = "شرکت پارس (۱۴۰۵)"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    crm = opener(settings_in(tmp_path), SystemClock())()
    contacts.add(crm, NewContact(MARYAM, NUMBERED))
    crm.close()
    return tmp_path / "crm.db"


def people(program: Terminal, mode: Mode) -> str:
    """Opens the list of people, and waits for the card beside it, which comes after the rows; all that was sent
    so far."""
    program.wait_for("\x1b[?1049h")
    program.send("2")
    until = time.monotonic() + PATIENCE_S
    while not all(look(name, mode) in unstyled(program) for name in (MARYAM, NUMBERED)):
        assert time.monotonic() < until, unstyled(program)[-2000:]
        program.read(0.05, 1.0)
    return unstyled(program)


def unstyled(program: Terminal) -> str:
    """What was sent, without styles: one may begin behind a mark, which is not seen."""
    return re.sub("\x1b\\[[0-9;]*m", "", program.sent.decode(errors="ignore"))


@pytest.mark.parametrize("language", ["en", "fa"])
def test_in_visual_mode_joined_letters_in_the_order_of_the_screen_are_sent(
    database: Path, language: str
) -> None:
    with terminal(database, environ={"TUICRM_BIDI": "visual", "TUICRM_LANG": language}) as program:
        sent = people(program, "visual")
        assert look(NUMBERED, "visual") in sent
        assert look(MARYAM, "visual") not in (MARYAM, MARYAM[::-1]), "joined"
        assert MARYAM not in sent
        assert not any(mark in program.sent for mark in ISOLATES)
        first = program.sent.index(PROGRAM_ORDERS)
        assert first < program.sent.index(look(MARYAM, "visual").encode())
        assert b"tuicrm" not in program.sent[:first], "before the first picture"
        program.send("\x11")
        assert program.ended()
        assert TERMINAL_ORDERS in program.sent[first:]
        assert program.sent.rindex(TERMINAL_ORDERS) > program.sent.rindex(PROGRAM_ORDERS)


@pytest.mark.parametrize("language", ["en", "fa"])
def test_in_logical_mode_isolated_pieces_in_the_order_of_reading_are_sent(
    database: Path, language: str
) -> None:
    with terminal(database, environ={"TUICRM_BIDI": "logical", "TUICRM_LANG": language}) as program:
        sent = people(program, "logical")
        assert f"\u2067{MARYAM}\u2069\u200e" in sent
        assert f"\u2067{NUMBERED}\u2069\u200e" in sent
        assert look(MARYAM, "visual") not in sent
        program.send("\x11")
        assert program.ended()
        assert not any(told in program.sent for told in (PROGRAM_ORDERS, TERMINAL_ORDERS))


@pytest.mark.parametrize("language", ["en", "fa"])
def test_in_plain_mode_no_mark_is_sent(database: Path, language: str) -> None:
    with terminal(database, environ={"TUICRM_BIDI": "plain", "TUICRM_LANG": language}) as program:
        sent = people(program, "plain")
        assert MARYAM in sent
        assert NUMBERED in sent
        program.send("\x11")
        assert program.ended()
        assert not any(mark in program.sent for mark in ISOLATES)
        assert not any(told in program.sent for told in (PROGRAM_ORDERS, TERMINAL_ORDERS))


@pytest.mark.parametrize("mode", ["visual", "logical", "plain"])
def test_a_set_mode_asks_the_terminal_nothing(database: Path, mode: str) -> None:
    with terminal(database, environ={"TUICRM_BIDI": mode, "TUICRM_LANG": "fa"}) as program:
        people(program, cast(Mode, mode))
        assert QUESTION not in program.sent


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_with_the_terminal_ordering_again(database: Path, number: signal.Signals) -> None:
    with terminal(database, environ={"TUICRM_BIDI": "visual"}) as program:
        people(program, "visual")
        program.kill(number)
        assert program.ended()
        assert program.sent.count(PROGRAM_ORDERS) == program.sent.count(TERMINAL_ORDERS) == 1


def test_the_shell_gets_a_terminal_that_orders_and_the_screens_take_it_back(database: Path) -> None:
    with terminal(database, environ={"TUICRM_BIDI": "visual"}, shell=True) as program:
        people(program, "visual")
        program.send("\x1a")
        assert program.stopped()
        assert program.sent.count(TERMINAL_ORDERS) == 1
        program.sent = b""
        program.kill(signal.SIGCONT)
        program.wait_for(look(MARYAM, "visual"))
        assert program.sent.index(PROGRAM_ORDERS) < program.sent.index(look(MARYAM, "visual").encode())


def test_a_stop_that_nobody_sees_coming_is_made_good_on_return(database: Path) -> None:
    with terminal(database, environ={"TUICRM_BIDI": "visual"}) as program:
        people(program, "visual")
        program.kill(signal.SIGSTOP)
        assert program.stopped()
        program.sent = b""
        program.kill(signal.SIGCONT)
        program.wait_for(look(MARYAM, "visual"))
        assert program.sent.index(PROGRAM_ORDERS) < program.sent.index(look(MARYAM, "visual").encode())


@pytest.mark.parametrize(
    "bug",
    [
        "from tuicrm.tui.screens.shell import Shell as Broken\nname = 'begin'",
        "from tuicrm.tui.driver import CrmDriver as Broken\nname = 'stop_application_mode'",
        "from tuicrm.tui.app import CrmApp as Broken\nname = 'on_unmount'",
    ],
)
def test_after_a_crash_the_terminal_orders_again(database: Path, tmp_path: Path, bug: str) -> None:
    fail = f"""
{bug}
def fail(*_):
    raise ZeroDivisionError("hidden detail")
setattr(Broken, name, fail)
"""
    environ = {"TUICRM_BIDI": "visual", "XDG_STATE_HOME": str(tmp_path / "state")}
    with terminal(database, before=fail, environ=environ) as program:
        program.wait_for(PROGRAM_ORDERS.decode())
        if "begin" not in bug:
            program.wait_for("calls today")
            program.send("\x11")
        assert program.ended()
        assert program.sent.rindex(TERMINAL_ORDERS) > program.sent.rindex(PROGRAM_ORDERS)
