"""The demo's lesson: walked by keys, in both languages; it notices what came of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.patience import a_while
from tests.tui.desk import Desk, desk, fill
from tests.tui.persian import persian

from tuicrm.domain.lesson import STEPS
from tuicrm.tui import keymap
from tuicrm.tui.widgets.lesson import LessonPanel

LINES = {
    "en": ("price list sent /tom 10", "boiler dead, E1 /th", "price"),
    "fa": ("لیست قیمت فرستاده شد /فردا ۱۰", "پکیج خاموش است، خطای E1 /th", "قیمت"),
}


def stands_at(hand: Desk) -> str:
    """The step that the panel is at; ``end`` after the last."""
    step = hand.widget(LessonPanel).step
    return STEPS[step].id if step < len(STEPS) else "end"


async def comes(hand: Desk, step: str) -> None:
    """Waits until the panel is at that step: it looks at the screen twice a second."""
    for _ in a_while():
        if stands_at(hand) == step:
            break
        await hand.pilot.pause(0.02)
    await hand.rest()
    assert stands_at(hand) == step


async def walk(hand: Desk, language: str) -> None:
    said, broken, word = LINES[language]
    await comes(hand, "tried")
    await hand.press("n")
    await comes(hand, "promised")
    await hand.press("c")
    await hand.type(said)
    await hand.press("enter")
    await comes(hand, "ticket")
    await hand.press("down", "l")
    await hand.type(broken)
    await hand.press("enter")
    await comes(hand, "find")
    await hand.press("3", "slash")
    await hand.type(word)
    await comes(hand, "undo")
    await hand.press("enter", "u")
    await comes(hand, "help")
    await hand.press("question_mark")
    await comes(hand, "end")
    await hand.press("q")


async def test_whoever_does_what_it_says_is_led_to_the_end(tmp_path: Path) -> None:
    async with desk(tmp_path, lesson="begun") as hand:
        assert "Lesson 1 of 6" in hand.screen
        await walk(hand, "en")
        assert "The lesson is over" in hand.screen
        # "n"; "c", the line and Enter; "l", the line and Enter; Shift for the capital
        keys = 1 + sum(len(line) + 2 for line in LINES["en"][:2]) + 1
        assert f"3 calls: {keys} keys; on a paper sheet" in hand.screen


async def test_in_persian_too(tmp_path: Path) -> None:
    with persian():
        async with desk(tmp_path, lesson="begun", language="fa", fill=fill) as hand:
            await walk(hand, "fa")


async def test_what_is_to_be_typed_stays_in_sight_while_it_is_typed(tmp_path: Path) -> None:
    async with desk(tmp_path, lesson="begun") as hand:
        await hand.press("n")
        await comes(hand, "promised")
        await hand.press("c")
        await hand.type("price")
        assert "price list sent /tom 10" in hand.screen


async def test_a_key_that_saves_nothing_leads_nowhere(tmp_path: Path) -> None:
    async with desk(tmp_path, lesson="begun") as hand:
        await hand.press("down", "l")
        await hand.type("boiler dead /th")
        await hand.press("escape")
        await hand.pilot.pause(0.7)
        assert stands_at(hand) == "tried"


@pytest.mark.parametrize(
    ("keys", "step"),
    [(("enter",), "promised"), (("down", "enter"), "tried"), (("escape",), "tried")],
)
async def test_a_step_is_skipped_gone_back_to_or_kept(
    tmp_path: Path, keys: tuple[str, ...], step: str
) -> None:
    async with desk(tmp_path, lesson="begun") as hand:
        await hand.press("ctrl+g", *keys)
        assert stands_at(hand) == step


async def test_it_is_left_at_any_time_and_the_screen_is_whole_again(tmp_path: Path) -> None:
    async with desk(tmp_path, lesson="begun") as hand:
        await hand.press("ctrl+g", "down", "down", "enter")
        assert not hand.app.shell.query(LessonPanel)
        assert hand.lines[1].startswith(" 2 overdue")


async def test_after_its_end_its_key_takes_it_away_without_a_question(tmp_path: Path) -> None:
    async with desk(tmp_path, lesson="begun") as hand:
        hand.widget(LessonPanel).go(len(STEPS))
        await hand.rest()
        await hand.press("ctrl+g")
        assert not hand.app.shell.query(LessonPanel)


async def test_in_persian_the_line_to_be_typed_is_there_and_keys_have_both_letters(tmp_path: Path) -> None:
    with persian():
        async with desk(tmp_path, lesson="begun", language="fa", fill=fill, size=(80, 24)) as hand:
            hand.widget(LessonPanel).go(2)
            await hand.rest()
            panel = hand.widget(LessonPanel)
            said = "".join(
                letter for letter in panel.content.plain if letter not in "\u2066\u2067\u2068\u2069"
            )
            assert LINES["fa"][1] in said
            assert "l / م" in said
            assert panel.size.height == len(said.split("\n"))


async def test_a_demo_offers_it_and_its_key_begins_it(tmp_path: Path) -> None:
    async with desk(tmp_path, lesson="offered") as hand:
        assert "Ctrl+G teaches it" in hand.message
        assert not hand.app.shell.query(LessonPanel)
        await hand.press("ctrl+g")
        assert "Lesson 1 of 6" in hand.screen


async def test_where_ones_own_data_are_the_key_says_where_the_lesson_is(tmp_path: Path) -> None:
    async with desk(tmp_path) as hand:
        await hand.press("ctrl+g")
        assert "tuicrm demo --learn" in hand.message
        assert not hand.app.shell.query(LessonPanel)


async def test_it_teaches_the_keys_that_somebody_has(tmp_path: Path) -> None:
    try:
        keymap.use({"record.log": "L", "place.calls": "f9", "place.undo": "f8"})
        async with desk(tmp_path, lesson="begun") as hand:
            said = []
            for step in (2, 3, 4):
                hand.widget(LessonPanel).go(step)
                await hand.rest()
                said.append(" ".join(hand.screen.split()))
    finally:
        keymap.use({})
    assert "press L and type" in said[0]
    assert "F9 has every call. There press /" in said[1]
    assert "There F8 takes back" in said[2]
