"""What a reader and a writer may count on."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.requirements import require_program
from tuicrm.domain.clock import FrozenClock
from tuicrm.domain.errors import NotFound, Unavailable
from tuicrm.storage import instants
from tuicrm.storage.database import APPLICATION_ID, Actor, Database

SARA = Actor("sara", "cli")


def test_a_reader_sees_one_state_while_others_write(database: Database) -> None:
    with database.reader() as conn:
        assert conn.value("SELECT count(*) FROM contact") == 0
        thread = threading.Thread(target=add, args=(database, "Leila"))
        thread.start()
        thread.join()
        assert conn.value("SELECT count(*) FROM contact") == 0
        with database.reader() as nested:
            assert nested.value("SELECT count(*) FROM contact") == 0
        assert conn.value("SELECT count(*) FROM contact") == 0
    with database.reader() as conn:
        assert conn.value("SELECT count(*) FROM contact") == 1


def add(database: Database, name: str) -> None:
    with database.transaction(SARA, "contact.add") as tx:
        tx.insert("contact", {"name": name})


def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(Unavailable) as caught, database.reader() as conn:
        conn.all("INSERT INTO session (agent, started_at) VALUES ('x', 'y')")
    assert caught.value.code == "database_readonly"


def test_every_thread_reads_through_a_connection_of_its_own(database: Database) -> None:
    add(database, "Leila")
    seen: list[tuple[sqlite3.Connection, str]] = []

    def read() -> None:
        with database.reader() as conn:
            seen.append((conn.raw, conn.value("SELECT name FROM contact")))

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(raw) for raw, _ in seen}) == 4
    assert [name for _, name in seen] == ["Leila"] * 4


def test_the_data_version_moves_when_somebody_commits(database: Database) -> None:
    before = database.data_version()
    assert database.data_version() == before
    add(database, "Leila")
    assert database.data_version() != before


def test_an_error_inside_leaves_nothing_behind(database: Database) -> None:
    def fail(error: BaseException) -> None:
        with database.transaction(SARA, "contact.add") as tx:
            tx.insert("contact", {"name": "Leila"})
            raise error

    for error in (RuntimeError(), OSError("of the caller's own"), KeyboardInterrupt(), NotFound("x")):
        with pytest.raises(type(error)) as caught:
            fail(error)
        assert caught.value is error
    with database.reader() as conn:
        for table in ("contact", "phone", "action", "change", "change_payload"):
            assert conn.value(f"SELECT count(*) FROM {table}") == 0


def test_a_mistake_in_a_statement_stays_a_bug(database: Database) -> None:
    with pytest.raises(sqlite3.OperationalError), database.reader() as conn:
        conn.all("SELECT nothing FROM nowhere")
    with pytest.raises(sqlite3.IntegrityError), database.transaction(SARA, "x") as tx:
        tx.insert(
            "call", {"uid": "u", "contact_id": 404, "agent": "sara", "outcome": "n", "started_at": tx.now}
        )


def test_what_is_committed_is_in_the_file_alone_after_closing(db_path: Path) -> None:
    with Database.open(db_path) as database:
        add(database, "Leila")
    assert not Path(f"{db_path}-wal").exists()
    raw = sqlite3.connect(f"file:{db_path}?immutable=1", uri=True)
    assert raw.execute("SELECT name FROM contact").fetchall() == [("Leila",)]
    raw.close()


def test_the_log_beside_the_file_does_not_grow_for_ever(database: Database) -> None:
    wal = Path(f"{database.path}-wal")
    for number in range(60):
        with database.transaction(SARA, "contact.add") as tx:
            tx.insert("contact", {"name": f"Somebody {number}", "note": "x" * 200_000})
    assert wal.stat().st_size < 10 * 1024 * 1024


def test_every_commit_reaches_the_disk(tmp_path: Path, template_database: Path) -> None:
    strace = require_program("strace")
    shutil.copy(template_database, tmp_path / "crm.db")
    script = (
        "import sys, pathlib; from tuicrm.storage.database import Actor, Database\n"
        "database = Database.open(pathlib.Path(sys.argv[1]))\n"
        "for name in 'abcde':\n"
        "    with database.transaction(Actor('sara', 'cli'), 'contact.add') as tx:\n"
        "        tx.insert('contact', {'name': name})\n"
        "    print('saved', name, flush=True)\n"
    )
    trace = tmp_path / "trace"
    subprocess.run(
        [
            *(strace, "-f", "-e", "trace=fsync,fdatasync,write", "-o", str(trace)),
            *(sys.executable, "-c", script, str(tmp_path / "crm.db")),
        ],
        check=True,
        capture_output=True,
    )
    synced = 0
    for line in trace.read_text().splitlines():
        if "sync(" in line:
            synced += 1
        if '"saved ' in line:
            assert synced, "said to be saved before it was"
            synced = 0


def test_the_pragmas_are_those_that_were_decided(database: Database) -> None:
    with database.transaction(SARA, "x") as tx:
        found = {
            name: tx.value(f"PRAGMA {name}")
            for name in (
                "journal_mode",
                "synchronous",
                "foreign_keys",
                "busy_timeout",
                "temp_store",
                "cache_size",
            )
        }
        application = tx.value("PRAGMA application_id")
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 5000,
        "temp_store": 2,
        "cache_size": -4000,
    }
    assert application == APPLICATION_ID
    with database.reader() as conn:
        assert conn.value("PRAGMA query_only") == 1


# --- moments ------------------------------------------------------------------------------------------------


def test_moments_stand_as_text_of_one_width_whose_order_is_time(frozen_clock: FrozenClock) -> None:
    moment = frozen_clock.now()
    assert instants.to_text(moment) == "2026-11-22T06:00:00.000000Z"
    assert instants.from_text(instants.to_text(moment)) == moment
    early = datetime(987, 1, 2, 3, 4, 5, 6, tzinfo=UTC)
    assert instants.to_text(early) == "0987-01-02T03:04:05.000006Z" < instants.to_text(moment)
    with pytest.raises(ValueError, match="naive"):
        instants.to_text(moment.replace(tzinfo=None))


def test_a_moment_given_as_a_parameter_is_compared_in_the_stored_form(database: Database) -> None:
    moment = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
    with database.reader() as conn:
        found = conn.one(
            "SELECT :moment, :day, :time", {"moment": moment, "day": moment.date(), "time": moment.time()}
        )
    assert found is not None
    assert json.dumps(list(found)) == '["2026-11-22T06:00:00.000000Z", "2026-11-22", "06:00"]'
