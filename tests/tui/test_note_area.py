"""The field of several lines: what is on the screen, where the cursor stands, what the keys and the mouse do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.tui.fields import BOTH, Field, field, in_all, interface, seen
from textual import events

from tuicrm.tui.widgets.note_area import LONGEST, NoteArea

NOTE = "قیمت P40 را پرسید\nsend the list of spare parts\n\n۱۲ عدد، تلفن ۰۲۱-۸۸۷۷"
WIDTH = 30


@pytest.fixture(params=BOTH, autouse=True)
def shown_in(request: pytest.FixtureRequest) -> Iterator[str]:
    """Language and mode of the interface."""
    with interface(request.param):
        yield request.param


def note(value: str = "") -> NoteArea:
    return NoteArea(value)


def at(one: Field[NoteArea], row: int, column: int) -> None:
    """Puts the cursor there."""
    one.widget.move_cursor((row, column))


# --- what is seen -----------------------------------------------------------------------------------------------


@in_all
async def test_each_paragraph_runs_its_own_way_and_stands_at_its_own_side() -> None:
    async with field(lambda: note(NOTE), width=WIDTH) as one:
        first, second, third, last = NOTE.split("\n")
        assert one.row(0) == seen(first)
        assert one.column(0) == WIDTH - len(first)
        assert one.row(1) == second
        assert one.column(1) == 0
        assert third == one.row(2) == ""
        assert one.row(3) == "۰۲۱-۸۸۷۷" + seen("۱۲ عدد، تلفن ")
        assert one.column(3) == WIDTH - len(last)


@in_all
async def test_a_new_paragraph_begins_at_the_side_of_the_one_before_it() -> None:
    async with field(lambda: note("سلام"), width=WIDTH) as one:
        await one.press("enter")
        assert one.cursor(3) == (WIDTH - 1, 1)
        await one.type("1")
        assert one.row(1) == "1"
        assert one.column(1) == WIDTH - 1
        await one.press("backspace")
        await one.type("a")
        assert one.column(1) == 0


async def test_it_grows_with_its_rows_from_three_to_five_and_then_scrolls() -> None:
    async with field(note, width=WIDTH, height=24) as one:
        heights = []
        for number in range(8):
            await one.type(f"{number}\n")
            await one.pilot.pause()
            heights.append(one.widget.size.height)
        assert heights == [3, 3, 4, 5, 5, 5, 5, 5]
        assert one.row(3) == "7"
        await one.press(*["up"] * 8)
        assert one.row(0) == "0"
        await one.press("f7", "backspace")
        await one.pilot.pause()
        assert one.widget.size.height == 3
        assert one.row(0) == ""
        assert one.widget.scroll_offset.y == 0


async def test_on_a_low_screen_it_leaves_room_for_the_rest() -> None:
    async with field(lambda: note("a\nb\nc\nd\ne"), width=WIDTH, height=8) as one:
        assert one.widget.size.height == 2


@in_all
async def test_wrapped_rows_together_are_the_text() -> None:
    written = "قیمت پمپ P40 و قطعات یدکی آن را پرسید و گفت تا فردا خبر می‌دهد"
    async with field(lambda: note(written), width=20, height=24) as one:
        await one.pilot.pause()
        rows = one.widget.wrapped_document.get_sections(0)
        assert "".join(rows) == written
        assert len(rows) == 4
        for y, row in enumerate(rows):
            assert one.row(y) == seen(row.rstrip())
            assert one.column(y) == 20 - len(row.rstrip().replace("\u200c", ""))


# --- Left and Right ---------------------------------------------------------------------------------------------


async def test_over_the_edge_of_a_row_the_cursor_gets_to_the_next_by_the_rows_direction() -> None:
    async with field(lambda: note("سلام\nabc"), width=WIDTH) as one:
        at(one, 0, 4)
        await one.press("left")
        assert one.widget.cursor_location == (1, 0)
        await one.press("left")
        assert one.widget.cursor_location == (0, 4), "in an English line Left goes back"
        await one.press("left", "right", "right", "right", "right")
        assert one.widget.cursor_location == (1, 3)
        await one.press("right")
        assert one.widget.cursor_location == (1, 3), "there is nothing further"


async def test_a_wrapped_paragraph_is_walked_from_end_to_end() -> None:
    written = "قیمت پمپ P40 و قطعات یدکی آن را پرسید"
    async with field(lambda: note(written), width=14, height=24) as one:
        at(one, 0, 0)
        visited = [one.cursor(4)]
        for _ in range(len(written)):
            await one.press("left")
            visited.append(one.cursor(4))
        assert one.widget.cursor_location == (0, len(written))
        assert len(set(visited)) == len(written) + 1
        assert visited == sorted(visited, key=lambda cell: (cell[1], -cell[0])), "row by row, right to left"
        for _ in range(len(written)):
            await one.press("right")
        assert one.widget.cursor_location == (0, 0)


async def test_word_jumps_go_on_over_rows_and_paragraphs() -> None:
    async with field(lambda: note("قیمت پمپ P40 را\nپرسید"), width=12, height=24) as one:
        at(one, 0, 0)
        places = []
        for _ in range(6):
            await one.press("ctrl+left")
            places.append(one.widget.cursor_location)
        assert places == [(0, 5), (0, 9), (0, 13), (0, 15), (1, 0), (1, 5)]
        places = []
        for _ in range(7):
            await one.press("ctrl+right")
            places.append(one.widget.cursor_location)
        assert places == [(1, 0), (0, 15), (0, 13), (0, 9), (0, 5), (0, 0), (0, 0)]
        await one.press("ctrl+shift+left")
        assert one.widget.selected_text == "قیمت "


# --- Up and Down ------------------------------------------------------------------------------------------------


async def test_up_and_down_keep_the_column_of_the_screen() -> None:
    async with field(lambda: note("سلام دوست عزیز من\nab\nخبر خوب برای شما"), width=WIDTH) as one:
        at(one, 0, 0)
        await one.press(*["left"] * 6)
        x, _ = one.cursor(3)
        await one.press("down")
        assert one.widget.cursor_location == (1, 2), "the nearest cell of a short line"
        await one.press("down")
        assert one.cursor(3) == (x, 2)
        await one.press("up", "up")
        assert one.cursor(3) == (x, 0)
        await one.press("up")
        assert one.widget.cursor_location == (0, 0)
        await one.press("down", "down", "down", "down")
        assert one.widget.cursor_location == one.widget.document.end


async def test_home_and_end_are_those_of_the_row() -> None:
    async with field(lambda: note("قیمت پمپ P40 را"), width=12, height=24) as one:
        await one.press("home")
        assert one.widget.cursor_location == (0, 9)
        assert one.cursor(2)[1] == 1
        await one.press("end")
        assert one.widget.cursor_location == (0, 15)
        at(one, 0, 2)
        await one.press("end")
        assert one.cursor(2) == (3, 0), "on the blank at which the row was broken"


async def test_page_keys_move_by_what_is_seen() -> None:
    async with field(lambda: note("\n".join("۰۱۲۳۴۵۶۷۸۹")), width=WIDTH, height=24) as one:
        await one.press("pageup")
        assert one.widget.cursor_location[0] == 4
        await one.press("pagedown", "pagedown")
        assert one.widget.cursor_location[0] == 9


# --- selection and the mouse ------------------------------------------------------------------------------------


@in_all
async def test_a_selection_over_paragraphs_is_seen_with_its_line_breaks() -> None:
    async with field(lambda: note("سلام\n\nabc"), width=WIDTH) as one:
        at(one, 0, 2)
        await one.press("shift+down", "shift+down")
        assert one.widget.selected_text == "ام\n\nabc"
        assert one.selected(0) == " " + seen("سلام")[:2]
        assert one.selected(1) == " "
        assert one.selected(2) == "abc"
        await one.press("x")
        assert one.widget.value == "سلx"


async def test_a_click_on_any_cell_of_the_text_puts_the_cursor_there() -> None:
    async with field(lambda: note(NOTE), width=WIDTH, height=24) as one:
        for y, paragraph in enumerate(NOTE.split("\n")):
            for x in (0, 7, 8, 13, 22, WIDTH - 1):
                await one.click(x, y)
                column, row = one.cursor(4)
                assert row == y
                inside = one.column(y) <= x < one.column(y) + len(paragraph)
                assert column == x or not inside


async def test_a_drag_selects_over_rows_and_a_double_click_takes_a_word() -> None:
    async with field(lambda: note("سلام دوست\nabc def"), width=WIDTH) as one:
        await one.drag(WIDTH - 6, 3, y=0, end_y=1)
        assert one.widget.selected_text == "دوست\nabc"
        await one.click(WIDTH - 7, 0, times=2)
        assert one.widget.selected_text == "دوست"
        await one.click(1, 1, times=3)
        assert one.widget.selected_text == "abc def"


# --- text -------------------------------------------------------------------------------------------------------


async def test_half_spaces_are_typed_pasted_and_copied() -> None:
    async with field(note, width=WIDTH) as one:
        await one.type("می\u200cروم\nab")
        one.widget.post_message(events.Paste(" خانه\u200cها\r\nدو\u202e\x1b[31m\t۳ "))
        await one.pilot.pause()
        assert one.widget.value == "می\u200cروم\nab" + "خانه\u200cها\nدو[31m ۳"
        await one.press("f7", "ctrl+c")
        assert one.pilot.app.clipboard == one.widget.value
        await one.press("ctrl+x", "ctrl+v")
        assert one.widget.value == "می\u200cروم\nab" + "خانه\u200cها\nدو[31m ۳"


async def test_the_deleting_keys_know_marks_and_half_spaces() -> None:
    async with field(lambda: note("محمّد نمی\u200cروم علی"), width=WIDTH) as one:
        await one.press("ctrl+w", "ctrl+w")
        assert one.widget.value == "محمّد "
        at(one, 0, 4)
        await one.press("backspace")
        assert one.widget.value == "محمد "
        await one.press("home", "alt+delete")
        assert one.widget.value == " "
        await one.press("enter", "backspace", "backspace", "backspace", "ctrl+w")
        assert one.widget.value == " "


async def test_undo_and_redo_bring_text_and_cursor_back() -> None:
    async with field(lambda: note("سلام"), width=WIDTH) as one:
        await one.press("enter")
        await one.type("دو")
        await one.press("ctrl+z", "ctrl+z")
        assert one.widget.value == "سلام"
        assert one.cursor(2) == (WIDTH - 5, 0)
        await one.press("ctrl+y", "ctrl+y")
        assert one.widget.value == "سلام\nدو"
        assert one.cursor(2) == (WIDTH - 3, 1)


async def test_a_huge_paste_is_cut_to_the_longest_note() -> None:
    async with field(lambda: note("a"), width=WIDTH) as one:
        one.widget.post_message(events.Paste("x" * 100_000))
        await one.pilot.pause()
        assert len(one.widget.value) == LONGEST
        await one.type("y")
        assert len(one.widget.value) == LONGEST


async def test_the_cursor_is_seen_only_in_the_field_that_has_it() -> None:
    async with field(lambda: note("سلام"), width=WIDTH) as one:
        assert one.cursor(3)
        one.pilot.app.set_focus(None)
        await one.pilot.pause()
        assert one.wearing("cursor", 0) == []
