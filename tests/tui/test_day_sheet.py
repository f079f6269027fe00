"""The day sheet from the screens: asked for, written as a page, and told where."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tui.desk import LEILA, Desk, desk

from tuicrm.domain.models import ContactPatch
from tuicrm.services import contacts
from tuicrm.tui.dialogs.day_sheet import DaySheetForm


async def ask(one: Desk) -> None:
    """Finds it in the palette by what people call it."""
    await one.press("ctrl+p")
    await one.type("print")
    await one.press("enter")
    assert isinstance(one.app.screen, DaySheetForm)


async def test_the_page_of_today_is_written_where_one_is_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with desk(tmp_path) as one:
        await ask(one)
        await one.press("ctrl+s")
        file = tmp_path / "calls-2026-11-22.html"
        assert one.message.startswith(f"{file.name}: 3 people; in /")
    page = file.read_text(encoding="utf-8")
    assert "Leila Karimi" in page
    assert "call back: price of pump" in page
    assert file.stat().st_mode & 0o777 == 0o600


async def test_a_hostile_name_is_text_on_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with desk(tmp_path) as one:
        contacts.edit(one.crm, LEILA, ContactPatch(name="<script>alert(1)</script> [bold]"))
        await ask(one)
        await one.press("ctrl+s")
    page = (tmp_path / "calls-2026-11-22.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; [bold]" in page


async def test_another_day_and_a_file_of_ones_own_that_is_never_replaced(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        for message in ("3 people", "File exists"):
            await ask(one)
            await one.type("1 dec")
            await one.press("tab", "tab")
            await one.type(str(tmp_path / "mine.html"))
            await one.press("ctrl+s")
            assert message in one.screen
        assert isinstance(one.app.screen, DaySheetForm), "refused, it stays"
    assert "Calls of Tue 1 Dec" in (tmp_path / "mine.html").read_text(encoding="utf-8")


async def test_a_day_that_is_none_is_refused_in_the_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with desk(tmp_path) as one:
        await ask(one)
        await one.type("someday")
        await one.press("ctrl+s")
        assert isinstance(one.app.screen, DaySheetForm)
    assert list(tmp_path.glob("*.html")) == []


async def test_the_menu_of_a_promise_offers_it(tmp_path: Path) -> None:
    async with desk(tmp_path) as one:
        await one.press("1", "full_stop")
        assert "print the day sheet" in one.screen
        await one.press("A")
        assert isinstance(one.app.screen, DaySheetForm)
        await one.press("escape", "2", "full_stop")
        assert "print the day sheet" not in one.screen
