"""Notifications of the desktop: the right program, and a name that is nothing but a name."""

from __future__ import annotations

from pathlib import Path

import pytest

from tuicrm.domain.errors import Unavailable
from tuicrm.services import desktop

HOSTILE = '-u critical "; rm -rf ~ $(touch x) `touch y`\n<b>[/]\x1b[31m\u202eabc & "'


def program(folder: Path, name: str, body: str = "") -> Path:
    """A program that writes down its words, each in brackets, and where the bus is."""
    folder.mkdir(exist_ok=True)
    file, out = folder / name, folder / "out"
    file.write_text(
        f'#!/bin/sh\nfor word; do echo "<$word>" >> {out}; done\n'
        f'echo "$DBUS_SESSION_BUS_ADDRESS" > {folder / "bus-told"}\n{body}\n'
    )
    file.chmod(0o755)
    return file


def environ(folder: Path, **more: str) -> dict[str, str]:
    return {"PATH": f"{folder}:/usr/bin:/bin", "XDG_RUNTIME_DIR": str(folder), **more}


def test_linux_needs_the_program_and_a_bus(tmp_path: Path) -> None:
    found = str(program(tmp_path, "notify-send"))
    assert desktop.notifier(environ(tmp_path), "linux") is None
    (tmp_path / "bus").touch()
    assert desktop.notifier(environ(tmp_path), "linux") == found
    named = {"PATH": str(tmp_path), "XDG_RUNTIME_DIR": "/nowhere", "DBUS_SESSION_BUS_ADDRESS": "unix:path=/x"}
    assert desktop.notifier(named, "linux") == found
    assert desktop.notifier({**named, "PATH": "/nowhere"}, "linux") is None


def test_nobody_far_away_is_notified_on_the_servers_desktop(tmp_path: Path) -> None:
    program(tmp_path, "notify-send")
    (tmp_path / "bus").touch()
    assert desktop.notifier(environ(tmp_path, SSH_CONNECTION="1 2 3 4"), "linux") is None


def test_macos_has_its_own(tmp_path: Path) -> None:
    found = str(program(tmp_path, "osascript"))
    assert desktop.notifier(environ(tmp_path), "darwin") == found
    assert desktop.notifier(environ(tmp_path, SSH_TTY="/dev/ttys1"), "darwin") is None


def test_a_hostile_name_is_one_word_without_controls_and_markup(tmp_path: Path) -> None:
    found = program(tmp_path, "notify-send")
    desktop.show(str(found), HOSTILE, HOSTILE, environ(tmp_path, DBUS_SESSION_BUS_ADDRESS="unix:path=/x"))
    words = (tmp_path / "out").read_text(encoding="utf-8").splitlines()
    title = '-u critical "; rm -rf ~ $(touch x) `touch y`↵<b>[/]␛[31m\ufffdabc & "'
    escaped = title.replace("↵", "\n").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert words == ["<--app-name=tuicrm>", "<-->", f"<{title}>", *f"<{escaped}>".split("\n")]
    assert not list(Path().glob("x")) + list(Path().glob("y"))


def test_on_macos_a_name_is_no_piece_of_the_script_and_no_option(tmp_path: Path) -> None:
    found = program(tmp_path, "osascript")
    desktop.show(str(found), '-e "beep"', '" & (do shell script "touch x") & "', environ(tmp_path))
    words = (tmp_path / "out").read_text(encoding="utf-8").splitlines()
    assert words[-3:] == ["<tuicrm>", '<-e "beep">', '<" & (do shell script "touch x") & ">']
    assert words[:6:2] == ["<-e>"] * 3
    assert "item 3 of argv" in words[3]


def test_cron_knows_no_bus_so_its_place_is_told(tmp_path: Path) -> None:
    found = program(tmp_path, "notify-send")
    (tmp_path / "bus").touch()
    desktop.show(str(found), "Leila", "10:00", environ(tmp_path))
    assert (tmp_path / "bus-told").read_text().strip() == f"unix:path={tmp_path}/bus"


def test_a_notifier_that_fails_is_told_of(tmp_path: Path) -> None:
    found = program(tmp_path, "notify-send", "exit 3")
    with pytest.raises(Unavailable, match="program_failed"):
        desktop.show(str(found), "Leila", "10:00", environ(tmp_path))


def test_a_novel_is_cut(tmp_path: Path) -> None:
    found = program(tmp_path, "notify-send")
    desktop.show(str(found), "x" * 100_000, "y" * 100_000, environ(tmp_path))
    assert (tmp_path / "out").stat().st_size < 1000
