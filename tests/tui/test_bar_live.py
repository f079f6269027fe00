"""A call that runs: its bar, its clock, its end, and that it belongs to whom it is with."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest
from tests.tui.bars import KAZEMI, LEILA, add_people, hands, telephoned, written_down

from tuicrm.domain.models import NewContact, PhoneCall, PhoneNumber
from tuicrm.services import contacts, drafts, telephone
from tuicrm.services.context import Crm


async def test_a_ringing_caller_is_named_in_the_header(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await telephoned(hand, "ring", "09123456789")
        assert "rings: Leila Karimi" in hand.words
        assert not hand.open


async def test_a_taken_call_opens_its_bar_by_itself_and_is_saved_with_its_times(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await telephoned(hand, "ring", "09123456789")
        hand.clock.advance(5)
        await telephoned(hand, "answer", "09123456789")
        assert "Call with Leila Karimi" in hand.words
        hand.clock.advance(185)
        await hand.type("asked for the price")
        assert "3:05" in hand.words
        await hand.press("ctrl+t")
        assert "wrap-up" in hand.words
        hand.clock.advance(20)
        await hand.press("enter")
        call = hand.call
        assert call.contact is not None
        assert call.contact.id == LEILA
        assert (call.ring_s, call.talk_s, call.wrap_s) == (5, 185, 20)
        assert (call.direction, call.outcome, call.duration_s) == ("in", "connected", 185)
        assert telephone.current(hand.crm) == []


async def test_enter_alone_saves_a_call_that_was_taken(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await telephoned(hand, "answer", "09123456789")
        await hand.press("enter")
        assert hand.call.outcome == "connected"


async def test_the_telephones_own_hang_up_stops_the_clock(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await telephoned(hand, "answer", "09123456789")
        hand.clock.advance(60)
        await telephoned(hand, "hangup", "09123456789")
        hand.clock.advance(30)
        await hand.type("spoke")
        await hand.press("enter")
        assert (hand.call.talk_s, hand.call.wrap_s) == (60, 30)


async def test_events_twice_and_out_of_order_change_nothing(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await telephoned(hand, "answer", "09123456789")
        await hand.type("half")
        await telephoned(hand, "answer", "09123456789")
        await telephoned(hand, "ring", "09123456789")
        assert hand.line == "half"
        await hand.press("enter")
        await telephoned(hand, "hangup", "09123456789")
        assert not hand.open
        assert len(hand.calls()) == 1


async def test_l_on_another_row_brings_the_bar_of_the_live_call(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await telephoned(hand, "answer", "09123456789")
        await hand.type("asked")
        await hand.press("escape", "j", "j", "l")
        assert "Leila Karimi ›" in hand.words
        assert hand.line == "asked"
        await hand.press("enter")
        assert hand.call.contact is not None
        assert hand.call.contact.id == LEILA


async def test_a_row_that_moves_while_a_call_runs_does_not_move_the_call(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await telephoned(hand, "answer", "09123456789")
        await hand.press("escape")
        contacts.add(hand.crm, NewContact("Aaron First"))
        await hand.app.listener.look()
        await hand.press("g", "l")
        await hand.type("spoke")
        await hand.press("enter")
        assert hand.call.contact is not None
        assert hand.call.contact.id == LEILA


async def test_an_unknown_caller_is_asked_for_and_made_with_the_call(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await telephoned(hand, "answer", "09127776655")
        assert "0912 777 6655" in hand.words
        await hand.type("nadia rostami")
        await hand.press("enter")
        await hand.type("wants a quote /2d")
        await hand.press("enter")
        assert hand.call.contact is not None
        made = contacts.get(hand.crm, hand.call.contact.id)
        assert made.name == "Nadia Rostami"
        assert made.phones[0].e164 == "+989127776655"


async def test_an_unknown_callers_note_typed_first_makes_no_person_of_it(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await telephoned(hand, "answer", "09127776655")
        await hand.type("wants the price list of pumps /2d")
        assert hand.line == "wants the price list of pumps /2d"
        await hand.press("enter")
        assert hand.call.note == "wants the price list of pumps"
        assert hand.call.contact is not None
        kept = contacts.get(hand.crm, hand.call.contact.id)
        assert kept.name == ""
        assert kept.phones[0].e164 == "+989127776655"


async def test_an_unknown_caller_with_a_namesakes_name_is_somebody_new(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await telephoned(hand, "answer", "09127776655")
        await hand.type("leila karimi")
        assert "Pars Pump Co" in hand.words
        await hand.press("enter")
        await hand.type("hello")
        await hand.press("enter")
        assert hand.call.contact is not None
        assert hand.call.contact.id not in (LEILA, KAZEMI)


async def test_an_unknown_wrong_number_leaves_no_contact_behind(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await telephoned(hand, "answer", "09127776655")
        await hand.press("tab", "w", "enter")
        assert hand.call.contact is None
        assert hand.call.number.endswith("9127776655")
        assert contacts.count(hand.crm) == 4


async def test_people_who_share_a_number_are_all_named_and_one_is_chosen(tmp_path: Path) -> None:
    def fill(crm: Crm) -> None:
        add_people(crm)
        contacts.add(crm, NewContact("Reza Karimi", phones=(PhoneNumber("0912 345 6789"),)))

    async with hands(tmp_path, fill=fill) as hand:
        await telephoned(hand, "answer", "09123456789")
        assert "Reza Karimi" in hand.words
        assert "Leila Karimi" in hand.words
        await hand.press("enter")
        assert hand.calls() == []
        await hand.press("down", "down", "enter")
        await hand.type("spoke")
        await hand.press("enter")
        assert hand.call.contact is not None


async def test_a_taken_call_does_not_take_the_focus_from_a_note_that_is_being_typed(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("j", "j", "l")
        await hand.type("for kaz")
        await telephoned(hand, "answer", "09123456789")
        assert hand.line == "for kaz"
        assert "Esc keeps this and opens that call" in hand.words
        await hand.type("emi")
        await hand.press("escape")
        assert "Call with Leila Karimi" in hand.words
        assert hand.line == ""
        await hand.type("spoke")
        await hand.press("enter")
        assert hand.call.contact is not None
        assert hand.call.contact.id == LEILA
        assert [(one.key, one.line) for one in drafts.everything(hand.crm)] == [
            (f"contact:{KAZEMI}", "for kazemi")
        ]


async def test_a_taken_call_does_not_take_the_focus_from_the_search_line(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("slash")
        await hand.type("kaz")
        await telephoned(hand, "answer", "09123456789")
        assert not hand.open
        assert "Leila Karimi is on the line" in hand.words
        await hand.type("emi")
        await hand.press("enter", "l")
        assert "Call with Leila Karimi" in hand.words


async def test_d_dials_and_d_again_hangs_up(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("j", "d")
        assert "Call with Leila Karimi" in hand.words
        hand.clock.advance(61)
        await hand.press("escape", "j", "d")
        hand.clock.advance(9)
        await hand.press("l")
        await hand.type("spoke")
        await hand.press("enter")
        call = hand.call
        assert call.contact is not None
        assert call.contact.id == LEILA
        assert (call.direction, call.talk_s, call.wrap_s) == ("out", 61, 9)


async def test_a_dialled_call_with_an_empty_line_is_not_saved_as_connected(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("j", "d", "enter")
        assert hand.calls() == []
        await hand.press("n", "enter")
        assert hand.call.outcome == "no_answer"


async def test_dialling_with_nobody_selected_finds_first_and_enter_dials(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.app.bar.open_finder(dial=True)
        await hand.rest()
        await hand.type("kazemi")
        await hand.press("enter")
        assert "Call with Leila Kazemi" in hand.words
        assert hand.calls() == []


async def test_an_undone_call_that_was_running_runs_on(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await telephoned(hand, "answer", "09123456789")
        hand.clock.advance(30)
        await hand.type("spoke")
        await hand.press("enter")
        assert not hand.open
        hand.clock.advance(30)
        await hand.press("u", "l")
        assert "Call with Leila Karimi" in hand.words
        assert hand.line == ""
        assert "1:00" in hand.words
        await hand.type("spoke again")
        await hand.press("enter")
        assert [call.note for call in hand.calls()] == ["spoke again"]
        assert hand.call.talk_s == 60


async def test_after_an_undo_another_person_does_not_get_the_number_and_the_time_of_the_dialled_call(
    tmp_path: Path,
) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("j", "d")
        hand.clock.advance(90)
        await hand.type("n")
        await hand.press("enter", "u")
        assert hand.calls() == []
        hand.clock.advance(60)
        await hand.press("l", "backspace")
        await hand.type("kazemi")
        await hand.press("enter")
        assert "Leila Kazemi has another number: the dialled call stays that of Leila Karimi." in hand.words
        await hand.type("asked for the price")
        await hand.press("enter")
        call = hand.call
        assert call.contact is not None
        assert call.contact.id == KAZEMI
        assert (call.number, call.talk_s, call.duration_s) == ("", None, None)
        # the dialled call is still there, with its number and its time
        await hand.press("l")
        assert "Call with Leila Karimi" in hand.words
        assert "2:30" in hand.words
        await hand.type("n")
        await hand.press("enter")
        assert [(one.contact and one.contact.id, one.number, one.talk_s) for one in hand.calls()][:2] in (
            [(LEILA, "+989123456789", 150), (KAZEMI, "", None)],
            [(KAZEMI, "", None), (LEILA, "+989123456789", 150)],
        )


async def test_after_an_undo_a_new_person_does_not_get_them_either(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("j", "d")
        hand.clock.advance(90)
        await hand.type("n")
        await hand.press("enter", "u", "l", "backspace")
        await hand.type("Nader Azari")
        await hand.press("ctrl+n")
        await hand.type("wants a price")
        await hand.press("enter")
        call = hand.call
        assert call.contact is not None
        assert (call.contact.name, call.number, call.talk_s) == ("Nader Azari", "", None)
        assert contacts.get(hand.crm, call.contact.id).phones == ()


async def test_after_an_undo_the_same_person_taken_again_keeps_the_call(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("j", "d")
        hand.clock.advance(90)
        await hand.type("n")
        await hand.press("enter", "u", "l", "backspace")
        await hand.type("karimi")
        await hand.press("enter")
        await hand.type("spoke after all")
        await hand.press("enter")
        assert (hand.call.number, hand.call.talk_s) == ("+989123456789", 90)


async def test_a_second_call_waits_until_the_first_is_saved(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await telephoned(hand, "answer", "09123456789")
        await hand.type("first")
        await telephoned(hand, "hangup", "09123456789")
        await telephoned(hand, "answer", "09350002345", call_id="c2")
        assert hand.line == "first"
        await hand.press("enter")
        assert "Call with Leila Kazemi" in hand.words
        await hand.type("second")
        await hand.press("enter")
        named = [call.contact.id if call.contact else 0 for call in hand.calls()]
        assert named == [KAZEMI, LEILA]


async def test_a_call_that_is_over_can_be_left_unlogged(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await telephoned(hand, "answer", "09123456789")
        await telephoned(hand, "hangup", "09123456789")
        await hand.press("escape")
        assert "Leave this call unlogged?" in hand.words
        await hand.press("y")
        assert not hand.open
        assert telephone.current(hand.crm) == []
        await hand.press("j", "j", "l")
        assert "Leila Kazemi ›" in hand.words


async def test_nothing_but_the_seconds_repaints_while_a_call_runs(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await telephoned(hand, "answer", "09123456789")
        before = hand.screen().split("\n")
        hand.clock.advance(7)
        hand.bar.tick()
        await hand.rest()
        after = hand.screen().split("\n")
        changed = [(one, two) for one, two in zip(before, after, strict=True) if one != two]
        assert len(changed) == 1
        assert "0:07" in changed[0][1]


async def test_a_call_the_program_was_left_with_is_told_of_and_its_draft_is_in_its_bar(
    tmp_path: Path,
) -> None:
    async with hands(tmp_path) as hand:
        await telephoned(hand, "answer", "09123456789")
        await hand.type("half a no")
        await written_down(hand, "half a no")
    async with hands(tmp_path, fill=lambda _: None, place="") as hand:
        await hand.rest()
        assert not hand.open
        assert "The call with Leila Karimi is not logged yet" in hand.words
        await hand.press("2", "j", "j", "l")
        assert hand.line == "half a no"
        await hand.type("te")
        await hand.press("enter")
        assert hand.call.note == "half a note"
        assert hand.call.contact is not None
        assert hand.call.contact.id == LEILA


async def test_old_news_of_the_telephone_that_comes_late_does_not_hide_newer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, asked = telephone.current, []

    def slow_at_first(crm: Crm) -> list[PhoneCall]:
        found = real(crm)
        asked.append(found)
        time.sleep(0.3 if len(asked) == 1 else 0)
        return found

    async with hands(tmp_path) as hand:
        monkeypatch.setattr(telephone, "current", slow_at_first)
        first = asyncio.create_task(hand.app.bar.phone.heard())
        while not asked:
            await asyncio.sleep(0.01)
        await telephoned(hand, "ring", "09123456789")
        await first
        assert "rings: Leila Karimi" in hand.words
