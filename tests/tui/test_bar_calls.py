"""A call that runs, at its edges: not wanted, logged elsewhere, dialled to nobody, ended behind a closed bar."""

from __future__ import annotations

from pathlib import Path

from tests.tui.bars import LEILA, add_people, hands, telephoned, written_down

from tuicrm.domain.models import CallDraft, ContactPatch, Who
from tuicrm.services import calls, contacts, drafts, telephone
from tuicrm.services.context import Crm


async def test_a_contact_that_asked_not_to_be_called_is_asked_about(tmp_path: Path) -> None:
    def fill(crm: Crm) -> None:
        add_people(crm)
        contacts.edit(crm, LEILA, ContactPatch(do_not_call=True))

    async with hands(tmp_path, fill=fill) as hand:
        await hand.press("j", "d")
        assert "asked not to be called" in hand.words
        await hand.press("enter")
        assert hand.app.bar.state.live is None
        await hand.press("d", "y")
        assert "Call with Leila Karimi" in hand.words


async def test_a_call_that_another_session_logged_closes_its_empty_bar_here(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await telephoned(hand, "answer", "09123456789")
        assert hand.open
        other = CallDraft(
            "9" * 32, Who(LEILA), "theirs", direction="in", source="pbx", source_call_id="c1", talk_s=4
        )
        calls.save(hand.crm, other)
        await hand.app.bar.phone.heard()
        await hand.rest()
        assert not hand.open
        assert "logged in another session" in hand.words


async def test_a_note_for_a_call_that_another_session_logged_is_kept_as_a_call_of_its_own(
    tmp_path: Path,
) -> None:
    async with hands(tmp_path) as hand:
        await telephoned(hand, "answer", "09123456789")
        await hand.type("mine")
        other = CallDraft("9" * 32, Who(LEILA), "theirs", direction="in", source="pbx", source_call_id="c1")
        calls.save(hand.crm, other)
        await hand.app.bar.phone.heard()
        await hand.press("enter")
        assert hand.line == "mine"
        assert "Another session logged this call meanwhile" in hand.words
        await hand.press("enter")
        assert [call.note for call in hand.calls()] == ["mine", "theirs"]


async def test_a_number_that_nobody_has_can_be_dialled(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.app.bar.open_finder(dial=True)
        await hand.rest()
        await hand.type("0912 777 6655")
        await hand.press("enter")
        assert "0912 777 6655" in hand.words
        assert "● running" in hand.words
        await hand.type("nadia rostami")
        await hand.press("enter")
        await hand.type("wants a quote")
        await hand.press("enter")
        assert hand.call.direction == "out"
        assert hand.call.contact is not None
        assert hand.call.contact.name == "Nadia Rostami"


async def test_somebody_like_the_new_contact_is_named_before_anything_is_saved(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await telephoned(hand, "answer", "09127776655")
        await hand.type("leila karimi")
        await hand.press("enter")
        assert "Perhaps known already: Leila Karimi, Pars Pump Co (same name)" in hand.words


async def test_the_number_to_dial_stands_over_the_line(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("j", "d")
        assert "Call with Leila Karimi · 0912 345 6789 · ● running" in hand.words


async def test_a_note_for_a_call_that_is_not_live_any_more_is_found_among_the_drafts(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await telephoned(hand, "answer", "09123456789")
        await hand.type("half a note")
        await written_down(hand, "half a note")
    async with hands(tmp_path, fill=lambda _: None, at="2026-11-24T09:30:00+03:30") as hand:
        assert "1 draft" in hand.words
        await hand.press("full_stop", "D", "enter")
        assert "Leila Karimi ›" in hand.words
        assert hand.line == "half a note"
        await hand.press("enter")
        assert hand.call.contact is not None
        assert hand.call.contact.id == LEILA
        assert drafts.everything(hand.crm) == []


async def test_the_end_of_a_talk_behind_a_closed_bar_says_what_opens_the_wrap_up(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await telephoned(hand, "answer", "09123456789")
        await hand.press("escape")
        await telephoned(hand, "hangup", "09123456789")
        assert "The talk with Leila Karimi is over; l opens the wrap-up." in hand.words
        await hand.press("l")
        assert "○ wrap-up" in hand.words


async def test_d_that_ends_a_talk_behind_a_closed_bar_says_what_opens_the_wrap_up(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("j", "d", "escape", "d")
        assert "The talk with Leila Karimi is over; l opens the wrap-up." in hand.words


async def test_the_end_of_a_talk_in_its_open_bar_is_not_told(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await telephoned(hand, "answer", "09123456789")
        await telephoned(hand, "hangup", "09123456789")
        assert "○ wrap-up" in hand.words
        assert "is over" not in hand.words


async def test_a_call_that_runs_on_after_an_undo_ends_with_the_telephones_hang_up(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await telephoned(hand, "answer", "09123456789")
        hand.clock.advance(30)
        await hand.type("spoke")
        await hand.press("enter", "u")
        hand.clock.advance(30)
        await telephoned(hand, "hangup", "09123456789")
        assert "The talk with Leila Karimi is over" in hand.words
        hand.clock.advance(9)
        await hand.press("l")
        await hand.type("again")
        await hand.press("enter")
        assert (hand.call.talk_s, hand.call.wrap_s) == (60, 9)
        assert telephone.current(hand.crm) == []


async def test_a_hang_up_before_the_undo_of_a_running_call_ends_its_talk_too(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await telephoned(hand, "answer", "09123456789")
        hand.clock.advance(30)
        await hand.type("spoke")
        await hand.press("enter")
        await telephoned(hand, "hangup", "09123456789")
        hand.clock.advance(20)
        await hand.press("u", "l")
        assert "○ wrap-up" in hand.words
        await hand.type("again")
        await hand.press("enter")
        assert (hand.call.talk_s, hand.call.wrap_s) == (30, 20)


async def test_the_key_that_takes_or_dials_a_call_is_one_of_its_keys(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await telephoned(hand, "ring", "09123456789")
        await hand.press("d")
        await hand.type("ok")
        await hand.press("enter")
        assert hand.call.keys == 4
        await telephoned(hand, "hangup", "09123456789")
        # to Leila, for George's London sleeps
        await hand.press("j", "d")
        await hand.type("ok")
        await hand.press("escape", "l", "enter")
        assert [call.keys for call in hand.calls()] == [6, 4]
        assert hand.crm.live.keys(hand.crm.me, hand.crm.now().date()) == (2, 10)
