"""The calendar file while the program runs: after each change, in one go, and at the end."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.patience import a_while
from tests.tui.desk import Desk, desk

from tuicrm.tui import calendar_keeper


def names(file: Path) -> list[str]:
    """Who is in the calendar, unfolded."""
    text = file.read_bytes().decode().replace("\r\n ", "")
    return [
        line.partition(":")[2].partition("\\:")[0]
        for line in text.split("\r\n")
        if line.startswith("SUMMARY")
    ]


async def written(one: Desk, file: Path, many: int) -> None:
    """Waits until so many are in it."""
    for _ in a_while():
        if file.exists() and len(names(file)) == many:
            return
        await one.pilot.pause(0.02)
    raise AssertionError(names(file) if file.exists() else "no file")


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar_keeper, "QUIET_S", 0.1)


@pytest.mark.usefixtures("soon")
async def test_it_is_written_at_the_start_and_after_a_change(tmp_path: Path) -> None:
    file = tmp_path / "calls.ics"
    async with desk(tmp_path, calendar_file=str(file)) as one:
        await written(one, file, 3)
        await one.press("c")
        await one.type("done with it /-")
        await one.press("enter")
        await written(one, file, 2)
        await one.press("u")
        await written(one, file, 3)


async def test_what_waits_is_written_when_one_quits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar_keeper, "QUIET_S", 600.0)
    file = tmp_path / "calls.ics"
    async with desk(tmp_path, calendar_file=str(file)):
        assert not file.exists(), "its time has not come"
    assert len(names(file)) == 3


@pytest.mark.usefixtures("soon")
async def test_a_failure_is_said_once_and_costs_no_save(tmp_path: Path) -> None:
    file = tmp_path / "no" / "calls.ics"
    async with desk(tmp_path, calendar_file=str(file)) as one:
        for _ in a_while():
            if "cannot be written" in one.message:
                break
            await one.pilot.pause(0.02)
        assert "cannot be written" in one.message
        one.app.shell.message.hush()
        await one.press("n")
        await one.pilot.pause(0.3)
        await one.rest()
        assert "cannot be written" not in one.message
        assert len(one.calls()) == 1


@pytest.mark.usefixtures("soon")
async def test_naming_a_file_in_the_settings_writes_it_at_once(tmp_path: Path) -> None:
    file = tmp_path / "calls.ics"
    async with desk(tmp_path) as one:
        from tuicrm.tui import settings_now

        await settings_now.keep(one.app, "calendar_file", str(file))
        await written(one, file, 3)
