"""The footer: the keys that act now, whole, what is urgent first."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.tui.apps import screen_lines
from tests.tui.desk import Desk, desk
from tests.tui.persian import persian_desk

from tuicrm.services import telephone
from tuicrm.tui.dialogs.menu import Menu


async def tell(one: Desk, state: telephone.Event) -> None:
    """What the telephone says of a call from Reza."""
    telephone.event(one.crm, state, call_id="c1", number="09350002345", agent="sara", source="pbx")
    await one.app.bar.phone.heard()
    await one.rest()


@pytest.mark.parametrize("place", ["1", "2", "3", "5", "6"])
async def test_a_ringing_call_is_taken_by_the_first_key_of_the_footer(tmp_path: Path, place: str) -> None:
    async with desk(tmp_path) as one:
        await one.press(place)
        await tell(one, "ring")
        assert one.footer.strip().startswith("d take it")
        await one.press("d")
        assert "Call with Reza Ahmadi" in one.screen


@pytest.mark.parametrize("place", ["1", "2", "3"])
async def test_a_running_call_is_hung_up_and_then_wrapped_up(tmp_path: Path, place: str) -> None:
    async with desk(tmp_path) as one:
        await one.press(place)
        await tell(one, "answer")
        await one.press("escape")
        assert one.footer.strip().startswith("d hang up")
        await one.press("d")
        if "wrap-up" in one.screen:
            await one.press("escape")
        assert one.footer.strip().startswith("l wrap up")
        assert "d hang up" not in one.footer
        await one.press("l")
        assert "Call with Reza Ahmadi" in one.screen


async def test_the_footer_of_a_form_says_how_to_leave_it(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("2", "e")
        assert "Esc keep as draft" in one.footer
        assert "Enter next or save" in one.footer


async def test_the_footer_names_the_key_of_a_field_with_few_values(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("t")
        assert "another value" not in one.footer
        await one.press("tab")
        assert "Space another value" in one.footer
        before = one.screen
        await one.press("space")
        assert one.screen != before


@pytest.mark.parametrize("keys", [("2", "enter"), ("3", "enter"), ("2", "full_stop", "z")])
async def test_what_was_opened_over_a_place_says_which_key_closes_it(
    tmp_path: Path, keys: tuple[str, ...]
) -> None:
    async with desk(tmp_path) as one:
        await one.press(keys[0])
        place, screen = one.app.place, one.screen
        assert "q back" not in one.footer
        await one.press(*keys[1:])
        assert one.app.place is not place
        assert "q back" in one.footer
        await one.press("q")
        assert one.screen == screen


@pytest.mark.parametrize("place", ["5", "6"])
async def test_a_call_is_logged_from_a_place_that_lists_nobody(tmp_path: Path, place: str) -> None:
    async with desk(tmp_path) as one:
        await one.press(place)
        assert one.footer.startswith(" l log a call  d dial")
        assert "add" not in one.footer
        before = len(one.calls())
        await one.press("l")
        await one.type("leila")
        await one.press("tab")
        await one.type("price list sent")
        await one.press("enter")
        assert len(one.calls()) == before + 1


async def test_keys_stand_whole_or_not_at_all(tmp_path: Path) -> None:
    for width in range(40, 100, 7):
        async with desk(tmp_path / str(width), size=(width, 24)) as one:
            for place in "123":
                await one.press(place)
                assert "…" not in one.footer
                assert one.footer.endswith("? all")
                assert len(one.footer) <= width
                assert re.match(r" \S+ \S+", one.footer)


async def test_what_is_left_of_the_line_is_filled_with_shorter_keys(tmp_path: Path) -> None:
    async with desk(tmp_path, size=(69, 24)) as one:
        await one.press("3")
        assert "log a past call" not in one.footer
        assert "e edit" in one.footer


async def test_a_click_on_a_key_of_the_footer_presses_it(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("2")
        await one.pilot.click("#footer", offset=(one.footer.index("l log a call") + 3, 0))
        await one.rest()
        assert one.app.bar.shown
        await one.pilot.click("#footer", offset=(one.footer.index("Esc") + 1, 0))
        await one.rest()
        assert not one.app.bar.shown
        await one.pilot.click("#footer", offset=(one.footer.index(". more"), 0))
        await one.rest()
        assert isinstance(one.app.screen, Menu)


async def test_a_click_on_a_key_acts_in_a_mirrored_footer_too(tmp_path: Path) -> None:
    async with persian_desk(tmp_path, size=(100, 24)) as one:
        await one.press("2")
        footer = "".join(screen_lines(one.app)[-1])
        await one.pilot.click("#footer", offset=(footer.index("l"), 0))
        await one.rest()
        assert one.app.bar.shown
