"""A day's keys under a Persian layout, from the bytes of the terminal to the screen and the database."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.keyboards import PROTOCOLS, Protocol
from tests.tui.desk import PARS, desk
from tests.tui.persian import persian_desk
from tests.tui.wire import Terminal

from tuicrm.services import history
from tuicrm.settings import KeyboardLayout
from tuicrm.tui.screens.help import Help, HelpText
from tuicrm.tui.screens.palette import Palette
from tuicrm.tui.widgets.search_line import SearchLine

LAYOUTS: tuple[KeyboardLayout, ...] = ("fa", "ar")


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("layout", LAYOUTS)
async def test_a_queue_is_worked_without_changing_the_layout(
    tmp_path: Path, layout: KeyboardLayout, protocol: Protocol
) -> None:
    async with desk(tmp_path, keyboard=layout) as one:
        hands = Terminal(one, layout, protocol)
        await hands.keys("j")
        await hands.keys("n")
        assert [(call.contact and call.contact.id, call.outcome) for call in one.calls()] == [
            (PARS, "no_answer")
        ]
        await hands.keys("u")
        assert one.calls() == []
        await hands.keys("U")
        assert [call.outcome for call in one.calls()] == ["no_answer"]
        assert [action.verb for action in history.actions(one.crm)][:1] == ["call.log"]


@pytest.mark.parametrize("protocol", PROTOCOLS)
async def test_a_call_is_logged_in_persian_and_by_position(tmp_path: Path, protocol: Protocol) -> None:
    async with desk(tmp_path) as one:
        hands = Terminal(one, "fa", protocol)
        await hands.keys("l")
        # the keys of these letters: «قیمت»، a half-space, «ها», and the keys of /2d
        await hands.keys("rdljBih /2d")
        await hands.enter()
        (call,) = one.calls()
        assert call.note == "قیمت\u200cها"
        assert call.follow_up is not None
        assert f"{call.follow_up.due.on}" == "2026-11-24"


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("layout", LAYOUTS)
async def test_chords_act_and_letters_are_text_in_a_search_line(
    tmp_path: Path, layout: KeyboardLayout, protocol: Protocol
) -> None:
    async with desk(tmp_path, keyboard=layout) as one:
        hands = Terminal(one, layout, protocol)
        await hands.keys("2")
        assert one.app.shell.current == "contacts"
        await hands.keys("/")
        await hands.keys("vqh")
        assert one.widget(SearchLine).value == "رضا"
        await hands.keys("p", modifier="ctrl")
        assert isinstance(one.app.screen, Palette)
        await one.press("escape")
        await hands.keys("1", modifier="alt")
        assert one.app.shell.current == "today"


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("layout", LAYOUTS)
async def test_shift_letters_act_by_position(
    tmp_path: Path, layout: KeyboardLayout, protocol: Protocol
) -> None:
    async with desk(tmp_path, keyboard=layout) as one:
        hands = Terminal(one, layout, protocol)
        first = one.cursor_line
        await hands.keys("G")
        assert one.cursor_line != first
        await hands.keys("g")
        assert one.cursor_line == first
        await hands.keys("?")
        assert isinstance(one.app.screen, Help)
        await hands.keys("q")
        assert not isinstance(one.app.screen, Help)


async def test_alt_with_a_digit_acts_in_a_terminal_of_the_old_way(tmp_path: Path) -> None:
    # Textual alone makes a sign of Alt+1 and Alt+2, under a US layout too.
    async with desk(tmp_path) as one:
        hands = Terminal(one)
        for digit, place in (
            ("2", "contacts"),
            ("3", "calls"),
            ("۲", "contacts"),
            ("٣", "calls"),
            ("1", "today"),
        ):
            await hands.data(f"\x1b{digit}")
            assert one.app.shell.current == place


async def test_help_shows_the_letter_of_both_layouts(tmp_path: Path) -> None:
    async with persian_desk(tmp_path) as one:
        await Terminal(one).keys("?")
        lines = [line.plain for line in one.app.screen.query_one(HelpText)._lines]
        for caps in ("c / ز", "n / د", "l / م", "U / ◌\u064e", "1 / ۱", "? / ؟", "[ / ج"):
            assert any(caps in line for line in lines), caps
        assert any("Ctrl+P" in line for line in lines)


async def test_help_in_english_shows_one_letter(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await Terminal(one).keys("?")
        lines = [line.plain for line in one.app.screen.query_one(HelpText)._lines]
        assert not any("ز" in line for line in lines)
