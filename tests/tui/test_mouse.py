"""The mouse where one expects it: places, keys, rows, lines one types in, the wheel."""

from __future__ import annotations

from pathlib import Path

from tests.tui.desk import PARS, Desk, desk
from tests.tui.tour import fill
from textual import events
from textual.geometry import Offset

from tuicrm.tui.dialogs.theme_picker import ThemePicker
from tuicrm.tui.screens.open_card import OpenCard
from tuicrm.tui.widgets.card import CardPane
from tuicrm.tui.widgets.record_list import RecordList
from tuicrm.tui.widgets.search_line import SearchLine


def at(one: Desk, said: str) -> Offset:
    """The first cell of what stands on the screen."""
    y = next(y for y, line in enumerate(one.lines) if said in line)
    return Offset(one.lines[y].index(said), y)


async def click(one: Desk, said: str, *, times: int = 1) -> None:
    await one.pilot.click(offset=at(one, said), times=times)
    await one.rest()


async def wheel(one: Desk, where: Offset, turns: int) -> None:
    """Turns the wheel over a cell: down, or up when negative."""
    kind = events.MouseScrollDown if turns > 0 else events.MouseScrollUp
    for _ in range(abs(turns)):
        await one.pilot._post_mouse_events([kind], None, where)
    await one.rest()


async def test_a_click_on_the_name_of_a_place_or_on_its_number_opens_it(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=fill) as one:
        for said, place in (("Contacts", "contacts"), ("3 Calls", "calls"), ("Today", "today")):
            await click(one, said)
            assert one.app.shell.current == place


async def test_a_click_on_a_key_of_the_footer_presses_it(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=fill) as one:
        await one.press("2")
        await click(one, "log a call")
        assert "Leila Karimi ›" in one.screen
        await click(one, "Esc keep as draft")
        assert "Leila Karimi ›" not in one.screen


async def test_a_double_click_opens_the_person(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=fill) as one:
        await one.press("2")
        await click(one, "Pars Trading")
        place = one.app.place
        assert place is not None
        assert place.query_one(RecordList).key == PARS
        assert not isinstance(one.app.place, OpenCard)
        await click(one, "Pars Trading", times=2)
        assert isinstance(one.app.place, OpenCard)


async def test_a_click_into_the_search_line_goes_there_and_a_drag_selects(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=fill) as one:
        await one.press("2", "slash")
        await one.type("karimi")
        await one.press("enter")
        await click(one, "karimi")
        line = one.widget(SearchLine)
        assert one.app.focused is line
        assert line.cursor_position == 0
        start = at(one, "karimi")
        await one.pilot.mouse_down(offset=start)
        await one.pilot.hover(offset=start + Offset(3, 0))
        await one.pilot.mouse_up(offset=start + Offset(3, 0))
        assert line.selected_text == "kar"
        await one.type("X")
        assert line.value == "Ximi"


async def test_the_wheel_moves_what_is_under_it(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=fill, size=(80, 20)) as one:
        await one.press("2", "enter")
        card = one.app.screen.query(CardPane).last()
        before = card.shown[1]
        await wheel(one, Offset(10, 8), 2)
        scrolled = card.shown[1]
        await wheel(one, Offset(10, 8), -2)
        assert card.shown[1] == before
        assert scrolled != before or len(card.shown) < 19


async def test_the_wheel_goes_through_a_picker_and_a_click_takes(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=fill, theme="dark") as one:
        await one.press("ctrl+p")
        await one.type("choose a theme")
        await click(one, "choose a theme", times=1)
        if not isinstance(one.app.screen, ThemePicker):
            await one.press("enter")
        await wheel(one, at(one, "contrast-light"), 1)
        assert one.app.theme == "isfahan"
        await click(one, "ledger")
        assert one.app.theme == "ledger"
        assert (tmp_path / "settings.toml").read_text() == 'theme = "ledger"\n'
