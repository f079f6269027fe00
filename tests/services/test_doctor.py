"""The doctor: what is well, what deserves advice, what is damaged."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from tuicrm import i18n
from tuicrm.domain.record import replace
from tuicrm.messages import MESSAGES
from tuicrm.services import doctor, doctor_database
from tuicrm.services.checks import Check
from tuicrm.services.context import Crm


def found(crm: Crm, name: str) -> Check:
    return next(check for check in doctor.checks(crm) if check.name == name)


def test_a_new_database_is_sound_and_private(crm: Crm) -> None:
    for name in ("schema", "journal", "integrity", "references", "mode crm.db", "mode crm.db-wal"):
        assert found(crm, name).ok, name
    assert not any(check.damaged for check in doctor.checks(crm))
    assert found(crm, "database").value == str(crm.database.path)


def test_every_name_is_there_once_and_every_advice_has_its_sentence(crm: Crm) -> None:
    names = [check.name for check in doctor.checks(crm)]
    assert len(names) == len(set(names))
    source = "".join(Path(str(module.__file__)).read_text() for module in (doctor, doctor_database))
    codes = {code for code in MESSAGES if code.startswith("doctor_")}
    assert codes
    assert all(f'"{code}"' in source for code in codes)
    for check in doctor.checks(crm):
        assert check.ok or not check.code or check.advice


@pytest.mark.parametrize(
    ("version", "ok"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 0), True),
    ],
)
def test_sqlite_with_the_wal_reset_bug_gets_advice(version: tuple[int, ...], ok: bool) -> None:
    assert doctor.sqlite_check(version).ok is ok


def test_a_file_that_others_may_read_gets_advice(crm: Crm) -> None:
    os.chmod(crm.database.path, 0o644)
    check = found(crm, "mode crm.db")
    assert (check.ok, check.value, check.damaged) == (False, "0644", False)
    assert "0600" in check.advice


def test_a_folder_that_others_may_write_into_gets_advice(crm: Crm) -> None:
    folder = crm.database.path.parent
    for mode, ok in ((0o700, True), (0o755, True), (0o777, False), (0o1777, True)):
        folder.chmod(mode)
        assert found(crm, "mode folder").ok is ok, oct(mode)


def test_a_broken_reference_counts_as_damage(crm: Crm) -> None:
    raw = sqlite3.connect(crm.database.path)
    with raw:
        raw.execute("INSERT INTO phone (contact_id, position, raw) VALUES (999, 0, '1')")
    raw.close()
    check = found(crm, "references")
    assert check.damaged
    assert "phone" in check.advice


def test_a_damaged_page_is_found(crm: Crm) -> None:
    with crm.database.reader() as conn:
        page = conn.value("SELECT rootpage FROM sqlite_master WHERE name = 'ix_contact_glued'")
    crm.close()
    with crm.database.path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(os.urandom(64))
    from tuicrm.storage.database import Database

    crm.database = Database.open(crm.database.path)
    assert any(check.damaged for check in doctor_database.checks(crm, full=False))


def test_the_file_system_is_that_of_the_deepest_mount(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"root / ext4 rw 0 0\nhost:/x {tmp_path} nfs4 rw 0 0\nother {tmp_path}x tmpfs rw 0 0\n")
    assert doctor.file_system(tmp_path, mounts) == "nfs4"
    assert doctor.file_system(Path("/"), mounts) == "ext4"
    assert doctor.file_system(tmp_path, tmp_path / "nowhere") == ""


@pytest.mark.parametrize(
    ("environ", "advised"),
    [
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, set()),
        ({"TERM": "xterm-256color"}, set()),
        ({"TERM": "linux"}, {"colours"}),
        ({"TERM": "dumb"}, {"terminal", "colours"}),
        ({}, {"terminal", "colours"}),
    ],
)
def test_a_poor_terminal_gets_advice(environ: dict[str, str], advised: set[str]) -> None:
    checks = {check.name for check in doctor._terminal(environ) if not check.ok}
    assert checks - {"locale"} == advised


@pytest.mark.parametrize(
    ("environ", "language", "ok", "mode", "by", "advice"),
    [
        ({}, "fa", True, "visual", "default", ""),
        ({"VTE_VERSION": "7006"}, "fa", True, "visual", "hint VTE_VERSION", ""),
        ({"KONSOLE_VERSION": "1"}, "fa", True, "logical", "hint KONSOLE_VERSION", "bidi_always"),
        ({"VTE_VERSION": "1", "TMUX": "x"}, "fa", True, "logical", "hint VTE_VERSION", "bidi_vte_mux"),
        ({"TERM": "xterm-kitty"}, "fa", False, "visual", "hint TERM", "bidi_kitty"),
        ({"TERM": "xterm-kitty"}, "en", True, "visual", "hint TERM", "bidi_kitty"),
        ({"TERM": "mlterm"}, "fa", False, "visual", "hint TERM", "bidi_mlterm"),
    ],
)
def test_the_mode_for_right_to_left_text_is_told_with_its_reason_and_advice(
    crm: Crm,
    environ: dict[str, str],
    language: str,
    ok: bool,
    mode: str,
    by: str,
    advice: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("VTE_VERSION", "KONSOLE_VERSION", "TMUX", "STY", "TERM_PROGRAM", "XTERM_VERSION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    for name, value in {"TERM": "xterm", **environ}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(i18n, "language", lambda: language)
    told = found(crm, "right-to-left")
    assert (told.ok, told.value, told.code) == (ok, mode, advice)
    assert bool(told.advice) is bool(advice)
    reason = found(crm, "right-to-left by")
    assert (reason.ok, reason.value) == (True, by)
    assert reason.advice


def test_themes_of_one_s_own_that_cannot_be_used_are_named_with_what_to_do(crm: Crm, tmp_path: Path) -> None:
    crm.settings = replace(crm.settings, file=tmp_path / "settings.toml")
    assert found(crm, "theme").ok
    folder = tmp_path / "themes"
    folder.mkdir()
    (folder / "mine.toml").write_text('[colors]\ndim = "grey"\n')
    check = found(crm, "theme")
    assert not check.ok
    assert check.value == "themes/mine.toml"
    assert "colors.dim is grey. Write a colour as #rrggbb." in check.advice
