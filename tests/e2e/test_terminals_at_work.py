"""Where the program is really used: a job of a shell, inside GNU screen, over SSH, on terminals of few colours."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.terminal import PATIENCE_S, TUICRM, Shell, Terminal
from tests.requirements import require_program
from tests.tui.ptys import terminal as in_pty

COLOUR = re.compile(rb"\x1b\[(?:[0-9]*;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])[;m]")
OF_MANY = re.compile(rb"\x1b\[(?:[0-9]*;)*[34]8;[25];")


@pytest.fixture
def window(shell: Shell) -> Iterator[Terminal]:
    """A terminal that runs nothing yet; what is begun in it has a clock that stands still, at noon."""
    one = Terminal({**shell.env, "TUICRM_NOW": "2026-11-22T12:00:00+03:30"})
    yield one
    one.close()


def in_a_shell(window: Terminal) -> None:
    """Somebody has logged in and typed the program's name."""
    bash = require_program("bash")
    window.run(f"exec env PS1='ready> ' {bash} --norc --noprofile -i")
    window.wait("ready>")
    window.type("stty -a | cksum").keys("Enter")
    window.wait("\nready>")
    window.type(shlex.join(TUICRM)).keys("Enter")
    window.wait("calls today")


def noted(shell: Shell) -> list[str]:
    """The notes of all calls."""
    return [call["note"] for call in shell.json("call", "list", "--all")]


def log(window: Terminal, note: str, whom: str = "leila") -> None:
    """Logs a call by the screens, from wherever one is."""
    window.keys("1").type("l")
    window.wait("Who ›")
    window.type(whom)
    window.wait("Leila Karimi")
    window.keys("Tab")
    window.wait("Leila Karimi ›")
    window.type(note).keys("Enter")
    window.wait("Leila Karimi ›", gone=True)


# --- a job of a shell ---------------------------------------------------------------------------------------


def test_ctrl_z_gives_the_terminal_back_and_fg_brings_all_that_was_typed(
    shell: Shell, window: Terminal
) -> None:
    in_a_shell(window)
    at_work = window.modes()
    assert at_work["alternate_on"]
    assert at_work["mouse_any_flag"]
    assert not at_work["wrap_flag"]
    window.type("l")
    window.wait("Who ›")
    window.type("leila").keys("Tab")
    window.wait("Leila Karimi ›")
    window.type("half a thou")
    window.wait("half a thou")

    window.keys("C-z")
    window.wait("Stopped")
    given_back = window.modes()
    assert given_back == {
        "alternate_on": False,
        "cursor_flag": True,
        "wrap_flag": True,
        "mouse_any_flag": False,
        "mouse_sgr_flag": False,
    }
    window.type("jobs; stty -a | cksum; echo done").keys("Enter")
    shown = window.wait("\ndone\n")
    assert len(re.findall(r"^\[1\]\+ +Stopped", shown, re.MULTILINE)) == 2, "told by the shell, and by jobs"
    sums = re.findall(r"^\d{5,} \d+$", shown, re.MULTILINE)
    assert len(sums) == 2
    assert len(set(sums)) == 1, "the settings of the shell's line are what they were"

    window.type("fg").keys("Enter")
    window.wait("half a thou")
    assert window.modes() == at_work
    window.type("ght").keys("Enter")
    window.wait("1 call today")
    assert noted(shell) == ["half a thought"]

    window.keys("C-z")
    window.wait("Stopped")
    window.type("fg").keys("Enter")
    window.wait("1 call today")
    window.keys("C-q")
    window.wait("ready>")


def test_a_window_that_changed_its_size_meanwhile_is_filled(window: Terminal) -> None:
    in_a_shell(window)
    window.keys("C-z")
    window.wait("Stopped")
    window.resize(120, 30)
    window.type("fg").keys("Enter")
    window.wait("calls today")
    until = time.monotonic() + PATIENCE_S
    while len(window.screen().partition("\n")[0].rstrip()) <= 110:
        assert time.monotonic() < until, "the clock stands at the new edge"
        time.sleep(0.05)


# --- inside another program ---------------------------------------------------------------------------------


@pytest.mark.xdist_group("gnu screen")
def test_it_works_in_gnu_screen(shell: Shell, window: Terminal, sockets: Path, tmp_path: Path) -> None:
    screen = require_program("screen")
    settings = tmp_path / "screenrc"
    settings.write_text("startup_message off\ndefutf8 on\nterm screen\n")
    asked = shlex.join([screen, "-U", "-c", str(settings), *TUICRM])
    window.run(f"exec env SCREENDIR={shlex.quote(str(sockets))} LANG=C.UTF-8 {asked}")
    window.wait("calls today")
    log(window, "from inside screen")
    assert noted(shell) == ["from inside screen"]
    window.keys("2")
    window.wait("Reza Ahmadi")
    window.resize(110, 30)
    window.wait("Timeline")
    window.keys("C-q")


@pytest.fixture
def server(tmp_path: Path) -> list[str]:
    """A server for SSH, one for each who calls; what to call it by."""
    sshd, ssh, keygen = (require_program(name) for name in ("sshd", "ssh", "ssh-keygen"))
    for name in ("host", "user"):
        subprocess.run([keygen, "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / name)], check=True)
    allowed = tmp_path / "allowed"
    allowed.write_text((tmp_path / "user.pub").read_text())
    allowed.chmod(0o600)
    settings = tmp_path / "sshd_config"
    settings.write_text(
        f"HostKey {tmp_path / 'host'}\nPidFile none\n"
        f"AuthorizedKeysFile {allowed}\nStrictModes no\nUsePAM no\nPermitRootLogin yes\nLogLevel ERROR\n"
    )
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    # on both ends of a pipe: a port that is free now may be somebody else's when it is asked for
    through = shlex.join([sshd, "-i", "-f", str(settings)])
    options = (
        *("BatchMode=yes", "StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "LogLevel=ERROR"),
        f"ProxyCommand={through}",
    )
    return [
        *(ssh, "-t", "-F", "none", "-i", str(tmp_path / "user")),
        *(part for option in options for part in ("-o", option)),
        "127.0.0.1",
    ]


def over_ssh(server: list[str], shell: Shell) -> str:
    """The command that runs the program on the other side."""
    given = [f"{name}={value}" for name, value in shell.env.items()]
    inner = shlex.join(["env", "LANG=C.UTF-8", *given, *TUICRM])
    return f"exec {shlex.join([*server, inner])}"


def test_it_works_over_ssh(shell: Shell, window: Terminal, server: list[str]) -> None:
    window.run(over_ssh(server, shell))
    window.wait("calls today")
    log(window, "from far away")
    assert noted(shell) == ["from far away"]
    window.keys("C-z")
    window.wait("no shell to go to")
    window.resize(120, 30)
    window.keys("2")
    window.wait("Timeline")


def test_a_line_that_breaks_keeps_what_was_typed(shell: Shell, window: Terminal, server: list[str]) -> None:
    window.run(over_ssh(server, shell))
    window.wait("calls today")
    window.type("l")
    window.wait("Who ›")
    window.type("leila").keys("Tab")
    window.wait("Leila Karimi ›")
    window.type("not yet sav")
    window.wait("not yet sav")
    window.kill9()
    again = Terminal(shell.env).start()
    try:
        again.wait("1 draft")
        again.keys(".", "D")
        again.wait("not yet sav")
    finally:
        again.close()


# --- few colours and none -----------------------------------------------------------------------------------


def few(term: str, **more: str) -> dict[str, str]:
    """The environment of such a terminal."""
    return {"TERM": term, "COLORTERM": "", **more}


@pytest.mark.parametrize("term", ["linux", "xterm", "screen", "ansi"])
def test_a_terminal_of_sixteen_colours_gets_no_others(shell: Shell, term: str) -> None:
    with in_pty(Path(shell.env["TUICRM_DB"]), environ=few(term)) as program:
        program.wait_for("calls today")
        program.send("2")
        program.send("l")
        assert COLOUR.search(program.sent)
        assert not OF_MANY.search(program.sent), "a colour that it would take for something else"


def test_256_colours_are_sent_as_such(shell: Shell) -> None:
    with in_pty(Path(shell.env["TUICRM_DB"]), environ=few("xterm-256color")) as program:
        program.wait_for("calls today")
        assert b"38;5;" in program.sent
        assert b"38;2;" not in program.sent


@pytest.mark.parametrize(
    "environ", [few("vt100"), few("vt220"), few("xterm-256color", NO_COLOR="1", COLORTERM="truecolor")]
)
def test_where_no_colours_are_none_are_sent(shell: Shell, environ: dict[str, str]) -> None:
    with in_pty(Path(shell.env["TUICRM_DB"]), environ=environ) as program:
        program.wait_for("calls today")
        for keys in ("2", "j", "l", "\x1b", "\x10", "\x1b", "?"):
            program.send(keys)
        assert not COLOUR.search(program.sent)
        assert b"\x1b[1m" in program.sent, "weight is left"
        assert b"\x1b]" not in program.sent, "what an old terminal would print"


def test_the_keys_of_the_linux_console_are_known(shell: Shell) -> None:
    with in_pty(Path(shell.env["TUICRM_DB"]), environ=few("linux")) as program:
        program.wait_for("calls today")
        program.send("2")
        program.wait_for("Reza Ahmadi")
        for keys in ("\x1b[4~", "\x1b[1~", "\x1b[B", "\x1b[3~"):
            program.sent = b""
            program.send(keys)
        program.wait_for("Reza Ahmadi")
        assert b"Delete" in program.sent, "the second of the list is asked about"


def test_a_terminal_without_screens_is_told_so(shell: Shell) -> None:
    with in_pty(Path(shell.env["TUICRM_DB"]), environ=few("dumb")) as program:
        assert program.ended()
        assert b"TERM is dumb" in program.sent
        assert b"\x1b" not in program.sent
