"""The cells of a line that is being edited are those of the screen: each is reached, and each leads back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style
from textual.color import Color
from textual.strip import Strip

from tuicrm import i18n
from tuicrm.domain.terminals import Mode
from tuicrm.tui import order, text
from tuicrm.tui.widgets import caret, field_row
from tuicrm.tui.widgets.caret import Base, Step

PLAIN, CURSOR = Style(color="white"), Style(bgcolor="red")
ZWNJ, ZWJ, SHADDA = "\u200c", "\u200d", "\u0651"
LETTERS = st.sampled_from(
    [
        *"abP40 ,.:()/+-",
        *"لامپگچیه",
        *"۰۱۹٣٤",
        *"،؛؟«»٪",
        ZWNJ,
        ZWJ,
        SHADDA,
        "\u0654",
        "é",
        "世",
        "👍",
        "\u00ad",
    ]
)
PHONES = st.sampled_from(["0912 345", "۰۲۱-۸۸۷۷", "+98 21", " 2026-11-28", "(021) 88"])
TEXTS = st.lists(LETTERS | PHONES, max_size=20).map("".join)
BASES = st.sampled_from(["ltr", "rtl"])


@pytest.fixture(autouse=True)
def afterwards() -> Iterator[None]:
    yield
    text.use("visual")
    i18n.use("en")


def sent(row: Strip, mode: Mode) -> list[tuple[str, Style | None]]:
    """What a row is on the screen: each terminal cell and its style."""
    segments = order.line_filter(mode, order.side()).apply(list(row), Color(0, 0, 0))
    return [
        (char, segment.style) for segment in segments for char in segment.text for _ in range(cell_len(char))
    ]


def lit(row: Strip) -> list[int]:
    """The columns of the screen that wear the cursor's style."""
    return [at for at, (_, style) in enumerate(sent(row, "visual")) if style == CURSOR]


def row_with_cursor(written: str, base: Base, index: int, width: int = 300) -> Strip:
    line = caret.laid(written, base)
    styles = [PLAIN] * len(line.shown)
    styles[line.cell(index)] = CURSOR
    return field_row.painted(line, styles, base, width, PLAIN)


# --- against the screen -----------------------------------------------------------------------------------------


@given(TEXTS, BASES, st.booleans(), st.data())
@example("قیمت P40 را فرستادم /فردا", "rtl", False, None)
def test_the_cursor_stands_where_the_screen_shows_it(
    written: str, base: Base, persian: bool, data: st.DataObject | None
) -> None:
    i18n.use("fa" if persian else "en", isolate=persian)
    indices = range(len(written) + 1) if data is None else [data.draw(st.integers(0, len(written)))]
    for index in indices:
        line = caret.laid(written, base)
        column = field_row.left(line, base, 300) + line.column(index)
        width = line.widths[line.cell(index)]
        assert lit(row_with_cursor(written, base, index)) == list(range(column, column + width))


@given(TEXTS, BASES)
def test_a_row_is_as_wide_as_it_says(written: str, base: Base) -> None:
    row = row_with_cursor(written, base, 0, width=300)
    assert row.cell_length == 300
    assert sum(cell_len(segment.text) for segment in row) == 300
    assert len(sent(row, "visual")) == 300


# --- places and cells -------------------------------------------------------------------------------------------


@given(TEXTS, BASES)
def test_a_click_on_the_cell_of_the_cursor_brings_the_cursor_back(written: str, base: Base) -> None:
    """To the same index; from between a letter and its marks to the letter, where the cursor was shown."""
    line = caret.laid(written, base)
    for index in range(len(written) + 1):
        again = line.at(line.column(index))
        assert line.cell(again) == line.cell(index)
        inside = line.starts[line.cell(index)] == again < index
        assert again == index or inside or not caret.cut(written).shown, "marks alone are shown at the end"


@given(TEXTS, BASES)
def test_walking_visits_every_cell_once_from_either_edge(written: str, base: Base) -> None:
    line = caret.laid(written, base)
    steps: tuple[Step, Step] = (1, -1)
    for step in steps:
        index: int | None = line.edge(-step)
        columns = []
        while index is not None:
            columns.append(line.column(index))
            index = line.beside(index, step)
        assert columns == sorted(line.lefts, reverse=step < 0)
        assert sum(line.widths) == line.width


@given(TEXTS, BASES)
def test_all_cells_together_are_the_text(written: str, base: Base) -> None:
    line = caret.laid(written, base)
    letters = caret.cut(written).shown
    assert "".join(line.shown) == ("".join(caret.signs(written)) if letters else "") + " "
    assert sorted(line.order) == list(range(len(line.shown)))
    assert line.starts[-1] == len(written) + 1


def test_the_end_is_where_a_line_goes_on() -> None:
    assert caret.laid("call لیلا", "ltr").column(9) == 9
    assert caret.laid("لیلا call", "rtl").column(9) == 0
    assert caret.laid("", "rtl").column(0) == 0


def test_a_mixed_line_is_walked_as_it_stands() -> None:
    written = "قیمت P40 را"
    line = caret.laid(written, "rtl")
    seen = []
    index: int | None = 0
    while index is not None:
        seen.append(written[index : index + 1] or "end")
        index = line.beside(index, -1)
    assert seen == [*"قیمت ", *"04P", *" را", "end"]


@pytest.mark.parametrize("index", [0, 1, 2])
def test_a_letter_and_what_has_no_width_are_one_cell(index: int) -> None:
    line = caret.laid(f"م{SHADDA}{ZWNJ}د", "rtl")
    assert line.shown == (f"م{SHADDA}{ZWNJ}", "د", " ")
    assert line.cell(index) == 0
    assert line.column(index) == 2


def test_what_has_no_width_before_the_first_letter_belongs_to_it() -> None:
    line = caret.laid(f"{ZWNJ}{SHADDA}سر", "rtl")
    assert line.column(0) == line.column(2) == 2
    assert line.at(2) == 0


def test_marks_alone_are_shown_at_the_end() -> None:
    line = caret.laid(SHADDA, "rtl", end=False)
    assert line.width == 1
    assert line.column(0) == 0


def test_for_a_screen_reader_letters_stand_as_they_are_stored() -> None:
    line = caret.laid("لیلا a", None)
    assert line.order == tuple(range(7))


def test_controls_are_shown_and_take_a_cell() -> None:
    assert caret.laid("a\nb\u202e\x1b", "ltr").shown == ("a", "↵", "b", "\ufffd", "␛", " ")


def test_a_selection_covers_the_cells_of_which_it_holds_anything() -> None:
    line = caret.laid(f"م{SHADDA}د", "rtl")
    assert list(line.between(1, 2)) == [0]
    assert list(line.between(0, 3)) == [0, 1]
    assert list(line.between(2, 2)) == []
    assert list(line.between(-5, 4)) == [0, 1, 2], "the line break is selected as well"
    assert list(line.between(7, 9)) == []


def test_the_groups_of_a_telephone_number_stand_as_they_are_dialled() -> None:
    written = "تلفن ۰۲۱-۸۸۷۷ و 0912 345 6789"
    line = caret.laid(written, "rtl")
    seen = "".join(line.shown[cell] for cell in line.order)
    assert "۰۲۱-۸۸۷۷" in seen
    assert "0912 345 6789" in seen
    assert line.beside(5, -1) == 13, "left of its first digit goes on what follows the number"


# --- long lines -------------------------------------------------------------------------------------------------


@given(
    st.lists(st.integers(1, 2), min_size=1, max_size=40), st.integers(2, 20), st.integers(0, 50), st.data()
)
def test_the_cursor_is_always_in_the_window_and_the_window_is_full(
    widths: list[int], room: int, first: int, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(widths) - 1))
    begin, end = caret.window(widths, at, first, room)
    assert begin <= at < end <= len(widths)
    assert sum(widths[begin:end]) <= room
    assert begin == 0 or sum(widths[begin - 1 :]) > room
    assert end == len(widths) or sum(widths[begin : end + 1]) > room


def test_a_window_moves_no_further_than_it_must() -> None:
    assert caret.window([1] * 100, 50, 40, 20) == (40, 60)
    assert caret.window([1] * 100, 60, 40, 20) == (41, 61)
    assert caret.window([1] * 100, 39, 40, 20) == (39, 59)


# --- words ------------------------------------------------------------------------------------------------------


@given(TEXTS)
def test_words_are_parts_of_the_text_one_after_the_other(written: str) -> None:
    ends = [0]
    for start, end in caret.words(written):
        assert ends[-1] <= start < end
        ends.append(end)
        assert not any(char.isspace() for char in written[start:end])
        assert written[start].isalnum()
    assert not any(char.isalnum() for char in "".join(_between(written)))


def _between(written: str) -> Iterator[str]:
    at = 0
    for start, end in caret.words(written):
        yield written[at:start]
        at = end
    yield written[at:]


def test_neither_half_space_nor_mark_parts_a_word() -> None:
    written = f"نمی‌روم محم{SHADDA}د /فردا"
    assert [written[start:end] for start, end in caret.words(written)] == ["نمی‌روم", f"محم{SHADDA}د", "فردا"]
    assert caret.word_before(written, 6) == 0
    assert caret.word_at(written, 3) == (0, 7)
    assert caret.word_behind(written, 0) == 8
    assert caret.word_end(written, 7) == 13


def test_a_place_in_no_word_is_one_character() -> None:
    assert caret.word_at("a  b", 1) == (1, 2)
    assert caret.word_at("a", 1) == (1, 1)


@given(TEXTS, BASES)
def test_word_jumps_go_to_the_named_side_and_miss_no_word(written: str, base: Base) -> None:
    line = caret.laid(written, base)
    starts = caret.word_starts(written)
    stops = {line.column(start) for start in starts}
    seen = []
    index = line.next_stop(None, 1, starts)
    while index is not None:
        seen.append(line.column(index))
        index = line.next_stop(index, 1, starts)
    assert seen == sorted(stops)
