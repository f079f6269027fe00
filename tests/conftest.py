"""What holds for every test: a home of its own, no skips without a missing program, full counts on request."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Generator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.requirements import NEEDS
from tuicrm.domain.clock import FrozenClock
from tuicrm.storage.database import Database

LONG = os.environ.get("TUICRM_LONG") == "1"
WEATHER = os.environ.get("TUICRM_WEATHER", "")

# no time limits: how long an example takes is the machine's affair. New examples are looked for at full counts alone,
# so that a run says something of the change that it is about
settings.register_profile(
    "tuicrm", deadline=None, derandomize=not LONG, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("tuicrm")


def pytest_configure(config: pytest.Config) -> None:
    """Hides the person's own settings, database and language from the tests and from what they start."""
    home = Path(tempfile.mkdtemp(prefix="tuicrm-test-"))
    config.add_cleanup(lambda: shutil.rmtree(home, ignore_errors=True))
    for name in [name for name in os.environ if name.startswith("TUICRM_")]:
        if name not in ("TUICRM_REQUIRE", "TUICRM_LONG", "TUICRM_SNAPSHOTS", "TUICRM_WEATHER"):
            del os.environ[name]
    for name in ("PYTHONDONTWRITEBYTECODE", "LC_ALL", "LC_MESSAGES", "LANGUAGE"):
        os.environ.pop(name, None)
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        os.environ[f"XDG_{name}_HOME"] = str(home / name.lower())
    os.environ["LANG"] = "C.UTF-8"
    if WEATHER:
        from tests import weather

        weather.blow(WEATHER)
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # a job in the background of a shell ignores Ctrl+C, and what it starts would too
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves the tests marked ``long`` to ``TUICRM_LONG=1``."""
    if LONG:
        return
    long = [item for item in items if item.get_closest_marker("long")]
    if long:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Ten thousand tests stay until the end: looking meanwhile what of them is garbage takes a fifth of collecting."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.fixture(autouse=True)
def shipped_keys() -> Iterator[None]:
    """Whatever keys a test moved, the next one presses those of the table."""
    yield
    # asked first: checking a keymap takes 4 ms, and hardly a test moves keys
    if (keymap := sys.modules.get("tuicrm.tui.keymap")) and keymap.moved():
        keymap.use({})


@pytest.fixture(autouse=True)
def shipped_language() -> Iterator[None]:
    """Whatever language a test spoke, the next one speaks English."""
    yield
    if i18n := sys.modules.get("tuicrm.i18n"):
        i18n.use("en")
        i18n.show_in()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A skip is a failure, unless it names the program that is missing."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        _forbid_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for modules that skip themselves while they are read."""
    report = yield
    if report.outcome == "skipped":
        _forbid_skip(report)
    return report


def _forbid_skip(report: Any) -> None:
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    if not reason.removeprefix("Skipped: ").startswith(NEEDS):
        report.outcome = "failed"
        report.longrepr = f"skipped without a missing program: {reason}"


# --- a database of one's own ----------------------------------------------------------------------------------


@pytest.fixture
def frozen_clock() -> FrozenClock:
    """Sunday 2026-11-22, 09:30 in Tehran (06:00 UTC); stands still until the test advances it."""
    return FrozenClock(datetime(2026, 11, 22, 6, 0, tzinfo=UTC))


@pytest.fixture(scope="session")
def template_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database at the newest schema, closed; to be copied, never opened."""
    path = tmp_path_factory.mktemp("template") / "crm.db"
    Database.open(path).close()
    return path


@pytest.fixture
def db_path(tmp_path: Path, template_database: Path) -> Path:
    """The file of a new database of the test's own, not opened yet."""
    path = tmp_path / "crm.db"
    shutil.copy(template_database, path)
    path.chmod(0o600)
    return path


@pytest.fixture
def database(db_path: Path, frozen_clock: FrozenClock) -> Iterator[Database]:
    """A new, open database whose clock is ``frozen_clock``."""
    with Database.open(db_path, clock=frozen_clock) as opened:
        yield opened
