"""A finished line gets the order that the terminal needs, and its styles go with the letters."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from tuicrm import i18n
from tuicrm.domain.terminals import Mode
from tuicrm.line_order import LRI, LRM, PDI, RLI, Base
from tuicrm.shaping import shaped
from tuicrm.tui import order, text

BLACK = Color(0, 0, 0)
RED, BLUE = Style(color="red"), Style(color="blue")


@pytest.fixture(autouse=True)
def afterwards() -> Iterator[None]:
    yield
    text.use("visual")
    i18n.use("en")


def out(line: str, mode: Mode = "visual", base: Base = "ltr") -> str:
    """What is sent for a line in one style."""
    segments = order.line_filter(mode, base).apply([Segment(line, RED)], BLACK)
    assert {segment.style for segment in segments} <= {RED}
    return "".join(segment.text for segment in segments)


def row(*cells: str, width: int = 12) -> str:
    """Cells in columns, as a list makes them."""
    return "".join(text.fitted(cell) + " " * (width - text.cells(cell)) for cell in cells)


def visible(name: str) -> str:
    """A Persian word as an eye sees it from left to right: joined, last letter first."""
    return shaped(name)[::-1]


def test_two_persian_cells_keep_their_columns() -> None:
    line = out(row("لیلا", "پارس", "0912"))
    assert line == f"{visible('لیلا')}{' ' * 8}{visible('پارس')}{' ' * 8}0912{' ' * 8}"


def test_letters_are_joined_and_each_keeps_its_cell() -> None:
    assert shaped("سلام") == "\ufeb3\ufee0\ufe8e\ufee1"
    assert out(f"{RLI}سلام{PDI}") == "\ufee1\ufe8e\ufee0\ufeb3"


def test_a_half_space_parts_letters_and_takes_no_cell() -> None:
    joined = out(f"{RLI}می‌روم{PDI}")
    assert joined == shaped("می‌روم")[::-1].replace("\u200c", "")
    assert cell_len(joined) == 5


def test_an_emoji_of_several_parts_stays_whole() -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    sent = out(f"{RLI}سلام {family}{PDI}")
    assert sent == f"{family} {visible('سلام')}"
    assert cell_len(sent) == cell_len(f"سلام {family}")


def test_a_mark_stays_behind_its_letter() -> None:
    joined = out(f"{RLI}محمّد{PDI}")
    assert joined.index("\u0651") == joined.index("\ufee4") + 1, "the shadda follows the meem it sits on"


def test_numbers_run_left_to_right_wherever_they_stand() -> None:
    phone = text.isolated("۰۹۱۲ ۱۲۳ ۴۵۶۷", "ltr")
    said = f"{RLI}شمارهٔ {phone} است{PDI}"
    assert "۰۹۱۲ ۱۲۳ ۴۵۶۷" in out(said)
    assert "۰۹۱۲ ۱۲۳ ۴۵۶۷" in out(said, base="rtl")


def test_brackets_inside_a_persian_cell_are_mirrored() -> None:
    assert out(f"{RLI}(لیلا){PDI}") == f"({visible('لیلا')})"


def test_a_mirrored_line_has_its_columns_from_the_right() -> None:
    line = out(f"▌ {LRI}08:30{PDI}  {RLI}لیلا{PDI}   ", base="rtl")
    assert line == f"   {visible('لیلا')}  08:30 ▐"


def test_a_mirrored_box_closes_on_its_own_side() -> None:
    assert out("┌─ ab ──┐", base="rtl") == "┌── ab ─┐"
    assert out("├──", base="rtl") == "──┤"


def test_key_caps_do_not_hold_a_mirrored_footer_together() -> None:
    line = f" c {RLI}صحبت{PDI}  n {RLI}بی‌پاسخ{PDI}"
    assert out(line, base="rtl").split() == [out(f"{RLI}بی‌پاسخ{PDI}"), "n", out(f"{RLI}صحبت{PDI}"), "c"]


def test_english_in_a_mirrored_line_is_still_read_from_the_left() -> None:
    assert out("price list (old)  12:30", base="rtl") == "12:30  price list (old)"


def test_styles_travel_with_the_letters() -> None:
    segments = [Segment(f"{RLI}لی", RED), Segment("لا", BLUE), Segment(f"{PDI} ok", RED)]
    sent = order.line_filter("visual", "ltr").apply(segments, BLACK)
    joined = visible("لیلا")
    assert [(segment.text, segment.style) for segment in sent] == [
        (joined[:2], BLUE),
        (joined[2:], RED),
        (" ok", RED),
    ]


def test_an_english_line_is_passed_on_untouched() -> None:
    segments = [Segment("Leila Karimi", RED), Segment("  0912", BLUE)]
    assert order.line_filter("visual", "ltr").apply(segments, BLACK) is segments
    assert order.line_filter("logical", "ltr").apply(segments, BLACK) is segments


def test_logical_mode_keeps_letters_in_isolates_and_adds_a_mark_after_persian() -> None:
    line = f"{RLI}لیلا{PDI}  {LRI}0912{PDI}"
    assert out(line, "logical") == f"{RLI}لیلا{PDI}{LRM}  {LRI}0912{PDI}"


def test_logical_mode_changes_the_places_of_the_columns_of_a_mirrored_line() -> None:
    line = f"▌ {LRI}08:30{PDI}  {RLI}لیلا{PDI}"
    assert out(line, "logical", "rtl") == f"{LRM}{RLI}لیلا{PDI}{LRM}  {LRI}08:30{PDI} ▐"


def test_logical_mode_isolates_persian_that_nobody_isolated() -> None:
    assert out("a  لیلا", "logical", "rtl") == f"{LRM}{RLI}لیلا{PDI}{LRM}  a"


def test_kitty_gets_lam_and_alef_parted() -> None:
    line = [Segment(f"{RLI}لا{PDI}", RED)]
    joined = shaped("لا")
    sent = order.line_filter("visual", "ltr", "kitty").apply(line, BLACK)
    assert [one.text for one in sent] == [f"{joined[1]}\u200c{joined[0]}"]
    assert [one.text for one in order.line_filter("visual", "ltr").apply(line, BLACK)] == [joined[::-1]]


def test_konsole_gets_brackets_turned_round_and_lam_parted_from_alef() -> None:
    line = f"{RLI}لیلا (نمونه) (a){PDI}"
    sent = order.line_filter("logical", "ltr", quirk="konsole").apply([Segment(line, RED)], BLACK)
    assert "".join(one.text for one in sent) == f"{RLI}لیل\u200d\u200c\u200dا )نمونه( )a({PDI}{LRM}"
    assert sum(cell_len(one.text) for one in sent) == cell_len(line)
    assert out(line, "logical") == line + LRM


def test_plain_mode_sends_no_marks_and_no_other_order() -> None:
    assert out(f"▌ {RLI}لیلا{PDI} {LRI}12{PDI}{LRM}", "plain") == "▌ لیلا 12"
    assert out(f"{RLI}می‌روم{PDI}", "plain") == "می‌روم", "a half-space is part of the word"


def test_lines_mirror_only_in_persian_and_not_for_screen_readers() -> None:
    i18n.use("fa", isolate=True)
    text.use("logical")
    assert order.mirrored()
    assert order.column(0, 80) == 79
    text.use("plain")
    assert not order.mirrored()
    i18n.use("en")
    text.use("visual")
    assert order.column(3, 80) == 3


MIXED = st.text(
    st.sampled_from("abc 12۳۴ لیلاپگچ‌.,()[]/:-،؟\u0651▌─" + LRI + RLI + PDI), min_size=1, max_size=40
)


@given(MIXED, st.sampled_from(["visual", "logical", "plain"]), st.sampled_from(["ltr", "rtl"]))
def test_no_line_changes_its_width(line: str, mode: Mode, base: Base) -> None:
    # a mark without a letter before it has no cell to sit on
    line = "x" + line
    assert cell_len(out(line, mode, base)) == cell_len(line)


@given(MIXED)
def test_what_is_sent_in_visual_mode_never_needs_reordering_marks(line: str) -> None:
    assert not {LRI, RLI, PDI, LRM} & set(out(f"{RLI}{line}{PDI}"))


@given(st.lists(st.tuples(MIXED, st.sampled_from([RED, BLUE])), min_size=1, max_size=5), st.booleans())
def test_every_letter_keeps_its_style(pieces: list[tuple[str, Style]], turned: bool) -> None:
    segments = [Segment(piece, style) for piece, style in pieces]
    sent = order.line_filter("visual", "rtl" if turned else "ltr").apply(segments, BLACK)
    for style in (RED, BLUE):
        before = sum(
            1
            for piece, worn in pieces
            if worn == style
            for char in piece
            if char.isalpha() and char < "\u0600"
        )
        after = sum(
            1 for one in sent if one.style == style for char in one.text if char.isalpha() and char < "\u0600"
        )
        assert after == before
