"""A long file is read by a process of its own: the same comes in, whatever becomes of that process."""

from __future__ import annotations

import json
import os
import pickle
import signal
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from tests.services.people_files import ask, people, read, rows, sound, value
from tuicrm import i18n
from tuicrm.domain.errors import Invalid
from tuicrm.domain.record import replace
from tuicrm.labels import field_text
from tuicrm.services import contacts
from tuicrm.services.context import Crm, open_crm
from tuicrm.services.importing import ImportReport, Progress, StopImport, ahead, engine
from tuicrm.services.importing.ahead import Ahead, Job, Part
from tuicrm.services.importing.counts import Counts
from tuicrm.services.importing.reports import RowReason

MIXED = people(230) + b",,,not-an-address,,\n" + people(150, first=230).partition(b"\r\n")[2]
CARDS = "".join(f"BEGIN:VCARD\nVERSION:3.0\nFN:Kate {n}\nTEL:0912{n:07d}\nEND:VCARD\n" for n in range(250))
CALLS = "started_at,direction,number,outcome\n" + "".join(
    f"2026-01-{n % 28 + 1:02d}T09:{n % 60:02d}:00,in,0912{n:07d},{'nonsense' if n == 120 else 'connected'}\n"
    for n in range(250)
)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Ahead]:
    """Every file is long, on a machine with two processors; the processes that were started for them."""
    started: list[Ahead] = []

    class Noted(Ahead):
        def __init__(self, job: Job) -> None:
            super().__init__(job)
            started.append(self)

    monkeypatch.setattr(ahead, "LEAST_BYTES", 0)
    monkeypatch.setattr(ahead, "_processors", lambda: 2)
    monkeypatch.setattr("tuicrm.services.importing.files.Ahead", Noted)
    return started


@pytest.fixture
def other(tmp_path: Path, crm: Crm) -> Crm:
    """A second, empty company."""
    return open_crm(replace(crm.settings, database=str(tmp_path / "other.db")), via="cli", clock=crm.clock)


def told(report: ImportReport) -> Any:
    """What a report says of the file."""
    return replace(report, import_id=None, batch_id=None)


def over(one: Ahead) -> bool:
    """Whether the other process has ended."""
    return one._process is not None and one._process.returncode is not None


@pytest.mark.parametrize(("form", "data"), [("csv", MIXED), ("vcard", CARDS), ("calls", CALLS)])
def test_the_same_comes_in_and_is_told_as_without_it(
    crm: Crm, other: Crm, made: list[Ahead], monkeypatch: pytest.MonkeyPatch, form: str, data: bytes | str
) -> None:
    content = data.encode() if isinstance(data, str) else data
    report = read(crm, content, format=form)
    assert [one.whole for one in made] == [True]
    with monkeypatch.context() as short:
        short.setattr(ahead, "LEAST_BYTES", 10**9)
        assert told(read(other, content, format=form)) == told(report)
    assert len(made) == 1
    assert rows(other) == rows(crm)
    calls = "SELECT uid, number, outcome, started_at FROM interaction ORDER BY id"
    assert ask(other, calls) == ask(crm, calls)
    assert report.added >= 249
    assert over(made[0])
    sound(crm)


def test_it_understands_the_words_of_who_imports(crm: Crm, made: list[Ahead]) -> None:
    before = i18n.language()
    i18n.use("fa")
    try:
        hobby = field_text("hobby")
        read(crm, json.dumps([{"name": "Kate", "fields": {hobby: "chess"}}]).encode())
    finally:
        i18n.use(before)
    assert hobby != "hobby"
    assert contacts.get(crm, 1).fields == {"hobby": "chess"}
    assert made[0].whole


def test_a_trial_is_read_by_it_too(crm: Crm, made: list[Ahead]) -> None:
    report = read(crm, MIXED, dry_run=True)
    assert (report.read, report.added, len(report.refused)) == (381, 380, 1)
    assert made[0].whole
    assert contacts.count(crm) == 0


def test_when_it_is_killed_the_rest_is_read_here(
    crm: Crm, made: list[Ahead], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Ahead.parts

    def killed(self: Ahead) -> Iterator[Part]:
        yield from islice(real(self), 2)
        assert self._process is not None
        os.kill(self._process.pid, signal.SIGKILL)

    # so that most of the file is still there when it dies
    monkeypatch.setattr(ahead, "_WAITING", 1)
    monkeypatch.setattr(Ahead, "parts", killed)
    report = read(crm, MIXED + people(400, first=380).partition(b"\r\n")[2])
    assert (report.read, report.added, len(report.refused)) == (781, 780, 1)
    assert [reason.line for reason in report.refused] == [232]
    assert not made[0].whole
    assert value(crm, "SELECT rows_done FROM import_batch") == 781
    sound(crm)


@pytest.mark.parametrize("program", ["/nowhere/python", "/bin/false"])
def test_when_it_cannot_be_started_all_is_read_here(
    crm: Crm, made: list[Ahead], monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    monkeypatch.setattr("sys.executable", program)
    report = read(crm, MIXED)
    assert (report.read, report.added, len(report.refused)) == (381, 380, 1)
    assert not made[0].whole


def test_an_import_that_was_interrupted_goes_on_behind_the_rows_that_are_in(
    crm: Crm, made: list[Ahead], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "CHUNK_ROWS", 40)
    real, chunks = engine.Run._chunk, [0]

    def chunk(self: engine.Run, waiting: Any) -> None:
        chunks[0] += 1
        if chunks[0] == 4:
            raise OSError("killed")
        real(self, waiting)

    with monkeypatch.context() as patch:
        patch.setattr(engine.Run, "_chunk", chunk)
        with pytest.raises(OSError, match="killed"):
            read(crm, MIXED)
    assert over(made[0])
    assert value(crm, "SELECT rows_done FROM import_batch") == 120
    report = read(crm, MIXED)
    assert (report.begun_at, report.read, report.added) == (120, 261, 260)
    assert contacts.count(crm) == 380
    sound(crm)


def test_an_import_that_is_stopped_ends_it(crm: Crm, made: list[Ahead]) -> None:
    def stop(_progress: Progress) -> None:
        raise StopImport

    assert read(crm, people(5_000), progress=stop).stopped
    assert over(made[0])
    assert not made[0]._carrier.is_alive()


def test_a_short_file_is_read_here(crm: Crm, made: list[Ahead], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "LEAST_BYTES", 500_000)
    assert read(crm, people(20)).added == 20
    assert made == []


def test_one_processor_reads_here(crm: Crm, made: list[Ahead], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "_processors", lambda: 1)
    assert read(crm, people(20)).added == 20
    assert made == []


def test_a_file_that_is_not_what_it_should_be_is_refused_before_anything_is_started(
    crm: Crm, made: list[Ahead]
) -> None:
    with pytest.raises(Invalid):
        read(crm, b"colour,size\nred,large\n", format="csv")
    assert made == []


def test_counts_of_parts_add_up() -> None:
    one, more = Counts(), Counts()
    one.read, one.kept = 2, {"City": 1}
    more.read, more.photos, more.kept = 3, 1, {"City": 2, "Zip": 1}
    more.leave_out(RowReason(7, "contact_empty", {}), refused=True)
    one.add(pickle.loads(pickle.dumps(more)))
    assert (one.read, one.photos, one.kept) == (5, 1, {"City": 3, "Zip": 1})
    assert [reason.line for reason in one.refused] == [7]
