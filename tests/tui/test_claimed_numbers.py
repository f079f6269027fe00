"""A number that is nobody's yet is had by one agent at a time, as a contact is."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tui.claimed import again, colleague, mine, until
from tests.tui.desk import Desk, desk

from tuicrm.domain.errors import Conflict
from tuicrm.services import claims

UNKNOWN = "+989123334455"


async def find_to_dial(one: Desk) -> None:
    """The finder for a call, the number of nobody typed."""
    await one.press("6", "d")
    await one.type("09123334455")


async def test_two_who_dial_the_same_unknown_number_are_one_who_dials_and_one_who_is_told(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as one:
        with colleague(one, tmp_path) as omid:
            claims.take(omid, claims.of_number(UNKNOWN))
            await find_to_dial(one)
            await one.press("enter")
            assert one.app.bar.state.live is None, "nothing is dialled"
            assert "omid has been with" in one.screen
            assert UNKNOWN in one.screen
            await again(one, "enter")
            assert one.app.bar.state.live is not None
            assert mine(one) == {claims.of_number(UNKNOWN)}


async def test_an_unknown_number_is_had_while_it_is_called_and_its_new_contact_after_that(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as one:
        with colleague(one, tmp_path) as omid:
            await find_to_dial(one)
            await one.press("enter")
            assert mine(one) == {claims.of_number(UNKNOWN)}
            with pytest.raises(Conflict) as refused:
                claims.take(omid, claims.of_number(UNKNOWN))
            assert refused.value.params["holder"] == "sara"
            await one.type("Majid Rad")
            await one.press("ctrl+n")
            assert mine(one) == {claims.of_number(UNKNOWN)}
            await one.type("asked for the price")
            await one.press("enter")
            await until(one, lambda: not mine(one))
            claims.take(omid, claims.of_number(UNKNOWN))


async def test_that_another_takes_over_the_unknown_number_is_said(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        with colleague(one, tmp_path) as omid:
            await find_to_dial(one)
            await one.press("enter")
            claims.take(omid, claims.of_number(UNKNOWN), over=True)
            await until(one, lambda: "omid has taken over" in one.screen)
            assert mine(one) == set()
