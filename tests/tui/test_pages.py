"""Pages of a long list: asked for in time, and only the latest answer counts."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tuicrm.domain.models import Page
from tuicrm.tui.widgets.pages import Pages
from tuicrm.tui.widgets.window import Window


def window(cursor: int, *, after: bool = True, before: bool = True) -> Window[int]:
    """Forty rows of which five fit on the screen."""
    held = Window[int](lambda row: row)
    held.height = 5
    held.replace(range(40), more=after, keep=False)
    held.more_before = before
    held.move(cursor)
    return held


async def page_of(row: Any, backward: bool) -> Page:
    return Page((row, backward), True)


@pytest.mark.parametrize(
    ("cursor", "after", "before", "wanted"),
    [
        (30, True, True, "after"),
        (29, True, True, ""),
        (39, False, True, ""),
        (9, True, True, "before"),
        (10, True, True, ""),
        (0, True, False, ""),
    ],
)
def test_the_next_page_is_wanted_two_screens_before_an_end_that_is_not_the_lists_own(
    cursor: int, after: bool, before: bool, wanted: str
) -> None:
    assert Pages(page_of).wanted(window(cursor, after=after, before=before)) == wanted
    assert Pages(None).wanted(window(cursor, after=after, before=before)) == ""


async def test_of_two_pages_asked_for_only_the_later_one_comes_and_nothing_is_wanted_meanwhile() -> None:
    answers: list[asyncio.Future[Page]] = []

    async def slow(*_: Any) -> Page:
        answers.append(asyncio.get_running_loop().create_future())
        return await answers[-1]

    pages = Pages(slow)
    first = asyncio.create_task(pages.ask(1, backward=False))
    second = asyncio.create_task(pages.ask(2, backward=True))
    while len(answers) < 2:
        await asyncio.sleep(0)
    answers[0].set_result(Page(("first",), True))
    assert await first is None
    assert pages.wanted(window(39)) == ""
    answers[1].set_result(Page(("second",), True))
    assert await second == Page(("second",), True)
    assert pages.wanted(window(39)) == "after"


async def test_a_page_that_could_not_be_read_is_asked_for_again() -> None:
    async def broken(*_: Any) -> Page:
        raise OSError("the disk is gone")

    pages = Pages(broken)
    with pytest.raises(OSError, match="gone"):
        await pages.ask(None, backward=False)
    assert pages.wanted(window(39)) == "after"
