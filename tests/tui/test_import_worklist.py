"""People of a file put on a worklist from the screen of its import."""

from __future__ import annotations

from pathlib import Path

from tests.patience import a_while
from tests.tui.desk import desk
from tests.tui.test_import import TABLE, look_at, named

from tuicrm.services import contacts, saved_filters, worklists
from tuicrm.tui.importing.asking import WorklistName


async def test_p_puts_the_people_of_a_file_on_a_worklist_and_u_takes_all_back(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await look_at(one, named(tmp_path, "people.csv", TABLE + "Nadia Rostami,0911 222 3344,\n"))
        await one.press("p")
        assert isinstance(one.app.screen, WorklistName)
        await one.type("fair 2026")
        await one.press("enter")
        for _ in a_while():
            if "3 to the worklist fair 2026" in one.screen:
                break
            await one.pilot.pause(0.05)
        assert "3 to the worklist fair 2026" in one.screen
        assert contacts.count(one.crm) == 4
        await one.press("ctrl+s")
        for _ in a_while():
            if "contacts imported" in one.message:
                break
            await one.pilot.pause(0.05)
        assert one.message.startswith("2 contacts imported, 3 to the worklist fair 2026.")
        names = [row.contact.name for row in worklists.page(one.crm, "fair 2026").rows]
        assert sorted(names) == ["Anna Bell", "Nadia Rostami", "Omid Rad"]
        await one.press("u")
        assert [each.it.members for each in worklists.lists(one.crm)] == [False]


async def test_the_name_of_a_filter_is_refused_where_it_is_typed(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        saved_filters.save(one.crm, "contacts", "vips", "tag:vip")
        await look_at(one, named(tmp_path, "people.csv", TABLE))
        await one.press("p")
        await one.type("vips")
        await one.press("enter")
        assert isinstance(one.app.screen, WorklistName)
        assert "vips is a filter" in one.screen


async def test_a_list_of_calls_has_no_such_key(tmp_path: Path) -> None:
    calls = "date,number,duration,direction\n2026-11-20 10:00,09121234567,60,out\n"
    async with desk(tmp_path) as one:
        await look_at(one, named(tmp_path, "calls.csv", calls))
        assert "worklist" not in one.footer
        await one.press("p")
        assert not isinstance(one.app.screen, WorklistName)
