"""The shell: places, keys by position, pastes, messages, errors, sizes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.patience import a_while
from tests.tui.apps import opener, running, screen_lines, settings_in
from tests.tui.stillness import settled
from tests.tui.trial import Bare, Trial, make, message, trial

from tuicrm.domain.clock import FrozenClock, SystemClock
from tuicrm.domain.errors import Conflict, Unavailable
from tuicrm.domain.models import NewContact
from tuicrm.i18n import Phrase, t
from tuicrm.services import contacts
from tuicrm.services.context import Crm
from tuicrm.tui import keymap, text
from tuicrm.tui.app import CrmApp
from tuicrm.tui.screens import places


@pytest.fixture(autouse=True)
def trial_places(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(places, "make", make)
    yield
    keymap.use({})


# --- places -------------------------------------------------------------------------------------------------


async def test_the_program_opens_on_today_with_the_list_focused(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, _):
        assert app.shell.current == "today"
        assert app.focused is trial(app).list
        assert screen_lines(app)[0].startswith(
            " 1 Today  2 Contacts  3 Calls  4 Follow-ups  5 Tickets  6 KPIs"
        )


async def test_digits_and_alt_digits_open_the_places(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        for key, name in [("2", "contacts"), ("3", "calls"), ("alt+5", "tickets"), ("6", "kpis")]:
            await pilot.press(key)
            assert app.shell.current == name
        await pilot.press("alt+1")
        trial(app).field.focus()
        await pilot.press("2", "alt+4")
        assert trial(app).field.value == "2", "in a text field a digit is text"
        assert app.shell.current == "followups"


async def test_a_place_that_is_not_built_says_what_will_be_there(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await pilot.press("6")
        await settled(pilot)
        assert any("numbers of the day" in line for line in screen_lines(app))


async def test_q_leads_back_to_the_last_place_and_twice_on_today_quits(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await pilot.press("2", "3", "q")
        assert app.shell.current == "contacts"
        await pilot.press("escape")
        assert app.shell.current == "today"
        await pilot.press("escape", "q")
        assert "q again quits" in message(app)
        await pilot.press("j", "q")
        assert app.is_running
        await pilot.press("q")
        assert app._exit


async def test_ctrl_q_quits_from_a_text_field(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        trial(app).field.focus()
        await pilot.press("ctrl+q")
        assert app._exit


async def test_a_place_keeps_its_cursor_and_focus_while_one_is_elsewhere(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await pilot.press("j", "2", "1")
        await settled(pilot)
        assert app.focused is trial(app).list
        assert trial(app).list.row == "Reza Ahmadi"


async def test_a_view_lies_over_its_place_until_it_is_closed(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await app.open_view(Bare("card"))
        await pilot.pause()
        assert not trial(app).display
        await pilot.press("2", "1")
        assert isinstance(app.place, Bare)
        await pilot.press("q")
        assert isinstance(app.place, Trial)
        assert app.focused is trial(app).list


async def test_the_focus_is_never_lost(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        app.screen.set_focus(None)
        await settled(pilot)
        await pilot.press("j")
        assert trial(app).list.row == "Reza Ahmadi"


async def test_tab_goes_from_pane_to_pane(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await pilot.press("tab")
        assert app.focused is trial(app).field


async def test_a_click_on_the_header_opens_a_place(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await pilot.click("#header", offset=(13, 0))
        assert app.shell.current == "contacts"


# --- messages and errors ------------------------------------------------------------------------------------


async def test_a_refusal_is_told_in_one_sentence(tmp_path: Path) -> None:
    async def refused() -> None:
        raise Conflict("nothing_of_the_kind")

    async with running(tmp_path) as (app, pilot):
        trial(app).work(refused())
        await settled(pilot)
        assert "cannot be done" in message(app)


async def test_an_unexpected_error_leaves_the_program_running_and_a_trace_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def wrong() -> None:
        raise ZeroDivisionError("hidden detail")

    async with running(tmp_path) as (app, pilot):
        trial(app).work(wrong())
        await settled(pilot)
        assert "Something went wrong" in message(app)
        assert "hidden detail" not in "\n".join(screen_lines(app))
        assert "hidden detail" in caplog.text
        await pilot.press("j")
        assert trial(app).list.row == "Reza Ahmadi"


async def test_a_database_that_cannot_be_opened_ends_the_program_with_a_sentence(tmp_path: Path) -> None:
    def refuse() -> Crm:
        raise Unavailable("nothing_of_the_kind")

    app = CrmApp(refuse, settings_in(tmp_path))
    async with app.run_test() as pilot:
        await settled(pilot)
    assert app.return_code == 8


async def test_undo_without_anything_to_undo_says_so(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await pilot.press("u")
        await settled(pilot)
        assert message(app).strip() != ""


async def test_undo_takes_the_last_change_back_and_says_what_it_was(tmp_path: Path) -> None:
    def fill(crm: Crm) -> None:
        contacts.add(crm, NewContact(name="Leila [/] Karimi"))

    async with running(tmp_path, fill=fill) as (app, pilot):
        await pilot.press("u")
        await settled(pilot)
        assert "Leila [/] Karimi added" in message(app)
        crm = await app.bridge.crm()
        assert contacts.count(crm) == 0
        await pilot.press("U")
        await settled(pilot)
        assert contacts.count(crm) == 1


async def test_a_message_names_the_key_that_takes_it_back(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        app.say(t("{name}: no answer", name="[/] \x1b[31m"), undo=True)
        await pilot.pause()
        line = screen_lines(app)[-2]
        assert "[/]" in line
        assert "\x1b" not in line
        assert "u undo" in line


# --- other people's changes ---------------------------------------------------------------------------------


async def test_a_change_of_another_session_reaches_the_place_in_front(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        settings = settings_in(tmp_path)
        other = opener(settings, SystemClock())()
        added = contacts.add(other, NewContact(name="Leila"))
        for _ in a_while():
            await asyncio.sleep(0.02)
            if trial(app).changes:
                break
        other.close()
        await settled(pilot)
        assert any(("contact", added.id) in change for change in trial(app).changes)


# --- sizes --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(80, 24), (140, 40), (200, 60), (60, 15), (20, 5)])
async def test_no_line_is_wider_than_the_terminal(tmp_path: Path, size: tuple[int, int]) -> None:
    async with running(tmp_path, size=size) as (app, pilot):
        app.say(Phrase("a very long message " * 20), undo=True)
        await pilot.press("2", "1")
        await pilot.pause()
        lines = screen_lines(app)
        assert len(lines) == size[1]
        assert {text.cells(line) for line in lines} == {size[0]}


async def test_a_terminal_of_any_claimed_size_is_used_up_to_a_limit(tmp_path: Path) -> None:
    async with running(tmp_path, size=(5000, 2000)) as (app, pilot):
        await pilot.pause()
        assert app.size.width <= 300
        assert app.size.height <= 120


async def test_a_narrow_header_keeps_the_clock_and_the_call(tmp_path: Path) -> None:
    clock = FrozenClock(datetime(2026, 11, 22, 6, 1, tzinfo=UTC))
    async with running(tmp_path, clock=clock, zone="Asia/Tehran") as (app, pilot):
        app.set_live(text.show("Leila Karimi rings"))
        await pilot.pause()
        line = screen_lines(app)[0]
        assert line.endswith("Leila Karimi rings  Sun 09:31 ")
        assert "1 Today" in line


# --- idle ---------------------------------------------------------------------------------------------------


class EarlyInAMinute(SystemClock):
    """A clock that goes on, and begins no minute soon: at one the program paints the time."""

    def __init__(self) -> None:
        self._off = timedelta(seconds=datetime.now(UTC).timestamp() % 60)

    def now(self) -> datetime:
        return datetime.now(UTC) - self._off


async def test_an_idle_program_paints_nothing(tmp_path: Path) -> None:
    written: list[Any] = []
    async with running(tmp_path, clock=EarlyInAMinute()) as (app, pilot):
        await settled(pilot)
        app._driver.write = written.append  # type: ignore[union-attr, method-assign]
        await asyncio.sleep(1.0)
        assert written == []
