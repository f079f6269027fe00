"""What people stumbled over while they typed a token: nothing said what it could become, or that it was wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.tui.bars import Hands, hands
from tests.tui.desk import desk

from tuicrm import i18n
from tuicrm.services import calls
from tuicrm.tui.screens.help import HelpText


@pytest.fixture
def persian() -> Iterator[None]:
    i18n.use("fa")
    yield
    i18n.use("en")


async def line(hand: Hands, text: str) -> str:
    """The bar's words under that line, for a contact that is known."""
    await hand.press("j", "l")
    await hand.type(text)
    return hand.bar.painter.notes.content.plain


def bare(text: str) -> str:
    """Without the marks that set a piece apart."""
    return "".join(char for char in text if char not in "\u2066\u2067\u2069")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("so /zz", "/zz means nothing here"),
        ("so /12/3/27", "write the year with four digits"),
        ("so /6m", "/6mo"),
        ("so /t99", "Ticket 99 is not one"),
        ("so /fri 25:00", "25:00 is no time of day"),
        ("so /29feb", "29feb"),
        ("so =2:80", "2:80"),
        ("so @nobody", "nobody"),
    ],
)
async def test_what_is_wrong_with_a_token_is_said_while_it_is_typed(
    tmp_path: Path, typed: str, said: str
) -> None:
    async with hands(tmp_path) as hand:
        assert said in await line(hand, typed)


async def test_a_token_that_is_wrong_stops_nobody_and_goes_when_it_becomes_right(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        assert "/6mo" in await line(hand, "so /6m")
        await hand.type("o")
        assert not hand.bar.painter.notes.content.plain.strip()
        await hand.press("enter")
        follow_up = calls.recent(hand.crm, limit=1).rows[0].follow_up
        assert follow_up is not None


@pytest.mark.parametrize(
    "typed", ["so /2026-12-0", "so /2026-", "so /29f", "so /z", "so /12/", "so =2:", "so 5/z"]
)
async def test_what_may_yet_become_right_is_not_called_wrong(tmp_path: Path, typed: str) -> None:
    async with hands(tmp_path) as hand:
        assert not (await line(hand, typed)).strip()


async def test_what_a_beginning_may_become_is_listed_while_it_is_typed(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        said = await line(hand, "so /ne")
        assert "/nextweek" in said
        assert "/nextmonth" in said
        await hand.type("xtw")
        assert not hand.bar.painter.notes.content.plain.strip()


@pytest.mark.usefixtures("persian")
async def test_a_day_stands_before_the_name_of_an_outcome_that_begins_alike_and_tab_takes_it(
    tmp_path: Path,
) -> None:
    async with hands(tmp_path) as hand:
        said = bare(await line(hand, "نمونه /فر"))
        assert 0 < said.index("/فردا") < said.index("/فروش")
        await hand.press("tab")
        assert hand.line == "نمونه /فردا"


@pytest.mark.usefixtures("persian")
async def test_a_day_that_this_year_has_not_is_said_before_enter(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        assert "اسفند" in await line(hand, "نمونه /۳۰ اسفند")


@pytest.mark.usefixtures("persian")
async def test_the_list_behind_a_slash_is_in_words_of_the_reader(tmp_path: Path) -> None:
    async with hands(tmp_path, size=(140, 40)) as hand:
        await hand.press("j", "l")
        await hand.type("/")
        offered = {one.text: one for row in hand.bar.painter.panel.rows for one in row}
        assert {"/n", "/تماس نگیرید", "/فروش", "/پیامک", "/ایمیل"} <= set(offered)
        for code in ("do_not_call", "callback", "/sale", "/sms", "/email", "/visit"):
            assert code not in hand.screen()
        await hand.type("تماس نگ")
        await hand.press("tab", "enter")
        assert calls.recent(hand.crm, limit=1).rows[0].outcome == "do_not_call"


@pytest.mark.usefixtures("persian")
async def test_help_is_found_by_the_words_that_name_a_day_that_was(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("?", "slash")
        await one.type("دیروز")
        shown = [bare(line.plain).strip() for line in one.app.screen.query_one(HelpText)._lines]
        (at,) = [n for n, line in enumerate(shown) if "-mon 10" in line]
        assert shown[at].endswith("چه روزی بود: دیروز، دوشنبه ساعت ۱۰")
        assert shown[at + 1] == "-دیروز  -دوشنبه ۱۰"
