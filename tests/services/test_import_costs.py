"""What an import may cost: how often the database is asked for so many rows, how long a chunk may hold the lock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pytest

from tests.services.people_files import people, read
from tuicrm.domain.models import NewContact, PhoneNumber
from tuicrm.services import contacts, history
from tuicrm.services.context import Crm
from tuicrm.services.importing import Progress, engine, pace
from tuicrm.services.importing.pace import Pace, WriteBack
from tuicrm.storage import connection
from tuicrm.storage.connection import Connection
from tuicrm.storage.queries import known
from tuicrm.storage.queries.known import Known

CALLS = "started_at,direction,number,outcome\n" + "".join(
    f"2026-01-{n % 28 + 1:02d}T{n // 60:02d}:{n % 60:02d}:00,in,0912{n:07d},connected\n" for n in range(640)
)


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks end by their rows alone, however slow the machine is."""
    monkeypatch.setattr(pace, "LOCK_S", 1e9)


@contextmanager
def counted(crm: Crm) -> Iterator[Counter[str]]:
    """Statements that the writing connection runs, by their first two words; one of many rows counts as many."""
    found: Counter[str] = Counter()
    raw = crm.database._writer
    raw.set_trace_callback(lambda sql: found.update([" ".join(sql.split()[:3])]))
    try:
        yield found
    finally:
        raw.set_trace_callback(None)


def questions(found: Counter[str]) -> int:
    return sum(n for words, n in found.items() if words.split()[0] in ("SELECT", "WITH", "UPDATE", "DELETE"))


def sizes(crm: Crm, tables: Iterable[str]) -> dict[str, int]:
    with crm.database.reader() as conn:
        return {table: conn.value(f"SELECT count(*) FROM {table}") for table in tables}


@pytest.mark.usefixtures("unhurried")
def test_contacts_are_looked_up_by_the_slice_and_leave_one_row_in_each_table(crm: Crm) -> None:
    # agent and tables are there
    read(crm, people(1, first=10_000))
    tables = ("contact", "phone", "email", "contact_fts_docsize", "change", "change_payload")
    before = sizes(crm, tables)
    with counted(crm) as found:
        assert read(crm, people(640)).added == 640
    assert sizes(crm, tables) == {table: many + 640 for table, many in before.items()}
    slices = 640 / 100
    assert questions(found) <= 15 * slices
    # a savepoint around every statement is half of what a row of a table with triggers costs
    for table in ("phone", "email", "change", "change_payload"):
        assert found[f"INSERT INTO {table}"] <= 15 * slices, table
    # told once more for each row: the trigger that sees whether somebody wants to be kept in touch with
    assert found["INSERT INTO contact"] <= 640 + 15 * slices
    # the full text alone is slower for it
    assert found["INSERT INTO contact_fts"] == 640
    assert found["BEGIN IMMEDIATE"] == found["COMMIT"]
    assert found["COMMIT"] <= 4


@pytest.mark.usefixtures("unhurried")
def test_calls_are_looked_up_by_the_slice_and_leave_one_row_in_each_table(crm: Crm) -> None:
    read(crm, people(640))
    tables = ("interaction", "change", "change_payload")
    before = sizes(crm, tables)
    with counted(crm) as found:
        assert read(crm, CALLS.encode(), format="calls").added == 640
    assert sizes(crm, tables) == {table: many + 640 for table, many in before.items()}
    slices = 640 / 100
    assert questions(found) <= 15 * slices
    for table in ("change", "change_payload"):
        assert found[f"INSERT INTO {table}"] <= 15 * slices, table


@pytest.mark.usefixtures("unhurried")
def test_a_file_that_is_in_costs_questions_by_the_slice_alone(crm: Crm) -> None:
    read(crm, people(640))
    with counted(crm) as found:
        assert read(crm, people(640)).unchanged == 640
    assert questions(found) <= 15 * 640 / 100
    assert not [words for words in found if words.startswith("INSERT")]


@pytest.mark.usefixtures("unhurried")
def test_no_chunk_has_more_rows_than_it_may(crm: Crm) -> None:
    told: list[Progress] = []
    read(crm, people(1_300), progress=told.append)
    assert [each.added for each in told] == [engine.CHUNK_ROWS, 2 * engine.CHUNK_ROWS, 1_300]
    with counted(crm) as found:
        history.undo(crm)
    assert found["COMMIT"] == 3


def test_more_of_the_file_is_kept_in_memory_while_very_much_is_written_and_no_longer(crm: Crm) -> None:
    found: list[tuple[int, int]] = []

    def note(*_: object) -> None:
        raw = crm.database._writer
        found.append(
            (
                raw.execute("PRAGMA cache_size").fetchone()[0],
                raw.execute("PRAGMA wal_autocheckpoint").fetchone()[0],
            )
        )

    read(crm, people(600), progress=note)
    note()
    with pytest.raises(KeyboardInterrupt):
        read(crm, people(600, first=600), progress=interrupt)
    note()
    history.undo(crm)
    note()
    usual = (-connection.PAGES_KIB, connection.LOG_PAGES)
    # no commit puts pages into the file
    assert set(found[:-3]) == {(-32_000, 0)}
    assert found[-3:] == [usual, usual, usual]


def test_pages_are_put_into_the_file_between_chunks_of_an_import_and_of_its_undo(
    crm: Crm, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    real = crm.database.write_back

    def write_back() -> float:
        seconds = real()
        sizes.append(crm.database.path.stat().st_size)
        return seconds

    monkeypatch.setattr(crm.database, "write_back", write_back)
    monkeypatch.setattr(engine, "CHUNK_ROWS", 50)
    read(crm, people(400))
    imported = len(sizes)
    assert imported >= 2
    # the file grows while the import goes
    assert sizes == sorted(set(sizes))
    history.undo(crm)
    assert len(sizes) >= imported + 2


def interrupt(_: Progress) -> None:
    raise KeyboardInterrupt


# --- namesakes ----------------------------------------------------------------------------------------------


def records_asked(monkeypatch: pytest.MonkeyPatch) -> set[int]:
    """The ids of all contacts that are read from now on to be compared."""
    asked: set[int] = set()
    real = known.records

    def records(conn: Connection, ids: Iterable[int]) -> dict[int, Known]:
        asked.update(ids := set(ids))
        return real(conn, ids)

    monkeypatch.setattr(known, "records", records)
    return asked


def namesakes(count: int, first: int = 0) -> bytes:
    rows = [f"Kate Allen,Firm {n},0912{n:07d},p{n}@example.com" for n in range(first, first + count)]
    return "\n".join(["name,company,phone,email", *rows]).encode()


def test_namesakes_with_other_numbers_are_not_even_read(crm: Crm, monkeypatch: pytest.MonkeyPatch) -> None:
    read(crm, namesakes(100))
    asked = records_asked(monkeypatch)
    assert read(crm, namesakes(100, first=100)).added == 100
    assert not [contact_id for contact_id in asked if contact_id <= 100]
    history.undo(crm)
    asked.clear()
    assert read(crm, namesakes(100, first=200)).added == 100
    assert not asked


def test_who_came_with_an_import_that_was_taken_back_is_not_read_when_it_comes_again(
    crm: Crm, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = read(crm, people(100))
    deleted = contacts.add(crm, NewContact(name="Kate Allen", phones=(PhoneNumber("0912 999 0000"),))).id
    contacts.delete(crm, deleted)
    history.undo(crm, report.import_id)
    asked = records_asked(monkeypatch)
    again = read(crm, people(100) + b"Kate Allen,,0912 999 0000,,,\r\n")
    assert (again.added, [reason.code for reason in again.skipped]) == (100, ["import_was_deleted"])
    assert asked == {deleted}


def test_a_namesake_without_a_number_is_who_a_row_is_about(crm: Crm) -> None:
    read(crm, namesakes(10))
    plain = contacts.add(crm, NewContact(name="Kate Allen", company="Firm 20")).id
    assert read(crm, namesakes(1, first=20)).updated == 1
    assert [phone.raw for phone in contacts.get(crm, plain).phones] == ["09120000020"]


def test_of_a_number_that_many_have_each_is_known_by_the_name(crm: Crm) -> None:
    rows = [f"Kate Allen{chr(97 + n % 26) * (1 + n // 26)},021 8877 6655" for n in range(3 * known.NAMESAKES)]
    data = "\n".join(["name,phone", *rows]).encode()
    assert read(crm, data, region="IR").added == len(rows)
    again = read(crm, data, region="IR")
    assert (again.added, again.unchanged) == (0, len(rows))


# --- how long a chunk goes on -------------------------------------------------------------------------------


class _Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def _chunk(kept: Pace, clock: _Clock, *, slice_s: float, commit_s: float) -> tuple[int, float]:
    """Slices of a chunk, and the seconds that it took with its commit."""
    began, slices = clock.now, 0
    kept.begin()
    while slices < 100 and kept.allows():
        slices += 1
        clock.now += slice_s
    kept.commits()
    clock.now += commit_s
    kept.end()
    return slices, clock.now - began


def test_a_chunk_with_its_commit_stays_under_a_tenth_of_a_second() -> None:
    clock = _Clock()
    kept = Pace(clock)
    took = [_chunk(kept, clock, slice_s=0.009, commit_s=0.04) for _ in range(20)]
    assert max(seconds for _, seconds in took) < 0.1
    assert took[-1][0] == 4


def test_a_chunk_whose_commit_writes_the_file_back_stays_under_it_too() -> None:
    clock = _Clock()
    kept = Pace(clock)
    took = []
    for n in range(30):
        # two pass quickly, the third writes back what the three have changed
        took.append(_chunk(kept, clock, slice_s=0.007, commit_s=0.045 if n % 3 == 2 else 0.012))
    assert max(seconds for _, seconds in took[3:]) < 0.1
    assert min(slices for slices, _ in took) >= 5


def test_a_slow_disk_makes_chunks_shorter_but_not_ever_shorter_and_a_slow_moment_is_forgotten() -> None:
    clock = _Clock()
    kept = Pace(clock)
    at_first = [_chunk(kept, clock, slice_s=0.009, commit_s=0.02)[0] for _ in range(9)][-1]
    slow = [_chunk(kept, clock, slice_s=0.009, commit_s=0.3)[0] for _ in range(9)]
    # of 0.04 s, whatever the disk does
    assert slow[1:] == [4] * 8
    assert at_first == 6
    later = [_chunk(kept, clock, slice_s=0.009, commit_s=0.02)[0] for _ in range(15)]
    assert min(later) >= 3
    assert later[-1] == at_first


@pytest.mark.parametrize(
    ("seconds", "chunks"),
    [
        pytest.param([0.03, 0.03, 0.03], [2, 2, 2], id="a quick disk"),
        pytest.param([0.05, 0.05, 0.05], [2, 1, 1], id="a slow disk"),
        pytest.param([0.05, 0.03, 0.03], [2, 1, 2], id="a slow moment"),
    ],
)
def test_pages_of_fewer_chunks_are_put_into_the_file_at_once_where_that_takes_long(
    seconds: list[float], chunks: list[int]
) -> None:
    left, found = iter(seconds), [0]

    def work() -> float:
        found.append(0)
        return next(left)

    back = WriteBack(work)
    for _ in range(sum(chunks)):
        found[-1] += 1
        back.chunk_done()
    assert found == [*chunks, 0]


def test_however_slow_a_chunk_is_at_least_one_slice() -> None:
    clock = _Clock()
    kept = Pace(clock)
    assert [_chunk(kept, clock, slice_s=0.5, commit_s=0.5)[0] for _ in range(3)] == [1, 1, 1]
