"""What holds for every test: a home of its own, no skips without a missing program, full counts on request."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from tests.requirements import NEEDS

LONG = os.environ.get("TUICRM_LONG") == "1"


def pytest_configure(config: pytest.Config) -> None:
    """Hides the person's own settings, database and language from the tests and from what they start."""
    home = Path(tempfile.mkdtemp(prefix="tuicrm-test-"))
    config.add_cleanup(lambda: __import__("shutil").rmtree(home, ignore_errors=True))
    for name in [name for name in os.environ if name.startswith("TUICRM_")]:
        if name not in ("TUICRM_REQUIRE", "TUICRM_LONG"):
            del os.environ[name]
    for name in ("PYTHONDONTWRITEBYTECODE", "LC_ALL", "LC_MESSAGES", "LANGUAGE"):
        os.environ.pop(name, None)
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        os.environ[f"XDG_{name}_HOME"] = str(home / name.lower())
    os.environ["LANG"] = "C.UTF-8"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves the tests marked ``long`` to ``TUICRM_LONG=1``."""
    if LONG:
        return
    long = [item for item in items if item.get_closest_marker("long")]
    if long:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]


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
