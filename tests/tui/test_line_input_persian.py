"""The text field with Persian and mixed text: what is on the screen, where the cursor stands, what the keys do.

Each test runs in both languages of the interface and for both kinds of terminals.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.segment import Segment
from tests.tui.fields import BOTH, Field, field, in_all, interface, seen, seen_cells, wearing
from textual import events
from textual.color import Color

from tuicrm.shaping import shaped
from tuicrm.tui import order, text
from tuicrm.tui.widgets.line_input import LineInput

MIXED = "قیمت P40 را فرستادم /فردا"
SHADDA = "\u0651"
WIDTH = 40


@pytest.fixture(params=BOTH, autouse=True)
def shown_in(request: pytest.FixtureRequest) -> Iterator[str]:
    """Language and mode of the interface."""
    with interface(request.param):
        yield request.param


def line(value: str = "", placeholder: str = "") -> LineInput:
    return LineInput(value, placeholder=placeholder)


def seen_as(shown: str) -> str:
    """A token as it stands on the screen, its Persian letter in the form it has alone."""
    return shaped(shown) if text.mode() == "visual" else shown


# --- what is seen -----------------------------------------------------------------------------------------------


@in_all
async def test_a_mixed_line_is_typed_and_read_as_it_should_be() -> None:
    async with field(line, width=WIDTH) as one:
        await one.type(MIXED)
        assert one.widget.value == MIXED
        assert one.row() == seen(MIXED)
        assert one.column() + len(one.row()) == WIDTH, "Persian begins at the right edge"
        assert one.cursor() == (one.column() - 1, 0), "the next letter goes left of the last"


@in_all
@pytest.mark.parametrize(
    ("token", "shown"), [("/۲ی", "ی۲/"), ("/th", "/th"), ("#VIP", "#VIP"), ("-9:40", "-9:40"), ("=۳", "=۳")]
)
async def test_a_token_stays_in_one_piece_behind_a_latin_word(token: str, shown: str) -> None:
    async with field(line, width=WIDTH) as one:
        await one.type(f"کاتالوگ EMS-200 {token}")
        assert seen_as(shown) + " EMS-200 " in one.row()


@in_all
async def test_english_stands_where_the_interface_begins() -> None:
    async with field(line, width=WIDTH) as one:
        await one.type("pump P40 سلام")
        assert one.column() == (WIDTH - 14 if order.mirrored() else 0)
        assert one.row().startswith("pump P40 ")
        assert one.cursor() == (one.column() + 13, 0)


class Labelled(LineInput):
    """As in a form: its label stands at the side where the interface begins."""

    beside = True


@in_all
async def test_in_a_form_every_script_stands_beside_the_label() -> None:
    async with field(Labelled, width=WIDTH) as one:
        for typed in ("sara", "سارا", "0912"):
            await one.press("ctrl+u")
            await one.type(typed)
            edge = WIDTH - len(typed) - 1 if order.mirrored() else 0
            assert one.column() in (edge, edge + 1), typed
        one.widget.value = "sara"
        one.widget.blur()
        await one.pilot.pause()
        assert one.column() == (WIDTH - 4 if order.mirrored() else 0), "no gap where the cursor is not"
        one.widget.focus()
        await one.press("ctrl+u")
        await one.type("sara")
        await one.click(one.column() + 2)
        await one.type("l")
        assert one.row() == "salra", "a click goes where one sees the letter"


@in_all
async def test_an_empty_field_begins_where_the_interface_does(shown_in: str) -> None:
    async with field(line, width=WIDTH) as one:
        edge = WIDTH - 1 if shown_in.startswith("fa") else 0
        assert one.cursor() == (edge, 0)
        await one.type("۱۲")
        assert one.row() == "۱۲"
        assert one.column() == (WIDTH - 2 if edge else 0), "a digit does not send it to the other side"


@in_all
async def test_a_hint_is_read_in_its_own_direction(shown_in: str) -> None:
    hint = "نام یا شماره" if shown_in.startswith("fa") else "a name or a number"
    async with field(lambda: line(placeholder=hint), width=WIDTH) as one:
        assert one.row() == (seen(hint) if shown_in.startswith("fa") else hint)
        assert one.cursor() == (WIDTH - 1 if shown_in.startswith("fa") else 0, 0)
        await one.type("ب")
        assert one.row() == seen("ب")


@in_all
async def test_a_telephone_number_in_a_persian_line_is_not_turned_round() -> None:
    async with field(line, width=WIDTH) as one:
        await one.type("زنگ بزن ۰۲۱-۸۸۷۷ 6655")
        assert "۰۲۱-۸۸۷۷ 6655" in one.row()


# --- Left and Right ---------------------------------------------------------------------------------------------


async def test_left_and_right_move_the_cursor_one_cell_to_that_side() -> None:
    async with field(lambda: line(MIXED), width=WIDTH) as one:
        await one.press("home")
        columns = [one.cursor()[0]]
        for _ in range(len(MIXED)):
            await one.press("left")
            columns.append(one.cursor()[0])
        assert columns == list(range(WIDTH - 1, WIDTH - 2 - len(MIXED), -1))
        assert one.widget.cursor_position == len(MIXED)
        await one.press("left")
        assert one.widget.cursor_position == len(MIXED), "further there is nothing"
        for _ in range(len(MIXED)):
            await one.press("right")
        assert one.widget.cursor_position == 0


async def test_inside_an_opposite_run_the_cursor_goes_on_to_the_same_side() -> None:
    async with field(lambda: line("قیمت P40 را"), width=WIDTH) as one:
        await one.press("home", *["left"] * 5)
        assert one.widget.value[one.widget.cursor_position] == "0"
        await one.press("left", "left")
        assert one.widget.value[one.widget.cursor_position] == "P"
        await one.press("left")
        assert one.widget.cursor_position == 8


async def test_a_letter_is_typed_before_the_cell_of_the_cursor() -> None:
    async with field(lambda: line("سلم"), width=WIDTH) as one:
        await one.press("right")
        await one.type("ا")
        assert one.widget.value == "سلام"
        assert one.row() == seen("سلام")


async def test_home_and_end_are_those_of_the_text() -> None:
    async with field(lambda: line("سلام abc"), width=WIDTH) as one:
        await one.press("home")
        assert one.cursor() == (WIDTH - 1, 0)
        await one.press("end")
        assert one.cursor() == (WIDTH - 9, 0)


async def test_shift_selects_what_stands_between_in_the_text() -> None:
    async with field(lambda: line("سلام abc"), width=WIDTH) as one:
        await one.press("home", *["shift+left"] * 4)
        assert one.widget.selected_text == "سلام"
        assert one.selected() == seen("سلام")
        await one.press("right")
        assert one.widget.cursor_position == 0, "from a selection to its end on that side"
        await one.press("shift+end", "shift+home", "shift+left")
        assert one.widget.selected_text == "س", "the other end of a selection stays where it is"


@in_all
async def test_a_selection_over_both_scripts_is_seen_letter_by_letter() -> None:
    async with field(lambda: line("ab سل cd"), width=WIDTH) as one:
        await one.press("home", *["shift+right"] * 3)
        assert one.widget.selected_text == "ab س", (
            "right of the blank stands the last letter of the Persian word"
        )
        assert one.selected() == "ab " + one.row()[4]
        await one.type("x")
        assert one.widget.value == "xل cd"


async def test_for_a_screen_reader_the_cursor_goes_through_the_text_as_it_is_stored(shown_in: str) -> None:
    del shown_in
    text.use("plain")
    async with field(lambda: line("سلام P40"), width=WIDTH) as one:
        assert one.row() == "سلام P40"
        assert one.column() == 0
        await one.press("home", "right", "right")
        assert one.widget.cursor_position == 2
        assert one.cursor() == (2, 0)
        await one.click(6)
        assert one.widget.cursor_position == 6


# --- words ------------------------------------------------------------------------------------------------------


async def test_word_jumps_go_to_the_side_of_the_key() -> None:
    async with field(lambda: line("نمی‌روم محمّد P40 pump را"), width=WIDTH) as one:
        await one.press("home")
        stops = []
        for _ in range(6):
            await one.press("ctrl+left")
            stops.append(one.widget.value[one.widget.cursor_position :].split(" ")[0])
        assert stops == ["محمّد", "pump", "P40", "را", "", ""]
        columns = []
        for _ in range(5):
            await one.press("ctrl+right")
            columns.append(one.cursor()[0])
        assert columns == sorted(columns)
        assert one.widget.cursor_position == 0


async def test_word_jumps_with_shift_select() -> None:
    async with field(lambda: line("علی می‌آید"), width=WIDTH) as one:
        await one.press("home", "ctrl+shift+left")
        assert one.widget.selected_text == "علی "
        await one.press("ctrl+shift+right")
        assert one.widget.selected_text == ""


async def test_ctrl_w_takes_the_whole_word_over_half_space_and_marks() -> None:
    async with field(lambda: line("علی محمّد نمی‌روم"), width=WIDTH) as one:
        await one.press("ctrl+w")
        assert one.widget.value == "علی محمّد "
        await one.press("ctrl+w")
        assert one.widget.value == "علی "
        await one.press("home", "alt+backspace")
        assert one.widget.value == ""


# --- half-spaces and marks --------------------------------------------------------------------------------------


async def test_backspace_takes_the_mark_alone_and_the_cursor_never_vanishes() -> None:
    async with field(lambda: line(f"محم{SHADDA}د"), width=WIDTH) as one:
        await one.press("right", "backspace")
        assert one.widget.value == "محمد"
        await one.press("end")
        await one.type("\u200c")
        assert one.cursor() == (WIDTH - 5, 0)
        await one.press("home", "delete")
        assert one.widget.value == "حمد\u200c"


async def test_the_cursor_between_a_letter_and_its_mark_is_seen_on_the_letter() -> None:
    async with field(lambda: line(f"م{SHADDA}د"), width=WIDTH) as one:
        one.widget.cursor_position = 1
        await one.pilot.pause()
        assert one.cursor() == (WIDTH - 1, 0)
        await one.press("left")
        assert one.widget.cursor_position == 2


async def test_a_half_space_typed_or_pasted_is_kept_and_is_no_stop() -> None:
    async with field(line, width=WIDTH) as one:
        await one.type("می\u200cروم")
        one.widget.post_message(events.Paste(" خانه\u200cها\u202e"))
        await one.pilot.pause()
        assert one.widget.value == "می\u200cروم" + "خانه\u200cها"
        await one.press("home", "left", "left")
        assert one.widget.cursor_position == 3, "past the half-space"


# --- the mouse --------------------------------------------------------------------------------------------------


async def test_a_click_puts_the_cursor_on_the_cell_that_was_clicked() -> None:
    async with field(lambda: line(MIXED), width=WIDTH) as one:
        for x in range(WIDTH - 1 - len(MIXED), WIDTH, 3):
            await one.click(x)
            assert one.cursor() == (x, 0)
        await one.click(0)
        assert one.widget.cursor_position == len(MIXED), "beside the line: its end"


async def test_a_drag_selects_and_a_double_click_takes_a_word() -> None:
    async with field(lambda: line("سلام دوست abc"), width=WIDTH) as one:
        await one.drag(WIDTH - 1, WIDTH - 5)
        assert one.widget.selected_text == "سلام"
        await one.click(WIDTH - 7, times=2)
        assert one.widget.selected_text == "دوست"
        assert one.selected()[1:] == seen("دوست")[1:], "but for the cell of the cursor"
        await one.click(WIDTH - 7, times=3)
        assert one.widget.selected_text == "سلام دوست abc"


async def test_what_is_copied_is_the_text_as_it_is_stored() -> None:
    async with field(lambda: line("قیمت P40"), width=WIDTH) as one:
        await one.press("home", "shift+end", "ctrl+c")
        assert one.pilot.app.clipboard == "قیمت P40"
        await one.press("ctrl+x", "ctrl+v", "ctrl+v")
        assert one.widget.value == "قیمت P40قیمت P40"


# --- long lines -------------------------------------------------------------------------------------------------

LONG = "قیمت P40 و P50 را برای رضا فرستادم و قرار شد فردا ساعت ده (پس از جلسه) زنگ بزند"


@in_all
async def test_a_long_line_scrolls_so_that_the_cursor_is_always_seen() -> None:
    async with field(line, width=20) as one:
        await one.type(LONG)
        assert one.row() == seen(LONG[-19:]).strip()
        assert one.cursor() == (0, 0)
        await one.press("home")
        assert one.row() == seen(LONG[:20])
        assert one.cursor() == (19, 0)
        visited = [one.widget.cursor_position]
        for _ in LONG:
            one.widget.action_cursor_left()
            row = seen_cells(_sent(one.widget))
            assert len(row) == 20
            assert len(wearing(row, one.widget, "cursor")) == 1
            visited.append(one.widget.cursor_position)
        assert sorted(visited) == list(range(len(LONG) + 1))


def _sent(line: LineInput) -> list[Segment]:
    return order.line_filter(text.mode(), order.side()).apply(list(line.render_line(0)), Color(0, 0, 0))


async def test_a_drag_over_the_edge_scrolls_on() -> None:
    async with field(lambda: line("abcdefghij" * 3), width=10) as one:
        await one.press("home")
        await one.pilot.mouse_down(offset=(5, 0))
        for _ in range(3):
            one.widget.post_message(_moved_to(12))
            await one.pilot.pause()
        await one.pilot.mouse_up(offset=(9, 0))
        assert len(one.widget.selected_text) > 5
        assert one.row() != "abcdefghij"


def _moved_to(x: int) -> events.MouseMove:
    return events.MouseMove(None, x, 0, 0, 0, 1, False, False, False, screen_x=x, screen_y=0)


# --- any text ---------------------------------------------------------------------------------------------------

ANY = st.text(
    st.sampled_from([*"ab P40 ,.()/", *"لامپگچ", *"۰۱۹", *"،؟«»", "\u200c", SHADDA, "é"]), max_size=60
)


@in_all
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ANY, st.data())
async def test_any_text_shows_one_cursor_and_a_click_on_it_keeps_it(
    written: str, data: st.DataObject
) -> None:
    async with field(lambda: line(written), width=24) as one:
        await _stays(one, data.draw(st.integers(0, len(one.widget.value))))


async def _stays(one: Field[LineInput], index: int) -> None:
    one.widget.cursor_position = index
    await one.pilot.pause()
    before = one.cursor()
    await one.click(*before)
    assert one.cursor() == before
