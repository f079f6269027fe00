"""The call always goes to the person who was meant: slips, namesakes, deleted, merged and unknown people."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from tests.tui.bars import KAZEMI, LEILA, WEBB, Hands, add_people, hands

from tuicrm.domain.models import ContactPatch, NewContact, PhoneNumber
from tuicrm.services import calls, contacts, drafts
from tuicrm.services.context import Crm
from tuicrm.tui.bar import whodesk


async def finder(hand: Hands) -> None:
    """The bar, asking who."""
    await hand.app.bar.open_finder()
    await hand.rest()


def with_whom(hand: Hands) -> int | None:
    contact = hand.call.contact
    return contact.id if contact else None


async def test_enter_in_who_takes_and_never_saves(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await finder(hand)
        await hand.type("kazemi")
        await hand.press("enter")
        assert "Leila Kazemi ›" in hand.words
        assert hand.calls() == []


async def test_a_slip_lists_the_near_name_but_enter_does_not_take_it(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await finder(hand)
        await hand.type("leila kazemo")
        assert "Leila Kazemi" in hand.words
        await hand.press("enter", "enter")
        assert "Who ›" in hand.words
        assert hand.calls() == []
        assert contacts.count(hand.crm) == 4
        await hand.press("down", "enter")
        assert "Leila Kazemi ›" in hand.words


async def test_a_mistyped_name_makes_nobody(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await finder(hand)
        await hand.type("qqqq wwww")
        await hand.press("enter", "tab")
        assert "Who ›" in hand.words
        assert contacts.count(hand.crm) == 4


async def test_ctrl_n_makes_a_new_contact_with_the_call_in_one_save(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await finder(hand)
        await hand.type("nadia rostami, pars 0912 777 6655")
        await hand.press("ctrl+n")
        assert contacts.count(hand.crm) == 4
        await hand.type("wants a quote")
        assert "new contact" in hand.words
        await hand.press("enter")
        assert contacts.count(hand.crm) == 5
        made = contacts.get(hand.crm, with_whom(hand) or 0)
        assert (made.name, made.company) == ("Nadia Rostami", "Pars")
        assert made.phones[0].e164 == "+989127776655"
        assert "new contact" in hand.words
        await hand.press("u")
        assert contacts.count(hand.crm) == 4


async def test_keys_faster_than_the_search_take_who_was_typed_not_who_was_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each search but the last is held up; the burst ends in Tab and a note."""
    import time

    real = whodesk.look

    def slow(crm: Crm, text: str, *, caller: bool) -> Any:
        time.sleep(0.05 if text != "george" else 0.1)
        return real(crm, text, caller=caller)

    monkeypatch.setattr(whodesk, "look", slow)
    async with hands(tmp_path) as hand:
        await finder(hand)
        await hand.type("l")
        hand.burst("backspace", *"george", "tab", *"spoke", "enter")
        await hand.rest()
        await asyncio.sleep(0.1)
        await hand.rest()
        assert with_whom(hand) == WEBB
        assert hand.call.note == "spoke"


async def test_opening_the_bar_and_typing_into_it_in_one_burst_loses_nothing(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        hand.burst("j", "l", *"spoke", "backspace", *"en", "enter")
        await hand.rest()
        assert with_whom(hand) == LEILA
        assert hand.call.note == "spoken"


async def test_somebody_deleted_since_they_were_listed_is_not_taken(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await finder(hand)
        await hand.type("kazemi")
        contacts.delete(hand.crm, KAZEMI)
        await hand.press("tab")
        assert "was deleted" in hand.words
        assert "Who ›" in hand.words
        assert hand.calls() == []


async def test_a_line_for_somebody_deleted_meanwhile_is_refused_and_kept(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("j", "l")
        await hand.type("spoke")
        contacts.delete(hand.crm, LEILA)
        await hand.press("enter")
        assert hand.open
        assert hand.line == "spoke"
        assert hand.calls() == []


async def test_rows_that_move_below_the_bar_do_not_change_whom_it_is_about(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("j", "l")
        await hand.type("spoke")
        contacts.add(hand.crm, NewContact("Aaron First"))
        contacts.edit(hand.crm, LEILA, ContactPatch(name="Zoe Karimi"))
        await hand.app.listener.look()
        await hand.rest()
        await hand.press("enter")
        assert with_whom(hand) == LEILA


async def test_a_near_namesake_is_told_apart_by_the_chip_and_the_row(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await finder(hand)
        await hand.type("leila")
        words = hand.words
        assert "Leila Kazemi" in words
        assert "Pars Pump Co" in words
        await hand.type(" kar")
        await hand.press("tab")
        assert "Leila Karimi ›" in hand.words


async def test_a_token_typed_in_who_means_no_name_and_needs_somebody_to_save(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await finder(hand)
        await hand.type("/v")
        assert "nobody ›" in hand.words
        assert hand.line == "/v"
        await hand.press("enter")
        assert hand.calls() == []
        assert hand.open


async def test_a_wrong_number_may_be_logged_with_nobody(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await finder(hand)
        await hand.press("tab")
        await hand.type("/w")
        await hand.press("enter")
        assert hand.call.contact is None
        assert hand.call.outcome == "wrong_number"


async def test_many_words_in_who_are_asked_about_and_may_be_the_note(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await finder(hand)
        await hand.type("wants the price list again today")
        await hand.press("ctrl+n")
        assert "a name?" in hand.words
        await hand.press("n")
        assert hand.line == "wants the price list again today"
        assert contacts.count(hand.crm) == 4


async def test_many_words_may_be_a_name_after_all(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await finder(hand)
        await hand.type("maria del carmen garcia lopez")
        await hand.press("ctrl+n", "y")
        assert "Maria Del Carmen" in hand.words
        await hand.type("hello")
        await hand.press("enter")
        assert contacts.get(hand.crm, with_whom(hand) or 0).name == "Maria Del Carmen Garcia Lopez"


async def test_up_and_down_choose_among_namesakes(tmp_path: Path) -> None:
    def fill(crm: Crm) -> None:
        add_people(crm)
        contacts.add(crm, NewContact("Leila Karimi", "Other Co", (PhoneNumber("0912 111 1111"),)))

    async with hands(tmp_path, fill=fill) as hand:
        await finder(hand)
        await hand.type("leila karimi")
        first = hand.bar.session.finder.row if hand.bar.session else None
        await hand.press("down", "enter")
        await hand.type("spoke")
        await hand.press("enter")
        assert first is not None
        assert with_whom(hand) in (LEILA, 5)
        assert with_whom(hand) != getattr(first, "id", None)


async def test_the_last_digits_of_a_number_find_its_owner(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await finder(hand)
        await hand.type("2345")
        await hand.press("tab")
        assert "Leila Kazemi ›" in hand.words


async def test_a_merged_contact_leads_to_its_heir(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        with hand.crm.database.transaction(hand.crm.actor, "contact.merge") as tx:
            tx.update("contact", KAZEMI, {"merged_into": LEILA})
        await hand.app.bar.open_for(contacts.get(hand.crm, LEILA))
        await hand.rest()
        await hand.press("escape")
        row = await hand.app.bridge.read(calls.context, KAZEMI)
        assert row is not None
        bar = hand.bar
        await finder(hand)
        assert bar.session is not None
        await bar.people.contact(bar.session, KAZEMI)
        await hand.rest()
        assert "Leila Karimi ›" in hand.words


async def test_a_search_that_was_left_is_no_draft_and_does_not_come_back(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("j", "l", "backspace")
        await hand.type("kazmi")
        await asyncio.sleep(0.4)
        await hand.press("escape")
        assert drafts.everything(hand.crm) == []
        assert "draft" not in hand.words
        await finder(hand)
        assert "Who ›" in hand.words
        assert hand.line == ""
        await hand.press("escape", "l", "backspace")
        assert hand.line == ""


async def test_a_number_left_in_who_waits_among_the_drafts_and_not_in_the_next_who(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await finder(hand)
        await hand.type("nadia 0912 777 6655")
        await hand.press("escape")
        assert [draft.who_text for draft in drafts.everything(hand.crm)] == ["nadia 0912 777 6655"]
        assert "1 draft" in hand.words
        await finder(hand)
        assert hand.line == ""
        await hand.press("escape")
        await hand.app.bar.drafts.show()
        await hand.press("enter")
        assert hand.line == "nadia 0912 777 6655"
        await hand.press("ctrl+n")
        await hand.type("hello")
        await hand.press("enter")
        assert contacts.get(hand.crm, with_whom(hand) or 0).name == "Nadia"
        assert drafts.everything(hand.crm) == []


async def test_who_asked_again_over_a_draft_begins_empty(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await finder(hand)
        await hand.type("kazemi")
        await hand.press("tab")
        await hand.type("a")
        await hand.press("escape", "j", "j", "l")
        assert hand.line == "a"
        await hand.press("backspace", "backspace")
        assert "Who ›" in hand.words
        assert hand.line == ""


async def test_with_only_near_names_the_footer_and_a_notice_say_what_works(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await finder(hand)
        await hand.type("leila kazemo")
        footer = hand.screen().splitlines()[-1]
        assert "take" not in footer
        assert "↓ choose" in footer
        for key in ("tab", "enter"):
            await hand.press(key)
            assert "Nobody is chosen: ↓ takes a near name, Ctrl+N makes Leila Kazemo." in hand.words
        await hand.press("down")
        assert "Nobody is chosen" not in hand.words
        assert "Tab take" in hand.screen().splitlines()[-1]
        await hand.press("tab")
        assert "Leila Kazemi ›" in hand.words


async def test_an_empty_who_says_what_may_be_typed_and_that_tab_means_no_name(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await finder(hand)
        assert "name, last digits of a number, or a new name 0912…, company" in hand.words
        assert "Tab no name" in hand.screen().splitlines()[-1]
        await hand.type("l")
        assert "last digits" not in hand.words
        await hand.press("backspace", "enter")
        assert "Type a name; Tab means no name." in hand.words
        await hand.type("l")
        assert "Type a name" not in hand.words


async def test_a_token_in_who_loses_no_key_however_long_the_facts_of_the_line_take(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time

    real, asked = calls.context, []

    def slow_at_first(crm: Crm, contact_id: int | None, **more: Any) -> Any:
        asked.append(contact_id)
        time.sleep(0.3 if len(asked) == 1 else 0)
        return real(crm, contact_id, **more)

    monkeypatch.setattr(calls, "context", slow_at_first)
    async with hands(tmp_path) as hand:
        await finder(hand)
        hand.burst(*"/v")
        await hand.rest()
        await asyncio.sleep(0.4)
        await hand.rest()
        assert hand.line == "/v"
        assert len(asked) == 1
