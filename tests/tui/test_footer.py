"""The footer: the keys that act now, whole, what is urgent first."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.tui.desk import Desk, desk

from tuicrm.services import telephone


async def tell(one: Desk, state: telephone.Event) -> None:
    """What the telephone says of a call from Reza."""
    telephone.event(one.crm, state, call_id="c1", number="09350002345", agent="sara", source="pbx")
    await one.app.bar.phone.heard()
    await one.rest()


@pytest.mark.parametrize("place", ["1", "2", "3"])
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
    async with desk(tmp_path, size=(66, 24)) as one:
        await one.press("3")
        assert "log a past call" not in one.footer
        assert "e edit" in one.footer
