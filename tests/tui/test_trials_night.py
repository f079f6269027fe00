"""What people stumbled over in the queue in the evening, when nobody calls any more, and where nothing is promised."""

from __future__ import annotations

from pathlib import Path

from tests.tui.desk import LEILA, NADIA, PARS, PEOPLE, REZA, desk, fill, log
from tests.tui.persian import persian_desk

from tuicrm.domain.clock import FrozenClock
from tuicrm.domain.models import NewContact, PhoneNumber
from tuicrm.services import contacts, saved_filters
from tuicrm.services.context import Crm

NIGHT = "2026-11-22T23:22:00+03:30"
EVERYBODY = (LEILA, PARS, REZA, NADIA)


def nothing_promised(crm: Crm) -> None:
    """Four people who were called an hour ago, and are promised nothing."""
    for one in PEOPLE:
        contacts.add(crm, one)
    assert isinstance(crm.clock, FrozenClock)
    crm.clock.advance(-3600)
    for contact_id in EVERYBODY:
        log(crm, contact_id, "all well /-")
    crm.clock.advance(3600)


def a_list(crm: Crm) -> None:
    """The same, and a worklist with all four, of whom nobody is done with."""
    for one in PEOPLE:
        contacts.add(crm, one)
    saved_filters.save(crm, "contacts", "Winter", "-tag:nobody")


async def test_where_nothing_is_promised_no_outcome_key_logs_before_the_cursor_was_moved(
    tmp_path: Path,
) -> None:
    for name, at in (("day", "2026-11-22T09:31:00+03:30"), ("night", NIGHT)):
        folder = tmp_path / name
        folder.mkdir()
        async with desk(folder, fill=nothing_promised, at=at) as one:
            await one.press("1", "n", "n", "n")
            assert len(one.calls()) == 4, at
            assert "is promised nothing today: an arrow key first, then n logs it" in one.message
            await one.press("j", "n")
            assert len(one.calls()) == 5
            await one.press("n")
            assert len(one.calls()) == 5, "the next row is somebody else, to whom nobody moved"


async def test_one_who_was_called_last_is_logged_once_by_a_key_pressed_twice(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("G", "n", "n")
        assert len(one.calls(NADIA)) == 1


async def test_in_quiet_hours_the_line_above_says_why_they_stand_there(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=nothing_promised, at=NIGHT) as one:
        assert "Called last, nothing due today · quiet hours there" in one.screen
    folder = tmp_path / "both"
    folder.mkdir()
    async with desk(folder, fill=fill, at=NIGHT) as one:
        assert "Quiet hours where they are: nobody calls there now" in one.screen
        await one.press("G")
        assert "Nadia Rostami" in one.cursor_line
        assert "Called last, nothing due today · quiet hours there" in one.screen
        await one.press("g", "n", "n", "n", "n", "n")
        assert len(one.calls()) == 3


async def test_in_quiet_hours_a_worklist_has_its_name_and_begins_when_one_moves_to_it(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=a_list, at=NIGHT) as one:
        await one.press("p")
        await one.type("winter")
        await one.press("enter", "n")
        assert "Worklist Winter: 0 of 4 done · quiet hours there" in one.screen
        assert "Quiet hours for " in one.message
        assert one.calls() == []
        await one.press("j", "n", "n")
        assert len(one.calls()) == 2, "a list is worked by keys"


async def test_at_night_it_is_all_said_in_persian(tmp_path: Path) -> None:
    async with persian_desk(tmp_path, mode="logical", fill=nothing_promised, at=NIGHT) as one:
        await one.press("1", "د")
        assert len(one.calls()) == 4
        assert "نخست یک کلید جهت" in one.message
        assert "آخرین تماس‌ها، بدون سررسید امروز · آن‌جا ساعت تماس نیست" in one.screen


async def test_where_nothing_is_promised_names_have_the_room_of_the_moment(tmp_path: Path) -> None:
    def long_name(crm: Crm) -> None:
        made = contacts.add(crm, NewContact("Hossein Mohammadpour", "", (PhoneNumber("0912 1"),)))
        log(crm, made.id, "all well /-")

    async with desk(tmp_path, fill=long_name, at=NIGHT) as one:
        assert one.cursor_line.startswith("▌ Hossein Mohammadpour ")
        assert "called just now" in one.cursor_line


async def test_how_often_one_was_tried_in_a_round_is_said_in_words(tmp_path: Path) -> None:
    def tried(crm: Crm) -> None:
        a_list(crm)
        for _ in range(2):
            log(crm, LEILA, "/n /-")

    async with desk(tmp_path, fill=tried) as one:
        await one.press("p")
        await one.type("winter")
        await one.press("enter")
        line = next(line for line in one.lines if "Leila" in line and "no answer" in line)
        assert "2 calls, last now" in line
        assert " 3 " not in line
