"""Opening a file: modes, and a refusal with a code of its own for each way in which that fails."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tuicrm.domain.errors import CrmError, NotFound, Unavailable
from tuicrm.storage.connection import open_raw
from tuicrm.storage.database import Actor, Database
from tuicrm.storage.live import Live

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


def test_one_file_has_one_lock_and_one_live_file_by_whatever_name_it_is_reached(
    db_path: Path, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link.db"
    link.symlink_to(db_path)
    with Database.open(link) as database:
        assert database.path == db_path
        add_many(database, 1)
    assert Live.beside(link).path == Live.beside(db_path).path
    assert [file.name for file in link.parent.iterdir()] == ["link.db"]


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
