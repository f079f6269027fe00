"""What people stumbled over who used the program for the first time."""

from __future__ import annotations

from pathlib import Path

from tests.tui.desk import desk

from tuicrm.domain.models import CallDraft, ContactPatch, NewContact, PhoneNumber, Who
from tuicrm.services import calls, contacts, promises, promises_bulk, tickets


async def test_the_key_of_the_place_one_is_in_leads_back_to_its_list(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("3", "enter", "enter")
        assert one.app.place is not None
        opened = one.app.place.scope
        await one.press("3")
        assert (opened, one.app.place.scope) == ("card", "calls")
        await one.press("enter", "1", "3")
        assert one.app.place.scope == "call", "what was open there is there when one comes back"


async def test_words_in_the_line_do_not_replace_a_note_that_has_a_field_of_its_own(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("3", "e", "tab")
        before = calls.recent(one.crm, limit=1).rows[0].note
        await one.type("corrected")
        await one.press("enter")
        assert "Words belong in the note above" in one.screen
        assert calls.recent(one.crm, limit=1).rows[0].note == before


async def test_a_new_search_begins_anew_where_an_old_one_stands(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("3", "slash")
        await one.type("price")
        await one.press("enter", "slash")
        await one.type("boiler")
        assert "Search boiler" in one.screen
        assert "price" not in one.lines[1]


async def test_a_contact_without_a_name_is_called_by_the_number(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        contacts.add(one.crm, NewContact("", "", (PhoneNumber("0936 111 2233"),)))
        await one.press("2", "g", "l")
        assert "nobody" not in one.screen
        assert "0936 111 2233 ›" in one.screen


async def test_the_empty_line_says_how_to_name_somebody_else(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("l")
        assert "Backspace who else?" in one.footer
        await one.type("price")
        assert "who else?" not in one.footer


async def test_a_number_that_was_looked_for_in_vain_is_who_the_call_is_with(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("2", "slash")
        await one.type("0936 555 0000")
        await one.press("enter", "l")
        assert "new contact" in one.screen
        await one.press("enter")
        await one.type("asked for a price")
        await one.press("enter")
        call = calls.recent(one.crm, limit=1).rows[0]
        assert call.contact is not None
        assert contacts.get(one.crm, call.contact.id).phones[0].e164 == "+989365550000"


async def test_a_name_that_was_looked_for_in_vain_stands_in_the_form_of_a_new_contact(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("2", "slash")
        await one.type("Zubin Qavam")
        await one.press("enter", "a", "ctrl+s")
        assert "Added Zubin Qavam" in one.screen
        assert "0 found" not in one.screen, "the search is over"


async def test_the_id_that_the_shell_prints_finds_the_contact(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        first = contacts.page(one.crm, limit=1).rows[0]
        await one.press("2", "slash")
        await one.type(f"contact:{first.id}")
        await one.press("enter")
        assert [row.id for row in one.app.place.list.rows] == [first.id]  # type: ignore[union-attr]


async def test_taking_back_says_whose_it_was_and_for_when(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        promises.add(one.crm, 1, "2026-11-26 10:00", "price")
        await one.press("u")
        assert one.message == "Taken back: a follow-up for Leila Karimi, Thu 26 Nov 10:00."
        await one.press("U")
        assert one.message == "Done again: a follow-up for Leila Karimi, Thu 26 Nov 10:00."


async def test_taking_back_what_was_done_to_several_names_the_first(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        made = [promises.add(one.crm, id, "2026-11-26", "price").id for id in (1, 2)]
        promises_bulk.done(one.crm, made)
        await one.press("u")
        assert one.message == "Taken back: follow-ups done: Pars Trading and 1 more."


async def test_taking_back_a_ticket_says_whose_it_was(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        tickets.new(one.crm, 1, "boiler dead")
        await one.press("u")
        assert one.message == "Taken back: a ticket for Leila Karimi."


async def test_nothing_is_typed_for_somebody_who_may_not_be_called(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        contacts.edit(one.crm, 1, ContactPatch(do_not_call=True))
        await one.press("2", "slash")
        await one.type("leila")
        await one.press("enter", "f")
        assert "asked not to be called" in one.message, one.screen
        assert "What for" not in one.screen


async def test_a_rule_without_a_moment_is_said_back_and_told_when_saved(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("4", "a")
        await one.type("leila")
        await one.press("tab", "tab", "tab", "tab", "tab")
        await one.type("every nonsense")
        assert "is not understood as a repetition" in one.screen
        await one.press("ctrl+u")
        await one.type("every working day")
        assert "Repeats every working day; then " in one.screen
        await one.press("ctrl+s")
        assert "Repeats every working day." in one.message


async def test_a_second_follow_up_of_one_person_is_told(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        promises.add(one.crm, 1, "2026-12-20", "price")
        saved = calls.save(one.crm, CallDraft("a" * 32, Who(contact_id=1), "sent it /-"))
        assert (saved.open_now, saved.marked) == (0, False)
        await one.press("2", "slash")
        await one.type("leila")
        await one.press("enter", "l")
        await one.type("wants a visit /2026-12-01")
        await one.press("enter")
        assert " follow-ups open now" in one.message
