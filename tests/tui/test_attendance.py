"""Whoever has the screens open is there: from the first rows to the end, and with a note that costs nobody anything."""

from __future__ import annotations

from pathlib import Path

from tests.tui.apps import opener, settings_in
from tests.tui.desk import desk

from tuicrm.domain.clock import SystemClock
from tuicrm.services.context import Crm


def stretches(crm: Crm) -> list[tuple[str, bool]]:
    """Whose, and whether it has ended."""
    with crm.database.reader() as conn:
        return [
            (row["agent"], row["ended_at"] is not None)
            for row in conn.all("SELECT agent, ended_at FROM session ORDER BY id")
        ]


async def test_a_stretch_begins_with_the_screens_and_ends_with_them(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        assert stretches(one.crm) == [("sara", False)]
        await one.press("ctrl+q")
    after = opener(settings_in(tmp_path), SystemClock())()
    assert stretches(after) == [("sara", True)]
    after.close()
