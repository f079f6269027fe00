"""What people stumbled over at the telephone who used the program for the first time: talks that nobody wrote down."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.tui.bars import LEILA, Hands, add_people, hands, telephoned, written_down

from tuicrm.domain.clock import FrozenClock
from tuicrm.domain.models import CallDraft, Who
from tuicrm.services import calls, claims, telephone
from tuicrm.services.context import Crm

NUMBER = "09123456789"


def talked(hours_ago: float = 1.0, call_id: str = "1-17") -> Callable[[Crm], None]:
    """A talk of 65 seconds with Leila, told by the telephone while no screen was open."""

    def fill(crm: Crm) -> None:
        add_people(crm)
        clock = crm.clock
        assert isinstance(clock, FrozenClock)
        clock.advance(-3600 * hours_ago)
        for state, later in (("ring", 5.0), ("answer", 65.0), ("hangup", 0.0)):
            telephone.event(crm, state, call_id=call_id, number=NUMBER, agent="sara")  # type: ignore[arg-type]
            clock.advance(later)
        clock.advance(3600 * hours_ago - 70)

    return fill


def held(hand: Hands) -> set[int]:
    """Whom this session claims; a number that it claims too is nobody's id."""
    return {claim.contact_id for claim in claims.everyone(hand.crm) if claim.contact_id > 0}


async def test_a_talk_while_no_screen_was_open_waits_and_is_logged_with_its_times(tmp_path: Path) -> None:
    async with hands(tmp_path, fill=talked(), place="") as hand:
        assert "The call with Leila Karimi is not logged yet: . D lists it." in hand.words
        assert "1 draft" in hand.words
        assert not hand.open
        assert held(hand) == set()
        await hand.press("full_stop", "D")
        assert "not logged yet: talk 08:30, 1:05" in hand.words
        await hand.press("enter")
        assert "Call with Leila Karimi" in hand.words
        assert "○ wrap-up" in hand.words
        await hand.type("asked for prices")
        await hand.press("enter")
        call = hand.call
        assert call.contact is not None
        assert call.contact.id == LEILA
        assert (call.ring_s, call.talk_s, call.duration_s, call.wrap_s) == (5, 65, 65, None)
        assert (call.direction, call.outcome) == ("in", "connected")
        assert call.started_at.astimezone(hand.crm.zone).strftime("%H:%M:%S") == "08:30:05"
        assert "draft" not in hand.screen().split("\n")[0]
        assert telephone.current(hand.crm) == []


async def test_a_talk_waits_however_long_ago_it_was(tmp_path: Path) -> None:
    async with hands(tmp_path, fill=talked(hours_ago=24 * 40), place="") as hand:
        assert "The call with Leila Karimi is not logged yet" in hand.words
        assert [call.state for call in telephone.unlogged(hand.crm)] == ["ended"]


async def test_a_waiting_talk_opens_nowhere_else_and_goes_back_among_the_drafts(tmp_path: Path) -> None:
    async with hands(tmp_path, fill=talked()) as hand:
        await hand.press("j", "j", "l")
        assert "Leila Kazemi ›" in hand.words
        await hand.press("escape", "full_stop", "D", "enter")
        assert held(hand) == {LEILA}
        await hand.type("half a note")
        await hand.press("escape")
        assert not hand.open
        assert held(hand) == set()
        assert "1 draft" in hand.words
        await hand.press("full_stop", "D")
        assert "half a note" in hand.words
        await hand.press("enter")
        assert hand.line == "half a note"
        await hand.press("enter")
        assert (hand.call.note, hand.call.talk_s) == ("half a note", 65)


async def test_a_waiting_talk_is_waved_away_only_after_a_question(tmp_path: Path) -> None:
    async with hands(tmp_path, fill=talked(), place="") as hand:
        await hand.press("full_stop", "D", "delete")
        assert "Leave the call with Leila Karimi unlogged?" in hand.words
        await hand.press("enter", "delete", "y")
        assert telephone.current(hand.crm) == []
        assert "draft" not in hand.screen().split("\n")[0]
        assert hand.calls() == []


async def test_who_was_called_since_is_told_beside_the_waiting_talk(tmp_path: Path) -> None:
    def logged_too(crm: Crm) -> None:
        talked()(crm)
        calls.save(crm, CallDraft("7" * 32, Who(LEILA), "logged from memory"))

    async with hands(tmp_path, fill=logged_too, size=(120, 24), place="") as hand:
        await hand.press("full_stop", "D")
        assert "not logged yet: talk 08:30, 1:05; called since, 09:30" in hand.words


async def test_several_waiting_talks_are_counted(tmp_path: Path) -> None:
    def twice(crm: Crm) -> None:
        talked()(crm)
        telephone.event(crm, "answer", call_id="2", number="0935 000 2345", agent="sara")
        telephone.event(crm, "hangup", call_id="2", number="0935 000 2345", agent="sara")

    async with hands(tmp_path, fill=twice, place="") as hand:
        assert "2 calls are not logged yet: . D lists them." in hand.words
        assert "2 drafts" in hand.words


async def test_a_talk_that_ended_before_the_screen_looked_opens_its_wrap_up(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        telephone.event(hand.crm, "answer", call_id="c9", number=NUMBER, agent="sara")
        hand.clock.advance(30)
        await telephoned(hand, "ring", "")
        telephone.event(hand.crm, "hangup", call_id="c9", number=NUMBER, agent="sara")
        await hand.app.bar.phone.heard()
        await hand.rest()
        assert "○ wrap-up" in hand.words
        await hand.type("spoke")
        await hand.press("enter")
        assert hand.call.talk_s == 30


async def test_a_dialled_call_whose_session_died_is_offered_and_claims_nobody(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("j", "d")
        await hand.type("price of")
        await written_down(hand, "price of")
    async with hands(tmp_path, fill=lambda _: None, at="2026-11-22T09:45:25+03:30", place="") as hand:
        assert "running" not in hand.words
        assert held(hand) == set()
        assert "The call with Leila Karimi is not logged yet: . D lists it." in hand.words
        assert "1 draft" in hand.words
        await hand.press("full_stop", "D")
        await hand.press("enter")
        assert hand.line == "price of"
        assert "15:25" not in hand.words
        await hand.type(" pumps =4")
        await hand.press("enter")
        call = hand.call
        assert (call.note, call.direction, call.talk_s, call.duration_s) == (
            "price of pumps",
            "out",
            None,
            240,
        )
        assert call.started_at.astimezone(hand.crm.zone).strftime("%H:%M") == "09:30"


async def test_a_talk_that_the_telephone_says_runs_still_runs_after_a_restart(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await telephoned(hand, "answer", NUMBER)
    async with hands(tmp_path, fill=lambda _: None, at="2026-11-22T09:31:00+03:30") as hand:
        assert "●" in hand.screen().split("\n")[0]
        assert held(hand) == {LEILA}
        await hand.press("l")
        assert "1:00" in hand.words


async def test_one_call_that_hand_and_telephone_told_of_is_logged_once(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("j", "d")
        await telephoned(hand, "answer", NUMBER, "pbx-1")
        await telephoned(hand, "hangup", NUMBER, "pbx-1")
        await hand.type("spoke")
        await hand.press("enter")
    async with hands(tmp_path, fill=lambda _: None, place="") as hand:
        assert "not logged yet" not in hand.words
        assert "draft" not in hand.screen().split("\n")[0]
        assert len(hand.calls()) == 1


async def test_an_old_talk_with_the_same_number_does_not_end_a_new_one(tmp_path: Path) -> None:
    async with hands(tmp_path, fill=talked()) as hand:
        await hand.press("j", "d")
        await telephoned(hand, "ring", "0935 000 2345", "other")
        assert "● running" in hand.words


async def test_the_footer_says_what_esc_does_when_a_talk_is_over(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await telephoned(hand, "answer", NUMBER)
        assert "Esc keep as draft" in hand.words
        await telephoned(hand, "hangup", NUMBER)
        assert "Esc leave unlogged?" in hand.words
        await hand.type("spoke")
        assert "Esc keep as draft" in hand.words


async def test_the_question_of_an_unlogged_talk_is_asked_in_who_too(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await telephoned(hand, "answer", "09127776655")
        await telephoned(hand, "hangup", "09127776655")
        assert "Esc leave unlogged?" in hand.words
        await hand.press("escape")
        assert "Leave this call unlogged?" in hand.words
        await hand.press("n")
        assert [call.state for call in telephone.current(hand.crm)] == ["ended"]


async def test_a_persian_name_among_the_waiting_talks_is_whole(tmp_path: Path) -> None:
    def fill(crm: Crm) -> None:
        talked()(crm)
        telephone.event(crm, "answer", call_id="r", number="0911 222 3344", agent="sara")
        telephone.event(crm, "hangup", call_id="r", number="0911 222 3344", agent="sara")

    async with hands(tmp_path, fill=fill, place="") as hand:
        await hand.press("full_stop", "D")
        assert "\ufffd" not in hand.screen()
        await hand.press("enter")
        assert "1 draft" in hand.words
