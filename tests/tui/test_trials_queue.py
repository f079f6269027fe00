"""What people stumbled over in Today and in the follow-ups who used the program for the first time."""

from __future__ import annotations

from pathlib import Path

from tests.tui.desk import LEILA, NADIA, PARS, REZA, desk, fill, log

from tuicrm.domain.clock import FrozenClock
from tuicrm.domain.models import NewContact, PhoneNumber
from tuicrm.services import contacts, promises
from tuicrm.services.context import Crm


async def test_the_menu_of_today_cancels_with_a_reason_and_delete_says_so(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("delete")
        assert "The menu of . cancels the follow-up." in one.message
        assert one.follow_up(LEILA) is not None
        await one.press(".", "C")
        assert "Cancel: Leila Karimi" in one.screen
        await one.type("bought elsewhere")
        await one.press("enter")
        assert one.follow_up(LEILA) is None
        assert "cancelled: bought elsewhere" in one.message
        assert "Pars Trading" in one.cursor_line


async def test_marked_ones_are_cancelled_from_the_menu_of_today(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("space", "space", ".", "C")
        await one.type("closed for good")
        await one.press("enter", "y")
        assert one.follow_up(LEILA) is None
        assert one.follow_up(PARS) is None
        assert one.follow_up(REZA) is not None


async def test_an_outcome_key_is_refused_while_rows_are_marked(tmp_path: Path) -> None:
    async with desk(tmp_path, size=(140, 40)) as one:
        assert "n no answer" in one.footer
        await one.press("space")
        assert "Pars Trading" in one.cursor_line
        assert "no answer" not in one.footer
        await one.press("n")
        assert one.calls() == []
        assert "rows are marked. q unmarks them." in one.message
        await one.press("q", "n")
        assert [call.contact.id for call in one.calls() if call.contact] == [PARS]


async def test_in_the_follow_ups_too_an_outcome_key_is_refused_while_rows_are_marked(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("4", "space", "b")
        assert one.calls() == []
        assert "rows are marked" in one.message


async def test_a_promise_moved_to_another_day_leaves_at_once_and_says_its_moment(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("e")
        await one.type("thu 14")
        await one.press("ctrl+s")
        assert "gone" not in one.screen
        assert "Pars Trading" in one.cursor_line
        assert one.message.startswith("Leila Karimi: promised for Thu 26 Nov 14:00 (5 Azar 1405).")


async def test_a_promise_moved_within_the_day_keeps_the_cursor(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("e")
        await one.type("17:00")
        await one.press("ctrl+s")
        assert "Leila Karimi" in one.cursor_line
        assert "17:00" in one.cursor_line


async def test_keys_of_a_promise_say_what_to_do_where_nothing_is_promised(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("G")
        assert "Nadia Rostami" in one.cursor_line
        for key in "sxeo":
            await one.press("g", "G", key)
            assert one.message == "Nothing is promised to Nadia Rostami. f makes a follow-up.", key


async def test_keys_of_a_promise_name_the_one_of_another_day(tmp_path: Path) -> None:
    def tomorrow(crm: Crm) -> None:
        fill(crm)
        promises.add(crm, NADIA, "tomorrow 15:00", "the second offer")

    async with desk(tmp_path, fill=tomorrow) as one:
        await one.press("G", "x")
        expected = "Nadia Rostami: promised for tomorrow 15:00. 4 shows it among the follow-ups."
        assert one.message == expected
        assert one.follow_up(NADIA) is not None


async def test_a_key_too_many_behind_the_last_promise_logs_nothing(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("n", "n", "n")
        assert len(one.calls()) == 3
        after = one.cursor_line
        await one.press("n", "n")
        assert len(one.calls()) == 3
        assert "is promised nothing today: an arrow key first, then n logs it" in one.message
        assert one.cursor_line == after
        await one.press("k", "j")
        assert one.cursor_line == after
        await one.press("n")
        assert len(one.calls()) == 4


async def test_c_opens_the_line_behind_the_last_promise(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("n", "n", "n", "c")
        assert "Enter save" in one.footer


async def test_who_keeps_it_and_putting_off_read_as_sentences(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("o")
        assert "Who keeps the promise to Leila Karimi?" in one.screen
        await one.press("escape", "space", "space", "s", "t")
        assert "Put off 2 follow-ups till tomorrow 09:00?" in one.screen


def far_away(crm: Crm) -> None:
    """The small desk, and a promise to somebody in Berlin, where nobody is called before nine."""
    fill(crm)
    made = contacts.add(crm, NewContact("Greta Blum", "", (PhoneNumber("+49 30 901820"),)))
    promises.add(crm, made.id, "2026-11-22 23:45", "quote for two boilers")


async def test_in_quiet_hours_the_time_is_whole_and_the_reason_seen_at_80(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=far_away, at="2026-11-22T23:30:00+03:30") as one:
        line = next(line for line in one.lines if "Greta Blum" in line)
        assert " 23:45 " in line
        assert " till 10:30 " in line, "of tomorrow, eight in Berlin"
        assert "quote for two boil" in line


async def test_who_was_called_a_moment_ago_was_called_just_now(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        log(one.crm, NADIA, "all well /-")
        await one.press("2", "1", "G")
        assert "called just now" in one.screen
        assert "last call now" not in one.screen


async def test_what_is_promised_for_another_day_does_not_stand_in_front(tmp_path: Path) -> None:
    def tomorrow(crm: Crm) -> None:
        fill(crm)
        promises.add(crm, NADIA, "tomorrow 15:00", "the second offer")

    async with desk(tmp_path, fill=tomorrow) as one:
        await one.press("G")
        assert one.cursor_line.split()[:4] == ["▌", "Nadia", "Rostami", "tomorrow"]


async def test_the_attempt_is_told_alike_in_today_and_in_the_follow_ups(tmp_path: Path) -> None:
    def by_hand(crm: Crm) -> None:
        fill(crm)
        promises.add(crm, NADIA, "today 12:00", "made by hand")

    async with desk(tmp_path, fill=by_hand) as one:
        assert len([line for line in one.lines if " 1/4 " in line]) == 4
        await one.press("4")
        assert len([line for line in one.lines if line.endswith("1/4")]) == 4, one.screen


async def test_the_search_line_shows_its_beginning_while_one_is_in_the_list(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("4", "slash", "escape")
        long = "agent:me due:<3d state:open -tag:nobody -company:nothing"
        await one.type(long)
        await one.press("enter", "space")
        assert "1 marked" in one.lines[1]
        assert one.lines[1].startswith(" Search agent:me due:")
        await one.press("slash")
        assert "nothing" in one.lines[1], "the cursor is in sight where one types"


async def test_a_digit_of_the_picker_acts_at_once_and_words_still_narrow(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("4", "p", "6")
        assert "Search agent:me overdue:yes" in one.lines[1]
        await one.press("p", "۸")
        assert "state:exhausted" in one.lines[1]
        await one.press("p")
        await one.type("next")
        assert "nothing fits" not in one.screen
        await one.type(" nowhere")
        assert "nothing fits" in one.screen
        await one.press("enter", "escape")
        assert "state:exhausted" in one.lines[1]


async def test_all_that_are_open_are_all_whatever_stood_in_the_filter(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("4", "slash", "escape")
        await one.type("agent:me repeats:yes tag:vip price")
        await one.press("enter", "p", "1")
        assert one.lines[1].startswith(" Search agent:me  ")
        assert "3 follow-ups" in one.lines[1]


async def test_today_and_the_follow_ups_count_what_is_overdue_alike(tmp_path: Path) -> None:
    def now_too(crm: Crm) -> None:
        fill(crm)
        promises.add(crm, NADIA, "2026-11-22 9:32", "now")
        assert isinstance(crm.clock, FrozenClock)
        crm.clock.advance(90.0)

    async with desk(tmp_path, fill=now_too) as one:
        await one.press("s", "h")
        assert "1 overdue · 2 due today" in one.lines[1]
        await one.press("4")
        assert "1 overdue · 2 today · 1 waits · 4 follow-ups" in one.lines[1]
