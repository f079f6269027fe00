"""Every screen, dialog and message in a made-up language: what stays in plain Latin letters was never translated."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.i18n import pseudo
from tests.tui.apps import screen_lines
from tests.tui.desk import DAY_S, LEILA, NADIA, PARS, REZA, Desk, desk, log
from tuicrm.domain.clock import FrozenClock
from tuicrm.domain.models import ContactPatch, EmailAddress, NewContact, PhoneNumber
from tuicrm.messages import MESSAGES
from tuicrm.services import contacts, process, telephone
from tuicrm.services.context import Crm
from tuicrm.tui import keymap, linesheet
from tuicrm.tui.keytable import KEYS
from tuicrm.tui.screens import help, palette
from tuicrm.tui.screens.which_reads import IN_ENGLISH
from tuicrm.tui.text import mode, use

PEOPLE = (
    NewContact(
        "لیلا کریمی", "پمپ پارس", (PhoneNumber("0912 123 4567"), PhoneNumber("12", "دفتر")), tags=("ویژه",)
    ),
    NewContact("پارس", "", (PhoneNumber("021 8877 6655"),), note="صبح‌ها", fields={"طبقه": "۳"}),
    NewContact("رضا احمدی", "اطلس", (PhoneNumber("0935 000 2345"),), emails=(EmailAddress("reza@atlas.ir"),)),
    NewContact("", "", (PhoneNumber("0911 222 3344"),)),
)
LINES = (
    (LEILA, "قیمت پمپ /2026-11-22 8:30"),
    (PARS, "تمدید /2026-11-22 9:00"),
    (REZA, "خراب است /th /2026-11-22 10:00 =4 /s8 #ویژه"),
    (NADIA, "در تماس /-"),
)
KNOWN = {
    *(word for row in KEYS for name in keymap.keys_of(row) for word in pseudo.plain_words([keymap.display(name)], ())),
    *(word for tokens, _ in linesheet.TOKENS for word in pseudo.plain_words([tokens], ())),
    *("sara", "agent", "me", "reza", "atlas", "ir", "IR"),  # handles, a filter and an address
    *("tuicrm", "demo", "csv", "utf", "ansi", "dark", "light"),  # a command, an ending, names of themes
    *("Azar", "Dey"),  # months as English has them
}  # fmt: skip
"""What is typed, or is data of these tests."""


def fill(crm: Crm) -> None:
    """Four people, yesterday's calls, and a process that speaks Persian in every language."""
    process.apply(crm, pseudo.process_text())
    for one in PEOPLE:
        contacts.add(crm, one)
    assert isinstance(crm.clock, FrozenClock)
    crm.clock.advance(-DAY_S)
    for contact_id, line in LINES:
        log(crm, contact_id, line)
    crm.clock.advance(DAY_S)


def no_people(crm: Crm) -> None:
    """The same company on its first day."""
    process.apply(crm, pseudo.process_text())


def later(it: Seen, seconds: float = 60.0) -> None:
    """Time goes on."""
    assert isinstance(it.desk.app.clock, FrozenClock)
    it.desk.app.clock.advance(seconds)


class Seen:
    """The desk, and every line that stood on its screen after a key."""

    def __init__(self, one: Desk) -> None:
        self.desk = one
        self.lines: dict[str, None] = {}

    def look(self) -> None:
        self.lines.update(dict.fromkeys(screen_lines(self.desk.app)))

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.desk.press(key)
            self.look()

    async def type(self, text: str, *keys: str) -> None:
        """Types a text, then presses keys."""
        await self.desk.type(text)
        self.look()
        await self.press(*keys)

    async def at(self, name: str) -> None:
        """Goes to somebody in the list of contacts."""
        await self.press("2", "slash", "ctrl+u")
        await self.type(name, "enter")

    async def happens(self, state: telephone.Event, number: str, call: str) -> None:
        """The telephone says something of a call."""
        telephone.event(self.desk.crm, state, call_id=call, number=number, agent="sara", source="9")
        await self.desk.app.bar.phone.heard()
        await self.desk.rest()
        self.look()

    def all_translated(self, *said: str) -> None:
        """Nothing was left in plain letters; and these were among what was said, so that their screens were seen."""
        # the reference of a record is typed as it stands
        shown = [re.sub(r"\b[a-z]+:\d+", "", line) for line in self.lines]
        assert pseudo.plain_words(shown, KNOWN) == {}
        screen = "\n".join(self.lines)
        pieces = [(text, piece) for text in said for piece in re.split(r"\{\w*\}", text) if len(piece) > 3]
        assert [text for text, piece in pieces if pseudo.accented(piece).strip("⟦⟧ ") not in screen] == []


@pytest.fixture(autouse=True)
def made_up() -> Iterator[None]:
    was = mode()
    use("plain")
    with pseudo.spoken():
        yield
    use(was)


@asynccontextmanager
async def seen(folder: Path, *, people: bool = True, high: int = 40) -> AsyncIterator[Seen]:
    """A wide screen, so that nothing is left out for want of room."""
    async with desk(folder, size=(180, high), fill=fill if people else no_people) as one:
        what = Seen(one)
        what.look()
        yield what


async def test_today_and_cards(tmp_path: Path) -> None:
    async with seen(tmp_path) as it:
        await it.press("enter", "j", "q", "n", "u", "U", "y", "c", "escape", "w", "u", "h", "tab")
        await it.at("رضا")
        await it.press("enter", "escape", "4", "5", "6", "1", "q")
        it.all_translated(
            "{n} overdue", "in {span}", "Timeline", "Follow-ups", "Tickets", "Taken back: {what}.", "Copied {number}.",
            "Done again: {what}.", "{key} again quits.", "Here will be what is broken",
        )  # fmt: skip


async def test_lists_and_searches(tmp_path: Path) -> None:
    async with seen(tmp_path) as it:
        await it.press("2", "j", "slash")
        await it.type("لیلا", "ctrl+u")
        await it.type("۰۰۰۰", "enter", "escape", "escape", "slash")
        await it.type("کزیمی", "enter", "escape", "3", "j", "enter", "escape")
        it.all_translated("company", "{n} found", "{n} near", "Nobody has that. {empty} empties the search")


async def test_people_are_added_edited_and_deleted(tmp_path: Path) -> None:
    async with seen(tmp_path) as it:
        await it.press("2", "a", "ctrl+s")
        await it.type("لیلا کریمی", "tab", "tab", "tab")
        await it.type("بد", "ctrl+s", "ctrl+u", "ctrl+s", "y", "d", "e", "tab")
        await it.type("۵", "ctrl+s", "u", "U", "delete", "n", "delete", "y", "u", "U", "u", "e")
        await it.type(
            "۵",
            "escape",
            "full_stop",
            "D",
            "enter",
            "ctrl+n",
            "escape",
            "full_stop",
            "D",
            "delete",
            "full_stop",
        )
        it.all_translated(
            "A new contact", "a name or a number is enough", "A contact needs a name or a number.",
            "Perhaps known already: {who} ({why}).", "This is no e-mail address", "Added {name}.", "Saved {name}.",
            "There is no number to copy.", "{name} has no number.", "{name} edited", "Delete {name}? Calls stay",
            "Deleted {name}.", "{name} deleted", "Drafts", "contact form", "This is your draft from {time}",
            "none, all is saved", "{n} draft",
        )  # fmt: skip


async def test_calls_are_edited_and_deleted(tmp_path: Path) -> None:
    async with seen(tmp_path) as it:
        await it.press("3", "j", "e", "tab")
        await it.type("/zz", "ctrl+s", "ctrl+u")
        await it.type("=5 /sms /s8", "ctrl+s", "u", "delete", "n", "delete", "y", "u", "a", "escape")
        it.all_translated(
            "Edit the call with {name}", "Call changed.", "Delete the call with {name}?", "Call deleted.",
            "call with {name} edited", "call with {name} deleted", "log a past call",
        )  # fmt: skip


async def test_somebody_else_changes_what_is_being_edited(tmp_path: Path) -> None:
    async with seen(tmp_path) as it:
        await it.at("پارس")
        await it.press("enter", "e")
        await it.type("۵")
        later(it)
        contacts.edit(it.desk.crm, PARS, ContactPatch(name="دیگر"))
        await it.press("ctrl+s", "escape")
        contacts.delete(it.desk.crm, PARS)
        await it.desk.app.listener.look()
        await it.desk.rest()
        it.look()
        it.all_translated("{agent} has changed {name} meanwhile")


@pytest.mark.parametrize("place", ["1", "2", "3", "6"])
async def test_help_and_palette(tmp_path: Path, place: str) -> None:
    async with seen(tmp_path, high=170) as it:
        await it.press(place, "question_mark", "slash")
        await it.type("ژ", "escape", "escape", "ctrl+p")
        scope = "today" if place == "1" else "contacts"
        for command in palette.commands(it.desk.app, scope, it.desk.app.shell.focused):
            it.lines.update({command.label: None, command.also: None})
        it.lines.update((line.plain, None) for line in help.lines(help.Asked("")))
        await it.type("ژ")
        it.all_translated("What a log line can say", "At a question", "No key does that.", "choose a theme")


async def test_the_bar_asks_who(tmp_path: Path) -> None:
    async with seen(tmp_path) as it:
        await it.at("لیلا")
        await it.press("l", "backspace", "enter", "ctrl+n")
        await it.type("کزیمی", "enter", "ctrl+u")
        await it.type("ژژژ", "enter", "ctrl+n", "backspace", "ctrl+u")
        await it.type("یک دو سه چهار پنج 09121112233", "enter", "n", "escape", "full_stop", "escape")
        it.all_translated(
            "name, last digits of a number", "Type a name; {key} means no name.", "Type a name or a number first.",
            "Nobody is chosen: ↓ takes a near name", "Nobody has that name", "+ new contact {name}",
            "Is “{text}” a name? y yes, n no",
        )  # fmt: skip


async def test_the_bar_takes_a_line(tmp_path: Path) -> None:
    async with seen(tmp_path) as it:
        await it.press("1", "g", "j", "j", "l")
        for sign in ("/", "/t", "/x", "/s", ".", "@", "=", "-"):
            await it.type(sign, "ctrl+u")
        for line in ("سلام /t12", "سلام /zz", "سلام /1405-13-40", "09121112233 علی"):
            await it.type(line, "enter", "ctrl+u")
        await it.press("ctrl+t")
        await it.type("سلام /to /2d =4 -30m /in /sms /s8 #ویژه", "enter", "u", "l")
        await it.type("سلام /tp", "enter", "l")
        await it.type("خوب شد /x", "enter", "l", "up", "escape", "full_stop", "escape", "3", "g")
        it.all_translated(
            "what can I type?", "what was said, or", "after 2 days", "no follow-up", "ticket, {priority}",
            "took 4 min", "was at 9:40", "on {subject}", "solves {subject}", "means nothing here", "ticket: {status}",
            "Ticket {id} is not one of this contact's.", "{key} saves it as it is.", "No call is running.",
            "comment on #", "score {score}", "inbound", "follow-up {due}", "on ticket #{id}", "resolves #",
        )  # fmt: skip


async def test_outcomes_that_end_or_forbid(tmp_path: Path) -> None:
    async with seen(tmp_path) as it:
        for _ in range(4):
            await it.at("لیلا")
            await it.press("l")
            await it.type("/n", "enter", "1")
            later(it, DAY_S)
        for line in ("/w", "/m", "/dnc"):
            await it.at("لیلا")
            await it.press("l")
            await it.type(line, "enter", "enter")
        await it.press("d", "n", "d", "y", "ctrl+t", "escape", "3", "1")
        it.all_translated(
            "{n} of {max}", "last attempt, follow-up ends", "that was the last attempt", "again {due} ({n} of {max})",
            "{name} asked not to be called. Dial all the same?", "do not call", "○ wrap-up",
        )  # fmt: skip


async def test_the_telephone_rings(tmp_path: Path) -> None:
    async with seen(tmp_path) as it:
        await it.press("2", "slash")
        await it.happens("ring", "09121234567", "1")
        await it.happens("answer", "09121234567", "1")
        await it.press("escape", "1", "n", "escape")
        await it.happens("hangup", "09121234567", "1")
        await it.press("l", "escape", "y", "ctrl+p", "escape", "l")
        await it.type("سلام", "enter")
        await it.happens("ring", "", "2")
        await it.happens("missed", "", "2")
        await it.at("رضا")
        await it.press("l")
        await it.type("سلام")
        await it.happens("answer", "09120000000", "3")
        await it.press("escape", "tab")
        await it.type("سلام", "enter", "3")
        it.all_translated(
            "rings: {who}", "{name} is on the line. l, out of the text field", "to the call", "● running",
            "The talk with {name} is over; {key} opens the wrap-up.", "wrap up", "Call with {name}", "withheld number",
            "{name} is on the line. Esc keeps this and opens that call.", "no name", "nobody took it",
        )  # fmt: skip


async def test_a_call_that_is_dialled(tmp_path: Path) -> None:
    async with seen(tmp_path) as it:
        await it.press("1", "g", "d", "enter", "escape", "l", "ctrl+t", "enter", "escape", "escape", "l")
        await it.type("سلام", "enter", "3", "g", "enter")
        it.all_translated("○ wrap-up", "{time} wrap-up", "{n} key", "in the program", "call {id}")


async def test_an_empty_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "1.csv").write_text("نام,تلفن\nعلی,09121234567\nبد,۱۲\n,\n", encoding="utf-8")
    async with seen(tmp_path, people=False) as it:
        await it.press("i", "escape", "2", "3", "1", "q", "l", "enter", "ctrl+n")
        await it.type("99", "enter", "escape", "d", "enter")
        await it.type("ژژژ", "enter", "ctrl+n", "escape", "question_mark", "escape", "ctrl+p")
        await it.type("csv", "enter")
        await it.type("هیچ", "enter", "ctrl+u")
        await it.type("1.csv", "enter")
        await it.press("ctrl+s", "u")
        it.all_translated(
            "Nobody is in here yet. Five ways to begin:", "From the shell:", "such as people.csv", "No calls yet",
            "No contacts yet", "Dial", "Type a name or a number.", "There is no number to dial.",
            "there is no such file",
        )  # fmt: skip


async def test_which_line_reads_right(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # question and advice stand in English too
    english = pseudo.plain_words([IN_ENGLISH, *MESSAGES.values()], ())
    monkeypatch.setattr("tests.i18n.test_pseudo_screens.KNOWN", {*KNOWN, "rtl", *english})
    async with seen(tmp_path) as it:
        await it.press("ctrl+p")
        await it.type("rtl", "enter", "0", "enter")
        it.all_translated("Right to left", "Which of these lines reads right, 1 or 2?")


async def test_a_text_that_did_not_pass_through_t_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keymap, "label", lambda row: row.label)
    async with seen(tmp_path) as it:
        assert {"dial", "search"} <= pseudo.plain_words(it.lines, KNOWN).keys()


async def test_menus_and_histories(tmp_path: Path) -> None:
    async with seen(tmp_path) as it:
        await it.press(
            "n", "g", "full_stop", "E", "q", "full_stop", "h", "u", "g", "u", "U", "g", "enter", "q"
        )
        await it.press(
            "q", "3", "full_stop", "H", "q", "full_stop", "z", "G", "u", "q", "full_stop", "b", "q"
        )
        it.all_translated(
            "copy card as text", "copy card as vCard", "bare text, for the mouse", "What I did", "History",
            "history of this {kind}", "take this back", "taken back: {what}", "call: {how}", "contact made: {what}",
            "Mark it with the mouse; q comes back", "none, all is saved", "action {id}", "follow-up for {due}",
        )  # fmt: skip
