"""The line: keys pressed, what the screen says of them, and what is in the database afterwards."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest
from tests.tui.bars import KAZEMI, LEILA, add_people, hands, written_down

from tuicrm.domain.models import CallDraft, Due, Who
from tuicrm.services import calls, contacts, drafts
from tuicrm.services.context import Crm


async def test_a_note_with_a_follow_up_is_typed_shown_and_saved(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("j", "l")
        assert "Leila Karimi ›" in hand.words
        await hand.type("price list sent /2d")
        assert "connected · Tue 24 Nov (3 Azar 1405)" in hand.words
        await hand.press("enter")
        assert not hand.open
        assert hand.call.contact is not None
        assert hand.call.contact.id == LEILA
        assert hand.call.note == "price list sent"
        assert hand.call.follow_up is not None
        assert hand.call.follow_up.due == Due(date(2026, 11, 24))
        assert "Leila Karimi: connected, follow-up Tue 24 Nov, price list sent u undo" in hand.words


async def test_an_outcomes_key_alone_is_that_outcome(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("j", "l", "n")
        assert "no answer" in hand.words
        await hand.press("enter")
        assert hand.call.outcome == "no_answer"
        assert hand.call.note == ""
        assert hand.call.follow_up is not None


async def test_enter_on_an_empty_line_saves_nothing(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("j", "l", "enter")
        assert hand.open
        assert hand.calls() == []
        assert "Enter alone would say that you spoke" in hand.words


async def test_a_new_ticket_is_shown_in_words_and_named_after_the_save(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("j", "l")
        await hand.type("boiler dead, E1 /th")
        assert "new ticket, high: boiler dead" in hand.words
        await hand.press("enter")
        assert "new ticket #1 boiler dead" in hand.words
        assert hand.call.ticket is not None
        assert hand.call.ticket.priority == "high"


async def test_a_token_without_meaning_is_told_once_and_kept_by_the_second_enter(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("j", "l")
        await hand.type("no one home /zz")
        await hand.press("enter")
        assert hand.calls() == []
        assert "/zz" in hand.words
        assert "Enter saves it as it is" in hand.words
        await hand.press("enter")
        assert hand.call.note == "no one home /zz"


async def test_a_blank_inside_a_token_is_told_with_what_was_meant(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("j", "l")
        await hand.type("price list sent -2 d")
        await hand.press("enter")
        assert hand.calls() == []
        assert "-2 d" in hand.words
        assert "Perhaps -2d?" in hand.words
        for _ in range(len(" d")):
            await hand.press("backspace")
        await hand.type("d")
        await hand.press("enter")
        assert hand.call.note == "price list sent"
        assert hand.call.started_at.isoformat().startswith("2026-11-20")


async def test_a_changed_line_is_told_about_again(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("j", "l")
        await hand.type("home /zz")
        await hand.press("enter")
        await hand.type("z")
        await hand.press("enter")
        assert hand.calls() == []


async def test_a_wrong_value_is_refused_and_the_line_stays(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("j", "l")
        await hand.type("call then /31feb")
        await hand.press("enter", "enter")
        assert hand.calls() == []
        assert hand.line == "call then /31feb"
        assert "31feb" in hand.words


async def test_tickets_to_choose_from_are_named_in_the_refusal(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        for subject in ("leak", "noise"):
            await hand.press("j", "l")
            await hand.type(f"{subject} /t")
            await hand.press("enter", "g")
        await hand.press("j", "l")
        await hand.type("fixed /x")
        await hand.press("enter")
        assert len(hand.calls()) == 2
        assert "/x1" in hand.words
        assert "/x2" in hand.words
        await hand.type("2")
        await hand.press("enter")
        solved = hand.calls()[0].ticket
        assert solved is not None
        assert solved.subject == "noise"


async def test_a_sign_alone_lists_what_it_can_start_and_the_list_goes_as_one_types_on(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("j", "l", "slash")
        assert "no answer" in hand.words
        assert "ticket, urgent" in hand.words
        await hand.type("n")
        assert "ticket, urgent" not in hand.words


async def test_tab_completes_a_token_and_goes_on_through_the_others(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("j", "l")
        await hand.type("/nu")
        await hand.press("tab")
        assert hand.line == "/nu"
        await hand.press(*["backspace"] * 3)
        await hand.type("x /ti")
        await hand.press("tab")
        assert hand.line.startswith("x /")


async def test_an_abbreviation_becomes_its_words_on_a_space(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        short, long = next(iter(hand.crm.process().abbreviations.items()))
        await hand.press("j", "l")
        await hand.type(f"call {short} ")
        assert hand.line == f"call {long} "


async def test_an_earlier_note_comes_as_dim_text_and_right_takes_it(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("j", "l")
        await hand.type("asked for the price of the pump")
        await hand.press("enter", "l")
        await hand.type("asked f")
        assert hand.bar.field.ghost == "or the price of the pump"
        await hand.press("right")
        assert hand.line == "asked for the price of the pump"


async def test_up_and_down_walk_through_earlier_notes_and_back_to_what_was_typed(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        for note in ("first note here", "second note here"):
            await hand.press("g", "j", "l")
            await hand.type(note)
            await hand.press("enter")
        await hand.press("l")
        await hand.type("now")
        await hand.press("up")
        assert hand.line == "second note here"
        await hand.press("up")
        assert hand.line == "first note here"
        await hand.press("up", "down", "down")
        assert hand.line == "now"


async def test_the_due_follow_up_is_asked_for_with_one_key_when_several_are_due(tmp_path: Path) -> None:
    def fill(crm: Crm) -> None:
        add_people(crm)
        for uid, note in (("a", "price of pump"), ("b", "renew contract")):
            calls.save(crm, CallDraft(uid * 32, Who(LEILA), f"{note} /1d"))

    async with hands(tmp_path, fill=fill) as hand:
        hand.clock.advance(86400)
        await hand.press("j", "l")
        await hand.type("/n")
        await hand.press("enter")
        assert len(hand.calls()) == 2
        assert "1 " in hand.words
        assert "none of them" in hand.words
        await hand.press("2")
        assert len(hand.calls()) == 3
        moved = hand.calls()[0].follow_up
        assert moved is not None
        assert moved.due.on > date(2026, 11, 23)
        card = contacts.card(hand.crm, LEILA)
        assert sorted(one.due.on for one in card.follow_ups)[0] == date(2026, 11, 23)


async def test_another_key_takes_the_question_away_and_is_typed(tmp_path: Path) -> None:
    def fill(crm: Crm) -> None:
        add_people(crm)
        for uid in "ab":
            calls.save(crm, CallDraft(uid * 32, Who(LEILA), "something /1d"))

    async with hands(tmp_path, fill=fill) as hand:
        hand.clock.advance(86400)
        await hand.press("j", "l")
        await hand.type("/n")
        await hand.press("enter", "space", "x")
        assert hand.line == "/n x"
        assert len(hand.calls()) == 2


async def test_u_takes_the_whole_call_back(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("j", "l")
        await hand.type("boiler dead /th /2d")
        await hand.press("enter", "u")
        assert hand.calls() == []
        card = contacts.card(hand.crm, LEILA)
        assert card.follow_ups == ()
        assert card.tickets == ()


async def test_three_keys_typed_with_enter_in_one_burst_act_after_the_save(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("j", "l")
        hand.burst(*"spoke", "enter", "g", "j", "j", "l", *"later", "enter")
        await hand.rest()
        stored = hand.calls()
        assert [call.note for call in stored] == ["later", "spoke"]
        assert [call.contact.id for call in stored if call.contact] == [KAZEMI, LEILA]


async def test_a_save_that_fails_keeps_the_line_and_drops_what_was_typed_since(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tuicrm.domain.errors import Unavailable

    def fails(*_: object) -> None:
        raise Unavailable("database_locked", holder=0)

    async with hands(tmp_path) as hand:
        await hand.press("j", "l")
        await hand.type("spoke")
        monkeypatch.setattr(calls, "save", fails)
        hand.burst("enter", "j", "j", "n")
        await hand.rest()
        assert hand.open
        assert hand.line == "spoke"
        assert "3 keys typed meanwhile were dropped" in hand.words
        monkeypatch.undo()
        await hand.press("enter")
        assert hand.call.note == "spoke"


async def test_pasted_lines_are_one_line_and_never_press_enter(tmp_path: Path) -> None:
    from textual import events

    async with hands(tmp_path) as hand:
        await hand.press("j", "l")
        hand.app.post_message(events.Paste("first\nsecond\r\n\x1b[31mthird\n"))
        await hand.rest()
        assert hand.calls() == []
        assert hand.open
        assert "first second" in hand.line
        assert "\x1b" not in hand.line


async def test_esc_keeps_what_was_typed_for_this_contact_only(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("j", "l")
        await hand.type("half a not")
        await hand.press("escape")
        assert not hand.open
        await hand.press("j", "l")
        assert hand.line == ""
        assert "Leila Kazemi ›" in hand.words
        await hand.press("escape", "k", "l")
        assert hand.line == "half a not"
        assert "This is your draft from" in hand.words
        await hand.type("e")
        assert "This is your draft from" not in hand.words
        await hand.press("enter")
        assert hand.call.note == "half a note"
        assert drafts.everything(hand.crm) == []


async def test_a_saved_call_is_not_offered_as_a_draft_again(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("j", "l")
        await hand.type("spoke")
        await hand.press("enter", "l")
        assert hand.line == ""


async def test_another_place_comes_to_the_front_and_the_bar_stays_as_it_is(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("j", "l")
        await hand.type("half")
        await hand.press("alt+3")
        await hand.type(" a note")
        assert hand.line == "half a note"
        assert hand.app.shell.current == "calls"
        await hand.press("enter")
        assert hand.call.note == "half a note"
        assert not hand.open
        assert hand.app.place is not None
        focused = hand.app.focused
        assert focused is not None
        assert hand.app.place in focused.ancestors_with_self


async def test_what_was_typed_is_written_down_without_leaving_the_bar(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("j", "l")
        await hand.type("half")
        await written_down(hand, "half")
        stored = drafts.everything(hand.crm)
        assert [(one.key, one.line) for one in stored] == [(f"contact:{LEILA}", "half")]


async def test_keys_and_the_time_of_writing_are_stored(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("j", "l")
        await hand.type("Hi")
        hand.clock.advance(4)
        await hand.type(" you")
        await hand.press("backspace", "enter")
        assert hand.call.keys == 1 + 3 + 4 + 1 + 1
        assert hand.call.entry_s == 4.0


async def test_backspace_on_the_empty_line_asks_who_again(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("j", "l")
        await hand.type("x")
        await hand.press("backspace", "backspace")
        assert "Who ›" in hand.words
        await hand.type("kazemi")
        await hand.press("tab")
        await hand.type("spoke")
        await hand.press("enter")
        assert hand.call.contact is not None
        assert hand.call.contact.id == KAZEMI


async def test_a_note_that_is_a_number_and_a_name_is_asked_about_and_can_become_the_contact(
    tmp_path: Path,
) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("j", "l")
        await hand.type("Nadia Rostami 0912 777 6655")
        await hand.press("enter")
        assert hand.calls() == []
        await hand.press("ctrl+n")
        assert "Nadia Rostami ›" in hand.words
        await hand.type("wants a quote")
        await hand.press("enter")
        assert hand.call.note == "wants a quote"
        assert hand.call.contact is not None
        assert hand.call.contact.name == "Nadia Rostami"


async def test_the_day_of_a_follow_up_started_from_today_is_moved(tmp_path: Path) -> None:
    def fill(crm: Crm) -> None:
        add_people(crm)
        calls.save(crm, CallDraft("a" * 32, Who(LEILA), "price of pump /8.30"))

    async with hands(tmp_path, fill=fill, place="1", at="2026-11-22T10:00:00+03:30") as hand:
        await hand.press("l")
        await hand.type("/n /tom9")
        await hand.press("enter")
        newest = hand.calls()[0]
        assert newest.follow_up is not None
        assert newest.follow_up.due == Due(date(2026, 11, 23), time(9))
