"""The history of a record, and of what oneself did: read, paged, taken back and done again from there."""

from __future__ import annotations

from pathlib import Path

from tests.tui.apps import settings_in
from tests.tui.desk import LEILA, Desk, desk, fill
from tests.tui.persian import persian_desk

from tuicrm.domain.clock import FrozenClock
from tuicrm.domain.models import ContactPatch
from tuicrm.services import contacts, history
from tuicrm.services.context import Crm, open_crm
from tuicrm.tui.dialogs.confirm import Confirm
from tuicrm.tui.screens.history import DeedView, HistoryPlace


def edited(crm: Crm) -> None:
    """The desk, and two edits of Leila's company."""
    fill(crm)
    contacts.edit(crm, LEILA, ContactPatch(company="Atlas"))
    contacts.edit(crm, LEILA, ContactPatch(company="Webb", note="[/] \x1b[31mred"))


def as_reza(one: Desk, company: str) -> None:
    """Reza edits Leila in a session of his own."""
    database = Path(one.app.settings.database)
    settings = settings_in(database.parent, agent="reza", zone="Asia/Tehran", region="IR")
    clock = one.app.clock
    assert isinstance(clock, FrozenClock)
    crm = open_crm(settings, via="cli", clock=clock)
    contacts.edit(crm, LEILA, ContactPatch(company=company))
    crm.close()


def company(one: Desk) -> str:
    return contacts.get(one.crm, LEILA).company


async def test_the_history_says_before_and_after_and_nothing_raw(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=edited) as one:
        await one.press("full_stop", "h")
        assert "company: Atlas → Webb" in one.cursor_line
        assert "sara" in one.cursor_line
        assert "company: Pars Pump Co → Atlas" in one.screen
        assert "contact made" in one.screen
        assert '{"' not in one.screen
        assert "u take this back" in one.footer
        assert all(len(line) <= 80 for line in one.lines)


async def test_the_selected_action_is_taken_back_and_done_again(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=edited) as one:
        await one.press("full_stop", "h", "u")
        assert company(one) == "Atlas"
        assert "Taken back" in one.message
        assert "taken back: contact edited" in one.cursor_line or "taken back: contact edited" in one.screen
        await one.press("g", "U")
        assert company(one) == "Webb"
        assert "Done again" in one.message


async def test_what_something_later_stands_on_stays_and_the_later_one_is_shown(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=edited) as one:
        await one.press("full_stop", "h", "j")
        assert "Pars Pump Co → Atlas" in one.cursor_line
        await one.press("u")
        assert company(one) == "Webb"
        assert "came later and stands on it" in one.message
        assert "Atlas → Webb" in one.cursor_line
        await one.press("u")
        assert company(one) == "Atlas"


async def test_what_another_did_is_asked_about_first(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        as_reza(one, "Webb")
        await one.app.listener.look()
        await one.press("full_stop", "h", "u")
        assert isinstance(one.app.screen, Confirm)
        assert "reza" in one.screen
        await one.press("n")
        assert company(one) == "Webb"
        await one.press("u", "y")
        assert company(one) == "Pars Pump Co"


async def test_an_undo_is_not_taken_back_but_done_again(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=edited) as one:
        await one.press("full_stop", "h", "u", "g", "u")
        assert "itself taking something back" in one.message
        assert company(one) == "Atlas"


async def test_enter_shows_every_line_of_an_action(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=edited, size=(60, 16)) as one:
        await one.press("full_stop", "h", "enter")
        assert isinstance(one.app.place, DeedView)
        assert "company: Atlas → Webb" in one.screen
        assert "note: [/]" in one.screen
        assert "\x1b" not in one.screen
        await one.press("q")
        assert isinstance(one.app.place, HistoryPlace)


async def test_what_i_did_is_in_the_palette_with_undo_from_there(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=edited) as one:
        as_reza(one, "Other")
        await one.press("ctrl+p")
        await one.type("did today")
        await one.press("enter")
        assert isinstance(one.app.place, HistoryPlace)
        assert "What I did" in one.screen
        assert "Leila Karimi: company: Atlas → Webb" in one.cursor_line
        assert "Other" not in one.screen
        await one.press("j", "j")
        assert "keeps in touch" in one.cursor_line
        await one.press("u")
        assert not any(call.note == "keeps in touch" for call in one.calls())


async def test_a_long_history_is_paged_to_its_end_and_back(tmp_path: Path) -> None:
    def many(crm: Crm) -> None:
        fill(crm)
        for n in range(250):
            contacts.edit(crm, LEILA, ContactPatch(company=f"Company {n}"))

    async with desk(tmp_path, fill=many) as one:
        await one.press("full_stop", "h")
        assert "Company 249" in one.cursor_line
        await one.press("G")
        assert "contact made" in one.cursor_line
        for _ in range(30):
            await one.press("pageup")
        assert "Company 249" in one.cursor_line
        assert len(history.of_record(one.crm, ("contact", LEILA), limit=500).deeds) == 252


async def test_what_others_do_meanwhile_appears(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=edited) as one:
        await one.press("full_stop", "h")
        as_reza(one, "Elsewhere")
        await one.app.listener.look()
        await one.rest()
        assert "Webb → Elsewhere" in one.screen


async def test_in_persian_every_word_is_persian_and_the_frame_holds(tmp_path: Path) -> None:
    async with persian_desk(tmp_path, fill=edited) as one:
        await one.press("full_stop", "h")
        assert isinstance(one.app.place, HistoryPlace)
        words = {"company", "contact", "made", "History", "call", "edited"}
        assert not words & set(one.screen.split())
        assert all(len(line) <= 80 for line in one.lines)


async def test_the_history_is_searched_and_filtered_in_its_own_line(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=edited) as one:
        as_reza(one, "Elsewhere")
        await one.app.listener.look()
        await one.press("full_stop", "h")
        assert "/ search" in one.footer
        whole = one.screen
        await one.press("slash")
        await one.type("agent:reza")
        assert "Webb → Elsewhere" in one.screen
        assert "Atlas → Webb" not in one.screen
        assert "contact made" not in one.screen
        await one.press("enter", "u", "y")
        assert company(one) == "Webb"
        assert "taken back" in one.screen
        await one.press("q")
        assert isinstance(one.app.place, HistoryPlace), "the filter ends first"
        assert "contact made" in one.screen
        assert "agent:reza" not in one.screen
        assert len(whole.splitlines()) == len(one.screen.splitlines())
        await one.press("q")
        assert not isinstance(one.app.place, HistoryPlace)


async def test_the_keys_of_its_filter_are_offered_and_what_is_none_is_said(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=edited) as one:
        await one.press("full_stop", "h", "slash")
        assert "verb:" in one.screen
        await one.type("ver")
        await one.press("tab")
        await one.type("contact.ed")
        await one.press("tab", "enter")
        assert "company: Atlas → Webb" in one.cursor_line
        assert "contact made" not in one.screen
        await one.press("slash")
        await one.type("colour:red")
        await one.press("enter")
        assert "colour" in one.message
        assert isinstance(one.app.place, HistoryPlace)
        assert one.app.focused is one.app.place.searching.line


async def test_a_history_in_which_nothing_fits_says_how_to_see_all_again(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=edited) as one:
        await one.press("full_stop", "h", "slash")
        await one.type("nothing like this")
        await one.press("enter")
        assert "Nothing fits. q shows everything again." in one.screen
        await one.press("q")
        assert "company: Atlas → Webb" in one.screen
