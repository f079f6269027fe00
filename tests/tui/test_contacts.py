"""Contacts: the search at every key, the list by name, adding, deleting, copying."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.tui.desk import NADIA, desk
from tests.tui.samples import HOSTILE

from tuicrm.domain.models import ContactPatch, NewContact, PhoneNumber
from tuicrm.services import contacts
from tuicrm.services.context import Crm, open_crm
from tuicrm.tui.screens.contacts import ContactsPlace
from tuicrm.tui.widgets.search_line import SearchLine


def many(crm: Crm) -> None:
    """Three hundred people, in folded order ``Person 000`` to ``Person 299``."""
    for number in range(300):
        contacts.add(crm, NewContact(f"Person {number:03}", phones=(PhoneNumber(f"0912 555 {number:04}"),)))


def names(lines: list[str]) -> list[str]:
    """The first words of the list's rows, which begin below the headings."""
    top = next(at for at, line in enumerate(lines) if line.split()[:2] == ["name", "company"]) + 1
    rows = lines[top : next(at for at, line in enumerate(lines) if at > top and line.startswith("─"))]
    return [" ".join(line.lstrip("▌ ").split()[:2]) for line in rows if line.strip()]


async def test_the_list_has_the_focus_and_stands_in_the_order_of_names(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("2")
        assert names(one.lines) == ["Leila Karimi", "Nadia Rostami", "Pars Trading", "Reza Ahmadi"]
        assert one.lines[2].split() == ["name", "company", "number", "last", "call", "tickets", "next"]
        assert "0912 123 4567" in one.cursor_line
        assert not isinstance(one.app.focused, SearchLine)
        assert all(len(line) <= 80 for line in one.lines)


async def test_the_search_narrows_at_every_key(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("2", "slash")
        for typed, left in (
            ("r", ["Nadia Rostami", "Reza Ahmadi"]),
            ("e", ["Reza Ahmadi"]),
        ):
            await one.type(typed)
            assert sorted(names(one.lines)) == left
        assert "1 found" in one.screen


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("karimi leila", "Leila Karimi"),
        ("leikar", "Leila Karimi"),
        ("pump", "Leila Karimi"),
        ("4567", "Leila Karimi"),
        ("nadiarost", "Nadia Rostami"),
    ],
)
async def test_words_in_any_order_joined_or_the_end_of_a_number(
    tmp_path: Path, typed: str, found: str
) -> None:
    async with desk(tmp_path) as one:
        await one.press("2", "slash")
        await one.type(typed)
        assert found in names(one.lines)


async def test_a_slip_is_forgiven_and_marked_in_words(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("2", "slash")
        await one.type("karini")
        assert "near" in one.cursor_line
        assert "1 near" in one.lines[1]


async def test_enter_and_down_go_to_the_list_and_esc_empties_then_leaves(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("2", "slash")
        await one.type("reza")
        await one.press("down")
        assert not isinstance(one.app.focused, SearchLine)
        assert "Reza Ahmadi" in one.cursor_line
        await one.press("slash", "escape")
        assert one.widget(SearchLine).value == ""
        assert len(names(one.lines)) == 4
        await one.press("escape")
        assert not isinstance(one.app.focused, SearchLine)


async def test_what_is_typed_last_is_what_is_shown(tmp_path: Path) -> None:
    """A slow answer to an earlier key must not cover that to a later one."""
    async with desk(tmp_path, fill=many) as one:
        await one.press("2", "slash")
        for key in "person 29":
            await one.pilot.press("space" if key == " " else key)
        await one.rest()
        shown = names(one.lines)
        assert len(shown) >= 10
        assert all("29" in name for name in shown)


async def test_nobody_found_says_what_to_do(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("2", "slash")
        await one.type("xyzzy")
        assert "Nobody has that." in one.screen
        assert one.widget(ContactsPlace).card.card is None


async def test_a_long_list_is_walked_to_its_end_and_back(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=many) as one:
        await one.press("2", "G")
        assert "Person 299" in one.cursor_line
        await one.press("k")
        assert "Person 298" in one.cursor_line
        await one.press("g")
        assert "Person 000" in one.cursor_line
        for _ in range(20):
            await one.press("pagedown")
        assert "Person 1" in one.cursor_line or "Person 2" in one.cursor_line


async def test_brackets_turn_pages(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=many) as one:
        await one.press("2", "right_square_bracket")
        assert "Person 000" not in one.cursor_line
        await one.press("left_square_bracket")
        assert "Person 000" in one.cursor_line


async def test_delete_asks_and_u_brings_the_contact_back(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("2", "delete")
        assert "Delete Leila Karimi?" in one.screen
        assert "1 open follow-up goes too." in " ".join(one.screen.split())
        await one.press("n", "j", "delete")
        assert "Delete Nadia Rostami?" in one.screen
        assert "open follow-up" not in one.screen
        await one.press("n")
        assert len(names(one.lines)) == 4
        await one.press("delete", "y")
        assert "Nadia Rostami" not in names(one.lines)
        assert "Deleted Nadia Rostami." in one.message
        assert "Pars Trading" in one.cursor_line
        await one.press("u")
        assert one.message == "Taken back: Nadia Rostami deleted."
        assert "Nadia Rostami" in names(one.lines)
        assert contacts.get(one.crm, NADIA).deleted_at is None


async def test_enter_at_the_question_is_the_safe_answer(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("2", "delete", "enter")
        assert len(names(one.lines)) == 4


async def test_a_adds_somebody_and_the_cursor_goes_there(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=many) as one:
        await one.press("2", "a")
        await one.type("Person 150a")
        await one.press("tab", "tab")
        await one.type("09120001122")
        await one.press("ctrl+s")
        await one.rest()
        assert "Person 150a" in one.cursor_line
        assert "Added Person 150a." in one.message
        assert any("Person 150 " in line for line in one.lines)
        await one.press("u")
        assert one.found("Person 150a") == []


async def test_e_edits_and_the_row_changes_in_place(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("2", "j", "e", "tab")
        await one.type("Atrak")
        await one.press("ctrl+s")
        assert "Nadia Rostami" in one.cursor_line
        assert "Atrak" in one.cursor_line
        assert contacts.get(one.crm, NADIA).company == "Atrak"
        await one.press("u")
        assert "Atrak" not in one.screen
        assert one.message == "Taken back: Nadia Rostami edited."


async def test_y_copies_the_number_itself(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        copied: list[str] = []
        one.app.copy_to_clipboard = copied.append  # type: ignore[assignment,method-assign]
        await one.press("2", "y")
        assert copied == ["+989121234567"]
        assert one.message == "Copied 0912 123 4567."


async def test_others_changes_come_in_without_moving_the_cursor(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("2", "j", "j")
        other = open_crm(one.crm.settings, via="cli", clock=one.crm.clock)
        contacts.add(other, NewContact("Anna Bell"))
        contacts.edit(other, NADIA, ContactPatch(company="Atrak"))
        await one.app.listener.look()
        await one.rest()
        assert "Pars Trading" in one.cursor_line
        assert names(one.lines)[0] == "Anna Bell"
        assert "Atrak" in one.screen
        other.close()


async def test_a_change_far_down_a_long_list_keeps_the_place(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=many) as one:
        await one.press("2", "G", "k")
        at = one.lines.index(one.cursor_line)
        other = open_crm(one.crm.settings, via="cli", clock=one.crm.clock)
        contacts.edit(other, 299, ContactPatch(company="Atrak"))
        await one.app.listener.look()
        await one.rest()
        assert "Person 298" in one.cursor_line
        assert "Atrak" in one.cursor_line
        assert one.lines.index(one.cursor_line) == at
        other.close()


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_hostile_names_are_found_and_shown_literally(tmp_path: Path, size: tuple[int, int]) -> None:
    def hostile(crm: Crm) -> None:
        for name in HOSTILE:
            contacts.add(crm, NewContact(name, company=name, tags=(name,), fields={"f": name}, note=name))

    async with desk(tmp_path, fill=hostile, size=size) as one:
        await one.press("2", "slash")
        await one.type("acme [eu]")
        assert "Acme [eu] [@click=app" in one.screen
        await one.press("enter", "enter")
        assert "Acme [eu] [@click=app.quit]x[/]" in one.screen
        assert one.app.is_running


async def test_the_card_opens_over_the_list_and_closes_back_onto_its_row(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("2", "j", "j", "j", "enter")
        assert "Timeline" in one.screen
        assert "#1 high, open: boiler E1" in one.screen
        assert "Delete delete" in one.footer or "e edit" in one.footer
        await one.press("q")
        assert "Reza Ahmadi" in one.cursor_line


async def test_wide_the_card_stands_at_the_right(tmp_path: Path) -> None:
    async with desk(tmp_path, size=(140, 40)) as one:
        await one.press("2")
        assert one.widget(ContactsPlace).split.has_card
        beside: Any = one.lines[2]
        assert "name" in beside
        assert "Leila Karimi · Pars Pump Co" in beside


async def test_the_number_of_those_found_moves_nothing_and_stands_at_the_end(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("2", "slash")
        place = one.app.place
        assert isinstance(place, ContactsPlace)
        widths, told = set(), []
        for letter in "0912345":
            await one.type(letter)
            widths.add(place.searching.line.size.width)
            told.append(one.lines[1].split("  ")[-1].strip())
            assert one.lines[1].rstrip().endswith("found"), one.lines[1]
            assert len(one.lines[1].rstrip()) == 79
        assert len(set(told)) > 1
        assert len(widths) == 1
