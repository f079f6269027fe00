"""The search key, from every place: what is typed after it is text from the very first letter."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tui.apps import screen_lines
from tests.tui.desk import Desk, desk, fill
from tests.tui.stillness import settled
from textual import events

from tuicrm.domain.clock import FrozenClock
from tuicrm.services import contacts
from tuicrm.tui.widgets.search_line import SearchLine


def burst(one: Desk, keys: str) -> None:
    """Keys that arrive in one read of the terminal."""
    for at, key in enumerate(keys):
        name = "slash" if key == "/" else key
        event = events.Key(name, key)
        event.time = 100.0 + at / 1000
        one.app.post_message(event)


def sought(one: Desk) -> str:
    assert isinstance(one.app.focused, SearchLine)
    return one.widget(SearchLine).value


@pytest.mark.parametrize(("place", "searched"), [("1", "contacts"), ("3", "calls")])
async def test_what_follows_the_search_key_in_one_burst_is_text(
    tmp_path: Path, place: str, searched: str
) -> None:
    async with desk(tmp_path) as one:
        await one.press(place)
        burst(one, "/reza")
        await one.rest()
        assert one.app.shell.current == searched
        assert sought(one) == "reza"
        assert "Reza Ahmadi" in one.screen
        assert "Nadia Rostami" not in one.screen


@pytest.mark.parametrize("place", ["1", "3"])
async def test_key_by_key_too(tmp_path: Path, place: str) -> None:
    async with desk(tmp_path) as one:
        await one.press(place, "slash")
        assert sought(one) == ""
        await one.press("r", "e", "i", "d")
        assert sought(one) == "reid"
        assert [contacts.get(one.crm, number).name for number in (1, 2, 3, 4)] == [
            "Leila Karimi",
            "Pars Trading",
            "Reza Ahmadi",
            "Nadia Rostami",
        ]


async def test_an_older_search_is_emptied(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("2", "slash")
        await one.type("leila")
        await one.press("enter", "1")
        burst(one, "/reza")
        await one.rest()
        assert sought(one) == "reza"


async def test_straight_after_the_start_as_well(tmp_path: Path) -> None:
    from datetime import datetime

    from tests.tui.apps import opener, settings_in
    from tests.tui.desk import NOW

    from tuicrm.services.context import open_crm
    from tuicrm.tui.app import CrmApp

    clock = FrozenClock(datetime.fromisoformat(NOW))
    settings = settings_in(tmp_path, zone="Asia/Tehran", region="IR")
    crm = open_crm(settings, via="tui", clock=clock)
    fill(crm)
    crm.close()
    app = CrmApp(opener(settings, clock), settings, clock=clock)
    async with app.run_test(size=(80, 24)) as pilot:
        one = Desk(app, pilot)
        burst(one, "/reza")
        await app.bridge.crm()
        await settled(pilot)
        await one.rest()
        assert sought(one) == "reza"
        assert any("Reza Ahmadi" in line for line in screen_lines(app))


async def test_a_card_that_lies_over_contacts_is_closed_for_the_search(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("2", "enter", "1")
        burst(one, "/reza")
        await one.rest()
        assert sought(one) == "reza"
        await one.press("enter")
        assert "Reza Ahmadi" in one.cursor_line
