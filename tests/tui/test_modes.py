"""Another order of letters in the running app: asked from the palette, at once on the screen, beneath dialogs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.segment import Segment
from tests.tui.desk import Desk, desk
from textual.color import Color

from tuicrm import i18n
from tuicrm.domain.models import NewContact
from tuicrm.domain.terminals import Mode
from tuicrm.services import contacts
from tuicrm.services.context import Crm
from tuicrm.services.terminal import known
from tuicrm.tui import modes, text
from tuicrm.tui.order import line_filter
from tuicrm.tui.screens.palette import Palette
from tuicrm.tui.screens.which_reads import IN_ENGLISH, SAMPLE, WhichReads

MARYAM = "مریم رستمی"


@pytest.fixture(autouse=True)
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A terminal of which nothing is known."""
    for name in ("KONSOLE_VERSION", "STY", "TERM_PROGRAM", "TMUX", "VTE_VERSION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    before = text.mode()
    text.use("visual")
    yield
    text.use(before)
    i18n.use("en")


def maryam(crm: Crm) -> None:
    contacts.add(crm, NewContact(MARYAM))


def look(words: str, mode: Mode) -> str:
    """How a name stands on the screen."""
    ready = line_filter(mode, "ltr").apply([Segment(text.fitted(words))], Color(0, 0, 0))
    return "".join(segment.text for segment in ready)


async def ask(one: Desk) -> None:
    """Opens the question from the palette."""
    await one.press("2", "ctrl+p")
    await one.type("bidi")
    await one.press("enter")


@pytest.mark.parametrize("word", ["right", "which reads", "direction", "backwards", "persian"])
async def test_the_question_is_found_in_the_palette(tmp_path: Path, word: str) -> None:
    async with desk(tmp_path, fill=maryam) as one:
        await one.press("2", "ctrl+p")
        await one.type(word)
        await one.press("enter")
        assert isinstance(one.app.screen, WhichReads)


@pytest.mark.parametrize("language", ["en", "fa"])
async def test_one_phrase_stands_there_in_both_orders(tmp_path: Path, language: str) -> None:
    i18n.use(language, isolate=True)
    async with desk(tmp_path, fill=maryam) as one:
        await one.press("2")
        await modes.ask(one.app)
        await one.rest()
        assert look(SAMPLE, "visual") in one.screen
        assert look(SAMPLE, "logical") in one.screen
        assert IN_ENGLISH in one.screen or language == "en"
        assert one.app.focused is not None


@pytest.mark.parametrize("language", ["en", "fa"])
async def test_the_answer_changes_what_is_on_the_screen_at_once(tmp_path: Path, language: str) -> None:
    i18n.use(language, isolate=True)
    async with desk(tmp_path, fill=maryam) as one:
        await one.press("2")
        for key, mode in (("2", "logical"), ("1", "visual")):
            await modes.ask(one.app)
            await one.rest()
            await one.press(key)
            assert not isinstance(one.app.screen, WhichReads)
            assert text.mode() == mode
            assert look(MARYAM, text.mode()) in one.screen
            terminal = known.find("xterm-256color")
            assert terminal is not None
            assert terminal.answer == mode


async def test_decided_later_changes_and_remembers_nothing(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=maryam) as one:
        for key in ("escape", "q"):
            await ask(one)
            await one.press(key)
            assert not isinstance(one.app.screen, WhichReads)
        assert text.mode() == "visual"
        assert known.find("xterm-256color") is None


async def test_neither_gives_advice_that_stays_until_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm-kitty")
    async with desk(tmp_path, fill=maryam) as one:
        await ask(one)
        await one.press("0")
        assert "force_ltr yes" in one.screen
        assert look(SAMPLE, "visual") not in one.screen
        assert "Enter close" in one.footer
        assert "neither" not in one.footer
        await one.press("2")
        assert isinstance(one.app.screen, WhichReads), "the question was answered"
        await one.press("enter")
        assert not isinstance(one.app.screen, WhichReads)
        assert text.mode() == "visual"
        terminal = known.find("xterm-kitty")
        assert terminal is not None
        assert terminal.answer == "neither"


async def test_the_advice_stands_in_english_too_where_persian_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm-kitty")
    i18n.use("fa", isolate=True)
    async with desk(tmp_path, fill=maryam) as one:
        await modes.ask(one.app)
        await one.rest()
        await one.press("0")
        assert one.screen.count("force_ltr yes") == 2
        assert "Put force_ltr yes into kitty.conf" in " ".join(one.screen.split())


async def test_enter_answers_nothing(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=maryam) as one:
        await ask(one)
        await one.press("enter")
        assert isinstance(one.app.screen, WhichReads)


async def test_a_setting_is_named_that_will_decide_again(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=maryam, bidi="visual") as one:
        await ask(one)
        await one.press("2")
        assert text.mode() == "logical"
        assert "bidi" in one.message


@pytest.mark.parametrize("mode", ["visual", "logical"])
async def test_what_stands_beneath_a_dialog_is_in_order(tmp_path: Path, mode: Mode) -> None:
    text.use(mode)
    async with desk(tmp_path, fill=maryam) as one:
        await one.press("2")
        before = one.lines[1:5]
        assert look(MARYAM, mode) in "\n".join(before)
        await one.press("ctrl+p")
        assert isinstance(one.app.screen, Palette)
        assert one.lines[1:5] == before
