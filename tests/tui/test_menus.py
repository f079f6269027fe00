"""The menu of letters: all that can be done with what is selected, no letter twice, nothing hidden in silence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.tui.desk import LEILA, Desk, desk, fill

from tuicrm.domain.models import ContactPatch, EmailAddress, PhoneNumber
from tuicrm.services import calls, contacts
from tuicrm.services.context import Crm
from tuicrm.settings import Settings
from tuicrm.tui import keymap, manner, menus
from tuicrm.tui.dialogs.menu import Menu
from tuicrm.tui.plain import Spoken
from tuicrm.tui.screens.history import HistoryPlace
from tuicrm.tui.screens.plain import PlainText

PLACES = ("today", "contacts", "calls", "followups", "tickets", "card")


def rich(crm: Crm) -> None:
    """The desk, Leila with two numbers, an address and a link."""
    fill(crm)
    whole = contacts.get(crm, LEILA)
    patch = ContactPatch(
        phones=(*whole.phones, PhoneNumber("0935 111 2233", "+989351112233", "", "work")),
        emails=(EmailAddress("leila@example.com"),),
        fields={"site": "see www.example.com/pumps."},
    )
    contacts.edit(crm, LEILA, patch)


def copies(one: Desk) -> list[str]:
    """What is copied from now on."""
    copied: list[str] = []
    one.app.copy_to_clipboard = copied.append  # type: ignore[method-assign,assignment]
    return copied


@pytest.mark.parametrize("scope", PLACES)
def test_no_letter_means_two_things_on_any_screen(scope: str) -> None:
    taken: dict[str, str] = {}
    rows = [*keymap.of_scope(scope), *keymap.of_scope("menu")]
    named = [
        (key, row.id)
        for row in rows
        if row.area == "menu" or (row.area not in menus.AREAS_LEFT_OUT and row.rank < 90)
        for key in keymap.keys_of(row)
    ]
    named += [(letter, id) for id, letter in menus.KEYLESS.items()]
    named += [(extra.letter, extra.id) for extra in menus.EXTRAS]
    named += [(str(digit), f"dial.{digit}") for digit in range(2, menus.DIALLED + 1)]
    for key, id in named:
        # the same thing may be another widget's: the search of an open card
        assert taken.setdefault(key, id).partition(".")[2] == id.partition(".")[2], key


def test_every_extra_has_an_id_and_a_letter_of_its_own() -> None:
    assert len({extra.id for extra in menus.EXTRAS}) == len(menus.EXTRAS)
    assert len({extra.letter for extra in menus.EXTRAS}) == len(menus.EXTRAS)


async def test_the_menu_shows_all_that_can_be_done_with_the_selected_person(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=rich) as one:
        await one.press("full_stop")
        assert isinstance(one.app.screen, Menu)
        shown = " ".join(one.screen.split())
        for line in ("l log a call", "d dial", "2 dial 0935 111 2233", "y copy number", "h history"):
            assert line in shown
        for line in ("E copy e-mail leila@example.com", "c copy card as text", "v copy card as vCard"):
            assert line in shown
        assert "Leila Karimi" in shown
        assert all(len(line) <= 80 for line in one.lines)
        await one.press("q")
        assert not isinstance(one.app.screen, Menu)


async def test_what_cannot_be_done_says_why_and_does_nothing(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        copied = copies(one)
        await one.press("full_stop")
        assert "copy e-mail  no e-mail" in one.screen
        await one.press("E")
        assert isinstance(one.app.screen, Menu)
        assert "copy e-mail: no e-mail" in one.screen
        assert copied == []


async def test_letters_do_what_they_say(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=rich) as one:
        copied = copies(one)
        await one.press("full_stop", "c")
        assert copied[-1].splitlines() == [
            "Leila Karimi",
            "Pars Pump Co",
            "0912 123 4567",
            "0935 111 2233 (work)",
            "leila@example.com",
            "tags: vip, north",
            "site: see www.example.com/pumps.",
        ]
        assert one.message.startswith("Copied the card of Leila Karimi as text.")
        await one.press("full_stop", "v")
        assert copied[-1].startswith("BEGIN:VCARD\r\nVERSION:4.0\r\n")
        assert "TEL;" in copied[-1]
        await one.press("full_stop", "E")
        assert copied[-1] == "leila@example.com"
        await one.press("full_stop", "Y", "2", "enter")
        assert copied[-1] == "+989351112233"


async def test_arrows_and_enter_choose_a_line(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("full_stop", "j", "enter")
        assert not isinstance(one.app.screen, Menu)
        assert one.app.bar.state.live is not None


async def test_the_second_number_is_dialled_by_its_digit(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=rich) as one:
        await one.press("full_stop", "2")
        live = one.app.bar.state.live
        assert live is not None
        assert live.live is not None
        assert live.live.number == "+989351112233"
        await one.type("spoke")
        await one.press("enter")
        call = one.calls(LEILA)[0]
        assert (call.number, call.note) == ("+989351112233", "spoke")


async def test_without_a_display_a_link_is_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    async with desk(tmp_path, fill=rich) as one:
        copied = copies(one)
        await one.press("full_stop", "w")
        assert "https://www.example.com/pumps" in one.screen
        await one.press("2")
        assert copied == ["https://www.example.com/pumps"]
        assert "no display" in one.message


async def test_where_nothing_is_copied_the_text_stands_plain_and_the_mouse_is_the_terminals(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path, clipboard="off") as one:
        await one.press("y")
        assert isinstance(one.app.place, PlainText)
        assert any(line.strip() == "+989121234567" for line in one.lines)
        await one.press("q")
        assert not isinstance(one.app.place, PlainText)


async def test_a_card_too_long_for_a_terminals_clipboard_is_shown_instead_of_being_lost(
    tmp_path: Path,
) -> None:
    def long(crm: Crm) -> None:
        fill(crm)
        contacts.edit(crm, LEILA, ContactPatch(fields={f"field {n}": "long text " * 50 for n in range(200)}))

    async with desk(tmp_path, fill=long) as one:
        await one.press("full_stop", "c")
        assert isinstance(one.app.place, PlainText)
        assert "Copied" not in one.message


async def test_h_opens_the_persons_history_and_capital_h_the_calls(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("3", "full_stop", "H")
        assert isinstance(one.app.place, HistoryPlace)
        assert "History · call" in one.screen
        await one.press("q", "full_stop", "h")
        assert "History · " in one.screen
        assert "contact made" in one.screen


async def test_the_menu_works_by_position_under_a_persian_layout(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        # the keys of . and h on a Persian keyboard
        await one.press("full_stop", "ا")
        assert isinstance(one.app.place, HistoryPlace)


async def test_a_right_click_opens_the_menu_of_the_row_under_it(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        row = next(at for at, line in enumerate(one.lines) if "Reza Ahmadi" in line)
        await one.pilot.click(offset=(20, row), button=3)
        await one.rest()
        assert isinstance(one.app.screen, Menu)
        assert one.app.screen.heading().plain == "Reza Ahmadi"


async def test_a_click_on_a_line_does_it(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("full_stop")
        row, line = next((at, line) for at, line in enumerate(one.lines) if re.search(r"\bh +history", line))
        await one.pilot.click(offset=(line.index("history"), row))
        await one.rest()
        assert isinstance(one.app.place, HistoryPlace)


async def test_a_menu_whose_row_went_away_does_nothing_to_another(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("3", "full_stop")
        calls.delete(one.crm, calls.recent(one.crm).rows[0].id)
        await one.app.listener.look()
        await one.rest()
        await one.press("l")
        assert not one.app.bar.shown
        assert "nothing was done" in one.message


async def test_nobody_selected_leaves_what_needs_nobody(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=None) as one:
        await one.press("q", "2", "full_stop")
        assert isinstance(one.app.screen, Menu)
        assert "what I did" in one.screen
        assert "copy card" not in one.screen


async def test_with_rows_marked_the_menu_is_about_all_of_them(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=rich) as one:
        await one.press("2", "space", "space", "full_stop")
        assert isinstance(one.app.screen, Menu)
        assert "2 marked" in one.screen
        assert "owner" in one.screen
        assert "log a call" not in one.screen
        assert "copy card" not in one.screen
        await one.press("delete")
        assert "2" in one.screen
        await one.press("y")
        assert [row.name for row in contacts.page(one.crm).rows] == ["Pars Trading", "Reza Ahmadi"]


async def test_for_a_screen_reader_the_lit_line_is_said_in_one_column(tmp_path: Path) -> None:
    manner.use(Settings("crm.db", plain="on"))
    try:
        async with desk(tmp_path, plain="on") as one:
            await one.press("full_stop", "j")
            assert isinstance(one.app.screen, Menu)
            said = one.app.screen.query_one(Spoken).content.plain
            assert said.strip().startswith("d, dial, 0912 123 4567, 2 of")
            assert not any("dial" in line and "history" in line for line in one.lines)
    finally:
        manner.use(Settings("crm.db"))
