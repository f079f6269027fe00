"""What a Persian agent stumbled over who used the program for the first time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.tui.desk import LEILA, Desk, desk

from tuicrm import i18n
from tuicrm.services import agents, contacts, filtering
from tuicrm.tui.dialogs.picker import Picker
from tuicrm.tui.screens.agenda_views import VIEWS, shows
from tuicrm.tui.widgets.search_line import SearchLine


@pytest.fixture
def persian() -> Iterator[None]:
    i18n.use("fa")
    yield
    i18n.use("en")


async def view(one: Desk, key: str) -> None:
    """Shows one of the views that ``p`` offers, whether its key takes it or only finds it."""
    await one.press("p", key)
    if isinstance(one.app.screen, Picker):
        await one.press("enter")


async def test_whoever_works_here_is_shown_and_found_by_name(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        agents.add(one.crm, "reza", name="رضا کیانی")
        await one.press("2", "o")
        await one.type("کیان")
        assert "@reza" in one.screen
        assert "nobody" not in one.screen
        assert "�" not in one.screen, "a name is data: no isolates stand in it"
        await one.press("enter")
        assert contacts.get(one.crm, LEILA).owner == "reza"


@pytest.mark.usefixtures("persian")
async def test_keys_write_the_filter_in_the_words_of_the_reader(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("4")
        line = one.widget(SearchLine)
        assert line.value == "کارشناس:من"
        await view(one, "3")
        assert line.value == "کارشناس:من سررسید:امروز"
        await one.press("]")
        assert line.value == "کارشناس:من سررسید:۱۴۰۵/۰۹/۰۲"
        await one.press("[")
        assert line.value == "کارشناس:من سررسید:۱۴۰۵/۰۹/۰۱"
        await view(one, "8")
        assert line.value == 'کارشناس:من وضعیت:"پایان تلاش‌ها"'
        await view(one, "5")
        await view(one, "m")
        assert line.value == 'سررسید:"هفتهٔ آینده" کارشناس:من'


@pytest.mark.usefixtures("persian")
async def test_what_a_view_writes_is_read_as_what_it_means(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        for name, view in VIEWS.items():
            codes = " ".join(f"{key}:{value}" for key, value in view.terms.items() if value)
            said = filtering.meant(one.crm, "followups", shows("", name))
            assert said == filtering.meant(one.crm, "followups", codes), name
