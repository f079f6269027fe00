"""The palette: every command of this state by name, the places, and anybody and any ticket that fits what is typed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.dom import DOMNode
from textual.widget import Widget
from textual.widgets import Input

from tuicrm import i18n
from tuicrm.domain.fold import words
from tuicrm.domain.record import record, replace
from tuicrm.i18n import Phrase, t
from tuicrm.tui import keymap, rows, text
from tuicrm.tui.actions import owner
from tuicrm.tui.screens.base import Place
from tuicrm.tui.screens.dialog import Dialog
from tuicrm.tui.widgets.footer import owner_of_keys
from tuicrm.tui.widgets.line_input import LineInput
from tuicrm.tui.widgets.record_list import RecordList

if TYPE_CHECKING:
    from tuicrm.tui.app import CrmApp

NO_WORDS: Final = Phrase()

Do = Callable[[], Awaitable[object]]

COMMANDS, PEOPLE, TICKETS = ">", "@", "#"
"""Signs that ask for one kind alone."""
AWAY: Final = "away."
"""Before the id of what can be done in another place alone."""
LEAST: Final = 2
"""Letters from which people and tickets are looked for without a sign."""

SILENT: Final = frozenset({"list", "card", "picker", "search"})
"""Areas whose keys only move about."""


@record
class Command:
    """One line of the palette: what it says, its key, what it does.

    ``also``: other words people find it by; ``english``: all of them in English. Of a record: ``kind`` says what it
    is, ``named`` is its name as somebody wrote it (then ``label`` is empty), ``more`` what tells it from namesakes.
    """

    id: str
    label: Phrase
    key: str
    do: Do
    also: Phrase = NO_WORDS
    english: str = ""
    kind: Phrase = NO_WORDS
    named: str = ""
    more: str = ""


class PaletteLine(LineInput):
    """The line one types into."""

    scope = "picker"
    BINDINGS: ClassVar[list[BindingType]] = keymap.bindings("picker")

    def live_keys(self) -> Sequence[keymap.FooterKey]:
        """The keys of a picker."""
        return keymap.footer_keys(self.scope)

    def action_choose(self, step: int) -> None:
        found = self.screen.query_one(RecordList)
        found.move(found.window.cursor + step)

    async def action_take(self) -> None:
        if isinstance(self.screen, Palette):
            await self.screen.settled()
        self.screen.query_one(RecordList).action_open()

    async def _on_key(self, event: events.Key) -> None:
        # "enter" belongs to the binding above, not to the field's own submit
        if event.key != "enter":
            await super()._on_key(event)


class Palette(Dialog[Command]):
    """Commands found by the beginnings of their words, in any order; gives the chosen one."""

    scope = "picker"
    BINDINGS: ClassVar[list[BindingType]] = keymap.bindings("picker")

    def __init__(self, commands: Sequence[Command], *, records: bool = False) -> None:
        """``records``: people and tickets are found as well."""
        super().__init__()
        self._commands = tuple(commands)
        self._records = records
        columns = (
            rows.Column("key", _key, 9, rank=1),
            rows.Column("label", _name, 20, grow=2),
            rows.Column("more", lambda command: rows.data(command.more, "dim"), 0, grow=1, rank=2),
        )
        self._list: RecordList[Command] = RecordList(
            columns,
            lambda command: command.id,
            empty=t("Nothing is called that.")
            if records
            else t("Nothing here is called that; more is offered once what is open is closed."),
        )
        self._list.lit = True
        asked = t("a command, a name, a number;  {signs}  for one kind alone", signs="> @ #")
        self._typed = 0
        self._settled = asyncio.Event()
        self._line = PaletteLine(placeholder=asked if records else t("what do you want to do?"))

    def heading(self) -> Content:
        return text.phrase(t("All commands"), style="here")

    def rows(self) -> Iterable[Widget]:
        return (self._line, self._list)

    def on_mount(self) -> None:
        self._list.can_focus = False
        self._line.focus()
        self._list.set_rows(self._commands)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        kind, typed = _kind(event.value) if self._records else ("", event.value)
        found = self._called(words(typed)) if kind in ("", COMMANDS) else []
        self._list.set_rows(found, keep=False)
        wanted = self._records and kind != COMMANDS and len(typed) >= (1 if kind else LEAST)
        self._typed += 1
        self._settled.clear()
        # the one before is cancelled also when nothing is to be found any more
        job = self._add(kind, typed if wanted else "", self._typed)
        self.crm_app.work(job, owner=self, group="found", exclusive=True)

    async def settled(self) -> None:
        """Waits until the list is what fits all that is typed: Enter may come before the database has answered."""
        if self._typed:
            await self._settled.wait()

    def _called(self, sought: Sequence[str]) -> list[Command]:
        """The commands that fit; what is called that and no more stands first, then what begins so, then what has
        the words, then what is also found by them. What acts here stands above all that does not."""
        found = [command for command in self._commands if _fits(command, sought)]
        return sorted(
            found,
            key=lambda command: (
                command.id.startswith(AWAY),
                list(words(command.label)) != list(sought),
                not _begins(command, sought),
                not _called(command, sought),
            ),
        )

    async def _add(self, kind: str, typed: str, turn: int) -> None:
        """People and tickets beneath the commands: what one is about to take stays where it is."""
        try:
            if typed:
                from tuicrm.tui.screens.palette_records import records

                found = await records(self.crm_app, typed, people=kind != TICKETS, tickets=kind != PEOPLE)
                self._list.set_rows([*self._list.rows, *found])
        finally:
            if turn == self._typed:
                self._settled.set()

    def on_record_list_chosen(self, event: RecordList.Chosen) -> None:
        event.stop()
        self.dismiss(event.row)


def _kind(typed: str) -> tuple[str, str]:
    """The sign that something begins with, and the rest of it."""
    begun = typed.strip()
    return (begun[0], begun[1:].strip()) if begun[:1] in (COMMANDS, PEOPLE, TICKETS) else ("", begun)


def _key(command: Command) -> rows.Cell:
    return rows.words(command.kind, "dim") if command.kind else rows.number(command.key, "key")


def _name(command: Command) -> rows.Cell:
    return rows.data(command.named) if command.named else rows.words(command.label)


def _fits(command: Command, sought: Sequence[str]) -> bool:
    said = (*words(command.label), *words(command.also), *words(command.english))
    return all(any(part.startswith(word) for part in said) for word in sought)


def _begins(command: Command, sought: Sequence[str]) -> bool:
    said = words(command.label)
    return len(said) >= len(sought) and all(map(str.startswith, said, sought))


def _called(command: Command, sought: Sequence[str]) -> bool:
    return all(any(part.startswith(word) for part in words(command.label)) for word in sought)


def _synonyms() -> Mapping[str, Phrase]:
    """Other words for a command, by its id."""
    return {
        "app.lesson": t("learn tutorial teach how begin"),
        "app.quit": t("exit close leave end"),
        "app.suspend": t("shell background"),
        "place.undo": t("take back revert"),
        "place.redo": t("again repeat"),
        "place.help": t("keys manual log line what can i type"),
        "place.menu": t("drafts unsaved"),
        "record.add": t("add new create contact person"),
        "record.copy": t("telephone clipboard"),
        "record.delete": t("remove"),
        "record.dial": t("call telephone ring take answer hang up"),
        "record.edit": t("change rename"),
        "promise.snooze": t("snooze postpone again"),
        "promise.skip": t("skip leave out once"),
        "record.log": t("write down note"),
        "record.search": t("find look for somebody who name number"),
        "command.search": t("find look for somebody who name number"),
        "command.report": t("worklist outcome report result campaign export"),
        "command.sheet": t("paper print day sheet calls power cut"),
        "command.owed": t("keep in touch cadence overdue whom to call"),
        "command.in_vain": t("exhausted attempts no answer given up reopen"),
        "command.import": t("csv vcard json contacts people load"),
        "command.demo": t("try example"),
        "command.mine": t("history undo changes actions journal"),
        "command.drafts": t("unsaved kept begun"),
        "command.duplicates": t("double twice merge same contacts people"),
        "command.paint": t("redraw refresh repaint garbage broken"),
        "command.settings": t("preferences options configure language calendar digits keyboard"),
        "command.theme": t("colours dark light contrast looks appearance"),
        "command.bidi": t("persian letters order direction backwards rtl bidi terminal"),
    }


def commands(app: CrmApp, scope: str, focused: DOMNode | None) -> list[Command]:
    """What the palette offers where the focus is; in another language it is found by its English words too, for
    whoever has Latin letters on or knows the command from a page in English."""
    found = _commands(app, scope, focused)
    if i18n.language() == "en":
        return found
    with i18n.in_english():
        english = {each.id: f"{each.label} {each.also}" for each in _commands(app, scope, focused)}
    return [replace(each, english=english.get(each.id, "")) for each in found]


def _commands(app: CrmApp, scope: str, focused: DOMNode | None) -> list[Command]:
    """Keys that act now but for mere moves, then what can always be done."""
    found: dict[str, Command] = {}
    also = _synonyms()

    def offer(id: str, label: Phrase, caps: str, do: Do) -> None:
        found.setdefault(label, Command(id, label, caps, do, also.get(id, NO_WORDS)))

    holder = owner_of_keys(focused)
    hidden = set(holder.hidden_keys()) if isinstance(holder, Place) else set()
    for row in keymap.of_scope(scope):
        node = owner(row, focused)
        if node is None or row.id in hidden or row.area in SILENT or row.action in ("palette", "app.palette"):
            continue
        label = (holder.relabel(row.id) if isinstance(holder, Place) else None) or keymap.label(row)
        caps = keymap.cap(row)
        offer(row.id, label, caps, _action(app, row.action, node))
    if app.screen is app.shell:
        for id in ("place.help", "place.undo", "place.redo"):
            row = keymap.key(id)
            caps = keymap.cap(row) if "place" in keymap.SCOPES[scope] else ""
            offer(id, keymap.label(row), caps, _action(app, row.action, app))
        offer("command.search", t("search"), "", lambda: _search(app))
        offer("command.owed", t("people owed a call"), "", lambda: _owed(app))
        offer("command.in_vain", t("calls tried in vain"), "", lambda: _in_vain(app))
        offer("command.fields", t("private note, birthday, other fields"), "", lambda: _fields(app))
        offer("command.import", t("import a file"), "", lambda: _import(app))
        offer("command.report", t("what came of a worklist, into a file"), "", lambda: _report(app))
        offer("command.sheet", t("print the day sheet"), "", lambda: _sheet(app))
        offer("command.mine", t("what I did today"), "", lambda: _mine(app))
        offer("command.drafts", t("drafts"), "", app.bar.drafts.show)
        offer("command.duplicates", t("duplicates"), "", lambda: _duplicates(app))
        offer("command.demo", t("open the demo"), "", lambda: _demo(app))
        offer("command.bidi", t("right-to-left: which reads right?"), "", lambda: _which_reads(app))
        offer("command.settings", t("settings"), "", lambda: _settings(app))
        offer("command.paint", t("paint the screen anew"), "", lambda: _paint(app))
    offer("command.theme", t("choose a theme"), "", lambda: _theme(app))
    return [*found.values(), *_elsewhere(app, scope, list(found.values()))]


def _elsewhere(app: CrmApp, scope: str, here: Sequence[Command]) -> Iterable[Command]:
    """What can be done in another place, behind all that acts now."""
    if app.screen is not app.shell:
        return
    # imported here: it knows the menus, which the palette alone can do without
    from tuicrm.tui.screens.palette_elsewhere import elsewhere, lead

    also = _synonyms()
    for it in elsewhere(scope, {each.id for each in here} | {str(each.label) for each in here}):
        do = partial(lead, app, it)
        yield Command(f"{AWAY}{it.key.id}", it.label, it.cap, do, also.get(it.key.id, NO_WORDS))


async def _search(app: CrmApp) -> None:
    """The search of the contacts, from wherever one is."""
    place = await app.shell.people()
    place.search_anew()


async def _owed(app: CrmApp) -> None:
    """To whom a call is owed to keep in touch, in Contacts."""
    place = await app.shell.people()
    place.action_owed()


async def _in_vain(app: CrmApp) -> None:
    """Promises without attempts left, in Today."""
    from tuicrm.tui.screens.today import TodayPlace

    await app.action_go("today")
    if isinstance(app.place, TodayPlace):
        await app.place.show_in_vain()


async def _fields(app: CrmApp) -> None:
    """What is written of somebody in the form alone."""
    from tuicrm.tui.screens.palette_elsewhere import Elsewhere, lead

    await lead(app, Elsewhere(keymap.key("record.edit"), "contacts", NO_WORDS, ""))


async def _import(app: CrmApp) -> None:
    from tuicrm.tui.dialogs.import_form import ask

    await ask(app)


async def _report(app: CrmApp) -> None:
    """Of the worklist that is worked, where one is."""
    from tuicrm.tui.dialogs.worklist_report import write_report
    from tuicrm.tui.screens.today import TodayPlace

    await write_report(app, app.place.shown.worklist if isinstance(app.place, TodayPlace) else "")


async def _sheet(app: CrmApp) -> None:
    from tuicrm.tui.dialogs.day_sheet import print_day

    await print_day(app)


async def _duplicates(app: CrmApp) -> None:
    from tuicrm.tui.screens.doubles import review

    await review(app)


async def _mine(app: CrmApp) -> None:
    from tuicrm.tui.screens.history import HistoryPlace

    await app.open_view(HistoryPlace())


async def _demo(app: CrmApp) -> None:
    from tuicrm.tui.screens.first_run import open_demo

    await open_demo(app)


async def _which_reads(app: CrmApp) -> None:
    from tuicrm.tui import modes

    await modes.ask(app)


def _action(app: CrmApp, action: str, node: DOMNode) -> Do:
    return lambda: app.run_action(action, default_namespace=node)


async def _paint(app: CrmApp) -> None:
    """Whatever else has written over it."""
    app.screen_unknown()
    app.refresh(layout=True)


async def _settings(app: CrmApp) -> None:
    from tuicrm.tui.screens.settings import show

    await show(app)


async def _theme(app: CrmApp) -> None:
    from tuicrm.tui.dialogs.theme_picker import choose

    await choose(app)
