"""Today: what is done to a promise, and the lists behind the promises."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.tui.desk import LEILA, NADIA, PARS, desk, fill, log

from tuicrm.domain.clock import FrozenClock
from tuicrm.domain.models import NewContact, PhoneNumber
from tuicrm.services import agents, contacts, picked, promises, saved_filters
from tuicrm.services.context import Crm

# --- what is done to a promise ------------------------------------------------------------------------------


async def test_s_hides_a_row_until_then_and_the_promise_stays_as_it_was(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        before = one.follow_up(LEILA)
        await one.press("s", "j", "enter")
        assert "Leila Karimi" not in one.queue()
        assert "Pars Trading" in one.cursor_line
        after = one.follow_up(LEILA)
        assert before is not None
        assert after is not None
        assert after.remind_at is not None
        assert (after.due, after.first_due) == (before.due, before.first_due)
        await one.press("u")
        assert one.queue()[0] == "Leila Karimi"


async def test_x_keeps_the_promise_and_goes_on_to_the_next(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("x")
        assert one.follow_up(LEILA) is None
        assert one.calls() == []
        assert "Pars Trading" in one.cursor_line
        assert one.message.startswith("Leila Karimi: done.")
        await one.press("u")
        assert one.queue()[0] == "Leila Karimi"


async def test_e_moves_the_promise_itself(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("e")
        await one.type("tomorrow 11")
        await one.press("ctrl+s")
        follow_up = one.follow_up(LEILA)
        assert follow_up is not None
        assert (follow_up.due.on, follow_up.first_due.on) == (date(2026, 11, 23), date(2026, 11, 23))
        assert one.queue()[0] == "Pars Trading"
        await one.press("G")
        assert one.cursor_line.split()[:4] == ["▌", "Leila", "Karimi", "tomorrow"]


async def test_o_hands_a_promise_to_another_agent(tmp_path: Path) -> None:
    def two(crm: Crm) -> None:
        fill(crm)
        agents.add(crm, "omid")

    async with desk(tmp_path, fill=two) as one:
        await one.press("o")
        await one.type("omid")
        await one.press("enter")
        follow_up = one.follow_up(LEILA)
        assert follow_up is not None
        assert follow_up.assignee == "omid"
        assert "Pars Trading" in one.cursor_line


async def test_what_is_marked_is_done_at_once_after_a_question(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("space", "space")
        assert [line[:7] for line in one.lines if line[1:2] == "*"] == [" *08:30", " *09:00"]
        await one.press("x", "y")
        assert one.follow_up(LEILA) is None
        assert one.follow_up(PARS) is None
        assert one.queue()[0] == "Reza Ahmadi"
        await one.press("u")
        assert one.queue()[:2] == ["Leila Karimi", "Pars Trading"]


async def test_all_that_is_promised_is_marked_and_nobody_else(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("asterisk")
        assert len([line for line in one.lines if line[1:2] == "*"]) == 3
        await one.press("q", "G", "space")
        assert not [line for line in one.lines if line[1:2] == "*"]
        assert "Only what is promised can be marked here." in one.message


async def test_keys_about_a_promise_are_not_offered_where_there_is_none(tmp_path: Path) -> None:
    async with desk(tmp_path, size=(140, 40)) as one:
        assert "x done" in one.footer
        await one.press("G")
        assert "Nadia Rostami" in one.cursor_line
        assert "x done" not in one.footer


# --- the lists behind the promises --------------------------------------------------------------------------


def idle(crm: Crm) -> None:
    """The small desk, and three people on a worklist."""
    fill(crm)
    for name in ("Anna Bell", "Berta Cole", "Carla Dean"):
        contacts.add(crm, NewContact(name, tags=("idle",)))
    saved_filters.save(crm, "contacts", "idle customers", "tag:idle", shared=True)


async def test_p_picks_a_worklist_which_is_worked_behind_the_promises(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=idle) as one:
        await one.press("p")
        await one.type("idle")
        await one.press("enter")
        assert "Worklist idle customers: 0 of 3 done" in one.screen
        assert "Leila Karimi" in one.cursor_line, "promises come first"
        await one.press("j", "j", "j")
        assert "Anna Bell" in one.cursor_line
        assert "never called" in one.cursor_line
        assert picked.name(one.crm) == "idle customers", "for the next start"
        await one.press("n")
        assert "Berta Cole" in one.cursor_line
        assert [call.contact.name for call in one.calls() if call.contact] == ["Anna Bell"]
        assert "Worklist idle customers: 0 of 3 done, 1 promised later" in one.screen
        await one.press("p")
        await one.type("no worklist")
        await one.press("enter")
        assert "Called last, nothing due today" in one.screen
        assert picked.name(one.crm) == ""


def idle_before(crm: Crm) -> None:
    """The list of ``idle`` was worked when the program was last here."""
    idle(crm)
    picked.keep(crm, "idle customers")


async def test_the_worklist_of_the_last_time_is_there_until_it_is_deleted_which_is_told(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path, fill=idle_before) as one:
        assert "Worklist idle customers: 0 of 3 done" in one.screen
        saved_filters.delete(one.crm, saved_filters.get(one.crm, "contacts", "idle customers").id)
        await one.press("n")
        assert "idle customers" in one.message
        assert "Called last, nothing due today" in one.screen
        assert picked.name(one.crm) == "", "the next start does not tell of it again"


def gone_before(crm: Crm) -> None:
    """As ``idle_before``; the list was deleted since."""
    idle_before(crm)
    saved_filters.delete(crm, saved_filters.get(crm, "contacts", "idle customers").id)


async def test_a_worklist_of_the_last_time_that_is_gone_is_told_once(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=gone_before) as one:
        assert one.message == "There is no worklist idle customers."
        assert "Called last, nothing due today" in one.screen
        assert picked.name(one.crm) == ""


def owed(crm: Crm) -> None:
    """Somebody with whom one is in touch every 30 days, for the last time 32 days ago."""
    clock = crm.clock
    assert isinstance(clock, FrozenClock)
    clock.advance(-32 * 86400.0)
    made = contacts.add(crm, NewContact("Anna Bell", cadence_days=30))
    log(crm, made.id, "all well /-")
    clock.advance(32 * 86400.0)


async def test_who_is_owed_a_call_says_why_and_how_late(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=owed) as one:
        assert "Owed a call to keep in touch" in one.screen
        assert "late 2d" in one.cursor_line
        assert "in touch every 30 days" in one.cursor_line


def asleep(crm: Crm) -> None:
    """The small desk, and somebody in Berlin, where it is seven in the morning."""
    fill(crm)
    made = contacts.add(crm, NewContact("Greta Blum", "", (PhoneNumber("+49 30 901820"),)))
    promises.add(crm, made.id, "2026-11-22 9:45", "quote")


async def test_who_is_in_quiet_hours_stands_below_and_says_until_when(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=asleep) as one:
        await one.press("G")
        assert "Greta Blum" in one.cursor_line
        assert "1/4" in one.cursor_line, "promised by hand: as many attempts as usual"
        assert "till 10:30" in one.cursor_line
        assert "quote" in one.cursor_line
        assert "Quiet hours where they are: nobody calls there now" in one.screen


def in_vain(crm: Crm) -> None:
    """Somebody whom no allowed attempt reached, and the small desk."""
    fill(crm)
    clock = crm.clock
    assert isinstance(clock, FrozenClock)
    clock.advance(-20 * 86400.0)
    made = contacts.add(crm, NewContact("Anna Bell"))
    for _ in range(5):
        log(crm, made.id, "/n")
        clock.advance(3 * 86400.0)
    clock.advance(5 * 86400.0)


async def test_what_was_tried_in_vain_is_counted_and_shown_from_the_picker(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=in_vain) as one:
        assert "1 tried in vain" in one.lines[1]
        await one.press("p")
        await one.type("tried")
        await one.press("enter")
        assert one.lines[2].startswith("─ Tried in vain · ")
        assert "Anna Bell" in one.cursor_line
        assert "4/4" in one.cursor_line
        await one.press("q")
        assert one.lines[2].startswith("─ Queue · ")
        assert "Leila Karimi" in one.cursor_line


async def test_what_was_tried_in_vain_is_found_in_the_palette_from_anywhere(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=in_vain) as one:
        await one.press("2", "ctrl+p")
        await one.type("exhausted")
        await one.press("enter")
        assert one.lines[2].startswith("─ Tried in vain · ")
        assert "Anna Bell" in one.cursor_line


async def test_x_opens_again_what_was_tried_in_vain_with_all_its_attempts(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=in_vain) as one:
        await one.press("p")
        await one.type("tried")
        await one.press("enter", "x")
        follow_up = one.follow_up(NADIA + 1)
        assert follow_up is not None
        assert (follow_up.state, follow_up.attempt) == ("open", 1)
        assert "Nobody was tried in vain. q goes back." in one.screen
        await one.press("q")
        assert "Anna Bell" in one.queue()
        assert "tried in vain" not in one.lines[1]
