"""Opening a file: modes, refusals with a code of their own, and what a reader and a writer may count on."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.requirements import require_program
from tuicrm.domain.clock import FrozenClock
from tuicrm.domain.errors import CrmError, NotFound, Unavailable
from tuicrm.storage import instants
from tuicrm.storage.connection import open_raw
from tuicrm.storage.database import APPLICATION_ID, Actor, Database

SARA = Actor("sara", "cli")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def refused(path: Path) -> str:
    """The code that opening the file is refused with."""
    with pytest.raises(Unavailable) as caught:
        Database.open(path)
    return caught.value.code


# --- making -------------------------------------------------------------------------------------------------


def test_a_new_file_and_its_folder_are_for_their_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "new" / "place" / "crm.db"
    with Database.open(path) as database, database.transaction(SARA, "contact.add") as tx:
        tx.insert("contact", {"name": "Leila"})
    with Database.open(path) as database:
        with database.reader() as conn:
            assert conn.value("SELECT name FROM contact") == "Leila"
        for file in path.parent.iterdir():
            assert mode(file) == 0o600, file
    assert mode(path.parent) == 0o700


def test_the_umask_does_not_widen_or_narrow_the_modes(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        Database.open(tmp_path / "a" / "crm.db").close()
    finally:
        os.umask(before)
    assert mode(tmp_path / "a" / "crm.db") == 0o600
    assert mode(tmp_path / "a" / "crm.db.lock") == 0o600


def test_a_folder_that_was_there_keeps_its_mode(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    Database.open(tmp_path / "crm.db").close()
    assert mode(tmp_path) == 0o755


def test_opening_without_create_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(NotFound) as caught:
        Database.open(tmp_path / "new" / "crm.db", create=False)
    assert caught.value.code == "no_database"
    assert not (tmp_path / "new").exists()


def test_making_a_database_needs_neither_alembic_nor_sqlmodel(tmp_path: Path) -> None:
    script = (
        "import sys, pathlib; from tuicrm.storage.database import Actor, Database\n"
        "with Database.open(pathlib.Path(sys.argv[1])) as database:\n"
        "    with database.transaction(Actor('sara', 'cli'), 'contact.add') as tx:\n"
        "        tx.insert('contact', {'name': 'Leila', 'phones': [{'raw': '1', 'reversed': '1'}]})\n"
        "heavy = {'alembic', 'sqlalchemy', 'sqlmodel', 'pydantic', 'dataclasses', 'hashlib', 'inspect'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "crm.db")], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_two_that_make_the_same_file_at_once_make_it_once(tmp_path: Path) -> None:
    path = tmp_path / "crm.db"
    script = "import sys, pathlib; from tuicrm.storage.database import Database\n"
    script += "Database.open(pathlib.Path(sys.argv[1])).close()"
    running = [subprocess.Popen([sys.executable, "-c", script, str(path)]) for _ in range(4)]
    assert [one.wait(60) for one in running] == [0, 0, 0, 0]
    with Database.open(path) as database, database.reader() as conn:
        assert conn.value("PRAGMA integrity_check") == "ok"


# --- refusals -----------------------------------------------------------------------------------------------


def test_a_file_of_something_else_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "crm.db"
    path.write_bytes(b"Dear Leila, thank you for your letter. " * 100)
    assert refused(path) == "not_a_database"
    assert path.read_bytes().startswith(b"Dear Leila")


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "crm.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE bookmarks (url TEXT)")
    other.commit()
    other.close()
    before = path.read_bytes()
    assert refused(path) == "other_application"
    assert path.read_bytes() == before


def test_a_newer_schema_is_refused_and_named(db_path: Path) -> None:
    raw = sqlite3.connect(db_path)
    raw.execute("PRAGMA user_version=99")
    raw.close()
    with pytest.raises(Unavailable) as caught:
        Database.open(db_path)
    assert caught.value.code == "database_newer"
    assert caught.value.params["found"] == 99


def test_a_schema_that_moves_on_under_a_running_program_stops_its_writes(database: Database) -> None:
    raw = open_raw(database.path)
    raw.execute("PRAGMA user_version=99")
    with pytest.raises(Unavailable) as caught, database.transaction(SARA, "contact.add"):
        pytest.fail("the transaction began")
    assert caught.value.code == "database_newer"
    raw.execute("PRAGMA user_version=1")
    raw.close()


@pytest.mark.parametrize(
    ("harm", "code"),
    [
        (lambda content: b"\0" * 100 + content[100:], "not_a_database"),
        (lambda content: content[: len(content) // 2], "database_damaged"),
        (lambda content: content[:4096] + b"\xff" * (len(content) - 4096), "database_damaged"),
    ],
    ids=["header gone", "cut in half", "pages garbled"],
)
def test_a_damaged_file_is_refused_when_it_is_opened_or_read(
    db_path: Path, harm: Callable[[bytes], bytes], code: str
) -> None:
    db_path.write_bytes(harm(db_path.read_bytes()))
    with pytest.raises(Unavailable) as caught:
        read_all(db_path)
    assert caught.value.code == code


def read_all(path: Path) -> None:
    """Reads every page of the file that a search or a list could read."""
    with Database.open(path) as database, database.reader() as conn:
        for table in ("contact", "interaction", "change", "sqlite_master"):
            conn.all(f"SELECT * FROM {table}")
        conn.all("SELECT name_key FROM contact WHERE name_key > ''")


def test_a_folder_in_place_of_the_file_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "crm.db").mkdir()
    assert refused(tmp_path / "crm.db") == "database_unopenable"


def test_a_file_in_place_of_the_folder_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "crm").write_text("")
    assert refused(tmp_path / "crm" / "crm.db") == "database_unopenable"


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """A folder that any user may reach, as pytest's own is not."""
    folder = Path(tempfile.mkdtemp(prefix="tuicrm-test-"))
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def as_somebody_else(act: Callable[[], None]) -> str:
    """The code that ``act`` is refused with for a user who owns nothing; ``""`` when it is not refused."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        code = "failed"
        try:
            if os.getuid() == 0:
                os.setuid(65534)
            act()
            code = ""
        except CrmError as error:
            code = error.code
        finally:
            os.write(write, code.encode())
            os._exit(0)
    os.close(write)
    with os.fdopen(read) as told:
        code = told.read()
    os.waitpid(child, 0)
    return code


def test_a_read_only_folder_is_refused_not_crashed_on(public_folder: Path, template_database: Path) -> None:
    path = public_folder / "crm.db"
    shutil.copy(template_database, path)
    path.chmod(0o444)
    public_folder.chmod(0o555)
    assert as_somebody_else(lambda: Database.open(path).close()) == "database_readonly"
    assert as_somebody_else(lambda: Database.open(public_folder / "new.db").close()) == "database_readonly"


def test_a_file_that_may_not_be_read_is_refused(public_folder: Path, template_database: Path) -> None:
    path = public_folder / "crm.db"
    shutil.copy(template_database, path)
    path.chmod(0o000)
    public_folder.chmod(0o555)
    assert as_somebody_else(lambda: Database.open(path).close()) == "database_readonly"


def test_a_full_disk_refuses_the_write_and_keeps_what_was_there(database: Database) -> None:
    with database.transaction(SARA, "contact.add") as tx:
        first = tx.insert("contact", {"name": "Leila"})
    with database.transaction(SARA, "x") as tx:
        pages = tx.value("PRAGMA page_count")
        tx.raw.execute(f"PRAGMA max_page_count={pages}")
    with pytest.raises(Unavailable) as caught:
        add_many(database, 500)
    assert caught.value.code == "disk_full"
    with database.reader() as conn:
        assert [row["id"] for row in conn.all("SELECT id FROM contact")] == [first]
    with database.transaction(SARA, "x") as tx:
        tx.raw.execute("PRAGMA max_page_count=1000000")
    with database.transaction(SARA, "contact.add") as tx:
        tx.insert("contact", {"name": "Reza"})


def add_many(database: Database, count: int) -> None:
    with database.transaction(SARA, "contact.add") as tx:
        for number in range(count):
            tx.insert("contact", {"name": f"Somebody {number}", "note": "long " * 200})


def test_another_program_that_holds_the_file_is_named_busy(database: Database) -> None:
    with database.transaction(SARA, "x") as tx:
        tx.raw.execute("PRAGMA busy_timeout=50")
    other = sqlite3.connect(database.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unavailable) as caught, database.transaction(SARA, "x"):
        pytest.fail("the transaction began")
    assert caught.value.code == "database_busy"
    other.execute("ROLLBACK")
    other.close()


# --- reading and writing ------------------------------------------------------------------------------------


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
