"""While a chunk holds the write lock, of whatever is imported, the time is looked at after every few rows, and Python
does nothing that can wait."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, Final

import pytest

from tests.services.people_files import people, read
from tuicrm.domain.models import NewContact
from tuicrm.services import contacts, history
from tuicrm.services.context import Crm
from tuicrm.services.importing import engine, pace, turning
from tuicrm.services.importing.calls import CallTaker
from tuicrm.services.importing.followups import FollowUpTaker
from tuicrm.services.importing.pace import Pace
from tuicrm.services.importing.people import PeopleTaker
from tuicrm.storage.turning import Turn

ROWS: Final = 400
CALLS: Final = "started_at,direction,number,outcome\n" + "".join(
    f"2026-01-{n % 28 + 1:02d}T{n // 60:02d}:{n % 60:02d}:00,in,0912{n:07d},connected\n" for n in range(ROWS)
)
# vCard and JSON bring in people as CSV does
FILES: Final = {
    "csv": people(ROWS),
    "calls": CALLS.encode(),
    "ics": (
        "BEGIN:VCALENDAR\nVERSION:2.0\n"
        + "".join(f"BEGIN:VTODO\nUID:{n}\nSUMMARY:Ring {n}\nDUE:20260901\nEND:VTODO\n" for n in range(ROWS))
        + "END:VCALENDAR\n"
    ).encode(),
}
SLICE_S: Final = 0.015


class _Clock:
    """Seconds that pass with every slice of rows, and at no other time."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.now = 0.0
        for module in (engine, turning):
            patch.setattr(module, "Pace", partial(Pace, self))
        for taker in (PeopleTaker, CallTaker, FollowUpTaker):
            patch.setattr(taker, "take", self._slow(taker.take))
        patch.setattr(Turn, "part", self._slow(Turn.part))

    def __call__(self) -> float:
        return self.now

    def _slow(self, real: Callable[..., int]) -> Callable[..., int]:
        def slow(*args: Any) -> int:
            self.now += SLICE_S
            return real(*args)

        return slow


@contextmanager
def held(crm: Crm, clock: _Clock) -> Iterator[list[float]]:
    """Seconds that each transaction holds the lock."""
    real, found = crm.database.transaction, []

    @contextmanager
    def transaction(*args: Any, **options: Any) -> Iterator[Any]:
        began = clock.now
        with real(*args, **options) as tx:
            yield tx
        found.append(clock.now - began)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(crm.database, "transaction", transaction)
        yield found


@pytest.mark.parametrize("form", FILES)
def test_the_lock_is_given_back_in_time_by_what_brings_in_reads_again_and_takes_back(
    crm: Crm, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    whose = contacts.add(crm, NewContact(name="Kate")).id if form == "ics" else None
    clock = _Clock(monkeypatch)

    def bring_in() -> object:
        return read(crm, FILES[form], format=form, contact=whose)

    for step in (bring_in, bring_in, partial(history.undo, crm)):
        with held(crm, clock) as seconds:
            step()
        chunks = [each for each in seconds if each]
        # several slices each, never as many rows as one chunk may have
        assert max(chunks) == pytest.approx(3 * SLICE_S)
        assert max(chunks) < pace.LOCK_S


def test_python_looks_for_circles_among_its_objects_when_nobody_waits_for_the_lock(crm: Crm) -> None:
    found: list[tuple[str, bool]] = []
    raw = crm.database._writer
    raw.set_trace_callback(lambda sql: found.append((sql.split()[0], gc.isenabled())))
    try:
        read(crm, FILES["csv"])
        history.undo(crm)
    finally:
        raw.set_trace_callback(None)
    chunks = [part for part in _transactions(found) if len(part) > 20]
    assert len(chunks) >= 4
    assert {enabled for part in chunks for enabled in part} == {False}
    assert gc.isenabled()


def _transactions(statements: list[tuple[str, bool]]) -> Iterator[list[bool]]:
    part: list[bool] = []
    for word, enabled in statements:
        part = [enabled] if word == "BEGIN" else [*part, enabled]
        if word in ("COMMIT", "ROLLBACK"):
            yield part
