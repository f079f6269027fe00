"""A company to try the services on: a fresh database, a clock that stands still, one agent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from tests.prepared import put_company
from tuicrm.domain.clock import FrozenClock
from tuicrm.services.context import Crm, open_crm
from tuicrm.settings import Settings

NOW = "2026-11-22T09:30:00+03:30"

OpenCrm = Callable[..., Crm]


@pytest.fixture
def clock() -> FrozenClock:
    """Sunday 22 November 2026, 09:30 in Tehran."""
    return FrozenClock(datetime.fromisoformat(NOW))


@pytest.fixture
def open_as(tmp_path: Path, clock: FrozenClock) -> Iterator[OpenCrm]:
    """Opens the one database of the test as any agent; all are closed at the end."""
    opened: list[Crm] = []

    def open_one(agent: str = "sara", via: str = "cli") -> Crm:
        settings = Settings(database=str(tmp_path / "crm.db"), agent=agent, zone="Asia/Tehran")
        put_company(settings, via=via, clock=clock)
        crm = open_crm(settings, via=via, clock=clock)
        opened.append(crm)
        return crm

    yield open_one
    for crm in opened:
        crm.close()


@pytest.fixture
def crm(open_as: OpenCrm) -> Crm:
    """The company, opened by sara."""
    return open_as()
