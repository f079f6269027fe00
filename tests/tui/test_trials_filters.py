"""What people stumbled over in filters: words of a Persian layout, months by name, digits of refusals."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.tui.bars import Hands, hands
from tests.tui.desk import LEILA, PARS, desk, log

from tuicrm import i18n
from tuicrm.domain.errors import Invalid
from tuicrm.services import calls, filtering
from tuicrm.services.context import Crm


@pytest.fixture
def persian() -> Iterator[None]:
    i18n.use("fa")
    yield
    i18n.use("en")


def found(crm: Crm, text: str) -> list[str]:
    return [row.note for row in calls.recent(crm, where=filtering.where(crm, "calls", text)).rows]


@pytest.mark.usefixtures("persian")
async def test_an_outcome_is_filtered_by_its_key_on_a_persian_layout(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        log(one.crm, LEILA, "nobody there /n")
        await one.press("3", "slash")
        await one.type("نتیجه:د")
        await one.press("enter")
        assert "nobody there" in one.screen
        assert "contract renewal" not in one.screen
        assert found(one.crm, "نتیجه:د") == found(one.crm, "outcome:n") == ["nobody there"]


@pytest.mark.usefixtures("persian")
async def test_lengths_and_months_are_filtered_in_persian_words(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        log(one.crm, PARS, "long talk =7")
        assert found(one.crm, "مدت:>۵پ") == found(one.crm, "مدت:>۳د") == ["long talk"]
        assert found(one.crm, "روز:آذر") == ["long talk"]
        assert len(found(one.crm, "روز:آبان")) == 4
        with pytest.raises(Invalid) as refusal:
            filtering.where(one.crm, "calls", "مدت:>دراز")
        assert "5m" not in i18n.sentence(refusal.value)


async def refused(hand: Hands, text: str) -> str:
    await hand.press("j", "l")
    await hand.type(text)
    await hand.press("enter")
    return hand.bar.painter.notes.content.plain


@pytest.mark.usefixtures("persian")
@pytest.mark.parametrize(("typed", "told"), [("نمونه -۹:۵۰", "۹:۵۰"), ("نمونه /امروز ۸:۰۰", "۰۸:۰۰")])
async def test_a_time_that_is_refused_is_told_in_the_digits_of_the_reader(
    tmp_path: Path, typed: str, told: str
) -> None:
    async with hands(tmp_path) as hand:
        said = await refused(hand, typed)
        assert told in said
        assert not any(digit in said for digit in "0123456789")
