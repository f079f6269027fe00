"""Contacts from CSV, vCard and JSON and a list of calls, in, in again, undone, in again: counts, time, memory, and how
long the lock is held."""

from __future__ import annotations

import csv
import json
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, quantile
from benchmarks.places import opened
from tuicrm.services import contacts, history, importing
from tuicrm.services.context import Crm

FEW, MANY = 10_000, 100_000
RATE = 5_000
CHUNK_MS = 100
STEEPER = 1.5
"""What a contact may take among many, by what it takes among few."""


def figures(folder: Path, *, long: bool = False) -> Iterator[Figure]:
    """All figures of imports. ``long``: ten times as many contacts."""
    few, many = (FEW * 10, MANY * 10) if long else (FEW, MANY)
    for form, write in (("CSV", _csv), ("vCard", _vcard), ("JSON", _json), ("calls", _calls)):
        yield from _form(folder, form, write, few, many)


def _form(
    folder: Path, form: str, write: Callable[[Path, int], None], few: int, many: int
) -> Iterator[Figure]:
    small, file = folder / f"few.{form}", folder / f"many.{form}"
    write(small, few)
    write(file, many)
    calls = form == "calls"

    def bring_in(crm: Crm, source: Path) -> Callable[[], object]:
        return lambda: importing.import_file(crm, source, format="calls" if calls else None)

    crm = opened(folder / f"few-{form}.db")
    first = _Step(crm, bring_in(crm, small), calls=calls)
    crm.close()
    crm = opened(folder / f"many-{form}.db")
    steps = {
        "in": _Step(crm, bring_in(crm, file), calls=calls),
        "in again": _Step(crm, bring_in(crm, file), calls=calls),
        "undone": _Step(crm, lambda: history.undo(crm), calls=calls),
        "in after the undo": _Step(crm, bring_in(crm, file), calls=calls),
    }
    crm.close()
    name = f"{many:,} calls" if calls else f"{many:,} contacts, {form}"
    for what, expected in (("in", many), ("in again", many), ("undone", 0), ("in after the undo", many)):
        yield from steps[what].figures(f"{name}, {what}", many, expected)
    yield Figure(
        f"{name}: time of each, by that among {few:,}", steps["in"].seconds / many * 1000, "ms",
        first.seconds / few * 1000, STEEPER, relative=True, note="linear is 1",
    )  # fmt: skip


class _Step:
    """Something that was done to a company, and what it took. ``seconds``: of the processors, with what other
    processes did for it. ``peak_mb``: memory beyond what was taken before, None where the system does not tell.
    ``living``: contacts (``calls``: calls) there afterwards."""

    def __init__(self, crm: Crm, run: Callable[[], object], *, calls: bool = False) -> None:
        self.locked_ms: list[float] = []
        before = _memory_mb("VmRSS")
        with _timed(crm, self.locked_ms):
            wall, started = time.perf_counter(), _processor_s()
            run()
            self.seconds = _processor_s() - started
            self.wall = time.perf_counter() - wall
        after = _memory_mb("VmHWM")
        self.peak_mb = None if before is None or after is None else after - before
        if calls:
            with crm.database.reader() as conn:
                self.living = int(conn.value("SELECT count(*) FROM v_calls"))
        else:
            self.living = contacts.count(crm, limit=10**9)

    def figures(self, name: str, count: int, expected: int) -> Iterator[Figure]:
        """What is missing, how fast it was, how long others wait, how much memory."""
        yield Figure(f"{name}: records that are not as expected", abs(self.living - expected), "", None, 0)
        note = f"by the clock; {self.wall:.1f} s, of the processors {self.seconds:.1f} s, {count / self.seconds:,.0f}/s"
        yield Figure(f"{name}: rate", count / self.wall, "/s", None, RATE, at_least=True, note=note)
        note = f"{len(self.locked_ms)} times, the longest {max(self.locked_ms):.0f} ms"
        yield Figure(
            f"{name}: lock held, p99", quantile(self.locked_ms, 0.99), "ms", None, CHUNK_MS, note=note
        )
        if self.peak_mb is not None:
            yield Figure(f"{name}: memory", self.peak_mb, "MB")


@contextmanager
def _timed(crm: Crm, took: list[float]) -> Iterator[None]:
    """Notes the milliseconds that each transaction holds the lock, with its commit; and each writing back between."""
    real, real_back = crm.database.transaction, crm.database.write_back

    @contextmanager
    def transaction(*args: Any, **options: Any) -> Iterator[Any]:
        started = 0.0
        with real(*args, **options) as tx:
            started = time.perf_counter()
            yield tx
        took.append((time.perf_counter() - started) * 1000)

    def write_back() -> float:
        seconds = real_back()
        took.append(seconds * 1000)
        return seconds

    setattr(crm.database, "transaction", transaction)  # noqa: B010
    setattr(crm.database, "write_back", write_back)  # noqa: B010
    try:
        yield
    finally:
        setattr(crm.database, "transaction", real)  # noqa: B010
        setattr(crm.database, "write_back", real_back)  # noqa: B010


def _processor_s() -> float:
    """Seconds of the processor that this process and those it has started took so far."""
    return sum(os.times()[:4])


def _memory_mb(what: str) -> float | None:
    """This process's memory: ``VmRSS``, as it is; ``VmHWM``, at its most since ``VmRSS`` was asked for."""
    try:
        if what == "VmRSS":
            Path("/proc/self/clear_refs").write_text("5")
        found = re.search(rf"{what}:\s*(\d+) kB", Path("/proc/self/status").read_text())
    except OSError:
        return None
    return int(found[1]) / 1024 if found else None


# --- the files ----------------------------------------------------------------------------------------------


def _person(number: int) -> tuple[str, str, str, str]:
    """Name, company, number, address; every second one Persian."""
    name = f"Kate{number % 97} Allen{number}" if number % 2 else f"رضا{number % 89} کریمی{number}"
    return name, f"Firm {number % 1_009}", f"0912{number:07d}", f"p{number}@example.com"


def _csv(file: Path, count: int) -> None:
    with file.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(["name", "company", "phone", "email", "tags", "City"])
        writer.writerows([*_person(number), "vip", "York"] for number in range(count))


def _vcard(file: Path, count: int) -> None:
    with file.open("w", newline="", encoding="utf-8") as stream:
        for number in range(count):
            name, company, phone, email = _person(number)
            first, last = name.split()
            stream.write(
                f"BEGIN:VCARD\r\nVERSION:3.0\r\nN:{last};{first};;;\r\nFN:{name}\r\nORG:{company}\r\n"
                f"TEL;TYPE=CELL:{phone}\r\nEMAIL:{email}\r\nCATEGORIES:vip\r\nEND:VCARD\r\n"
            )


def _json(file: Path, count: int) -> None:
    """As ``contact list --json`` and an export write it."""
    with file.open("w", encoding="utf-8") as stream:
        for number in range(count):
            name, company, phone, email = _person(number)
            row = {
                **{"name": name, "company": company, "note": "", "tags": ["vip"], "fields": {"City": "York"}},
                "phones": [{"raw": phone, "e164": None, "ext": "", "label": ""}],
                "emails": [{"address": email, "label": ""}],
            }
            stream.write(f"{',' if number else '['}\n{json.dumps(row, ensure_ascii=False)}")
        stream.write("\n]\n")


def _calls(file: Path, count: int) -> None:
    """A call every half a minute, of numbers that nobody has."""
    began = datetime(2024, 1, 1, tzinfo=UTC)
    with file.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(["started_at", "number", "direction", "outcome", "note", "duration_s"])
        for number in range(count):
            at = (began + timedelta(seconds=31 * number)).isoformat()
            way = "in" if number % 3 else "out"
            phone = f"0912{number % 50_000:07d}"
            writer.writerow([at, phone, way, "connected", f"said {number}", number % 600])
