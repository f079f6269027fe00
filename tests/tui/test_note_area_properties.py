"""For any text in any width: what the field of several lines shows, and where its cursor goes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.tui.fields import BOTH, Cell, Field, field, in_all, interface, seen_cells, wearing
from textual.color import Color
from textual.geometry import Offset

from tuicrm.tui import order, text
from tuicrm.tui.widgets import caret
from tuicrm.tui.widgets.caret import Step
from tuicrm.tui.widgets.note_area import NoteArea

MARKS = ["\u200c", "\u0651", "\u064b"]
NOTES = st.text(
    st.sampled_from([*"ab P40 ,.()/-", *"لامپگچ   ", *"۰۱۹", *"،؟«»", *MARKS, "é", "世", "\n", "\n"]),
    max_size=90,
)
WIDTHS = (9, 24)


@pytest.fixture(params=BOTH, autouse=True)
def shown_in(request: pytest.FixtureRequest) -> Iterator[str]:
    """Language and mode of the interface."""
    with interface(request.param):
        yield request.param


def row_of(one: Field[NoteArea], y: int) -> list[Cell]:
    """That row of all, as it would be seen."""
    strip = one.widget.render_line(y - one.widget.scroll_offset.y)
    return seen_cells(order.line_filter(text.mode(), order.side()).apply(list(strip), Color(0, 0, 0)))


def places(one: Field[NoteArea]) -> list[tuple[int, int]]:
    """Every place where the cursor may be."""
    lines = one.widget.document.lines
    return [(row, column) for row, line in enumerate(lines) for column in range(len(line) + 1)]


@in_all
@pytest.mark.parametrize("width", WIDTHS)
async def test_the_cursor_is_one_cell_and_a_click_on_it_leaves_it_there(width: int) -> None:
    async with field(NoteArea, width=width) as one:

        @settings(max_examples=25, deadline=None)
        @given(NOTES)
        def check(written: str) -> None:
            one.widget.set_text(written)
            for place in places(one):
                one.widget.move_cursor(place)
                x, y = one.widget.cell(place)
                lit = wearing(row_of(one, y), one.widget, "cursor")
                assert lit == list(range(x, x + len(lit))) != []
                again = one.widget.place(x, y)
                assert one.widget.cell(again) == (x, y)
                assert again == place or _same_cell(one, again, place)

        check()


def _same_cell(one: Field[NoteArea], shown: tuple[int, int], place: tuple[int, int]) -> bool:
    """Whether what lies between has no width: the cursor inside a letter is shown on the letter."""
    low, high = sorted((shown, place))
    between = one.widget.document.lines[low[0]][low[1] : high[1]]
    return low[0] == high[0] and len(caret.cut(between).shown) <= (shown < place)


@pytest.mark.parametrize("width", WIDTHS)
async def test_rows_together_are_the_text_and_each_fills_the_field(width: int) -> None:
    async with field(NoteArea, width=width) as one:

        @settings(max_examples=25, deadline=None)
        @given(NOTES)
        def check(written: str) -> None:
            one.widget.set_text(written)
            paragraphs = [""] * one.widget.document.line_count
            for y in range(one.widget.wrapped_document.height):
                row = one.widget.row(y)
                assert row.start == len(paragraphs[row.paragraph])
                paragraphs[row.paragraph] += "".join(row.line.shown[:-1] if row.last else row.line.shown)
                assert len(row_of(one, y)) == width
            hidden = [line for line in one.widget.document.lines if line and not caret.cut(line).shown]
            assert hidden or paragraphs == one.widget.document.lines

        check()


def walked(one: Field[NoteArea], step: Step) -> list[Offset]:
    """The cells over which the cursor goes when one key is held down."""
    cells = [one.widget.cell(one.widget.cursor_location)]
    move = one.widget.action_cursor_left if step < 0 else one.widget.action_cursor_right
    while True:
        before = one.widget.cursor_location
        move()
        if one.widget.cursor_location == before:
            return cells
        cells.append(one.widget.cell(one.widget.cursor_location))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("letter", "onward"), [("ل", -1), ("a", 1)])
async def test_one_key_walks_the_whole_note_and_the_other_walks_it_back(
    width: int, letter: str, onward: Step
) -> None:
    async with field(NoteArea, width=width) as one:

        @settings(max_examples=25, deadline=None)
        @given(NOTES)
        def check(written: str) -> None:
            one.widget.set_text("\n".join(letter + line for line in written.split("\n")))
            rows = [one.widget.row(y) for y in range(one.widget.wrapped_document.height)]
            one.widget.move_cursor(rows[0].edge(1 if onward < 0 else -1))
            there = walked(one, onward)
            assert len(there) == sum(len(row.line.shown) for row in rows), "each cell once"
            assert there == sorted(there, key=lambda cell: (cell.y, cell.x * onward))
            back = walked(one, 1 if onward < 0 else -1)
            assert back == there[::-1]

        check()


async def test_up_and_down_go_straight_as_far_as_rows_reach() -> None:
    async with field(NoteArea, width=24) as one:

        @settings(max_examples=25, deadline=None)
        @given(NOTES, st.data())
        def check(written: str, data: st.DataObject) -> None:
            one.widget.set_text(written)
            one.widget.move_cursor(data.draw(st.sampled_from(places(one))))
            x, y = one.widget.cell(one.widget.cursor_location)
            while y + 1 < one.widget.wrapped_document.height:
                one.widget.action_cursor_down()
                y += 1
                line, left = one.widget.row(y).line, one.widget.cell(one.widget.row(y).edge(-1)).x
                there = one.widget.cell(one.widget.cursor_location)
                assert there.y == y
                assert left <= there.x < left + line.width
                assert there.x <= x < there.x + 2 or not left <= x < left + line.width

        check()


async def test_deleting_word_by_word_empties_any_note() -> None:
    async with field(NoteArea, width=24) as one:

        @settings(max_examples=25, deadline=None)
        @given(NOTES)
        def check(written: str) -> None:
            one.widget.set_text(written)
            for _ in range(len(written) + 1):
                one.widget.action_delete_word_left()
            assert one.widget.value == ""

        check()
