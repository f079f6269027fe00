"""Rows, columns and the window of a list: the arithmetic, without a screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style

from tuicrm.tui import rows
from tuicrm.tui.rows import Column
from tuicrm.tui.text import Role
from tuicrm.tui.widgets.window import Grouped, Window


@dataclass(frozen=True)
class Row:
    id: int
    name: str


COLUMNS = (
    Column("name", lambda row: rows.data(row.name, "strong"), 10, grow=1),
    Column("id", lambda row: rows.number(str(row.id), "dim"), 6, rank=1, right=True),
)


def people(count: int) -> list[Row]:
    return [Row(number, f"person {number}") for number in range(count)]


def by_id(row: Row) -> int:
    return row.id


def nothing(_: Any) -> rows.Cell:
    return rows.EMPTY


@given(
    st.integers(0, 40),
    st.integers(1, 12),
    st.lists(st.sampled_from(["down", "up", "page", "back", "scroll", "drop", "fewer"]), max_size=30),
)
def test_whatever_happens_the_cursor_is_on_the_screen(count: int, height: int, moves: list[str]) -> None:
    window: Window[Row] = Window(by_id)
    window.resize(height)
    window.replace(people(count), more=False, keep=False)
    acts: dict[str, Any] = {
        "down": lambda: window.move(window.cursor + 1),
        "up": lambda: window.move(window.cursor - 1),
        "page": lambda: window.page(1),
        "back": lambda: window.page(-1),
        "scroll": lambda: window.scroll(3),
        "drop": lambda: window.remove(window.key),
        "fewer": lambda: window.replace(window.rows[::2], more=False, keep=True),
    }
    for move in moves:
        acts[move]()
        assert 0 <= window.top <= max(0, len(window.rows) - 1)
        assert window.row is not None or not window.rows
        assert window.top <= window.cursor < window.top + window.height or not window.rows


# --- rows and columns ---------------------------------------------------------------------------------------------


def test_columns_go_by_rank_when_there_is_no_room() -> None:
    columns = (
        Column("a", nothing, 10, grow=1),
        Column("b", nothing, 10, rank=2),
        Column("c", nothing, 10, rank=1),
    )
    assert [place.column.name for place in rows.fit(columns, 60)] == ["a", "b", "c"]
    assert [place.column.name for place in rows.fit(columns, 30)] == ["a", "c"]
    assert [place.width for place in rows.fit(columns, 60)] == [36, 10, 10]


def test_on_the_narrowest_screen_what_would_grow_gives_way_and_nothing_hangs_over_the_edge() -> None:
    columns = (Column("a", nothing, 14, grow=2), Column("b", nothing, 9), Column("c", nothing, 19, grow=5))
    assert [place.width for place in rows.fit(columns, 37)] == [12, 9, 12]
    assert [place.width for place in rows.fit(columns, 8)] == [rows.TIGHTEST, 9, rows.TIGHTEST]


@pytest.mark.parametrize("name", ["[/]", "\x1b[31mred", "علی کریمی", "日本語", "a" * 200])
def test_a_row_is_exactly_as_wide_as_the_list(name: str) -> None:
    placed = rows.fit(COLUMNS, 37)
    strip = rows.strip(Row(1, name), placed, 38, {"strong": Style(bold=True), "dim": Style()}, Style())
    assert strip.cell_length == 38
    assert "\x1b" not in strip.text


def test_found_parts_are_set_off() -> None:
    column = Column("name", lambda row: rows.data(row.name, "", ((0, 3),)), 12)
    styles: dict[Role, Style] = {"match": Style(underline=True)}
    strip = rows.strip(Row(1, "Leila"), rows.fit((column,), 12), 12, styles, Style())
    assert [segment.text for segment in strip if segment.style and segment.style.underline] == ["Lei"]


def test_neighbours_of_one_style_become_one_segment() -> None:
    columns = tuple(Column(str(n), lambda _: rows.data("x"), 3) for n in range(4))
    strip = rows.strip(Row(1, ""), rows.fit(columns, 18), 18, {}, Style())
    assert len(list(strip)) == 1


def test_a_list_that_stays_at_its_start_shows_what_is_new() -> None:
    window: Window[int] = Window(lambda row: row)
    window.height, window.stays_at_start = 3, True
    window.replace([5, 4, 3, 2, 1], more=False, keep=False)
    window.replace([6, 5, 4, 3, 2, 1], more=False, keep=True)
    assert (window.row, window.visible()) == (5, [6, 5, 4])
    window.replace([9, 8, 7, 6, 5, 4], more=False, keep=True)
    assert window.row == 5
    assert 5 in window.visible()


def by_ten(row: Row) -> int:
    return row.id // 10


@given(
    st.integers(0, 60),
    st.integers(1, 12),
    st.integers(1, 12),
    st.lists(st.sampled_from(["down", "up", "page", "back", "scroll", "drop", "end", "start"]), max_size=30),
)
def test_in_groups_the_cursor_is_on_the_screen_below_its_heading(
    count: int, height: int, size: int, moves: list[str]
) -> None:
    window: Grouped[Row] = Grouped(by_id, lambda row: row.id // size)
    window.resize(height)
    window.replace(people(count), more=False, keep=False)
    acts: dict[str, Any] = {
        "down": lambda: window.move(window.cursor + 1),
        "up": lambda: window.move(window.cursor - 1),
        "page": lambda: window.page(1),
        "back": lambda: window.page(-1),
        "scroll": lambda: window.scroll(3),
        "drop": lambda: window.remove(window.key),
        "end": lambda: window.move(len(window.rows) - 1),
        "start": lambda: window.move(0),
    }
    for move in moves:
        acts[move]()
        lines = window.lines()
        assert len(lines) <= height
        if not window.rows:
            continue
        assert window.line_of(window.cursor) is not None
        shown = [index for index in lines if index >= 0]
        assert shown == list(range(window.top, window.top + len(shown)))
        if height > 1:
            above = next(~line for line in reversed(lines[: lines.index(window.cursor)]) if line < 0)
            assert window.group_of(window.rows[above]) == window.group_of(window.rows[window.cursor])


def test_a_view_in_groups_ends_with_the_last_row_and_wastes_no_line() -> None:
    window: Grouped[Row] = Grouped(by_id, by_ten)
    window.resize(10)
    window.replace(people(25), more=False, keep=False)
    assert list(window.lines()) == [~0, *range(9)]
    window.move(24)
    # the heading of the first row, and that of the last group between
    assert list(window.lines()) == [~17, 17, 18, 19, ~20, 20, 21, 22, 23, 24]
    window.page(-1)
    assert window.line_of(window.cursor) is not None


def test_rows_without_a_group_stand_under_no_line_and_waste_none() -> None:
    window: Grouped[Row] = Grouped(by_id, lambda row: None if row.id < 12 else "others")
    window.resize(10)
    window.replace(people(25), more=False, keep=False)
    assert list(window.lines()) == list(range(10))
    window.move(11)
    assert list(window.lines()) == list(range(2, 12))
    window.move(13)
    assert list(window.lines()) == [*range(5, 12), ~12, 12, 13]
    window.move(24)
    assert list(window.lines()) == [~16, *range(16, 25)]
