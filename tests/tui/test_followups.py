"""Follow-ups: an agenda by day; each promise kept, put off, moved, handed on, taken back, alone and with others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.tui.desk import LEILA, NADIA, PARS, REZA, Desk, desk
from tests.tui.desk import fill as four_people
from tests.tui.persian import persian_desk

from tuicrm.domain.models import FollowUp, NewContact, PhoneNumber
from tuicrm.line_order import MARKS
from tuicrm.services import agents, contacts, promises, saved_filters
from tuicrm.services.context import Crm


def later(crm: Crm) -> None:
    """The desk's three promises of today, one of tomorrow, one of a colleague, one in December."""
    four_people(crm)
    agents.add(crm, "reza")
    promises.add(crm, NADIA, "tomorrow 15:00", "the second offer")
    promises.add(crm, PARS, "tomorrow 11:00", "visit", assignee="reza")
    promises.add(crm, LEILA, "2026-12-05", "christmas card")


def of(one: Desk, contact_id: int) -> Sequence[FollowUp]:
    return contacts.card(one.crm, contact_id).follow_ups


async def test_the_agenda_opens_with_ones_own_by_day_in_both_calendars(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=later) as one:
        await one.press("4")
        assert "Search agent:me" in one.lines[1]
        assert one.lines[1].endswith("2 overdue · 1 today · 5 follow-ups")
        assert one.lines[2].strip() == "today, Sun 22 Nov (1 Azar 1405) · 3"
        assert "Leila Karimi" in one.cursor_line
        assert one.cursor_line.split()[1] == "08:30"
        assert "tomorrow, Mon 23 Nov (2 Azar 1405) · 1" in one.screen
        assert "Sat 5 Dec (14 Azar 1405) · 1" in one.screen
        assert "visit" not in one.screen
        assert all(len(line) <= 80 for line in one.lines)
        assert one.app.screen.focused is one.app.shell.query_one("#followups")


async def test_everybodys_are_shown_with_their_agents(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=later) as one:
        await one.press("4", "p")
        assert "due until today, with what is overdue" in one.screen
        await one.press("0")
        assert "visit" in one.screen
        assert "reza" in next(line for line in one.lines if "visit" in line)
        assert "6 follow-ups" in one.lines[1]


async def test_p_shows_the_exhausted_and_x_opens_one_again(tmp_path: Path) -> None:
    def given_up(crm: Crm) -> None:
        later(crm)
        with crm.database.transaction(crm.actor, "followup.edit") as tx:
            tx.update("followup", 1, {"state": "exhausted", "attempt": 4, "closed_at": tx.now})

    async with desk(tmp_path, fill=given_up) as one:
        await one.press("4", "p", "8")
        assert "state:exhausted" in one.lines[1]
        assert "no attempts left" in one.cursor_line
        assert "open again" in one.footer
        await one.press("s")
        assert "closed already" in one.message
        await one.press("x")
        assert of(one, LEILA)[0].state == "open"
        assert of(one, LEILA)[0].attempt == 1
        assert "No follow-up fits" in one.screen


async def test_brackets_go_from_day_to_day_and_from_week_to_week(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=later) as one:
        await one.press("4", "]")
        assert "due:2026-11-22" in one.lines[1]
        await one.press("]")
        assert "due:2026-11-23" in one.lines[1]
        assert "Nadia Rostami" in one.cursor_line
        await one.press("[")
        assert "Leila Karimi" in one.cursor_line
        await one.press("p", "4", "]")
        assert "due:2026-11-28..2026-12-04" in one.lines[1]


async def test_remind_later_leaves_the_promise_and_says_both(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=later) as one:
        await one.press("4", "s")
        assert "Remind later: Leila Karimi. The promise stays as it is." in one.screen
        assert any("h  in an hour  10:35" in line for line in one.lines), one.screen
        await one.press("h")
        it = of(one, LEILA)[0]
        assert it.due == it.first_due
        assert it.remind_at is not None
        assert it.remind_at.astimezone(one.crm.zone).strftime("%d %H:%M") == "22 10:35"
        assert "till 10:35" in one.cursor_line
        assert "promise unchanged" in one.message
        assert "1 waits" in one.lines[1]
        await one.press("s", "r")
        assert of(one, LEILA)[0].remind_at is None
        await one.press("u", "u")
        assert of(one, LEILA)[0].remind_at is None
        assert "late 1h" in one.cursor_line


async def test_remind_later_takes_any_moment_and_echoes_its_date(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=later) as one:
        await one.press("4", "s", "o")
        assert "the promise stays as it is" in one.screen
        await one.type("thu 14")
        assert "Thu 26 Nov 14:00 (5 Azar 1405)" in one.screen
        await one.press("enter")
        it = of(one, LEILA)[0]
        assert it.remind_at is not None
        assert it.remind_at.astimezone(one.crm.zone).strftime("%d %H:%M") == "26 14:00"


async def test_a_promise_made_in_another_zone_is_told_in_ones_own_where_it_is_edited(tmp_path: Path) -> None:
    def from_dubai(crm: Crm) -> None:
        later(crm)
        with crm.database.transaction(crm.actor, "followup.edit") as tx:
            tx.update("followup", 1, {"zone": "Asia/Dubai", "due_time": "09:00"})

    async with desk(tmp_path, fill=from_dubai) as one:
        await one.press("4")
        assert one.cursor_line.split()[1] == "08:30"
        await one.press("e")
        assert "Promised for Sun 22 Nov 08:30" in one.screen


async def test_editing_moves_the_promise_itself(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=later) as one:
        await one.press("4", "e")
        assert "Promised for Sun 22 Nov 08:30 (1 Azar 1405); another moment moves it." in one.screen
        await one.type("thu 14")
        await one.press("ctrl+s")
        it = of(one, LEILA)[0]
        assert it.due == it.first_due
        assert (it.due.on.day, it.due.at and it.due.at.hour) == (26, 14)
        assert "Thu 26 Nov (5 Azar 1405) · 1" in one.screen
        # the cursor belongs to the record
        assert "Leila Karimi" in one.cursor_line


async def test_done_goes_on_to_the_next_and_u_brings_it_back(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=later) as one:
        await one.press("4", "x")
        assert not [it for it in of(one, LEILA) if it.reason.startswith("price")]
        assert "Pars Trading" in one.cursor_line
        assert "Leila Karimi: done." in one.message
        await one.press("u")
        assert "Leila Karimi" in one.cursor_line


async def test_what_a_colleague_moved_since_is_left_alone(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=later) as one:
        await one.press("4")
        row = one.app.shell.query_one("#followups").row  # type: ignore[attr-defined]
        with one.crm.database.transaction(one.crm.actor, "followup.edit") as tx:
            tx.update("followup", row.id, {"reason": "price of two pumps"})
        one.app.place.action_done()  # type: ignore[union-attr]
        await one.rest()
        assert promises.get(one.crm, row.id).state == "open"
        assert "is not any more as it stands here" in one.message


async def test_one_is_handed_on_and_taken_for_oneself_first(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=later) as one:
        await one.press("4", "o")
        assert "Who keeps the promise to Leila Karimi?" in one.screen
        await one.type("reza")
        await one.press("enter")
        assert of(one, LEILA)[0].assignee == "reza"
        assert "Leila Karimi: now @reza." in one.message
        await one.press("p", "0", "g", "o", "enter")
        assert of(one, LEILA)[0].assignee == "sara"


async def test_one_is_cancelled_with_a_reason_and_not_without(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=later) as one:
        await one.press("4", "delete", "enter")
        assert "Why? A word is enough." in one.screen
        await one.type("bought elsewhere")
        await one.press("enter")
        ended = promises.get(one.crm, 1)
        assert (ended.state, ended.closed_reason) == ("cancelled", "bought elsewhere")
        assert "Leila Karimi: cancelled: bought elsewhere." in one.message


async def test_marked_ones_are_dealt_with_in_one_action_after_a_question(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=later) as one:
        await one.press("4", "space", "space")
        assert "2 marked" in one.lines[1]
        await one.press("s", "t")
        assert "Put off 2 follow-ups till tomorrow 09:00?" in one.screen
        await one.press("y")
        assert [bool(promises.get(one.crm, each).remind_at) for each in (1, 2, 3)] == [True, True, False]
        assert "2 follow-ups: reminded again" in one.message
        assert "marked" not in one.lines[1]
        await one.press("u")
        assert promises.get(one.crm, 1).remind_at is None


async def test_all_that_are_listed_are_moved_and_handed_on(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=later) as one:
        await one.press("4", "]", "asterisk")
        assert "3 marked" in one.lines[1]
        await one.press("e")
        assert "s only reminds later" in one.screen
        await one.type("thu 14")
        await one.press("enter", "y")
        assert {promises.get(one.crm, each).due.on.day for each in (1, 2, 3)} == {26}
        await one.press("]", "]", "]", "]", "asterisk", "o")
        await one.type("reza")
        await one.press("enter", "y")
        assert {promises.get(one.crm, each).assignee for each in (1, 2, 3)} == {"reza"}


async def test_an_outcome_key_logs_and_goes_on(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=later) as one:
        await one.press("4", "n")
        assert [call.outcome for call in one.calls(LEILA)] == ["no_answer"]
        it = promises.get(one.crm, 1)
        assert (it.attempt, it.state) == (2, "open")
        assert "Pars Trading" in one.cursor_line
        await one.press("c")
        await one.type("contract sent")
        await one.press("enter")
        assert promises.get(one.crm, 2).state == "done"


async def test_one_is_added_for_somebody_who_is_looked_for(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=later) as one:
        await one.press("4", "a")
        await one.type("ahm")
        assert "Reza Ahmadi" in one.screen
        await one.press("tab")
        await one.type("fri 9")
        assert "Fri 27 Nov 09:00 (6 Azar 1405)" in one.screen
        await one.press("tab")
        await one.type("boiler again")
        await one.press("ctrl+s")
        made = of(one, REZA)[-1]
        assert (made.reason, made.due.on.day, made.assignee) == ("boiler again", 27, "sara")
        assert "boiler again" in one.screen


async def test_nobody_is_promised_anything_without_being_found(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=later) as one:
        await one.press("4", "a", "tab")
        await one.type("fri 9")
        await one.press("ctrl+s")
        assert "With whom? A name or a number." in one.screen


async def test_words_and_keys_filter_and_a_saved_filter_is_picked(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=later) as one:
        saved_filters.save(one.crm, "followups", "cards", "christmas")
        await one.press("4", "slash")
        await one.type("contract")
        assert "1 follow-up" in one.lines[1]
        await one.press("enter")
        assert "Pars Trading" in one.cursor_line
        await one.press("full_stop", "F", "enter")
        assert "christmas card" in one.cursor_line


async def test_an_empty_agenda_says_what_to_do(tmp_path: Path) -> None:
    def nobody(crm: Crm) -> None:
        contacts.add(crm, NewContact("Leila Karimi", phones=(PhoneNumber("0912 123 4567"),)))

    async with desk(tmp_path, fill=nobody) as one:
        await one.press("4")
        assert "You have promised nothing. a adds a follow-up" in one.screen
        await one.press("x")
        assert "No follow-up is selected." in one.message


async def test_a_long_agenda_is_walked_to_its_end_and_back_and_keeps_its_place(tmp_path: Path) -> None:
    def many(crm: Crm) -> None:
        contacts.add(crm, NewContact("Leila Karimi", phones=(PhoneNumber("0912 123 4567"),)))
        due = promises.read_when(crm, "2026-11-24 10:00")
        with crm.database.transaction(crm.actor, "followup.add") as tx:
            for n in range(350):
                values = promises.columns(crm, due, f"reason {n:03}", "sara", LEILA)
                tx.insert("followup", values)

    async with desk(tmp_path, fill=many) as one:
        await one.press("4", "G")
        assert "reason 349" in one.cursor_line
        assert "Tue 24 Nov (3 Azar 1405) · 350" in one.screen
        await one.press("g")
        assert "reason 000" in one.cursor_line
        await one.press(*["pagedown"] * 12)
        before = one.cursor_line
        assert "reason 000" not in one.screen
        await one.press("x")
        after = one.cursor_line
        assert int(after.split("reason ")[1][:3]) == int(before.split("reason ")[1][:3]) + 1


async def test_a_click_on_a_row_selects_it_and_on_a_heading_the_first_below(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=later) as one:
        await one.press("4")
        at = next(n for n, line in enumerate(one.lines) if "tomorrow, Mon" in line)
        await one.pilot.click(offset=(20, at))
        await one.rest()
        assert "Nadia Rostami" in one.cursor_line
        await one.pilot.click(offset=(20, at - 1))
        await one.rest()
        assert "Reza Ahmadi" in one.cursor_line


async def test_in_persian_the_heading_is_jalali_first_and_a_click_finds_its_row(tmp_path: Path) -> None:
    async with persian_desk(tmp_path, fill=later, mode="logical") as one:
        await one.press("4")
        plain = ["".join(char for char in line if char not in MARKS) for line in one.lines]
        heading = next(line for line in plain[1:] if "آذر" in line)
        assert heading.index("۱ آذر") < heading.index("۲۲ نوامبر ۲۰۲۶"), heading
        at = next(n for n, line in enumerate(one.lines) if "Nadia Rostami" in line)
        await one.pilot.click(offset=(70, at))
        await one.rest()
        assert "▐" in one.lines[at]
        await one.press("s", "t")
        assert of(one, NADIA)[0].remind_at is not None
        assert "همان است" in one.message


async def test_what_falls_on_a_day_off_stands_under_the_next_working_day_with_its_own_date(
    tmp_path: Path,
) -> None:
    def friday(crm: Crm) -> None:
        four_people(crm)
        promises.add(crm, NADIA, "2026-11-27", "asked for that friday")

    async with desk(tmp_path, fill=friday) as one:
        await one.press("4")
        due = next(it for it in of(one, NADIA) if it.reason == "asked for that friday")
        day = due.due_key.astimezone(one.crm.zone)
        assert f"{day:%a} {day.day} {day:%b}" in one.screen
        line = next(line for line in one.lines if "asked for that" in line)
        assert line.split()[0] == "all" if day.day == 27 else line.split()[:2] == ["27", "Nov"]


async def test_the_numbers_above_follow_what_another_session_does(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=later) as one:
        await one.press("4")
        promises.done(one.crm, 1)
        await one.app.listener.look()
        await one.rest()
        assert "1 overdue · 1 today · 4 follow-ups" in one.lines[1]
        assert "Pars Trading" in one.cursor_line
