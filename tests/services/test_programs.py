"""Programs that are started for a person: arguments as they are, nothing on the screen, one sentence when it fails."""

from __future__ import annotations

import os
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from tuicrm import i18n
from tuicrm.domain.errors import Unavailable
from tuicrm.services import programs

PATIENCE_S = 60.0
"""How long something is waited for: a limit for what never comes, no measure of speed."""


def script(folder: Path, body: str) -> Path:
    """A program that can be started."""
    file = folder / "program"
    file.write_text(f"#!/bin/sh\n{body}\n")
    file.chmod(0o755)
    return file


def test_the_dialler_gets_number_and_name_as_words_of_their_own(tmp_path: Path) -> None:
    out = tmp_path / "out"
    program = script(tmp_path, f'for word; do echo "<$word>"; done > {out}')
    programs.dial(
        f'{program} call {{number}} "{{name}}" {{e164}} {{contact}}',
        number="0912 345 67 89",
        e164="+989123456789",
        name="$(touch x); Leila 'K' -",
        contact=12,
    )
    assert out.read_text().splitlines() == [
        "<call>",
        "<09123456789>",
        "<$(touch x); Leila 'K' ->",
        "<+989123456789>",
        "<12>",
    ]
    assert not (tmp_path / "x").exists()


def test_a_copied_text_is_the_programs_standard_input(tmp_path: Path) -> None:
    out = tmp_path / "out"
    programs.copy(str(script(tmp_path, f"cat > {out}")), "علی\n0912")
    assert out.read_text() == "علی\n0912"


def test_what_it_says_stays_off_the_screen(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    programs.run([str(script(tmp_path, "echo out; echo err >&2"))])
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("body", "code", "said"),
    [
        ("exit 3", "program_failed", "program did not do it (exit code 3)."),
        (None, "program_missing", "program cannot be started: there is no such file"),
    ],
)
def test_a_failure_is_one_sentence(tmp_path: Path, body: str | None, code: str, said: str) -> None:
    file = script(tmp_path, body) if body is not None else tmp_path / "program"
    with pytest.raises(Unavailable) as refused:
        programs.run([str(file)])
    assert refused.value.code == code
    assert i18n.sentence(refused.value) == said


def test_a_program_that_does_not_come_back_is_ended_with_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pids = tmp_path / "pids"
    file = script(tmp_path, f"sleep 600 & echo $! > {pids}.part; mv {pids}.part {pids}\nsleep 600")
    began = iter((0.0,))

    def clock() -> float:
        """Its time is over once it has begun, which may be before anybody looks at the clock."""
        return next(began, 99.0 if pids.exists() else 0.0)

    monkeypatch.setattr(programs, "time", SimpleNamespace(monotonic=clock))
    with pytest.raises(Unavailable) as refused:
        programs.run([str(file)])
    assert refused.value.code == "program_slow"
    child = int(pids.read_text())
    ends = time.monotonic() + PATIENCE_S
    while _alive(child) and time.monotonic() < ends:
        time.sleep(0.02)
    assert not _alive(child)


def _alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_what_goes_on_behind_the_program_holds_nobody_up(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    programs.run([str(script(tmp_path, f"sleep 60 & echo $! > {pids}\nexit 0"))], seconds=PATIENCE_S / 2)
    os.kill(int(pids.read_text()), 9)


def test_links_are_opened_only_where_there_is_a_display() -> None:
    assert programs.opener({}, "linux") is None
    assert programs.opener({"DISPLAY": ":0"}, "linux") == "xdg-open"
    assert programs.opener({"WAYLAND_DISPLAY": "w"}, "linux") == "xdg-open"
    assert programs.opener({}, "darwin") == "open"
    assert programs.opener({"SSH_CONNECTION": "x"}, "darwin") is None
    assert not programs.open_link("https://example.com", {}, "linux")


def test_who_leaves_does_not_wait_and_the_program_goes_on(tmp_path: Path) -> None:
    out, gate = tmp_path / "out", tmp_path / "gate"
    os.mkfifo(gate)
    programs.run([str(script(tmp_path, f"read word < {gate}; echo $word > {out}"))], left=lambda: True)
    assert not out.exists()
    # opened once it reads there
    gate.write_text("done\n")
    ends = time.monotonic() + PATIENCE_S
    while not (out.exists() and out.read_text()) and time.monotonic() < ends:
        time.sleep(0.02)
    assert out.read_text() == "done\n"
