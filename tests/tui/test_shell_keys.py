"""Keys in the shell: by position, pastes, a user's own, footer, help, palette."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.tui.apps import running, screen_lines
from tests.tui.stillness import settled
from tests.tui.trial import footer, make, message, trial
from textual import events

from tuicrm.tui import keymap
from tuicrm.tui.screens import places
from tuicrm.tui.screens.help import Asked, Help
from tuicrm.tui.screens.palette import Palette
from tuicrm.tui.screens.shell import Shell


@pytest.fixture(autouse=True)
def trial_places(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(places, "make", make)
    yield
    keymap.use({})


# --- keys ---------------------------------------------------------------------------------------------------


async def test_letters_act_by_their_place_on_a_persian_keyboard(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await pilot.press("ت")
        assert trial(app).list.row == "Reza Ahmadi", "the J key"
        await pilot.press("م")
        assert trial(app).acted == ["bar"], "the L key"
        await pilot.press("۲")
        assert app.shell.current == "contacts"


async def test_persian_letters_are_text_in_a_text_field(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        trial(app).field.focus()
        await pilot.press("س", "ل", "ا", "م", "۲")
        assert trial(app).field.value == "سلام۲"


async def test_chords_act_by_position_in_a_text_field_too(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        trial(app).field.focus()
        await pilot.press("ctrl+ح")
        assert isinstance(app.screen, Palette), "Ctrl+P"


async def test_an_arabic_layout_has_other_places(tmp_path: Path) -> None:
    async with running(tmp_path, keyboard="ar") as (app, pilot):
        await pilot.press("arabic_question_mark")
        assert isinstance(app.screen, Help)


async def test_an_outcome_key_alone_acts_on_the_row_it_was_pressed_on(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        app.post_message(events.Key("n", "n"))
        app.post_message(events.Key("down", None))
        await asyncio.sleep(0.1)
        await settled(pilot)
        assert trial(app).acted == ["n Leila Karimi"]
        assert trial(app).list.row == "Reza Ahmadi"


async def test_an_outcome_key_in_a_paste_is_ignored_with_a_message(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        for place, letter in enumerate("no answer"):
            event = events.Key(letter if letter != " " else "space", letter)
            event.time = 100.0 + place / 1000
            app.post_message(event)
        await asyncio.sleep(0.1)
        await settled(pilot)
        assert trial(app).acted == []
        assert "paste" in message(app)


async def test_two_outcome_keys_at_a_typist_s_speed_both_act(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        for _ in range(2):
            await asyncio.sleep(0.05)
            await pilot.press("n")
        await asyncio.sleep(0.05)
        await settled(pilot)
        assert len(trial(app).acted) == 2


async def test_a_user_s_key_acts_and_stands_in_the_footer(tmp_path: Path) -> None:
    keymap.use({"record.log": "ctrl+l"})
    async with running(tmp_path) as (app, pilot):
        await pilot.press("l")
        assert trial(app).acted == []
        await pilot.press("ctrl+l")
        assert trial(app).acted == ["bar"]
        assert "Ctrl+L log a call" in footer(app)


# --- footer, help, palette ----------------------------------------------------------------------------------


async def test_the_footer_shows_only_keys_that_act_now(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        assert "l log a call" in footer(app)
        assert "dial" not in footer(app), "this place cannot dial"
        assert footer(app).endswith("? all ")
        await app.push_screen(Help(Asked("today")))
        await pilot.pause()
        assert "q close" in footer(app)


async def test_help_lists_the_keys_of_this_state_and_finds_others(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await pilot.press("?")
        assert isinstance(app.screen, Help)
        await pilot.press("slash", *"hang up")
        await pilot.pause()
        shown = "\n".join(screen_lines(app))
        assert "Ctrl+T" in shown
        assert "new contact" not in shown
        await pilot.press("escape", "q")
        assert isinstance(app.screen, Shell)


async def test_the_palette_finds_a_command_by_its_words_and_runs_it(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await pilot.press("ctrl+p", *"log")
        await pilot.pause()
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, Shell)
        assert trial(app).acted == ["bar"]


async def test_the_palette_changes_the_theme(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await pilot.press("ctrl+p", *"theme", "enter")
        await settled(pilot)
        await pilot.press(*"ansi", "enter")
        await settled(pilot)
        assert app.theme == "ansi"
