"""Today: the queue in words, one-key outcomes for the right person, and what others change meanwhile."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.tui.apps import screen_lines
from tests.tui.desk import LEILA, NADIA, PARS, REZA, desk, fill, log
from tests.tui.samples import HOSTILE

from tuicrm.domain.models import ContactPatch, NewContact
from tuicrm.services import contacts
from tuicrm.services.context import Crm, open_crm


def another_session(crm: Crm) -> Crm:
    """A second program of the same agent on the same database."""
    return open_crm(crm.settings, via="cli", clock=crm.clock)


async def test_the_queue_says_when_who_how_late_and_why(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        lines = one.lines
        assert lines[1].split("·")[0].strip() == "2 overdue"
        assert "1 due today" in lines[1]
        assert "1 open ticket" in lines[1]
        assert lines[1].endswith("0 calls today")
        assert lines[3].split() == [
            "▌",
            "08:30",
            "Leila",
            "Karimi",
            "late",
            "1h",
            "call",
            "back:",
            "price",
            "of",
            "p…",
            "1/4",
            "connected",
        ]
        assert "late 31m" in lines[4]
        assert "in 29m" in lines[5]
        assert "#1 high" in lines[5]
        assert lines[6].strip() == "Called last, nothing due today"
        assert "last call yesterday" in lines[7]
        assert all(len(line) <= 80 for line in lines)


async def test_the_card_of_the_selected_person_stands_beneath(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        assert any("Leila Karimi · Pars Pump Co · 0912 123 4567" in line for line in one.lines)
        await one.press("j", "j")
        assert any("Reza Ahmadi · Atlas" in line for line in one.lines)
        assert "#1 high, open: boiler E1" in one.screen


async def test_from_110_columns_the_whole_card_stands_at_the_right(tmp_path: Path) -> None:
    async with desk(tmp_path, size=(140, 40)) as one:
        row = next(line for line in one.lines if line.startswith("▌"))
        assert "Leila Karimi" in row
        assert "Pars Pump Co" in one.lines[2][70:] + one.lines[3][70:]
        assert "tags: vip, north" in one.screen
        assert "Timeline" in one.screen
        assert all(len(line) <= 140 for line in one.lines)


async def test_below_20_rows_the_list_is_alone_and_enter_opens_the_card(tmp_path: Path) -> None:
    async with desk(tmp_path, size=(80, 18)) as one:
        assert "Leila Karimi · Pars" not in one.screen
        await one.press("enter")
        assert "Leila Karimi · Pars Pump Co" in one.screen
        assert "Timeline" in one.screen
        await one.press("q")
        assert one.cursor_line.split()[2:4] == ["Leila", "Karimi"]


# --- outcomes -----------------------------------------------------------------------------------------------


async def test_n_logs_at_once_and_the_cursor_goes_to_the_next_person(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("n")
        call = one.calls()[0]
        assert (call.contact and call.contact.id, call.outcome, call.keys) == (LEILA, "no_answer", 1)
        follow_up = one.follow_up(LEILA)
        assert follow_up is not None
        assert (follow_up.due.on, follow_up.attempt) == (date(2026, 11, 23), 2)
        assert one.message.startswith("Leila Karimi: no answer, again tomorrow")
        assert "(2 of 4)" in one.message
        assert "u undo" in one.message
        assert "Pars Trading" in one.cursor_line


async def test_three_quick_keys_are_three_calls_of_three_people_in_order(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        one.keys_at(("n", 100.0), ("b", 100.1), ("n", 100.2))
        await one.rest()
        made = [(call.contact and call.contact.id, call.outcome) for call in reversed(one.calls())]
        assert made == [(LEILA, "no_answer"), (PARS, "busy"), (REZA, "no_answer")]


async def test_a_held_down_key_takes_each_person_once(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        one.keys_at(("n", 100.0), ("n", 100.035), ("n", 100.07))
        await one.rest()
        assert [call.contact.id for call in reversed(one.calls()) if call.contact] == [LEILA, PARS, REZA]


async def test_a_paste_logs_nothing_and_says_so(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        one.keys_at(("n", 100.0), ("b", 100.001), ("v", 100.002))
        await one.rest()
        assert one.calls() == []
        assert "paste" in one.message


async def test_no_answer_twice_moves_the_one_promise_and_never_makes_a_second(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("G")
        assert "Nadia Rostami" in one.cursor_line
        await one.press("n", "G", "n")
        promised = contacts.card(one.crm, NADIA).follow_ups
        assert [(each.attempt, each.state) for each in promised] == [(2, "open")]
        assert "(2 of 4)" in one.message
        await one.press("G", "b")
        promised = contacts.card(one.crm, NADIA).follow_ups
        assert [each.attempt for each in promised] == [3]


async def test_no_answer_leaves_what_was_promised_for_a_later_day(tmp_path: Path) -> None:
    def promised(crm: Crm) -> None:
        fill(crm)
        log(crm, NADIA, "send the contract /2026-12-20")

    async with desk(tmp_path, fill=promised) as one:
        await one.press("G")
        assert "Nadia Rostami" in one.cursor_line
        await one.press("n")
        reasons = [each.reason for each in contacts.card(one.crm, NADIA).follow_ups]
        assert sorted(reasons) == ["", "send the contract"]


@pytest.mark.parametrize(
    "name",
    ["Hossein Mohammadpour Azarbayejani Industrial Cooling", "شرکت مهندسی تهویه مطبوع پارس آذر خاورمیانه"],
)
async def test_the_moment_of_the_next_try_is_never_cut(tmp_path: Path, name: str) -> None:
    def named(crm: Crm) -> None:
        fill(crm)
        contacts.edit(crm, LEILA, ContactPatch(name=name))

    async with desk(tmp_path, fill=named) as one:
        await one.press("n")
        assert "again tomorrow (2 of 4)" in one.message
        assert one.message.endswith("u undo")
        await one.press("c")
        await one.type("boiler of the second cellar is leaking again /th /2026-11-26 10:00")
        await one.press("enter")
        assert "Thu 26 Nov 10:00" in one.message


async def test_after_the_last_row_the_cursor_stays_in_the_list(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("G")
        assert "Nadia Rostami" in one.cursor_line
        await one.press("n")
        assert [call.contact.name for call in one.calls() if call.contact] == ["Nadia Rostami"]
        assert one.cursor_line


async def test_letters_act_by_position_under_a_persian_layout(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("د")  # the key of N
        assert [call.outcome for call in one.calls()] == ["no_answer"]


async def test_c_opens_the_bar_on_the_selected_person_for_their_follow_up(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("j", "c")
        assert "Pars Trading ›" in one.screen
        await one.type("agreed, 2 years")
        await one.press("enter")
        call = one.calls()[0]
        assert (call.contact and call.contact.id, call.outcome) == (PARS, "connected")
        assert one.follow_up(PARS) is None
        assert "Reza Ahmadi" in one.cursor_line


async def test_outcome_keys_of_the_process_file_stand_first_in_the_footer(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        assert one.footer.split("  ")[0].strip() == "c connected"
        assert "n no answer" in one.footer
        assert "d dial" in one.footer
        assert one.footer.endswith("? all")


async def test_an_outcome_key_for_who_is_on_the_telephone_goes_to_that_calls_bar(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("d", "escape", "n")
        assert one.calls() == []
        assert "Call with Leila Karimi" in one.screen
        await one.type("n")
        await one.press("enter")
        assert [(call.outcome, call.contact and call.contact.id) for call in one.calls()] == [
            ("no_answer", LEILA)
        ]
        assert "Pars Trading" in one.cursor_line


# --- undo ---------------------------------------------------------------------------------------------------


async def test_u_takes_the_outcome_back_and_U_does_it_again(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("n", "u")
        assert one.calls() == []
        assert one.queue()[0] == "Leila Karimi"
        assert one.message == "Taken back: call with Leila Karimi."
        await one.press("U")
        assert len(one.calls()) == 1


async def test_an_undone_promise_keeps_the_cursor_on_its_person(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("n", "G", "k")
        assert "Leila Karimi" in one.cursor_line or "Nadia" in one.cursor_line
        while "Leila Karimi" not in one.cursor_line:
            await one.press("k")
        await one.press("u")
        assert "Leila Karimi" in one.cursor_line
        assert "late 1h" in one.cursor_line


def crowd(crm: Crm) -> None:
    """Thirty promises for this morning, more than the screen has lines."""
    for number in range(30):
        made = contacts.add(crm, NewContact(f"Person {number:02}"))
        log(crm, made.id, f"ring /2026-11-22 {10 + number // 6}:{number % 6}0")


async def test_undo_brings_the_row_back_into_view_with_the_cursor_on_it(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=crowd) as one:
        await one.press("n")
        assert "Person 01" in one.cursor_line
        await one.press("u")
        assert "Person 00" in one.cursor_line
        assert one.lines[3] == one.cursor_line
        await one.press("n", "j", "j", "u")
        assert "Person 00" in one.cursor_line
        assert one.lines[3] == one.cursor_line
        await one.press("n", "G", "u")
        assert "Person 00" in one.cursor_line


async def test_a_key_right_after_undo_is_for_the_person_who_came_back(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=crowd) as one:
        await one.press("n", "j", "j")
        one.keys_at(("u", 100.0), ("b", 100.2))
        await one.rest()
        assert [
            (call.contact and call.contact.name, call.outcome) for call in one.calls() if call.keys == 1
        ] == [("Person 00", "busy")]


async def test_a_promise_made_elsewhere_is_seen_at_the_top(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=crowd) as one:
        other = another_session(one.crm)
        log(other, contacts.add(other, NewContact("Anna Bell")).id, "now /2026-11-22 9:35")
        other.close()
        await one.app.listener.look()
        await one.rest()
        assert "Anna Bell" in one.lines[3]
        assert "Person 00" in one.cursor_line


async def test_nothing_to_undo_is_one_sentence(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=None) as one:
        await one.press("q", "u")
        assert one.message
        assert "\n" not in one.message


async def test_what_was_told_goes_with_the_next_key_that_changes_the_screen(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("n")
        assert "no answer" in one.message
        await one.press("j")
        assert "no answer" in one.message
        await one.press("2")
        assert one.message == ""
        await one.press("j", "enter", "delete", "y")
        assert one.message.startswith("Deleted Nadia Rostami."), "said by the key that closed the card"


# --- others -------------------------------------------------------------------------------------------------


async def test_a_row_that_comes_from_elsewhere_does_not_move_the_cursor_off_its_record(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as one:
        await one.press("j")
        other = another_session(one.crm)
        log(other, REZA, "first of all /2026-11-22 9:35")
        await one.app.listener.look()
        await one.rest()
        assert "Pars Trading" in one.cursor_line
        other.close()


async def test_a_key_never_hits_who_moved_up_when_the_row_was_answered_elsewhere(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        other = another_session(one.crm)
        log(other, LEILA, "spoke to her just now")
        await one.app.listener.look()
        await one.rest()
        assert "Leila Karimi" in one.cursor_line
        assert "gone" in one.cursor_line
        before = len(one.calls())
        await one.press("n")
        assert len(one.calls()) == before
        assert one.message.startswith("Leila Karimi has left the queue: nothing was logged.")
        assert one.message.endswith("Next: Pars Trading.")
        assert "Pars Trading" in one.cursor_line
        assert not any("gone" in line for line in one.lines[3:10])
        other.close()


async def test_what_the_bar_saves_is_not_mistaken_for_somebody_elses_answer(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("c")
        await one.type("all well")
        await one.press("enter")
        assert "Pars Trading" in one.cursor_line
        assert not any("gone" in line for line in one.lines[3:10])


# --- hostile ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_hostile_names_are_shown_literally_and_nothing_happens(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    def hostile(crm: Crm) -> None:
        for name in HOSTILE:
            made = contacts.add(crm, NewContact(name, company=name, note=name))
            log(crm, made.id, f"{name} /2026-11-22 10:30")

    async with desk(tmp_path, size=size, fill=hostile) as one:
        assert "[/]" in one.screen
        assert "Acme [eu]" in one.screen
        await one.press("j", "n", "k", "enter")
        assert "\x1b" not in one.screen
        assert "[/]" in one.screen
        assert one.app.is_running
        await one.press("q", "2", "j", "j", "enter", "q", "3", "j", "enter")
        assert one.app.is_running


async def test_the_small_desk_is_whole_at_80_by_24(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=fill) as one:
        assert len(one.lines) == 24
        assert one.lines[0].startswith(" 1 Today")
        assert one.lines[2].startswith("─ Queue · overdue, now, later today; promised times first ─")


async def test_help_says_in_which_order_the_queue_stands(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("question_mark", "slash")
        await one.type("order")
        shown = "\n".join(screen_lines(one.app))
        assert "Order: overdue, due now, later today; a promised time before a day without." in shown
