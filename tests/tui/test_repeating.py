"""Follow-ups that repeat, by keys: what is typed is said back with its next dates."""

from __future__ import annotations

from pathlib import Path

from tests.tui.desk import LEILA, NADIA, desk, fill

from tuicrm.domain.models import NewContact
from tuicrm.services import contacts, followups, promises
from tuicrm.services.context import Crm


async def test_how_it_repeats_is_said_back_with_its_next_dates_and_kept(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("2", "j", "f")
        await one.type("5 dec 10:00")
        await one.press("tab", "tab", "tab", "tab")
        await one.type("every month")
        assert "every month on the 5th" in one.screen
        assert "Fri 5 Mar." in one.screen
        await one.press("ctrl+s")
        made = one.follow_up(NADIA)
        assert made is not None
        kept = promises.get(one.crm, made.id)
        assert (kept.recurrence, str(kept.due.on)) == ("FREQ=MONTHLY;BYMONTHDAY=5", "2026-12-05")
        await one.press("u")
        assert one.follow_up(NADIA) is None


async def test_a_rule_alone_gives_the_first_date(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("2", "j", "f", "tab", "tab", "tab", "tab")
        await one.type("last friday of the month")
        assert "Fri 27 Nov" in one.screen
        await one.press("ctrl+s")
        made = one.follow_up(NADIA)
        assert made is not None
        assert str(made.due.on) == "2026-11-27"


async def test_what_is_not_understood_stays_in_the_form_and_says_why(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("2", "j", "f")
        await one.type("thu")
        await one.press("tab", "tab", "tab", "tab")
        await one.type("now and then")
        await one.press("ctrl+s")
        assert "now and then is not understood as a repetition" in one.screen
        assert one.follow_up(NADIA) is None


async def test_all_who_are_marked_get_their_own_series(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("2", "space", "space", "f")
        await one.type("tomorrow")
        await one.press("tab", "tab", "tab", "tab")
        await one.type("every 90 days after done")
        await one.press("ctrl+s", "y")
        for person in (LEILA, NADIA):
            (last,) = [each for each in contacts.card(one.crm, person).follow_ups if each.recurrence]
            assert last.recurrence == "FREQ=DAILY;INTERVAL=90;X-FROM=DONE"


def weekly(crm: Crm) -> None:
    nadia = contacts.add(crm, NewContact("Nadia Rostami")).id
    promises.add(crm, nadia, "thursday 10", "weekly order", every="every week")


async def test_done_says_when_it_comes_again_and_undo_takes_both_back(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=weekly) as one:
        await one.press("4", "x")
        assert "Nadia Rostami: done. Next: Thu 3 Dec 10:00." in one.message
        assert [str(each.due.on) for each in followups.page(one.crm).rows if each.state == "open"] == [
            "2026-12-03"
        ]
        await one.press("u")
        assert [str(each.due.on) for each in followups.page(one.crm).rows] == ["2026-11-26"]


async def test_the_card_says_how_it_repeats(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=weekly) as one:
        await one.press("4", "enter")
        assert "repeats every Thursday" in one.screen


async def test_the_menu_skips_one_of_a_series(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=weekly) as one:
        await one.press("4", "full_stop")
        assert "not this time" in one.screen
        await one.press("N")
        assert "Nadia Rostami: skipped this time. Next: Thu 3 Dec 10:00." in one.message
        first, second = followups.page(one.crm).rows
        assert (first.state, first.closed_reason, str(second.due.on)) == (
            "cancelled",
            "skipped",
            "2026-12-03",
        )


async def test_the_last_one_taken_back_is_said_to_end_the_series(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=weekly) as one:
        await one.press("4", "delete")
        await one.type("moved away")
        await one.press("ctrl+s")
        assert "The series has ended" in one.message
        assert [each.state for each in followups.page(one.crm).rows] == ["cancelled"]


async def test_the_form_of_one_that_repeats_shows_how_and_changes_it(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=weekly) as one:
        await one.press("4", "e")
        assert "every Thursday" in one.screen
        await one.press("tab", "tab", "tab", "tab", "ctrl+u")
        await one.type("every 2 weeks on tue, thu")
        await one.press("ctrl+s")
        (row,) = followups.page(one.crm).rows
        assert row.recurrence == "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH"


async def test_a_call_says_the_next_one(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=weekly) as one:
        await one.press("4", "l")
        await one.type("ordered 3 boxes")
        await one.press("enter")
        assert "next one Thu 3 Dec 10:00" in one.message


async def test_every_working_day_is_called_so_on_the_card_and_in_the_history(tmp_path: Path) -> None:
    def daily(crm: Crm) -> None:
        fill(crm)
        promises.add(crm, NADIA, "", "how is it going", every="every working day")

    async with desk(tmp_path, fill=daily) as one:
        await one.press("2", "j", "enter")
        assert "Nadia Rostami" in one.screen
        assert "repeats every working day" in one.screen
        await one.press("full_stop", "h")
        assert "every working day; how is it going" in one.screen
        assert "Monday" not in one.screen
