"""Taking back an import of many: keys act meanwhile, quitting does not wait, and what is left goes on later."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tui.desk import Desk, desk
from tests.tui.test_import_long import until

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
    async with desk(tmp_path) as one:
        fill(one, tmp_path)
        before = contacts.count(one.crm) - ROWS
        monkeypatch.setattr(engine, "BREATH_S", 0.2)
        await one.pilot.press("u")
        await until(one, lambda: one.app.turning is not None and one.app.turning.records > 0)
        await one.pilot.press("2")
        assert one.app.place is not None
        assert one.app.place.scope == "contacts"
        await until(one, lambda: "Taking the import back" in one.screen)
        await one.pilot.press("u")
        await until(one, lambda: "One after the other" in one.screen)
        assert contacts.count(one.crm) > before
        monkeypatch.setattr(engine, "BREATH_S", 0.0)
        await until(one, lambda: one.app.turning is None)
        await one.rest()
        assert "Taken back: import (900 records)" in one.screen
        assert contacts.count(one.crm) == before
        await one.press("U")
        await until(one, lambda: one.app.turning is None and contacts.count(one.crm) == before + ROWS)


async def test_quitting_leaves_the_rest_which_the_next_start_asks_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk(tmp_path) as one:
        fill(one, tmp_path)
        before = contacts.count(one.crm) - ROWS
        monkeypatch.setattr(engine, "BREATH_S", 0.2)
        await one.pilot.press("u")
        await until(one, lambda: one.app.turning is not None and one.app.turning.records > 0)
        await one.pilot.press("ctrl+q")
    monkeypatch.setattr(engine, "BREATH_S", 0.0)
    async with desk(tmp_path, fill=None) as one:
        assert isinstance(one.app.screen, Leftover)
        assert before < contacts.count(one.crm) < before + ROWS
        await one.press("g")
        await until(one, lambda: one.app.turning is None and contacts.count(one.crm) == before)
        assert importing.unfinished(one.crm) == ()
