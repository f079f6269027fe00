"""An import that takes its time: the bar, stopping it, working on meanwhile, and the question after a kill."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import BinaryIO

import pytest
from tests.patience import a_while
from tests.tui import desk as desks
from tests.tui.breaths import Breath
from tests.tui.desk import Desk, desk

from tuicrm.domain.models import NewContact
from tuicrm.services import contacts, importing
from tuicrm.services.context import Crm
from tuicrm.services.importing import Progress, engine
from tuicrm.tui.dialogs.confirm import Confirm
from tuicrm.tui.dialogs.leftover import Leftover
from tuicrm.tui.importing.view import ImportView

ROWS = 900


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks so short that there are several."""
    monkeypatch.setattr(engine, "CHUNK_ROWS", 100)


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A file of some hundred people."""
    file = tmp_path / "many.csv"
    file.write_text("name,phone\n" + "".join(f"Caller {n},0912{n:07}\n" for n in range(ROWS)))
    return file


@pytest.fixture
def breath(monkeypatch: pytest.MonkeyPatch) -> Breath:
    """So long between two chunks that a person can do something meanwhile."""
    held = Breath(monkeypatch)
    held.hold()
    return held


def stopping(one: Desk) -> bool:
    """Whether the import has been told to stop."""
    return one.app.importing is None or one.app.importing.stopping


async def begin(one: Desk, file: Path) -> None:
    """The import is begun, and not over yet."""
    await one.press("ctrl+p")
    await one.type("import")
    await one.press("enter")
    await one.type(str(file))
    await one.press("enter")
    await one.pilot.press("ctrl+s")
    await until(one, lambda: one.app.importing is not None and one.app.importing.progress is not None)


async def until(one: Desk, so: Callable[[], bool]) -> None:
    """Waits for something that comes in a moment."""
    for _ in a_while():
        if so():
            return
        await asyncio.sleep(0.02)
        await one.pilot.pause()
    raise AssertionError("it never came")


async def test_esc_stops_after_the_chunk_and_offers_to_take_it_back(
    tmp_path: Path, many: Path, breath: Breath
) -> None:
    async with desk(tmp_path) as one:
        await begin(one, many)
        breath.over = partial(stopping, one)
        await until(one, lambda: "█" in one.screen or "░" in one.screen)
        assert "Esc stop" in one.footer
        await one.pilot.press("escape")
        await one.rest()
        assert isinstance(one.app.screen, Confirm)
        read = contacts.count(one.crm) - 4
        assert 0 < read < ROWS
        assert f"({read})" in one.screen
        await one.press("y")
        assert contacts.count(one.crm) == 4
        assert "Taken back" in one.message


async def test_what_was_read_stays_when_one_says_no(tmp_path: Path, many: Path, breath: Breath) -> None:
    async with desk(tmp_path) as one:
        await begin(one, many)
        breath.over = partial(stopping, one)
        await one.pilot.press("escape")
        await one.rest()
        read = contacts.count(one.crm) - 4
        await one.press("n")
        assert contacts.count(one.crm) == 4 + read > 4


async def test_the_app_is_used_while_an_import_goes_on(tmp_path: Path, many: Path, breath: Breath) -> None:
    async with desk(tmp_path, size=(100, 30)) as one:
        await begin(one, many)
        await one.pilot.press("q")
        await until(one, lambda: "Importing many.csv" in one.screen)
        assert not one.app.query(ImportView)
        await one.app.bridge.write(contacts.add, NewContact("Vera Lind"))
        assert one.app.importing is not None, "others save in between"
        breath.let_go()
        await one.rest()
        assert contacts.count(one.crm) == 4 + 1 + ROWS
        assert one.message.startswith(f"{ROWS} contacts imported.")
        assert "Importing many.csv" not in one.screen


# --- after a kill -------------------------------------------------------------------------------------------


class Killed(Exception):
    """The process is gone in the middle."""


def killed(crm: Crm, file: Path | BinaryIO) -> None:
    """A desk on which an import was killed after its first chunk."""
    desks.fill(crm)

    def die(progress: Progress) -> None:
        raise Killed(progress)

    with pytest.raises(Killed):
        importing.import_file(crm, file, progress=die)


async def test_an_import_that_was_killed_is_asked_about_and_goes_on(tmp_path: Path, many: Path) -> None:
    async with desk(tmp_path, fill=partial(killed, file=many)) as one:
        assert isinstance(one.app.screen, Leftover)
        assert "The import of many.csv stopped after" in one.screen
        await one.pilot.resize_terminal(40, 12)
        await one.rest()
        assert "Go on, take it back, or later?" in " ".join(one.screen.split())
        assert 4 < contacts.count(one.crm) < 4 + ROWS
        await one.press("g")
        assert contacts.count(one.crm) == 4 + ROWS
        assert importing.unfinished(one.crm) == ()


async def test_an_import_that_was_killed_is_taken_back(tmp_path: Path, many: Path) -> None:
    async with desk(tmp_path, fill=partial(killed, file=many)) as one:
        await one.press("t")
        assert contacts.count(one.crm) == 4
        assert importing.unfinished(one.crm) == ()


async def test_one_of_standard_input_is_taken_back_or_kept_but_cannot_go_on_here(
    tmp_path: Path, many: Path
) -> None:
    async with desk(tmp_path, fill=partial(killed, file=io.BytesIO(many.read_bytes()))) as one:
        assert "tuicrm import - with the same input goes on." in " ".join(one.screen.split())
        assert "g go on" not in one.screen
        await one.press("g")
        assert isinstance(one.app.screen, Leftover)
        await one.press("t")
        assert contacts.count(one.crm) == 4
        assert importing.unfinished(one.crm) == ()


async def test_later_asks_again_at_the_next_start_and_keeping_it_does_not(tmp_path: Path, many: Path) -> None:
    async with desk(tmp_path, fill=partial(killed, file=many)) as one:
        await one.press("escape")
        assert not isinstance(one.app.screen, Leftover)
        assert len(importing.unfinished(one.crm)) == 1
    async with desk(tmp_path, fill=None) as one:
        assert isinstance(one.app.screen, Leftover)
        await one.press("k")
        assert importing.unfinished(one.crm) == ()
        assert contacts.count(one.crm) > 4
    async with desk(tmp_path, fill=None) as one:
        assert not isinstance(one.app.screen, Leftover)


async def test_quitting_in_the_middle_leaves_it_for_the_next_start(
    tmp_path: Path, many: Path, breath: Breath
) -> None:
    async with desk(tmp_path) as one:
        await begin(one, many)
        breath.over = lambda: one.app.bridge.closing
        await one.pilot.press("ctrl+q")
    breath.let_go()
    async with desk(tmp_path, fill=None) as one:
        assert isinstance(one.app.screen, Leftover)
        await one.press("g")
        assert contacts.count(one.crm) == 4 + ROWS
