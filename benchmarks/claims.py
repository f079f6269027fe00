"""Two hundred sessions on one queue: taking, renewing and giving back; never two holders of one person.

``python -m benchmarks.claims PATH AGENT START SECONDS PAUSE FOLDER`` is one of the sessions: what it took, as JSON.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.figures import Figure, quantile
from benchmarks.places import TUICRM, environment, opened
from benchmarks.terminal import Terminal
from tuicrm.domain.errors import Conflict, CrmError
from tuicrm.domain.models import CallDraft, NewContact, Who
from tuicrm.services import calls, claims, contacts
from tuicrm.services.context import Crm

SESSIONS, PEOPLE, SECONDS = 200, 100, 10.0
ROWS, RENEWALS, RENEWED_S = 8, 10, 10.0
PAUSE = 4.0
"""Seconds between two persons of a session: five times as many as three calls a minute."""


def figures(folder: Path, *, long: bool = False) -> Iterator[Figure]:
    """All figures of claims: one row on a screen, then many sessions on one file."""
    yield from _a_row(folder)
    yield from _many(folder, long=long)


# --- on a screen ----------------------------------------------------------------------------------------------


def _a_row(folder: Path) -> Iterator[Figure]:
    """From another agent's taking somebody to their name in the row; and what others' renewing costs a session."""
    path = folder / "row.db"
    sara, omid = opened(path), opened(path, "omid")
    for number in range(1, ROWS + 1):
        contacts.add(sara, NewContact(f"Customer {number}"))
        calls.save(sara, CallDraft(f"row-{number}", Who(number), "asks for prices /tod"))
    delays = []
    with Terminal(TUICRM, environment(folder, TUICRM_DB=str(path))) as program:
        program.wait_for("Customer 1")
        for number in range(1, ROWS + 1):
            for step in (claims.take, claims.release):
                program.settle(0.5)
                step(omid, number)
                delays.append(program.next_paint(time.perf_counter()))
        program.settle(1.0)
        claims.take(omid, 1)
        program.settle(1.0)
        cpu, until = program.cpu_s(), time.perf_counter() + RENEWED_S
        while time.perf_counter() < until:
            claims.renew(omid)
            program.rest(1 / RENEWALS)
        spent = program.cpu_s() - cpu
    sara.close()
    omid.close()
    yield Figure("whom another takes, in my row, p50", median(delays), "ms", None, 50, note="aim")
    yield Figure(f"whom another takes, in my row, worst of {len(delays)}", max(delays), "ms", None, 300)
    note = f"{RENEWALS} renewals a second: 200 agents with somebody open"
    yield Figure("others' renewals: processor time a second", spent / RENEWED_S * 1000, "ms", note=note)


# --- many sessions --------------------------------------------------------------------------------------------


def _many(folder: Path, *, long: bool) -> Iterator[Figure]:
    """At five times the pace of a working day, and flat out."""
    crm = opened(folder / "claims.db")
    for number in range(PEOPLE):
        contacts.add(crm, NewContact(f"Customer {number}"))
    crm.close()
    seconds = SECONDS * (5 if long else 1)
    for name, pause in (("5 days' pace", PAUSE), ("flat out", 0.0)):
        told = _sessions(folder, seconds, pause)
        took = [value for one in told for value in one["ms"]]
        note = f"{len(took) / seconds:,.0f} a second, {sum(one['refused'] for one in told):,} refused"
        head = f"{SESSIONS} sessions claiming, {name}"
        yield Figure(f"{head}: lock errors", sum(one["errors"] for one in told), "", None, 0, note=note)
        yield Figure(f"{head}: two holders of one", sum(one["twice"] for one in told), "", None, 0)
        yield Figure(f"{head}: one step, p50", median(took), "ms")
        budget = 25 if pause else None
        yield Figure(f"{head}: one step, p99", quantile(took, 0.99), "ms", None, budget)


def _sessions(folder: Path, seconds: float, pause: float) -> list[dict[str, Any]]:
    start = str(time.time() + 2 + SESSIONS * 0.25)
    programs = [
        subprocess.Popen(
            [
                *(sys.executable, "-m", "benchmarks.claims", str(folder / "claims.db"), f"agent{number}"),
                *(start, str(seconds), str(pause), str(folder)),
            ],
            env=environment(folder, PYTHONPATH=str(Path.cwd())), stdout=subprocess.PIPE, text=True,
        )
        for number in range(SESSIONS)
    ]  # fmt: skip
    return [json.loads(program.communicate()[0]) for program in programs]


class Session:
    """One agent: takes somebody, looks whether anybody else has them, renews, gives them back."""

    def __init__(self, crm: Crm, folder: Path) -> None:
        self._crm, self._folder = crm, folder
        self.told: dict[str, Any] = {"ms": [], "refused": 0, "errors": 0, "twice": 0}

    def once(self, contact_id: int, pause: float) -> None:
        """One person of the queue."""
        try:
            self._timed(lambda: claims.take(self._crm, contact_id))
        except Conflict:
            self.told["refused"] += 1
            return
        # made by whoever has the person, whatever the claims say: there can be one
        mark = self._folder / f"held-{contact_id}"
        try:
            os.close(os.open(mark, os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            self.told["twice"] += 1
        time.sleep(pause * random.random())
        self._timed(lambda: claims.renew(self._crm))
        mark.unlink(missing_ok=True)
        self._timed(lambda: claims.release(self._crm, contact_id))

    def _timed(self, step: Callable[[], object]) -> None:
        started = time.perf_counter()
        try:
            step()
        finally:
            self.told["ms"].append((time.perf_counter() - started) * 1000)


def main() -> None:
    """One session of ``figures``."""
    path, agent, start, seconds, pause, folder = sys.argv[1:]
    crm = opened(Path(path), agent)
    session = Session(crm, Path(folder))
    # what a program does but once: open its connections, prepare its statements
    claims.take(crm, random.randint(1, PEOPLE), over=True)
    claims.renew(crm)
    claims.release(crm)
    time.sleep(max(0.0, float(start) - time.time()) + float(pause) * random.random())
    ends = time.perf_counter() + float(seconds)
    while time.perf_counter() < ends:
        try:
            session.once(random.randint(1, PEOPLE), float(pause))
        except CrmError:
            session.told["errors"] += 1
        time.sleep(float(pause) * random.random())
    claims.release(crm)
    crm.close()
    json.dump(session.told, sys.stdout)


if __name__ == "__main__":
    main()
