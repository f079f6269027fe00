"""Imports that are killed, and that run at once: nothing half, nothing twice."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest

from tests.e2e.terminal import PATIENCE_S, TUICRM, Shell
from tests.services.people_files import people
from tuicrm.services.importing import ahead

PEOPLE = 2_500
MOMENTS = 12 if os.environ.get("TUICRM_LONG") == "1" else 3


@pytest.fixture
def company(tmp_path: Path) -> Shell:
    shell = Shell(tmp_path / "crm.db")
    shell.json("contact", "add", "Leila Karimi", "--phone", "0912 123 4567")
    return shell


def started(shell: Shell, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*TUICRM, *arguments],
        env={**os.environ, **shell.env},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def ask(shell: Shell, sql: str) -> list[tuple[object, ...]]:
    raw = sqlite3.connect(f"file:{shell.env['TUICRM_DB']}?mode=ro", uri=True, timeout=30)
    try:
        return raw.execute(sql).fetchall()
    finally:
        raw.close()


def value(shell: Shell, sql: str) -> int:
    found = ask(shell, sql)[0][0]
    assert isinstance(found, int)
    return found


def killed(shell: Shell, moment: float, *arguments: str, after: str) -> bool:
    """Starts a command, and kills it a while after a question to the database has an answer above 0.

    False when it was over before.
    """
    process = started(shell, *arguments)
    while process.poll() is None and not value(shell, after):
        time.sleep(0.002)
    time.sleep(moment)
    process.kill()
    return process.wait() != 0


BATCH = "SELECT count(*) FROM import_batch"
CONTACTS = "SELECT count(*) FROM contact WHERE deleted_at IS NULL"
UNDOING = "SELECT count(*) FROM import_batch WHERE state = 'undoing'"


def whole(shell: Shell) -> None:
    """Every contact has its change, number, address and words; the counts of the batch are those of the rows."""
    assert ask(shell, "PRAGMA quick_check") == [("ok",)]
    made = value(shell, "SELECT count(*) FROM contact")
    for sql in (
        "SELECT count(DISTINCT entity_id) FROM change WHERE entity = 'contact'",
        "SELECT count(DISTINCT contact_id) FROM phone",
        "SELECT count(*) FROM contact_fts_docsize",
    ):
        assert value(shell, sql) == made, sql
    assert value(shell, "SELECT sum(added) FROM import_batch") == made - 1
    assert (
        value(shell, "SELECT count(*) FROM change LEFT JOIN change_payload p USING (seq) WHERE p.seq IS NULL")
        == 0
    )


@pytest.mark.parametrize("seed", range(MOMENTS))
def test_a_killed_import_is_whole_told_gone_on_with_and_adds_nothing_twice(
    company: Shell, tmp_path: Path, seed: int
) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes(people(PEOPLE))
    was_killed = killed(company, random.Random(seed).uniform(0, 0.5), "import", str(file), after=BATCH)
    whole(company)
    done = value(company, "SELECT rows_done FROM import_batch")
    assert value(company, CONTACTS) == done + 1
    (action,) = ask(company, "SELECT action_id FROM import_batch")[0]
    said = company.run("contact", "list", "--limit", "1")
    assert said.returncode == 0
    if was_killed and done < PEOPLE:
        assert f"tuicrm import {file}" in said.stderr
        assert f"tuicrm undo {action}" in said.stderr
    report = company.json("import", str(file))
    assert value(company, CONTACTS) == PEOPLE + 1
    assert report["added"] == PEOPLE - done
    assert company.json("import", str(file))["added"] == 0
    whole(company)
    assert "tuicrm import" not in company.run("contact", "list", "--limit", "1").stderr
    undone = company.json("undo", str(action))
    assert (len(undone["records"]), undone["left"]) == (PEOPLE, [])
    assert value(company, CONTACTS) == 1


def long(count: int) -> bytes:
    """People with so long notes that their file is read by a process of its own."""
    header, *lines = people(count).decode().splitlines()
    rows = [f"{line},{'said much ' * 30}{place}" for place, line in enumerate(lines)]
    return "\r\n".join([f"{header},note", *rows, ""]).encode()


def children(process: int) -> list[int]:
    """Living processes that this one has started."""
    listed = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid=,stat="], capture_output=True, text=True, check=True
    )
    rows = [line.split() for line in listed.stdout.splitlines()]
    return [int(pid) for pid, parent, state in rows if int(parent) == process and not state.startswith("Z")]


def lives(process: int) -> bool:
    found = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False
    )
    return bool(found.stdout.strip()) and not found.stdout.strip().startswith("Z")


def test_a_long_file_is_read_by_a_process_that_dies_with_a_killed_import(
    company: Shell, tmp_path: Path
) -> None:
    file = tmp_path / "long.csv"
    file.write_bytes(long(PEOPLE))
    process = started(company, "import", str(file))
    readers: list[int] = []
    while process.poll() is None and not (readers and value(company, BATCH)):
        readers = children(process.pid) or readers
    process.kill()
    process.wait()
    # with one processor it would only be slower
    assert len(readers) == (1 if ahead.worth_it(file.stat().st_size) else 0)
    until = time.monotonic() + PATIENCE_S
    while any(map(lives, readers)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(map(lives, readers))
    whole(company)
    done = value(company, "SELECT rows_done FROM import_batch")
    assert value(company, CONTACTS) == done + 1
    assert company.json("import", str(file))["added"] == PEOPLE - done
    assert value(company, CONTACTS) == PEOPLE + 1
    assert company.json("import", str(file))["added"] == 0
    whole(company)


def test_a_killed_import_can_be_taken_back_at_once(company: Shell, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes(people(PEOPLE))
    killed(company, 0.05, "import", str(file), after=BATCH)
    done = value(company, "SELECT rows_done FROM import_batch")
    assert len(company.json("undo")["records"]) == done
    assert value(company, CONTACTS) == 1
    assert company.json("import", str(file))["added"] == PEOPLE


@pytest.mark.parametrize("seed", range(MOMENTS))
def test_a_killed_undo_is_whole_and_goes_on(company: Shell, tmp_path: Path, seed: int) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes(people(PEOPLE))
    action = str(company.json("import", str(file))["import_id"])
    was_killed = killed(company, random.Random(seed).uniform(0, 0.1), "undo", action, after=UNDOING)
    if was_killed and value(company, UNDOING):
        assert f"tuicrm undo {action}" in company.run("contact", "list", "--limit", "1").stderr
        assert len(company.json("undo", action)["records"]) == PEOPLE
    assert value(company, CONTACTS) == 1
    assert value(company, "SELECT count(*) FROM action WHERE verb = 'undo'") == 1
    assert ask(company, "PRAGMA quick_check") == [("ok",)]


def test_two_imports_of_overlapping_files_at_once_make_nobody_twice(company: Shell, tmp_path: Path) -> None:
    for number, data in enumerate((people(1_000), people(1_000, first=500))):
        (tmp_path / f"{number}.csv").write_bytes(data)
    both = [started(company, "import", str(tmp_path / f"{number}.csv")) for number in (0, 1)]
    assert [process.wait() for process in both] == [0, 0]
    assert value(company, CONTACTS) == 1_501
    assert value(company, "SELECT count(DISTINCT name) FROM contact") == 1_501
    assert [row[0] for row in ask(company, "SELECT state FROM import_batch")] == ["done", "done"]
    whole(company)
