"""Calls: newest first, in words, one in full, deleted and brought back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from tests.tui.desk import LEILA, desk, log

from tuicrm.domain.models import NewContact, PhoneNumber
from tuicrm.services import calls, contacts, telephone
from tuicrm.services.context import Crm, open_crm


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
        assert "Reza Ahmadi" in one.lines[2]
        assert all(len(line) <= 80 for line in one.lines)


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
        assert "Nadia Rostami" not in one.lines[1]
        assert "Call deleted." in one.message
        await one.press("u")
        assert "Nadia Rostami" in one.screen


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
        assert "price sent" in one.lines[1]
        assert "Reza Ahmadi" in one.cursor_line
        other.close()


async def test_an_edited_call_changes_where_it_stands(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("3")
        calls.edit(one.crm, 4, note="by letter")
        await one.app.listener.look()
        await one.rest()
        assert "by letter" in one.cursor_line


async def test_enter_opens_the_persons_card(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("3", "enter")
        assert "Timeline" in one.screen
        await one.press("q")
        assert "Nadia Rostami" in one.cursor_line


async def test_l_logs_a_call_with_the_same_person(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("3", "l")
        await one.type("asked again")
        await one.press("enter")
        assert "asked again" in one.lines[1]
        assert "Nadia Rostami" in one.lines[1]


async def test_no_calls_yet_says_so(tmp_path: Path) -> None:
    def somebody(crm: Crm) -> None:
        contacts.add(crm, NewContact("Leila Karimi"))

    async with desk(tmp_path, fill=somebody) as one:
        await one.press("3")
        assert "No calls yet. l logs one." in one.screen


async def test_e_changes_a_call_by_what_was_different(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("3", "e")
        assert "Edit the call with Nadia Rostami" in one.screen
        assert "draft" not in one.footer
        await one.type("/v =4 left word")
        await one.press("enter")
        call = calls.get(one.crm, 4)
        assert (call.outcome, call.duration_s, call.note) == ("voicemail", 240, "left word")
        assert "voicemail" in one.cursor_line
        assert "Call changed." in one.message
        await one.press("u")
        assert calls.get(one.crm, 4).outcome == "connected"


async def test_a_line_that_a_call_cannot_take_is_refused_and_stays(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("3", "e")
        await one.type("/2d")
        await one.press("enter")
        assert "cannot be changed here" in one.screen
        assert "/2d" in one.screen
        await one.press("escape", "e", "enter")
        assert calls.get(one.crm, 4).note == "keeps in touch"
        assert "Edit the call" not in one.screen
