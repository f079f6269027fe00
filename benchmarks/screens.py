"""The screens in a terminal: first paint, bytes, latency, idle cost and memory, beside a bare Textual app."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from statistics import median

from benchmarks.figures import Figure, quantile
from benchmarks.people import contacts
from benchmarks.places import AGENT, TUICRM, environment, opened
from benchmarks.terminal import Terminal
from tuicrm.domain.models import CallDraft, NewContact, Who
from tuicrm.services import calls, demo, today
from tuicrm.services import contacts as services
from tuicrm.tui.screens import reads

ROUNDS = 9
BARE = [sys.executable, "-m", "benchmarks.bare_app"]
IDLE_S = 10.0
SIZES = ((80, 24), (120, 40))
PLACES = ("Today", "Contacts", "Calls", "Follow-ups")
"""In the order of their keys."""
WORDS = ("kari", "webb", "احمد", "نوری", "0912")
"""Typed letter by letter into the search."""


def figures(folder: Path, *, long: bool = False) -> Iterator[Figure]:
    """All figures of the screens."""
    # the first name may be a Persian one: it is waited for as it is written
    environ = environment(folder, PYTHONPATH=str(Path.cwd()), TUICRM_BIDI="plain")
    crm = opened(Path(environ["TUICRM_DB"]))
    demo.fill(crm)
    # as many as the screen asks for: of fewer another is the first at night, when those who sleep stand last
    first = today.queue(crm, limit=reads.QUEUE)[0].contact.name
    crm.close()
    yield from _start(environ, first, ROUNDS * (2 if long else 1))
    for size in SIZES:
        yield from _bytes(environ, size)
    yield from _bytes({**environ, "TUICRM_LINK": "slow"}, SIZES[0], ", slow link", share=0.5)
    # most terminals leave the order of letters to the program, which sends them joined: three bytes each
    for language in ("en", "fa"):
        yield from _rows_down({**environ, "TUICRM_LANG": language, "TUICRM_BIDI": "visual"}, language)
    yield from _quiet(environ)
    yield from _others(environ)
    yield from _filter(folder, long=long)


# --- start --------------------------------------------------------------------------------------------------


def _start(environ: Mapping[str, str], first: str, rounds: int) -> Iterator[Figure]:
    """Seconds to the first picture and to the first record, in turns with the bare app; memory after it."""
    floors, paints, data, memory, bare_memory = [], [], [], [], []
    for _ in range(rounds):
        with Terminal(BARE, environ) as bare:
            floors.append(bare.wait_for("bare-app") * 1000)
            bare.settle()
            bare_memory.append(bare.unique_mb())
        with Terminal(TUICRM, environ) as program:
            paints.append(program.wait_for("Today") * 1000)
            data.append(program.wait_for(first) * 1000)
            program.settle()
            memory.append(program.unique_mb())
    floor, note = median(floors), "a bare Textual app"
    yield Figure("first paint", median(paints), "ms", floor, 1.4, relative=True, note=note)
    yield Figure("first real data", median(data), "ms", floor, 1.7, relative=True, note=note)
    yield Figure("memory of one session, unique", median(memory), "MB", median(bare_memory), 35, note=note)


# --- bytes --------------------------------------------------------------------------------------------------


def _bytes(
    environ: Mapping[str, str], size: tuple[int, int], more: str = "", share: float = 1.0
) -> Iterator[Figure]:
    """What single keys cost on the line, in Contacts; the card beside or under the list repaints too.

    ``share``: of the budget; on a slow link the card waits until the cursor rests.
    """
    where = f"{size[0]}x{size[1]}{more}"
    with Terminal(TUICRM, environ, size) as program:
        program.wait_for("Today")
        program.settle()
        program.press(b"2")
        program.settle()
        program.press(b"j")
        moves = [program.press(b"j")[1] for _ in range(8)]
        pages = [program.press(b"\x1b[6~")[1] for _ in range(3)]
        bar = program.press(b"l", quiet_s=0.3)[1]
        program.press(b"\x1b", quiet_s=0.3)
        program.press(b"/", quiet_s=0.3)
        letters = [program.press(letter.encode())[1] for letter in "karim"]
    yield Figure(
        f"bytes: cursor move, {where}", median(moves), "B", None, 600 * share, note="the card changes as well"
    )
    yield Figure(f"bytes: filter key, {where}", median(letters), "B", None, 8_000 * share)
    yield Figure(f"bytes: page, {where}", median(pages), "B", None, 9_000 * share)
    yield Figure(f"bytes: bar opened, {where}", bar, "B", None, 14_000 * share)


def _rows_down(environ: Mapping[str, str], language: str) -> Iterator[Figure]:
    """What a row down costs in each place with a list, whose last calls are the most of it."""
    with Terminal(TUICRM, environ, SIZES[0]) as program:
        program.wait_for("──")
        program.settle(1.0)
        for key, place in enumerate(PLACES, 1):
            program.press(str(key).encode(), quiet_s=0.5)
            program.press(b"j", quiet_s=0.3)
            moves = [program.press(b"j", quiet_s=0.3)[1] for _ in range(8)]
            yield Figure(f"bytes: cursor move, {place}, {language}", median(moves), "B", None, 600)


# --- doing nothing ------------------------------------------------------------------------------------------


def _quiet(environ: Mapping[str, str]) -> Iterator[Figure]:
    """Processor time and bytes of a session that nobody touches, between two whole minutes."""
    with Terminal(TUICRM, environ) as program:
        program.wait_for("Today")
        program.settle(1.0)
        left = 60 - datetime.now().astimezone().second
        if left < IDLE_S + 2:
            program.rest(left + 1.5)
        cpu, received = program.cpu_s(), program.received
        program.rest(IDLE_S)
        spent, sent = program.cpu_s() - cpu, program.received - received
    budget = 2 if sys.platform == "linux" else 4
    yield Figure("idle: processor time a second", spent / IDLE_S * 1000, "ms", None, budget)
    yield Figure("idle: bytes between whole minutes", sent, "B", None, 0)


# --- somebody else ------------------------------------------------------------------------------------------


def _others(environ: Mapping[str, str]) -> Iterator[Figure]:
    """From another agent's commit to the first byte of it here: a promise for today is handed to this agent."""
    path = Path(environ["TUICRM_DB"])
    delays = []
    with Terminal(TUICRM, environ) as program:
        program.wait_for("Today")
        program.settle(0.5)
        crm = opened(path, agent="omid")
        # people of its own: a call with somebody who is due already would only put one promise for another
        people = [services.add(crm, NewContact(name=f"Caller {number}")).id for number in range(12)]
        for person in people:
            program.settle(0.5)
            draft = CallDraft(f"bench-{time.time_ns()}", Who(person), f"asks for you @{AGENT}/tod")
            calls.save(crm, draft)
            delays.append(program.next_paint(time.perf_counter()))
        crm.close()
    yield Figure("another agent's change on my screen, p50", median(delays), "ms", None, 50, note="aim")
    yield Figure("another agent's change on my screen, worst of 12", max(delays), "ms", None, 300)


# --- filtering ----------------------------------------------------------------------------------------------


def _filter(folder: Path, *, long: bool) -> Iterator[Figure]:
    """A letter in the search of contacts: from writing the key to the last byte painted."""
    sizes = (10_000, 1_000_000) if long else (10_000, 100_000)
    middle = []
    for count in sizes:
        path = contacts(folder, count)
        environ = environment(folder, TUICRM_DB=str(path), TUICRM_AGENT=AGENT, PYTHONPATH=str(Path.cwd()))
        took = _letters(environ)
        middle.append(median(took))
        floor = middle[0] if len(middle) > 1 else None
        note = f"floor: {sizes[0]:,} contacts" if floor else "a frame is 8.3 ms"
        name = f"filter key, {count:,} contacts"
        yield Figure(f"{name}, p50", middle[-1], "ms", floor, 20, note=note)
        yield Figure(f"{name}, p99", quantile(took, 0.99), "ms", None, 50)


def _letters(environ: Mapping[str, str]) -> list[float]:
    took: list[float] = []
    with Terminal(TUICRM, environ) as program:
        program.wait_for("Today")
        program.settle()
        program.press(b"2")
        program.settle()
        program.press(b"/")
        program.settle()
        for round_ in range(5):
            for word in WORDS:
                times = [program.press(letter.encode(), quiet_s=0.08)[0] for letter in word]
                times += [program.press(b"\x7f", quiet_s=0.08)[0] for _ in word]
                if round_:
                    took += [each for each in times if each > 0]
    return took
