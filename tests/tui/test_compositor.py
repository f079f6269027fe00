"""Every widget learns its size, also one whose size was asked for before it was laid out."""

from __future__ import annotations

from pathlib import Path

from tests.tui.desk import desk

from tuicrm.tui import rows
from tuicrm.tui.rows import Column
from tuicrm.tui.widgets.record_list import RecordList


async def test_a_list_asked_for_its_size_too_early_still_knows_its_lines(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        column = Column("name", lambda row: rows.data(row), 10)
        late: RecordList[str] = RecordList((column,), str)
        place = one.app.place
        assert place is not None
        place.mount(late)
        # Textual does the first by itself when the widget wants to be painted, the second comes from anywhere
        one.app.screen._compositor.update_widgets({late})
        assert late.size.width >= 0, "asked for"
        await one.rest()
        assert late.window.height == late.size.height > 1
