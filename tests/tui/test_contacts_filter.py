"""The search line of Contacts takes the filter language: keys narrow the list in its order, words find as ever."""

from __future__ import annotations

from pathlib import Path

from tests.tui.desk import Desk, desk

from tuicrm.domain.models import NewContact
from tuicrm.services import contacts
from tuicrm.services.context import Crm
from tuicrm.tui.widgets.search_line import SearchLine


def many(crm: Crm) -> None:
    """250 people, every second one with a tag."""
    for number in range(250):
        tags = ("even",) if number % 2 == 0 else ()
        contacts.add(crm, NewContact(f"Person {number:03}", "Pars" if number < 10 else "", tags=tags))


async def search(one: Desk, text: str) -> None:
    await one.press("2", "slash", "ctrl+u")
    await one.type(text)
    await one.press("enter")


async def test_keys_alone_narrow_the_list_which_keeps_its_order_and_pages(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=many) as one:
        await search(one, "tag:even")
        assert "Person 000" in one.cursor_line
        await one.press("j")
        assert "Person 002" in one.cursor_line
        await one.press("G")
        assert "Person 248" in one.cursor_line
        await one.press("g")
        assert "Person 000" in one.cursor_line


async def test_keys_alone_say_how_many_fit_where_they_are_no_more_than_a_page(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=many) as one:
        await search(one, "company:pars")
        assert one.lines[1].endswith("10 found")
        await search(one, "tag:even")
        assert "found" not in one.lines[1]
        await search(one, "tag:nothing")
        assert one.lines[1].endswith("0 found")
        await one.press("slash", "escape", "escape")
        assert "found" not in one.lines[1]


async def test_words_find_and_keys_narrow_them(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=many) as one:
        await search(one, "person 00 tag:even company:pars")
        assert "5 found" in one.lines[1]
        assert "Person 001" not in one.screen


async def test_a_slip_is_forgiven_beside_keys_too(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await search(one, "lelia tag:vip")
        assert "1 near" in one.lines[1]
        assert "Leila Karimi" in one.cursor_line


async def test_a_filter_that_nobody_fits_says_what_to_press(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await search(one, "tag:nothing")
        assert "Nobody has that." in one.screen
        await one.press("slash", "escape", "escape")
        assert "Leila Karimi" in one.screen


async def test_tags_are_completed_from_those_that_there_are(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("2", "slash")
        await one.type("tag:no")
        assert "north" in one.lines[2]
        await one.press("tab", "enter")
        assert one.widget(SearchLine).value == "tag:north"
        assert "Leila Karimi" in one.cursor_line


async def test_who_is_marked_over_a_filter_is_who_fits_it(tmp_path: Path) -> None:
    async with desk(tmp_path, fill=many) as one:
        await search(one, "tag:even")
        await one.press("asterisk")
        assert "125 marked" in one.lines[1]


async def test_somebody_added_is_shown_though_the_list_was_narrowed(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await search(one, "tag:vip")
        await one.press("a")
        await one.type("Zara Amini")
        await one.press("ctrl+s")
        assert "Zara Amini" in one.cursor_line
        assert one.widget(SearchLine).value == ""


async def test_a_phrase_narrows_the_list_while_it_is_typed(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("2", "slash")
        for typed in ('company:"', "pars p"):
            await one.type(typed)
            assert "otation mark" not in one.screen
        assert one.people == ["Leila"]
        await one.press("enter", "d")
        assert "Leila Karimi" in one.screen
