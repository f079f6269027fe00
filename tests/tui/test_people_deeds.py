"""Contacts: the order of the list, marks, and what is done to one person or to many."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.tui.desk import LEILA, NADIA, REZA, Desk, desk, log
from textual.pilot import Pilot

from tuicrm.domain.models import NewContact, PhoneNumber
from tuicrm.domain.people_order import Order
from tuicrm.services import agents, contacts, history
from tuicrm.services.context import Crm
from tuicrm.tui.screens.contacts import ContactsPlace
from tuicrm.tui.widgets.headings import Headings


def marked(one: Desk) -> list[int]:
    return sorted(one.widget(ContactsPlace).marks)


def many(crm: Crm) -> None:
    for number in range(300):
        contacts.add(crm, NewContact(f"Person {number:03}", phones=(PhoneNumber(f"0912 555 {number:04}"),)))


async def click_heading(one: Desk, name: str) -> None:
    headings = one.widget(ContactsPlace).query_one(Headings)
    left = 2
    for place in headings._placed():
        if place.column.name == name:
            break
        left += place.width + 2
    pilot: Pilot[None] = one.pilot
    await pilot.click(headings, offset=(left, 0))
    await one.rest()


# --- the order ----------------------------------------------------------------------------------------------


async def test_S_sorts_and_the_list_says_how(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("2", "S")
        await one.type("newest")
        await one.press("enter")
        assert one.people == ["Nadia", "Reza", "Pars", "Leila"]
        assert "newest first" in one.lines[1]
        await one.press("S")
        assert "oldest first" in one.screen
        await one.press("escape", "3", "2")
        assert one.people == ["Nadia", "Reza", "Pars", "Leila"]


async def test_a_click_on_a_heading_sorts_and_a_second_turns_it_round(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("2")
        await click_heading(one, "last")
        assert one.people[-1] == "Nadia"
        assert "↑last call" in one.lines[2]
        await click_heading(one, "last")
        assert one.people[0] == "Nadia"
        assert "↓last call" in one.lines[2]
        await click_heading(one, "next")
        assert one.people[:3] == ["Leila", "Pars", "Reza"]
        await click_heading(one, "tickets")
        assert one.people[:3] == ["Leila", "Pars", "Reza"]


async def test_who_was_called_goes_to_the_end_and_the_cursor_to_the_next(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("2")
        await click_heading(one, "last")
        first, second = one.people[:2]
        assert first in one.cursor_line
        await one.press("l")
        await one.type("called again")
        await one.press("enter")
        assert one.people[-1] == first
        assert second in one.cursor_line


async def test_a_long_list_in_another_order_is_walked_to_its_end(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=many) as one:
        await one.press("2", "S")
        await one.type("newest")
        await one.press("enter")
        assert "Person 299" in one.cursor_line
        await one.press("G")
        assert "Person 000" in one.cursor_line
        for _ in range(12):
            await one.press("pageup")
        await one.press("g")
        assert "Person 299" in one.cursor_line


# --- marks --------------------------------------------------------------------------------------------------


async def test_space_marks_and_goes_on_and_esc_takes_the_marks_away(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("2", "space", "space")
        assert marked(one) == [LEILA, NADIA]
        assert "2 marked" in one.lines[1]
        assert [line[:2] for line in one.lines[3:5]] == [" *", " *"]
        await one.press("k", "space")
        assert marked(one) == [LEILA]
        await one.press("escape")
        assert marked(one) == []
        assert one.widget(ContactsPlace).display
        assert "marked" not in one.lines[1]


async def test_a_range_is_marked_across_pages_and_in_the_order_of_the_list(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=many) as one:
        await one.press("2", "j", "space", "G", "k", "minus")
        assert len(marked(one)) == 298
        assert "298 marked" in one.lines[1]
        await one.press("asterisk")
        assert len(marked(one)) == 300
        await one.press("asterisk")
        assert marked(one) == []


async def test_shift_and_arrows_and_ctrl_click_mark_too(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("2", "shift+down")
        assert marked(one) == [LEILA, NADIA]
        await one.pilot.click(one.widget(ContactsPlace).list, offset=(10, 3), control=True)
        await one.rest()
        assert marked(one) == [LEILA, REZA, NADIA]
        await one.pilot.click(one.widget(ContactsPlace).list, offset=(10, 0), control=True)
        await one.rest()
        assert marked(one) == [REZA, NADIA]


async def test_everybody_who_is_found_is_marked(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=many) as one:
        await one.press("2", "slash")
        await one.type("person 29")
        await one.press("enter", "asterisk")
        found = marked(one)
        assert len(found) >= 10
        assert all("29" in contacts.get(one.crm, each).name for each in found)


# --- deeds --------------------------------------------------------------------------------------------------


async def test_the_owner_of_one_is_picked_at_once_and_of_several_after_a_question(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        agents.add(one.crm, "reza")
        await one.press("2", "o")
        await one.type("reza")
        await one.press("enter")
        assert contacts.get(one.crm, LEILA).owner == "reza"
        assert one.message.startswith("Leila Karimi: owner: @reza.")
        await one.press("g", "space", "space", "o")
        await one.type("sara")
        await one.press("enter")
        assert "Give 2 contacts to @sara?" in one.screen
        await one.press("n")
        assert contacts.get(one.crm, LEILA).owner == "reza"
        await one.press("o")
        await one.type("sara")
        await one.press("enter", "y")
        assert {contacts.get(one.crm, each).owner for each in (LEILA, NADIA)} == {"sara"}
        assert one.message.startswith("2 contacts: owner: @sara.")
        await one.press("u")
        assert (contacts.get(one.crm, LEILA).owner, contacts.get(one.crm, NADIA).owner) == ("reza", None)
        assert "Taken back: an owner: " in one.message
        assert " and 1 more." in one.message


async def test_tags_come_and_go_with_what_is_known_completed(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("2", "space", "space", "number_sign")
        await one.type("-vip, east, no")
        await one.press("right", "enter", "y")
        assert contacts.get(one.crm, LEILA).tags == ("north", "east")
        assert contacts.get(one.crm, NADIA).tags == ("east", "north")
        assert one.message.startswith("2 contacts: tags: east, north, -vip.")


async def test_a_follow_up_for_one_says_the_date_back(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("2", "j", "f")
        await one.type("thu 10")
        assert "Thu 26 Nov 10:00" in one.screen
        await one.press("tab")
        await one.type("new prices")
        await one.press("ctrl+s")
        made = one.follow_up(NADIA)
        assert made is not None
        assert (made.reason, made.assignee, str(made.due.on)) == ("new prices", "sara", "2026-11-26")
        assert "Nadia Rostami: follow-up Thu 26 Nov 10:00." in one.message
        await one.press("u")
        assert one.follow_up(NADIA) is None


async def test_a_bad_moment_stays_in_the_form_and_says_why(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("2", "j", "f")
        await one.type("someday")
        await one.press("ctrl+s")
        assert "someday names no time." in one.screen
        assert one.follow_up(NADIA) is None


async def test_a_follow_up_for_all_who_are_marked(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("2", "space", "space", "f")
        await one.type("tomorrow")
        await one.press("ctrl+s")
        assert "Promise 2 contacts a follow-up?" in one.screen
        await one.press("y")
        assert one.follow_up(NADIA) is not None
        assert len(contacts.card(one.crm, LEILA).follow_ups) == 2
        await one.press("u")
        assert one.follow_up(NADIA) is None


async def test_a_ticket_by_keys(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("2", "t")
        await one.type("pump leaks")
        await one.press("tab", "tab", "h", "ctrl+s")
        [ticket] = contacts.card(one.crm, LEILA).tickets
        assert (ticket.subject, ticket.priority) == ("pump leaks", "high")
        assert f"Ticket #{ticket.id} for Leila Karimi: pump leaks" in one.message


async def test_many_are_deleted_with_one_question_and_one_undo(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("2", "space", "space", "delete")
        assert "Delete 2 contacts?" in one.screen
        await one.press("y")
        assert one.people == ["Pars", "Reza"]
        assert "2 contacts: deleted." in one.message
        assert marked(one) == []
        await one.press("u")
        assert one.people == ["Leila", "Nadia", "Pars", "Reza"]


async def test_one_mark_is_stronger_than_the_cursor(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("2", "space", "j", "j", "f")
        assert "Follow-up: Leila Karimi" in one.screen
        await one.press("escape", "delete")
        assert "Delete Leila Karimi?" in one.screen
        await one.press("y")
        assert one.people == ["Nadia", "Pars", "Reza"]
        assert marked(one) == []


async def test_two_who_are_marked_are_merged_side_by_side_and_three_are_not(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("2", "space", "space", "space", "m")
        assert "Two are merged at a time; 3 are marked." in one.message
        await one.press("k", "space", "m")
        assert "Leila Karimi" in one.screen
        assert "Nadia Rostami" in one.screen
        await one.press("ctrl+s", "y")
        gone = [contacts.card(one.crm, each).contact.id for each in (LEILA, NADIA)]
        assert len(set(gone)) == 1


@pytest.mark.parametrize("action", ["cadence", "do_not_call"])
async def test_what_has_no_key_is_done_from_the_menu_or_the_palette(tmp_path: Path, action: str) -> None:
    async with desk(tmp_path) as one:
        await one.press("2", "space", "space")
        place = one.widget(ContactsPlace)
        await getattr(place, f"action_{action}")()
        await one.rest()
        if action == "cadence":
            await one.type("3 months")
            assert "in touch every 90 days" in one.screen
            await one.press("ctrl+s")
        else:
            await one.press("enter")
        await one.press("y")
        found = [contacts.get(one.crm, each) for each in (LEILA, NADIA)]
        if action == "cadence":
            assert {each.cadence_days for each in found} == {90}
        else:
            assert {each.do_not_call for each in found} == {True}


async def test_those_who_are_marked_go_into_a_file(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("2", "space", "space")
        await one.widget(ContactsPlace).action_export()
        await one.rest()
        await one.press("ctrl+u")
        await one.type(str(tmp_path / "two.csv"))
        await one.press("ctrl+s")
        text = (tmp_path / "two.csv").read_text(encoding="utf-8")
        assert "Leila Karimi" in text
        assert "Nadia Rostami" in text
        assert "Reza Ahmadi" not in text
        assert "2 contacts are in" in one.message


async def test_hundreds_are_done_beside_the_writer(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=many) as one:
        await one.press("2", "asterisk", "number_sign")
        await one.type("vip")
        await one.press("enter", "y")
        await one.rest()
        with one.crm.database.reader() as conn:
            assert conn.value("SELECT count(*) FROM contact_tag WHERE tag = 'vip'", {}) == 300
        assert "300 contacts: tags: vip." in one.message
        history.undo(one.crm)
        with one.crm.database.reader() as conn:
            assert conn.value("SELECT count(*) FROM contact_tag WHERE tag = 'vip'", {}) == 0


async def test_more_than_one_call_of_today_is_told_in_the_row_and_on_the_card(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        log(one.crm, NADIA, "first /-")
        log(one.crm, NADIA, "second /-")
        await one.press("2", "j")
        assert "2 today" in one.cursor_line
        await one.press("enter")
        assert "2 calls today: 09:3" in one.screen


async def test_a_database_without_contacts_says_what_to_press(tmp_path: Path) -> None:
    def nobody(crm: Crm) -> None:
        made = contacts.add(crm, NewContact("Gone"))
        contacts.delete(crm, made.id)

    async with desk(tmp_path, fill=nobody) as one:
        await one.press("2")
        assert "No contacts yet. a adds the first one." in one.screen
        before: Any = one.lines
        await one.press("o", "f", "t", "space", "minus", "asterisk", "number_sign")
        assert one.lines == before


def test_an_order_turns_round_where_that_is_of_use() -> None:
    assert Order("last").turned() == Order("last", reverse=True)
    assert Order("company").turned() == Order()
