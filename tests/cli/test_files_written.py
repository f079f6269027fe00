"""Files that a command is told to write: links, pipes and what is there already stay what they are."""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.cli.shell import Shell
from tuicrm import settings_file
from tuicrm.domain.errors import Unavailable

WRITERS = {
    "export": ("export", "contacts", "-o"),
    "table": ("export", "contacts", "--format", "csv", "-o"),
    "report": ("worklist", "report", "all", "--csv", "-o"),
    "sheet": ("followup", "sheet", "--html"),
    "calendar": ("followup", "calendar"),
}
writers = pytest.mark.parametrize("command", WRITERS.values(), ids=list(WRITERS))


@pytest.fixture
def office(leila: Shell) -> Shell:
    """Leila, whom one calls today, and a worklist of everybody."""
    leila.ok("followup", "add", "leila", "today", "send the list")
    leila.ok("worklist", "save", "all", "--where", "leila")
    return leila


@writers
def test_a_link_is_followed_and_stays_one(office: Shell, tmp_path: Path, command: Sequence[str]) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    link.symlink_to(target)
    for _ in range(2):
        office.ok(*command, str(link))
        assert link.is_symlink()
        assert "Leila" in target.read_text(encoding="utf-8")
        assert stat.S_IMODE(target.stat().st_mode) == 0o600


@writers
def test_a_pipe_is_written_into_and_stays_one(office: Shell, tmp_path: Path, command: Sequence[str]) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text(encoding="utf-8")), daemon=True)
    reader.start()
    office.ok(*command, str(pipe))
    reader.join(60)
    assert "Leila" in read[0]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@writers
def test_a_dash_is_standard_output(
    office: Shell, tmp_path: Path, command: Sequence[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file"
    office.ok(*command, str(file))
    monkeypatch.chdir(tmp_path)
    assert office.ok(*command, "-").out.replace("\r\n", "\n") == file.read_text(encoding="utf-8")
    assert not Path("-").exists()


@writers
def test_what_is_there_and_something_else_is_never_replaced(
    office: Shell, tmp_path: Path, command: Sequence[str]
) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("what I must not lose")
    for name in (notes, office.database):
        before = name.read_bytes()
        refused = office(*command, str(name))
        assert (refused.code, refused.out) == (6, "")
        assert refused.err == f"{name} holds something else, so it is not replaced. Name another file.\n"
        assert name.read_bytes() == before
    notes.write_text("")
    office.ok(*command, str(notes))


@writers
def test_a_folder_is_refused(office: Shell, tmp_path: Path, command: Sequence[str]) -> None:
    refused = office(*command, str(tmp_path))
    assert refused.code in (5, 8)
    assert str(tmp_path) in refused.err
    assert tmp_path.is_dir()


@pytest.mark.parametrize(
    ("command", "other"),
    [
        (("export", "contacts", "--format", "csv"), "--format csv"),
        (("export", "contacts", "--format", "vcard", "-o", "-"), "--format vcard"),
        (("worklist", "report", "all", "--csv"), "--csv"),
        (("worklist", "report", "all", "--raw"), "--raw"),
        (("followup", "calendar", "-"), "-"),
        (("followup", "sheet", "--html", "-"), "--html -"),
    ],
)
def test_two_forms_at_once_on_standard_output_are_refused(
    office: Shell, command: Sequence[str], other: str
) -> None:
    refused = office(*command, "--json")
    assert (refused.code, refused.out) == (2, "")
    assert refused.error["message"] == f"--json does not go with {other}."


def test_settings_are_not_put_in_place_of_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    # held open at both ends with nothing in it: whoever reads it is not kept waiting for ever
    held = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)
    try:
        target = tmp_path / "link.toml"
        target.symlink_to(pipe)
        with pytest.raises(Unavailable, match="settings_unwritable"):
            settings_file._write(target, "x = 1\n")
        assert stat.S_ISFIFO(pipe.stat().st_mode)
    finally:
        os.close(held)
