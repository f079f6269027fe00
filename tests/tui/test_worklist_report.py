"""The outcome report of a worklist from the screens."""

from __future__ import annotations

from pathlib import Path

from tests.tui.desk import LEILA, NADIA, Desk, desk, log

from tuicrm.services import worklist_members
from tuicrm.tui.dialogs.worklist_report import ReportForm


async def ask(one: Desk) -> None:
    await one.press("ctrl+p")
    await one.type("report")
    await one.press("enter")
    assert isinstance(one.app.screen, ReportForm)


async def test_what_came_of_a_worklist_is_written_once_and_told(tmp_path: Path) -> None:
    file = tmp_path / "fair.csv"
    async with desk(tmp_path) as one:
        worklist_members.put(one.crm, [LEILA, NADIA], "fair")
        log(one.crm, NADIA, "/sale =1+1")
        await ask(one)
        await one.press("tab", "ctrl+u")
        await one.type(str(file))
        await one.press("enter")
        assert one.message.startswith("fair.csv: 2 people; in /")
        await ask(one)
        await one.press("tab", "ctrl+u")
        await one.type(str(file))
        await one.press("enter")
        assert isinstance(one.app.screen, ReportForm), "a file that is there stays"
        assert "File exists" in one.screen
    told = file.read_text(encoding="utf-8-sig")
    assert "called,,1,2,50.0" in told
    assert "sale,sale,1,1,100.0" in told
    assert ",'=1+1," in told


async def test_another_ending_or_no_such_list_is_refused_in_the_form(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await ask(one)
        await one.type("nothing")
        await one.press("tab", "ctrl+u")
        for name, said in (("x.pdf", ".csv"), (str(tmp_path / "x.csv"), "nothing")):
            await one.press("ctrl+u")
            await one.type(name)
            await one.press("ctrl+s")
            assert isinstance(one.app.screen, ReportForm)
            assert said in one.screen
    assert not (tmp_path / "x.csv").exists()


async def test_the_form_names_the_lists_that_there_are_and_completes_them(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        for name in ("fair 2026", "idle"):
            worklist_members.put(one.crm, [LEILA], name)
        await ask(one)
        assert "fair 2026, idle" in one.screen
        await one.type("fa")
        await one.press("right", "tab", "ctrl+u")
        await one.type(str(tmp_path / "x.csv"))
        await one.press("ctrl+s")
    assert (tmp_path / "x.csv").exists()
