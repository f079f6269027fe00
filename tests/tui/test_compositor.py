"""Every widget learns its size, and only lines in which something changed are rendered."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tui.desk import desk
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tuicrm.tui import rows
from tuicrm.tui.compositor import without
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


async def test_what_did_not_change_between_two_changes_is_not_rendered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk(tmp_path) as one:
        await one.press("2")
        rendered: list[tuple[str, int]] = []
        render_lines = Widget.render_lines

        def counted(self: Widget, crop: Region) -> list[Strip]:
            rendered.append((type(self).__name__, crop.height))
            return render_lines(self, crop)

        monkeypatch.setattr(Widget, "render_lines", counted)
        screen = one.app.screen
        screen._compositor._dirty_regions = {Region(0, 0, 80, 1), Region(0, 23, 80, 1)}
        update = screen._compositor.render_update()
        assert update is not None
        names = {name for name, _ in rendered}
        assert {"Header", "Footer"} <= names
        assert "RecordList" not in names, "it stands between the two and touches neither"
        assert not names & {"Shell", "Body"}, "nothing is seen of what holds them"


async def test_a_part_of_the_screen_is_the_same_as_in_the_whole(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("2", "j", "slash")
        await one.type("le")
        compositor = one.app.screen._compositor
        whole = [strip.text for strip in compositor.render_strips()]
        spots = {Region(3, 1, 20, 1), Region(0, 4, 80, 2), Region(10, 18, 5, 1), Region(40, 23, 40, 1)}
        compositor._dirty_regions = set(spots)
        parts = compositor.render_partial_update()
        assert parts is not None
        for spot in spots:
            for y in spot.line_range:
                line = "".join(
                    strip.text if strip else "?" * (end - x)
                    for (x, strip), end in zip(parts.chops[y].items(), parts.chop_ends[y], strict=True)
                )
                assert line[spot.x : spot.right] == whole[y][spot.x : spot.right]


@pytest.mark.parametrize(
    "taken",
    [
        Region(3, 2, 2, 1),
        Region(0, 0, 9, 9),
        Region(2, 1, 3, 9),
        Region(4, 0, 9, 2),
        Region(7, 1, 3, 3),
        Region(2, 1, 5, 3),
    ],
)
def test_what_is_left_of_a_region_is_each_cell_of_it_once_that_is_not_taken(taken: Region) -> None:
    region = Region(2, 1, 5, 3)

    def cells(of: Region) -> list[tuple[int, int]]:
        return [(x, y) for x in of.column_range for y in of.line_range]

    left = [cell for part in without(region, taken) for cell in cells(part)]
    assert sorted(left) == sorted(set(cells(region)) - set(cells(taken)))
