"""Taking back an import of many: keys act meanwhile, quitting does not wait, and what is left goes on later."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tui.breaths import Breath
from tests.tui.desk import Desk, desk
from tests.tui.test_import import look_at
from tests.tui.test_import_long import until

from tuicrm.domain.models import NewContact
from tuicrm.services import contacts, importing
from tuicrm.services.importing import engine
from tuicrm.tui.dialogs.leftover import Leftover

ROWS = 900


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "CHUNK_ROWS", 100)


def fill(one: Desk, folder: Path) -> None:
    file = folder / "many.csv"
    file.write_text("name,phone\n" + "".join(f"Caller {n},0912{n:07}\n" for n in range(ROWS)))
    assert importing.import_file(one.crm, file).added == ROWS


async def test_keys_act_while_many_are_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    breath = Breath(monkeypatch)
    async with desk(tmp_path) as one:
        fill(one, tmp_path)
        before = contacts.count(one.crm) - ROWS
        breath.hold()
        await one.pilot.press("u")
        await until(one, lambda: one.app.turning is not None and one.app.turning.records > 0)
        await one.pilot.press("2")
        assert one.app.place is not None
        assert one.app.place.scope == "contacts"
        await until(one, lambda: "Taking the import back" in one.screen)
        await one.pilot.press("u")
        await until(one, lambda: "One after the other" in one.screen)
        assert contacts.count(one.crm) > before
        breath.let_go()
        await until(one, lambda: one.app.turning is None)
        await one.rest()
        assert "Taken back: import (900 records)" in one.screen
        assert contacts.count(one.crm) == before
        await one.press("U")
        await until(one, lambda: one.app.turning is None and contacts.count(one.crm) == before + ROWS)


async def test_quitting_leaves_the_rest_which_the_next_start_asks_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    breath = Breath(monkeypatch)
    async with desk(tmp_path) as one:
        fill(one, tmp_path)
        before = contacts.count(one.crm) - ROWS
        breath.over = lambda: one.app.bridge.closing
        await one.pilot.press("u")
        await until(one, lambda: one.app.turning is not None and one.app.turning.records > 0)
        await one.pilot.press("ctrl+q")
    breath.let_go()
    async with desk(tmp_path, fill=None) as one:
        assert isinstance(one.app.screen, Leftover)
        assert before < contacts.count(one.crm) < before + ROWS
        await one.press("g")
        await until(one, lambda: one.app.turning is None and contacts.count(one.crm) == before)
        assert importing.unfinished(one.crm) == ()


async def test_where_nothing_came_in_u_takes_nothing_else_back(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(f"name,phone\n{'x' * 500},09121110001\n{'y' * 500},09121110002\nAnna Bell,09121110000\n")
    async with desk(tmp_path) as one:
        importing.import_file(one.crm, file)
        before = contacts.count(one.crm)
        await look_at(one, file)
        await one.press("ctrl+s")
        await until(one, lambda: "2 lines refused" in one.message)
        assert "undo" not in one.footer
        await one.press("u")
        assert "nothing to take back" in one.message
        assert contacts.count(one.crm) == before


async def test_on_the_report_u_takes_back_that_import_and_nothing_later(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(f"name,phone\n{'x' * 500},09121110001\nAnna Bell,09121110000\n")
    async with desk(tmp_path) as one:
        before = contacts.count(one.crm)
        await look_at(one, file)
        await one.press("ctrl+s")
        await until(one, lambda: "1 line refused" in one.message)
        contacts.add(one.crm, NewContact("Newest"))
        await one.press("u")
        await until(one, lambda: "Taken back: import" in one.screen)
        assert contacts.count(one.crm) == before + 1
        assert one.found("Newest")
        assert one.found("Anna Bell") == []
