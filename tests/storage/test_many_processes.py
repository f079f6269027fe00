"""Several processes at one file: no lock error, all there, fair; and kills at any moment."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.storage.queues import wait_for_a_waiter
from tests.storage.records import SARA, add_contact
from tuicrm.domain.errors import Unavailable
from tuicrm.storage import lockfile
from tuicrm.storage.database import Database

LONG = os.environ.get("TUICRM_LONG") == "1"


class Writer:
    """One running ``tests.storage.writer``, its output kept in a file that outlives it."""

    def __init__(self, path: Path, handle: str, count: int) -> None:
        self.handle = handle
        self.said = path.with_name(f"{handle}.said")
        self._out = self.said.open("wb")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.storage.writer", str(path), handle, str(count)],
            stdin=subprocess.PIPE,
            stdout=self._out,
            stderr=subprocess.PIPE,
        )
        while b"ready" not in self.said.read_bytes():
            assert self.process.poll() is None, self.error()
            time.sleep(0.005)

    @property
    def saves(self) -> int:
        """How many it has said to have saved."""
        return max(0, self.said.read_bytes().count(b"\n") - 1)

    def go(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(b"go\n")
        self.process.stdin.flush()

    def error(self) -> str:
        assert self.process.stderr is not None
        return self.process.stderr.read().decode()

    def end(self) -> list[tuple[str, float, float]]:
        """Waits for the end, and gives what it said to have saved: uid, when, and seconds it took."""
        self.process.wait(600)
        self._out.close()
        for stream in (self.process.stdin, self.process.stderr):
            assert stream is not None
            stream.close()
        lines = self.said.read_text().splitlines(keepends=True)[1:]
        whole = [line.split() for line in lines if line.endswith("\n")]
        return [(uid, float(at), float(took)) for uid, at, took in whole]


def stored(database: Database) -> set[str]:
    with database.reader() as conn:
        return {row["uid"] for row in conn.all("SELECT uid FROM interaction")}


def assert_whole(database: Database) -> None:
    """Every call has its action, its follow-up and the change rows of both, and the file is sound."""
    with database.reader() as conn:
        calls = conn.value("SELECT count(*) FROM interaction")
        assert conn.value("SELECT count(*) FROM action WHERE verb = 'call.log'") == calls
        assert conn.value("SELECT count(*) FROM follow_up") == calls
        assert conn.value("SELECT count(*) FROM change JOIN change_payload USING (seq)") == 2 * calls + 1
        assert conn.value("PRAGMA integrity_check") == "ok"
        assert conn.all("PRAGMA foreign_key_check") == []


def test_two_processes_logging_at_once_lose_nothing(database: Database) -> None:
    count = 1000 if LONG else 150
    add_contact(database, "Leila")
    writers = [Writer(database.path, handle, count) for handle in ("one", "two")]
    for writer in writers:
        writer.go()
    saved = [writer.end() for writer in writers]
    assert [writer.process.returncode for writer in writers] == [0, 0]
    assert [len(one) for one in saved] == [count, count]
    assert stored(database) == {uid for one in saved for uid, _, _ in one}
    assert_whole(database)


def test_no_save_that_was_acknowledged_is_lost_when_processes_are_killed(database: Database) -> None:
    add_contact(database, "Leila")
    chance = random.Random(7)
    acknowledged: set[str] = set()
    for turn in range(12 if LONG else 4):
        writers = [Writer(database.path, f"{name}{turn}", 100_000) for name in ("one", "two")]
        for writer in writers:
            writer.go()
        while min(writer.saves for writer in writers) < 5:
            time.sleep(0.005)
        time.sleep(chance.uniform(0, 0.3))
        for writer in writers:
            writer.process.kill()
        for writer in writers:
            said = writer.end()
            assert writer.process.returncode == -9
            acknowledged |= {uid for uid, _, _ in said}
    assert len(acknowledged) >= 40
    assert acknowledged <= stored(database)
    assert_whole(database)
    with database.transaction(SARA, "contact.add") as tx:
        tx.insert("contact", {"name": "life goes on"})


# --- waiting ------------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform != "linux", reason="who waits is read from /proc/locks")
def test_who_waits_stands_in_the_queue_of_the_kernel(database: Database) -> None:
    """Who tries again and again, as SQLite does, loses against who comes later. How even the shares of two are is
    measured in benchmarks, where nothing else wants the processors."""
    add_contact(database, "Leila")
    holding, let_go = threading.Event(), threading.Event()
    holder = threading.Thread(target=hold, args=(database, holding, let_go))
    holder.start()
    assert holding.wait(60)
    writer = Writer(database.path, "one", 1)
    writer.go()
    wait_for_a_waiter(database)
    let_go.set()
    holder.join()
    writer.end()
    assert writer.process.returncode == 0


@pytest.fixture
def quick_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lockfile, "NOTIFY_AFTER_S", 0.05)


@pytest.mark.usefixtures("quick_notice")
def test_a_long_wait_names_the_holder_once_and_then_goes_on(database: Database) -> None:
    told: list[tuple[str, float]] = []
    holding, let_go = threading.Event(), threading.Event()
    holder = threading.Thread(target=hold, args=(database, holding, let_go))
    holder.start()
    assert holding.wait(60)

    def on_wait(name: str, seconds: float) -> None:
        told.append((name, seconds))
        let_go.set()

    with Database.open(database.path, on_wait=on_wait) as other:
        add_contact(other, "Leila")
    holder.join()
    assert [name for name, _ in told] == [f"sara ({os.getpid()})"]
    assert 0.05 <= told[0][1] < 60


def hold(database: Database, holding: threading.Event, let_go: threading.Event) -> None:
    with database.transaction(SARA, "x"):
        holding.set()
        let_go.wait(60)


def test_a_wait_without_end_is_given_up_by_name_and_can_be_tried_again(database: Database) -> None:
    holding, let_go = threading.Event(), threading.Event()
    holder = threading.Thread(target=hold, args=(database, holding, let_go))
    holder.start()
    assert holding.wait(60)
    with Database.open(database.path) as other:
        for _ in range(2):
            with pytest.raises(Unavailable) as caught, other.transaction(SARA, "x", wait=0.1):
                pytest.fail("the transaction began")
            assert caught.value.code == "database_locked"
            assert caught.value.params["holder"] == f"sara ({os.getpid()})"
            with other.reader() as conn:
                assert conn.value("SELECT count(*) FROM contact") == 0
        let_go.set()
        holder.join()
        add_contact(other, "Leila")
        add_contact(database, "Reza")
    with database.reader() as conn:
        assert conn.value("SELECT count(*) FROM contact") == 2


@pytest.mark.usefixtures("quick_notice")
def test_a_wait_that_is_interrupted_takes_the_lock_from_nobody(database: Database) -> None:
    holding, let_go = threading.Event(), threading.Event()
    holder = threading.Thread(target=hold, args=(database, holding, let_go))
    holder.start()
    assert holding.wait(60)

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with Database.open(database.path, on_wait=interrupt) as other:
        with pytest.raises(KeyboardInterrupt):
            add_contact(other, "Leila")
        let_go.set()
        holder.join()
        add_contact(database, "Reza")
        add_contact(other, "Leila")


def test_a_killed_holder_lets_go(database: Database) -> None:
    script = (
        "import sys, time, pathlib; from tuicrm.storage.database import Actor, Database\n"
        "with Database.open(pathlib.Path(sys.argv[1])).transaction(Actor('mina', 'cli'), 'x') as tx:\n"
        "    tx.insert('contact', {'name': 'half'})\n"
        "    print('held', flush=True)\n"
        "    time.sleep(600)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(database.path)], stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(Unavailable) as caught, database.transaction(SARA, "x", wait=0.1):
            pytest.fail("the transaction began")
        assert caught.value.params["holder"] == f"mina ({holder.pid})"
        holder.kill()
        add_contact(database, "Leila")
    with database.reader() as conn:
        assert [row["name"] for row in conn.all("SELECT name FROM contact")] == ["Leila"]


def test_threads_of_one_process_take_turns(database: Database) -> None:
    threads = [
        threading.Thread(target=lambda n=n: [add_contact(database, f"{n}-{i}") for i in range(20)])
        for n in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reader() as conn:
        assert conn.value("SELECT count(*) FROM contact") == 80
