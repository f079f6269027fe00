"""Only the cells that differ are sent, and the terminal shows the same picture all the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len, set_cell_size
from rich.console import Console
from tests.tui.cellscreen import CellScreen
from tests.tui.desk import Desk, desk
from tests.tui.ptys import terminal
from textual._ansi_sequences import SYNC_END, SYNC_START
from textual._compositor import CompositorUpdate
from textual.drivers.linux_driver import LinuxDriver

from tuicrm.storage.database import Database
from tuicrm.tui.driver import CrmDriver
from tuicrm.tui.sgr import PLAIN, Look, compact
from tuicrm.tui.sparing import Sparing

STYLES = (
    "",
    "1",
    "48;2;10;20;30",
    "38;5;81;48;2;10;20;30",
    "1;38;5;81;48;2;10;20;30",
    "38;5;90",
    "2;9",
    "7",
    "4;31",
)
CHARS = " abc─▌ﻢپ漢\u200c\u0651\u2067\u2069…"
UNSEEN = " \u200c\u200e\u200f\u2066\u2067\u2068\u2069"
runs = st.tuples(
    st.integers(1, 4),
    st.integers(1, 12),
    st.lists(
        st.tuples(st.sampled_from(STYLES), st.text(CHARS, min_size=1, max_size=14)), min_size=1, max_size=3
    ),
)
pictures = st.lists(st.lists(runs, min_size=1, max_size=4), min_size=1, max_size=6)


def painted(picture: list[tuple[int, int, list[tuple[str, str]]]]) -> str:
    """A picture as Textual sends it."""
    out = ""
    for row, column, pieces in picture:
        out += f"\x1b[{row};{column}H"
        out += "".join(f"\x1b[{style}m{text}\x1b[0m" if style else text for style, text in pieces) + "\n"
    return out + "\x1b[1;1H"


def seen(screen: CellScreen) -> dict[tuple[int, int], tuple[str, Look]]:
    """What one sees: of a blank the ground alone, unless it is underlined, struck through or reversed; marks for the
    order of letters are not seen."""
    found = {
        place: (
            char,
            look if char.strip(UNSEEN) or look.attributes & {"4", "7", "9"} else look.ground,
        )
        for place, (char, look) in screen.cells.items()
    }
    return {place: cell for place, cell in found.items() if cell != (" ", PLAIN)}


def cut(picture: list[tuple[int, int, list[tuple[str, str]]]], columns: int) -> list[Any]:
    """A picture for a terminal of so many columns."""
    out = []
    for row, column, pieces in picture:
        left, kept = columns + 1 - column, []
        for style, text in pieces:
            fits = set_cell_size(text, left).rstrip(" ") if cell_len(text) > left else text
            left -= cell_len(fits)
            kept.append((style, fits))
        out.append((row, column, kept))
    return out


@given(pictures, st.booleans(), st.booleans(), st.sampled_from([0, 18, 80]))
def test_the_terminal_shows_the_same_cells(
    shown: list[list[tuple[int, int, list[tuple[str, str]]]]], orders: bool, erases: bool, columns: int
) -> None:
    whole, spared = CellScreen(columns or 80), CellScreen(columns or 80)
    sparing = Sparing(orders=orders, erases=erases)
    sparing.columns = columns
    for picture in shown:
        data = painted(cut(picture, columns) if columns else picture)
        less = sparing.less(data)
        whole.feed(data)
        spared.feed(less)
        assert seen(spared) == seen(whole)
        assert spared.place == whole.place


def test_the_same_picture_again_costs_nothing() -> None:
    sparing = Sparing()
    data = painted([(1, 1, [("1", "Leila Karimi")]), (2, 1, [("", "لیلا")])])
    assert sparing.less(data)
    assert sparing.less(data) == ""


def test_one_letter_more_costs_one_letter_and_its_place() -> None:
    sparing = Sparing()
    sparing.less(painted([(3, 1, [("", "price lis" + " " * 70)])]))
    less = sparing.less(painted([(3, 1, [("", "price list" + " " * 69)])]))
    assert less is not None
    assert len(less) <= len("\x1b[3;10Ht\x1b[1;1H")


def test_blanks_are_erased_where_the_terminal_fills_what_it_erases() -> None:
    row = [(1, 1, [("48;2;10;20;30", "a" + " " * 60 + "b")])]
    kept, erased = Sparing().less(painted(row)), Sparing(erases=True).less(painted(row))
    assert kept is not None
    assert erased is not None
    assert len(erased) < len(kept) - 40


def test_blanks_are_not_turned_to_a_colour_that_nobody_sees() -> None:
    rows = [
        (1, 1, [("1;38;5;81;48;5;235", "Leila"), ("38;5;90;48;5;235", " "), ("1;38;5;81;48;5;235", "Karimi")])
    ]
    sparing = Sparing()
    assert sparing.less(painted(rows)) == "\x1b[H\x1b[1;38;5;81;48;5;235mLeila Karimi\x1b[H"
    again = [(1, 1, [("1;38;5;81;48;5;235", "Leila"), ("48;5;235", " "), ("1;38;5;81;48;5;235", "Karimi")])]
    assert sparing.less(painted(again)) == "", "the blank looks the same"
    lined = [(1, 1, [("1;38;5;81;48;5;235", "Leila"), ("4;48;5;235", " "), ("1;38;5;81;48;5;235", "Karimi")])]
    assert "4" in sparing.less(painted(lined)), "a line under it is seen"


def test_a_line_is_cleared_at_once_where_its_words_stand_far_apart() -> None:
    words = "Leila" + " " * 12 + "0912" + " " * 12 + "today" + " " * 20
    less = Sparing(erases=True).less(painted([(2, 1, [("48;5;235", words)])]))
    assert less == f"\x1b[2H\x1b[48;5;235m\x1b[{len(words)}XLeila\x1b[12C0912\x1b[12Ctoday\x1b[H"


def test_one_style_is_sent_after_the_other_where_that_is_shorter() -> None:
    rows = [
        (row, 1, [("38;5;252", "Wed 11 Nov "), ("38;5;248", "08:37 "), ("38;5;252", "busy")])
        for row in (2, 3, 4)
    ]
    less = Sparing().less(painted(rows))
    assert less.count("38;5;252") == less.count("38;5;248") == 1


def test_the_style_of_one_picture_is_the_next_ones_beginning() -> None:
    sparing = Sparing()
    sparing.less(painted([(2, 1, [("38;5;252", "Leila")])]))
    assert sparing.less(painted([(3, 1, [("38;5;252", "Karimi")])])) == "\x1b[3HKarimi\x1b[H"
    assert sparing.less("\x1b[?1049l") == "\x1b[0m\x1b[?1049l", (
        "whatever is no picture begins in the terminal's own"
    )
    sparing.less(painted([(2, 1, [("38;5;252", "Leila")])]))
    sparing.forget()
    assert sparing.less(painted([(2, 1, [("38;5;90", "Leila")])])).startswith("\x1b[2H\x1b[0;38;5;90m")


def test_the_next_place_is_reached_from_where_the_cursor_is() -> None:
    sparing = Sparing(followed=False)
    sparing.columns = 80
    rows = [(row, 14, [("", "12:46  out")]) for row in (16, 17, 18, 20)]
    sparing.less(painted(rows))
    later = [(row, 14, [("", time)]) for row, time in ((16, "11:46"), (17, "12:16"), (18, "11"), (20, "10"))]
    assert sparing.less(painted(later)) == "\x1b[16;15H1\x1bD\x1b[C1\x1bD\b\b\b1\x1b[2B\b0"
    assert (
        sparing.less(painted([(3, 78, [("", "mon")]), (4, 2, [("", "day")])]))
        == "\x1b[3;78Hmon\x1bE\x1b[Cday"
    )


def test_a_sign_that_a_terminal_shows_wider_moves_nothing_in_other_lines() -> None:
    sparing = Sparing(followed=False)
    sparing.columns = 40
    title = (12, 10, [("", "a─b")])
    assert sparing.less(painted([title, (13, 12, [("", "c")])])) == "\x1b[12;10Ha─b\x1bE\x1b[11Cc"
    long = (14, 10, [("", "─" * 20)])
    less = sparing.less(painted([long, (15, 1, [("", "c")])]))
    assert less.endswith("─\x1b[15Hc"), "it may have gone on there"


def test_what_is_blank_up_to_the_end_of_a_line_is_erased_without_a_count() -> None:
    sparing = Sparing(erases=True, followed=False)
    sparing.columns = 60
    ground = "48;5;235"
    sparing.less(painted([(2, 1, [(ground, "Leila Karimi, Pars Pump Co" + " " * 34)])]))
    less = sparing.less(painted([(2, 1, [(ground, "Leila" + " " * 55)])]))
    assert less == "\x1b[2;7H\x1b[K"
    # on the right of the same line something else comes
    sparing.less(
        painted([(2, 1, [(ground, "Leila Karimi, Pars Pump Co")]), (2, 40, [("48;5;90", "x" * 21)])])
    )
    both = [(2, 1, [(ground, "Leila" + " " * 21)]), (2, 40, [("48;5;90", " " * 21)])]
    screen = CellScreen(60)
    screen.feed(less := sparing.less(painted(both)))
    assert less.count("\x1b[K") == 1
    assert "\x1b[20X" in less


def test_words_that_go_from_one_line_are_erased_at_once_with_the_blanks_between_them() -> None:
    sent = {}
    for erases in (True, False):
        sparing = Sparing(erases=erases, followed=False)
        sparing.columns = 80
        sparing.less(painted([(2, 1, [("48;5;235", "12:46" + " " * 40 + "busy" + " " * 31)])]))
        sent[erases] = sparing.less(painted([(2, 1, [("48;5;235", " " * 80)])]))
    assert sent == {True: "\x1b[2H\x1b[K", False: "\x1b[2H     \x1b[40C    "}


LINES: tuple[tuple[str, ...], ...] = tuple(
    (
        f"Caller {at}",
        ("Pars Pump Co", "", "شرکت پارس", "می\u200cخواهد", "─ …")[at % 5],
        f"0912 000 {at * 37 % 91:04}",
    )
    for at in range(40)
)
"""A list that is longer than the screen: names, companies, numbers."""


def listed(top: int, chosen: int, columns: int) -> str:
    """Eleven lines of it below a title, as Textual sends them; one of them is chosen."""
    picture = []
    for row in range(3, 14):
        at = top + row - 3
        ground = "48;5;90" if at == chosen else "48;5;235"
        words = [f"38;5;{style};{ground}" for style in (252, 248, 79)]
        cells = [set_cell_size(word, columns // 3) for word in LINES[at]]
        picture.append((row, 1, [*zip(words, cells, strict=True), (ground, " " * (columns % 3))]))
    return painted(picture)


@given(
    st.lists(st.tuples(st.integers(0, 29), st.integers(0, 39)), min_size=2, max_size=6),
    st.booleans(),
    st.booleans(),
)
@settings(max_examples=40)
def test_a_list_that_moves_shows_the_same_cells(
    moves: list[tuple[int, int]], orders: bool, erases: bool
) -> None:
    whole, spared = CellScreen(62), CellScreen(62)
    sparing = Sparing(orders=orders, erases=erases, followed=False)
    sparing.columns = 62
    for top, chosen in moves:
        data = listed(top, chosen, 62)
        whole.feed(data)
        spared.feed(sparing.less(data))
        assert seen(spared) == seen(whole)


@pytest.mark.parametrize("top", [6, 12], ids=["up", "down"])
def test_lines_that_moved_are_not_sent_again(top: int) -> None:
    sent = {}
    for followed in (True, False):
        sparing = Sparing(erases=True, followed=followed)
        sparing.columns = 80
        sparing.less(listed(9, 12, 80))
        sent[followed] = sparing.less(listed(top, 12, 80))
    assert sent[False].startswith("\x1b[3;13r")
    assert "\x1b[r" in sent[False]
    assert len(sent[False]) < len(sent[True]) * 0.6
    assert ";13r" not in sent[True], "a screen reader would say what moves"


def test_a_line_of_other_widths_is_not_sent_again_as_long_as_it_is_the_same() -> None:
    sparing = Sparing(orders=True, erases=True)
    rows = [(1, 1, [("", "لیلا کریمی  ")]), (1, 20, [("38;5;81", "0912")])]
    sparing.less(painted(rows))
    assert sparing.less(painted(rows)) == ""
    assert sparing.less(painted([(1, 20, [("38;5;81", "0913")])])) == "\x1b[1;23H3\x1b[H"
    assert "لیلا" in sparing.less(painted([(1, 1, [("", "لیلا رضایی  ")]), (1, 20, [("38;5;81", "0913")])]))


def test_a_blank_with_marks_of_which_one_sees_nothing_needs_no_style_of_its_own() -> None:
    row = [(1, 1, [("38;5;248", "\u2067لیلا\u2069"), ("38;5;252", "  \u2067"), ("38;5;248", "رضا\u2069")])]
    less = Sparing(orders=True).less(painted(row))
    assert less == "\x1b[H\x1b[38;5;248m\u2067لیلا\u2069  \u2067رضا\u2069\x1b[H"
    lined = [
        (1, 1, [("38;5;248", "\u2067لیلا\u2069"), ("4;38;5;248", "  \u2067"), ("38;5;248", "رضا\u2069")])
    ]
    assert "\x1b[4m  \u2067\x1b[24m" in Sparing(orders=True).less(painted(lined)), "a line under it is seen"


def test_the_cursor_is_put_home_for_those_who_follow_it() -> None:
    row = painted([(2, 1, [("", "Leila")])])
    assert Sparing().less(row) == "\x1b[2HLeila\x1b[H"
    unfollowed = Sparing(followed=False)
    assert unfollowed.less(row) == "\x1b[2HLeila"
    typed = painted([(2, 1, [("", "Leila K")])]).removesuffix("\x1b[1;1H") + "\x1b[2;8H"
    assert unfollowed.less(typed) == "\x1b[2;6H K", "it is there already"
    moved = painted([(2, 1, [("", "Leila K")])]).removesuffix("\x1b[1;1H") + "\x1b[2;1H"
    assert unfollowed.less(moved) == "\x1b[2H", "where one types it is put in any case"


def test_what_is_not_understood_is_sent_as_it_is_and_all_is_forgotten() -> None:
    sparing = Sparing()
    data = painted([(1, 1, [("", "Leila")])])
    sparing.less(data)
    assert sparing.less("\x1b[?2026h") == "\x1b[?2026h"
    assert sparing.less(data) == "", "the brackets of a picture change nothing"
    assert sparing.less("\x1b[?1049h\x1b[2J") == "\x1b[?1049h\x1b[2J"
    assert "Leila" in sparing.less(data)


def test_a_line_that_the_terminal_orders_is_sent_whole() -> None:
    sparing = Sparing(orders=True)
    sparing.less(painted([(1, 1, [("", "لیلا ۱")])]))
    assert "لیلا" in (sparing.less(painted([(1, 1, [("", "لیلا ۲")])])) or "")


# --- the program --------------------------------------------------------------------------------------------


def whole_picture(one: Desk) -> str:
    """The screen as Textual would send it."""
    update = one.app.screen._compositor.render_update(full=True)
    assert isinstance(update, CompositorUpdate)
    return update.render_segments(Console(color_system="256", force_terminal=True, width=80))


async def test_each_step_of_a_call_costs_a_fraction_of_its_picture(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        sparing = Sparing(erases=True, followed=False)
        sparing.columns = 80
        costs: dict[str, tuple[int, int]] = {}

        def cost(step: str) -> None:
            data = whole_picture(one)
            less = sparing.less(data)
            assert less is not None
            costs[step] = len(less.encode()), len(compact(data).encode())

        cost("first")
        await one.press("down")
        cost("down")
        await one.press("l")
        cost("bar")
        await one.type("price")
        cost("typed")
        await one.press("escape")
        cost("left")
        await one.press("2")
        cost("contacts")
    assert costs["first"][0] < costs["first"][1] * 0.75, costs
    assert all(spared < whole / 2 for step, (spared, whole) in costs.items() if step != "first"), costs
    assert costs["typed"][0] < 400, costs
    assert costs["down"][0] < 480, "with the card of another person"


def test_every_line_gets_the_same_screens_in_less_than_one_whole_picture_each(tmp_path: Path) -> None:
    shown: dict[str, list[list[str]]] = {"normal": [], "slow": []}
    sent: dict[str, int] = {}
    for link, pictures in shown.items():
        # there already: of a new one the screens say the name, which differs
        Database.open(tmp_path / f"{link}.db").close()
        own = {"TUICRM_LINK": link, "TUICRM_NOW": "2026-11-22T09:31:00+03:30", "TUICRM_BIDI": "visual"}
        with terminal(
            tmp_path / f"{link}.db", environ={**own, "TUICRM_CONFIG": str(tmp_path / "none.toml")}
        ) as program:
            program.wait_for("open the demo")
            program.read()
            screen = CellScreen()
            screen.feed(program.sent.decode())
            for keys in ("2", "?", "q", "a", "لیلا\t", "\x1b", "1", "\x10", "\x1b"):
                screen.feed(program.send(keys).decode())
                pictures.append(screen.lines)
            sent[link] = len(program.sent)
    assert shown["slow"] == shown["normal"]
    # a whole picture has 10,000 bytes and more
    assert all(bytes_sent < 2_500 * (len(shown[link]) + 1) for link, bytes_sent in sent.items()), sent


def test_only_a_picture_of_several_pieces_is_put_between_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []
    monkeypatch.setattr(LinuxDriver, "write", lambda _, data: sent.append(data))
    driver = CrmDriver.__new__(CrmDriver)
    large = "ل" * 1_000
    for data in (SYNC_START, "small", SYNC_END, SYNC_START, large, "more", SYNC_END, SYNC_START, SYNC_END):
        driver.write(data)
    assert sent == ["small", SYNC_START + large, "more", SYNC_END]
