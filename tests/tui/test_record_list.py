"""The list of records: any length, the cursor on its record, only changed lines repainted."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.pilot import Pilot

from tuicrm.domain.models import Page
from tuicrm.i18n import Phrase
from tuicrm.tui import rows
from tuicrm.tui.rows import Column
from tuicrm.tui.widgets.record_list import RecordList
from tuicrm.tui.widgets.window import MOST


@dataclass(frozen=True)
class Row:
    id: int
    name: str


COLUMNS = (
    Column("name", lambda row: rows.data(row.name, "strong"), 10, grow=1),
    Column("id", lambda row: rows.number(str(row.id), "dim"), 6, rank=1, right=True),
)


def people(count: int, first: int = 0) -> list[Row]:
    return [Row(number, f"person {number}") for number in range(first, first + count)]


class Store:
    """A long list served in pages, as a service does."""

    def __init__(self, count: int, size: int = 100) -> None:
        self.all = people(count)
        self.size = size
        self.asked = 0

    async def page(self, row: Row | None, backward: bool) -> Page:
        self.asked += 1
        await asyncio.sleep(0)
        if backward:
            end = len(self.all) if row is None else row.id
            start = max(0, end - self.size)
            return Page(tuple(self.all[start:end]), start > 0)
        start = 0 if row is None else row.id + 1
        return Page(tuple(self.all[start : start + self.size]), start + self.size < len(self.all))


class Recorded(RecordList[Row]):
    """Notes which lines are asked to be repainted."""

    def __init__(self, *args: Any, **more: Any) -> None:
        self.repainted: list[int] = []
        self.whole = 0
        super().__init__(*args, **more)

    def refresh(self, *regions: Region, **more: Any) -> Any:
        if regions:
            self.repainted += [region.y for region in regions]
        else:
            self.whole += 1
        return super().refresh(*regions, **more)


class ListApp(App[None]):
    CSS_PATH = "../../src/tuicrm/tui/tuicrm.tcss"

    def __init__(self, made: RecordList[Row]) -> None:
        super().__init__()
        self.made = made
        self.told: list[Any] = []
        self.chosen: list[Any] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        names = ("crm-dim", "crm-cursor", "crm-cursor-text", "crm-cursor-blurred", "crm-bar")
        return dict.fromkeys(names, "#808080")

    def compose(self) -> ComposeResult:
        yield self.made

    def on_record_list_highlighted(self, event: RecordList.Highlighted) -> None:
        self.told.append(event.row)

    def on_record_list_chosen(self, event: RecordList.Chosen) -> None:
        self.chosen.append(event.row)


@asynccontextmanager
async def showing(
    made: RecordList[Row], size: tuple[int, int] = (40, 10)
) -> AsyncIterator[tuple[ListApp, Pilot[None]]]:
    app = ListApp(made)
    async with app.run_test(size=size) as pilot:
        made.focus()
        await pilot.pause()
        yield app, pilot


def names(app: ListApp) -> list[str]:
    strips = app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip).rstrip() for strip in strips]


def by_id(row: Row) -> int:
    return row.id


# --- keys -----------------------------------------------------------------------------------------------------


async def test_letters_and_arrows_move_the_cursor() -> None:
    made = RecordList(COLUMNS, by_id)
    async with showing(made) as (_, pilot):
        made.set_rows(people(50))
        await pilot.press("j", "j", "down", "k")
        assert made.key == 2
        await pilot.press("G")
        assert made.key == 49
        await pilot.press("g")
        assert made.key == 0
        await pilot.press("pagedown")
        assert made.key == 9
        await pilot.press("pageup")
        assert made.key == 0


async def test_a_cursor_move_repaints_two_lines() -> None:
    made = Recorded(COLUMNS, by_id)
    async with showing(made) as (_, pilot):
        made.set_rows(people(50))
        await pilot.pause()
        made.repainted.clear()
        made.whole = 0
        await pilot.press("j")
        assert sorted(set(made.repainted)) == [0, 1]
        assert made.whole == 0


async def test_past_the_edge_the_view_jumps_half_a_screen() -> None:
    made = RecordList(COLUMNS, by_id)
    async with showing(made) as (_, pilot):
        made.set_rows(people(50))
        await pilot.press(*["j"] * 10)
        assert made.key == 10
        assert made.window.top == 6


async def test_enter_and_a_double_click_choose_and_one_click_only_selects() -> None:
    made = RecordList(COLUMNS, by_id)
    async with showing(made) as (app, pilot):
        made.set_rows(people(5))
        await pilot.press("j", "enter")
        await pilot.click(RecordList, offset=(4, 3))
        assert made.key == 3
        assert [row.id for row in app.chosen] == [1]
        await pilot.click(RecordList, offset=(4, 4), times=2)
        assert [row.id for row in app.chosen] == [1, 4]


async def test_one_click_chooses_in_a_list_that_hangs_on_a_line() -> None:
    made = RecordList(COLUMNS, by_id)
    made.lit = True
    async with showing(made) as (app, pilot):
        made.set_rows(people(5))
        await pilot.click(RecordList, offset=(4, 3))
        assert [row.id for row in app.chosen] == [3]


async def test_the_wheel_moves_the_view_and_takes_the_cursor_only_at_its_edge() -> None:
    made = RecordList(COLUMNS, by_id)
    async with showing(made) as (_, pilot):
        made.set_rows(people(50))
        await pilot.press(*["j"] * 5)
        await pilot._post_mouse_events([_scroll_down()], RecordList, (1, 1))
        assert (made.window.top, made.key) == (3, 5)


def _scroll_down() -> Any:
    from textual.events import MouseScrollDown

    return MouseScrollDown


# --- the cursor belongs to a record -----------------------------------------------------------------------------


async def test_rows_that_move_take_the_cursor_along() -> None:
    made = RecordList(COLUMNS, by_id)
    async with showing(made) as (app, pilot):
        made.set_rows(people(20))
        await pilot.press("j", "j", "j")
        made.set_rows([*people(3, 100), *people(20)])
        await pilot.pause()
        assert made.key == 3
        assert names(app)[3].startswith("▌ person 3"), "the record keeps its line"
        made.set_rows([row for row in people(20) if row.id != 3])
        assert made.key == 4, "gone: the next one on its place"


async def test_a_changed_row_is_repainted_in_place() -> None:
    made = Recorded(COLUMNS, by_id)
    async with showing(made) as (app, pilot):
        made.set_rows(people(20))
        await pilot.pause()
        made.repainted.clear()
        made.whole = 0
        assert made.patch(replace(made.rows[4], name="Leila"))
        await pilot.pause()
        assert made.repainted == [4]
        assert made.whole == 0
        assert "Leila" in names(app)[4]
        assert not made.patch(Row(999, "nobody"))


async def test_the_same_rows_again_repaint_nothing() -> None:
    made = Recorded(COLUMNS, by_id)
    async with showing(made) as (_, pilot):
        made.set_rows(people(20))
        await pilot.pause()
        made.repainted.clear()
        made.whole = 0
        made.set_rows(people(20))
        assert (made.repainted, made.whole) == ([], 0)


async def test_a_row_taken_out_leaves_the_cursor_on_its_line() -> None:
    made = RecordList(COLUMNS, by_id)
    async with showing(made) as (app, pilot):
        made.set_rows(people(5))
        await pilot.press("j")
        made.take_out(1)
        await pilot.pause()
        assert made.key == 2
        assert app.told[-1] == Row(2, "person 2")
        for id in (0, 2, 3, 4):
            made.take_out(id)
        await pilot.pause()
        assert made.row is None
        assert app.told[-1] is None


async def test_an_empty_list_says_so() -> None:
    made = RecordList(COLUMNS, by_id, empty=Phrase("Nobody yet."))
    async with showing(made) as (app, _):
        assert names(app)[0] == "  Nobody yet."


async def test_a_sorted_list_keeps_its_place_when_it_is_resized() -> None:
    made = RecordList(COLUMNS, by_id)
    async with showing(made) as (app, pilot):
        made.set_rows(people(50))
        await pilot.press(*["j"] * 9)
        await pilot.resize_terminal(40, 5)
        await pilot.pause()
        assert any(line.startswith("▌ person 9") for line in names(app))


# --- pages ------------------------------------------------------------------------------------------------------


async def test_pages_are_loaded_before_the_cursor_comes_to_the_end() -> None:
    store = Store(1000)
    made = RecordList(COLUMNS, by_id, store.page)
    async with showing(made) as (_, pilot):
        await made.reload()
        assert len(made.rows) == 100
        assert not made.complete
        for _ in range(60):
            await pilot.press("pagedown")
        assert made.key == 540
        assert store.asked < 12


async def test_the_end_of_a_long_list_is_one_page_away() -> None:
    store = Store(100_000)
    made = RecordList(COLUMNS, by_id, store.page)
    async with showing(made) as (app, pilot):
        await made.reload()
        await pilot.press("G")
        await app.workers.wait_for_complete()
        assert made.key == 99_999
        assert store.asked <= 3
        for _ in range(40):
            await pilot.press("pageup")
            await app.workers.wait_for_complete()
        assert made.key == 99_999 - 9 * 40
        await pilot.press("g")
        await app.workers.wait_for_complete()
        assert made.key == 0


async def test_a_page_that_comes_after_a_new_search_is_dropped() -> None:
    gate = asyncio.Event()

    async def slow(row: Row | None, backward: bool) -> Page:
        assert not backward
        if row is not None:
            await gate.wait()
        return Page(tuple(people(30) if row is None else people(10, 500)), row is None)

    made = RecordList(COLUMNS, by_id, slow)
    async with showing(made) as (app, pilot):
        await made.reload()
        await pilot.press("pagedown", "pagedown")
        await made.reload(keep=False)
        gate.set()
        await app.workers.wait_for_complete()
        assert [row.id for row in made.rows][:30] == list(range(30))
        assert made.find(500) is None


async def test_no_more_rows_are_held_than_the_window_allows() -> None:
    store = Store(5000, size=400)
    made = RecordList(COLUMNS, by_id, store.page)
    async with showing(made) as (app, _):
        await made.reload()
        for _ in range(10):
            made.move(len(made.rows) - 1)
            await app.workers.wait_for_complete()
        assert len(made.rows) <= MOST + 400
        assert made.rows[0].id > 0
        assert made.key is not None
