"""The terminal is asked who orders right-to-left text, and where it cannot tell, its user."""

from __future__ import annotations

import json
import os
import stat
import time
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.emulator import (
    FENCE,
    PATIENT,
    PROGRAM_ORDERS,
    QUESTION,
    TERMINAL_ORDERS,
    Saying,
    look,
    mode8,
    named,
    persian,
)
from tests.e2e.terminal import PATIENCE_S
from tests.tui.apps import opener, settings_in
from tests.tui.ptys import Terminal, terminal
from tuicrm.domain.clock import SystemClock
from tuicrm.domain.models import NewContact
from tuicrm.domain.terminals import Mode
from tuicrm.services import contacts
from tuicrm.tui.screens.which_reads import IN_ENGLISH, SAMPLE

MARYAM = "مریم رستمی"
ASKS = str(IN_ENGLISH)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a database with Maryam in it."""
    crm = opener(settings_in(tmp_path), SystemClock())()
    contacts.add(crm, NewContact(MARYAM))
    crm.close()
    return tmp_path


def kept(folder: Path) -> Any:
    """What is remembered of terminals."""
    return json.loads((folder / "state" / "tuicrm" / "terminals.json").read_text())["terminals"]


def mode_of(program: Terminal) -> str:
    """The mode the list of people is sent in, once it is there."""
    shown: dict[Mode, bytes] = {mode: look(MARYAM, mode).encode() for mode in ("visual", "logical")}
    program.send("2")
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        for mode, name in shown.items():
            if name in program.sent:
                return mode
        program.read(0.05, 1.0)
    raise AssertionError(program.sent[-2000:])


@pytest.mark.parametrize(
    ("words", "mode"),
    [
        (mode8(1) + FENCE, "visual"),
        (mode8(2) + named("VTE(7006)") + FENCE, "visual"),
        (mode8(0) + named("XTerm(379)") + b"\x1b[>41;379;0c" + FENCE, "visual"),
        (named("Konsole 22.12.3") + FENCE, "logical"),
        (b"\x1b[>1;95;0c" + FENCE, "logical"),
        (b"\x1b[>65;7006;1c" + FENCE, "visual"),
    ],
)
def test_the_terminals_own_word_decides_and_is_asked_once(folder: Path, words: bytes, mode: str) -> None:
    saying = Saying(words)
    with persian(folder, saying) as program:
        assert mode_of(program) == mode
        assert ASKS not in program.sent.decode()
    with persian(folder, saying) as program:
        assert mode_of(program) == mode
        assert QUESTION not in program.sent
    assert saying.asked == 1


def test_a_hint_decides_where_the_terminal_says_nothing(folder: Path) -> None:
    with persian(folder, Saying(FENCE), KONSOLE_VERSION="221203") as program:
        assert mode_of(program) == "logical"
        assert ASKS not in program.sent.decode()


def test_a_terminal_that_answers_nothing_at_all_costs_a_moment_and_its_user_is_asked(folder: Path) -> None:
    with persian(folder, Saying(b"")) as program:
        program.wait_for(ASKS)
        program.send("\x1b")
        assert mode_of(program) == "visual"
    assert not (folder / "state" / "tuicrm" / "terminals.json").exists()


def test_over_ssh_the_terminal_is_asked_at_every_start(folder: Path) -> None:
    """Two terminals of one person look the same from there, but for what they say."""
    for words, mode in [(named("Konsole 22.12.3"), "logical"), (mode8(1), "visual")]:
        with persian(folder, Saying(words + FENCE), SSH_TTY="/dev/pts/9") as program:
            assert mode_of(program) == mode


@pytest.mark.parametrize("words", [mode8(0) + named("XTerm(379)") + FENCE, FENCE])
def test_keys_typed_while_the_terminal_is_asked_are_not_lost(folder: Path, words: bytes) -> None:
    half = len(words) // 2
    with persian(folder, Saying(b"2" + words[:half] + words[half:] + b"\x1bOB")) as program:
        program.wait_for(look(MARYAM, "visual"))


def test_keys_are_not_lost_when_no_answer_comes(folder: Path) -> None:
    with persian(folder, Saying(b"2")) as program:
        program.wait_for(look(MARYAM, "visual"))


@pytest.mark.parametrize(
    ("words", "mode"), [(mode8(1) + FENCE, "visual"), (named("Konsole 22.12.3") + FENCE, "logical")]
)
def test_a_late_answer_counts_and_its_letters_are_no_keys(folder: Path, words: bytes, mode: Mode) -> None:
    with persian(folder, Saying(b"")) as program:
        program.wait_for(ASKS)
        program.sent = b""
        # in two pieces, as over a bad line, and a key behind it
        program.send(words.decode()[:4])
        program.send(words.decode()[4:] + "2")
        program.wait_for(look(MARYAM, mode))
        assert mode_of(program) == mode
        assert (TERMINAL_ORDERS in program.sent) is (mode == "logical")
    (entry,) = kept(folder)
    assert entry["answer"] == ""
    with persian(folder, Saying(b"")) as program:
        assert mode_of(program) == mode
        assert QUESTION not in program.sent


def test_in_english_nothing_is_asked(folder: Path) -> None:
    saying = Saying(mode8(1) + FENCE)
    with persian(folder, saying, TUICRM_LANG="en") as program:
        assert mode_of(program) == "visual"
        assert QUESTION not in program.sent
    with terminal(folder / "crm.db", environ={"VTE_VERSION": "7006", "TMUX": "/tmp/x,1,0"}) as program:
        assert mode_of(program) == "logical"
    assert saying.asked == 0


# --- the user is asked ----------------------------------------------------------------------------------------


def test_one_phrase_is_shown_both_ways_while_the_program_orders(folder: Path) -> None:
    with persian(folder, Saying(FENCE)) as program:
        program.wait_for(ASKS)
        sent = program.sent.decode()
        assert look(SAMPLE, "visual") in sent
        assert look(SAMPLE, "logical") in sent
        assert TERMINAL_ORDERS not in program.sent


def test_in_logical_mode_the_program_orders_only_while_it_asks(folder: Path) -> None:
    with persian(folder, Saying(FENCE), TUICRM_BIDI="logical", TUICRM_LANG="en") as program:
        assert mode_of(program) == "logical"
        program.send("\x10")
        program.send("bidi\r")
        program.wait_for(look(SAMPLE, "visual"))
        assert PROGRAM_ORDERS in program.sent
        assert TERMINAL_ORDERS not in program.sent
        program.send("q")
        assert TERMINAL_ORDERS in program.sent


@pytest.mark.parametrize(("key", "mode"), [("1", "visual"), ("2", "logical"), ("۲", "logical")])
def test_the_answer_holds_at_once_and_at_the_next_start(folder: Path, key: str, mode: Mode) -> None:
    with persian(folder, Saying(FENCE)) as program:
        program.wait_for(ASKS)
        program.send(key)
        assert (program.sent.endswith(PROGRAM_ORDERS) or TERMINAL_ORDERS not in program.sent) is (
            mode == "visual"
        )
        assert mode_of(program) == mode
    (entry,) = kept(folder)
    assert entry["answer"] == mode
    assert stat.S_IMODE(os.stat(folder / "state" / "tuicrm" / "terminals.json").st_mode) == 0o600
    for language in ("fa", "en"):
        with persian(folder, Saying(FENCE), TUICRM_LANG=language) as program:
            assert mode_of(program) == mode
            assert ASKS not in program.sent.decode()
            assert QUESTION not in program.sent


def test_who_reads_neither_is_told_what_to_set(folder: Path) -> None:
    with persian(folder, Saying(mode8(0) + named("kitty(0.26.5)") + FENCE)) as program:
        program.wait_for(ASKS)
        program.send("0")
        program.wait_for("force_ltr")
        program.send("\r")
        assert mode_of(program) == "visual"
    assert kept(folder)[0]["answer"] == "neither"
    with persian(folder, Saying(FENCE)) as program:
        assert mode_of(program) == "visual"
        assert ASKS not in program.sent.decode()


def test_who_decides_later_is_asked_again(folder: Path) -> None:
    for _ in range(2):
        with persian(folder, Saying(FENCE)) as program:
            program.wait_for(ASKS)
            program.send("\x1b")
            assert mode_of(program) == "visual"


def test_a_mode_that_is_set_is_not_asked_about(folder: Path) -> None:
    with persian(folder, Saying(FENCE), TUICRM_BIDI="logical") as program:
        assert mode_of(program) == "logical"
        assert ASKS not in program.sent.decode()


def test_a_damaged_memory_is_passed_over_with_a_line_in_the_log(folder: Path) -> None:
    state = folder / "state" / "tuicrm"
    state.mkdir(parents=True)
    (state / "terminals.json").write_text('{"terminals": [{"key": 1}]}')
    with persian(folder, Saying(mode8(1) + FENCE)) as program:
        assert mode_of(program) == "visual"
    assert "terminals.json is damaged" in (state / "tuicrm.log").read_text()
    assert [entry["mode8"] for entry in kept(folder)] == [1]


# --- the doctor -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (mode8(1) + b"\x1b[>65;7006;1c", ["visual", "mode8 vte", "mode 8"]),
        (named("Konsole 22.12.3"), ["logical", "name konsole", "mode logical is the best that is possible."]),
        (mode8(0) + named("kitty(0.26.5)"), ["visual", "name kitty", "kitty.conf and open a new window."]),
        (b"\x1b[>0;136;0c", ["visual", "name putty", "Disable bidirectional text display."]),
    ],
)
def test_the_doctor_asks_the_terminal_and_gives_its_advice_uncut(
    folder: Path, words: bytes, told: list[str]
) -> None:
    doctor = f"{PATIENT}\nimport sys; sys.argv.append('doctor')"
    environ = {"XDG_STATE_HOME": str(folder / "state")}
    with terminal(folder / "crm.db", before=doctor, answer=Saying(words + FENCE), environ=environ) as shell:
        assert shell.ended()
        about = [line for line in shell.sent.decode().split("\r\n") if "right-to-left" in line]
    for part in told:
        assert part in "\n".join(about)
