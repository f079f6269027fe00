"""Steps to the screens of imports and of duplicates, on the desk of a Persian office."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from tests.patience import a_while
from tests.tui.desk import Desk
from tests.tui.persian import LEILA

from tuicrm.domain.models import NewContact, PhoneNumber
from tuicrm.services import contacts, importing
from tuicrm.services.context import Crm
from tuicrm.services.interrupted import Unfinished
from tuicrm.tui.dialogs.leftover import Leftover
from tuicrm.tui.importing.view import ImportView

PEOPLE: Final = (
    "نام,موبایل,ایمیل,شرکت,گروه,یادداشت\n"
    "نازنین می‌رعمادی,۰۹۱۲ ۵۵۵ ۶۶۷۷,nazanin@abc.example,شرکت ABC (سهامی عام),الف,عصرها\n"
    "George Webb,+44 20 7946 0991,,Webb & Sons (London),B,\n"
    "لیلا کریمی,0912 123 4567,,,,«فوری» P40\n"
)
REFUSED: Final = f"{'ن' * 500},09121110001,,,,\n"


async def look_at(one: Desk, content: str) -> None:
    """The preview of a file, counted."""
    file = Path(one.crm.database.path).with_name("مشتریان ۱۴۰۴.csv")
    file.write_text(content, encoding="utf-8")
    view = ImportView(importing.look(one.crm, file))
    await one.app.open_view(view)
    for _ in a_while():
        if view._counting.preview is not None:
            break
        await one.pilot.pause(0.02)
    await one.rest()


async def look_at_people(one: Desk) -> None:
    await look_at(one, PEOPLE)


async def import_with_refusals(one: Desk) -> None:
    """The report of a file with a row that is refused."""
    await look_at(one, PEOPLE + REFUSED)
    await one.press("ctrl+s")
    for _ in a_while():
        if one.app.importing is None:
            break
        await one.pilot.pause(0.02)
    await one.rest()


async def ask_about_a_killed_one(one: Desk) -> None:
    """The question at the start after a kill."""
    begun = datetime(2026, 11, 22, 6, tzinfo=UTC)
    await one.app.push_screen(Leftover(Unfinished(1, 7, "/tmp/مشتریان ۱۴۰۴.csv", 1500, begun, "import")))
    await one.rest()


def with_a_double(crm: Crm) -> None:
    """Leila once more, as somebody else wrote her down."""
    from tests.tui.persian import people

    people(crm)
    number = PhoneNumber("0912 123 4567", label="mobile")
    contacts.add(crm, NewContact("ليلا كريمي", "پارس پمپ", (number,), tags=("شمال",)))
    assert LEILA == 1


async def review(one: Desk) -> None:
    """The pairs that are likely one."""
    from tuicrm.tui.screens.doubles import DoublesView

    await one.app.open_view(DoublesView())
    await one.rest()
