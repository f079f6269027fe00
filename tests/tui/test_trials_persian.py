"""What a Persian agent stumbled over who used the program for the first time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.tui.desk import LEILA, desk

from tuicrm import i18n
from tuicrm.services import agents, contacts


@pytest.fixture
def persian() -> Iterator[None]:
    i18n.use("fa")
    yield
    i18n.use("en")


async def test_whoever_works_here_is_shown_and_found_by_name(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        agents.add(one.crm, "reza", name="رضا کیانی")
        await one.press("2", "o")
        await one.type("کیان")
        assert "@reza" in one.screen
        assert "nobody" not in one.screen
        await one.press("enter")
        assert contacts.get(one.crm, LEILA).owner == "reza"
