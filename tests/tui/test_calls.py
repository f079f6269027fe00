"""Calls: newest first, in words, one in full, deleted and brought back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from tests.tui.desk import LEILA, NADIA, Desk, desk, log
from tests.tui.samples import SCENE, call
from tests.tui.stillness import settled

from tuicrm.domain.models import NewContact, PhoneNumber
from tuicrm.i18n import t
from tuicrm.services import calls, contacts, saved_filters, telephone
from tuicrm.services.context import Crm, open_crm
from tuicrm.tui.widgets import call_lines
from tuicrm.tui.widgets.search_line import SearchLine


def many(crm: Crm) -> None:
    """One person with 250 calls."""
    contacts.add(crm, NewContact("Leila Karimi", phones=(PhoneNumber("0912 123 4567"),)))
    for number in range(250):
        log(crm, LEILA, f"call number {number:03} /-")


async def test_calls_stand_newest_first_with_what_was_said(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("3")
        assert "Nadia Rostami" in one.cursor_line
        assert "keeps in touch" in one.cursor_line
        assert one.cursor_line.split()[1:4] == ["Sat", "09:31", "sara"]
        assert "connected" in one.cursor_line
        assert "Reza Ahmadi" in one.lines[3]
        assert all(len(line) <= 80 for line in one.lines)


def test_a_narrow_call_breaks_between_its_facts_and_cuts_none() -> None:
    said = call(number="+989121234567", topic="quote", topic_guessed=True, keys=28, wrap_s=23)
    for width in range(24, 80, 5):
        shown = [line.plain for line in call_lines.full(said, SCENE, width)]
        assert all(len(line) <= width for line in shown)
        for fact in ("quote?", "0912 123 4567", "28 keys", "0:23 wrap-up", "call 3"):
            assert any(fact in line for line in shown), (width, fact)


def test_what_was_done_to_a_call_is_told_to_the_end() -> None:
    done = t(
        "{when}", when="today 09:31  sara  outcome: connected → voicemail; note: price list sent, wants 3"
    )
    shown = [line.plain for line in call_lines.whole(call(), SCENE, 40, [done])]
    assert " ".join(shown).endswith("price list sent, wants 3")
    assert all(len(line) <= 40 for line in shown)


async def test_the_selected_call_stands_in_full_beneath(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("3", "j")
        assert "boiler E1" in one.screen
        assert "follow-up today 10:00, sara" in one.screen
        assert "ticket #1 high: boiler E1" in one.screen
        assert "in the program · 9 keys" in one.screen


async def test_a_missed_call_stands_out_in_words(tmp_path: Path) -> None:
    def missed(crm: Crm) -> None:
        number = "+98 21 8877 0000"
        at = datetime.fromisoformat("2026-11-22T09:20:00+03:30")
        telephone.event(crm, "ring", call_id="1", number=number, agent="sara", source="pbx", at=at)
        telephone.event(crm, "missed", call_id="1", number=number, agent="sara", source="pbx", at=at)
        contacts.add(crm, NewContact("Leila Karimi"))

    async with desk(tmp_path, fill=missed) as one:
        await one.press("3")
        assert "missed" in one.cursor_line
        assert "nobody took it" in one.cursor_line
        assert "021 8877" in one.cursor_line


async def test_delete_asks_and_u_brings_the_call_back(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("3", "delete")
        assert "Delete the call with Nadia Rostami?" in one.screen
        await one.press("y")
        assert "Nadia Rostami" not in one.lines[2]
        assert "Call deleted." in one.message
        await one.press("u")
        assert "Nadia Rostami" in one.screen


async def test_the_cursor_goes_to_a_call_that_is_brought_back(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("3", "j")
        before = one.cursor_line
        await one.press("delete", "y")
        assert one.cursor_line != before
        await one.press("u")
        assert one.cursor_line == before


async def test_the_list_is_walked_to_the_oldest_and_back(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=many) as one:
        await one.press("3")
        assert "call number 249" in one.cursor_line
        await one.press("G")
        assert "call number 000" in one.cursor_line
        await one.press("pageup", "pageup", "pageup", "pageup", "pageup", "pageup", "pageup", "pageup")
        assert "call number 0" in one.cursor_line or "call number 1" in one.cursor_line
        await one.press("g")
        assert "call number 249" in one.cursor_line


async def test_a_new_call_comes_in_at_the_top_and_the_cursor_stays(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("3", "j")
        other = open_crm(one.crm.settings, via="cli", clock=one.crm.clock)
        log(other, LEILA, "price sent")
        await one.app.listener.look()
        await one.rest()
        assert "price sent" in one.lines[2]
        assert "Reza Ahmadi" in one.cursor_line
        other.close()


async def test_an_edited_call_changes_where_it_stands(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("3")
        calls.edit(one.crm, 4, note="by letter")
        await one.app.listener.look()
        await one.rest()
        assert "by letter" in one.cursor_line


async def test_enter_opens_the_call_and_enter_there_the_person(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("3", "j", "enter")
        assert "Reza Ahmadi · Sat 21 Nov 09:31" in one.screen
        assert "ticket #1 high: boiler E1" in one.screen
        assert "What was done to this call" in one.screen
        assert "call logged" in one.screen or "sara" in one.screen
        await one.press("enter")
        assert "Timeline" in one.screen
        await one.press("q", "q")
        assert "Reza Ahmadi" in one.cursor_line


async def test_an_open_call_leads_to_the_next_one_of_the_list(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("3", "enter", "right_square_bracket")
        assert "Reza Ahmadi · Sat 21 Nov" in one.screen
        await one.press("left_square_bracket")
        assert "Nadia Rostami · Sat 21 Nov" in one.screen
        await one.press("left_square_bracket")
        assert "There is no call before this one." in one.message
        await one.press("e", "tab")
        await one.type("/v")
        await one.press("enter")
        assert "voicemail" in one.screen
        assert "outcome: connected → voicemail" in one.screen


async def test_deleting_an_open_call_closes_it(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("3", "enter", "delete", "y")
        assert "Call deleted." in one.message
        assert "Reza Ahmadi" in one.cursor_line


async def test_l_logs_a_call_with_the_same_person(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("3", "l")
        await one.type("asked again")
        await one.press("enter")
        assert "asked again" in one.lines[2]
        assert "Nadia Rostami" in one.lines[2]


async def test_no_calls_yet_says_so(tmp_path: Path) -> None:
    def somebody(crm: Crm) -> None:
        contacts.add(crm, NewContact("Leila Karimi"))

    async with desk(tmp_path, fill=somebody) as one:
        await one.press("3")
        assert "No calls yet. l logs one." in one.screen


async def test_e_changes_a_call_by_what_was_different(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("3", "e", "tab")
        assert "Edit the call with Nadia Rostami" in one.screen
        assert "now /c /out; what was different" in one.screen
        assert "draft" not in one.footer
        await one.type("/v =4")
        # without waiting for the key's marker, which goes with the form: the message is there for seconds only
        await one.pilot.press("enter")
        await settled(one.pilot)
        call = calls.get(one.crm, 4)
        assert (call.outcome, call.duration_s, call.note) == ("voicemail", 240, "keeps in touch")
        assert "voicemail" in one.cursor_line
        assert "Call changed." in one.message
        await one.press("u")
        assert calls.get(one.crm, 4).outcome == "connected"


async def test_another_outcome_of_a_call_leaves_what_it_promised_and_says_so(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("2", "j", "l")
        await one.type("/n")
        await one.press("enter", "3", "e", "tab")
        await one.type("/b")
        await one.pilot.press("enter")
        await settled(one.pilot)
        assert "Call changed. What it promised stays: tomorrow" in one.message


async def test_a_line_that_a_call_cannot_take_is_refused_and_stays(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("3", "e", "tab")
        await one.type("/2d")
        await one.press("enter")
        assert "cannot be changed here" in one.screen
        assert "/2d" in one.screen
        await one.press("escape", "e", "tab", "enter")
        assert calls.get(one.crm, 4).note == "keeps in touch"
        assert "Edit the call" not in one.screen


# --- the search line ----------------------------------------------------------------------------------------


async def test_words_of_a_note_are_searched_and_marked(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=many) as one:
        await one.press("3", "slash")
        await one.type("number 07")
        assert one.cursor_line.count("number 07") == 1
        assert "10 calls" in one.lines[1]
        await one.press("enter", "j")
        assert "call number 078" in one.cursor_line
        await one.press("slash", "escape", "escape")
        assert "250 calls" in one.lines[1]


async def test_what_was_found_far_behind_in_a_note_is_seen(tmp_path: Path) -> None:
    def one_long(crm: Crm) -> None:
        contacts.add(crm, NewContact("Leila Karimi"))
        log(crm, LEILA, "she went through all of the old list again and wants the catalogue /-")

    async with desk(tmp_path, fill=one_long) as one:
        await one.press("3")
        assert "catalogue" not in one.cursor_line
        await one.press("slash")
        await one.type("catal")
        assert "catalogue" in one.cursor_line


async def test_a_filter_narrows_while_it_is_typed(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        log(one.crm, NADIA, "/n =2")
        await one.press("3", "slash")
        await one.type("outcome:")
        assert "no_answer" in one.lines[2]
        assert "5 calls" in one.lines[1]
        await one.type("no")
        assert "outcome:no_answer" in one.lines[1]
        await one.press("tab")
        assert one.widget(SearchLine).value == "outcome:no_answer"
        assert "1 call, 2 minutes talked" in one.lines[1]
        await one.press("enter")
        assert "no answer" in one.cursor_line


async def test_a_filter_that_cannot_be_read_says_why_and_stays(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("3", "slash")
        await one.type("agent:srah")
        assert "agent:srah names nothing here; is it sara?" in one.lines[2]
        assert "4 calls" in one.lines[1]
        await one.press("enter")
        assert "agent:srah names nothing here; is it sara?" in one.message
        await one.press("backspace", "backspace", "backspace", "tab", "enter", "j")
        assert "Reza Ahmadi" in one.cursor_line


async def test_keys_are_offered_and_taken(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("3", "slash")
        assert "agent:  outcome:  topic:" in one.lines[2]
        await one.type("leila du")
        await one.press("right")
        await one.type(">5m")
        await one.press("enter")
        assert one.widget(SearchLine).value == "leila duration:>5m"
        assert "No call fits." in one.screen
        assert "agent:  outcome:" not in one.screen


async def test_p_shows_the_days_that_were_picked(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        log(one.crm, NADIA, "called back /-")
        await one.press("3", "p")
        assert "Which days?" in one.screen
        await one.type("yest")
        await one.press("enter")
        assert "day:yesterday" in one.lines[1]
        assert "4 calls" in one.lines[1]
        await one.press("p", "enter")
        assert "day:today" in one.lines[1]
        assert "called back" in one.cursor_line


async def test_brackets_go_from_day_to_day(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        log(one.crm, NADIA, "called back /-")
        await one.press("3", "left_square_bracket")
        assert "day:2026-11-22" in one.lines[1]
        await one.press("left_square_bracket")
        assert "day:2026-11-21" in one.lines[1]
        assert "4 calls" in one.lines[1]
        await one.press("right_square_bracket", "right_square_bracket")
        assert "day:2026-11-23" in one.lines[1]
        assert "No call fits." in one.screen


async def test_a_week_goes_on_by_weeks(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("3", "slash")
        await one.type("sara day:week")
        await one.press("enter", "left_square_bracket")
        assert "sara day:2026-11-14..2026-11-20" in one.lines[1]


async def test_a_new_call_that_does_not_fit_stays_out(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("3", "slash")
        await one.type("boiler")
        await one.press("enter")
        calls.edit(one.crm, 3, note="radiator")
        log(one.crm, LEILA, "asked again")
        await one.app.listener.look()
        await one.rest()
        assert "No call fits." in one.screen


# --- filters under a name -----------------------------------------------------------------------------------


async def command(one: Desk, name: str) -> None:
    """A command of the palette."""
    await one.press("ctrl+p")
    await one.type(name)
    await one.press("enter")


async def test_a_filter_is_saved_picked_renamed_and_deleted(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("3")
        await command(one, "save this filter")
        assert "There is no filter to save" in one.message
        await one.press("slash")
        await one.type("boiler")
        await one.press("enter")
        await command(one, "save this filter")
        await one.type("Broken things")
        await one.press("ctrl+s")
        assert "Saved as Broken things" in one.message
        assert [(it.name, it.text, it.agent) for it in saved_filters.page(one.crm, "calls")] == [
            ("Broken things", "boiler", "sara")
        ]
        await one.press("slash", "escape", "escape")
        await command(one, "saved filters")
        assert "Broken things" in one.screen
        await one.press("ctrl+r")
        await one.press(*["backspace"] * len("Broken things"))
        await one.type("broken")
        await one.press("tab", "right", "ctrl+s")
        assert "broken is everybody's now" in one.message
        assert [(it.name, it.agent) for it in saved_filters.page(one.crm)] == [("broken", None)]
        await one.press("enter")
        assert "boiler" in one.lines[1]
        assert "Reza Ahmadi" in one.cursor_line
        await command(one, "saved filters")
        await one.press("delete")
        assert len(one.app.screen_stack) == 1
        assert "Deleted the filter broken." in one.message
        assert saved_filters.page(one.crm) == []
        await one.press("u")
        assert [it.name for it in saved_filters.page(one.crm)] == ["broken"]
        await one.press("slash", "escape")
        await one.type("-saved:broken")
        assert "3 calls" in one.lines[1]
