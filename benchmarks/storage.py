"""The database: one logged call beside plain ``sqlite3``, many writers, search, import."""

from __future__ import annotations

import csv
import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.figures import Figure, quantile
from benchmarks.people import contacts
from benchmarks.places import environment, opened
from tuicrm.domain.models import CallDraft, Who
from tuicrm.services import calls, history, transfer
from tuicrm.services.context import Crm
from tuicrm.services.find import find
from tuicrm.storage.connection import open_raw

CALLS = 400
WRITERS, WRITERS_S = 50, 6.0
IMPORTED = 5_000


def figures(folder: Path, *, long: bool = False) -> Iterator[Figure]:
    """All figures of the storage."""
    yield from _one_call(contacts(folder, 10_000))
    yield from _search(contacts(folder, 100_000), 100_000)
    if long:
        yield from _search(contacts(folder, 1_000_000), 1_000_000)
    yield from _two(folder, 1_000 if long else 200)
    yield from _fifty(folder, WRITERS_S * (5 if long else 1))
    yield from _import(folder)


# --- one logged call ----------------------------------------------------------------------------------------


def _one_call(path: Path) -> Iterator[Figure]:
    """From the service's call to the commit, in turns with the same rows by plain statements."""
    crm = opened(path)
    line = "price list sent /2d"
    calls.save(crm, CallDraft("bench-first", Who(1), line))
    rows = _rows_of_last_call(crm)
    plain = open_raw(path)
    took: list[float] = []
    floors: list[float] = []
    for number in range(CALLS):
        draft = CallDraft(f"bench-{number}", Who(2 + number), line)
        started = time.perf_counter()
        calls.save(crm, draft)
        took.append((time.perf_counter() - started) * 1000)
        floors.append(_plain_ms(plain, rows, number))
    plain.close()
    crm.close()
    yield Figure(
        "one logged call with a follow-up, p50", median(took), "ms", median(floors), 3, relative=True,
        note="the same rows by plain sqlite3",
    )  # fmt: skip


def _rows_of_last_call(crm: Crm) -> list[tuple[str, dict[str, Any]]]:
    """The rows that one call left, in an order in which they can be written again."""
    with crm.database.reader() as conn:
        action = conn.value("SELECT max(id) FROM action")
        found = []
        for table, where in (
            ("action", "id = :action"),
            ("interaction", "action_id = :action"),
            ("follow_up", "call_id = (SELECT id FROM interaction WHERE action_id = :action)"),
        ):
            found += [
                (table, dict(row))
                for row in conn.all(f"SELECT * FROM {table} WHERE {where}", {"action": action})
            ]
        for change in conn.all("SELECT * FROM change WHERE action_id = :action", {"action": action}):
            payload = conn.one("SELECT * FROM change_payload WHERE seq = :seq", {"seq": change["seq"]})
            assert payload is not None, "nothing was erased"
            found += [("change", dict(change)), ("change_payload", dict(payload))]
    return found


def _plain_ms(raw: sqlite3.Connection, rows: list[tuple[str, dict[str, Any]]], number: int) -> float:
    """The same rows under new ids, in one transaction with the same pragmas."""
    made = []
    for table, row in rows:
        row = {column: value for column, value in row.items() if column not in ("id", "seq")}
        if table == "interaction":
            row["uid"] = f"plain-{number}"
        names = ", ".join(row)
        made.append(
            (table, f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(row))})", list(row.values()))
        )
    started = time.perf_counter()
    raw.execute("BEGIN IMMEDIATE")
    for table, sql, values in made:
        if table == "change_payload":
            sql = sql.replace("(payload) VALUES (", "(seq, payload) VALUES (last_insert_rowid(), ")
        raw.execute(sql, values)
    raw.execute("COMMIT")
    return (time.perf_counter() - started) * 1000


# --- search -------------------------------------------------------------------------------------------------


def _search(path: Path, count: int) -> Iterator[Figure]:
    """Finding in SQL; the floor is SQLite's own answer to the same question, without reading names."""
    crm = opened(path)
    for name, queries, budget in (
        ("name prefix", ("kar", "web", "نور", "رستم"), 1.0),
        ("last four digits", ("4321", "7765", "0912"), 4.0),
        ("one slip", ("karrimi", "fostar", "پورمحدی"), 10.0),
    ):
        took = [_ms(partial(find, crm, query, limit=20)) for _ in range(30) for query in queries]
        floor = None
        if name == "name prefix":
            with crm.database.reader() as conn:
                asked = [partial(conn.all, _PREFIX, {"query": f'"{query}"*'}) for query in queries]
                floor = median(_ms(ask) for _ in range(30) for ask in asked)
        yield Figure(
            f"search, {count:,} contacts: {name}, p50", median(took), "ms", floor, budget, note="the service"
        )
    crm.close()


_PREFIX = "SELECT rowid FROM contact_fts WHERE contact_fts MATCH :query LIMIT 20"


def _ms(run: Callable[[], object]) -> float:
    started = time.perf_counter()
    run()
    return (time.perf_counter() - started) * 1000


# --- many writers -------------------------------------------------------------------------------------------


def _writers(path: Path, how_many: int, *args: str) -> list[dict[str, Any]]:
    """Runs that many processes of ``benchmarks.writer`` at once; what each tells."""
    environ = environment(path.parent, PYTHONPATH=str(Path.cwd()))
    start = str(time.time() + 1.5 + how_many * 0.12)
    programs = [
        subprocess.Popen(
            [sys.executable, "-m", "benchmarks.writer", str(path), f"agent{number}", start, *args],
            env=environ, stdout=subprocess.PIPE, text=True,
        )
        for number in range(how_many)
    ]  # fmt: skip
    return [json.loads(program.communicate()[0]) for program in programs]


def _two(folder: Path, each: int) -> Iterator[Figure]:
    """Two processes that log as fast as they can."""
    path = folder / "two.db"
    opened(path).close()
    told = _writers(path, 2, "--calls", str(each))
    crm = opened(path)
    with crm.database.reader() as conn:
        stored = conn.value("SELECT count(*) FROM interaction")
    crm.close()
    took = [value for one in told for value in one["ms"]]
    ends = [one["seconds"] for one in told]
    name = f"two processes, {each} calls each"
    yield Figure(f"{name}: calls missing", 2 * each - stored, "", None, 0)
    yield Figure(f"{name}: lock errors", sum(one["errors"] for one in told), "", None, 0)
    yield Figure(f"{name}: one call, p99", quantile(took, 0.99), "ms")
    yield Figure(f"{name}: the slower one's time", max(ends) * 1000, "ms", min(ends) * 1000, 2, relative=True)


def _fifty(folder: Path, seconds: float) -> Iterator[Figure]:
    """Fifty processes flat out on one file."""
    path = folder / "fifty.db"
    opened(path).close()
    told = _writers(path, WRITERS, "--seconds", str(seconds))
    took = [value for one in told for value in one["ms"]]
    counts = [len(one["ms"]) for one in told]
    note = f"{sum(counts) / seconds:,.0f} calls a second on {os.cpu_count()} processors"
    yield Figure("50 writers: lock errors", sum(one["errors"] for one in told), "", None, 0, note=note)
    yield Figure("50 writers: one call, p50", median(took), "ms")
    yield Figure("50 writers: one call, p99", quantile(took, 0.99), "ms", None, 150)
    share = min(counts) / max(counts)
    yield Figure("50 writers: slowest by fastest", share * 100, "%", None, 50, at_least=True)


# --- import -------------------------------------------------------------------------------------------------


def _import(folder: Path) -> Iterator[Figure]:
    """Contacts from a CSV file into an empty database; the floor is the same rows by plain statements."""
    file, path = folder / "people.csv", folder / "import.db"
    _people_file(file)
    crm = opened(path)
    started = time.process_time()
    transfer.import_file(crm, file)
    took = time.process_time() - started
    floor = _plain_import_s(crm, opened(folder / "plain.db"))
    yield Figure(
        "import of contacts, CSV", IMPORTED / took, "/s", None, 5_000, at_least=True, note="processor time"
    )
    yield Figure("import of contacts, CSV: the whole", took * 1000, "ms", floor * 1000, 4, relative=True)
    started = time.process_time()
    transfer.import_file(crm, file)
    again = IMPORTED / (time.process_time() - started)
    yield Figure("the same file again", again, "/s", None, 5_000, at_least=True, note="processor time")
    started = time.process_time()
    history.undo(crm)
    crm.close()
    yield Figure(
        "undo of the import", IMPORTED / (time.process_time() - started), "/s", None, 5_000, at_least=True
    )


def _people_file(file: Path) -> None:
    with file.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(["name", "company", "phone", "email", "tags", "City"])
        for number in range(IMPORTED):
            name = f"Kate{number % 97} کریمی{number}"
            writer.writerow(
                [name, f"Co {number % 89}", f"0912{number:07d}", f"k{number}@example.com", "vip", "York"]
            )


_IMPORTED_TABLES = (
    "action",
    "contact",
    "phone",
    "email",
    "contact_tag",
    "spelling",
    "change",
    "change_payload",
)


def _plain_import_s(crm: Crm, empty: Crm) -> float:
    """Writes what an import left, table by table, into an empty database; gives the seconds of processor time."""
    with crm.database.reader() as conn:
        rows = {
            table: [tuple(row) for row in conn.all(f"SELECT * FROM {table}")] for table in _IMPORTED_TABLES
        }
        words = [tuple(row) for row in conn.all("SELECT id, words FROM contact")]
    raw = empty.database._writer
    # the parts of the tables do not belong together row by row
    raw.execute("PRAGMA foreign_keys=OFF")
    started = time.process_time()
    for first in range(0, IMPORTED, 500):
        raw.execute("BEGIN IMMEDIATE")
        for table, found in rows.items():
            each = -(-len(found) // (IMPORTED // 500))
            part = found[first // 500 * each :][:each]
            if part:
                marks = ", ".join("?" * len(part[0]))
                raw.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", part)
        raw.executemany("INSERT INTO contact_fts (rowid, words) VALUES (?, ?)", words[first : first + 500])
        raw.execute("COMMIT")
    took = time.process_time() - started
    empty.close()
    return took
