"""What people stumbled over who worked one list together for the first time."""

from __future__ import annotations

from pathlib import Path

from tests.tui.claimed import again, colleague, taken, until
from tests.tui.desk import LEILA, NADIA, PARS, REZA, Desk, desk, fill, log
from tests.tui.samples import SCENE, contact_row, follow_up
from tests.tui.test_today_deeds import in_vain

from tuicrm.domain.models import NewContact, PhoneNumber, TodayCounts, TodayRow
from tuicrm.domain.record import replace
from tuicrm.domain.worklist import Progress
from tuicrm.services import contacts, worklist_members
from tuicrm.services.context import Crm
from tuicrm.tui import text
from tuicrm.tui.screens import queue_words
from tuicrm.tui.screens.reads import QUEUE, Day

FAIR = "fair 2026"
FIRST, SECOND, THIRD = 5, 6, 7


def with_list(crm: Crm) -> None:
    """Three people of a fair on a list that everybody works; nothing is promised to anybody."""
    for number, name in enumerate(("Navid Rezaei", "Mina Fallah", "Omid Sharifi"), 1):
        contacts.add(crm, NewContact(name, "", (PhoneNumber(f"0912 000 000{number}"),)))
    found = range(1, 4)
    worklist_members.put(crm, list(found), FAIR, shared=True)


async def picked(one: Desk) -> None:
    """The list of the fair is below the promises, the cursor on its first person."""
    await one.press("p")
    await one.type("fair")
    await one.press("enter")
    assert "Navid Rezaei" in one.cursor_line, one.screen


async def test_a_row_that_a_colleague_called_goes_at_once_and_the_next_key_is_not_taken_for_another(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path, fill=with_list) as one:
        await picked(one)
        with colleague(one, tmp_path) as omid:
            log(omid, 1, "/n /-")
            await until(one, lambda: "Mina Fallah" in one.cursor_line)
            assert "gone" not in one.screen
            assert one.message == "omid called Navid Rezaei just now. Next: Mina Fallah."
            await one.press("n")
            assert one.calls(2) == []
            assert one.message == "The cursor came to Mina Fallah by itself: n again logs it."
            await again(one, "n")
            assert [call.agent for call in one.calls(2)] == ["sara"]
            assert "Omid Sharifi" in one.cursor_line


async def test_a_key_that_comes_before_the_news_logs_nothing_and_goes_on_to_the_next(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=with_list) as one:
        await picked(one)
        with colleague(one, tmp_path) as omid:
            one.app.listener.stop()
            log(omid, 1, "/n /-")
            await one.press("n")
            assert [call.agent for call in one.calls(1)] == ["omid"]
            assert one.message == "omid called Navid Rezaei just now. Nothing was logged. Next: Mina Fallah."
            assert "Mina Fallah" in one.cursor_line
            await again(one, "n")
            assert [call.agent for call in one.calls(2)] == ["sara"]


async def test_a_key_that_is_held_down_logs_nothing_for_the_next(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=with_list) as one:
        await picked(one)
        with colleague(one, tmp_path) as omid:
            one.app.listener.stop()
            log(omid, 1, "/n /-")
            one.keys_at(("n", 10.0), ("n", 10.04), ("n", 10.08))
            await one.rest()
            assert one.calls(2) == []


async def test_a_move_of_ones_own_makes_the_row_ones_own(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=with_list) as one:
        await picked(one)
        with colleague(one, tmp_path) as omid:
            log(omid, 1, "/n /-")
            await until(one, lambda: "Mina Fallah" in one.cursor_line)
            await one.press("j", "n")
            assert len(one.calls(3)) == 1


async def test_an_outcome_pressed_again_on_whom_somebody_has_goes_on(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=with_list) as one:
        await picked(one)
        with colleague(one, tmp_path) as omid:
            await taken(one, omid, 1)
            await one.press("n")
            assert "Navid Rezaei" in one.cursor_line
            assert one.message.startswith("omid has been with Navid Rezaei since 09:31.")
            await again(one, "n")
            assert "Mina Fallah" in one.cursor_line
            assert one.calls() == []
            await again(one, "n")
            assert len(one.calls(2)) == 1


async def test_a_promise_that_a_colleague_kept_is_told_with_who_and_the_cursor_goes_on(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path, fill=fill) as one:
        with colleague(one, tmp_path) as omid:
            log(omid, LEILA, "spoke to her just now")
            await one.app.listener.look()
            await one.rest()
            assert "gone" in one.cursor_line
            await one.press("n")
            assert one.message == "omid called Leila Karimi just now. Nothing was logged. Next: Pars Trading."
            assert "Pars Trading" in one.cursor_line
            assert "gone" not in one.screen
            assert one.calls(PARS) == []
            await again(one, "n")
            assert len(one.calls(PARS)) == 1
            assert one.calls(REZA) == one.calls(NADIA) == []


async def test_whom_a_colleague_has_just_called_is_dialled_only_by_d_again(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=fill) as one:
        with colleague(one, tmp_path) as omid:
            log(omid, LEILA, "spoke to her just now")
            await one.app.listener.look()
            await one.rest()
            await one.press("d")
            assert one.message == "omid called Leila Karimi just now. d again dials."
            assert one.app.bar.state.live is None
            await again(one, "d")
            assert one.app.bar.state.live is not None


async def test_whom_one_called_oneself_is_dialled_at_once(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=fill) as one:
        log(one.crm, LEILA, "again /2026-11-22 9:45")
        await one.app.listener.look()
        await one.rest()
        await one.press("d")
        assert one.app.bar.state.live is not None


async def test_the_short_card_names_the_colleague_who_called(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=fill) as one:
        with colleague(one, tmp_path) as omid:
            log(omid, LEILA, "spoke to her just now /2026-11-22 9:50")
            await one.app.listener.look()
            await one.rest()
            theirs = next(line for line in one.lines if "spoke to her just now" in line)
            assert theirs.split()[:5] == ["today", "09:31", "out", "connected", "omid"]
            mine = next(line for line in one.lines if "call back: price of pump" in line and "Sat" in line)
            assert "sara" not in mine


async def test_the_card_counts_the_calls_of_a_day_once_and_tells_of_many_the_last(tmp_path: Path) -> None:
    def often(crm: Crm) -> None:
        contacts.add(crm, NewContact("Navid Rezaei", "", (PhoneNumber("0912 000 0001"),)))
        for number in range(5):
            log(crm, 1, f"n{number} /-")

    async with desk(tmp_path, fill=often, size=(140, 40)) as one:
        assert "5 calls today: 09:31" in one.screen
        assert "09:31, 09:31" not in one.screen
        assert "5 calls, the last" not in one.screen
        assert "the last just now" in one.screen


async def test_where_nobody_waits_the_worklists_are_named_with_their_key(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=with_list) as one:
        assert "Nobody is waiting. p picks a worklist, l logs a call." in one.screen
        assert "p worklist" in one.footer


async def test_p_picks_a_worklist_also_where_one_looks_at_what_was_tried_in_vain(tmp_path: Path) -> None:
    def both(crm: Crm) -> None:
        in_vain(crm)
        worklist_members.put(crm, [LEILA, NADIA], FAIR, shared=True)

    async with desk(tmp_path, fill=both) as one:
        await one.press("p")
        await one.type("fair")
        await one.press("enter", "p")
        await one.type("tried")
        await one.press("enter")
        assert "q goes back" in one.lines[2]
        await one.press("q")
        assert "Worklist fair 2026" in one.screen, "the list that was picked before"
        await one.press("p")
        await one.type("tried")
        await one.press("enter", "p")
        await one.type("fair")
        await one.press("enter")
        assert "Worklist fair 2026" in one.screen
        assert one.lines[2].startswith("─ Queue · ")


def test_how_far_a_round_has_come_stands_whole_in_eighty_cells() -> None:
    progress = Progress(people=2000, done=1234, promised=56, exhausted=17, left=693)
    row = TodayRow(contact_row(), None, None, None, part="list")
    said = text.phrase(queue_words.heading(row, queue_words.Shown("fair 2026"), progress)).plain
    assert said == "Worklist fair 2026: 1234 of 2000 done, 56 promised later, 17 tried in vain"
    assert text.cells(said) <= 78


def test_where_not_all_of_the_day_stands_it_is_said_how_much_does_and_which_key_lists_it() -> None:
    late = TodayRow(contact_row(), follow_up(), None, None, part="overdue")
    now, waiting = replace(late, part="now"), TodayRow(contact_row(), None, None, None, part="list")
    rows = (*[late] * (QUEUE - 1), now, waiting)
    shown = queue_words.Shown("fair 2026")
    day = Day(SCENE, TodayCounts(230, 1, 0, 0), rows, True, Progress(people=60, left=60))
    kept = queue_words.kept_back(day)
    said = [text.phrase(queue_words.heading(row, shown, day.progress, kept)).plain for row in rows[-3:]]
    assert said == [
        "Overdue: the first 199 of 230, 4 lists all",
        "Due now",
        "Worklist fair 2026: 0 of 60 done, the next 1 are here",
    ]
    assert [queue_words.group(row, kept) for row in rows[-3:]] == ["overdue", "now", "list"]
    few = queue_words.kept_back(replace(day, rows=rows[-2:], progress=Progress(people=1, left=1)))
    assert [queue_words.group(row, few) for row in rows[-3:]] == [None, None, "list"]
