"""The doctor over files that are really damaged."""

from __future__ import annotations

import io
import json
import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import shell as shell
from tests.cli.shell import Shell
from tuicrm.domain.models import CallDraft, EmailAddress, NewContact, PhoneNumber, Who
from tuicrm.services import (
    calls,
    contacts,
    doctor_database,
    find,
    interrupted,
    search_repair,
    transfer,
)
from tuicrm.services.checks import Check
from tuicrm.services.context import Crm
from tuicrm.storage.connection import open_raw

OpenCrm = Callable[..., Crm]


@pytest.fixture
def filled(crm: Crm) -> Crm:
    for place in range(30):
        contacts.add(
            crm,
            NewContact(
                name=f"Person {place}",
                phones=(PhoneNumber(f"0912 000 {place:04d}"),),
                emails=(EmailAddress(f"p{place}@example.com"),),
                tags=("vip",),
            ),
        )
        calls.save(crm, CallDraft(f"u{place}", Who(place + 1), "boiler dead /th /2d"))
    return crm


def found(crm: Crm, *, full: bool = False) -> dict[str, Check]:
    return {check.name: check for check in doctor_database.checks(crm, full=full)}


def wrong(crm: Crm, *, full: bool = False) -> set[str]:
    return {check.name for check in found(crm, full=full).values() if not check.ok}


def outside(crm: Crm, script: str) -> None:
    """What another program does to the file."""
    raw = open_raw(crm.database.path)
    raw.executescript(f"PRAGMA foreign_keys=OFF;{script}")
    raw.close()


@pytest.mark.parametrize("full", [False, True])
def test_a_company_at_work_is_sound(filled: Crm, full: bool) -> None:
    contacts.delete(filled, 3)
    transfer.import_file(filled, io.BytesIO(b"name,phone\nNadia,0912 111 1111\n"))
    assert wrong(filled, full=full) == set()
    assert {name: found(filled)[name].value for name in ("contacts", "calls", "follow-ups", "tickets")} == {
        "contacts": "30",
        "calls": "30",
        "follow-ups": "30",
        "tickets": "30",
    }


@pytest.mark.parametrize(
    ("index", "insert"),
    [
        ("ix_contact_name_key", "contact (name, created_at, updated_at) VALUES ('x', 'y', 'z')"),
        ("ix_phone_e164", "phone (contact_id, position, raw, e164) VALUES (1, 5, '1', '+1')"),
        ("ix_email_address", "email (contact_id, position, address) VALUES (1, 5, 'x')"),
    ],
)
def test_an_entry_that_an_index_has_lost_is_found(filled: Crm, index: str, insert: str) -> None:
    path = filled.database.path
    raw = sqlite3.connect(path)
    kept = raw.execute(
        "SELECT type, name, tbl_name, rootpage, sql FROM sqlite_master WHERE name = ?", (index,)
    ).fetchone()
    raw.executescript(f"PRAGMA writable_schema=ON; DELETE FROM sqlite_master WHERE name = '{index}'")
    raw.close()
    raw = sqlite3.connect(path)
    raw.execute(f"INSERT INTO {insert}")
    raw.execute("PRAGMA writable_schema=ON")
    raw.execute(
        "INSERT INTO sqlite_master (type, name, tbl_name, rootpage, sql) VALUES (?, ?, ?, ?, ?)", kept
    )
    raw.commit()
    raw.close()
    check = found(filled)["indexes"]
    assert (check.damaged, check.value) == (True, index)
    assert "integrity" in wrong(filled, full=True)


def test_contacts_that_the_search_has_lost_get_advice_that_helps(filled: Crm) -> None:
    outside(filled, "DELETE FROM contact_fts_docsize WHERE id = 4")
    check = found(filled)["search"]
    assert (check.ok, check.value, check.damaged) == (False, "1", False)
    assert "tuicrm doctor --repair-search" in check.advice
    search_repair.repair(filled)
    assert wrong(filled, full=True) == set()


SPOILED = {
    "rows missing in the index": "DELETE FROM contact_fts_docsize WHERE id = 4;"
    "DELETE FROM call_fts_docsize WHERE id = 4",
    "the index of one word": "UPDATE contact_fts_data SET block = x'00' WHERE id > 10",
    "an index without triggers": "DROP TRIGGER contact_fts_update; DROP TRIGGER call_fts_insert",
    "no index at all": "DROP TRIGGER call_fts_insert; DROP TRIGGER call_fts_update; DROP TRIGGER call_fts_delete;"
    "DROP TABLE call_fts",
    "words of others": "UPDATE contact SET words = 'x', name_key = 'x', glued = 'x', company_key = 'x';"
    "UPDATE interaction SET words = 'x'",
    "no words for slips": "DELETE FROM spelling",
}


@pytest.mark.parametrize("script", SPOILED.values(), ids=SPOILED)
def test_the_search_is_made_anew_whatever_is_wrong_with_it(filled: Crm, shell: Shell, script: str) -> None:
    before = filled.database.data_version()
    rows = everything_found(filled)
    outside(filled, script)
    done = shell("doctor", "--repair-search", "--db", str(filled.database.path))
    assert (done.code, "The search is made anew." in done.out) == (0, True)
    assert wrong(filled, full=True) == set()
    assert everything_found(filled) == rows
    contacts.add(filled, NewContact(name="Nadia Rostami"))
    calls.save(filled, CallDraft("u99", Who(1), "pump was new"))
    assert [row.name for row in find.find(filled, "nadia")] == ["Nadia Rostami"]
    with filled.database.reader() as conn:
        assert conn.value("SELECT count(*) FROM call_fts WHERE call_fts MATCH 'pump'") == 1
        assert conn.value("SELECT count(*) FROM change WHERE verb = 'doctor'") == 0
    assert filled.database.data_version() != before


def everything_found(crm: Crm) -> list[tuple[object, ...]]:
    """All that a search reads, and what a slip in a name finds."""
    with crm.database.reader() as conn:
        columns = conn.all("SELECT name_key, company_key, words, glued FROM contact ORDER BY id")
        said = conn.all("SELECT words FROM interaction ORDER BY id")
        slips = conn.all("SELECT deletion, stem FROM spelling ORDER BY 1, 2")
    return [tuple(row) for row in (*columns, *said, *slips)]


@pytest.mark.parametrize(
    "script",
    [
        "UPDATE contact SET glued = 'other' WHERE id = 4",
        "DROP TRIGGER contact_fts_update; UPDATE contact SET words = words || ' more' WHERE id = 4",
    ],
)
def test_words_that_are_not_the_contacts_own_are_found_by_the_full_check(filled: Crm, script: str) -> None:
    outside(filled, script)
    parts = {"schema parts"} if "DROP" in script else set()
    assert wrong(filled) == parts
    assert wrong(filled, full=True) == {"search"} | parts


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        *(("INDEX", "ix_phone_e164"), ("VIEW", "v_calls"), ("TRIGGER", "contact_fts_update")),
        *(("TRIGGER", "contact_last_call_insert"), ("TABLE", "call_fts")),
    ],
)
def test_a_part_that_the_schema_has_lost_is_named_and_made_anew(
    filled: Crm, shell: Shell, kind: str, name: str
) -> None:
    columns = "SELECT last_call_key, next_due_key FROM contact ORDER BY id"
    outside(filled, f"DROP {kind} {name}")
    calls.save(filled, CallDraft("later", Who(1), "again")) if kind != "TABLE" else None
    check = found(filled)["schema parts"]
    assert (check.ok, check.damaged) == (False, False)
    assert name in check.value
    assert "tuicrm doctor --repair-schema" in check.advice
    done = shell("doctor", "--repair-schema", "--db", str(filled.database.path))
    assert (done.code, f"Made anew: {check.value}" in done.out) == (0, True)
    assert wrong(filled, full=True) == set()
    with filled.database.reader() as conn:
        latest = conn.value("SELECT max(started_at) FROM interaction WHERE contact_id = 1")
        assert conn.all(columns)[0][0] == latest
        assert conn.value("SELECT count(*) FROM change WHERE verb = 'doctor'") == 0


def test_a_table_that_is_lost_is_damage(filled: Crm) -> None:
    outside(filled, "DROP TABLE keep_apart")
    check = found(filled)["schema parts"]
    assert (check.damaged, check.value) == (True, "keep_apart")


def test_an_index_with_other_words_than_the_rows_is_found_by_the_full_check(filled: Crm) -> None:
    outside(
        filled,
        "INSERT INTO contact_fts (contact_fts, rowid, words) SELECT 'delete', id, words FROM contact WHERE id = 4;"
        "INSERT INTO contact_fts (rowid, words) VALUES (4, 'other words')",
    )
    assert wrong(filled) == set()
    before = filled.database.data_version()
    assert wrong(filled, full=True) == {"search"}
    assert filled.database.data_version() == before


def test_an_import_that_stopped_gets_advice(filled: Crm) -> None:
    report = transfer.import_file(filled, io.BytesIO(b"name\nNadia\n"))
    outside(filled, "UPDATE import_batch SET state = 'running', ended_at = NULL")
    assert interrupted.unfinished(filled)
    check = found(filled)["imports"]
    assert (check.ok, check.damaged) == (False, False)
    assert f"undo {report.import_id}" in check.advice


def test_whatever_bytes_are_overwritten_the_doctor_answers(filled: Crm, shell: Shell, tmp_path: Path) -> None:
    filled.close()
    whole = filled.database.path.read_bytes()
    pages = len(whole) // 4096
    dice = random.Random(4)
    codes = set()
    for page in range(0, pages, 2):
        broken = tmp_path / "broken" / "crm.db"
        shutil.rmtree(broken.parent, ignore_errors=True)
        broken.parent.mkdir(mode=0o700)
        start = page * 4096 + (dice.randrange(100) if page else dice.randrange(4000))
        junk = dice.randbytes(96)
        broken.write_bytes(whole[:start] + junk + whole[start + len(junk) :])
        sound = _sound(broken)
        shell.set(TUICRM_DB=str(broken))
        done = shell("doctor", "--full", "--json")
        codes.add(done.code)
        # a file whose head says that it is another program's, or a newer one's, is refused as such
        assert done.code in ((0, 5, 8) if sound or not page else (5,)), (page, done)
        assert "Traceback" not in done.err
        if done.code == 5:
            told = json.loads(done.out)
            assert not told["ok"]
            assert {"tuicrm", "sqlite", "disk"} <= {check["name"] for check in told["checks"]}
    assert 5 in codes


def _sound(path: Path) -> bool:
    """What SQLite itself says."""
    copy = path.with_name("copy.db")
    shutil.copy(path, copy)
    raw = sqlite3.connect(copy)
    try:
        return raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    except (sqlite3.Error, UnicodeDecodeError):
        return False
    finally:
        raw.close()
