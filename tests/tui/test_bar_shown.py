"""What the bar shows of a line: words, directions, problems, lists; in Persian too; never wider than the screen."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.tui.bars import LEILA, add_people, hands

from tuicrm.domain.models import CallDraft, Who
from tuicrm.services import calls, contacts, process
from tuicrm.services.context import Crm
from tuicrm.tui.bar.session import Session
from tuicrm.tui.text import STYLES


async def test_persian_is_typed_with_its_half_space_and_its_tokens(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("j", "l")
        await hand.type("قیمت")
        hand.burst("zero_width_non_joiner")
        await hand.rest()
        await hand.type("ها /فردا")
        await hand.press("enter")
        assert hand.call.note == "قیمت\u200cها"
        assert hand.call.follow_up is not None
        assert hand.call.follow_up.due.on == date(2026, 11, 23)


async def test_names_that_are_markup_or_escape_codes_are_shown_literally(tmp_path: Path) -> None:
    from tuicrm.domain.models import NewContact

    def fill(crm: Crm) -> None:
        contacts.add(crm, NewContact("Acme [eu] [@click=app.quit]x[/]"))
        contacts.add(crm, NewContact("[/]"))

    async with hands(tmp_path, fill=fill) as hand:
        await hand.press("l")
        await hand.type("[/] note [bold]")
        screen = hand.screen()
        assert "[/] note [bold]" in screen
        await hand.press("enter")
        assert hand.call.note == "[/] note [bold]"


async def test_a_day_on_which_nobody_works_is_named_when_it_is_typed(tmp_path: Path) -> None:
    def fill(crm: Crm) -> None:
        text = process.show(crm)[0].text
        own = '[calendar.holidays]\n"2026-11-25" = "Stocktaking"'
        process.apply(crm, text.replace("[calendar.holidays]", own, 1))
        add_people(crm)

    async with hands(tmp_path, fill=fill) as hand:
        await hand.press("j", "l")
        await hand.type("price /25nov")
        assert "Stocktaking" in hand.screen()
        await hand.type(" /fri")
        assert "day off" in hand.screen()
        assert "Stocktaking" not in hand.screen()
        await hand.type(" /tue")
        assert "day off" not in hand.screen()
        await hand.press("enter")
        assert hand.call.follow_up is not None
        assert hand.call.follow_up.due.on == date(2026, 11, 24)


@pytest.mark.parametrize("size", [(80, 24), (140, 40), (60, 16)])
async def test_no_line_of_the_screen_is_wider_than_the_terminal(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    from rich.cells import cell_len

    async with hands(tmp_path, size=size) as hand:
        await hand.press("l")
        await hand.type("a long note about the boiler " * 6 + "/th /2d #vip @sara =4 -9:05")
        assert all(cell_len(line) <= size[0] for line in hand.screen().split("\n"))
        assert hand.open


async def test_keys_of_a_persian_layout_act_by_their_place(tmp_path: Path) -> None:
    def fill(crm: Crm) -> None:
        add_people(crm)
        for uid in "ab":
            calls.save(crm, CallDraft(uid * 32, Who(LEILA), "something /1d"))

    async with hands(tmp_path, fill=fill) as hand:
        hand.clock.advance(86400)
        hand.burst("ت", "م")
        await hand.rest()
        assert hand.open
        await hand.type("د")
        await hand.press("enter")
        assert "none of them" in hand.words
        await hand.type("۲")
        assert hand.calls()[0].outcome == "no_answer"


async def test_a_problem_is_not_called_one_while_its_word_is_still_typed(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("j", "l")
        await hand.type("home /zz")
        assert "means nothing" in hand.words
        assert [span.style for span in hand.bar.painter.notes.content.spans] == [STYLES["dim"]]
        await hand.type(" ")
        assert "means nothing" in hand.words
        assert [span.style for span in hand.bar.painter.notes.content.spans] == [STYLES["warn"]]


async def test_the_empty_line_says_how_a_call_may_have_ended(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("j", "l")
        assert "what was said, or n no answer b busy v voicemail" in hand.words


async def test_the_bar_grows_by_one_line_for_a_long_sentence_and_shrinks_again(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("j", "l")
        await hand.type("no one home /zzzzzz")
        await hand.press("enter")
        assert hand.bar.painter.notes.size.height == 2
        await hand.type("x")
        assert hand.bar.painter.notes.size.height == 1


async def test_what_will_be_saved_stays_in_sight_beneath_a_soft_stop(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("j", "l")
        await hand.type("price list sent today /2d 10 /th /zz")
        await hand.press("enter")
        assert "means nothing here" in hand.words
        assert "new ticket, high: price list sent today" in hand.words
        assert hand.calls() == []


async def test_a_short_soft_stop_stands_on_one_line(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("j", "l")
        await hand.type("no one home /zz")
        await hand.press("enter")
        (said,) = [row for row in hand.screen().splitlines() if "means nothing here" in row]
        assert said.strip().endswith("Enter saves it as it is.")


async def test_labels_after_a_sign_are_whole_while_there_is_room(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("j", "l")
        await hand.type("/")
        for label in ("wrong number", "left a message", "do not call", "no follow-up", "ticket, urgent"):
            assert label in hand.words


async def test_who_on_an_empty_line_says_that_tab_means_no_name(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("j", "l", "backspace")
        assert "Tab no name" in hand.words
        assert "Tab take" not in hand.words
        assert "choose" not in hand.words
        await hand.type("leila")
        assert "Tab take ↑↓ choose" in hand.words


async def test_a_note_that_is_nothing_but_a_number_is_asked_about(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("j", "l")
        await hand.type("09121234567")
        await hand.press("enter")
        assert hand.calls() == []
        assert "09121234567 looks like a person or a number" in hand.words
        assert "Ctrl+N makes it the contact" in hand.words
        await hand.press("enter")
        assert hand.call.note == "09121234567"


async def test_an_empty_line_says_at_the_right_which_key_lists_what_can_be_typed(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("j", "l")
        (hint,) = [row for row in hand.screen().splitlines() if "what can I type?" in row]
        assert hint.strip() == "/ what can I type?"
        assert len(hint.rstrip()) == 79
        await hand.press("slash")
        assert "what can I type?" not in hand.words
        assert "no answer" in hand.words
        await hand.press("backspace", "enter")
        assert "what can I type?" not in hand.words
        assert "Enter alone would say that you spoke" in hand.words


async def test_the_direction_is_shown_when_it_is_not_what_the_opening_of_the_bar_says(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("j", "l")
        await hand.type("spoke")
        assert "bound" not in hand.words
        await hand.type(" /in")
        assert "connected · inbound" in hand.words
        await hand.press("escape")
        await hand.app.bar.open_finder()
        await hand.rest()
        await hand.type("nadia")
        await hand.press("ctrl+n")
        await hand.type("spoke")
        assert "new contact · connected · inbound" in hand.words
        await hand.press("enter")
        assert hand.call.direction == "in"


async def test_a_ticket_without_a_subject_yet_asks_for_one(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("j", "l")
        await hand.type("/th")
        assert "new ticket, high: subject?" in hand.words
        await hand.press("home")
        await hand.type("boiler ")
        assert "new ticket, high: boiler" in hand.words
        assert "subject?" not in hand.words


@pytest.mark.parametrize("width", [80, 60])
@pytest.mark.parametrize("sign", ["/", "."])
async def test_a_list_after_a_sign_never_cuts_a_token(tmp_path: Path, sign: str, width: int) -> None:
    def fill(crm: Crm) -> None:
        add_people(crm)
        own = process.show(crm)[0].text.replace('code = "quote"\nkey = "q"\n', 'code = "questionnaire"\n', 1)
        process.apply(crm, own)

    async with hands(tmp_path, fill=fill, size=(width, 24)) as hand:
        await hand.press("j", "l")
        await hand.type(sign)
        words = f" {hand.words} "
        assert f" {'/do_not_call' if sign == '/' else '.questionnaire'} " in words
        listed = [row for row in hand.screen().splitlines() if row.startswith(f"  {sign}")]
        assert listed
        assert not any(word.startswith(sign) and "…" in word for word in words.split())
        assert any(len(row.split()) >= 4 for row in listed)


async def test_tags_in_use_are_listed_at_their_sign_and_narrowed_as_one_types(tmp_path: Path) -> None:
    def fill(crm: Crm) -> None:
        add_people(crm)
        for uid, line in (("one", "price #vip"), ("two", "price #vip #Vienna"), ("three", "so #urgent")):
            calls.save(crm, CallDraft(uid, Who(LEILA), line))

    async with hands(tmp_path, fill=fill) as hand:
        await hand.press("j", "l")
        await hand.type("asks again #")
        assert "#vip" in hand.words
        assert "#urgent" in hand.words
        await hand.type("v")
        assert "Tab #vip #Vienna" in hand.words
        assert "#urgent" not in hand.words
        await hand.press("tab", "tab")
        assert "asks again #Vienna" in hand.words
        await hand.type(" #new")
        await hand.press("enter")
        assert hand.calls()[0].note == "asks again"
        assert sorted(hand.calls()[0].tags) == ["Vienna", "new"]


async def test_the_tokens_of_two_waiting_statuses_are_told_apart(tmp_path: Path) -> None:
    def fill(crm: Crm) -> None:
        add_people(crm)
        calls.save(crm, CallDraft("one", Who(LEILA), "boiler dead /t"))

    async with hands(tmp_path, fill=fill) as hand:
        await hand.press("j", "l", "slash")
        assert "/tp ticket: …parts" in hand.words
        assert "/tc ticket: …the" in hand.words


async def test_the_key_that_opens_the_bar_is_one_of_the_calls_keys(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("j", "l")
        await hand.type("ok")
        await hand.press("enter")
        assert hand.call.keys == 4
        assert hand.crm.live.keys(hand.crm.me, hand.crm.now().date()) == (1, 4)


async def test_a_persian_key_in_its_place_opens_the_bar_and_counts_the_same(tmp_path: Path) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("j")
        await hand.type("مok")
        await hand.press("enter")
        assert hand.call.keys == 4


async def test_letters_that_come_faster_than_they_are_shown_are_shown_once_and_all_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with hands(tmp_path) as hand:
        await hand.press("j", "l")
        shown: list[str] = []
        real = hand.bar.painter.paint

        def paint(session: Session) -> None:
            shown.append(session.line)
            real(session)

        monkeypatch.setattr(hand.bar.painter, "paint", paint)
        note = "all that was said, word by word, " * 8
        # Tab takes what the letters before it may become
        hand.burst(*note, *"/2d /call b", "tab")
        await hand.rest()
        assert hand.line == f"{note}/2d /call-back"
        assert len(shown) < len(note) / 4
        assert "call back · Tue 24 Nov" in hand.words
        await hand.press("enter")
        assert hand.call.note == note.strip()
        assert hand.call.outcome == "callback"
