"""A database that was named and is not there: only what begins a company makes it, and says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.shell import NOW, Shell
from tests.tui.ptys import terminal


@pytest.fixture
def slip(shell: Shell) -> Path:
    """A name that was typed wrong."""
    path = shell.folder / "no" / "newone.db"
    shell.set(TUICRM_DB=str(path))
    return path


@pytest.mark.parametrize(
    "command",
    [
        ("contact", "list"),
        ("find", "leila"),
        ("followup", "due"),
        ("call", "list"),
        ("undo",),
        ("history",),
        ("process", "show"),
        ("export", "contacts"),
        ("worklist", "list"),
        ("doctor",),
    ],
)
def test_what_reads_refuses_and_makes_nothing(shell: Shell, slip: Path, command: tuple[str, ...]) -> None:
    refused = shell(*command, text="name\nLeila\n")
    assert (refused.code, refused.out, refused.err) == (4, "", f"There is no database {slip}.\n")
    assert shell(*command, "--json").error["code"] == "not_found"
    assert not slip.parent.exists()


def test_a_file_is_looked_at_without_one_and_a_slip_is_told(shell: Shell, slip: Path) -> None:
    seen = shell.ok("import", "-", "--dry-run", text="name\nLeila\n")
    assert "1 would be added" in seen.out
    assert seen.err == f"There is no database {slip} yet: this is said for an empty one.\n"
    assert not slip.parent.exists()


@pytest.mark.parametrize(
    "command",
    [
        ("contact", "add", "Leila"),
        ("log", "Leila", "hello", "--new"),
        ("import", "-"),
        ("agent", "add", "reza"),
        ("call", "ring", "--id", "1", "--number", "09121234567"),
    ],
)
def test_what_begins_a_company_makes_it_and_says_so_once(
    shell: Shell, slip: Path, command: tuple[str, ...]
) -> None:
    said = f"The database is new: {slip}\n"
    assert shell.ok(*command, text="name\nLeila\n").err.startswith(said)
    assert slip.exists()
    assert said not in shell.ok("contact", "list").err


def test_the_option_and_the_settings_name_one_too(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    assert shell("contact", "list", "--db", str(path)).code == 4
    shell.ok("config", "set", "database", str(path))
    shell.set(TUICRM_DB="")
    assert shell("contact", "list").code == 4
    assert not path.exists()


def test_the_default_database_is_made_without_a_word(shell: Shell, tmp_path: Path) -> None:
    shell.set(TUICRM_DB="", XDG_DATA_HOME=str(tmp_path / "data"))
    done = shell.ok("contact", "list")
    assert (done.out, done.err) == ("", "Nobody found.\n")
    assert (tmp_path / "data" / "tuicrm" / "tuicrm.db").exists()


def test_tab_in_a_shell_makes_none(shell: Shell, slip: Path) -> None:
    shell.set(_TUICRM_COMPLETE="complete_bash", COMP_WORDS="tuicrm contact list --where t", COMP_CWORD="4")
    shell.program()
    assert not slip.parent.exists()


def test_a_demo_that_is_kept_is_told_to_programs_as_data(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "demo.db"
    shell.set(TUICRM_NOW=NOW)
    assert shell.json("demo", "--keep", str(path)) == {"path": str(path)}


def test_the_screens_make_it_and_say_so(tmp_path: Path) -> None:
    path = tmp_path / "n.db"
    for times, said in enumerate((True, False)):
        with terminal(path, size=(140, 40)) as program:
            program.wait_for("Nobody is in here yet")
            program.read()
            assert (b"The database is new: " in program.sent) is said, times
            program.send("\x11")
            assert program.ended()
