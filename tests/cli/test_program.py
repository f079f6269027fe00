"""The program as a process: its start, its end, pipes, signals, terminals, and what an unexpected error leaves."""

from __future__ import annotations

import codecs
import fcntl
import json
import os
import pty
import select
import signal
import stat
import struct
import subprocess
import sys
import termios
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.cli.shell import Shell
from tuicrm import __version__

SCRIPT = Path(sys.executable).with_name("tuicrm")


def test_version_is_one_line(shell: Shell) -> None:
    for done in (shell.program("--version"), shell("--db", "x", "--version")):
        assert (done.code, done.out, done.err) == (0, f"tuicrm {__version__}\n", "")


@pytest.mark.usefixtures("leila")
def test_the_console_script_is_the_same_program() -> None:
    done = subprocess.run([SCRIPT, "find", "leila"], capture_output=True, text=True, check=False)
    assert (done.returncode, "Leila Karimi" in done.stdout) == (0, True)


def test_without_a_terminal_there_are_no_screens(shell: Shell) -> None:
    path = shell.folder / "new.db"
    shell.set(TUICRM_DB=str(path))
    done = shell.program()
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert not path.exists()


def test_a_closed_pipe_is_silent(leila: Shell) -> None:
    for number in range(40):
        leila.ok("log", "leila", f"call {number} " + "x" * 3000)
    for verb in ("call list", "find leila", "export calls", "--version", "--help"):
        command = f"{sys.executable} -m tuicrm {verb} --json | exit 0; echo ${{PIPESTATUS[0]}}"
        done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
        assert (done.stdout.strip() in ("141", "0"), done.stderr) == (True, ""), (verb, done)
    full = "sleep 0.3; exec 0<&-; sleep 1"
    command = f"{sys.executable} -m tuicrm call list --json | ({full}); echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("141", "")


def test_ctrl_c_leaves_with_130_and_saves_nothing(leila: Shell) -> None:
    running = subprocess.Popen(
        [sys.executable, "-m", "tuicrm", "log", "leila"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert running.stdin is not None
    running.stdin.write(b"half a note")
    running.stdin.flush()
    while _unread(running.stdin.fileno()):
        time.sleep(0.01)
    # it has taken what was typed, and waits for more
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=60)
    assert (running.returncode, out, err) == (130, b"", b"")
    assert leila.json("call", "list") == []


def _unread(pipe: int) -> int:
    """How many bytes nobody has taken out of a pipe yet."""
    count: int = struct.unpack("i", fcntl.ioctl(pipe, termios.FIONREAD, bytes(4)))[0]
    return count


def test_an_unexpected_error_goes_to_a_private_file(leila: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("secret of the trace")

    monkeypatch.setattr("tuicrm.services.find.find", broken)
    done = leila("find", "leila", "--json")
    assert (done.code, done.out, done.error["code"]) == (1, "", "bug")
    assert "secret" not in done.err
    file = leila.folder / "state" / "tuicrm" / "tuicrm.log"
    assert str(file) in done.error["message"]
    assert "secret of the trace" in file.read_text(encoding="utf-8")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "content", [b"no database at all, only words" * 50, b"SQLite format 3\0" + b"\xff" * 5000]
)
def test_a_file_that_is_no_database_is_unavailable(shell: Shell, content: bytes) -> None:
    shell.database.write_bytes(content)
    done = shell("find", "x", "--json")
    assert (done.code, done.error["code"]) == (8, "unavailable"), done
    assert shell.database.read_bytes() == content


def test_a_folder_is_no_database(shell: Shell) -> None:
    shell.set(TUICRM_DB=str(shell.folder))
    assert shell("find", "x").code == 8


def test_a_server_is_not_supported_yet_and_said_so(shell: Shell) -> None:
    done = shell("find", "x", "--db", "postgresql://db.example.com/crm", "--json")
    assert (done.code, done.error["code"]) == (8, "unavailable")


def test_the_database_and_its_folder_are_private(shell: Shell) -> None:
    shell.set(TUICRM_DB=str(shell.folder / "new" / "crm.db"))
    shell.ok("contact", "add", "Leila")
    assert stat.S_IMODE((shell.folder / "new").stat().st_mode) == 0o700
    assert stat.S_IMODE((shell.folder / "new" / "crm.db").stat().st_mode) == 0o600


def test_help_names_every_command_and_shows_examples(shell: Shell) -> None:
    said = shell.ok("--help").out
    for verb in ("log", "find", "contact", "call", "followup", "undo", "process", "import", "export", "demo"):
        assert f"  {verb} " in said
    assert "..." not in said.partition("Commands:")[2], "every command is said whole"
    for verb in ("log", "find", "call ring", "process show", "import"):
        said = shell.ok(*verb.split(), "--help").out
        assert f"tuicrm {verb}" in said
        assert max(map(len, said.splitlines())) <= 80


def test_completion_is_offered_for_the_shell(shell: Shell) -> None:
    done = shell.program("--show-completion", "bash")
    assert done.code == 0
    assert "_TUICRM_COMPLETE" in done.out
    shell.set(_TUICRM_COMPLETE="complete_bash", COMP_WORDS="tuicrm con", COMP_CWORD="1")
    assert shell.program().out.split() == ["contact", "config"]


def test_the_demo_is_kept_where_wished_even_without_a_terminal(shell: Shell) -> None:
    path = shell.folder / "demo.db"
    shell.ok("demo", "--keep", str(path))
    assert len(shell.json("contact", "list", "--all", "--db", str(path))) == 400
    assert shell.json("contact", "list") == []
    assert shell("demo").code == 2


def test_the_doctor_advises_and_leaves_with_0(leila: Shell) -> None:
    done = leila.json("doctor")
    assert set(done) == {"ok", "checks"}
    assert all(set(check) == {"name", "ok", "value", "advice"} for check in done["checks"])
    assert all(check["ok"] or check["advice"] for check in done["checks"])
    assert "integrity" in leila.ok("doctor").out
    assert done["ok"], "advice is no alarm"


def test_the_doctor_counts_what_the_lists_show_and_names_the_rest(leila: Shell) -> None:
    leila.ok("contact", "add", "George Webb")
    leila.ok("contact", "add", "George Webb")
    for _ in range(3):
        leila.ok("log", "contact:1", "hello /2d")
    leila.ok("call", "delete", "3")
    leila.ok("contact", "merge", "2", "3")
    found = {check["name"]: check for check in leila.json("doctor")["checks"]}
    assert [found[name]["value"] for name in ("contacts", "calls")] == ["2", "2"]
    assert len(leila.json("call", "list")) == 2
    assert found["calls"]["advice"] == "Deleted or merged, and so in no list: 1 more."
    assert found["calls"]["ok"]
    assert "calls: Deleted or merged, and so in no list: 1 more." in leila.ok("doctor").out


def test_the_doctor_tells_damage_by_its_exit_code(leila: Shell) -> None:
    for number in range(60):
        leila.ok("log", "leila", f"call {number} " + "x" * 500)
    content = bytearray(leila.database.read_bytes())
    content[8192 : len(content) // 2] = os.urandom(len(content) // 2 - 8192)
    leila.database.write_bytes(content)
    assert leila("doctor").code == 5


def test_a_file_that_is_no_database_is_one_of_the_checks(leila: Shell) -> None:
    leila.database.write_bytes(b"x" * 9000)
    for suffix in ("-wal", "-shm"):
        leila.database.with_name(leila.database.name + suffix).unlink(missing_ok=True)
    done = leila("doctor", "--json")
    found = {check["name"]: check for check in json.loads(done.out)["checks"]}
    assert (done.code, json.loads(done.out)["ok"], found["database"]["ok"]) == (5, False, False)
    assert str(leila.database) in found["database"]["advice"]
    assert found["disk"]["ok"]


@pytest.mark.parametrize("folder", [False, True])
def test_settings_that_cannot_be_read_are_one_of_the_checks(
    leila: Shell, tmp_path: Path, folder: bool
) -> None:
    file = tmp_path / "broken.toml"
    file.mkdir() if folder else file.write_text("this is = = no TOML")
    leila.set(TUICRM_CONFIG=str(file))
    assert leila("contact", "list").code != 0
    found = {check["name"]: check for check in leila.json("doctor")["checks"]}
    assert (found["settings"]["ok"], found["integrity"]["ok"]) == (False, True)
    assert str(file) in found["settings"]["advice"]


# --- a terminal ---------------------------------------------------------------------------------------------


class Terminal:
    """A command at a terminal of its own, 80 columns wide."""

    def __init__(self, *args: str) -> None:
        self.pid, self._screen = pty.fork()
        if self.pid == 0:
            os.environ["TERM"] = "dumb"
            termios.tcsetwinsize(0, (24, 80))
            os.execv(sys.executable, [sys.executable, "-m", "tuicrm", *args])
        self.seen = ""
        # a letter may come in two pieces
        self._decode = codecs.getincrementaldecoder("utf-8")().decode

    def expect(self, text: str, seconds: float = 60) -> str:
        """Waits until ``text`` was written; gives what came before it, and forgets both."""
        until = time.monotonic() + seconds
        while text not in self.seen and time.monotonic() < until:
            if select.select([self._screen], [], [], 0.1)[0]:
                try:
                    self.seen += self._decode(os.read(self._screen, 4096))
                except OSError:
                    break
        assert text in self.seen, self.seen
        before, _, self.seen = self.seen.partition(text)
        return before

    def type(self, keys: str) -> None:
        os.write(self._screen, keys.encode())

    def leave(self, again: str = "", seconds: float = 60) -> int:
        """Waits for the end; gives the exit code. ``again``: a key that is pressed once more when nothing happens.

        Python loses a Ctrl+C that comes between the prompt and the wait for a key.
        """
        until = time.monotonic() + seconds
        while not (ended := os.waitpid(self.pid, os.WNOHANG))[0]:
            assert time.monotonic() < until, self.seen
            if not select.select([self._screen], [], [], 1.0)[0]:
                self.type(again)
            else:
                with suppress(OSError):
                    self.seen += self._decode(os.read(self._screen, 4096))
                time.sleep(0.01)
        os.close(self._screen)
        return os.waitstatus_to_exitcode(ended[1])


@pytest.fixture
def prompt(leila: Shell) -> Terminal:
    leila.ok("log", "leila", "asked for the price of pump P40")
    terminal = Terminal("log", "leila")
    terminal.expect("> ")
    return terminal


def test_the_prompt_saves_one_line(leila: Shell, prompt: Terminal) -> None:
    prompt.type("price list sent /2d\r")
    prompt.expect("Follow-up Tue 2026-11-24")
    assert prompt.leave() == 0
    assert leila.json("call", "list")[0]["note"] == "price list sent"


def test_the_prompt_completes_as_the_bar_does(leila: Shell, prompt: Terminal) -> None:
    prompt.type("price list sent /busy\t\r")
    prompt.expect("busy")
    assert prompt.leave() == 0
    assert leila.json("call", "list")[0]["outcome"] == "busy"


def test_a_refused_line_comes_back_to_be_mended(leila: Shell, prompt: Terminal) -> None:
    prompt.type("fixed /x\r")
    prompt.expect("no open ticket")
    prompt.expect("fixed /x")
    prompt.type("\x7f\x7f\x7f\r")
    prompt.expect("fixed")
    assert prompt.leave() == 0
    assert leila.json("call", "list")[0]["note"] == "fixed"


def test_a_questioned_line_is_kept_by_the_next_enter(leila: Shell, prompt: Terminal) -> None:
    prompt.type("no one home /zz\r")
    prompt.expect("means nothing")
    prompt.expect("/zz")
    prompt.type("\r")
    prompt.expect("no one home /zz")
    assert prompt.leave() == 0
    assert leila.json("call", "list")[0]["note"] == "no one home /zz"


@pytest.mark.parametrize("key", ["\x03", "\x04"])
def test_the_prompt_is_left_without_saving(leila: Shell, prompt: Terminal, key: str) -> None:
    prompt.type(key)
    assert prompt.leave(again=key) == 130
    assert len(leila.json("call", "list")) == 1


def test_names_cannot_steer_the_terminal(leila: Shell) -> None:
    leila.ok("contact", "add", "Evil \x1b[2J\x9bJ [/] [@click=app.quit]x[/]")
    terminal = Terminal("find", "evil")
    seen = terminal.expect("[/] [@click=app.quit]x[/]")
    assert terminal.leave() == 0
    assert not set(seen) & {"\x1b", "\x9b"}
    assert "Evil" in seen
