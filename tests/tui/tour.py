"""A walk through every screen, dialog and empty state, for tests of how all of them look."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Final

from tests.tui.desk import DAY_S, LEILA, NADIA, Desk, desk, log
from tests.tui.desk import fill as four_people
from tests.tui.tour_records import (
    Look,
    command,
    commands,
    filtering,
    histories,
    promising,
    records,
    settings,
    steps,
)
from textual.geometry import Offset

from tuicrm.domain.clock import FrozenClock
from tuicrm.domain.colours import Colours
from tuicrm.domain.models import ContactPatch, EmailAddress, NewContact, PhoneNumber
from tuicrm.i18n import t
from tuicrm.services import contacts, telephone
from tuicrm.services.context import Crm
from tuicrm.services.interrupted import Unfinished
from tuicrm.tui.dialogs.leftover import Leftover

Walk = Callable[[Desk, Look], Awaitable[None]]

SHEET: Final = (
    "Name,Phone,Mail,Shoe size\nAnna Bell,09121110000,anna@bell.example,38\nBad Number,12,,\n,,,\n"
    f"{'Too long ' * 60},09121110001,,\n"
)
DIALOGS: Final[Mapping[str, str]] = {
    "drafts": "Drafts",
    "do not call, asked": "Confirm",
    "form": "ContactForm",
    "palette": "Palette",
    "themes": "ThemePicker",
    "help, searched": "Help",
    "form of a call": "CallForm",
    "which line reads right": "WhichReads",
    "import, which file": "ImportForm",
    "import, encoding": "EncodingPicker",
    "import, what a column holds": "Picker",
    "import, name of a field": "FieldName",
    "import, worklist": "WorklistName",
    "import, where the report goes": "SaveReport",
    "import, interrupted": "Leftover",
    "menu of a follow-up": "Menu",
    "form of a ticket": "TicketForm",
    "form of a follow-up": "PromiseForm",
    "tags": "TagsForm",
    "cadence": "CadenceForm",
    "worklist of one": "WorklistForm",
    "export": "ExportForm",
    "confirm for several": "Confirm",
    "whom a call was with": "WhomForm",
    "remind later": "LaterMenu",
    "remind later, at a moment": "MomentForm",
    "promise to somebody": "PromiseToForm",
    "whom to call next": "QueuePicker",
    "why it is cancelled": "ReasonForm",
    "name of a filter": "FilterForm",
    "saved filters": "FilterPicker",
    "another name of a filter": "RenameFilter",
    "command, day sheet": "DaySheetForm",
    "command, report of a worklist": "ReportForm",
    "settings, one is changed": "SettingForm",
}
"""What stands in front at some of the states: a walk that went astray is no proof of anything."""


def fill(crm: Crm) -> None:
    """The four people of the desk, with all that a card can tell about somebody."""
    four_people(crm)
    whole = ContactPatch(
        phones=(PhoneNumber("0912 123 4567"), PhoneNumber("12", "office")),
        emails=(EmailAddress("leila@pump.example", "work"),),
        fields={"floor": "3"},
        note="mornings only",
        do_not_call=True,
    )
    contacts.edit(crm, LEILA, whole)
    assert isinstance(crm.clock, FrozenClock)
    crm.clock.advance(-DAY_S)
    log(crm, NADIA, "leaking seal /tu #north =4")
    crm.clock.advance(DAY_S)


# --- the walks ----------------------------------------------------------------------------------------------


async def places(one: Desk, look: Look) -> None:
    await look(one, "today")
    await one.press("j")
    await look(one, "today, second row")
    await one.press("n")
    await look(one, "today, an outcome was logged")
    await one.press("u")
    await look(one, "today, taken back")
    for key, name in (
        ("2", "contacts"),
        ("3", "calls"),
        ("4", "follow-ups"),
        ("5", "tickets"),
        ("6", "kpis"),
    ):
        await one.press(key)
        await look(one, name)
    await one.press("1", "q")
    await look(one, "the question whether to quit")


async def cards(one: Desk, look: Look) -> None:
    await one.press("2", "enter")
    await look(one, "open card")
    await one.press("G")
    await look(one, "open card, its end")
    await one.press("escape", "y")
    await look(one, "contacts, number copied")
    await one.press("3", "enter")
    await look(one, "open call")


async def searching(one: Desk, look: Look) -> None:
    await one.press("2", "slash")
    await look(one, "search line")
    await one.type("karimi")
    await look(one, "search, found")
    await one.press("shift+left", "shift+left")
    await look(one, "search, part of it selected")
    await one.press("enter")
    await look(one, "search, in the list")
    await one.press("slash", "end", "ctrl+u")
    await one.type("karemi")
    await look(one, "search, only near names")
    await one.press("ctrl+u")
    await one.type("zzzz")
    await look(one, "search, nobody")


async def logging(one: Desk, look: Look) -> None:
    await one.press("2", "l")
    await look(one, "bar, empty line")
    for typed in ("/", "/t", "@", "price sent /thu 10 /th", "wants /zz", "sorry /t99", "call back /tom"):
        await one.press("ctrl+u")
        await one.type(typed)
        await look(one, f"bar, {typed}")
    await one.press("ctrl+u")
    await one.type("/zz")
    await one.press("enter")
    await look(one, "bar, refused")
    await one.press("ctrl+u")
    await one.type("half a note")
    await one.press("shift+left", "shift+left")
    await look(one, "bar, selected")
    await one.press("escape")
    await look(one, "a draft was kept")
    await one.press("full_stop")
    await look(one, "menu")
    await one.press("D")
    await look(one, "drafts")


async def finding(one: Desk, look: Look) -> None:
    await one.press("1", "l", "backspace")
    await look(one, "bar, who")
    await one.type("leika")
    await look(one, "bar, who, near")
    await one.press("ctrl+u")
    await one.type("pars")
    await look(one, "bar, who, found")
    await one.press("ctrl+u")
    await one.type("New Person 09121119999")
    await look(one, "bar, who, new")
    await one.press("down")
    await look(one, "bar, who, new lit")


async def telephoning(one: Desk, look: Look) -> None:
    await _happens(one, "ring")
    await look(one, "ringing")
    await _happens(one, "answer")
    await look(one, "answered")
    await one.press("d")
    await look(one, "the running call's bar")
    await _happens(one, "hangup")
    await look(one, "wrap-up")
    await one.type("spoke")
    await one.press("enter", "2", "slash")
    await one.type("leila")
    await one.press("enter", "d")
    await look(one, "do not call, asked")


async def _happens(one: Desk, state: telephone.Event) -> None:
    telephone.event(one.crm, state, call_id="1", number="0935 000 2345", agent="sara", source="9")
    await one.app.bar.phone.heard()
    await one.rest()


async def dialogs(one: Desk, look: Look) -> None:
    await one.press("2", "a")
    await look(one, "form")
    await one.press("ctrl+s")
    await look(one, "form, refused")
    await one.type("Leila Karimi")
    await one.press("tab")
    await look(one, "form, perhaps known")
    await one.press("escape", "delete")
    await look(one, "confirm")
    await one.press("n", "ctrl+p")
    await look(one, "palette")
    await one.type("zzz")
    await look(one, "palette, nothing")
    await one.press("ctrl+u")
    await one.type(t("choose a theme"))
    await one.press("enter")
    await look(one, "themes")
    await one.press("escape", "question_mark")
    await look(one, "help")
    await one.press("slash")
    await one.type("log")
    await look(one, "help, searched")
    await one.press("escape", "escape", "escape", "3", "e")
    await look(one, "form of a call")
    await one.press("escape", "ctrl+p")
    await one.type("rtl")
    await one.press("enter")
    await look(one, "which line reads right")
    await one.press("0")
    await look(one, "advice about the terminal")


async def two_of_one(one: Desk, look: Look) -> None:
    for twin in ("Leila Karimi", "Reza Ahmady"):
        contacts.add(one.crm, NewContact(twin, "", (PhoneNumber("0912 123 4567"),)))
    await one.press("2")
    await command(one, t("duplicates"))
    await look(one, "two of one")
    await one.press("k")
    await look(one, "two of one, kept apart")


async def importing(one: Desk, look: Look) -> None:
    file = one.app.settings.file.with_name("people.csv")
    file.write_text(SHEET, encoding="utf-8")
    await command(one, t("import a file"))
    await look(one, "import, which file")
    await one.type("nowhere.csv")
    await one.press("enter")
    await look(one, "import, no such file")
    await one.press("ctrl+u")
    await one.type(str(file))
    await one.press("enter")
    await look(one, "import, preview")
    await steps(
        one,
        look,
        (("tab",), "import, its next part"),
        (("tab",), "import, its next part"),
        (("e",), "import, encoding"),
        (("escape", "r"), "import, country"),
        (("escape", "p"), "import, worklist"),
        (("escape", "j", "j", "j", "enter"), "import, what a column holds"),
    )
    await one.type(t("a field of its own"))
    await one.press("enter")
    await look(one, "import, name of a field")
    await one.press("escape", "ctrl+s")
    await look(one, "import, report")
    await one.press("w")
    await look(one, "import, where the report goes")
    await one.press("escape")
    await one.app.push_screen(Leftover(Unfinished(1, 7, str(file), 1500, one.crm.now(), "import")))
    await one.rest()
    await look(one, "import, interrupted")


async def mouse(one: Desk, look: Look) -> None:
    await one.press("2")
    await one.pilot.hover(offset=Offset(10, 4))
    await look(one, "the mouse over a row")


async def nobody(one: Desk, look: Look) -> None:
    await look(one, "first run")
    for key, name in (("2", "no contacts"), ("3", "no calls"), ("4", "no follow-ups"), ("5", "no tickets")):
        await one.press(key)
        await look(one, name)
    await one.press("full_stop")
    await look(one, "menu of nobody")
    await one.press("escape", "l")
    await look(one, "bar over nothing")


WALKS: Final[Mapping[str, Walk]] = {
    walk.__name__: walk
    for walk in (
        *(places, cards, searching, logging, finding, telephoning),
        *(dialogs, two_of_one, importing, histories, records, promising, filtering),
        *(commands, settings, mouse, nobody),
    )
}


async def walked(
    folder: Path,
    name: str,
    look: Look,
    *,
    size: tuple[int, int] = (80, 24),
    colours: Colours = "full",
    **more: str,
) -> None:
    """One of the walks, in a company of four people; ``nobody`` in one without."""

    async def checked(one: Desk, state: str) -> None:
        front = type(one.app.screen).__name__
        assert front == DIALOGS.get(state, front), f"{state}: {front} is in front of\n{one.screen}"
        await look(one, state)

    async with desk(
        folder, size=size, fill=None if name == "nobody" else fill, colours=colours, **more
    ) as one:
        await WALKS[name](one, checked)
