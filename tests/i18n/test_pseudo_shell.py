"""Every command's help, output and refusals in a made-up language: nothing is left in plain Latin letters."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import typer.main

from tests.cli.shell import NOW
from tests.i18n import pseudo
from tuicrm.cli.app import build
from tuicrm.exchange.csv_columns import TARGETS

ROOT = Path(__file__).parents[2]
KNOWN = {
    *("tuicrm", "contact", "call", "followup", "ticket", "ticket_event"),  # commands and references
    *("sara", "reza", "ir", "Asia", "Tehran"),
    *("db", "db-wal", "json", "toml", "csv", "vcard", "live", "lock"),
    *("sqlite", "textual", "sqlmodel", "phonenumberslite", "python"),
    *("typer", "alembic", "persiantools", "arabic-reshaper", "ics"),
    *("GB", "MB", "kB", "ext", "overlay", "overlayfs", "tmpfs", "xfs", "btrfs", "UTF", "xterm", "truecolor"),
    *("visual", "logical", "plain", "wal", "settings", "log", "dark", "contacts"),
    *("Invalid", "value"),  # what the reader of TOML says; our sentence has the line
}  # fmt: skip
"""What is typed, or is data of these tests."""

Given = tuple[Sequence[str], str]


def run(folder: Path, given: Sequence[Given]) -> list[tuple[int, str, str]]:
    """The code, output and errors of each command line, one after the other on one database."""
    environ = {
        **os.environ,
        "TUICRM_DB": str(folder / "1.db"),
        "TUICRM_AGENT": "sara",
        "TUICRM_LANG": pseudo.CODE,
        "TUICRM_NOW": NOW,
        "TZ": "Asia/Tehran",
        "XDG_CONFIG_HOME": str(folder),
        "XDG_STATE_HOME": str(folder),
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.i18n.shell_run"],
        input=json.dumps(given), capture_output=True, text=True, check=False, env=environ, cwd=folder,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [tuple(each) for each in json.loads(done.stdout)]


def untranslated(folder: Path, given: Sequence[Given], known: set[str]) -> dict[str, str]:
    """Words left in plain Latin letters, each with the line it stands in."""
    _, *done = run(folder, [SETUP, *given])
    told = "\n".join(str(text) for _, *texts in done for text in texts).replace(str(folder), "")
    return pseudo.plain_words(told.split("\n"), known)


# --- help ---------------------------------------------------------------------------------------------------


def commands(app: Any, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command and group with the words that call it."""
    yield words, app
    for name, one in getattr(app, "commands", {}).items():
        yield from commands(one, (*words, name))


def test_every_help(tmp_path: Path) -> None:
    found = list(commands(typer.main.get_command(build())))
    assert len(found) > 25
    typed = {part for words, _ in found for part in words}
    for _, command in found:
        typed |= {option.lstrip("-") for one in command.params for option in (*one.opts, *one.secondary_opts)}
    kinds = {"int", "str", "list", "path", "help"}
    capitals = re.compile(
        r"\b[A-Z]+(?:[|=][A-Z]+)*\b|(?:json|csv|vcard|ics|calls)(?:\|(?:json|csv|vcard|ics|calls))+"
    )
    told = run(tmp_path, [((*words, "--help"), "") for words, _ in found])
    assert {code for code, _, _ in told} == {0}
    lines = [capitals.sub("", line) for _, out, _ in told for line in out.split("\n")]
    assert pseudo.plain_words(lines, KNOWN | typed | kinds) == {}
    assert all("⟦" in out for _, out, _ in told)


# --- what commands print ------------------------------------------------------------------------------------

PEOPLE = "نام,تلفن,شهر\nعلی رضایی,09123334455,قم\n,,\nعلی رضایی,09123334455,ری\n"
SETUP: Given = (("process", "apply", "mine.toml", "--yes"), "")
"""Prints a difference of two files, which are data."""
WORK: tuple[Given, ...] = (
    (("contact", "add", "لیلا کریمی", "--phone", "09121234567", "--company", "پمپ", "--tag", "ویژه"), ""),
    (
        (
            "contact",
            "edit",
            "1",
            "--email",
            "1@1.ir",
            "--field",
            "۱=۲",
            "--note",
            "صبح",
            "--do-not-call",
            "--owner",
            "sara",
        ),
        "",
    ),
    (("contact", "add", "رضا", "--phone", "09121234567", "--phone", "12"), ""),
    (("contact", "edit", "1", "--may-call"), ""),
    (("log", "لیلا", "قیمت /2d /th #ویژه =4 .q"), ""),
    (("log", "لیلا", "/n"), ""),
    (("log", "لیلا", "باز هم /1d"), ""),
    (("log", "لیلا", "/n"), ""),
    (("log", "لیلا", "خوب شد /x"), ""),
    (("log", "لیلا", "خراب /t @sara"), ""),
    (("log", "لیلا", "هنوز /tp"), ""),
    (("log", "--new", "علی تازه 09125556677", "سلام"), ""),
    (("log", "لیلا", "/w"), ""),
    (("contact", "show", "1"), ""),
    (("contact", "list", "--limit", "1"), ""),
    (("find", "کریمی"), ""),
    (("find", "کریمو", "--near", "--limit", "1"), ""),
    (("call", "list", "--limit", "2"), ""),
    (("call", "show", "1"), ""),
    (("call", "edit", "1", "/v", "=3:40"), ""),
    (("call", "delete", "2"), ""),
    (("call", "show", "2"), ""),
    (("call", "ring", "--id", "7", "--number", "09121234567"), ""),
    (("call", "answer", "--id", "7"), ""),
    (("call", "hangup", "--id", "7"), ""),
    (("call", "ring", "--id", "8", "--number", "0912"), ""),
    (("call", "missed", "--id", "8"), ""),
    (("call", "list"), ""),
    (("followup", "list"), ""),
    (("followup", "list", "--state", "done"), ""),
    (("followup", "due", "--to", "2026-12-30", "--limit", "1"), ""),
    (("undo", "--list"), ""),
    (("undo", "--dry-run"), ""),
    (("undo",), ""),
    (("redo", "--dry-run"), ""),
    (("redo",), ""),
    (("history", "--limit", "3"), ""),
    (("history", "contact:1"), ""),
    (("contact", "delete", "2"), ""),
    (("contact", "restore", "2"), ""),
    (("import", "1.csv", "--dry-run"), ""),
    (("import", "1.csv"), ""),
    (("import", "1.csv"), ""),
    (("export", "contacts", "-o", "1.json"), ""),
    (("agent", "add", "reza", "--name", "رضا"), ""),
    (("agent", "edit", "reza", "--role", "admin"), ""),
    (("agent", "off", "reza"), ""),
    (("agent", "list"), ""),
    (("process", "check", "mine.toml"), ""),
    (("process", "apply", "mine.toml", "--yes"), ""),
    (("doctor",), ""),
    (("demo", "--keep", "2.db"), ""),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the files that the commands read."""
    (tmp_path / "mine.toml").write_text(pseudo.process_text(), encoding="utf-8")
    (tmp_path / "1.csv").write_text(PEOPLE, encoding="utf-8")
    return tmp_path


def test_what_commands_print(folder: Path) -> None:
    assert untranslated(folder, WORK, KNOWN) == {}


# --- refusals -----------------------------------------------------------------------------------------------

REFUSED: tuple[Given, ...] = (
    (("contact", "add", "لیلا", "--phone", "09121234567"), ""),
    (("contact", "add", "لیلا", "--phone", "09121234567", "--if-new"), ""),
    (("contact", "add", "", ), ""),
    (("contact", "add", "ا" * 2000), ""),
    (("contact", "add"), ""),
    (("contact", "add", "لیلا", "--email", "بد"), ""),
    (("contact", "add", "لیلا", "--field", "بد"), ""),
    (("contact", "show", "9"), ""),
    (("contact", "show", "هیچ"), ""),
    (("contact", "list", "--limit", "ده"), ""),
    (("contact", "list", "--limit"), ""),
    (("contact", "list", "--همه"), ""),
    (("contact", "چه"), ""),
    (("چه",), ""),
    (("contact",), ""),
    (("log",), ""),
    (("log", "هیچ"), "سلام\n"),
    (("log", "لیلا"), ""),
    (("log", "لیلا"), "یک\nدو\n"),
    (("log", "لیلا", "--چه"), ""),
    (("log", "لیلا", "--file", "هیچ"), ""),
    (("log", "12", "سلام"), ""),
    *((("log", "لیلا", line), "") for line in (
        "سلام /zz", "سلام /31feb", "سلام /x", "سلام /t12", "/t", "سلام /thu 25:00", "سلام /5m", "سلام /s99",
        "سلام @هیچ", "سلام =400", "سلام -5d", "سلام /1404-01-01", "/th 12", "/tp", "09121112233 علی", "سلام /01-02-03",
    )),
    (("find",), ""),
    (("call", "show", "9"), ""),
    (("call", "show", "ticket:9"), ""),
    (("call", "edit", "9", "سلام"), ""),
    (("call", "list", "--from", "هیچ"), ""),
    (("call", "list", "--agent", "هیچ"), ""),
    (("call", "ring", "--id", ""), ""),
    (("followup", "list", "--state", "هیچ"), ""),
    (("followup", "due", "هیچ"), ""),
    (("undo", "99"), ""),
    (("undo",), ""),
    (("undo",), ""),
    (("undo",), ""),
    (("redo", "1"), ""),
    (("history", "هیچ"), ""),
    (("process", "check", "هیچ"), ""),
    (("process", "check", "-"), "label = 1\n[[outcome]]\ncode='A B'\n[x]\n[defaults]\nzone='y'\n"),
    (("process", "check", "-"), "[calendar]\nhours='9'\n[calendar.holidays]\n'هیچ'='هیچ'\n2026-12-25=1\n"),
    (("process", "holidays", "هیچ"), ""),
    (("process", "holidays", "IR", "هیچ"), ""),
    (("process", "check", "-"), "label = "),
    (("process", "apply", "-"), ""),
    (("process", "show", "--version", "99"), ""),
    (("agent", "add", "sara"), ""),
    (("agent", "add", "۱"), ""),
    (("agent", "add", "reza", "--role", "شاه"), ""),
    (("agent", "add", "reza", "--zone", "ماه"), ""),
    (("agent", "off", "هیچ"), ""),
    (("import", "هیچ"), ""),
    (("import", "-"), ""),
    (("import", "-", "--format", "هیچ"), "1"),
    (("import", "-", "--format", "json"), "{"),
    (("import", "1.csv", "--map", "هیچ=name"), ""),
    (("import", "1.csv", "--map", "نام=هیچ"), ""),
    (("import", "-"), "۱\n۲\n"),
    (("import", "1.csv", "--strict"), ""),
    (("import", "-", "--strict"), "نام,تلفن\n,\n"),
    (("export", "هیچ"), ""),
    (("export", "calls", "--format", "هیچ"), ""),
    (("export", "calls", "-o", "/هیچ/هیچ"), ""),
    (("demo", "--keep", "1.db"), ""),
    ((), ""),
)  # fmt: skip


def test_what_is_refused(folder: Path) -> None:
    commands = {"add", "show", "edit", "list", "delete", "restore", "help", "COMMAND", "ARGS", "OPTIONS"}
    commands |= {"merge", "duplicates", "apart"}
    tokens = {"zz", "feb", "thu", "th", "tp", "mo", "zone", "ACTION", "NAME", "name", "keep", "limit"}
    choices = {"agent", "admin", "supervisor", "open", "done", "cancelled", "exhausted"}
    columns = {*TARGETS, "NAME"}
    lists = {"contacts", "calls", "followups", "tickets", "all"}
    file = set(re.findall("[a-z_]+", re.sub("#.*", "", pseudo.process_text())))
    assert untranslated(folder, REFUSED, KNOWN | commands | tokens | choices | columns | lists | file) == {}
