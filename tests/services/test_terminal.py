"""Asking a terminal, and remembering what it said."""

from __future__ import annotations

import json
import os
import pty
import stat
import subprocess
import sys
import termios
import threading
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuicrm.domain.terminals import Answer
from tuicrm.services.terminal import known, query, served
from tuicrm.services.terminal.known import Known
from tuicrm.services.terminal.query import QUESTIONS, Sieve, ask
from tuicrm.settings import Settings

ANSWERS = b"\x1b[8;1$y\x1bP>|Konsole 22.12.3\x1b\\\x1b[>1;115;0c\x1b[?62;1;4c"
KEYS = st.lists(
    st.sampled_from([b"a", b"8", b"\x1b", b"\x1b[A", b"\x1b[1;5D", b"\x1b[8~", b"\r", "ز".encode(), b"c"])
)
AUTO = Settings("crm.db")


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The state folder, empty."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    return tmp_path / "tuicrm"


# --- answers and keys -------------------------------------------------------------------------------------------


def sifted(pieces: Iterator[bytes] | list[bytes]) -> tuple[Sieve, bytes]:
    sieve = Sieve()
    typed = b"".join(sieve.feed(piece) for piece in pieces)
    return sieve, typed + sieve.rest()


@given(before=KEYS, after=KEYS, cuts=st.lists(st.integers(1, 80)))
def test_answers_and_keys_are_told_apart_wherever_the_line_cuts_them(
    before: list[bytes], after: list[bytes], cuts: list[int]
) -> None:
    stream = b"".join(before) + ANSWERS + b"".join(after)
    edges = sorted({0, len(stream), *(cut for cut in cuts if cut < len(stream))})
    sieve, typed = sifted([stream[start:end] for start, end in pairwise(edges)])
    assert typed == b"".join(before + after)
    assert (sieve.mode8, sieve.name, sieve.complete) == (1, "konsole", True)


@given(KEYS)
def test_without_answers_every_key_comes_through(keys: list[bytes]) -> None:
    sieve, typed = sifted(keys)
    assert typed == b"".join(keys)
    assert not sieve.complete


def test_an_escape_waits_for_nothing_but_half_an_answer_does() -> None:
    sieve = Sieve()
    assert sieve.feed(b"\x1b") == b""
    assert sieve.idle() == b"\x1b"
    assert sieve.feed(b"x\x1b[8;") == b"x"
    assert sieve.idle() == b""
    assert sieve.feed(b"2$yz") == b"z"
    assert sieve.mode8 == 2
    sieve.feed(b"\x1b[8;")
    assert b"".join(sieve.idle() for _ in range(30)) == b"\x1b[8;"


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    """Two ends of a terminal: the person's and the program's."""
    ours, theirs = pty.openpty()
    yield ours, theirs
    os.close(ours)
    os.close(theirs)


def test_asking_returns_with_the_fence_and_leaves_the_terminal_as_it_was(terminal: tuple[int, int]) -> None:
    ours, theirs = terminal
    before = termios.tcgetattr(theirs)
    threading.Timer(0.05, os.write, (ours, b"x" + ANSWERS + b"\r")).start()
    sieve, typed = ask(theirs, theirs, wait_s=20)
    assert (sieve.mode8, sieve.name, typed) == (1, "konsole", b"x\r")
    assert termios.tcgetattr(theirs) == before
    assert os.read(ours, 4096) == QUESTIONS, "and no answer was echoed"


def test_asking_a_terminal_that_says_nothing_gives_up(terminal: tuple[int, int]) -> None:
    ours, theirs = terminal
    os.write(ours, b"typed")
    sieve, typed = ask(theirs, theirs, wait_s=0.05)
    assert (sieve.complete, sieve.mode8, sieve.name, typed) == (False, None, "", b"typed")


def test_asking_what_is_no_terminal_is_an_os_error(tmp_path: Path) -> None:
    with (tmp_path / "file").open("w+b") as file, pytest.raises(OSError, match="ioctl"):
        ask(file.fileno(), file.fileno())


# --- what is remembered -----------------------------------------------------------------------------------------


def test_a_terminal_is_remembered_for_its_owner_only(state: Path) -> None:
    assert known.find("xterm") is None
    known.keep(Known("xterm", "konsole", None, "logical"))
    known.keep(Known("alacritty"))
    known.keep(Known("xterm", "konsole", 1))
    assert known.find("xterm") == Known("xterm", "konsole", 1)
    assert known.find("alacritty") == Known("alacritty")
    assert stat.S_IMODE(known.file().stat().st_mode) == 0o600
    assert stat.S_IMODE(state.stat().st_mode) == 0o700
    assert [path.name for path in state.iterdir()] == ["terminals.json"], "nothing is left beside it"


def test_only_so_many_are_kept_and_the_last_of_them() -> None:
    for number in range(known.AT_MOST + 5):
        known.keep(Known(str(number)))
    assert known.find("4") is None
    assert known.find("5") is not None
    assert len(json.loads(known.file().read_text())["terminals"]) == known.AT_MOST


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"terminals": 1}',
        '{"terminals": [1]}',
        '{"terminals": [{"key": "xterm", "name": "", "mode8": "1", "answer": ""}]}',
        '{"terminals": [{"key": "xterm", "name": "", "mode8": 1, "answer": "both"}]}',
        "\ufffe",
    ],
)
def test_a_damaged_file_is_passed_over_and_made_anew(
    state: Path, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    state.mkdir()
    known.file().write_bytes(text.encode("utf-16" if text == "\ufffe" else "utf-8"))
    assert known.find("xterm") is None
    assert "damaged" in caplog.text
    known.keep(Known("xterm"))
    assert known.find("xterm") == Known("xterm")


def test_a_folder_that_cannot_be_written_costs_a_line_in_the_log(
    state: Path, caplog: pytest.LogCaptureFixture
) -> None:
    state.write_text("a file where the folder should be")
    known.keep(Known("xterm"))
    assert "was not written" in caplog.text


# --- put together -----------------------------------------------------------------------------------------------


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """A terminal that can be asked and gives these answers, one piece each time."""
    answers: list[bytes] = []

    def answer(_keyboard: int, _screen: int, _wait_s: float) -> tuple[Sieve, bytes]:
        sieve = Sieve()
        return sieve, sieve.feed(answers.pop(0))

    monkeypatch.setattr(query, "ask", answer)
    monkeypatch.setattr(os, "isatty", lambda _: True)
    return answers


def test_a_terminal_is_asked_once(asked: list[bytes]) -> None:
    asked.append(ANSWERS)
    for _ in range(3):
        choice = served.serve(AUTO, "fa", {"TERM": "xterm"}).choice
        assert (choice.mode, choice.reason) == ("visual", "mode8")
    assert asked == []


def test_over_ssh_a_terminal_without_a_name_does_not_speak_for_the_others(asked: list[bytes]) -> None:
    asked += [b"\x1b[?62;c", b"\x1bP>|Konsole 22.12.3\x1b\\\x1b[?62;c"]
    there = {"TERM": "xterm", "SSH_TTY": "/dev/pts/1"}
    assert served.serve(AUTO, "fa", there).choice.reason == "default"
    assert served.serve(AUTO, "fa", there).choice.mode == "logical"


@pytest.mark.parametrize(
    ("settings", "language", "environ"),
    [
        (AUTO, "en", {"TERM": "xterm"}),
        (Settings("crm.db", bidi="visual"), "fa", {"TERM": "xterm"}),
        (AUTO, "fa", {"TERM": "linux"}),
        (AUTO, "fa", {"TERM": "dumb"}),
        (AUTO, "fa", {}),
        (AUTO, "fa", {"TERM": "xterm", "TERM_PROGRAM": "Apple_Terminal"}),
    ],
)
def test_some_are_never_asked(
    asked: list[bytes], settings: Settings, language: str, environ: dict[str, str]
) -> None:
    asked.append(ANSWERS)
    served.serve(settings, language, environ)
    assert asked == [ANSWERS]


def test_who_is_no_terminal_is_not_asked(asked: list[bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    asked.append(ANSWERS)
    monkeypatch.setattr(os, "isatty", lambda _: False)
    served.serve(AUTO, "fa", {"TERM": "xterm"})
    assert asked == [ANSWERS]


def test_only_a_persian_user_whose_terminal_is_not_sure_is_asked(asked: list[bytes]) -> None:
    asked += [b"\x1b[?62;c", b"\x1b[?62;c"]
    assert served.serve(AUTO, "fa", {"TERM": "xterm"}).asks
    assert not served.serve(AUTO, "en", {"TERM": "xterm"}).asks
    assert not served.serve(Settings("crm.db", bidi="plain"), "fa", {"TERM": "xterm"}).asks
    assert not served.serve(AUTO, "fa", {"TERM": "xterm", "VTE_VERSION": "7006"}).asks


@pytest.mark.parametrize(
    ("answer", "mode"), [("visual", "visual"), ("logical", "logical"), ("neither", "visual")]
)
def test_an_answer_holds_now_and_later(asked: list[bytes], answer: Answer, mode: str) -> None:
    asked.append(b"\x1b[?62;c")
    first = served.serve(AUTO, "fa", {"TERM": "xterm"})
    assert served.answered(first, answer).choice.mode == mode
    for language in ("fa", "en"):
        again = served.serve(AUTO, language, {"TERM": "xterm"})
        assert (again.choice.mode, again.choice.reason, again.asks) == (mode, "answer", False)


def test_a_setting_stands_above_an_answer_again_at_the_next_start() -> None:
    settings = Settings("crm.db", bidi="visual")
    first = served.serve(settings, "fa", {"TERM": "xterm"})
    assert served.answered(first, "logical").choice.mode == "logical"
    assert served.serve(settings, "fa", {"TERM": "xterm"}).choice.reason == "setting"


def test_late_answers_are_remembered_and_keep_the_users_own(asked: list[bytes]) -> None:
    asked.append(b"")
    first = served.serve(AUTO, "fa", {"TERM": "xterm"})
    assert first.sieve is not None
    assert known.find("xterm") is None
    first.sieve.feed(ANSWERS)
    assert served.told(first, first.sieve).choice.reason == "mode8"
    assert known.find("xterm") == Known("xterm", "konsole", 1)
    served.answered(first, "logical")
    assert served.told(first, first.sieve).choice.reason == "answer"


def test_a_terminal_that_is_gone_is_served_by_hints(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(query, "ask", gone)
    monkeypatch.setattr(os, "isatty", lambda _: True)
    assert served.serve(AUTO, "fa", {"TERM": "xterm", "KONSOLE_VERSION": "1"}).choice.mode == "logical"


def test_the_doctor_asks_anew_whatever_is_remembered(asked: list[bytes]) -> None:
    known.keep(Known("xterm", "konsole"))
    asked.append(b"\x1b[8;1$y\x1b[?62;c")
    choice = served.look(AUTO, {"TERM": "xterm"}).choice
    assert (choice.mode, choice.reason) == ("visual", "mode8")


def test_in_english_the_mode_is_chosen_before_the_first_paint_without_loading_anything(state: Path) -> None:
    program = """
import sys
import tuicrm.tui.start
from tuicrm.services.terminal import served
from tuicrm.settings import Settings
before = set(sys.modules)
served.serve(Settings("crm.db"), "en")
print(*(set(sys.modules) - before), *({"tuicrm.services.terminal.query", "tuicrm.tui.modes", "json"} & before))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
    assert not state.exists()
