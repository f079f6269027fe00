"""What a quick start may load: each of these modules would cost more than all the rest of the command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SCREENS = ("textual", "rich")
SHELL = ("typer", "click")
ORM = ("sqlmodel", "sqlalchemy", "pydantic", "alembic")
RARE = (
    "phonenumbers",
    "persiantools",
    "tomllib",
    "argparse",
    "dataclasses",
    "inspect",
    "uuid",
    "gettext",
    "logging",
)

_PROGRAM = """
import sys
before = set(sys.modules)
from tuicrm.__main__ import main
code = main(sys.argv[2:])
modules = sorted(set(sys.modules) - before)
import json
with open(sys.argv[1], "w") as file:
    json.dump({"code": code, "modules": modules}, file)
"""


def loaded(folder: Path, *args: str, text: str = "") -> set[str]:
    """The modules that a successful command loads, beside those of an empty program."""
    told = folder / "modules.json"
    environ = os.environ | {"TUICRM_DB": str(folder / "crm.db"), "TUICRM_AGENT": "sara", "TZ": "Asia/Tehran"}
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(told), *args],
        input=text, env=environ, capture_output=True, text=True, check=False,
    )  # fmt: skip
    found = json.loads(told.read_text())
    assert found["code"] == 0, done.stderr
    return set(found["modules"])


def unwanted(found: set[str], *banned: str) -> set[str]:
    """Which of the banned packages are among the modules."""
    return {name.partition(".")[0] for name in found} & set(banned)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A database that is not new, with Leila in it."""
    loaded(tmp_path, "contact", "add", "Leila Karimi", "--phone", "09121234567")
    return tmp_path


def test_version_loads_nothing(tmp_path: Path) -> None:
    found = loaded(tmp_path, "--version")
    assert not unwanted(found, *SCREENS, *SHELL, *ORM, *RARE, "sqlite3", "re", "pathlib")


@pytest.mark.parametrize(
    "args",
    [
        ("log", "leila", "price list sent /2d"),
        ("log", "leila", "boiler dead, E1 /th", "--json"),
        ("find", "leila"),
        ("find", "4567", "--json"),
        ("followup", "due", "--json"),
        ("followup", "due", "--notify"),
    ],
    ids=lambda args: " ".join(args),
)
def test_quick_verbs_load_neither_typer_nor_an_orm_nor_rare_libraries(
    folder: Path, args: tuple[str, ...]
) -> None:
    found = loaded(folder, *args)
    assert not unwanted(found, *SCREENS, *SHELL, *ORM, *RARE)


@pytest.mark.parametrize(
    "args", [("contact", "list"), ("call", "list", "--json"), ("undo", "--list"), ("--help",)]
)
def test_other_commands_load_no_orm_and_no_screens(folder: Path, args: tuple[str, ...]) -> None:
    found = loaded(folder, *args)
    assert not unwanted(found, *SCREENS, "sqlmodel", "sqlalchemy", "alembic", "phonenumbers", "persiantools")


def test_a_command_loads_its_own_group_only(folder: Path) -> None:
    found = loaded(folder, "agent", "list")
    assert "tuicrm.cli.agents" in found
    assert not found & {
        "tuicrm.cli.contacts",
        "tuicrm.cli.calls",
        "tuicrm.cli.processes",
        "tuicrm.cli.transfer",
    }


def test_the_screens_load_neither_typer_nor_an_orm_nor_the_database_before_the_first_paint() -> None:
    program = "import sys, tuicrm.tui.start; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert not unwanted(set(done.stdout.split()), *SHELL, *ORM, "phonenumbers", "persiantools", "sqlite3")
    assert not {"tuicrm.domain.bidi", "arabic_reshaper"} & set(done.stdout.split())


def test_the_screens_run_without_openssl_and_whoever_needs_it_still_gets_it() -> None:
    program = """
import sys, tuicrm.tui
tuicrm.tui._asyncio_without_tls()
import tuicrm.tui.start
print(*sorted({"_ssl", "_hashlib", "asyncio", "textual.app"} & set(sys.modules)))
import ssl
print(ssl.create_default_context() is not None)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["asyncio", "textual.app", "True"]
